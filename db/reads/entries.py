"""The entries of a ledger as the clerk sees them on one day."""

import sqlite3
from collections import defaultdict
from datetime import date
from typing import Any

from db.errors import UnknownNameError
from db.file import LedgerFile
from db.reads.office import calendar_of
from db.reads.said import TaskSaid, roster_of, tasks_of
from db.rules.calendar import WorkCalendar
from db.rules.countdown import countdown_of
from db.rules.deadlines import deadline_row
from db.rules.periods import quota_rows
from db.rules.reach import reach, with_decision
from db.rules.rows import Adjusted, DeadlineRow, EntryRow, NoteRow, PartyDate
from db.rules.words import Role, UnitKind

_OWN_POSITION = 1_000_000
"""Own tasks stand after the notice's."""


def entries(file: LedgerFile, ledger_id: int, today: date) -> tuple[EntryRow, ...]:
    """All entries of a ledger in the order of the notice, own tasks last; those that are not ours too."""
    with file.reading() as connection:
        return entries_of(connection, ledger_id, today)


def entries_of(connection: sqlite3.Connection, ledger_id: int, today: date) -> tuple[EntryRow, ...]:
    """The same over an open connection."""
    found = connection.execute("SELECT notice_id, year, unit FROM ledger WHERE id = ?", (ledger_id,)).fetchone()
    if found is None:
        raise UnknownNameError("这本台账已不在文件里。", "请回到选择界面重新打开。")
    notice_id, year, unit = found
    roster = roster_of(connection, notice_id)
    calendar = calendar_of(connection)
    tasks = {task.id: task for task in tasks_of(connection, notice_id)}
    notes = _notes(connection, ledger_id)
    rows = connection.execute(
        "SELECT id, task_id, own_number, own_requirement, own_due, own_reason, status, done_on, what_was_done,"
        " reason, decision, adjusted_due, adjusted_reason FROM entry WHERE ledger_id = ?",
        (ledger_id,),
    ).fetchall()
    made = [
        _entry(dict(zip(_COLUMNS, row, strict=True)), tasks, notes[row[0]], year, unit, roster, calendar, today)
        for row in rows
    ]
    return tuple(sorted(made, key=lambda entry: entry.position))


_COLUMNS = (
    "id",
    "task_id",
    "own_number",
    "own_requirement",
    "own_due",
    "own_reason",
    "status",
    "done_on",
    "what_was_done",
    "reason",
    "decision",
    "adjusted_due",
    "adjusted_reason",
)


def _entry(
    row: dict[str, Any],
    tasks: dict[int, TaskSaid],
    notes: list[NoteRow],
    year: int,
    unit: str,
    roster: dict[str, UnitKind],
    calendar: WorkCalendar,
    today: date,
) -> EntryRow:
    adjusted = (
        Adjusted(date.fromisoformat(row["adjusted_due"]), row["adjusted_reason"]) if row["adjusted_due"] else None
    )
    clerk = {
        "id": row["id"],
        "decided": row["decision"] is not None,
        "status": row["status"],
        "done_on": _day(row["done_on"]),
        "what_was_done": row["what_was_done"],
        "notes": tuple(notes),
    }
    if row["task_id"] is None:
        return _own_entry(row, clerk, adjusted, calendar, today)
    task = tasks[row["task_id"]]
    reached = reach(task.responsibilities, unit, roster)
    applicability = with_decision(reached, row["decision"])
    deadline = deadline_row(task.deadlines, year, adjusted)
    return EntryRow(
        **clerk,
        position=task.position,
        number=task.number,
        own=False,
        section=task.section,
        matter=task.matter,
        requirement=task.requirement,
        assignment=task.assignment,
        role=reached.role,
        through=reached.through,
        reached_by=reached.reached_by,
        applicability=applicability,
        leads=_named(task, "lead"),
        responsible=_named(task, "responsible"),
        supports=_named(task, "support"),
        deadline=deadline,
        countdown=countdown_of(row["status"], applicability, deadline, today, calendar),
        reason=row["reason"],
        remark=task.remark,
        remark_source=task.remark_source,
        quotas=tuple(period for quota in task.quotas for period in quota_rows(quota, year)),
    )


def _own_entry(
    row: dict[str, Any], clerk: dict[str, Any], adjusted: Adjusted | None, calendar: WorkCalendar, today: date
) -> EntryRow:
    due = _day(row["own_due"])
    deadline = DeadlineRow(
        text=due.isoformat() if due else None,
        kind="on_day" if due else "none",
        source="none",
        due=due,
        quote=None,
        dates=(PartyDate(None, due),) if due else (),
        recurrence=None,
        adjusted=adjusted,
    )
    return EntryRow(
        **clerk,
        position=_OWN_POSITION + row["own_number"],
        number=f"自{row['own_number']}",
        own=True,
        section=None,
        matter=None,
        requirement=row["own_requirement"],
        assignment=None,
        role=None,
        through=None,
        reached_by=None,
        applicability="ours",
        leads=(),
        responsible=(),
        supports=(),
        deadline=deadline,
        countdown=countdown_of(row["status"], "ours", deadline, today, calendar),
        reason=row["reason"],
        own_reason=row["own_reason"],
        remark=None,
        remark_source=None,
        quotas=(),
    )


def _named(task: TaskSaid, role: Role) -> tuple[str, ...]:
    return tuple(item.name for item in task.responsibilities if item.role == role and item.listed)


def _notes(connection: sqlite3.Connection, ledger_id: int) -> defaultdict[int, list[NoteRow]]:
    found: defaultdict[int, list[NoteRow]] = defaultdict(list)
    rows = connection.execute(
        "SELECT n.entry_id, n.id, n.at, n.officer, n.text FROM note n"
        " JOIN entry e ON e.id = n.entry_id WHERE e.ledger_id = ? ORDER BY n.id",
        (ledger_id,),
    ).fetchall()
    for entry, number, at, officer, text in rows:
        found[entry].append(NoteRow(number, at, officer, text))
    return found


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
