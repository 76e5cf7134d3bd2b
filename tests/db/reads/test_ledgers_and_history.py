"""Which ledgers the file knows, and what was done in them."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from db.chain import append
from db.errors import UnknownNameError
from db.reads.entries import entries
from db.reads.history import history, redoable, undoable
from db.reads.ledgers import find_ledger, last_opened, ledger, ledgers, notices
from db.reads.office import calendar, draft, drafts, place, readings_digest
from db.rules.rows import Place
from db.store.entries import settle
from db.store.ledgers import begin_ledger
from db.store.notes import add_note, edit_note, remove_note
from db.store.own import add_own, remove_own
from db.store.places import remember
from seeds.plant import digest
from tests.world import LEDGER, NOW, OFFICER, PLAN, TODAY, UNIT, World, later


def begin(world: World, unit: str, year: int = 2021) -> int:
    return begin_ledger(world.file, plan=PLAN, year=year, unit=unit, kind=None, officer=None, at=NOW)


def test_a_ledger_is_told_with_its_notice(world: World) -> None:
    (row,) = ledgers(world.file)
    assert (row.id, row.plan, row.year, row.notice_year, row.unit, row.officer) == (
        LEDGER,
        PLAN,
        2021,
        2021,
        UNIT,
        OFFICER,
    )
    assert (row.agency, row.document_number) == ("江门市市场监督管理局", "江市监办〔2021〕233号")
    assert ledger(world.file, LEDGER) == find_ledger(world.file, PLAN, 2021, UNIT) == row


@pytest.mark.parametrize(
    ("plan", "year", "unit"), [(PLAN, 2022, UNIT), (PLAN, 2021, "办公室"), ("hubei-2022", 2021, UNIT), ("", 0, "")]
)
def test_a_ledger_that_was_not_begun_is_not_found(plan: str, year: int, unit: str, world: World) -> None:
    assert find_ledger(world.file, plan, year, unit) is None


def test_a_ledger_by_an_unknown_number_is_an_error(world: World) -> None:
    with pytest.raises(UnknownNameError):
        ledger(world.file, 99)


def test_the_only_ledger_is_the_last_opened_until_one_was_shown(world: World) -> None:
    only = last_opened(world.file)
    assert only is not None
    assert only.id == LEDGER
    other = begin(world, "全局")
    assert last_opened(world.file) is None
    remember(world.file, other, Place("all", "", None, None), at=later(1))
    assert [row.id for row in ledgers(world.file)] == [other, LEDGER]
    remember(world.file, LEDGER, Place("all", "", None, None), at=later(2))
    assert [row.id for row in ledgers(world.file)] == [LEDGER, other]
    found = last_opened(world.file)
    assert found is not None
    assert found.id == LEDGER


def test_the_history_is_newest_first_and_of_this_ledger_only(world: World) -> None:
    one, two = world.ours(2)
    other = begin(world, "全局")
    add_note(
        world.file,
        other,
        next(row["id"] for row in world.dump("entry")["entry"] if row["ledger_id"] == other),
        text="别科",
        at=NOW,
    )
    settle(world.file, world.ledger, [one, two], done_on=TODAY, today=TODAY, what_was_done="已报", at=later(1))
    found = history(world.file, world.ledger, None)
    assert [row.subject for row in found] == [f"entry:{two}", f"entry:{one}"]
    assert {(row.verb, row.officer, row.at) for row in found} == {("settle", "甲", "2021-11-22T09:31:00+08:00")}
    assert found[0].before is not None
    assert found[0].after is not None
    assert (found[0].before["status"], found[0].after["status"]) == ("not_started", "done")
    assert found[0].after["what_was_done"] == "已报"


def test_the_history_of_an_entry_has_its_notes_also_those_taken_out(world: World) -> None:
    one, two = world.ours(2)
    kept = add_note(world.file, world.ledger, one, text="一", at=later(1))
    gone = add_note(world.file, world.ledger, one, text="二", at=later(2))
    edit_note(world.file, world.ledger, kept, text="一改", at=later(3))
    remove_note(world.file, world.ledger, gone, at=later(4))
    add_note(world.file, world.ledger, two, text="别项", at=later(5))
    found = history(world.file, world.ledger, one)
    assert [(row.verb, row.subject) for row in found] == [
        ("remove_note", f"note:{gone}"),
        ("edit_note", f"note:{kept}"),
        ("note", f"note:{gone}"),
        ("note", f"entry:{one}"),
        ("note", f"note:{kept}"),
    ]
    assert found[0].after is None
    assert found[0].before is not None
    assert found[0].before["text"] == "二"
    assert len(history(world.file, world.ledger, two)) == 2


def test_a_removed_own_task_keeps_its_history(world: World) -> None:
    own = add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=NOW)
    add_note(world.file, world.ledger, own, text="记", at=NOW)
    remove_own(world.file, world.ledger, own, at=later(1))
    assert [row.verb for row in history(world.file, world.ledger, own)] == [
        *("remove_own", "remove_own"),
        *("note", "note", "add_own"),
    ]


def test_an_entry_with_nothing_done_has_no_history(world: World) -> None:
    assert history(world.file, world.ledger, world.first("ours")) == ()
    assert history(world.file, 99) == ()


def _undoable_name(world: World) -> str | None:
    found = undoable(world.file, world.ledger)
    return found.name if found else None


def test_what_undo_would_take_back_bears_its_chinese_name(world: World) -> None:
    one, two = world.ours(2)
    number = next(entry.number for entry in entries(world.file, world.ledger, TODAY) if entry.id == one)
    note = add_note(world.file, world.ledger, one, text="记", at=later(1))
    assert _undoable_name(world) == f"记事（第 {number} 项）"
    edit_note(world.file, world.ledger, note, text="改", at=later(2))
    assert _undoable_name(world) == f"修改记事（第 {number} 项）"
    settle(world.file, world.ledger, [one, two], done_on=TODAY, today=TODAY, what_was_done=None, at=later(3))
    assert _undoable_name(world) == "销账 2 项"
    own = add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=later(4))
    assert _undoable_name(world) == "自增事项（第 自1 项）"
    remove_own(world.file, world.ledger, own, at=later(5))
    assert _undoable_name(world) == "删除自增事项（第 自1 项）"
    assert redoable(world.file, world.ledger) is None


def test_places_drafts_calendar_and_digest_of_a_file_where_nothing_was_done(world: World) -> None:
    assert place(world.file, world.ledger) == Place("all", "", None, None)
    assert drafts(world.file, world.ledger) == ()
    assert draft(world.file, world.ledger, "note", 1) is None
    assert readings_digest(world.file) == digest()
    days = calendar(world.file)
    assert not days.is_workday(date(2021, 10, 1))
    assert days.is_workday(date(2021, 10, 9))  # a Saturday that is worked
    assert (days.is_known(2026), days.is_known(2027)) == (True, False)


def test_notices_are_told_in_their_order_with_their_dates(world: World) -> None:
    found = notices(world.file)
    assert [row.plan for row in found] == sorted(row.plan for row in found)
    (row,) = (row for row in found if row.plan == PLAN)
    assert (row.year, row.issued_on, row.tasks) == (2021, date(2021, 10, 28), 39)
    assert not any(unit.added for unit in row.units)


def test_what_was_done_to_the_whole_file_stands_in_each_ledger_and_in_no_entry_s_history(world: World) -> None:
    (entry,) = world.ours(1)
    add_note(world.file, world.ledger, entry, text="记", at=later(1))
    with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
        append(connection, at=later(2).isoformat(), step="restore", subject="file:restore", after='{"backup": "a.db"}')
    assert [row.verb for row in history(world.file, world.ledger)][:2] == ["restore", "note"]
    assert {row.verb for row in history(world.file, world.ledger, entry)} == {"note"}
    assert _undoable_name(world) is not None
