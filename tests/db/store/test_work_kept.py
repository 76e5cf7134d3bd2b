"""A second import that gives a task to others leaves the work on it in its ledger's list."""

from dataclasses import replace

import pytest

from db.errors import ReadingError
from db.rules.differences import differences
from db.rules.notice import NoticeDraft, Responsibility
from db.store.entries import decide, settle
from db.store.intake import accept_notice
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.reports import hand_in
from db.store.undo import undo
from db.store.work_kept import Stayed
from tests.db.store.test_intake import GOLDS, OWN, own, shown
from tests.world import NOW, PLAN, TODAY, World, later, rows

ONLY = (Responsibility("lead", "财审科", "name", quote="财审科"),)
"""The unit that has every task by the new reading."""


def others(*numbers: str) -> NoticeDraft:
    tasks = tuple(
        replace(task, assignment=None, responsibilities=ONLY) if task.number in numbers else task
        for task in GOLDS[PLAN].tasks
    )
    return own(tasks=tasks)


def again(world: World, new: NoticeDraft) -> tuple[Stayed, ...]:
    return accept_notice(world.file, new, matches=differences(own(), new).matches, at=later(2))


def begun(world: World, unit: str) -> tuple[int, list[str], dict[str, int]]:
    """A ledger over OWN: its id, the numbers that are its unit's, and the entries' ids by number."""
    ledger = begin_ledger(world.file, plan=OWN, year=2021, unit=unit, kind=None, officer="甲", at=NOW)
    found = shown(world, ledger)
    return (
        ledger,
        [n for n, entry in found.items() if entry.applicability == "ours"],
        {n: entry.id for n, entry in found.items()},
    )


def test_a_settled_entry_that_the_new_reading_gives_to_others_stays_as_ours(world: World) -> None:
    accept_notice(world.file, own(), at=NOW)
    ledger, ours, ids = begun(world, "办公室")
    done, untouched = ours[:2]
    settle(world.file, ledger, [ids[done]], done_on=TODAY, today=TODAY, what_was_done="已办", at=later(1))
    assert again(world, others(done, untouched)) == (Stayed("办公室", 2021, done),)
    found = shown(world, ledger)
    assert (found[done].applicability, found[done].decided, found[done].status) == ("ours", True, "done")
    assert (found[done].what_was_done, found[done].through) == ("已办", None)
    assert found[untouched].applicability == "not_ours", "nobody worked on it"
    last = rows(world.path, "history", "ledger_id = ?", ledger)[-1]
    assert (last["verb"], last["step"], last["subject"]) == ("ours", "ours", f"entry:{ids[done]}")
    assert (last["entry_id"], last["officer"]) == (ids[done], "甲")


def test_each_ledger_has_its_own_step_and_undoing_it_leaves_the_other(world: World) -> None:
    accept_notice(world.file, own(), at=NOW)
    first, ours, ids = begun(world, "办公室")
    number = next(n for n in ours if any(r.name == "办公室" for r in _task(n)))
    second = begin_ledger(world.file, plan=OWN, year=2022, unit="办公室", kind=None, officer=None, at=NOW)
    add_note(world.file, first, ids[number], text="记", at=later(1))
    add_note(world.file, second, shown(world, second)[number].id, text="记", at=later(1))
    assert again(world, others(number)) == (Stayed("办公室", 2021, number), Stayed("办公室", 2022, number))
    undo(world.file, first, later(3))
    assert shown(world, first)[number].applicability == "not_ours"
    assert shown(world, second)[number].applicability == "ours"


def test_what_the_clerk_had_put_aside_stays_aside_and_what_is_kept_can_be_put_aside(world: World) -> None:
    accept_notice(world.file, own(), at=NOW)
    ledger, ours, ids = begun(world, "办公室")
    found = shown(world, ledger)
    aside = next(n for n, entry in found.items() if entry.applicability == "possible")
    decide(world.file, ledger, [ids[aside]], applicability="not_ours", at=later(1))
    add_note(world.file, ledger, ids[ours[0]], text="记", at=later(1))
    assert [one.number for one in again(world, others(aside, ours[0]))] == [ours[0]]
    assert shown(world, ledger)[aside].applicability == "not_ours"
    decide(world.file, ledger, [ids[ours[0]]], applicability="not_ours", at=later(3))
    assert shown(world, ledger)[ours[0]].applicability == "not_ours"
    decide(world.file, ledger, [ids[ours[0]]], applicability="ours", at=later(4))
    assert shown(world, ledger)[ours[0]].applicability == "ours"


def test_a_reading_that_is_refused_decides_nothing(world: World) -> None:
    accept_notice(world.file, own(), at=NOW)
    ledger, ours, ids = begun(world, "办公室")
    settle(world.file, ledger, [ids[ours[0]]], done_on=TODAY, today=TODAY, what_was_done=None, at=later(1))
    (report,) = GOLDS[PLAN].reports
    hand_in(world.file, ledger, what=report.what, on=TODAY, remark=None, today=TODAY, at=later(1))
    before = world.dump()
    with pytest.raises(ReadingError, match="已登记报出"):
        again(world, replace(others(ours[0]), reports=()))
    assert world.dump() == before


def _task(number: str) -> tuple[Responsibility, ...]:
    return next(task.responsibilities for task in GOLDS[PLAN].tasks if task.number == number)
