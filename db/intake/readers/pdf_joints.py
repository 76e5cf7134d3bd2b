"""The parts that a table has on several pages -> one grid.

A part on the next page belongs to the table above it if its columns stand at the same places and nothing but page noise
is between. Its header row, printed again, stays a row. At the top of such a part
    a merged cell goes on as an empty box: it gets the text of the cell above again (only in a column with merges);
    a row that the page break cut is joined to its first half. It is one if the text above neither ends like a sentence
    nor leaves room in its last line, this one opens with no number, and either the other texts do, or a cell is empty
    that is filled in nearly every row; or if its text is empty and each cell that is not goes on in that way;
    a numbered heading in a merged cell that was cut is joined in the same way.
Each is named as a loss: the clerk may look there.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from db.intake.readers.pdf_tables import Part, Piece
from db.intake.source import Cell, Grid, Loss, Place

STOPS: Final = tuple("。；;！!？?")
_NUMBERED: Final = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a whole table shows of its columns. text: that with most text; merging: with cells merged downwards; filled:
    never merged, with text in nearly every row; numbered: nearly all texts open with a number."""

    text: int
    merging: frozenset[int]
    filled: frozenset[int]
    numbered: frozenset[int]


def table_of(parts: list[Part], name: str) -> tuple[Grid, list[Loss]]:
    """The grid of one table from its parts in order. name: of the table, 表 1."""
    columns = _columns(parts)
    cells = list(parts[0].cells)
    height = parts[0].height
    losses: list[Loss] = []
    for before, part in pairwise(parts):
        first = _repeated(parts[0], part)
        fresh, gone = list(part.cells), 0
        if first < part.height:
            cells, fresh, gone, words = _joint(cells, fresh, first, height, columns, before.going_on)
            if words:
                note = "、".join(words)
                losses.append(
                    Loss("page_joint", Place(f"第 {part.page} 页"), f"{name}页首接上页：{note}"[:60], len(words))
                )
        cells.extend((height + row, *rest) for row, *rest in fresh)  # type: ignore[misc]  # five each
        height += part.height - gone
    fixed = tuple(
        Cell(row, column, text, Place(name, row + 1, column + 1), rows, span)
        for row, column, rows, span, text in sorted(cells)
    )
    return Grid(Place(name), height, len(parts[0].edges) - 1, fixed), losses


def _joint(
    above: list[Piece], fresh: list[Piece], first: int, height: int, columns: Columns, going_on: set[int]
) -> tuple[list[Piece], list[Piece], int, list[str]]:
    """Cells above, cells of the part, how many of its rows were taken away, and what was joined. first: its first row
    below the header that it repeats; height: rows above."""
    last = {cell[1]: cell for cell in above if cell[0] + cell[2] == height}
    newest = {cell[1]: cell for cell in above}
    top = {cell[1]: cell for cell in fresh if cell[0] == first}
    cut = _is_cut(top, last, columns, going_on)
    texts: dict[int, str] = {}
    words: list[str] = []
    for column, cell in top.items():
        upper = last.get(column) or newest.get(column)
        if upper is None or upper[3] != cell[3]:
            continue
        if not cell[4] and upper[4] and (cut or column in columns.merging):
            texts[column] = upper[4]
        elif cell[4] and upper is last.get(column) and (cut or _is_cut_heading(cell, upper, columns, going_on)):
            texts[column] = upper[4] + cell[4]
        else:
            continue
        words.append((cell[4] or upper[4])[:15])
    # What was cut is whole in the cell above, and again where a merged cell goes on in this part.
    whole = [(*cell[:4], texts[cell[1]]) if last.get(cell[1]) is cell and cell[1] in texts else cell for cell in above]
    shown = [(*cell[:4], texts.get(cell[1], cell[4])) if top.get(cell[1]) is cell else cell for cell in fresh]
    return (whole, _without(shown, first), 1, words) if cut else (whole, shown, 0, words)


def _is_cut(top: dict[int, Piece], last: dict[int, Piece], columns: Columns, going_on: set[int]) -> bool:
    """Whether the first row of a part is the rest of the last row above."""
    rest, upper = top.get(columns.text), last.get(columns.text)
    if rest is None or upper is None or rest[2] > 1 or upper[2] > 1:
        return False
    if not rest[4]:
        others = [cell for cell in top.values() if cell[4] and cell[2] == 1]
        return bool(others) and all(_goes_on(cell, last.get(cell[1]), going_on) for cell in others)
    if not upper[4] or upper[4].endswith(STOPS) or columns.text not in going_on or _NUMBERED.match(rest[4]):
        return False
    blank = any(column in top and not top[column][4] for column in columns.filled)
    return blank or columns.text in columns.numbered


def _goes_on(cell: Piece, upper: Piece | None, going_on: set[int]) -> bool:
    """Whether a cell is the rest of the one above: that is full and in mid sentence, this has no number."""
    if upper is None or upper[3] != cell[3] or cell[1] not in going_on:
        return False
    return bool(upper[4]) and not upper[4].endswith(STOPS) and not _NUMBERED.match(cell[4])


def _is_cut_heading(cell: Piece, upper: Piece, columns: Columns, going_on: set[int]) -> bool:
    column = cell[1]
    if column not in columns.merging & columns.numbered or column not in going_on:
        return False
    return not upper[4].endswith(STOPS) and not _NUMBERED.match(cell[4])


def _without(cells: list[Piece], gone: int) -> list[Piece]:
    """The cells of a part without one of its rows; a merged cell that begins there begins in the next."""
    found: list[Piece] = []
    for row, column, rows, span, text in cells:
        if row == gone and rows > 1:
            found.append((row, column, rows - 1, span, text))
        elif row != gone:
            found.append((row - (row > gone), column, rows, span, text))
    return found


def _repeated(head: Part, part: Part) -> int:
    """How many rows at the top of a part repeat those of the first part's top."""
    count = 0
    while count < min(part.height, head.height, 3):
        if [cell[4] for cell in part.cells if cell[0] == count] != [cell[4] for cell in head.cells if cell[0] == count]:
            break
        count += 1
    return count


def _columns(parts: list[Part]) -> Columns:
    total = sum(part.height for part in parts)
    texts: dict[int, list[str]] = {}
    merging: set[int] = set()
    for part in parts:
        for _, column, rows, span, text in part.cells:
            if rows > 1:
                merging.add(column)
            if text and span == 1:
                texts.setdefault(column, []).append(text)
    longest = max(texts, key=lambda column: sum(map(len, texts[column])), default=-1)
    filled = {column for column, found in texts.items() if column not in merging and len(found) * 10 >= total * 8}
    numbered = {
        column
        for column, found in texts.items()
        if sum(_NUMBERED.match(text) is not None for text in found) * 10 >= len(found) * 7
    }
    return Columns(longest, frozenset(merging), frozenset(filled - {longest}), frozenset(numbered))
