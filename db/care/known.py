"""What our tables look like, by the schema steps: for rows that are read without SQLite.

Steps so far only append columns, so that rows of an older step fit as well: what they lack has its default.
"""

import sqlite3
import threading
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from db.care.records import Value
from db.rules.value import value
from db.steps import steps

Key = int | tuple[Value, ...]
"""The rowid, or the values of the primary key of a table that has none."""

REFUSALS: Final = (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError, UnicodeEncodeError)
"""What SQLite says of a row that does not pass, and Python of a value that is none for a column."""
_asking: Final = threading.Lock()
_CLASSES: Final[Mapping[str, type]] = {"INTEGER": int, "TEXT": str, "BLOB": bytes, "REAL": float}


@value
class Known:
    """A table of ours. columns: in the order in which they are stored; numbered: the one that is the rowid, if any;
    keys: how many of the first are the primary key of a table without rowids, else 0."""

    name: str
    columns: tuple[str, ...]
    classes: tuple[str, ...]
    required: tuple[bool, ...]
    defaults: tuple[Value, ...]
    numbered: str | None
    keys: int


@cache
def _memory() -> sqlite3.Connection:
    """An empty file of the newest step in memory, without its triggers: to ask what its conditions say of a row."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    memory.executescript("\n".join(steps()))
    for (name,) in memory.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        memory.execute(f'DROP TRIGGER "{name}"')
    memory.execute("PRAGMA foreign_keys = OFF")
    return memory


def is_taken(table: Known, row: Mapping[str, Any]) -> bool:
    """Whether a row by itself passes every condition of its table."""
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    with _asking:
        memory = _memory()
        memory.execute("BEGIN")
        try:
            memory.execute(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(row.values()))
        except (*REFUSALS, sqlite3.OperationalError):
            return False
        finally:
            memory.execute("ROLLBACK")
    return True


@cache
def known_tables() -> Mapping[str, Known]:
    """The tables of a file of the newest step, by name; SQLite's own last numbers among them."""
    memory = _memory()
    listed = memory.execute("PRAGMA table_list").fetchall()
    return {
        name: _known(memory, name, bool(is_without_rowid))
        for _, name, kind, _, is_without_rowid, _ in listed
        if kind == "table" and (name == "sqlite_sequence" or not name.startswith("sqlite_"))
    }


def _known(memory: sqlite3.Connection, name: str, is_without_rowid: bool) -> Known:
    columns = memory.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = sorted((each for each in columns if each[5]), key=lambda each: int(each[5]))
    stored = [*keys, *(each for each in columns if not each[5])] if is_without_rowid else columns
    is_numbered = not is_without_rowid and len(keys) == 1 and keys[0][2] == "INTEGER"
    return Known(
        name,
        tuple(each[1] for each in stored),
        tuple(each[2] or "ANY" for each in stored),
        tuple(bool(each[3]) for each in stored),
        tuple(None if each[4] is None else memory.execute(f"SELECT {each[4]}").fetchone()[0] for each in stored),
        keys[0][1] if is_numbered else None,
        len(keys) if is_without_rowid else 0,
    )


def fitted(table: Known, key: int, stored: list[Value]) -> dict[str, Any] | None:
    """The row by its columns, what an older step did not know by its default; None for what is no row of the table."""
    if len(stored) > len(table.columns) or (table.numbered and key < 1):
        return None
    row: dict[str, Any] = {}
    for place, name in enumerate(table.columns):
        given = stored[place] if place < len(stored) else table.defaults[place]
        if name == table.numbered:
            if given is not None:
                return None
            given = key
        if given is None:
            if table.required[place]:
                return None
        elif table.classes[place] != "ANY" and type(given) is not _CLASSES[table.classes[place]]:
            return None
        row[name] = given
    return row
