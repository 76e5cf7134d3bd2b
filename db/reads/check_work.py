"""The clerk's work as it stands against the 办理流水: a bit that flips in a date or a note breaks no page and no rule.

Every change writes the image of its row into the history, so the newest image says what the row must be, and a row
without any was not written by the program. Columns that an image does not know came later.

Where an image does not follow on the one before it, a wrong value was worked on: taken over, or put right by hand.
Which of them cannot be told from here, so it is said and is no damage.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from db.errors import DamagedError
from db.reads.apart import asked, asked_by_name, one_moment
from db.rules.findings import Finding, damage, remark
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


@value
class Differing:
    """A row of the work that is not what the history says, by table and id. is: as it stands; None: it does not.
    must_be: its newest image; None: it was taken out. seq: of that row of the history; None: there is none."""

    table: str
    number: int
    stands: _Row | None
    must_be: _Row | None
    seq: int | None


def work_as_told(connection: sqlite3.Connection, tables: Sequence[str]) -> list[Finding]:
    """Where a row is not what its newest image says; what is worth knowing of the history itself.

    What the history says and the table does not can be put back; what stands without it may still be the clerk's.
    """
    known = [name for name in WORK_TABLES if name in tables]
    try:
        # One moment for both sides: a screen may change the file between two questions.
        with one_moment(connection):
            read = _read(connection, known)
    except DamagedError as error:
        return [damage("work", f"办理的内容没有逐条核对：{error.message}")]
    told = [damage("work", f"办理流水第 {seq} 条读不出来") for seq in _unreadable(read)]
    for differing in _differing(read):
        is_mendable = differing.must_be is not None
        told += [damage("work", words, mendable=is_mendable) for words in _told_row(read, differing)]
    joints = [words for pair in read.unjoined for words in _told_joint(read, *pair)]
    more = len(told) - _MOST
    return [
        *told[:_MOST],
        *(
            [damage("work", f"另有 {more} 处与办理流水不一致", mendable=all(one.mendable for one in told))]
            if more > 0
            else []
        ),
        *(
            [remark("work", f"办理流水有 {len(joints)} 处前后接不上，请核对：{'；'.join(joints[:_EXAMPLES])}")]
            if joints
            else []
        ),
    ]


def differing_work(connection: sqlite3.Connection) -> list[Differing]:
    """The rows of the work that are not what the history says, within the caller's transaction.

    Raises DamagedError where the file cannot be read so far.
    """
    return list(_differing(_read(connection, WORK_TABLES)))


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


def _differing(read: _Read) -> Iterator[Differing]:
    told = set()
    for seq, subject, after in read.newest:
        table, number = _table(subject), _number(subject)
        image, is_readable = _image(after)
        if number is None:
            continue
        told.add((table, number))
        row = read.rows[table].get(number)
        if not is_readable or (row is None and image is None):
            continue
        if row is None or image is None or _differences(row, image):
            yield Differing(table, number, row, image, seq)
    for table, rows in read.rows.items():
        yield from (
            Differing(table, number, row, None, None) for number, row in rows.items() if (table, number) not in told
        )


def _unreadable(read: _Read) -> Iterator[int]:
    for seq, subject, after in read.newest:
        if _number(subject) is None or not _image(after)[1]:
            yield seq


def _told_row(read: _Read, differing: Differing) -> list[str]:
    table, row, image = differing.table, differing.stands, differing.must_be
    if image is None:
        how = "办理流水里没有它的来历，不是程序写入的" if differing.seq is None else "办理流水里已删去，却还在台账里"
        return [f"{_where(read, table, row or {})}：{how}"]
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


def _table(subject: object) -> str:
    # A flipped bit may call a text a number, or bytes.
    return str(subject).partition(":")[0]


def _number(subject: object) -> int | None:
    number = str(subject).partition(":")[2]
    return int(number) if number.isascii() and number.isdigit() else None


def _image(text: object) -> tuple[_Row | None, bool]:
    """The image and whether it can be read; None for a row that is not there."""
    if text is None:
        return None, True
    try:
        found = json.loads(str(text))
    except (ValueError, RecursionError):
        return None, False
    return found, isinstance(found, dict)
