"""Intake into the file: drafts kept from day to day, notices accepted in one transaction, work kept the second time."""

from dataclasses import replace
from typing import Final

import pytest

from db.errors import InvalidInputError, ReadingError, UnknownNameError
from db.reads.entries import entries
from db.reads.intake import intake_draft, intake_drafts, known_notices, notice_said
from db.reads.ledgers import notices
from db.rules.differences import differences
from db.rules.notice import NoticeDraft, Task
from db.rules.rows import EntryRow
from db.store.intake import accept_notice, drop_intake, keep_intake
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.reports import hand_in
from seeds.plant import readings
from tests.world import NOW, PLAN, TODAY, World, later

GOLDS: Final = {draft.plan: replace(draft, other_numbers=()) for draft in readings()}
OWN: Final = "notice-233-2026"
SHA: Final = "ab" * 32


def own(**more: object) -> NoticeDraft:
    return replace(GOLDS[PLAN], plan=OWN, **more)


def keep(world: World, sha256: str = SHA, name: str = "通知.docx", edits: str = "[]", minutes: int = 0) -> int:
    return keep_intake(world.file, sha256=sha256, name=name, source='{"a": 1}', edits=edits, at=later(minutes))


def shown(world: World, ledger: int) -> dict[str, EntryRow]:
    return {entry.number: entry for entry in entries(world.file, ledger, TODAY)}


def test_a_draft_is_there_on_another_day_as_it_was_left(world: World) -> None:
    number = keep(world, edits='[["SetYear", {"year": 2026}]]')
    world.reopen()
    (row,) = intake_drafts(world.file)
    assert (row.id, row.name, row.sha256, row.begun_at) == (number, "通知.docx", SHA, NOW.isoformat(timespec="seconds"))
    assert intake_draft(world.file, number) == ('{"a": 1}', '[["SetYear", {"year": 2026}]]')


def test_the_same_document_has_one_draft_and_the_last_changed_comes_first(world: World) -> None:
    first = keep(world)
    second = keep(world, sha256="cd" * 32, name="另一份.xlsx", minutes=1)
    assert [row.id for row in intake_drafts(world.file)] == [second, first]
    assert keep(world, edits='["x"]', minutes=2) == first
    drafts = intake_drafts(world.file)
    assert [row.id for row in drafts] == [first, second]
    assert drafts[0].begun_at < drafts[0].changed_at


def test_a_draft_thrown_away_is_gone_and_another_stays(world: World) -> None:
    first, second = keep(world), keep(world, sha256="cd" * 32)
    drop_intake(world.file, first)
    assert [row.id for row in intake_drafts(world.file)] == [second]
    with pytest.raises(UnknownNameError, match="待确认稿已不在"):
        intake_draft(world.file, first)


@pytest.mark.parametrize("plan", sorted(GOLDS))
def test_a_notice_comes_back_from_the_file_as_it_was_accepted(plan: str, world: World) -> None:
    draft = replace(GOLDS[plan], plan=OWN)
    accept_notice(world.file, draft, at=NOW)
    assert notice_said(world.file, OWN) == draft
    assert notice_said(world.file, plan) == GOLDS[plan], "the shipped one is as it was"
    (known,) = (one for one in known_notices(world.file) if one.plan == OWN)
    assert (known.origin, known.title) == ("office", draft.title)


def test_accepting_takes_the_draft_with_it_and_a_ledger_opens_over_the_notice(world: World) -> None:
    number = keep(world)
    accept_notice(world.file, own(), drop=number, at=NOW)
    assert intake_drafts(world.file) == ()
    ledger = begin_ledger(world.file, plan=OWN, year=2026, unit="执法监督科", kind=None, officer=None, at=NOW)
    assert [entry.number for entry in shown(world, ledger).values()] == [
        entry.number for entry in entries(world.file, world.ledger, TODAY)
    ]


def test_a_reading_that_is_refused_keeps_the_draft_and_changes_nothing(world: World) -> None:
    number = keep(world)
    before = world.dump()
    with pytest.raises(InvalidInputError, match="随程序提供的通知"):
        accept_notice(world.file, GOLDS[PLAN], drop=number, at=NOW)
    accept_notice(world.file, own(), at=NOW)
    middle = world.dump()
    with pytest.raises(InvalidInputError, match="已有一份通知"):
        accept_notice(world.file, own(), drop=number, at=NOW)
    assert world.dump() == middle
    assert {plan.plan for plan in notices(world.file)} == {*GOLDS, OWN}
    assert before["intake_draft"] == middle["intake_draft"]


def worked(world: World) -> tuple[int, dict[str, int]]:
    """A ledger of every task over OWN with a note on 5 and 6. Returns it and the entries' ids by number."""
    accept_notice(world.file, own(), at=NOW)
    ledger = begin_ledger(world.file, plan=OWN, year=2021, unit="全局", kind=None, officer=None, at=NOW)
    ids = {number: entry.id for number, entry in shown(world, ledger).items()}
    for number in ("5", "6"):
        add_note(world.file, ledger, ids[number], text=f"记在第{number}项", at=NOW)
    return ledger, ids


def moved(tasks: tuple[Task, ...], by: int) -> tuple[Task, ...]:
    return tuple(replace(task, number=str(int(task.number) + by)) for task in tasks)


def test_a_row_put_in_at_the_top_leaves_every_note_on_its_own_task(world: World) -> None:
    ledger, ids = worked(world)
    first = Task("1", None, None, "全新的一项。", None)
    new = own(tasks=(first, *moved(GOLDS[PLAN].tasks, 1)), clock_rules=(), text=GOLDS[PLAN].text + "全新的一项。")
    accept_notice(world.file, new, matches=differences(own(), new).matches, at=later(1))
    found = shown(world, ledger)
    assert len(found) == 40
    assert {str(n + 1): found[str(n + 1)].id for n in range(1, 40)} == {str(int(n) + 1): i for n, i in ids.items()}
    assert found["1"].status == "not_started"
    assert [n for n, entry in found.items() if entry.status == "in_progress"] == ["6", "7"]
    assert notice_said(world.file, OWN) == new


def test_a_task_that_is_gone_is_kept_where_it_was_worked_on_and_goes_where_not(world: World) -> None:
    ledger, ids = worked(world)
    rest = tuple(task for task in GOLDS[PLAN].tasks if task.number not in ("5", "7"))
    renumbered = tuple(replace(task, number=str(n)) for n, task in enumerate(rest, 1))
    new = own(tasks=renumbered, clock_rules=())
    accept_notice(world.file, new, matches=differences(own(), new).matches, at=later(1))
    found = shown(world, ledger)
    assert len(found) == 38
    assert found["原5"].id == ids["5"]
    assert found["原5"].requirement == GOLDS[PLAN].tasks[4].requirement
    assert found["原5"].assignment == GOLDS[PLAN].tasks[4].assignment
    assert ids["7"] not in {entry.id for entry in found.values()}
    assert found["5"].id == ids["6"]
    assert found["5"].status == "in_progress"


def test_a_kept_task_keeps_its_units_deadline_and_quota(world: World) -> None:
    accept_notice(world.file, own(), at=NOW)
    ledger = begin_ledger(world.file, plan=OWN, year=2021, unit="全局", kind=None, officer=None, at=NOW)
    before = shown(world, ledger)["12"]
    add_note(world.file, ledger, before.id, text="有记录", at=NOW)
    new = own(tasks=tuple(task for task in GOLDS[PLAN].tasks if task.number != "12"))
    accept_notice(world.file, new, matches=differences(own(), new).matches, at=later(1))
    after = shown(world, ledger)["12"]
    assert (after.id, after.deadline) == (before.id, before.deadline)
    assert notice_said(world.file, OWN).tasks[-1] == GOLDS[PLAN].tasks[11]


def test_numbers_that_change_hands_do_not_stumble_over_each_other(world: World) -> None:
    ledger, ids = worked(world)
    one, two, *others = GOLDS[PLAN].tasks
    new = own(tasks=(replace(two, number="1"), replace(one, number="2"), *others))
    accept_notice(world.file, new, matches=differences(own(), new).matches, at=later(1))
    found = shown(world, ledger)
    assert (found["1"].id, found["2"].id) == (ids["2"], ids["1"])


def test_a_reading_that_loses_a_handed_in_report_is_refused_with_what_to_do(world: World) -> None:
    ledger, _ = worked(world)
    (report,) = GOLDS[PLAN].reports
    hand_in(world.file, ledger, what=report.what, on=TODAY, remark=None, today=TODAY, at=NOW)
    new = own(reports=())
    before = world.dump()
    with pytest.raises(ReadingError, match="已登记报出") as refused:
        accept_notice(world.file, new, matches=differences(own(), new).matches, at=later(1))
    assert "核对界面" in refused.value.hint
    assert world.dump() == before


def test_a_task_that_comes_back_beside_another_that_goes_is_taken_in_a_third_time(world: World) -> None:
    """原5, kept from the second import, is task 5 again in the third, where the present 5 is kept in its turn."""
    ledger, ids = worked(world)
    without = [task for task in GOLDS[PLAN].tasks if task.number != "5"]
    second = own(tasks=tuple(replace(task, number=str(n)) for n, task in enumerate(without, 1)), clock_rules=())
    accept_notice(world.file, second, matches=differences(own(), second).matches, at=later(1))
    assert shown(world, ledger)["原5"].id == ids["5"]
    assert shown(world, ledger)["5"].id == ids["6"]
    without = [task for task in GOLDS[PLAN].tasks if task.number != "6"]
    third = own(tasks=tuple(replace(task, number=str(n)) for n, task in enumerate(without, 1)), clock_rules=())
    former = notice_said(world.file, OWN)
    accept_notice(world.file, third, matches=differences(former, third).matches, at=later(2))
    assert shown(world, ledger)["5"].id == ids["5"]
    assert shown(world, ledger)["原5"].id == ids["6"]
    fourth = own(tasks=third.tasks[5:], clock_rules=())
    former = notice_said(world.file, OWN)
    accept_notice(world.file, fourth, matches=differences(former, fourth).matches, at=later(3))
    kept = {number: entry.id for number, entry in shown(world, ledger).items() if entry.id in (ids["5"], ids["6"])}
    assert kept == {"5": ids["5"], "原5": ids["6"]}
    again = own(clock_rules=())
    former = notice_said(world.file, OWN)
    accept_notice(world.file, again, matches=differences(former, again).matches, at=later(4))
    found = shown(world, ledger)
    assert (found["5"].id, found["6"].id) == (ids["5"], ids["6"])
    assert len(found) == 39
