"""The 办理流水 as a chain: each row's hash is made of its own words and the hash before it.

It tells a bit that flipped, a row that is gone and a file that is older than it was. It does not stop who rewrites all
of it; a stamp on paper does, as far as the paper is kept.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

COLUMNS: Final = (
    *("seq", "group_id", "ledger_id", "at", "officer", "step", "verb", "subject", "before", "after", "undoes"),
    "entry_id",
)
"""What a hash is made of, in this order."""
FORM: Final = 1
"""The number of this canonical form; it stands in the hash, so that a later form cannot be taken for it."""
SHOWN: Final = 16
"""How many hexadecimal digits of a hash stand on paper."""

_ROWS: Final = f"SELECT {', '.join(COLUMNS)}, hash FROM history WHERE seq > ? ORDER BY seq LIMIT 1000"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row of the 办理流水: its number (0: there is none) and its hash (then the file's identity)."""

    seq: int
    hash: str

    @property
    def stamp(self) -> str:
        """流水校验码, as it stands on an export and in a backup's name: 000123-1a2b3c4d5e6f7a8b."""
        return f"{self.seq:06d}-{self.hash[:SHOWN]}"


def link(previous: str, values: Sequence[object]) -> str:
    """The hash of a row (its values by COLUMNS) behind the hash before it: SHA-256, lower-case hex."""
    # Bytes stand in no row of ours: only where a flipped bit calls a text so.
    canonical = json.dumps([FORM, *values, previous], ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
    return sha256(canonical.encode()).hexdigest()


def identity_of(connection: sqlite3.Connection) -> str:
    """The identity of the file, 32 hexadecimal digits; '' where there is none."""
    found = connection.execute("SELECT id FROM identity").fetchone()
    return found[0] if found else ""


def head_of(connection: sqlite3.Connection) -> Head:
    """The newest row of the history."""
    found = connection.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*found) if found else Head(0, identity_of(connection))


def append(
    connection: sqlite3.Connection,
    *,
    at: str,
    step: str,
    subject: str,
    before: str | None = None,
    after: str | None = None,
) -> Head:
    """Write a row of the file's own (a restore, a mending) behind the others, in the caller's transaction.

    at is ISO in UTC+8; before and after are JSON objects. Returns the new head.
    """
    former = head_of(connection)
    (group,) = connection.execute("SELECT coalesce(max(group_id), 0) + 1 FROM history").fetchone()
    values = (former.seq + 1, group, None, at, None, step, step, subject, before, after, None, None)
    new = Head(former.seq + 1, link(former.hash, values))
    names, marks = ", ".join((*COLUMNS, "hash")), ", ".join("?" * (len(COLUMNS) + 1))
    connection.execute(f"INSERT INTO history ({names}) VALUES ({marks})", (*values, new.hash))
    return new


def broken_links(connection: sqlite3.Connection) -> list[int]:
    """The numbers of the rows that do not follow on the one before them: a wrong hash, a gap, a number twice.

    One row after a wrong one is measured by the hash that the wrong one bears: each place is told once.
    """
    previous, last, broken = identity_of(connection), 0, []
    for *values, stored in _rows(connection):
        if values[0] != last + 1 or stored != link(previous, values):
            broken.append(values[0])
        previous, last = stored or "", values[0]
    return broken


def link_all(connection: sqlite3.Connection) -> None:
    """Link the rows that have no hash yet, in their order."""
    previous = identity_of(connection)
    linked = []
    for *values, stored in _rows(connection):
        previous = stored or link(previous, values)
        if stored is None:
            linked.append((previous, values[0]))
    connection.executemany("UPDATE history SET hash = ? WHERE seq = ?", linked)


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """The rows in order, some at a time: nobody who wants to write waits for the whole history."""
    last = -(1 << 63)
    while rows := connection.execute(_ROWS, (last,)).fetchall():
        yield from rows
        if rows[-1][0] <= last:
            # Damaged pages: SQLite leads back to where it was, for ever.
            return
        last = rows[-1][0]
