"""公开记录: what the unit has published, for an entry or without one."""

import sqlite3
from datetime import date

from db.file import LedgerFile
from db.rules.rows import PublicationRow


def publications(file: LedgerFile, ledger_id: int) -> tuple[PublicationRow, ...]:
    """All of a ledger, the newest day first, of one day the last added first."""
    with file.reading() as connection:
        return publications_of(connection, ledger_id)[::-1]


def publications_of(connection: sqlite3.Connection, ledger_id: int) -> tuple[PublicationRow, ...]:
    """The same over an open connection, by day and in the order in which they were added."""
    rows = connection.execute(
        "SELECT id, entry_id, day, title, channel, address, form FROM publication WHERE ledger_id = ? ORDER BY day, id",
        (ledger_id,),
    ).fetchall()
    return tuple(
        PublicationRow(number, entry, date.fromisoformat(day), title, channel, address, form)
        for number, entry, day, title, channel, address, form in rows
    )
