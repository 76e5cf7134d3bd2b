"""A notice of the file as TOML before an update: whatever an earlier one has kept in it, it can be taken in again."""

from dataclasses import replace

import pytest

from db.intake.accepting import restorable
from db.intake.draft_file import read_draft
from db.intake.toml_writing import FORMER_HEADER, to_toml
from db.reads.intake import notice_said, notice_to_keep
from db.rules.differences import differences
from db.rules.notice import NoticeDraft
from db.store.intake import accept_notice
from db.store.notes import add_note
from tests.db.store.test_intake import GOLDS, OWN, own, shown, worked
from tests.world import PLAN, World, later


def without(*numbers: str) -> NoticeDraft:
    """The notice without these tasks, their words and the units that nothing else names."""
    tasks = tuple(task for task in GOLDS[PLAN].tasks if task.number not in numbers)
    named = {one.name for task in tasks for one in task.responsibilities}
    text = GOLDS[PLAN].text
    for task in GOLDS[PLAN].tasks:
        if task.number in numbers:
            text = text.replace(task.requirement, "")
    units = tuple(unit for unit in GOLDS[PLAN].units if unit.name in named)
    return own(tasks=tasks, units=units, clock_rules=(), text=text)


def written(world: World) -> NoticeDraft:
    former = restorable(notice_to_keep(world.file, OWN))
    text = to_toml(former, header=FORMER_HEADER.format(plan=OWN, at="2026-03-02 09:30", own="x.toml"))
    assert read_draft("x.toml", text) == former
    return former


def test_a_notice_as_it_was_taken_in_is_written_as_it_is(world: World) -> None:
    worked(world)
    assert written(world) == notice_said(world.file, OWN)


@pytest.mark.parametrize("gone", [("5",), ("5", "6"), ("4", "5", "6", "7")])
def test_tasks_kept_from_a_former_reading_go_out_and_come_in_with_the_work_on_them(
    gone: tuple[str, ...], world: World
) -> None:
    ledger, ids = worked(world)
    second = without(*gone)
    accept_notice(world.file, second, matches=differences(own(), second).matches, at=later(1))
    former = written(world)
    before = shown(world, ledger)
    assert ids["5"] in {entry.id for entry in before.values()}
    third = replace(second, tasks=second.tasks[3:])
    accept_notice(world.file, third, matches=differences(former, third).matches, at=later(2))
    now = notice_said(world.file, OWN)
    accept_notice(world.file, former, matches=differences(now, former).matches, at=later(3))
    after = shown(world, ledger)
    assert [entry.requirement for entry in after.values()] == [entry.requirement for entry in before.values()]
    for number, entry in before.items():
        if entry.notes:
            assert (after[number].id, after[number].notes) == (entry.id, entry.notes)


def test_a_kept_row_that_inherited_from_one_that_is_gone_is_written_as_possible(world: World) -> None:
    ledger, ids = worked(world)
    add_note(world.file, ledger, ids["8"], text="记", at=later(1))
    second = without("7", "8")
    accept_notice(world.file, second, matches=differences(own(), second).matches, at=later(2))
    (kept,) = (task for task in written(world).tasks if task.requirement == GOLDS[PLAN].tasks[7].requirement)
    assert {one.through for one in kept.responsibilities} <= {"related", "inherited"}
