"""Questions to a file that may be damaged, each on its own: what cannot be read is one answer, not the end."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from db.errors import DamagedError

_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def asked(connection: sqlite3.Connection, question: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows of one statement. Raises DamagedError where the file's pages do not carry it; other errors of SQLite
    (another program is writing) are the caller's."""
    return _answer(connection, question, values)[1]


def asked_by_name(connection: sqlite3.Connection, question: str, *values: object) -> list[dict[str, Any]]:
    """As `asked`, each row by its columns' names."""
    names, rows = _answer(connection, question, values)
    return [dict(zip(names, row, strict=True)) for row in rows]


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The names of the tables that the file has, SQLite's own too."""
    return [name for (name,) in asked(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Several questions about the same state: a screen may change the file between two. Keep it short."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def pages_that_may_be_damaged() -> Iterator[None]:
    """For who asks without `asked`. Raises DamagedError in the same cases."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            raise DamagedError(f"读不下去（{error}）") from error
        raise


def _answer(
    connection: sqlite3.Connection, question: str, values: tuple[object, ...]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    with pages_that_may_be_damaged():
        cursor = connection.execute(question, values)
        rows = cursor.fetchall()
    return [column[0] for column in cursor.description or ()], rows
