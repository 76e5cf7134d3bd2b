"""A Word table as a grid: gridSpan, vMerge, hMerge and gridBefore resolved as Word draws them.

A vertically merged cell goes on where the row below has a continuing cell at the same column with the same span. The
spans of a row may be wrong (a converter's gridSpan=99): the widest are cut back until the row fits the table, and that
is named.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from db.errors import ReadingError
from db.intake.readers.docx_numbering import VALUE, W, is_on, whole
from db.intake.readers.docx_text import ALTERNATE, Reading
from db.intake.readers.limits import COLUMNS, ROWS
from db.intake.readers.losses import Losses
from db.intake.readers.package import Element
from db.intake.source import Cell, Grid, Place

CellText = Callable[[Element, Place], str]
"""Reads what a w:tc holds; what hangs on it and the tables inside it are the caller's to keep."""

_WRAPPERS: Final = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
)


@dataclass(slots=True)
class _Cell:
    """A w:tc: column and span in the table's grid; merge and side: restart, continue or None (vMerge and hMerge)."""

    element: Element
    column: int
    columns: int
    merge: str | None
    side: str | None
    rows: int = 1
    row: int = 0
    text: str = ""


@dataclass(slots=True)
class _Row:
    element: Element
    before: int
    cells: list[_Cell]
    hidden: bool

    @property
    def end(self) -> int:
        return self.before + sum(cell.columns for cell in self.cells)


def inside(container: Element, wanted: frozenset[str], reading: Reading) -> Iterator[Element]:
    """The wanted elements of a container in order, also those in content controls and other wrappers."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        elif element.tag == ALTERNATE:
            waiting.extend(reversed(reading.branch(element)))
        elif element.tag in _WRAPPERS:
            waiting.extend(reversed(element))


def grid(table: Element, part: str, reading: Reading, losses: Losses, cell_text: CellText, name: str) -> Grid:
    """The table with its cells' text. part: its name in places (表 2); name: the file's, for the clerk."""
    rows = _rows(table, part, reading, losses)
    width = _width(table, rows)
    if width > COLUMNS or len(rows) > ROWS:
        raise ReadingError(
            f"无法读取“{name}”：{part}有 {len(rows)} 行 {width} 列，超过上限 {ROWS} 行 {COLUMNS} 列。",
            "请另存一份，只留任务分解表。",
        )
    kept: list[_Cell] = []
    above: dict[int, _Cell] = {}
    for at, row in enumerate(rows):
        if _clamped(row, width):
            losses.add("clamped_span", Place(part, row=at + 1))
        merged: dict[int, _Cell] = {}
        column = row.before
        for cell in row.cells:
            cell.row, cell.column = at, column
            column += cell.columns
            place = Place(part, row=at + 1, column=cell.column + 1)
            anchor = above.get(cell.column) if cell.merge == "continue" else None
            if anchor is not None and anchor.columns == cell.columns:
                anchor.rows += 1
                merged[cell.column] = anchor
                _name_covered(cell, place, reading, losses)
                continue
            if anchor is not None:
                losses.add("clamped_span", place)
            cell.text = cell_text(cell.element, place)
            kept.append(cell)
            if cell.merge is not None:
                merged[cell.column] = cell
        above = merged
    hidden = tuple(at for at, row in enumerate(rows) if row.hidden)
    if hidden:
        losses.add("hidden_rows", Place(part, row=hidden[0] + 1), count=len(hidden))
    cells = tuple(
        Cell(one.row, one.column, one.text, Place(part, one.row + 1, one.column + 1), one.rows, one.columns)
        for one in kept
    )
    return Grid(Place(part), len(rows), width, cells, hidden_rows=hidden)


def _rows(table: Element, part: str, reading: Reading, losses: Losses) -> list[_Row]:
    found: list[_Row] = []
    for element in inside(table, frozenset((W + "tr",)), reading):
        properties = element.find(W + "trPr")
        place = Place(part, row=len(found) + 1)
        if properties is not None and properties.find(W + "del") is not None:
            reading.leave_out([element], place)
            continue
        if properties is not None and properties.find(W + "ins") is not None:
            losses.add("inserted", place, count=1)
        before = _number(properties, "gridBefore", 0)
        cells = [_cell(one) for one in inside(element, frozenset((W + "tc",)), reading)]
        found.append(_Row(element, min(before, COLUMNS), _joined(cells, reading), is_on(properties, "hidden")))
    return found


def _cell(element: Element) -> _Cell:
    properties = element.find(W + "tcPr")
    span = _number(properties, "gridSpan", 1)
    return _Cell(element, 0, max(1, span), _merge(properties, "vMerge"), _merge(properties, "hMerge"))


def _merge(properties: Element | None, name: str) -> str | None:
    one = None if properties is None else properties.find(W + name)
    return None if one is None else str(one.get(VALUE, "continue"))


def _number(properties: Element | None, name: str, default: int) -> int:
    one = None if properties is None else properties.find(W + name)
    # Longer than nine digits is more than any table has.
    text = None if one is None else one.get(VALUE)
    return default if text is None else max(0, whole(text, 10**9 if text.isdecimal() else default))


def _joined(cells: list[_Cell], reading: Reading) -> list[_Cell]:
    """Cells merged to the side in the old way (hMerge) as one."""
    kept: list[_Cell] = []
    for cell in cells:
        if cell.side == "continue" and kept and kept[-1].side is not None:
            kept[-1].columns += cell.columns
            reading.pass_over(cell.element)
        else:
            kept.append(cell)
    return kept


def _width(table: Element, rows: list[_Row]) -> int:
    """The table's own count of columns; more where a row has more cells. Without any count: the widest row."""
    declared = table.find(W + "tblGrid")
    columns = 0 if declared is None else sum(1 for _ in declared.iterfind(W + "gridCol"))
    columns = max([columns, *(row.before + len(row.cells) for row in rows)])
    if declared is not None and columns > 1:
        return columns
    return max([columns, *(row.end for row in rows if row.end <= COLUMNS)])


def _clamped(row: _Row, width: int) -> bool:
    """Cut the widest spans back until the row fits; whether that was needed."""
    over = row.end - width
    if over <= 0:
        return False
    for cell in sorted(row.cells, key=lambda one: one.columns, reverse=True):
        cut = min(over, cell.columns - 1)
        cell.columns -= cut
        over -= cut
    return True


def _name_covered(cell: _Cell, place: Place, reading: Reading, losses: Losses) -> None:
    """Text in a cell that a merge covers is not printed by Word; it is named, not read."""
    covered = reading.pass_over(cell.element)
    if covered.strip():
        losses.add("unread_text", place, covered, len("".join(covered.split())))
