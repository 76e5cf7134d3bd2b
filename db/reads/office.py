"""What belongs to the file: the work calendar, the digest of the planted readings, places and drafts."""

import sqlite3
from datetime import date

from db.file import LedgerFile
from db.rules.backups import SECOND_PLACE
from db.rules.calendar import DayOff, DayOffKind, WorkCalendar
from db.rules.rows import Draft, Place
from db.rules.value import value


def calendar(file: LedgerFile) -> WorkCalendar:
    """The work calendar of the file's table day_off."""
    with file.reading() as connection:
        return calendar_of(connection)


def calendar_of(connection: sqlite3.Connection) -> WorkCalendar:
    """The same over an open connection."""
    rows = connection.execute("SELECT day, kind, notice FROM day_off ORDER BY day").fetchall()
    return WorkCalendar(DayOff(date.fromisoformat(day), kind, notice) for day, kind, notice in rows)


@value
class DayRow:
    """A day off or a make-up workday and the notice that sets it. origin: shipped, or office."""

    day: date
    kind: DayOffKind
    notice: str
    origin: str


def day_rows(file: LedgerFile, year: int) -> tuple[DayRow, ...]:
    """The days off and make-up workdays of a year, in order."""
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT day, kind, notice, origin FROM day_off WHERE day BETWEEN ? AND ? ORDER BY day",
            (f"{year}-01-01", f"{year}-12-31"),
        ).fetchall()
    return tuple(DayRow(date.fromisoformat(day), kind, notice, origin) for day, kind, notice, origin in rows)


def day_source(file: LedgerFile, notice: str) -> str | None:
    """The text that the office pasted for a notice of days off; None where there is none."""
    with file.reading() as connection:
        row = connection.execute("SELECT text FROM day_off_source WHERE notice = ?", (notice,)).fetchone()
    return row[0] if row else None


def readings_digest(file: LedgerFile) -> str | None:
    """The digest of the readings that the file holds; None before the first planting."""
    with file.reading() as connection:
        row = connection.execute("SELECT value FROM setting WHERE key = 'readings_digest'").fetchone()
    return row[0] if row else None


def second_place(file: LedgerFile) -> str | None:
    """第二备份位置: the folder to which the backups go too; None: there is none."""
    with file.reading() as connection:
        return second_place_of(connection)


def second_place_of(connection: sqlite3.Connection) -> str | None:
    """The same over an open connection."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (SECOND_PLACE,)).fetchone()
    return row[0] if row else None


def place(file: LedgerFile, ledger_id: int) -> Place:
    """Where the clerk was in a ledger; its beginning if it was never opened."""
    with file.reading() as connection:
        row = connection.execute(
            "SELECT filter, search, entry_id, walk_entry_id FROM place WHERE ledger_id = ?", (ledger_id,)
        ).fetchone()
    return Place(*row) if row else Place("all", "", None, None)


def draft(file: LedgerFile, ledger_id: int, field: str, entry_id: int | None) -> Draft | None:
    """What was typed in a field and not saved."""
    with file.reading() as connection:
        row = connection.execute(
            "SELECT text, at FROM draft WHERE ledger_id = ? AND field = ? AND entry_id = ?",
            (ledger_id, field, entry_id or 0),
        ).fetchone()
    return Draft(field, entry_id, row[0], row[1]) if row else None


def drafts(file: LedgerFile, ledger_id: int) -> tuple[Draft, ...]:
    """All that was typed in a ledger and not saved, oldest first."""
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT field, entry_id, text, at FROM draft WHERE ledger_id = ? ORDER BY at, entry_id", (ledger_id,)
        ).fetchall()
    return tuple(Draft(field, entry or None, text, at) for field, entry, text, at in rows)
