"""The two sheets of the .xlsx as values: every line with its texts, its height and the widths, before any library.

A text that would wrap to more lines than a row can be high goes on in 续行 rows: nothing is cut on screen or paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest
from typing import Final, Literal

from db.export.columns import STATUS, Table, table
from db.export.heading import basis, particulars, period, title, unit
from db.export.measure import MOST_LINES, lines, natural_width, pieces
from db.export.summary import Block, Cell, blocks
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

    status: the column that says 逾期, set off when it does.
    """

    name: str
    lines: tuple[Line, ...]
    widths: tuple[int, ...]
    middle: frozenset[int]
    head: int | None = None
    status: int | None = None

    def grid(self) -> list[list[Cell]]:
        """The cells as they lie on the sheet, without the empty ends of rows."""
        return [_without_empty_end(_laid(line)) for line in self.lines]


def pages(sheet: LedgerSheet) -> tuple[Page, Page]:
    """台账 and 汇总."""
    return _ledger_page(sheet), _summary_page(sheet)


def running_heads(sheet: LedgerSheet) -> tuple[str, str, str, str]:
    """Title, period, unit and day for each printed page; long ones are cut, the sheet itself has them whole."""
    return _cut(title(sheet)), period(sheet.ledger), _cut(unit(sheet.ledger)), f"导出日期：{sheet.today.isoformat()}"


def _ledger_page(sheet: LedgerSheet) -> Page:
    made = table(sheet)
    widths = _widths(made)
    over = len(widths)
    room = sum(widths)
    top = [
        _title_line(title(sheet), room, over),
        Line("about", (basis(sheet.ledger),), _height([basis(sheet.ledger)], [room]), (over,)),
        Line("about", (particulars(sheet),), _height([particulars(sheet)], [room]), (over,)),
        Line("head", made.header, _height(made.header, widths)),
    ]
    # Most texts of a ledger come again and again: each is measured once for its column.
    known = [cache(partial(lines, width=width)) for width in widths]
    body: list[Line] = []
    for row in made.rows:
        most = max([wrapped(text) for wrapped, text in zip(known, row, strict=True)])
        body += [Line("row", row, _points(most))] if most <= MOST_LINES else _continued(row, widths)
    middle = frozenset(at for at, column in enumerate(made.columns) if column.middle)
    return Page("台账", (*top, *body), widths, middle, len(top) - 1, made.header.index(STATUS))


def _title_line(text: str, room: int, over: int) -> Line:
    # Its letters are about twice as large.
    return Line("title", (text,), min(34.0 * lines(text, room // 2), 409.0), (over,))


def _widths(made: Table) -> tuple[int, ...]:
    """Each column as wide as its widest line, between its title and the column's limit."""
    widths = []
    for at, column in enumerate(made.columns):
        width = natural_width(column.title)
        for text in {row[at] for row in made.rows}:
            if width + _MARGIN >= column.widest:
                break
            width = max(width, natural_width(text))
        widths.append(min(width + _MARGIN, column.widest))
    return tuple(widths)


def _continued(row: Sequence[str], widths: Sequence[int]) -> list[Line]:
    """A row with more text than one row can show, going on in 续行 rows."""
    cut = [pieces(cell, width) for cell, width in zip(row, widths, strict=True)]
    made = []
    for turn, cells in enumerate(zip_longest(*cut, fillvalue="")):
        shown = cells if turn == 0 or cells[0] else (f"{cut[0][0]} 续行", *cells[1:])
        made.append(Line("row", shown, _height(shown, widths)))
    return made


def _summary_page(sheet: LedgerSheet) -> Page:
    room, over = sum(_SUMMARY_WIDTHS), len(_SUMMARY_WIDTHS)
    name = f"{title(sheet)}：汇总"
    top = [
        _title_line(name, room, over),
        Line("about", (particulars(sheet),), _height([particulars(sheet)], [room]), (over,)),
    ]
    body = [line for block in blocks(sheet) for line in _block_lines(block)]
    return Page("汇总", (*top, *body), _SUMMARY_WIDTHS, frozenset())


def _block_lines(block: Block) -> list[Line]:
    widths, start = [], 0
    for span in block.spans:
        widths.append(sum(_SUMMARY_WIDTHS[start : start + span]))
        start += span
    made = [
        Line("gap", (), _LINE_HEIGHT),
        Line("block", (block.title,), _LINE_HEIGHT + 2 * _PADDING, (len(_SUMMARY_WIDTHS),)),
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
