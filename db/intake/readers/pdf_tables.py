"""A ruled table on one page of a PDF -> its cells.

pdfplumber finds the boxes between rules; a box that spans several rows or columns is a merged cell. What a table has
on the next pages is put to it by pdf_joints.py.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Final

from db.errors import ReadingError
from db.intake.readers.pdf_columns import ADVICE
from db.intake.readers.pdf_lines import Char, Line, joined, lines_of
from db.intake.source_json import MAX_COLUMNS

NEAR: Final = 3.0
"""Points within which two rules are the same."""
FRAME: Final = 3
"""Edges of a table of two columns: as much may be a frame around text, not a table of tasks."""

Box = tuple[float, float, float, float]
"""left, top, right, bottom in points."""
Piece = tuple[int, int, int, int, str]
"""A cell: row, column, rows, columns, text."""


@dataclass(slots=True)
class Part:
    """What a table has on one page. edges: left sides of its columns and its right side; going_on: columns whose cell
    at the bottom has a last line that is full, so that its text may go on on the next page."""

    page: int
    top: float
    bottom: float
    edges: list[float]
    height: int
    cells: list[Piece] = field(default_factory=list)
    going_on: set[int] = field(default_factory=set)


def part_of(page: int, boxes: list[Box], chars: list[Char]) -> tuple[Part, list[Char]]:
    """A table of one page, and the signs that stand in none of its cells. boxes: its cells; chars: of the page."""
    edges = _apart([one for box in boxes for one in (box[0], box[2])])
    rows = _apart([one for box in boxes for one in (box[1], box[3])])
    if len(edges) - 1 > MAX_COLUMNS:
        raise ReadingError(f"第 {page} 页的表太宽（{len(edges) - 1} 列）", "请向发文单位要 Word 文件。")
    found = Part(page, rows[0], rows[-1], edges, len(rows) - 1)
    owners: dict[tuple[int, int], int] = {}
    areas: list[tuple[int, int, int, int]] = []
    for number, box in enumerate(boxes):
        left, right = _nearest(edges, box[0]), _nearest(edges, box[2])
        top, bottom = _nearest(rows, box[1]), _nearest(rows, box[3])
        area = [(row, column) for row in range(top, bottom) for column in range(left, right)]
        areas.append((top, left, bottom - top, right - left))
        if any(place in owners for place in area):
            raise _nested(page)
        owners.update(dict.fromkeys(area, number))
    if len(owners) < found.height * (len(edges) - 1) and len(edges) > FRAME:
        raise _unruled(page)
    own: dict[int, list[Char]] = {number: [] for number in owners.values()}
    outside = []
    for char in chars:
        place = (_slot(rows, char["top"], char["bottom"]), _slot(edges, char["x0"], char["x1"]))
        if place in owners:
            own[owners[place]].append(char)
        else:
            outside.append(char)
            if len(edges) > FRAME and _is_beside(char, found) and str(char["text"]).strip():
                raise _unruled(page)
    for number, held in own.items():
        lines = lines_of(held)
        row, column, height, _ = areas[number]
        inner = _inner_right(boxes[number], lines)
        found.cells.append((*areas[number], joined(lines, inner)))
        if lines and row + height == found.height and inner - lines[-1].right < 2 * lines[-1].size:
            found.going_on.add(column)
    found.cells.sort(key=lambda cell: cell[:2])
    if _holds_table(found):
        raise _nested(page)
    return found, outside


def _holds_table(part: Part) -> bool:
    """Whether rules of a table inside a cell parted the whole: a column's edge that hardly any row has, in a row that
    most other cells go beyond."""
    covering: list[list[Piece]] = [[] for _ in range(part.height)]
    for cell in part.cells:
        for row in range(cell[0], cell[0] + cell[2]):
            covering[row].append(cell)
    for edge in range(1, len(part.edges) - 1):
        having = [row for row in covering if any(cell[1] == edge for cell in row)]
        if not having or len(having) * 3 > part.height:
            continue
        others = [cell for cell in having[0] if cell[1] != edge and cell[1] + cell[3] != edge]
        if sum(cell[2] > 1 for cell in others) * 2 > len(others) > 0:
            return True
    return False


def _is_beside(char: Char, part: Part) -> bool:
    """Whether a sign stands left or right of a table, at the height of its rows: in a column that has no rules."""
    middle = (float(char["top"]) + float(char["bottom"])) / 2
    return part.top + NEAR < middle < part.bottom - NEAR


def _nested(page: int) -> ReadingError:
    return ReadingError(f"PDF 第 {page} 页的单元格里套着另一张表，分不清行和列", ADVICE)


def _unruled(page: int) -> ReadingError:
    return ReadingError(
        f"PDF 第 {page} 页的表格里有的栏目没有框线，文字分不清行和列",
        ADVICE,
    )


def agree(part: Part, following: Part) -> bool:
    """Whether the columns of two parts stand at the same places."""
    return len(part.edges) == len(following.edges) and all(
        abs(one - other) <= NEAR for one, other in zip(part.edges, following.edges, strict=True)
    )


def _apart(values: list[float]) -> list[float]:
    """The values in order, those nearer than NEAR to the one before left out."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _slot(edges: list[float], first: float, last: float) -> int:
    """The column (or row) in which the middle of a sign stands; -1 or beyond the last: outside."""
    return bisect_right(edges, (first + last) / 2) - 1


def _nearest(edges: list[float], value: float) -> int:
    at = bisect_left(edges, value)
    near = [one for one in (at - 1, at) if 0 <= one < len(edges)]
    return min(near, key=lambda one: abs(edges[one] - value))


def _inner_right(box: Box, lines: list[Line]) -> float:
    """Where the lines of a cell may end: as far from its right side as the leftmost begins from its left."""
    if not lines:
        return box[2]
    return max(box[2] - (min(line.left for line in lines) - box[0]), max(line.right for line in lines))
