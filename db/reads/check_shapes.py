"""Columns that mean more than SQLite can check: moments, JSON of a certain shape, recurrence rules, numbers in text."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from db.errors import DamagedError
from db.reads.apart import asked
from db.rules.clock_json import stored_extensions, stored_pauses, stored_stages
from db.rules.evidence import LIMIT_KEY, MOST_MB
from db.rules.findings import Finding, damage
from db.rules.occurrences import spans
from db.rules.said import Scope

_NAMED: Final = 3
_ANY_YEAR: Final = 2024
"""A leap year: each rule that there is has its days in it."""

Shape = Callable[[Any], object]
"""Raises ValueError, TypeError or RecursionError for what is none."""


def _moment(text: str) -> None:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("no zone")


def _texts(text: str) -> None:
    if not all(isinstance(word, str) for word in json.loads(text)):
        raise ValueError("not texts")


def _named_texts(text: str) -> None:
    _texts(json.dumps(list(json.loads(text).values())))


def _megabytes(text: str) -> None:
    if not 1 <= int(text) <= MOST_MB:
        raise ValueError("out of range")


SHAPES: Final[Sequence[tuple[str, str, Shape]]] = (
    ("history", "at", _moment),
    ("note", "at", _moment),
    ("draft", "at", _moment),
    ("place", "opened_at", _moment),
    ("evidence", "added_at", _moment),
    ("evidence", "modified_at", _moment),
    ("day_off_source", "at", _moment),
    ("intake_draft", "begun_at", _moment),
    ("intake_draft", "changed_at", _moment),
    ("intake_draft", "source", json.loads),
    ("intake_draft", "edits", json.loads),
    ("notice", "headings", _named_texts),
    ("report", "attachments", _texts),
    ("responsibility", "scope", Scope.stored),
    ("deadline", "recurrence", lambda rule: spans(rule, _ANY_YEAR)),
    ("clock", "pauses", stored_pauses),
    ("clock", "extensions", stored_extensions),
    ("clock", "stages", stored_stages),
)
"""What each value of a column must be where it is not NULL. Tests insist that every one is met by every verb."""


def shapes(connection: sqlite3.Connection, tables: Sequence[str]) -> list[Finding]:
    """The values that the program could not read, or would read as something else."""
    found = []
    for table, column, shape in SHAPES:
        if table in tables:
            found += _misshapen(connection, table, column, shape)
    if "setting" in tables:
        limit = "SELECT rowid, value FROM (SELECT 1 AS rowid, value FROM setting WHERE key = ?)"
        found += _told(connection, "setting", LIMIT_KEY, _megabytes, limit, LIMIT_KEY)
    return found


def _misshapen(connection: sqlite3.Connection, table: str, column: str, shape: Shape) -> list[Finding]:
    # A column that a later step added is not in an older file.
    names = {name for (name,) in asked(connection, "SELECT name FROM pragma_table_info(?)", table)}
    if column not in names:
        return []
    number = next((name for name in ("id", "seq") if name in names), "0")
    question = f'SELECT {number}, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
    return _told(connection, table, column, shape, question)


def _told(
    connection: sqlite3.Connection, table: str, column: str, shape: Shape, question: str, *values: object
) -> list[Finding]:
    try:
        rows = asked(connection, question, *values)
    except DamagedError as error:
        return [damage("rules", f"数据库：表 {table}：{error.message}")]
    wrong = [number for number, value in rows if not _fits(shape, value)]
    if not wrong:
        return []
    where = "" if wrong == [0] else f"第 {'、'.join(map(str, wrong[:_NAMED]))} 行"
    more = f"等 {len(wrong)} 行" if len(wrong) > _NAMED else ""
    return [damage("rules", f"表 {table} 的 {column}{where}{more}不是程序写得出的内容，读不出来")]


def _fits(shape: Shape, value: object) -> bool:
    try:
        shape(value)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return False
    return True
