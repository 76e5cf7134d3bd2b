"""How much a ledger file holds, in figures that the clerk knows."""

import sqlite3
from typing import Final

from db.rules.value import value


@value
class Counts:
    """What a ledger file holds: notices 通知, ledgers 台账, entries 事项, done 已办结, notes 记事,
    publications 公开记录, evidence 佐证材料 (what is attached, not its contents)."""

    notices: int
    ledgers: int
    entries: int
    done: int
    notes: int
    publications: int
    evidence: int


_ASKED: Final = (
    ("notice", "1"),
    ("ledger", "1"),
    ("entry", "1"),
    ("entry", "status = 'done'"),
    ("note", "1"),
    ("publication", "1"),
    ("evidence", "1"),
)
"""The table and the condition of each count, in the order of the fields."""


def counts_of(connection: sqlite3.Connection) -> Counts:
    """Count over an open connection; what a file of an older step does not have yet counts 0. Raises sqlite3.Error."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
    return Counts(*(_count(connection, table, where) if table in tables else 0 for table, where in _ASKED))


def _count(connection: sqlite3.Connection, table: str, where: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])
