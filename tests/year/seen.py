"""What the program says of a day, in the plain shape of the slow reading."""

from datetime import date
from typing import Any
from unittest.mock import patch

import db.reads.sheet
from db.file import LedgerFile
from db.reads.sheet import sheet
from db.rules.board import BoardLine, board
from db.rules.calendar import WorkCalendar
from db.rules.rows import ClockRow, Countdown, EntryRow, QuotaRow, ReportRow


def seen(file: LedgerFile, ledger: int, today: date, calendar: WorkCalendar) -> dict[str, Any]:
    # The days off stand in the file and do not change with the day: here they are not read anew for each.
    with patch.object(db.reads.sheet, "calendar_of", lambda connection: calendar):
        found = sheet(file, ledger, today, publications=False)
    figures = found.summary
    return {
        "entries": [entry(row) for row in found.entries],
        "unit_quotas": [quota(row) for row in found.unit_quotas],
        "reports": [report(row) for row in found.reports],
        "clocks": [clock(row) for row in found.clocks],
        "figures": {
            **{"total": figures.total, "done": figures.done, "overdue": figures.overdue},
            **{"week": figures.due_within_7_days, "standing": figures.standing},
        },
        "board": [line(row) for row in board(found, calendar).lines],
    }


def countdown(left: Countdown | None) -> dict[str, Any] | None:
    if left is None:
        return None
    return {"days": left.days, "workdays": left.workdays, "estimated": left.estimated, "overdue": left.overdue}


def entry(row: EntryRow) -> dict[str, Any]:
    return {
        **{"number": row.number, "requirement": row.requirement, "applicability": row.applicability},
        **{"kind": row.deadline.kind, "recurrence": row.deadline.recurrence, "status": row.status},
        "shift_printed": row.deadline.shift.printed if row.deadline.shift else None,
        **{"due": row.deadline.effective, "countdown": countdown(row.countdown), "published": row.published},
        "quotas": [quota(one) for one in row.quotas],
        "occurrences": [(one.start, one.end, one.state, one.done_on) for one in row.occurrences],
        "clocks": [one.subject for one in row.clocks],
    }


def quota(row: QuotaRow) -> dict[str, Any]:
    return {
        **{"target": row.target, "counter": row.counter, "period": row.period, "quote": row.quote},
        **{"start": row.period_start, "end": row.period_end, "tally": row.tally, "met": row.met},
        **{"missing": row.missing, "items": [(item.name, item.tally, item.met) for item in row.items]},
        **{"part": row.part, "whole": row.whole},
    }


def clock(row: ClockRow) -> dict[str, Any]:
    return {
        **{"subject": row.subject, "number": row.number, "start": row.start, "state": row.state, "due": row.due},
        **{"left": row.left, "late": row.late, "closed_on": row.closed_on, "countdown": countdown(row.countdown)},
        "stages": [(reached.stage, reached.on) for reached in row.stages],
    }


def report(row: ReportRow) -> dict[str, Any]:
    return {
        **{"what": row.what, "to": row.to, "due": row.due, "handed_in_on": row.handed_in_on},
        "countdown": countdown(row.countdown),
    }


def line(row: BoardLine) -> dict[str, Any]:
    return {
        **{"group": row.group, "kind": row.kind, "text": row.text, "number": row.number, "due": row.due},
        **{"countdown": countdown(row.countdown), "quota": quota(row.quota) if row.quota else None},
        "missed": [(one.start, one.end) for one in row.missed],
    }


def differences(expected: object, found: object, where: str = "") -> list[str]:
    """Each place at which the two are not the same, with both values."""
    if expected == found:
        return []
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        return [line for key in expected for line in differences(expected[key], found[key], f"{where}/{key}")]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for at, (one, other) in pairs for line in differences(one, other, f"{where}/{at}")]
    return [f"{where}: expected {expected!r}, found {found!r}"]
