"""计时: the clocks of a ledger on one day, and the rules by which one can be started."""

import sqlite3
from datetime import date
from typing import Any, Final

from db.file import LedgerFile
from db.reads.office import calendar_of
from db.rules.calendar import WorkCalendar
from db.rules.clock_json import stored_extensions, stored_pauses, stored_stages
from db.rules.clocks import clock_row
from db.rules.rows import ClockRow, ClockRuleRow

_RULE: Final = (
    *("days", "day_kind", "direction", "bound", "trigger", "action"),
    *("quote", "source", "article", "may_extend"),
)
_CLOCKS: Final = (
    "SELECT c.id, c.entry_id, coalesce(t.number, '自' || e.own_number), c.subject, c.start_day, c.pauses,"
    f" c.extensions, c.stages, c.closed_on, c.outcome, {', '.join(f'c.[{column}]' for column in _RULE)} FROM clock c"
    " LEFT JOIN entry e ON e.id = c.entry_id LEFT JOIN task t ON t.id = e.task_id"
    " WHERE c.ledger_id = ? AND (c.closed_on IS NULL OR ?) ORDER BY c.start_day, c.id"
)
_STATUTE: Final = ("key", "days", "day_kind", "direction", "bound", "trigger", "action", "article", "may_extend")


def clocks(file: LedgerFile, ledger_id: int, today: date) -> tuple[ClockRow, ...]:
    """All clocks of a ledger, closed ones too, by their start."""
    with file.reading() as connection:
        return clocks_of(connection, ledger_id, today, calendar_of(connection))


def open_clocks(file: LedgerFile, ledger_id: int) -> int:
    """How many clocks of a ledger are not closed."""
    with file.reading() as connection:
        (number,) = connection.execute(
            "SELECT count(*) FROM clock WHERE ledger_id = ? AND closed_on IS NULL", (ledger_id,)
        ).fetchone()
    return int(number)


def clocks_of(
    connection: sqlite3.Connection, ledger_id: int, today: date, calendar: WorkCalendar, *, open_only: bool = False
) -> tuple[ClockRow, ...]:
    """The same over an open connection; open_only leaves out the closed ones."""
    rows = connection.execute(_CLOCKS, (ledger_id, not open_only)).fetchall()
    return tuple(_clock(row[:10], row[10:], today, calendar) for row in rows)


def statute_rules(file: LedgerFile) -> tuple[ClockRuleRow, ...]:
    """The rules of 政府信息公开条例 as they stand in the file, in the order of its articles."""
    with file.reading() as connection:
        rows = connection.execute(
            f"SELECT text, registers, {', '.join(f'[{column}]' for column in _STATUTE)} FROM statute_rule"
            " ORDER BY position, key"
        ).fetchall()
    return tuple(
        ClockRuleRow(
            **dict(zip(_STATUTE, row, strict=True)),
            quote=text,
            task=None,
            source="statute",
            registers=bool(registers),
        )
        for text, registers, *row in rows
    )


def _clock(clock: tuple[Any, ...], rule: tuple[Any, ...], today: date, calendar: WorkCalendar) -> ClockRow:
    number, entry, entry_number, subject, start, pauses, extensions, stages, closed_on, outcome = clock
    reached = stored_stages(stages)
    return clock_row(
        id=number,
        entry=entry,
        number=entry_number,
        subject=subject,
        rule=ClockRuleRow(**dict(zip(_RULE, rule, strict=True)), task=None, registers=bool(reached)),
        start=date.fromisoformat(start),
        pauses=stored_pauses(pauses),
        extensions=stored_extensions(extensions),
        stages=reached,
        closed_on=date.fromisoformat(closed_on) if closed_on else None,
        outcome=outcome,
        today=today,
        calendar=calendar,
    )
