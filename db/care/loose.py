"""Pages to which no other page leads any more: rows that a zeroed page in the middle of a tree has cut off."""

from collections.abc import Iterable, Mapping
from typing import Final

from db.care.known import Known, fitted, is_taken
from db.care.pages import INDEX_LEAF, Cell, Pages
from db.care.records import BadRecord, Value, values_of
from db.care.trees import PIECE, FileRead, keep_piece, piece_key

_SCHEMA_KINDS: Final = frozenset({"table", "index", "view", "trigger"})
_SCHEMA_COLUMNS: Final = 5
_LIKE_AN_INDEX: Final = "content"
"""Its rows look like those of an index; the pieces of the evidence say the same."""


def loose_schema_rows(pages: Pages, seen: set[int]) -> list[tuple[Value, ...]]:
    """What looks like the schema in pages to which the first page does not lead any more."""
    rows: list[tuple[Value, ...]] = []
    for number in pages.leaves():
        node = pages.node(number) if number not in seen else None
        for cell in node.cells if node is not None else ():
            try:
                found = tuple(values_of(pages.payload(cell))[0])
            except BadRecord:
                break
            if len(found) != _SCHEMA_COLUMNS or found[0] not in _SCHEMA_KINDS:
                break
            rows.append(found)
    return rows


def read_loose(pages: Pages, known: Mapping[str, Known], read: FileRead, seen: set[int]) -> None:
    """Give each page whose rows can only be those of one table that is broken to that table."""
    broken = [table for name, table in known.items() if read.tables[name].is_broken and name != _LIKE_AN_INDEX]
    if not broken:
        return
    seen |= pages.free()
    for number in pages.leaves():
        node = pages.node(number) if number not in seen else None
        if node is None or node.bad or not node.cells:
            continue
        if known.get(PIECE) in broken and _are_pieces(node.cells):
            for cell in node.cells:
                keep_piece(cell, read)
            continue
        try:
            rows = [(cell.key, values_of(pages.payload(cell))[0]) for cell in node.cells]
        except BadRecord:
            continue
        kind = [table for table in broken if bool(table.keys) == (node.kind == INDEX_LEAF)]
        fitting = [table for table in kind if all(_fits(table, key, stored) for key, stored in rows)]
        if len(fitting) == 1:
            _keep_loose(fitting[0], rows, read)


def _keep_loose(table: Known, rows: Iterable[tuple[int, list[Value]]], read: FileRead) -> None:
    found = read.tables[table.name]
    for number, stored in rows:
        row = fitted(table, number, stored)
        key = tuple(stored[: table.keys]) if table.keys else number
        if row is not None and key not in found.rows:
            found.rows[key] = row
            found.loose += 1


def _are_pieces(cells: Iterable[Cell]) -> bool:
    return all(piece_key(cell) is not None for cell in cells)


def _fits(table: Known, key: int, stored: list[Value]) -> bool:
    row = fitted(table, key, stored)
    return row is not None and is_taken(table, row)
