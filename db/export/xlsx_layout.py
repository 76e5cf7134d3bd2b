"""What a sheet of the .xlsx is as a value: every line with its texts, its height and the widths, before any library.

A text that would wrap to more lines than a row can be high goes on in 续行 rows: nothing is cut on screen or paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest
from typing import Final, Literal

from db.export.measure import MOST_LINES, lines, natural_width, pieces
from db.export.summary import Block, Cell

Kind = Literal["cover", "cover line", "title", "about", "head", "row", "block", "gap"]
LINE_HEIGHT: Final = 14.0
_MARGIN: Final = 2
_PADDING: Final = 6.0


@dataclass(frozen=True, slots=True)
class Line:
    """cells from the left; spans: over how many columns each goes (() = one each)."""

    kind: Kind
    cells: tuple[Cell, ...]
    height: float
    spans: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over figures of the same sheet. Lines and columns count from 0.

    kind: bars lie and are stacked, columns stand side by side. at: the line on which it stands; head: the line with
    the names of the series; first to last: the lines with the figures; labels: the column of the categories; series:
    the columns of the figures, each with its colour (RRGGBB). most: how far the axis goes. width and height in pixels.
    """

    title: str
    kind: Literal["bar", "column"]
    at: int
    head: int
    first: int
    last: int
    labels: int
    series: tuple[tuple[int, str], ...]
    most: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. widths in cells; middle: columns whose text is centred; head: index of the repeated header line.

    last: index of the last line of the table under that header; status: the column that says how a line stands, set
    off where it holds one of the words `late`. breaks: lines before which a printed page ends. fit: printed as wide as
    the paper, on one sheet of paper, or (with breaks) at a scale. links: cells (line, column) that name a sheet and
    lead to it.
    """

    name: str
    lines: tuple[Line, ...]
    widths: tuple[int, ...]
    middle: frozenset[int] = frozenset()
    head: int | None = None
    last: int | None = None
    status: int | None = None
    late: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    breaks: tuple[int, ...] = ()
    fit: Literal["width", "page", "scale"] = "width"
    links: frozenset[tuple[int, int]] = frozenset()

    def grid(self) -> list[tuple[Cell, ...]]:
        """The cells as they lie on the sheet."""
        return [_laid(line) if line.spans else line.cells for line in self.lines]


def top_lines(name: str, about: Sequence[str], widths: Sequence[int]) -> list[Line]:
    """What stands above a table over its whole width: the title and what there is to say about it."""
    room, over = sum(widths), len(widths)
    # The letters of a title are about twice as large.
    first = Line("title", (name,), min(34.0 * lines(name, room // 2), 409.0), (over,))
    return [first, *(Line("about", (text,), height([text], [room]), (over,)) for text in about)]


def table_lines(rows: Sequence[tuple[Cell, ...]], widths: Sequence[int]) -> list[Line]:
    """A line for each row, and 续行 lines where one row cannot show all."""
    if not rows:
        return []
    # By columns: most texts of a ledger come again and again in theirs, each is measured once.
    wrapped = [
        list(map(cache(partial(_wrapped, width=width)), column))
        for width, column in zip(widths, zip(*rows, strict=True), strict=True)
    ]
    made: list[Line] = []
    for row, most in zip(rows, map(max, zip(*wrapped, strict=True)), strict=True):
        if most <= MOST_LINES:
            made.append(Line("row", row, _points(most)))
        else:
            made += _continued(row, widths)
    return made


def block_lines(block: Block, columns: Sequence[int]) -> list[Line]:
    """A small table whose columns span those of the page: a gap, its title, its header, its rows."""
    widths, start = [], 0
    for span in block.spans:
        widths.append(sum(columns[start : start + span]))
        start += span
    made = [
        Line("gap", (), LINE_HEIGHT),
        Line("block", (block.title,), LINE_HEIGHT + 2 * _PADDING, (len(columns),)),
        Line("head", block.header, height(block.header, widths), block.spans),
    ]
    known = [cache(partial(_wrapped, width=width)) for width in widths]
    for row in block.rows:
        most = max([wrapped(cell) for wrapped, cell in zip(known, row, strict=True)])
        if most <= MOST_LINES:
            made.append(Line("row", row, _points(most), block.spans))
            continue
        cut = [_pieces(cell, width) for cell, width in zip(row, widths, strict=True)]
        for cells in zip_longest(*cut, fillvalue=""):
            made.append(Line("row", cells, height(list(map(str, cells)), widths), block.spans))
    return made


def column_widths(titles: Sequence[str], widest: Sequence[int], rows: Sequence[tuple[Cell, ...]]) -> tuple[int, ...]:
    """Each column as wide as its widest line, between its title and the column's limit."""
    columns: Sequence[Sequence[Cell]] = list(zip(*rows, strict=True)) or [()] * len(titles)
    widths = []
    for name, limit, column in zip(titles, widest, columns, strict=True):
        width = natural_width(name)
        for cell in set(column):
            if width + _MARGIN >= limit:
                break
            width = max(width, natural_width(str(cell)))
        widths.append(min(width + _MARGIN, limit))
    return tuple(widths)


def height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Points of a row with these texts in columns of these widths."""
    return _points(max(map(lines, texts, widths)))


def _wrapped(cell: Cell, width: int) -> int:
    # A character takes at most four cells, see db.export.measure; a column at least two.
    if isinstance(cell, int) or (len(cell) * 4 <= width - 2 and "\n" not in cell):
        return 1
    return lines(cell, width)


def _points(wrapped: int) -> float:
    """The height of a row of so many lines; no spreadsheet has one above 409 points."""
    return min(LINE_HEIGHT * wrapped + _PADDING, 409.0)


def _continued(row: Sequence[Cell], widths: Sequence[int]) -> list[Line]:
    """A row with more text than one row can show, going on in 续行 rows."""
    cut = [_pieces(cell, width) for cell, width in zip(row, widths, strict=True)]
    made = []
    for turn, cells in enumerate(zip_longest(*cut, fillvalue="")):
        shown = cells if turn == 0 or cells[0] else (f"{cut[0][0]} 续行", *cells[1:])
        made.append(Line("row", shown, height(list(map(str, shown)), widths)))
    return made


def _pieces(cell: Cell, width: int) -> tuple[Cell, ...]:
    return (cell,) if isinstance(cell, int) else pieces(cell, width)


def _laid(line: Line) -> tuple[Cell, ...]:
    laid: list[Cell] = []
    for cell, span in zip(line.cells, line.spans, strict=True):
        laid += [cell, *[""] * (span - 1)]
    return tuple(laid)
