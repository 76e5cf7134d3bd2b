"""Tables of a page -> grids: rowspan and colspan as HTML lays them out, and which tables only lay the page out.

A rowspan ends with its section (thead, tbody, tfoot), 0 is up to there; a colspan ends in front of a cell that comes
down from above. Columns at the right in which no cell begins are no columns (colspan=100 over a table of four).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from db.errors import ReadingError
from db.intake.readers.html_page import AGAIN, Box, Table, Unit
from db.intake.source import Cell, Grid, Loss, Place
from db.intake.source_json import MAX_AREA, MAX_COLUMNS, MAX_ROWS

LAYOUT_ROWS: Final = 3
LAYOUT_SHARE: Final = 0.6


@dataclass(slots=True)
class Laid:
    """A table as a grid, with what stands inside its cells as tables of their own."""

    grid: Grid
    losses: list[Loss] = field(default_factory=list)
    inner: list[Table] = field(default_factory=list)


def layout_tables(tables: list[Table]) -> frozenset[int]:
    """The `block` numbers of the tables that only lay the page out: one cell for everything, or one that holds tables
    and is small or holds most of the text in one cell. tables: the outer ones before the inner."""
    found: set[int] = set()
    sizes: dict[int, int] = {}
    for table in reversed(tables):
        cells = [(_size(box, sizes), box) for row in table.rows for box in row.cells]
        total = sum(size for size, _ in cells)
        sizes[table.block] = total
        full = [box for size, box in cells if size]
        nested = any(isinstance(item, Table) and sizes[item.block] for box in full for item in box.content)
        rows = sum(any(_size(box, sizes) for box in row.cells) for row in table.rows)
        most = max((size for size, _ in cells), default=0)
        if len(full) <= 1 or (nested and (rows <= LAYOUT_ROWS or most >= LAYOUT_SHARE * total)):
            found.add(table.block)
    return frozenset(found)


def flat(content: list[Unit | Table], layouts: frozenset[int]) -> Iterator[Unit | Table]:
    """Lines and tables in order, the tables that only lay out dissolved into what they hold."""
    ways = [iter(content)]
    while ways:
        for item in ways[-1]:
            if isinstance(item, Table) and item.block in layouts:
                ways.append(iter([one for row in item.rows for box in row.cells for one in box.content]))
                break
            yield item
        else:
            ways.pop()


def laid(table: Table, part: str, layouts: frozenset[int]) -> Laid:
    """The grid of a table. Raises ReadingError for more rows, columns or positions than a notice can have."""
    if len(table.rows) > MAX_ROWS:
        raise ReadingError(f"表格太大（{len(table.rows)} 行）", AGAIN)
    found = Laid(Grid(Place(part), 0, 0, ()))
    boxes = _placed(table)
    width = max((column for _, column, _, _, _ in boxes), default=-1) + 1
    cells: list[Cell] = []
    area = clamped = 0
    for row, column, rows, columns, box in boxes:
        fitting = min(columns, width - column)
        area += rows * fitting
        if area > MAX_AREA:
            raise ReadingError(f"表格太大（超过 {MAX_AREA} 格）", AGAIN)
        clamped += fitting < box.colspan or rows < box.rowspan
        text = _text(box, found, layouts)
        place = Place(part, row + 1, column + 1)
        cells.append(Cell(row, column, text, place, rows, fitting))
        if not table.rows[row].hidden:
            found.losses.extend(_hidden(box, place))
    hidden = tuple(number for number, row in enumerate(table.rows) if row.hidden)
    found.grid = Grid(Place(part), len(table.rows), width, tuple(cells), hidden_rows=hidden)
    if hidden:
        found.losses.append(
            Loss("hidden_rows", Place(part, hidden[0] + 1), _row_text(found.grid, hidden[0]), len(hidden))
        )
    if clamped:
        found.losses.append(Loss("clamped_span", Place(part), "", clamped))
    if found.inner:
        found.losses.append(Loss("nested_table", Place(part), "", len(found.inner)))
    return found


def _placed(table: Table) -> list[tuple[int, int, int, int, Box]]:
    """Every cell with its row, column, rows and columns."""
    ends = _section_ends(table)
    left: list[int] = []
    boxes = []
    for number, row in enumerate(table.rows):
        fresh: list[tuple[int, int, int]] = []
        column = 0
        for box in row.cells:
            while column < len(left) and left[column] > 0:
                column += 1
            if column >= MAX_COLUMNS:
                raise ReadingError(f"表格太宽（超过 {MAX_COLUMNS} 列）", AGAIN)
            rows = ends[number] - number if box.rowspan == 0 else min(box.rowspan, ends[number] - number)
            columns = 1
            while columns < min(box.colspan, MAX_COLUMNS - column) and not any(left[column + columns :][:1]):
                columns += 1
            boxes.append((number, column, rows, columns, box))
            fresh.append((column, columns, rows))
            column += columns
        left = [max(0, count - 1) for count in left]
        for first, columns, rows in fresh:
            left.extend([0] * (first + columns - len(left)))
            left[first : first + columns] = [rows - 1] * columns
    return boxes


def _section_ends(table: Table) -> list[int]:
    """For every row the number of the row behind its section."""
    ends = [0] * len(table.rows)
    end = len(table.rows)
    for number in range(len(table.rows) - 1, -1, -1):
        if number + 1 < len(table.rows) and table.rows[number].section != table.rows[number + 1].section:
            end = number + 1
        ends[number] = end
    return ends


def _text(box: Box, found: Laid, layouts: frozenset[int]) -> str:
    lines = []
    for item in flat(box.content, layouts):
        if isinstance(item, Unit):
            lines.append(item.text)
        else:
            found.inner.append(item)
    return "\n".join(lines)


def _hidden(box: Box, place: Place) -> list[Loss]:
    return [
        Loss("hidden_text", place, item.hidden[:40]) for item in box.content if isinstance(item, Unit) and item.hidden
    ]


def _row_text(grid: Grid, row: int) -> str:
    return " ".join(cell.text for cell in grid.cells if cell.row == row)[:40]


def _size(box: Box, sizes: dict[int, int]) -> int:
    return sum(len(item.text) if isinstance(item, Unit) else sizes[item.block] for item in box.content)
