"""A table of an official document: its header repeated, rows not broken over pages, nothing cut.

A row with more text than a page can show goes on in 续行 rows. A row that fills most of a page may be broken: its
height is an estimate, and a row that is kept whole and is higher than its page is cut off where the page ends.
续行 rows, and cells that are one with the cell above, can be told by their structure (a paragraph of the style
表内续行, w:vMerge): db.export.docx_reading puts them together.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from db.export.measure import lines, pieces
from db.export.official_styles import TABLE_LINE, TABLE_SIZE, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARGINS: Final = 120
"""Left and right of the text in a cell, twips."""
_PADDING: Final = 30
"""Above and below it."""
_MOST_MERGED: Final = 6
"""Lines up to which equal texts one under another become one cell: that much room its first row is given."""
_SHORT: Final = 8
"""Characters of a cell that a 续行 names its row by."""
_SPARE: Final = 3
"""Lines of a page left free: how a program breaks its lines is only known to itself."""
_KEPT_WHOLE: Final = 0.86
"""The part of a page up to which a row is kept whole: there is room for fonts with wider letters."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, its share of the width, and whether its text is centred.

    weight: in cells (汉字 = 2), against the other columns; merged: equal texts one under another become one cell.
    """

    title: str
    weight: int
    middle: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as it stands on the page.

    wrapped: its lines of text, estimated; joins: columns that are one with the cell above; mark: what a 续行 says;
    is_wide: its one cell goes over the table; is_whole: no page's end may break it.
    """

    cells: tuple[str, ...]
    wrapped: int
    joins: frozenset[int] = frozenset()
    mark: str | None = None
    is_wide: bool = False
    is_whole: bool = True


def table(heads: Sequence[Head], rows: Sequence[Sequence[str]], width: int, height: int) -> "_Element":
    """The w:tbl. width, height: the room on a page, twips. Every text is fit for a file (db.export.text).

    A row of one text, where there are more columns, goes over the whole table.
    """
    from lxml.etree import fromstring

    columns = _columns(heads, width)
    rooms = [max(2, int((column - _MARGINS) / (TABLE_SIZE * 10))) for column in columns]
    above = max(lines(head.title, room) for head, room in zip(heads, rooms, strict=True))
    most = max(4, height // TABLE_LINE - above - _SPARE)
    made = _lines(heads, rows, rooms, most)
    element = fromstring(_frame(heads, columns))
    templates = fromstring(_templates(heads, columns, width))
    plain, wide = templates[0], templates[1]
    marked = _marked(heads)
    for at, line in enumerate(made):
        below = made[at + 1].joins if at + 1 < len(made) else frozenset()
        row = deepcopy(wide if line.is_wide else plain)
        _fill(row, line, below, 0 if line.is_wide else marked)
        if not line.is_whole:
            del row[0][0]  # cantSplit
        if opened := below - line.joins:
            _raise(row, max(lines(line.cells[column], rooms[column]) for column in opened))
        element.append(row)
    return element


def _columns(heads: Sequence[Head], width: int) -> list[int]:
    """The widths of the columns, twips; together exactly the table's."""
    whole = sum(head.weight for head in heads)
    edges = [width * reached // whole for reached in accumulate((head.weight for head in heads), initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _marked(heads: Sequence[Head]) -> int:
    """The column in which a 续行 says so: the first whose cells stand for one row each."""
    return next((at for at, head in enumerate(heads) if not head.merged), 0)


def _lines(heads: Sequence[Head], rows: Sequence[Sequence[str]], rooms: Sequence[int], most: int) -> list[_Line]:
    known = [cache(partial(lines, width=room)) for room in rooms]  # most texts of a ledger come again and again
    merged = [at for at, head in enumerate(heads) if head.merged]
    marked = _marked(heads)
    made: list[_Line] = []
    place = _Place(most)
    before: Sequence[str] = ()
    for row in rows:
        if len(row) != len(heads):
            (text,) = row
            wide = _Line((text,), lines(text, sum(rooms)), is_wide=True)
            made += _placed(_spread(wide, [sum(rooms)], most, 0, frozenset()), place)
            before = ()
            continue
        wrapped = [count(cell) for count, cell in zip(known, row, strict=True)]
        joins = frozenset(_joined(row, before, wrapped, merged))
        line = _Line(tuple(row), max(count for at, count in enumerate(wrapped) if at not in joins), joins)
        if joins and place.turns(line.wrapped):
            # The text of a cell stands on its first page only: what lies on the next says again what it belongs to.
            line = _Line(tuple(row), max(wrapped))
        one = frozenset(at for at in merged if wrapped[at] <= _MOST_MERGED)
        made += _placed([line] if line.wrapped <= most else _spread(line, rooms, most, marked, one), place)
        before = row
    return made


def _joined(row: Sequence[str], before: Sequence[str], wrapped: Sequence[int], merged: Sequence[int]) -> Iterator[int]:
    """The columns of the row that are one with the cell above."""
    for at in merged:
        if not before or not row[at] or row[at] != before[at] or wrapped[at] > _MOST_MERGED:
            return  # what stands to the right of a new cell is new, too
        yield at


class _Place:
    """Where on the pages of the table its next row stands, as far as the estimated heights tell."""

    def __init__(self, most: int) -> None:
        """most: lines of a page below the header; the table's own heading stands on the first one."""
        self.kept = int(most * _KEPT_WHOLE)
        self._room = (most + _SPARE) * TABLE_LINE
        self._used = 2 * TABLE_LINE
        self.has_turned = False
        """Whether the row before ends on another page than it began."""

    def turns(self, wrapped: int) -> bool:
        """Whether a row of so many lines begins on another page than the row before it."""
        needed = self._height(wrapped if wrapped <= self.kept else 1)
        return self.has_turned or self._used + needed > self._room

    def put(self, wrapped: int) -> bool:
        """The row stands; says whether it is kept whole."""
        is_whole = wrapped <= self.kept
        reached = self._used + self._height(wrapped)
        is_over = reached > self._room
        self.has_turned = is_over and not is_whole
        if is_over:
            reached = self._height(wrapped) if is_whole else (reached - 1) % self._room + 1
        self._used = reached
        return is_whole

    def _height(self, wrapped: int) -> int:
        return wrapped * TABLE_LINE + 2 * _PADDING


def _placed(made: Sequence[_Line], place: _Place) -> list[_Line]:
    put = [replace(line, is_whole=place.put(line.wrapped)) for line in made]
    if len(put) > 1:
        # 续行 rows lie on further pages, also where each of them is whole.
        place.has_turned = True
    return put


def _spread(line: _Line, rooms: Sequence[int], most: int, marked: int, one: frozenset[int]) -> list[_Line]:
    """The line with 续行 lines below it where it has more text than a page shows; `one`: columns that stay one cell."""
    cut = [pieces(cell, room, most - 1) for cell, room in zip(line.cells, rooms, strict=True)]
    named = line.cells[marked]
    mark = f"{named} 续行" if named and len(named) <= _SHORT and not line.is_wide else "续行"
    made: list[_Line] = []
    for cells in zip_longest(*cut, fillvalue=""):
        wrapped = max(map(lines, cells, rooms))
        if made:
            made.append(replace(line, cells=cells, wrapped=wrapped + 1, joins=one, mark=mark))
        else:
            made.append(replace(line, cells=cells, wrapped=wrapped))
    return made


def _fill(row: "_Element", line: _Line, below: frozenset[int], marked: int) -> None:
    for at, (cell, text) in enumerate(zip(row[1:], line.cells, strict=True)):
        properties, paragraph = cell
        if at in line.joins:
            properties.insert(-1, _element("vMerge"))
            text = ""  # it stands in the cell above
        elif at in below:
            properties.insert(-1, _element("vMerge", val="restart"))
        if line.mark is not None and at == marked:
            note = deepcopy(paragraph)
            note[0][0].set(f"{{{W}}}val", "TableContinued")
            _write(note, line.mark)
            cell.insert(1, note)
        _write(paragraph, text)


def _write(paragraph: "_Element", text: str) -> None:
    """The text into the one run of a paragraph; line ends and tabs are elements of their own."""
    run = paragraph[1]
    if "\n" not in text and "\t" not in text:
        run[0].text = text
        return
    fill_run(run, text)


def fill_run(run: "_Element", text: str) -> None:
    """The text as the content of a run: w:t, w:br for a line end, w:tab for a tab."""
    del run[:]
    for turn, line in enumerate(text.split("\n")):
        if turn:
            run.append(_element("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                run.append(_element("tab"))
            if part:
                letters = _element("t")
                letters.text = part
                letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(letters)


def _raise(row: "_Element", wrapped: int) -> None:
    """At least so many lines: the first row of a merged cell has room for its text, which no page end then splits."""
    row[0].append(_element("trHeight", val=str(wrapped * TABLE_LINE), hRule="atLeast"))


def _element(tag: str, **attributes: str) -> "_Element":
    from lxml.etree import Element

    made = Element(f"{{{W}}}{tag}", nsmap={"w": W})
    for name, value in attributes.items():
        made.set(f"{{{W}}}{name}", value)
    return made


def _frame(heads: Sequence[Head], columns: Sequence[int]) -> str:
    """The table with its header row and no other."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", _PADDING), ("left", _MARGINS // 2), ("bottom", _PADDING), ("right", _MARGINS // 2))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    cells = "".join(_cell("TableHead", width, escape(head.title)) for head, width in zip(heads, columns, strict=True))
    return (
        f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _templates(heads: Sequence[Head], columns: Sequence[int], width: int) -> str:
    """A row of every column, and one that goes over all of them: copied, which is quick, and filled."""
    cells = "".join(
        _cell("TableMiddle" if head.middle else "TableText", column)
        for head, column in zip(heads, columns, strict=True)
    )
    wide = _cell("TableSection", width, span=len(heads))
    rows = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{each}</w:tr>" for each in (cells, wide))
    return f'<w:tbl xmlns:w="{W}">{rows}</w:tbl>'


def _cell(style: str, width: int, text: str = "", span: int = 1) -> str:
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )
