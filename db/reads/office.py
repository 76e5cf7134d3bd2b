"""What belongs to the file: the work calendar, the digest of the planted readings, places and drafts."""

import sqlite3
from datetime import date

from db.file import LedgerFile
from db.rules.calendar import DayOff, WorkCalendar
from db.rules.rows import Draft, Place


def calendar(file: LedgerFile) -> WorkCalendar:
    """The work calendar of the file's table day_off."""
    with file.reading() as connection:
        return calendar_of(connection)


def calendar_of(connection: sqlite3.Connection) -> WorkCalendar:
    """The same over an open connection."""
    rows = connection.execute("SELECT day, kind, notice FROM day_off ORDER BY day").fetchall()
    return WorkCalendar(DayOff(date.fromisoformat(day), kind, notice) for day, kind, notice in rows)


def readings_digest(file: LedgerFile) -> str | None:
    """The digest of the readings that the file holds; None before the first planting."""
    with file.reading() as connection:
        row = connection.execute("SELECT value FROM setting WHERE key = 'readings_digest'").fetchone()
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
