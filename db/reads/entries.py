"""The entries of a ledger as the clerk sees them on one day."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from db.errors import UnknownNameError
from db.file import LedgerFile
from db.reads.clocks import clocks_of
from db.reads.counting import Counting, counting_of
from db.reads.evidence import attached_of
from db.reads.office import calendar_of
from db.reads.said import TaskSaid, roster_of, tasks_of
from db.rules.assigned import units_from
from db.rules.calendar import WorkCalendar
from db.rules.countdown import countdown_of
from db.rules.deadlines import deadline_row
from db.rules.occurrences import occurrence_rows
from db.rules.periods import quota_rows
from db.rules.reach import reach, with_decision
from db.rules.rows import (
    Adjusted,
    ClockRow,
    Countdown,
    DeadlineRow,
    EntryRow,
    NoteRow,
    OccurrenceRow,
    PartyDate,
    QuotaRow,
)
from db.rules.value import value
from db.rules.words import Applicability, DeadlineKind, Role, Status, UnitKind

_OWN_POSITION: Final = 1_000_000
"""Own tasks stand after the notice's."""


class _Stored(NamedTuple):
    """One row of the table; days are ISO."""

    id: int
    task_id: int | None
    own_number: int
    own_requirement: str
    own_due: str | None
    own_reason: str | None
    status: Status
    done_on: str | None
    what_was_done: str | None
    reason: str | None
    decision: Literal["ours", "not_ours"] | None
    adjusted_due: str | None
    adjusted_reason: str
    shift_confirmed: int


def entries(file: LedgerFile, ledger_id: int, today: date) -> tuple[EntryRow, ...]:
    """All entries of a ledger in the order of the notice, own tasks last; those that are not ours too."""
    with file.reading() as connection:
        return entries_of(connection, ledger_id, today, calendar_of(connection))


def entries_of(
    connection: sqlite3.Connection,
    ledger_id: int,
    today: date,
    calendar: WorkCalendar,
    clocks: Iterable[ClockRow] | None = None,
) -> tuple[EntryRow, ...]:
    """The same over an open connection. clocks: those of the ledger on that day, where they have been read."""
    found = connection.execute(
        "SELECT l.notice_id, n.year, l.year, l.unit FROM ledger l JOIN notice n ON n.id = l.notice_id WHERE l.id = ?",
        (ledger_id,),
    ).fetchone()
    if found is None:
        raise UnknownNameError("这本台账已不在文件里。", "请回到选择界面重新打开。")
    notice_id, notice_year, year, unit = found
    making = _Making(
        year=year,
        notice_year=notice_year,
        unit=unit,
        roster=roster_of(connection, notice_id),
        tasks={task.id: task for task in tasks_of(connection, notice_id)},
        notes=_notes(connection, ledger_id),
        counting=counting_of(connection, ledger_id, year),
        clocks=_open_by_entry(
            clocks_of(connection, ledger_id, today, calendar, open_only=True) if clocks is None else clocks
        ),
        attached=attached_of(connection, ledger_id),
        today=today,
        calendar=calendar,
    )
    rows = connection.execute(
        f"SELECT {', '.join(_Stored._fields)} FROM entry WHERE ledger_id = ?", (ledger_id,)
    ).fetchall()
    made = [making.entry(_Stored._make(row)) for row in rows]
    return tuple(sorted(made, key=lambda entry: entry.position))


@value
class _Making:
    """What every entry of a ledger is put together from, read once."""

    year: int
    notice_year: int
    unit: str
    roster: dict[str, UnitKind]
    tasks: dict[int, TaskSaid]
    notes: dict[int, list[NoteRow]]
    counting: Counting
    clocks: dict[int, list[ClockRow]]
    attached: dict[int, int]
    today: date
    calendar: WorkCalendar
    own_deadlines: dict[str | None, DeadlineRow] = field(default_factory=dict)
    countdowns: dict[tuple[Status, Applicability, date | None], Countdown | None] = field(default_factory=dict)

    def entry(self, row: _Stored) -> EntryRow:
        number = row.id
        clerk = {
            "id": number,
            "decided": row.decision is not None,
            "status": row.status,
            "done_on": _day_or_none(row.done_on),
            "what_was_done": row.what_was_done,
            "reason": row.reason,
            "notes": tuple(self.notes.get(number, ())),
            "clocks": tuple(self.clocks.get(number, ())),
            "published": self.counting.published.get(number, 0),
            "evidence": self.attached.get(number, 0),
        }
        adjusted = Adjusted(_day(row.adjusted_due), row.adjusted_reason) if row.adjusted_due else None
        if row.task_id is None:
            return self._own(row, clerk, adjusted)
        return self._of_notice(row, self.tasks[row.task_id], clerk, adjusted)

    def _of_notice(self, row: _Stored, task: TaskSaid, clerk: dict[str, Any], adjusted: Adjusted | None) -> EntryRow:
        reached = reach(task.responsibilities, self.unit, self.roster)
        applicability = with_decision(reached, row.decision)
        deadline = deadline_row(task.deadlines, self.year, adjusted, self.notice_year, bool(row.shift_confirmed))
        quotas = self._quotas(row.id, task)
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
            units_from=units_from(task.assignment, task.requirement, task.responsibilities),
            leads=_named(task, "lead"),
            responsible=_named(task, "responsible"),
            supports=_named(task, "support"),
            deadline=deadline,
            countdown=self._countdown(row.status, applicability, deadline),
            remark=task.remark,
            remark_source=task.remark_source,
            quotas=quotas,
            occurrences=self._occurrences(row.id, deadline.recurrence, quotas),
        )

    def _own(self, row: _Stored, clerk: dict[str, Any], adjusted: Adjusted | None) -> EntryRow:
        deadline = self._own_deadline(row.own_due, adjusted)
        return EntryRow(
            **clerk,
            position=_OWN_POSITION + row.own_number,
            number=f"自{row.own_number}",
            own=True,
            section=None,
            matter=None,
            requirement=row.own_requirement,
            assignment=None,
            role=None,
            through=None,
            reached_by=None,
            applicability="ours",
            leads=(),
            responsible=(),
            supports=(),
            deadline=deadline,
            countdown=self._countdown(row.status, "ours", deadline),
            own_reason=row.own_reason,
            remark=None,
            remark_source=None,
            quotas=(),
        )

    def _own_deadline(self, stored: str | None, adjusted: Adjusted | None) -> DeadlineRow:
        """Of the own tasks that are due on one day, or have no day, all have the same one."""
        found = self.own_deadlines.get(stored)
        if found is None:
            due = _day_or_none(stored)
            dates = (PartyDate(None, due),) if due else ()
            kind: DeadlineKind = "on_day" if due else "none"
            found = DeadlineRow(stored, kind, "none", due, quote=None, dates=dates, recurrence=None, adjusted=None)
            self.own_deadlines[stored] = found
        return replace(found, adjusted=adjusted) if adjusted else found

    def _countdown(self, status: Status, applicability: Applicability, deadline: DeadlineRow) -> Countdown | None:
        """Many entries are due on one day: its days are counted once."""
        key = status, applicability, deadline.effective
        if key not in self.countdowns:
            self.countdowns[key] = countdown_of(status, applicability, deadline, self.today, self.calendar)
        return self.countdowns[key]

    def _quotas(self, entry_id: int, task: TaskSaid) -> tuple[QuotaRow, ...]:
        if not task.quotas:
            return ()
        counted = self.counting.of(entry_id)
        return tuple(period for quota in task.quotas for period in quota_rows(quota, self.year, counted))

    def _occurrences(
        self, entry_id: int, recurrence: str | None, quotas: tuple[QuotaRow, ...]
    ) -> tuple[OccurrenceRow, ...]:
        if recurrence is None:
            return ()
        settled = self.counting.settled.get(entry_id, {})
        return occurrence_rows(recurrence, self.year, settled, quotas, self.today)


def _named(task: TaskSaid, role: Role) -> tuple[str, ...]:
    return tuple(item.name for item in task.responsibilities if item.role == role and item.listed)


def _notes(connection: sqlite3.Connection, ledger_id: int) -> dict[int, list[NoteRow]]:
    found: defaultdict[int, list[NoteRow]] = defaultdict(list)
    rows = connection.execute(
        "SELECT n.entry_id, n.id, n.at, n.officer, n.text FROM note n"
        " JOIN entry e ON e.id = n.entry_id WHERE e.ledger_id = ? ORDER BY n.id",
        (ledger_id,),
    ).fetchall()
    for entry, number, at, officer, text in rows:
        found[entry].append(NoteRow(number, at, officer, text))
    return found


def _open_by_entry(clocks: Iterable[ClockRow]) -> dict[int, list[ClockRow]]:
    found: defaultdict[int, list[ClockRow]] = defaultdict(list)
    for clock in clocks:
        if clock.entry is not None and clock.closed_on is None:
            found[clock.entry].append(clock)
    return found


def _day(stored: str) -> date:
    return date.fromisoformat(stored)


def _day_or_none(stored: str | None) -> date | None:
    return _day(stored) if stored else None
