"""What was counted in a ledger: sums for its quotas, settled occurrences, plain counts.

Quotas are counted by whole months at the least, so the file adds up the months: a list reads no publication.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Final

from db.file import LedgerFile
from db.rules.periods import Counted
from db.rules.rows import CountRow
from db.rules.value import value

Settled = Mapping[date, tuple[date, str | None]]
"""Day and words of what was settled, by the first day of its period."""

_NOTHING: Final = Counted()
_QUOTED: Final = "SELECT e.id FROM entry e JOIN quota q ON q.task_id = e.task_id WHERE e.ledger_id = :ledger"
_PUBLISHED: Final = (
    "SELECT entry_id, substr(day, 1, 7) || '-01', form, count(*) FROM publication"
    f" WHERE ledger_id = :ledger AND entry_id IN ({_QUOTED}) AND day BETWEEN :first AND :last"
    " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
)
_COUNTS: Final = (
    "SELECT entry_id, substr(day, 1, 7) || '-01', sum(number), item_id FROM count"
    f" WHERE entry_id IN ({_QUOTED}) AND day BETWEEN :first AND :last GROUP BY 1, 2, 4 ORDER BY 1, 2, 4"
)
_UNIT_PUBLISHED: Final = (
    "SELECT substr(day, 1, 7) || '-01', form, count(*) FROM publication"
    " WHERE ledger_id = :ledger AND day BETWEEN :first AND :last GROUP BY 1, 2 ORDER BY 1, 2"
)
_UNIT_COUNTS: Final = (
    "SELECT substr(c.day, 1, 7) || '-01', sum(c.number) FROM count c JOIN entry e ON e.id = c.entry_id"
    " WHERE e.ledger_id = :ledger AND c.day BETWEEN :first AND :last GROUP BY 1 ORDER BY 1"
)


@value
class Counting:
    """What was counted and settled, by the id of the entry; entries that a quota does not bind are left out."""

    by_entry: Mapping[int, Counted]
    published: Mapping[int, int]
    settled: Mapping[int, Settled]

    def of(self, entry_id: int) -> Counted:
        """What was counted for an entry."""
        return self.by_entry.get(entry_id, _NOTHING)


def counting_of(connection: sqlite3.Connection, ledger_id: int, year: int) -> Counting:
    """What was counted in that year, and how many publications each entry has in all.

    In the Counted values a day is the first of its month.
    """
    span = _span(ledger_id, year)
    published: defaultdict[int, list[tuple[date, str, int]]] = defaultdict(list)
    for entry, month, form, number in connection.execute(_PUBLISHED, span).fetchall():
        published[entry].append((date.fromisoformat(month), form, number))
    counts: defaultdict[int, list[tuple[date, int, int | None]]] = defaultdict(list)
    for entry, month, number, item in connection.execute(_COUNTS, span).fetchall():
        counts[entry].append((date.fromisoformat(month), number, item))
    items = _items(connection, ledger_id)
    return Counting(
        by_entry={
            entry: Counted(tuple(published[entry]), tuple(counts[entry]), tuple(items[entry]))
            for entry in {*published, *counts, *items}
        },
        published=dict(
            connection.execute(
                "SELECT entry_id, count(*) FROM publication WHERE ledger_id = ? AND entry_id IS NOT NULL"
                " GROUP BY entry_id",
                (ledger_id,),
            ).fetchall()
        ),
        settled=_settled(connection, ledger_id),
    )


def unit_counted_of(connection: sqlite3.Connection, ledger_id: int, year: int) -> Counted:
    """What the whole ledger counts in that year, with or without an entry; a day is the first of its month."""
    span = _span(ledger_id, year)
    published = connection.execute(_UNIT_PUBLISHED, span).fetchall()
    counts = connection.execute(_UNIT_COUNTS, span).fetchall()
    return Counted(
        published=tuple((date.fromisoformat(day), form, number) for day, form, number in published),
        counts=tuple((date.fromisoformat(day), number, None) for day, number in counts),
    )


def counts(file: LedgerFile, ledger_id: int) -> tuple[CountRow, ...]:
    """All plain counts of a ledger, by day."""
    with file.reading() as connection:
        return counts_of(connection, ledger_id)


def counts_of(connection: sqlite3.Connection, ledger_id: int) -> tuple[CountRow, ...]:
    """The same over an open connection."""
    rows = connection.execute(
        "SELECT c.id, c.entry_id, c.item_id, c.day, c.number, c.what FROM count c"
        " JOIN entry e ON e.id = c.entry_id WHERE e.ledger_id = ? ORDER BY c.day, c.id",
        (ledger_id,),
    ).fetchall()
    return tuple(
        CountRow(number, entry, item, date.fromisoformat(day), times, what)
        for number, entry, item, day, times, what in rows
    )


def _span(ledger_id: int, year: int) -> dict[str, int | str]:
    return {"ledger": ledger_id, "first": f"{year}-01-01", "last": f"{year}-12-31"}


def _items(connection: sqlite3.Connection, ledger_id: int) -> defaultdict[int, list[tuple[int, str, date | None]]]:
    found: defaultdict[int, list[tuple[int, str, date | None]]] = defaultdict(list)
    rows = connection.execute(
        "SELECT i.entry_id, i.id, i.name, i.day FROM item i JOIN entry e ON e.id = i.entry_id"
        " WHERE e.ledger_id = ? ORDER BY i.id",
        (ledger_id,),
    ).fetchall()
    for entry, number, name, day in rows:
        found[entry].append((number, name, date.fromisoformat(day) if day else None))
    return found


def _settled(connection: sqlite3.Connection, ledger_id: int) -> dict[int, dict[date, tuple[date, str | None]]]:
    found: dict[int, dict[date, tuple[date, str | None]]] = {}
    rows = connection.execute(
        "SELECT o.entry_id, o.start, o.done_on, o.what_was_done FROM occurrence o"
        " JOIN entry e ON e.id = o.entry_id WHERE e.ledger_id = ? ORDER BY o.start",
        (ledger_id,),
    ).fetchall()
    for entry, start, done_on, what in rows:
        found.setdefault(entry, {})[date.fromisoformat(start)] = (date.fromisoformat(done_on), what)
    return found
