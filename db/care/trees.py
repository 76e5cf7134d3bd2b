"""The rows of one table of a file that may be damaged: its pages followed from the first one down."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from db.care.known import Key, Known, fitted
from db.care.pages import INDEX_INTERIOR, INDEX_LEAF, TABLE_INTERIOR, TABLE_LEAF, Cell, Pages
from db.care.records import BadRecord, Value, head_of, size_of, value_of, values_of

PIECE: Final = "piece"
_DIGITS: Final = 64
"""Of a SHA-256."""


@dataclass
class TableRead:
    """What was read of a table. loose: how many of the rows were found in pages that no other page leads to any more;
    lost_pages, lost_rows: what leads nowhere or cannot be read; blurred: rows with text that is no UTF-8; misfits:
    rows that are none of this table's; is_missing: the schema does not name the table."""

    rows: dict[Key, dict[str, Any]] = field(default_factory=dict)
    loose: int = 0
    lost_pages: int = 0
    lost_rows: int = 0
    blurred: set[Key] = field(default_factory=set)
    misfits: list[tuple[Value, ...]] = field(default_factory=list)
    is_missing: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether rows may be missing."""
        return self.is_missing or self.lost_pages > 0 or self.lost_rows > 0


@dataclass
class FileRead:
    """The tables by name, and the pieces of the evidence by SHA-256 and number, which are read when they are asked."""

    tables: dict[str, TableRead]
    pieces: dict[str, dict[int, Cell]]

    def rows(self, table: str) -> dict[Key, dict[str, Any]]:
        """The rows of a table by their keys."""
        return self.tables[table].rows


def cells_of(pages: Pages, root: int, table: TableRead, seen: set[int], *, is_index: bool) -> Iterator[Cell]:
    """The cells that carry rows, in order; what cannot be read is counted in `table`."""
    interior, leaf = (INDEX_INTERIOR, INDEX_LEAF) if is_index else (TABLE_INTERIOR, TABLE_LEAF)
    waiting: list[int | Cell] = [root]
    while waiting:
        place = waiting.pop()
        if isinstance(place, Cell):
            yield place
            continue
        node = pages.node(place) if place not in seen else None
        if node is None or node.kind not in (interior, leaf):
            table.lost_pages += 1
            continue
        seen.add(place)
        if node.kind == leaf:
            table.lost_rows += node.bad + (0 if is_index else len(node.cells) - len(_in_order(node.cells)))
            yield from node.cells if is_index else _in_order(node.cells)
            continue
        table.lost_pages += node.bad
        below: list[int | Cell] = [
            each for cell in node.cells for each in ((cell.child, cell) if is_index else (cell.child,))
        ]
        waiting.extend(reversed([*below, node.last]))


def _in_order(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The most cells whose numbers ascend: one whose number has flipped stands between others."""
    if all(one.key < other.key for one, other in pairwise(cells)):
        return cells
    ends: list[int] = []
    chains: list[tuple[Cell, ...]] = []
    for cell in cells:
        place = bisect_left(ends, cell.key)
        chain = (*(chains[place - 1] if place else ()), cell)
        ends[place : place + 1], chains[place : place + 1] = [cell.key], [chain]
    return chains[-1]


def read_tree(pages: Pages, root: int, table: Known, read: FileRead, seen: set[int]) -> None:
    found = read.tables[table.name]
    for cell in cells_of(pages, root, found, seen, is_index=bool(table.keys)):
        try:
            if table.name == PIECE:
                keep_piece(cell, read)
                continue
            stored, is_text = values_of(pages.payload(cell))
        except BadRecord:
            found.lost_rows += 1
            continue
        row = fitted(table, cell.key, stored)
        if row is None:
            found.misfits.append(tuple(stored))
            continue
        key = cell.key if not table.keys else tuple(stored[: table.keys])
        if key in found.rows:
            found.lost_rows += 1
            continue
        found.rows[key] = row
        if not is_text:
            found.blurred.add(key)


def keep_piece(cell: Cell, read: FileRead) -> None:
    key = piece_key(cell)
    if key is None:
        raise BadRecord("no piece of evidence")
    read.pieces.setdefault(key[0], {}).setdefault(key[1], cell)


def piece_key(cell: Cell) -> tuple[str, int] | None:
    """The SHA-256 and the number of a piece, without its bytes; None for what is no piece."""
    try:
        kinds, place = head_of(cell.local)
    except BadRecord:
        return None
    end = place + _DIGITS
    if len(kinds) != 3 or kinds[0] != 2 * _DIGITS + 13 or kinds[2] < 12 or kinds[2] % 2:
        return None
    digest, number = (
        value_of(kinds[0], cell.local[place:end]),
        value_of(kinds[1], cell.local[end : end + size_of(kinds[1])]),
    )
    return (digest, number) if isinstance(digest, str) and isinstance(number, int) and number >= 0 else None


def piece_bytes(pages: Pages, cell: Cell) -> bytes:
    """The bytes of a piece of evidence. Raises BadRecord."""
    payload = pages.payload(cell)
    kinds, place = head_of(payload)
    start = place + sum(map(size_of, kinds[:2]))
    return payload[start : start + size_of(kinds[2])]
