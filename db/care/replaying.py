"""The work tables as the 办理流水 tells them, from nothing: what a row must be where the file cannot be believed.

Works on rows of the history however they were read; plain sqlite3, nothing of the file is run.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from db.chain import COLUMNS, identity_of, link
from db.reads.check_work import WORK_TABLES
from db.rules.value import value

Row = Mapping[str, Any]
"""A row by its columns, each value as it stands in the file."""

_LINES: Final = f"SELECT {', '.join(COLUMNS)}, hash FROM history ORDER BY seq"


@value
class Line:
    """A row of the history. values: by db.chain.COLUMNS; sound: its words are those that its hash was made of."""

    seq: int
    values: tuple[Any, ...]
    hash: str | None
    sound: bool

    @property
    def subject(self) -> str:
        """What it is about: table:key."""
        return str(self.values[COLUMNS.index("subject")])

    @property
    def before(self) -> str | None:
        """The image of the row before, JSON."""
        return _text(self.values[COLUMNS.index("before")])

    @property
    def after(self) -> str | None:
        """The image of the row after it, JSON; None: the row was taken out."""
        return _text(self.values[COLUMNS.index("after")])


@value
class Replay:
    """tables: every row as the history leaves it, by table and id (a column that came later is not in an old image).

    said_by: the line that each row's state comes from, also where it says that the row is gone; unread: the lines of
    work whose subject or image cannot be read; unjoined: those whose image before is not what the line before left
    (the newer image is taken); doubtful: the rows whose newest line is unread, as they were before it.
    """

    tables: Mapping[str, Mapping[int, Row]]
    said_by: Mapping[tuple[str, int], Line]
    unread: tuple[int, ...]
    unjoined: tuple[int, ...]
    doubtful: frozenset[tuple[str, int]]


def replayed(connection: sqlite3.Connection) -> Replay:
    """The work tables by the history of an open file (of the newest step), in one statement of the connection's.

    Raises sqlite3.Error where the history cannot be read to its end.
    """
    rows = connection.execute(_LINES).fetchall()
    return replay(linked(identity_of(connection), rows))


def linked(identity: str | None, rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    """The rows (db.chain.COLUMNS and the hash, ordered by seq) as lines, each measured by its hash.

    A line behind one that is missing cannot be measured: it is not sound. identity None: as if line 0 were missing.
    """
    lines: list[Line] = []
    seq, known = 0, [] if identity is None else [identity]
    for *values, stored in rows:
        made = {_link(previous, values): previous for previous in (known if values[0] == seq + 1 else ())}
        if lines and stored in made and made[stored] != lines[-1].hash:
            # The line before was followed by what its words make: the bit that flipped stands in its hash.
            lines[-1] = replace(lines[-1], sound=True)
        lines.append(Line(values[0], tuple(values), stored, stored in made))
        seq, known = values[0], [each for each in dict.fromkeys((stored, *made)) if isinstance(each, str)]
    return lines


def replay(lines: Iterable[Line]) -> Replay:
    """Follow the lines in their order."""
    tables: dict[str, dict[int, Row]] = {name: {} for name in WORK_TABLES}
    said_by: dict[tuple[str, int], Line] = {}
    unread, unjoined, doubtful = [], [], set()
    for line in lines:
        table, _, key = line.subject.partition(":")
        if table not in tables:
            continue
        if not (key.isascii() and key.isdigit()):
            unread.append(line.seq)
            continue
        number = int(key)
        before, after = image_of(line.before), image_of(line.after)
        if after is _BROKEN or (after is not None and after.get("id") != number):
            unread.append(line.seq)
            doubtful.add((table, number))
            continue
        standing = tables[table].get(number)
        if before is _BROKEN or not _joins(standing, before):
            unjoined.append(line.seq)
        said_by[table, number] = line
        doubtful.discard((table, number))
        if after is None:
            tables[table].pop(number, None)
        else:
            # An undo of what an older program did knows less columns than the row has.
            tables[table][number] = {**(standing or {}), **after}
    return Replay(tables, said_by, tuple(unread), tuple(unjoined), frozenset(doubtful))


_BROKEN: Final[Row] = {}
"""In place of an image that cannot be read."""


def image_of(text: str | None) -> Row | None:
    """An image as values by column; None: there was no row. An empty one cannot be read."""
    if text is None:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return _BROKEN
    return found if isinstance(found, dict) and found else _BROKEN


def _joins(standing: Row | None, before: Row | None) -> bool:
    """Whether an image before is what stands, in the columns that both know."""
    if standing is None or before is None:
        return standing is before
    return all(standing[name] == before[name] for name in before if name in standing)


def _link(previous: str, values: Sequence[Any]) -> str:
    """The hash of a row; '' where its values are none that a row of the history has."""
    return link(previous, values) if all(isinstance(each, str | int | None) for each in values) else ""


def _text(stored: object) -> str | None:
    """Text as it stands; what is no text is no image either."""
    return stored if isinstance(stored, str | None) else ""
