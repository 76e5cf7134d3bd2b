"""The sheets of the .xlsx as values: every line with its texts, its height and the widths, before any library.

A text that would wrap to more lines than a row can be high goes on in 续行 rows: nothing is cut on screen or paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest
from typing import Final, Literal

from db.export.columns import STATUS, table
from db.export.heading import basis, particulars, period, title, unit
from db.export.measure import MOST_LINES, lines, natural_width, pieces
from db.export.part import Part
from db.export.parts import parts
from db.export.summary import Block, Cell, blocks, shift_line
from db.rules.rows import LedgerSheet

Kind = Literal["title", "about", "head", "row", "block", "gap"]
_LINE_HEIGHT: Final = 14.0
_MARGIN: Final = 2
_PADDING: Final = 6.0
_SUMMARY_WIDTHS: Final = (32, 12, 12, 14, 14, 46)


@dataclass(frozen=True, slots=True)
class Line:
    """cells from the left; spans: over how many columns each goes (() = one each)."""

    kind: Kind
    cells: tuple[Cell, ...]
    height: float
    spans: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. widths in cells; middle: columns whose text is centred; head: index of the repeated header line.

    last: index of the last line of the table under that header; status: the column that says how a line stands, set
    off where it holds one of the words `late`.
    """

    name: str
    lines: tuple[Line, ...]
    widths: tuple[int, ...]
    middle: frozenset[int]
    head: int | None = None
    last: int | None = None
    status: int | None = None
    late: tuple[str, ...] = ()

    def grid(self) -> list[list[Cell]]:
        """The cells as they lie on the sheet, without the empty ends of rows."""
        return [_without_empty_end(_laid(line)) for line in self.lines]


def pages(sheet: LedgerSheet) -> tuple[Page, ...]:
    """台账, 汇总 and a sheet for each further table."""
    return _ledger_page(sheet), _summary_page(sheet), *(_part_page(sheet, part) for part in parts(sheet))


def running_heads(sheet: LedgerSheet) -> tuple[str, str, str, str]:
    """Title, period, unit and day for each printed page; long ones are cut, the sheet itself has them whole."""
    return _cut(title(sheet)), period(sheet.ledger), _cut(unit(sheet.ledger)), f"导出日期：{sheet.today.isoformat()}"


def _ledger_page(sheet: LedgerSheet) -> Page:
    made = table(sheet)
    widths = _widths(made.header, [column.widest for column in made.columns], made.rows)
    top = _top(title(sheet), [basis(sheet.ledger), particulars(sheet)], widths)
    head = Line("head", made.header, _height(made.header, widths))
    lines = (*top, head, *_rows(made.rows, widths))
    middle = frozenset(at for at, column in enumerate(made.columns) if column.middle)
    status = made.header.index(STATUS)
    return Page("台账", lines, widths, middle, len(top), len(lines) - 1, status, ("逾期",))


def _part_page(sheet: LedgerSheet, part: Part) -> Page:
    widths = _widths(part.header, [head.widest for head in part.heads], part.rows)
    top = _top(f"{title(sheet)}：{part.name}", [particulars(sheet)], widths)
    head = Line("head", part.header, _height(part.header, widths))
    table_lines = (*top, head, *_rows(part.rows, widths))
    below = [line for block in part.below for line in _block_lines(block, widths)]
    middle = frozenset(at for at, head in enumerate(part.heads) if head.middle)
    status = part.header.index(part.state) if part.state else None
    return Page(part.name, (*table_lines, *below), widths, middle, len(top), len(table_lines) - 1, status, part.late)


def _top(name: str, about: Sequence[str], widths: Sequence[int]) -> list[Line]:
    """What stands above a table over its whole width: the title and what there is to say about it."""
    room, over = sum(widths), len(widths)
    # The letters of a title are about twice as large.
    first = Line("title", (name,), min(34.0 * lines(name, room // 2), 409.0), (over,))
    return [first, *(Line("about", (text,), _height([text], [room]), (over,)) for text in about)]


def _rows(rows: Sequence[tuple[Cell, ...]], widths: Sequence[int]) -> list[Line]:
    # Most texts of a ledger come again and again: each is measured once for its column.
    known = [cache(partial(lines, width=width)) for width in widths]
    made: list[Line] = []
    for row in rows:
        most = max([wrapped(str(cell)) for wrapped, cell in zip(known, row, strict=True)])
        made += [Line("row", row, _points(most))] if most <= MOST_LINES else _continued(row, widths)
    return made


def _widths(titles: Sequence[str], widest: Sequence[int], rows: Sequence[tuple[Cell, ...]]) -> tuple[int, ...]:
    """Each column as wide as its widest line, between its title and the column's limit."""
    widths = []
    for at, (name, limit) in enumerate(zip(titles, widest, strict=True)):
        width = natural_width(name)
        for cell in {row[at] for row in rows}:
            if width + _MARGIN >= limit:
                break
            width = max(width, natural_width(str(cell)))
        widths.append(min(width + _MARGIN, limit))
    return tuple(widths)


def _continued(row: Sequence[Cell], widths: Sequence[int]) -> list[Line]:
    """A row with more text than one row can show, going on in 续行 rows."""
    cut = [_pieces(cell, width) for cell, width in zip(row, widths, strict=True)]
    made = []
    for turn, cells in enumerate(zip_longest(*cut, fillvalue="")):
        shown = cells if turn == 0 or cells[0] else (f"{cut[0][0]} 续行", *cells[1:])
        made.append(Line("row", shown, _height(list(map(str, shown)), widths)))
    return made


def _pieces(cell: Cell, width: int) -> tuple[Cell, ...]:
    return (cell,) if isinstance(cell, int) else pieces(cell, width)


def _summary_page(sheet: LedgerSheet) -> Page:
    about = [line for line in (particulars(sheet), shift_line(sheet)) if line]
    top = _top(f"{title(sheet)}：汇总", about, _SUMMARY_WIDTHS)
    body = [line for block in blocks(sheet) for line in _block_lines(block, _SUMMARY_WIDTHS)]
    return Page("汇总", (*top, *body), _SUMMARY_WIDTHS, frozenset())


def _block_lines(block: Block, columns: Sequence[int]) -> list[Line]:
    """A small table whose columns span those of the page."""
    widths, start = [], 0
    for span in block.spans:
        widths.append(sum(columns[start : start + span]))
        start += span
    made = [
        Line("gap", (), _LINE_HEIGHT),
        Line("block", (block.title,), _LINE_HEIGHT + 2 * _PADDING, (len(columns),)),
        Line("head", block.header, _height(block.header, widths), block.spans),
    ]
    for row in block.rows:
        texts = [str(cell) for cell in row]
        if max(map(lines, texts, widths)) <= MOST_LINES:
            made.append(Line("row", row, _height(texts, widths), block.spans))
            continue
        cut = [pieces(text, width) for text, width in zip(texts, widths, strict=True)]
        made += [Line("row", cells, _height(cells, widths), block.spans) for cells in zip_longest(*cut, fillvalue="")]
    return made


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    return _points(max(map(lines, texts, widths)))


def _points(wrapped: int) -> float:
    """The height of a row of so many lines; no spreadsheet has one above 409 points."""
    return min(_LINE_HEIGHT * wrapped + _PADDING, 409.0)


def _laid(line: Line) -> list[Cell]:
    if not line.spans:
        return list(line.cells)
    laid: list[Cell] = []
    for cell, span in zip(line.cells, line.spans, strict=True):
        laid += [cell, *[""] * (span - 1)]
    return laid


def _without_empty_end(row: list[Cell]) -> list[Cell]:
    while row and row[-1] == "":
        row.pop()
    return row


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
