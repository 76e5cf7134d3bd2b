"""What holds for every verb of the store: one transaction with its History, all or nothing. A new verb needs a case."""

import pytest

from db.errors import InvalidInputError, NotSavedError, ReadOnlyError, TaizhangError, UnknownNameError
from db.file import open_file
from db.reads.office import readings_digest
from db.store.change import group
from db.store.entries import mark_not_applicable, settle, start
from db.store.ledgers import begin_ledger, hand_over
from db.store.notes import add_note
from db.store.undo import undo
from tests.db.store.cases import CASES, OF_THE_FILE, UNRECORDED
from tests.db.store.verbs import verbs_of_the_store
from tests.world import LEDGER, NOW, OFFICER, TODAY, WORK, World, later, replayed, rows, standing

WITHOUT_LEDGER = {"drop_draft", "remember_folder", "keep_intake", "drop_intake"}
"""What is not refused for a ledger that is not there: nothing is dropped, folders and what comes in are of the file."""


every_verb = pytest.mark.parametrize("name", CASES)


def test_every_verb_of_the_store_has_a_case() -> None:
    assert verbs_of_the_store() == set(CASES)


@every_verb
def test_a_verb_is_stored_with_its_history_in_the_same_transaction(name: str, world: World) -> None:
    call = CASES[name](world)
    before, former = standing(world.path), world.dump()
    call(world.file, world.ledger)
    assert world.dump() != former  # through a connection of our own: it is committed
    after = standing(world.path)
    lines = world.history()[len(former["history"]) :]
    assert bool(lines) is (name not in UNRECORDED)
    told = {line["subject"] for line in lines if line["subject"].split(":")[0] in WORK}
    changed = {
        f"{table}:{number}"
        for table in after
        for number in before[table].keys() | after[table].keys()
        if before[table].get(number) != after[table].get(number)
    }
    assert told == changed
    assert replayed(world.path) == after


@every_verb
def test_the_history_rows_of_a_verb_are_one_group_with_moment_and_officer(name: str, world: World) -> None:
    call = CASES[name](world)
    former = world.history()
    call(world.file, world.ledger)
    lines = world.history()[len(former) :]
    if name in UNRECORDED:
        assert lines == []
        return
    assert {line["group_id"] for line in lines} == {former[-1]["group_id"] + 1}
    assert {line["at"] for line in lines} == {"2021-11-22T09:31:00+08:00"}
    assert {line["ledger_id"] for line in lines} == {None if name in OF_THE_FILE else LEDGER}
    # The officer of the moment before: who hands over is who kept it.
    officer = "乙" if name == "begin_ledger" else None if name in OF_THE_FILE else OFFICER
    assert {line["officer"] for line in lines} == {officer}
    assert len({line["step"] for line in lines}) == len({line["verb"] for line in lines}) == 1
    assert [line["seq"] for line in lines] == list(range(lines[0]["seq"], lines[0]["seq"] + len(lines)))


@every_verb
def test_each_history_row_names_the_entry_that_it_is_about(name: str, world: World) -> None:
    call = CASES[name](world)
    former, published = len(world.history()), rows(world.path, "publication")
    call(world.file, world.ledger)
    # Evidence of a publication is about the publication's entry.
    owners = {row["id"]: row["entry_id"] for row in (*rows(world.path, "publication"), *published)}
    for line in world.history()[former:]:
        table, number = line["subject"].split(":")
        images = [image for image in (line["after"], line["before"]) if image is not None]
        named = [image["entry_id"] for image in images if image.get("entry_id") is not None]
        if table == "evidence" and images[0]["publication_id"] is not None:
            named = [owners[images[0]["publication_id"]]]
        assert line["entry_id"] == (int(number) if table == "entry" else named[0] if named else None)


@every_verb
def test_a_second_instance_changes_nothing(name: str, world: World) -> None:
    call = CASES[name](world)
    before = world.dump()
    second = open_file(world.path, NOW, write=True)
    try:
        with pytest.raises(ReadOnlyError, match="另一个窗口"):
            call(second, world.ledger)
    finally:
        second.close()
    assert world.dump() == before


@pytest.mark.parametrize("name", [name for name in CASES if name not in OF_THE_FILE | WITHOUT_LEDGER])
def test_a_ledger_that_is_not_there_is_refused(name: str, world: World) -> None:
    call = CASES[name](world)
    before = world.dump()
    with pytest.raises(TaizhangError) as caught:
        call(world.file, 999)
    assert isinstance(caught.value, NotSavedError if name in UNRECORDED else UnknownNameError)
    assert world.dump() == before


def test_a_group_is_one_transaction_and_one_step(world: World) -> None:
    one, two = world.ours(2)
    before = world.dump()
    with group(world.file, world.ledger, "settle", later(1)):
        add_note(world.file, world.ledger, one, text="一并办结", at=later(1))
        settle(world.file, world.ledger, [one, two], done_on=TODAY, today=TODAY, what_was_done=None, at=later(1))
        assert world.dump() == before  # nothing is to be seen before the end
    lines = world.history()[len(before["history"]) :]
    assert len({line["group_id"] for line in lines}) == 1
    assert {line["step"] for line in lines} == {"settle"}
    assert [line["verb"] for line in lines] == ["note", "note", "settle", "settle"]
    assert world.stored(one)["status"] == world.stored(two)["status"] == "done"


def test_a_group_that_breaks_off_leaves_nothing(world: World) -> None:
    before = world.dump()

    def break_off() -> None:
        with group(world.file, world.ledger, "settle", later(1)):
            add_note(world.file, world.ledger, world.ours(1)[0], text="一并办结", at=later(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert world.dump() == before
    add_note(world.file, world.ledger, world.ours(1)[0], text="另记", at=later(2))
    assert len(world.dump("note")["note"]) == 1


def test_a_verb_that_is_refused_inside_a_group_leaves_nothing_though_the_group_goes_on(world: World) -> None:
    one, two, three = world.ours(3)
    settle(world.file, world.ledger, [two], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)
    with group(world.file, world.ledger, "start", later(1)):
        with pytest.raises(InvalidInputError):
            mark_not_applicable(world.file, world.ledger, [one, two], reason="不用办", at=later(1))
        start(world.file, world.ledger, [three], at=later(1))
    assert world.stored(one)["status"] == "not_started"
    assert world.stored(three)["status"] == "in_progress"
    assert replayed(world.path) == standing(world.path)


def test_a_group_holds_the_verbs_of_one_ledger(world: World) -> None:
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    before = world.dump()

    def mixed() -> None:
        with group(world.file, world.ledger, "hand_over", later(1)):
            hand_over(world.file, world.ledger, officer="乙", at=later(1))
            hand_over(world.file, other, officer="乙", at=later(1))

    with pytest.raises(RuntimeError, match="one ledger"):
        mixed()
    assert world.dump() == before


def test_the_changes_are_there_after_a_restart(world: World) -> None:
    for name in ("settle", "add_note", "add_own", "decide"):
        CASES[name](world)(world.file, world.ledger)
    before = world.dump()
    digest = readings_digest(world.file)
    world.reopen()
    assert world.dump() == before
    assert readings_digest(world.file) == digest


def test_a_group_number_is_never_given_twice(world: World) -> None:
    hand_over(world.file, world.ledger, officer="乙", at=NOW)
    undo(world.file, world.ledger, NOW)
    hand_over(world.file, world.ledger, officer="丙", at=NOW)
    groups = [line["group_id"] for line in world.history()]
    assert groups == sorted(groups)
    steps = {line["group_id"]: line["step"] for line in world.history()}
    assert list(steps.values())[-3:] == ["hand_over", "undo", "hand_over"]
