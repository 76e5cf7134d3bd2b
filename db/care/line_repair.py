"""Lines of the 办理流水 in which something flipped, put right where their hash says what it was.

One line says much that its neighbours say too: the image before is the one that was left last, the image after is the
next one before, or the row as it stands. What is put in counts only if the hash is then that of the line.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from db.care.chronicle import Values
from db.care.replaying import image_of
from db.chain import COLUMNS, link
from db.reads.check_work import WORK_TABLES

_AT: Final = {name: place for place, name in enumerate(COLUMNS)}
_OF_NEIGHBOURS: Final = ("group_id", "ledger_id", "at", "officer", "step", "verb", "entry_id")

Rows = Mapping[str, Mapping[int, Mapping[str, Any]]]
"""The work tables as they were read, by table and id."""


def repaired(identity: str | None, rows: Mapping[int, Values], standing: Rows) -> dict[int, Values]:
    """The rows of the history, those put right that can be. Two that are wrong in a row are not: the hash before has to
    be known."""
    found = dict(rows)
    for seq in sorted(found):
        former = found.get(seq - 1)
        previous = former[-1] if former else identity if seq == 1 else None
        *values, stored = found[seq]
        if not isinstance(previous, str) or not isinstance(stored, str) or _is_linked(previous, values, stored):
            continue
        for name, candidate in _candidates(seq, found, standing):
            tried = [*values]
            tried[_AT[name]] = candidate
            if _is_linked(previous, tried, stored):
                found[seq] = (*tried, stored)
                break
    return found


def _candidates(seq: int, rows: Mapping[int, Values], standing: Rows) -> Iterator[tuple[str, Any]]:
    """What a column may have held."""
    values = rows[seq]
    subject = values[_AT["subject"]]
    neighbours = [row for near in (seq - 1, seq + 1) if (row := rows.get(near)) is not None]
    for name in _OF_NEIGHBOURS:
        yield name, None
        yield from ((name, row[_AT[name]]) for row in neighbours)
    yield from (("group_id", row[_AT["group_id"]] + step) for row in neighbours for step in (1, -1))
    yield "step", values[_AT["verb"]]
    yield "verb", values[_AT["step"]]
    yield "undoes", None
    for image in (image_of(values[_AT["before"]]), image_of(values[_AT["after"]])):
        number = (image or {}).get("id")
        yield "entry_id", number
        yield "entry_id", (image or {}).get("entry_id")
        yield from (("subject", f"{table}:{number}") for table in WORK_TABLES if number is not None)
    of_subject = [each for each in sorted(rows) if rows[each][_AT["subject"]] == subject]
    yield "before", None
    yield from (("before", rows[each][_AT["after"]]) for each in reversed(of_subject) if each < seq)
    yield "after", None
    yield from (("after", rows[each][_AT["before"]]) for each in of_subject if each > seq)
    yield from (("after", text) for text in _as_it_stands(subject, standing))


def _as_it_stands(subject: str, standing: Rows) -> Iterator[str]:
    table, _, number = subject.partition(":")
    row = standing.get(table, {}).get(int(number)) if number.isascii() and number.isdigit() else None
    if row is not None:
        yield json.dumps(dict(row), ensure_ascii=False, sort_keys=True)


def _is_linked(previous: str, values: Sequence[Any], stored: str) -> bool:
    return all(isinstance(each, str | int | None) for each in values) and link(previous, values) == stored
