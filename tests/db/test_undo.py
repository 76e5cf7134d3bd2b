"""Undo and redo: the exact former rows, as new groups, across restarts; any other change ends redo; conflicts."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest

from db.errors import ConflictError, TaizhangError
from db.reads.entries import entries
from db.reads.history import history, redoable, step, undoable
from db.reads.office import drafts
from db.rules.undo import Group, next_redo, next_undo
from db.store.change import group
from db.store.counts import remove_item
from db.store.entries import mark_not_applicable, settle, start
from db.store.ledgers import begin_ledger, hand_over
from db.store.notes import add_note, remove_note
from db.store.occurrences import reopen_occurrence, settle_occurrence
from db.store.own import add_own
from db.store.places import save_draft
from db.store.publications import add_publications, remove_publications
from db.store.reports import hand_in
from db.store.undo import redo, undo
from seeds.plant import plant as plant_shipped
from tests.db.store.cases import CASES, OF_THE_FILE, UNRECORDED
from tests.db.store.samples import (
    MONTHLY,
    REPORT,
    attached,
    clock,
    count,
    item,
    linked,
    own_report,
    paper,
    publication,
    publications,
)
from tests.plain_ledger import Plain, random_op, stored_state
from tests.world import NOW, TODAY, WORK, World, later, replayed, rows, standing, tamper

VERBS = [name for name in CASES if name not in {*UNRECORDED, *OF_THE_FILE, "undo", "redo"}]


def take_back(world: World) -> int | None:
    return undo(world.file, world.ledger, later(10))


def again(world: World) -> int | None:
    return redo(world.file, world.ledger, later(11))


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_undone_to_the_exact_former_rows_and_redone(name: str, restart: bool, world: World) -> None:
    call = CASES[name](world)
    before = world.dump(*WORK)
    call(world.file, world.ledger)
    after = world.dump(*WORK)
    assert after != before
    for turn in (take_back, again, take_back, again, take_back):
        if restart:
            world.reopen()
        assert turn(world) is not None
        assert world.dump(*WORK) == (before if turn is take_back else after)
    assert replayed(world.path) == standing(world.path)


@pytest.mark.parametrize("name", VERBS)
def test_what_is_undone_is_named_and_redo_offers_it(name: str, world: World) -> None:
    call = CASES[name](world)
    former = undoable(world.file, world.ledger)
    call(world.file, world.ledger)
    done = undoable(world.file, world.ledger)
    assert done is not None
    assert done != former
    assert redoable(world.file, world.ledger) is None
    taken = take_back(world)
    assert taken is not None
    assert step(world.file, world.ledger, taken) == done
    assert redoable(world.file, world.ledger) == done
    assert undoable(world.file, world.ledger) == former
    again(world)
    assert undoable(world.file, world.ledger) == done
    assert redoable(world.file, world.ledger) is None


def test_several_entries_are_one_step_and_the_name_says_how_many(world: World) -> None:
    chosen = world.ours(3)
    before = world.dump(*WORK)
    settle(world.file, world.ledger, chosen, done_on=TODAY, today=TODAY, what_was_done=None, at=later(1))
    found = undoable(world.file, world.ledger)
    assert found is not None
    assert (found.name, found.entries, found.at) == ("销账 3 项", tuple(chosen), "2021-11-22T09:31:00+08:00")
    take_back(world)
    assert world.dump(*WORK) == before


def test_a_group_is_one_step(world: World) -> None:
    one, two = world.ours(2)
    before = world.dump(*WORK)
    with group(world.file, world.ledger, "settle", later(1)):
        note = add_note(world.file, world.ledger, one, text="一并办结", at=later(1))
        settle(world.file, world.ledger, [one, two], done_on=TODAY, today=TODAY, what_was_done=None, at=later(1))
        remove_note(world.file, world.ledger, note, at=later(1))
        add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=later(1))
    after = world.dump(*WORK)
    take_back(world)
    assert world.dump(*WORK) == before
    assert take_back(world) is None
    again(world)
    assert world.dump(*WORK) == after


def test_without_a_change_there_is_nothing_to_undo_or_redo(world: World) -> None:
    before = world.dump()
    assert undoable(world.file, world.ledger) is None
    assert redoable(world.file, world.ledger) is None
    assert take_back(world) is None
    assert again(world) is None
    assert world.dump() == before


def test_undo_goes_back_to_the_beginning_and_redo_to_the_end(world: World) -> None:
    pictures = [world.dump(*WORK)]
    chosen = world.ours(4)
    for entry in chosen:
        add_note(world.file, world.ledger, entry, text="记", at=later(1))
        pictures.append(world.dump(*WORK))
    for picture in reversed(pictures[:-1]):
        take_back(world)
        assert world.dump(*WORK) == picture
    assert take_back(world) is None
    for picture in pictures[1:]:
        again(world)
        assert world.dump(*WORK) == picture
    assert again(world) is None


@pytest.mark.parametrize("name", VERBS)
def test_any_other_change_ends_redo(name: str, world: World) -> None:
    call = CASES[name](world)
    start(world.file, world.ledger, world.ours(5)[4:], at=later(1))
    take_back(world)
    assert redoable(world.file, world.ledger) is not None
    call(world.file, world.ledger)
    assert redoable(world.file, world.ledger) is None
    before = world.dump()
    assert again(world) is None
    assert world.dump() == before


def test_a_change_that_changed_nothing_or_was_refused_does_not_end_redo(world: World) -> None:
    (entry,) = world.ours(1)
    settle(world.file, world.ledger, [entry], done_on=TODAY, today=TODAY, what_was_done=None, at=later(1))
    add_note(world.file, world.ledger, entry, text="记", at=later(2))
    take_back(world)
    offered = redoable(world.file, world.ledger)
    settle(world.file, world.ledger, [entry], done_on=TODAY, today=TODAY, what_was_done=None, at=later(3))
    with pytest.raises(TaizhangError):
        mark_not_applicable(world.file, world.ledger, [entry], reason="", at=later(3))
    save_draft(world.file, world.ledger, "note", entry, "写到一半", at=later(3))
    assert redoable(world.file, world.ledger) == offered


def test_undo_takes_back_only_what_was_done_to_this_ledger(world: World) -> None:
    add_note(world.file, world.ledger, world.ours(1)[0], text="本科室的", at=later(1))
    mine = world.dump("note")
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    entry = entries(world.file, other, TODAY)[0].id
    add_note(world.file, other, entry, text="别科的", at=later(2))
    undo(world.file, other, later(3))
    assert world.dump("note") == mine
    assert undo(world.file, other, later(3)) is None
    assert take_back(world) is not None
    assert rows(world.path, "note") == []
    assert redo(world.file, other, later(4)) is not None
    assert [note["text"] for note in rows(world.path, "note")] == ["别科的"]


def test_the_making_of_a_ledger_and_planting_are_no_steps(world: World) -> None:
    tamper(world.path, "UPDATE setting SET value = 'older'")
    plant_shipped(world.file, later(1))
    assert undoable(world.file, world.ledger) is None
    assert take_back(world) is None


def test_undo_writes_history_and_takes_none_out(world: World) -> None:
    (entry,) = world.ours(1)
    add_note(world.file, world.ledger, entry, text="记", at=later(1))
    before = world.history()
    take_back(world)
    again(world)
    lines = world.history()
    assert lines[: len(before)] == before
    undone, redone = lines[len(before) : len(before) + 2], lines[len(before) + 2 :]
    assert [line["verb"] for line in (*undone, *redone)] == ["undo", "undo", "redo", "redo"]
    # In reverse: the last row that was changed is the first put back.
    assert [line["undoes"] for line in undone] == [before[-1]["seq"], before[-2]["seq"]]
    assert [line["undoes"] for line in redone] == [undone[-1]["seq"], undone[0]["seq"]]
    assert (undone[0]["before"], undone[0]["after"]) == (before[-1]["after"], before[-1]["before"])
    shown = history(world.file, world.ledger, entry)
    assert [row.verb for row in shown] == ["redo", "redo", "undo", "undo", "note", "note"]


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        ("UPDATE entry SET what_was_done = '改过' WHERE id = {entry}", "当时留下：已报；现在：改过。"),
        (
            "UPDATE entry SET adjusted_due = '2021-12-01', adjusted_reason = 'x' WHERE id = {entry}",
            "当时留下：空；现在：2021-12-01。",
        ),
        (
            "UPDATE entry SET done_on = '2021-11-01' WHERE id = {entry}",
            "当时留下：2021-11-22；现在：2021-11-01。",
        ),
    ],
)
def test_what_was_changed_behind_our_back_is_not_overwritten_by_undo(behind: str, told: str, world: World) -> None:
    one, two = world.ours(2)
    settle(world.file, world.ledger, [one, two], done_on=TODAY, today=TODAY, what_was_done="已报", at=later(1))
    tamper(world.path, behind.format(entry=one))
    before = world.dump()
    with pytest.raises(ConflictError, match="又被改动过") as caught:
        take_back(world)
    assert caught.value.exit_code == 3
    assert told in caught.value.message
    assert world.dump() == before


def test_what_is_gone_or_back_behind_our_back_is_a_conflict_too(world: World) -> None:
    (entry,) = world.ours(1)
    note = add_note(world.file, world.ledger, entry, text="记", at=later(1))
    remove_note(world.file, world.ledger, note, at=later(2))
    tamper(world.path, "INSERT INTO note (id, entry_id, at, text) VALUES (?, ?, 'x', '别的')", note, entry)
    before = world.dump()
    with pytest.raises(ConflictError, match="当时没有这条记事，现在有。"):
        take_back(world)
    assert world.dump() == before
    tamper(world.path, "DELETE FROM note")
    take_back(world)
    tamper(world.path, "DELETE FROM note")
    before = world.dump()
    with pytest.raises(ConflictError):
        take_back(world)
    assert world.dump() == before


def test_a_conflict_at_redo_speaks_of_redo(world: World) -> None:
    (entry,) = world.ours(1)
    start(world.file, world.ledger, [entry], at=later(1))
    take_back(world)
    tamper(world.path, "UPDATE entry SET status = 'in_progress' WHERE id = ?", entry)
    with pytest.raises(ConflictError, match="不能重做"):
        again(world)


def test_drafts_and_places_are_never_touched(world: World) -> None:
    (entry,) = world.ours(1)
    add_note(world.file, world.ledger, entry, text="记", at=later(1))
    save_draft(world.file, world.ledger, "note", entry, "写到一半", at=later(2))
    before = world.dump("draft", "place")
    take_back(world)
    assert world.dump("draft", "place") == before
    assert [draft.text for draft in drafts(world.file, world.ledger)] == ["写到一半"]
    again(world)
    assert world.dump("draft", "place") == before


def test_the_officer_of_an_undo_is_the_one_who_undoes(world: World) -> None:
    hand_over(world.file, world.ledger, officer="乙", at=later(1))
    take_back(world)
    assert [line["officer"] for line in world.history()[-2:]] == ["甲", "乙"]
    assert rows(world.path, "ledger")[0]["officer"] == "甲"


def stacks(groups: list[Group]) -> tuple[list[int], list[int]]:
    """The groups that undo and redo would take back, newest last, all of them: the slow way, oldest first."""
    undoable_ids: list[int] = []
    redoable_ids: list[int] = []
    for one in groups:
        if one.step == "undo" and one.takes_back is not None:
            undoable_ids.pop()
            redoable_ids.append(one.id)
        elif one.step == "redo" and one.takes_back is not None:
            redoable_ids.pop()
            undoable_ids.append(one.id)
        else:
            undoable_ids.append(one.id)
            redoable_ids.clear()
    return undoable_ids, redoable_ids


def newest_of(groups: list[Group]) -> Callable[[int], Group | None]:
    return lambda below: next((one for one in reversed(groups) if one.id < below), None)


def test_the_tops_of_the_stacks_are_found_from_the_newest_end() -> None:
    for seed in range(300):
        generator, groups = random.Random(seed), list[Group]()
        for number in range(1, 60):
            undoable_ids, redoable_ids = stacks(groups)
            verb = generator.choice(("note", "undo", "undo", "redo", "redo"))
            stack = {"undo": undoable_ids, "redo": redoable_ids}.get(verb, [])
            groups.append(Group(number, verb if stack else "note", stack[-1] if stack else None))
            undoable_ids, redoable_ids = stacks(groups)
            assert next_undo(newest_of(groups)) == (undoable_ids[-1] if undoable_ids else None)
            assert next_redo(newest_of(groups)) == (redoable_ids[-1] if redoable_ids else None)


@pytest.mark.parametrize(
    ("groups", "undoable_ids", "redoable_ids"),
    [
        ([], [], []),
        ([Group(1, "settle", None)], [1], []),
        ([Group(1, "settle", None), Group(2, "undo", 1)], [], [2]),
        ([Group(1, "settle", None), Group(2, "undo", 1), Group(3, "redo", 2)], [3], []),
        ([Group(1, "note", None), Group(2, "undo", 1), Group(3, "redo", 2), Group(4, "undo", 3)], [], [4]),
        ([Group(1, "note", None), Group(2, "start", None), Group(3, "undo", 2), Group(4, "undo", 1)], [], [3, 4]),
        ([Group(1, "note", None), Group(2, "undo", 1), Group(3, "start", None)], [3], []),
        ([Group(1, "note", None), Group(4, "start", None), Group(9, "undo", 4)], [1], [9]),
    ],
)
def test_the_stacks_follow_from_the_history(
    groups: list[Group], undoable_ids: list[int], redoable_ids: list[int]
) -> None:
    assert stacks(groups) == (undoable_ids, redoable_ids)
    assert (next_undo(newest_of(groups)), next_redo(newest_of(groups))) == (
        undoable_ids[-1] if undoable_ids else None,
        redoable_ids[-1] if redoable_ids else None,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_four_hundred_random_steps_lead_where_the_plain_model_leads(seed: int, world: World) -> None:
    generator = random.Random(seed)
    reach = {row.id: row.applicability for row in world.entries().values()}
    plain = Plain.of(world.path, world.ledger, reach)
    done = deepest = refused = 0
    for number in range(200):
        op = random_op(plain, generator)
        if op.both(plain, world.file):
            done += 1
        else:
            refused += 1
        deepest = max(deepest, len(plain.redoable))
        assert stored_state(world.path, world.ledger) == plain.state(), f"step {number}: {op.words}"
        offered = undoable(world.file, world.ledger), redoable(world.file, world.ledger)
        assert [each is not None for each in offered] == [bool(plain.undoable), bool(plain.redoable)], op.words
        if number % 20 == 19:
            world.reopen()
            assert replayed(world.path) == standing(world.path)
    assert done > 140
    assert refused > 8
    assert deepest >= 3


def test_the_model_finds_a_store_that_forgets(world: World) -> None:
    reach = {row.id: row.applicability for row in world.entries().values()}
    plain = Plain.of(world.path, world.ledger, reach)
    generator = random.Random(5)
    for _ in range(20):
        random_op(plain, generator).both(plain, world.file)
    tamper(world.path, "UPDATE entry SET status = 'in_progress' WHERE id = (SELECT max(id) FROM entry)")
    assert stored_state(world.path, world.ledger) != plain.state()


def test_two_changes_of_what_may_stand_once_conflict_and_do_not_crash(world: World) -> None:
    entry = world.entry(MONTHLY)
    start_day = date(2021, 10, 1)
    settle_occurrence(
        world.file, world.ledger, entry, start=start_day, done_on=TODAY, what_was_done=None, today=TODAY, at=later(1)
    )
    reopen_occurrence(world.file, world.ledger, entry, start=start_day, at=later(2))
    tamper(
        world.path, "INSERT INTO occurrence (entry_id, start, done_on) VALUES (?, '2021-10-01', '2021-10-02')", entry
    )
    before = world.dump()
    with pytest.raises(ConflictError, match="不能撤销"):
        take_back(world)
    assert world.dump() == before
    hand_in(world.file, world.ledger, what=REPORT, on=TODAY, remark=None, today=TODAY, at=later(3))
    take_back(world)
    tamper(
        world.path,
        "INSERT INTO report_state (ledger_id, what, source, handed_in_on) VALUES (1, ?, 'notice', '2021-11-01')",
        REPORT,
    )
    before = world.dump()
    with pytest.raises(ConflictError, match="不能重做"):
        again(world)
    assert world.dump() == before


def test_what_came_to_hang_on_a_row_behind_our_back_keeps_it_from_being_undone(world: World) -> None:
    (entry,) = world.ours(1)
    number = item(world, entry)
    tamper(
        world.path, "INSERT INTO count (entry_id, item_id, day, number) VALUES (?, ?, '2021-11-01', 1)", entry, number
    )
    before = world.dump()
    with pytest.raises(ConflictError):
        take_back(world)
    assert world.dump() == before


def published(world: World, entry: int | None) -> int:
    (number,) = publications(world, entry, "甲")
    return number


def removed_with_evidence(world: World, entry: int | None) -> None:
    number = published(world, entry)
    attached(world, paper("一"), paper("二"), publication=number)
    remove_publications(world.file, world.ledger, [number], at=later(1))


@pytest.mark.parametrize(
    ("do", "name"),
    [
        (lambda world, one, two: publications(world, one, "甲"), "记公开（第 {number} 项）"),
        (lambda world, one, two: publications(world, one, "甲", "乙"), "记公开 2 条（第 {number} 项）"),
        (lambda world, one, two: publications(world, None, "某某简报"), "记公开（某某简报）"),
        (lambda world, one, two: publications(world, None, "字" * 20), f"记公开（{'字' * 20}）"),
        (lambda world, one, two: publications(world, None, "字" * 21), f"记公开（{'字' * 19}…）"),
        (lambda world, one, two: publications(world, None, "甲", "乙", "丙"), "记公开 3 条"),
        (lambda world, one, two: count(world, one), "记次数（第 {number} 项）"),
        (lambda world, one, two: clock(world, entry=one), "起计时（第 {number} 项）"),
        (lambda world, one, two: clock(world), "起计时（某某申请）"),
        (lambda world, one, two: own_report(world), "增加报送（年度报告）"),
        (lambda world, one, two: attached(world, entry=one), "附佐证（第 {number} 项）"),
        (lambda world, one, two: attached(world, paper("一"), paper("二"), entry=one), "附佐证 2 件（第 {number} 项）"),
        (lambda world, one, two: linked(world, publication=published(world, one)), "附佐证（第 {number} 项）"),
        (lambda world, one, two: linked(world, publication=published(world, None)), "附佐证（网页）"),
        (lambda world, one, two: attached(world, publication=published(world, None)), "附佐证（截图.png）"),
        (lambda world, one, two: removed_with_evidence(world, None), "删除公开记录（甲）"),
        (lambda world, one, two: removed_with_evidence(world, one), "删除公开记录（第 {number} 项）"),
        (lambda world, one, two: hand_over(world.file, world.ledger, officer="乙", at=NOW), "交接"),
        (
            lambda world, one, two: add_publications(
                world.file,
                world.ledger,
                [publication(one), publication(two), publication(None)],
                today=TODAY,
                at=NOW,
            ),
            "记公开 3 条",
        ),
    ],
)
def test_a_step_is_called_by_its_entry_or_by_what_it_is_about(
    do: Callable[[World, int, int], object], name: str, world: World
) -> None:
    one, two = world.ours(2)
    name = name.format(number=next(row.number for row in world.entries().values() if row.id == one))
    do(world, one, two)
    done = undoable(world.file, world.ledger)
    assert done is not None
    assert done.name == name
    taken = take_back(world)
    assert taken is not None
    assert step(world.file, world.ledger, taken).name == name


def test_the_history_of_an_entry_tells_of_all_that_hangs_on_it_and_of_nothing_else(world: World) -> None:
    one, two = world.ours(2)
    mine, theirs = clock(world, entry=one), clock(world, entry=two)
    of = item(world, one)
    number = count(world, one, item=of)
    count(world, two)
    (published,) = publications(world, one, "甲")
    publications(world, None, "乙")
    remove_item(world.file, world.ledger, of, at=later(1))
    take_back(world)
    shown = history(world.file, world.ledger, one)
    assert {row.subject for row in shown} == {
        *(f"entry:{one}", f"clock:{mine}", f"item:{of}", f"count:{number}", f"publication:{published}"),
    }
    assert [row.verb for row in shown] == [
        *("undo", "undo", "remove_item", "remove_item", "publish", "count", "count", "add_item", "start_clock"),
    ]
    assert f"clock:{theirs}" in {row.subject for row in history(world.file, world.ledger, two)}


@pytest.mark.parametrize("name", VERBS)
def test_an_undo_keeps_the_entry_of_the_line_that_it_undoes(name: str, world: World) -> None:
    CASES[name](world)(world.file, world.ledger)
    take_back(world)
    again(world)
    lines = {line["seq"]: line for line in world.history()}
    undone = [line for line in lines.values() if line["undoes"] is not None]
    assert len(undone) >= 2
    assert all(line["entry_id"] == lines[line["undoes"]]["entry_id"] for line in undone)


@pytest.mark.parametrize("seed", [1, 2])
def test_changes_of_every_kind_in_any_order_go_all_the_way_back_and_forth(seed: int, world: World) -> None:
    generator = random.Random(seed)
    beginning = world.dump(*WORK)
    done = 0
    # The world of confirm_shift has another year, in which the days of the others do not lie.
    for name in generator.sample([name for name in VERBS if name != "confirm_shift"] * 2, 2 * len(VERBS) - 2):
        with suppress(TaizhangError):  # what one has done may keep another from being done again
            CASES[name](world)(world.file, world.ledger)
            done += 1
    assert done > len(VERBS)
    pictures = [world.dump(*WORK)]
    while take_back(world) is not None:
        pictures.append(world.dump(*WORK))
    assert pictures[-1] == beginning
    assert len(pictures) > done
    world.reopen()
    for picture in reversed(pictures[:-1]):
        assert again(world) is not None
        assert world.dump(*WORK) == picture
    assert again(world) is None
    assert replayed(world.path) == standing(world.path)
