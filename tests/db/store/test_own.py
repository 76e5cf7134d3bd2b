"""自增事项: the clerk's own tasks and their numbers."""

from collections.abc import Callable
from datetime import date

import pytest

from db.errors import InvalidInputError, UnknownNameError
from db.store.entries import mark_not_applicable, settle
from db.store.notes import add_note
from db.store.own import add_own, edit_own, remove_own
from db.store.undo import redo, undo
from tests.db.store.samples import clock, count, item, publications
from tests.world import NOW, TODAY, WORK, World, later, rows, tamper


def own(world: World, words: str = "补报材料", due: date | None = None) -> int:
    return add_own(world.file, world.ledger, requirement=words, due=due, reason="分管领导电话", at=later(1))


def numbers(world: World) -> list[str]:
    return [entry.number for entry in world.entries().values() if entry.own]


def test_an_own_task_is_the_clerks_and_marked_so(world: World) -> None:
    number = own(world, "补报材料\n一式两份", date(2021, 11, 30))
    row = world.entries()["自1"]
    assert (row.id, row.own, row.applicability, row.requirement) == (number, True, "ours", "补报材料\n一式两份")
    assert (row.section, row.assignment, row.role, row.through, row.remark) == (None, None, None, None, None)
    assert (row.deadline.due, row.deadline.kind, row.deadline.source) == (date(2021, 11, 30), "on_day", "none")
    assert row.countdown is not None
    assert (row.countdown.days, row.countdown.workdays) == (8, 6)
    assert (row.reason, row.own_reason) == (None, "分管领导电话")


def test_an_own_task_needs_no_date(world: World) -> None:
    own(world)
    row = world.entries()["自1"]
    assert (row.deadline.due, row.deadline.kind, row.deadline.dates, row.countdown) == (None, "none", (), None)


def test_own_tasks_stand_after_the_notices_in_their_order(world: World) -> None:
    for words in ("一", "二", "三"):
        own(world, words)
    assert list(world.entries())[-3:] == ["自1", "自2", "自3"]


def test_an_own_task_is_settled_and_noted_like_any_other(world: World) -> None:
    number = own(world)
    add_note(world.file, world.ledger, number, text="已打电话", at=later(2))
    settle(world.file, world.ledger, [number], done_on=TODAY, today=TODAY, what_was_done="已报", at=later(3))
    assert world.entries()["自1"].status == "done"


def test_its_words_date_and_reason_are_changed(world: World) -> None:
    number = own(world, due=TODAY)
    edit_own(world.file, world.ledger, number, requirement="改报", due=None, reason="又来电话", at=later(2))
    stored = world.stored(number)
    assert (stored["own_requirement"], stored["own_due"], stored["own_reason"]) == ("改报", None, "又来电话")
    assert stored["own_number"] == 1


def test_the_reason_of_not_applicable_does_not_take_the_place_of_its_own(world: World) -> None:
    number = own(world)
    mark_not_applicable(world.file, world.ledger, [number], reason="不用报了", at=later(2))
    assert (world.stored(number)["reason"], world.stored(number)["own_reason"]) == ("不用报了", "分管领导电话")


def test_removing_takes_its_notes_along_and_undo_brings_all_back(world: World) -> None:
    number = own(world)
    for text in ("一", "二"):
        add_note(world.file, world.ledger, number, text=text, at=later(2))
    before = world.dump("entry", "note")
    remove_own(world.file, world.ledger, number, at=later(3))
    assert numbers(world) == []
    assert rows(world.path, "note") == []
    undo(world.file, world.ledger, later(4))
    assert world.dump("entry", "note") == before


def test_removing_takes_what_was_counted_and_timed_and_leaves_what_was_published_to_the_unit(world: World) -> None:
    number = own(world)
    (kept,) = world.ours(1)
    publications(world, number, "甲", "乙")
    publications(world, kept, "丙")
    count(world, number, item=item(world, number))
    count(world, number)
    count(world, kept, item=item(world, kept))
    clock(world, entry=number)
    clock(world, entry=kept)
    # No own task recurs, but the file would let it: what hangs on an entry must never keep it from going.
    tamper(
        world.path, "INSERT INTO occurrence (entry_id, start, done_on) VALUES (?, '2021-01-01', '2021-01-02')", number
    )
    before = world.dump(*WORK)
    remove_own(world.file, world.ledger, number, at=later(3))
    assert [row["entry_id"] for row in rows(world.path, "publication")] == [None, None, kept]
    assert rows(world.path, "occurrence") == []
    for table in ("count", "item", "clock"):
        assert [row["entry_id"] for row in rows(world.path, table)] == [kept], table
    left = [line for line in world.history() if line["verb"] == "remove_own"]
    assert {line["entry_id"] for line in left} == {number}
    undo(world.file, world.ledger, later(4))
    assert world.dump(*WORK) == before
    redo(world.file, world.ledger, later(5))
    assert [row["entry_id"] for row in rows(world.path, "publication")] == [None, None, kept]


def test_the_number_of_a_removed_own_task_is_never_given_to_another(world: World) -> None:
    own(world)
    last = own(world)
    remove_own(world.file, world.ledger, last, at=later(2))
    own(world)
    assert numbers(world) == ["自1", "自3"]


def test_removing_all_and_starting_again_goes_on_counting(world: World) -> None:
    for _ in range(3):
        remove_own(world.file, world.ledger, own(world), at=later(2))
    world.reopen()
    own(world)
    assert numbers(world) == ["自4"]


def test_after_a_removal_was_undone_and_done_again_no_number_is_double(world: World) -> None:
    first = own(world)
    remove_own(world.file, world.ledger, first, at=later(2))
    undo(world.file, world.ledger, later(3))
    own(world)
    assert numbers(world) == ["自1", "自2"]
    undo(world.file, world.ledger, later(3))
    redo(world.file, world.ledger, later(3))
    assert numbers(world) == ["自1", "自2"]


WRONG: list[tuple[str, date | None, str]] = [
    ("", None, "电话"),
    (" \n", None, "电话"),
    ("字" * 4001, None, "电话"),
    ("补报", None, ""),
    ("补报", date(1999, 1, 1), "电话"),
]


@pytest.mark.parametrize(("words", "due", "reason"), WRONG)
def test_an_incomplete_own_task_is_refused(words: str, due: date | None, reason: str, world: World) -> None:
    number = own(world)
    before = world.dump()
    with pytest.raises(InvalidInputError):
        add_own(world.file, world.ledger, requirement=words, due=due, reason=reason, at=NOW)
    with pytest.raises(InvalidInputError):
        edit_own(world.file, world.ledger, number, requirement=words, due=due, reason=reason, at=NOW)
    assert world.dump() == before


@pytest.mark.parametrize(
    "call",
    [
        lambda world, entry: remove_own(world.file, world.ledger, entry, at=NOW),
        lambda world, entry: edit_own(world.file, world.ledger, entry, requirement="改", due=None, reason="改", at=NOW),
    ],
)
def test_what_the_notice_says_is_neither_rewritten_nor_removed(
    call: Callable[[World, int], None], world: World
) -> None:
    before = world.dump()
    with pytest.raises(InvalidInputError, match="只有自增事项"):
        call(world, world.ours(1)[0])
    with pytest.raises(UnknownNameError):
        call(world, 10**6)
    assert world.dump() == before
