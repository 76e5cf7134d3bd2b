"""Seals: SHA-256 over every table that neither the 办理流水 nor the evidence's own hashes speak for.

The notices, the calendar, the settings, the drafts: no image of their rows stands in the history, and a bit that flips
in a time limit breaks no page and no rule. Each change of such a table renews its seal in the same transaction; one
that was broken before stays broken, so that it is told and never covered up.
"""

import json
import re
import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

NOTICE_TABLES: Final = (
    *("notice", "unit", "task", "responsibility", "deadline", "quota", "clock_rule", "report", "rule"),
)
"""What the notices say, written when one is taken in."""
SEALED: Final = (
    *NOTICE_TABLES,
    *("setting", "day_off", "day_off_source", "statute_rule", "draft", "place", "intake_draft"),
)

_CHANGES: Final = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+\W?(\w+)")


def changed_table(statement: str) -> str | None:
    """The sealed table that a statement changes; None: it changes none."""
    found = _CHANGES.match(statement)
    return found[1] if found and found[1] in SEALED else None


def seal_of(connection: sqlite3.Connection, table: str) -> str:
    """The seal that a table must have as it stands: over all rows in their order, and the last number it has given.

    Text that is no UTF-8 any more is read as far as it is text. Raises sqlite3.Error.
    """
    former = connection.text_factory
    connection.text_factory = _as_far_as_text
    try:
        total = sha256(f"{table} {_last_number(connection, table)}".encode())
        for row in connection.execute(f'SELECT * FROM "{table}" NOT INDEXED'):
            total.update(json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=bytes.hex).encode())
    finally:
        connection.text_factory = former
    return total.hexdigest()


def broken_seals(connection: sqlite3.Connection, tables: Iterable[str] = SEALED) -> list[str]:
    """The tables that are not what they were when they were last written. Raises sqlite3.Error."""
    stored = dict(connection.execute("SELECT name, sha256 FROM seal").fetchall())
    return [table for table in tables if stored.get(table) != seal_of(connection, table)]


def seal(connection: sqlite3.Connection, tables: Iterable[str] = SEALED) -> None:
    """Seal the tables as they stand, in the caller's transaction. Raises sqlite3.Error."""
    connection.executemany(
        "INSERT INTO seal (name, sha256) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256",
        [(table, seal_of(connection, table)) for table in tables],
    )


def _last_number(connection: sqlite3.Connection, table: str) -> int:
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return found[0] if found else 0


def _as_far_as_text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")
