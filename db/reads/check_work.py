"""The clerk's work as it stands against the 办理流水: a bit that flips in a date or a note breaks no page and no rule.

Every change writes the image of its row into the history, so the newest image says what the row must be. Rows without
an image were never changed by the program: nothing is said of them. Columns that an image does not know came later.

Where an image does not follow on the one before it, a wrong value was worked on: taken over, or put right by hand.
Which of them cannot be told from here, so it is said and is no damage.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from db.errors import DamagedError
from db.reads.apart import asked, asked_by_name
from db.rules.history_words import field_name, named_value, row_noun
from db.rules.value import value

WORK_TABLES: Final = (
    *("ledger", "entry", "note", "publication", "item", "count", "occurrence", "clock", "report_state"),
    "evidence",
)
"""The tables whose every change stands in the history."""
_SHOWN: Final = 40
"""How many characters of a value are told."""
_BEFORE: Final = 15
"""How many of them stand before the first that differs."""
_MOST: Final = 50
"""How many differences are told one by one."""
_EXAMPLES: Final = 3
_TITLES: Final = ("title", "name", "subject", "what")
_NEWEST: Final = "SELECT seq, subject, after FROM history WHERE seq IN (SELECT max(seq) FROM history GROUP BY subject)"
_UNJOINED: Final = (
    "SELECT seq, subject, former, before FROM (SELECT seq, subject, before, lag(after) OVER w AS former,"
    " row_number() OVER w AS nth FROM history WINDOW w AS (PARTITION BY subject ORDER BY seq))"
    " WHERE nth > 1 AND before IS NOT former ORDER BY seq"
)
_NUMBERS: Final = (
    "SELECT e.id, e.ledger_id, coalesce(t.number, '自' || e.own_number) FROM entry e"
    " LEFT JOIN task t ON t.id = e.task_id"
)

_Row = Mapping[str, Any]


@value
class _Read:
    """All of one moment: the rows of the work tables by their id, and what the history says of them."""

    rows: Mapping[str, Mapping[int, _Row]]
    numbers: Mapping[int, str]
    newest: Sequence[tuple[int, str, str | None]]
    unjoined: Sequence[tuple[int, str, str | None, str | None]]


def work_as_told(connection: sqlite3.Connection, tables: Sequence[str]) -> tuple[list[str], list[str]]:
    """In Chinese: where a row is not what its newest image says; what is worth knowing of the history itself."""
    known = [name for name in WORK_TABLES if name in tables]
    # One moment for both sides: a screen may change the file between two questions.
    connection.execute("BEGIN")
    try:
        read = _read(connection, known)
    except DamagedError as error:
        return [f"办理的内容没有逐条核对：{error.message}"], []
    finally:
        connection.execute("ROLLBACK")
    told = [words for newest in read.newest for words in _told_row(read, *newest)]
    joints = [words for pair in read.unjoined for words in _told_joint(read, *pair)]
    more = [f"另有 {len(told) - _MOST} 处与办理流水不一致"] if len(told) > _MOST else []
    remarks = [f"办理流水有 {len(joints)} 处前后接不上，请核对：{'；'.join(joints[:_EXAMPLES])}"] if joints else []
    return told[:_MOST] + more, remarks


def _read(connection: sqlite3.Connection, tables: Sequence[str]) -> _Read:
    rows = {name: {row["id"]: row for row in asked_by_name(connection, f'SELECT * FROM "{name}"')} for name in tables}
    ledgers = rows.get("ledger", {})
    several = len(ledgers) > 1
    numbers = {}
    for entry, ledger, number in asked(connection, _NUMBERS):
        of = ledgers.get(ledger) if several else None
        numbers[entry] = (f"{of['year']} 年{of['unit']}" if of else "") + f"第 {number} 项"
    # The images are compared here, not by SQL's json_extract: a damaged one must not end the question.
    return _Read(
        rows,
        numbers,
        [row for row in asked(connection, _NEWEST) if _table(row[1]) in rows],
        [row for row in asked(connection, _UNJOINED) if _table(row[1]) in rows],
    )


def _told_row(read: _Read, seq: int, subject: str, after: str | None) -> list[str]:
    table, number = _table(subject), _number(subject)
    image, is_readable = _image(after)
    if number is None or not is_readable:
        return [f"办理流水第 {seq} 条读不出来"]
    row = read.rows[table].get(number)
    if image is None:
        return [] if row is None else [f"{_where(read, table, row)}：办理流水里已删去，却还在台账里"]
    if row is None:
        return [f"{_where(read, table, image)}：办理流水里还有，台账里却没有了"]
    return [
        f"{_where(read, table, image)}，{_field(table, name)}：台账里是{now}，办理流水最后记的是{then}"
        for name, now, then in _differences(row, image)
    ]


def _told_joint(read: _Read, seq: int, subject: str, former: str | None, before: str | None) -> list[str]:
    table = _table(subject)
    (old, is_old), (new, is_new) = _image(former), _image(before)
    if not (is_old and is_new):
        return [f"办理流水第 {seq} 条或它前一条读不出来"]
    if old is None or new is None:
        return [f"{_where(read, table, old or new or {})}：办理流水第 {seq} 条与前一条接不上"]
    return [
        f"{_where(read, table, new)}，{_field(table, name)}：办理流水第 {seq} 条说改动前是{now}，前一条留下的是{then}"
        for name, now, then in _differences(new, old)
    ]


def _differences(one: _Row, other: _Row) -> list[tuple[str, str, str]]:
    """The columns that both know and that differ, each with both values."""
    return [
        (name, *_values(name, one[name], other[name])) for name in other if name in one and one[name] != other[name]
    ]


def _values(name: str, one: object, other: object) -> tuple[str, str]:
    """Both values, of long ones what stands around the first character that differs."""
    words, others = (None if value is None else named_value(name, value) for value in (one, other))
    if words is None or others is None:
        return _quoted(words, 0), _quoted(others, 0)
    if words == others:
        words, others = str(one), str(other)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))
    start = max(0, same - _BEFORE) if max(len(words), len(others)) > _SHOWN else 0
    return _quoted(words, start), _quoted(others, start)


def _quoted(words: str | None, start: int) -> str:
    if words is None:
        return "空的"
    shown = words[start : start + _SHOWN]
    return f"「{'…' if start else ''}{shown}{'…' if start + _SHOWN < len(words) else ''}」"


def _where(read: _Read, table: str, row: _Row) -> str:
    """Of which entry it is, what it is, and what it is called."""
    if table == "ledger":
        return f"台账（{row.get('year')} 年{row.get('unit')}）"
    entry = row.get("id") if table == "entry" else row.get("entry_id")
    if table == "evidence" and entry is None:
        entry = read.rows.get("publication", {}).get(row.get("publication_id") or 0, {}).get("entry_id")
    number = read.numbers.get(entry) if isinstance(entry, int) else None
    if table == "entry":
        own = row.get("own_number")
        return number or (f"第 自{own} 项" if own else f"第 {row.get('id')} 号事项")
    title = next((str(row[name]) for name in _TITLES if row.get(name)), "") or str(row.get("at") or "")[:16]
    return f"{number or '本单位'}的{row_noun(table)}{_quoted(title, 0) if title else ''}"


def _field(table: str, name: str) -> str:
    return field_name(table, name) or f"字段 {name}"


def _table(subject: str) -> str:
    return subject.partition(":")[0]


def _number(subject: str) -> int | None:
    number = subject.partition(":")[2]
    return int(number) if number.isascii() and number.isdigit() else None


def _image(text: str | None) -> tuple[_Row | None, bool]:
    """The image and whether it can be read; None for a row that is not there."""
    if text is None:
        return None, True
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None, False
    return found, isinstance(found, dict)
