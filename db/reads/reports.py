"""报送: what is handed in, to whom, by when, and whether it was."""

import json
import sqlite3
from datetime import date
from typing import Any

from db.file import LedgerFile
from db.reads.ledgers import ledger_of
from db.reads.office import calendar_of
from db.rules.calendar import WorkCalendar
from db.rules.countdown import countdown
from db.rules.rows import Countdown, LedgerRow, ReportRow
from db.rules.shift import report_due, report_shift


def reports(file: LedgerFile, ledger_id: int, today: date) -> tuple[ReportRow, ...]:
    """Those of the notice in its order, then those that the clerk added, by due day."""
    with file.reading() as connection:
        return reports_of(connection, ledger_of(connection, ledger_id), today, calendar_of(connection))


def reports_of(
    connection: sqlite3.Connection, ledger: LedgerRow, today: date, calendar: WorkCalendar
) -> tuple[ReportRow, ...]:
    """The same over an open connection."""
    asked = connection.execute(
        "SELECT r.what, r.recipient, r.month, r.day, r.year_offset, r.attachments, r.quote,"
        " s.id, s.handed_in_on, s.remark FROM report r JOIN ledger l ON l.notice_id = r.notice_id"
        " LEFT JOIN report_state s ON s.ledger_id = l.id AND s.source = 'notice' AND s.what = r.what"
        " WHERE l.id = ? ORDER BY r.position",
        (ledger.id,),
    ).fetchall()
    added = connection.execute(
        "SELECT what, recipient, due, reason, source, id, handed_in_on, remark FROM report_state"
        " WHERE ledger_id = ? AND source <> 'notice' ORDER BY due, id",
        (ledger.id,),
    ).fetchall()
    return (
        *(_asked(row, ledger, today, calendar) for row in asked),
        *(_added(row, today, calendar) for row in added),
    )


def _asked(row: tuple[Any, ...], ledger: LedgerRow, today: date, calendar: WorkCalendar) -> ReportRow:
    """One that the notice asks for; its state is None while nothing was handed in."""
    what, to, month, day, offset, attachments, quote, number, handed_in_on, remark = row
    due = report_due(month, day, ledger.year, offset)
    return ReportRow(
        what=what,
        to=to,
        due=due,
        attachments=tuple(json.loads(attachments)),
        quote=quote,
        handed_in_on=date.fromisoformat(handed_in_on) if handed_in_on else None,
        remark=remark,
        countdown=_left(due, handed_in_on, today, calendar),
        shift=report_shift(quote, due, ledger.year, ledger.notice_year, handed_in=handed_in_on is not None),
        id=number,
    )


def _added(row: tuple[Any, ...], today: date, calendar: WorkCalendar) -> ReportRow:
    """One of the statute or of the office, as the clerk put it down."""
    what, to, stored_due, reason, source, number, handed_in_on, remark = row
    due = date.fromisoformat(stored_due)
    return ReportRow(
        what=what,
        to=to,
        due=due,
        attachments=(),
        quote=reason,
        source=source,
        handed_in_on=date.fromisoformat(handed_in_on) if handed_in_on else None,
        remark=remark,
        countdown=_left(due, handed_in_on, today, calendar),
        id=number,
    )


def _left(due: date | None, handed_in_on: str | None, today: date, calendar: WorkCalendar) -> Countdown | None:
    return None if due is None or handed_in_on is not None else countdown(today, due, calendar)
