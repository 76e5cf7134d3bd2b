"""The rows of our tables out of the pages of a file that may be damaged: what is there, and how much is not.

Of the file's own schema only the numbers of the first pages are taken; what it would run is never run.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from db.care.known import Known
from db.care.loose import loose_schema_rows, read_loose
from db.care.pages import Pages
from db.care.records import BadRecord, Value, values_of
from db.care.trees import FileRead, TableRead, cells_of, read_tree

_SCHEMA_ROOT: Final = 1


def read_tables(pages: Pages, known: Mapping[str, Known]) -> FileRead:
    """Every row that can be read. Where a table's pages do not hang together any more, what lies about is looked
    through: a page whose rows can only be that table's is taken."""
    seen: set[int] = set()
    roots = _roots(_schema_rows(pages, seen), known)
    if len(roots) < len(known):
        roots = {**_roots(loose_schema_rows(pages, seen), known), **roots}
    read = FileRead({name: TableRead(is_missing=name not in roots) for name in known}, {})
    for name, table in known.items():
        if name in roots:
            read_tree(pages, roots[name], table, read, seen)
    read_loose(pages, known, read, seen)
    return read


def _schema_rows(pages: Pages, seen: set[int]) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for cell in cells_of(pages, _SCHEMA_ROOT, TableRead(), seen, is_index=False):
        try:
            rows.append(tuple(values_of(pages.payload(cell))[0]))
        except BadRecord:
            continue
    return rows


def _roots(rows: Iterable[tuple[Value, ...]], known: Mapping[str, Known]) -> dict[str, int]:
    """The first page of each table of ours. A view or a trigger under a table's name is none."""
    found = {}
    for row in rows:
        if len(row) == 5 and row[0] == "table" and row[1] == row[2] and isinstance(row[3], int) and row[1] in known:
            found[str(row[1])] = row[3]
    return found
