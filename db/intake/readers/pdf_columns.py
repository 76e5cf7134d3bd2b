"""Columns without rules on a page of a PDF: parted by tabs where each row is one line, refused where they are not.

A gutter is a strip, at least 0.4 of the type wide, that no sign crosses on six lines or more and that has signs on both
sides on three of them at least. Where nearly every line (8 of 10) has both sides, lines are rows. Where cells were
wrapped, or prose is set in two columns, lines run across what belongs together: no order of the words can be trusted
(notice-patterns.md section 6), so the page is refused.
"""

from dataclasses import dataclass
from typing import Final

from db.errors import ReadingError
from db.intake.readers.pdf_lines import Char, Line, line_of, rows_of

WIDTH: Final = 0.4
LINES: Final = 6
BOTH: Final = 3
PROSE: Final = 12
ADVICE: Final = "请向发文单位要 Word 文件，或者用 WPS 的 PDF 转 Word 存成 .docx，核对后再导入。"


@dataclass(slots=True)
class _Gutter:
    """left, right in points; lines first to last (the last with both sides); both: how many have both sides; before,
    behind: signs on them."""

    left: float
    right: float
    first: int
    last: int
    both: int
    before: int
    behind: int


def lines_in_columns(page: int, chars: list[Char]) -> list[Line]:
    """The lines of a page outside its tables. Raises ReadingError where they run across columns."""
    rows = rows_of(chars)
    gutters = _gutters([[char for char in row if str(char["text"]).strip()] for row in rows])
    for gutter in gutters:
        count = gutter.last - gutter.first + 1
        prose = min(gutter.before, gutter.behind) >= PROSE * gutter.both
        if gutter.both * 10 < count * 8 or prose:
            raise ReadingError(f"PDF 第 {page} 页的栏目没有框线，文字分不清行和列", ADVICE)
    found = []
    for number, row in enumerate(rows):
        crossed = [(one.left + one.right) / 2 for one in gutters if one.first <= number <= one.last]
        found.append(line_of(row, crossed))
    return [line for line in found if line is not None]


def _gutters(rows: list[list[Char]]) -> list[_Gutter]:
    open_ones: list[_Gutter] = []
    closed: list[_Gutter] = []
    for number, row in enumerate(rows):
        if not row:
            continue
        strips = _strips(row)
        still: list[_Gutter] = []
        for gutter in open_ones:
            narrowed = _narrowed(gutter, row, strips, number)
            (still if narrowed else closed).append(gutter)
        for left, right, before in strips:
            if not any(one.left < right and left < one.right for one in still):
                still.append(_Gutter(left, right, number, number, 1, before, len(row) - before))
        open_ones = still
    found = [one for one in [*closed, *open_ones] if one.both >= BOTH and one.last - one.first + 1 >= LINES]
    return sorted(found, key=lambda one: one.left)


def _strips(row: list[Char]) -> list[tuple[float, float, int]]:
    """The free strips inside a line: left, right, and how many signs stand before."""
    found = []
    right = float(row[0]["x1"])
    for count, char in enumerate(row):
        left = float(char["x0"])
        if left - right >= WIDTH * float(char["size"]):
            found.append((right, left, count))
        right = max(right, float(char["x1"]))
    return found


def _narrowed(gutter: _Gutter, row: list[Char], strips: list[tuple[float, float, int]], number: int) -> bool:
    """Whether a gutter goes on through this line; it gets as narrow as the line leaves it."""
    first, last = float(row[0]["x0"]), max(float(char["x1"]) for char in row)
    ways = [(left, right, before) for left, right, before in strips if left < gutter.right and gutter.left < right]
    if last <= gutter.left or first >= gutter.right:
        return True
    ways.extend(((last, gutter.right, -1),) if last < gutter.right else ())
    ways.extend(((gutter.left, first, -1),) if gutter.left < first else ())
    if not ways:
        return False
    left, right, before = max(ways, key=lambda way: min(way[1], gutter.right) - max(way[0], gutter.left))
    left, right = max(left, gutter.left), min(right, gutter.right)
    if right - left < WIDTH * float(row[0]["size"]):
        return False
    gutter.left, gutter.right = left, right
    if before >= 0:
        gutter.last, gutter.both = number, gutter.both + 1
        gutter.before += before
        gutter.behind += len(row) - before
    return True
