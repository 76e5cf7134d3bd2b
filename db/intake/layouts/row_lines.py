"""Tables with a row on each line, its cells parted by bars or by tabs (pipe-table, tab-table, markdown).

A row may be wrapped: its line ends within a cell, and the next one goes on there. A row of bars has lost the cells
that were merged (its count differs from the header's): they are placed by content. A row of tabs has written its empty
cells and is counted from the left. A line without bars or tabs that is a heading is a section row; any other ends the
table, and a heading in front of it is none of its rows. A second header of other words begins another table.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from db.intake.layouts.columns import Columns, fit, header_columns, learned, placed
from db.intake.layouts.lines import WIDEST, Line, Part, Row, Written, written
from db.intake.layouts.signs_of_cells import cell_class, is_sentence
from db.intake.layouts.streams import is_sentence_end


@dataclass(frozen=True, slots=True)
class Fields:
    """One line cut into cells, or what several lines of a wrapped row make.

    open: the line ends within a cell; closed: it cannot (a bar stands there). No cells: a line without bars or tabs.
    loose: a blank line stands in front.
    """

    lines: tuple[Line, ...]
    cells: tuple[Written, ...] = ()
    open: bool = False
    loose: bool = False
    closed: bool = False

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


_GOES_ON: Final = ("、", "，", ",", "及", "和", "与", "（", "(")
Table = tuple[list[Part], int]


def tables(fields: Sequence[Fields], positional: bool) -> list[Table]:
    """The tables of a run of lines, each with its width; width 0: lines that are no table.

    positional: a cell that is missing is missing at the end (tabs), not anywhere (bars).
    """
    return [_table(section, columns, positional) for section, columns in _sections(fields)]


def _sections(fields: Sequence[Fields]) -> Iterator[tuple[Sequence[Fields], Columns | None]]:
    """Cut in front of every header whose words differ from the one that holds."""
    start, words, columns = 0, None, None
    for number, one in enumerate(fields):
        found = header_columns(one.texts) if len(one.cells) >= 2 else None
        if found and one.texts != words:
            if number > start:
                yield fields[start:number], columns
            start, words, columns = number, one.texts, found
    if start < len(fields):
        yield fields[start:], columns


def _table(fields: Sequence[Fields], columns: Columns | None, positional: bool) -> Table:
    lines: list[Part] = [line for one in fields for line in one.lines]
    if columns is None:
        counts = Counter(len(one.cells) for one in fields if 2 <= len(one.cells) <= WIDEST)
        width = max(counts, key=lambda count: (counts[count], count), default=0)
        if counts[width] < 2 or (positional and (width < 3 or counts[width] < 3)):
            return lines, 0
        columns = learned([one.texts for one in fields], width)
    else:
        columns = _with_number(fields, columns)
    columns = replace(columns, numbered=_numbered(fields))
    header = fields[0].texts if columns.known else []
    parts: list[Part] = []
    lines_of: dict[int, tuple[Line, ...]] = {}  # of the rows that are a line of text each
    section: str | None = None
    for one in _rows(fields, columns):
        if one.texts == header and header:
            row: Row | None = tuple(enumerate(one.cells, columns.width - len(header)))
        elif all(line.kind not in ("bars", "tabs") for line in one.lines):
            row = _lone(one)
        else:
            row = _row(one, columns, positional, section)
        if row is None:
            _drop_sections(parts, lines_of)
            parts.extend(one.lines)
            continue
        if one.lines[0].kind in ("text", "noise") and len(row) == 1:
            lines_of[len(parts)] = one.lines
        parts.append(row)
        section = next((cell.text for at, cell in row if columns.kinds[at] == "section" and cell.text), section)
    _drop_sections(parts, lines_of)
    return parts, columns.width


def _drop_sections(parts: list[Part], lines_of: dict[int, tuple[Line, ...]]) -> None:
    """Headings and page numbers behind the last row of a grid are no rows of it."""
    at = len(parts)
    while at and at - 1 in lines_of:
        at -= 1
    parts[at:] = [line for number in range(at, len(parts)) for line in lines_of[number]]


def _numbered(fields: Sequence[Fields]) -> bool:
    """Whether most rows have a text that opens with a number."""
    rows = [one.texts for one in fields[1:100] if len(one.cells) > 1]
    return 2 * sum(any(cell_class(text) == "numbered" for text in row) for row in rows) > len(rows)


def _with_number(fields: Sequence[Fields], columns: Columns) -> Columns:
    """A number column without a word in the header: all rows have one cell more than it, and begin with a number."""
    longer = [one for one in fields[1:] if len(one.cells) == columns.width + 1]
    if 2 * len(longer) > len(fields) - 1 and all(cell_class(one.cells[0].text) == "number" for one in longer):
        return Columns(("number", *columns.kinds))
    return columns


def _rows(fields: Sequence[Fields], columns: Columns) -> Iterator[Fields]:
    """The lines with the wrapped ones joined; noise waits until the row it cuts is whole."""
    pending: Fields | None = None
    noise: list[Fields] = []
    for one in fields:
        if one.lines[0].kind == "noise":
            noise.append(one)
        elif pending is not None and _wraps(pending, one, columns):
            pending = _joined(pending, one)
        else:
            if pending is not None:
                yield pending
            yield from noise
            noise.clear()
            pending = one
    if pending is not None:
        yield pending
    yield from noise


def _wraps(pending: Fields, one: Fields, columns: Columns) -> bool:
    """Whether this line goes on in the last cell of the row before."""
    if one.loose or pending.closed or not pending.cells or not pending.cells[-1].text or len(pending.lines) > WIDEST:
        return False
    first = one.cells[0].text if one.cells else one.lines[0].text
    last = pending.cells[-1].text
    size = len(pending.cells)
    total = size + max(len(one.cells), 1) - 1
    if total > columns.width or cell_class(first) in ("empty", "number", "heading", "numbered"):
        return False
    if cell_class(last) == "heading" or header_columns(one.texts) is not None:
        return False
    if size == columns.width:
        return _one_cell(last, first, columns.kinds[-1])
    if pending.open or not one.cells:
        return not is_sentence_end(last)
    cut = cell_class(last) in ("text", "numbered") and not is_sentence_end(last)
    return cut and total == columns.width and columns.kinds[size - 1] == "requirement"


def _one_cell(last: str, first: str, kind: str) -> bool:
    """Whether two lines in the last column are one cell: a list that goes on, or a word that was cut."""
    if kind not in ("unit", "lead", "support", "deadline"):
        return False
    wanted = "deadline" if kind == "deadline" else "unit"
    return cell_class(last + first) == wanted and (cell_class(last) != wanted or last.endswith(_GOES_ON))


def _joined(pending: Fields, one: Fields) -> Fields:
    first, *others = one.cells or (written([one.lines[0].text], one.lines[0].place),)
    last = pending.cells[-1]
    cells = (*pending.cells[:-1], Written(f"{last.text}\n{first.text}", last.place), *others)
    lines = (*pending.lines, *one.lines)
    return Fields(lines, cells, one.open or not one.cells, pending.loose, one.closed)


def _lone(one: Fields) -> Row | None:
    """A line without bars or tabs: a section row if it is a heading; a page number stays in the table."""
    line = one.lines[0]
    text = line.text.strip()
    if line.kind == "noise" or (cell_class(text) == "heading" and not is_sentence(text.rstrip("。"))):
        return ((0, Written(text, line.place)),)
    return None


def _row(one: Fields, columns: Columns, positional: bool, section: str | None) -> Row | None:
    cells = one.cells
    while len(cells) > columns.width and not cells[-1].text:
        cells = cells[:-1]
    if len(cells) > columns.width:
        return None
    if len(cells) == columns.width:
        return tuple(enumerate(cells))
    texts = [cell.text for cell in cells]
    alone = sum(map(bool, texts)) == 1
    if positional and alone and cell_class("".join(texts)) != "heading":
        return None
    if positional and len(cells) > 1 and not alone and ("" in texts or _stands(texts, columns)):
        return tuple(enumerate(cells)) if _stands(texts, columns) else None
    if len(cells) > 1 and not any(texts[1:]) and cell_class(texts[0]) == "heading":
        return tuple(enumerate(cells))
    written_cells = [cell for cell in cells if cell.text]
    at = placed([cell.text for cell in written_cells], columns, section)
    return None if at is None else tuple(zip(at, written_cells, strict=True))


def _stands(texts: Sequence[str], columns: Columns) -> bool:
    """Whether every cell suits its column when they are counted from the left."""
    return all(
        (fit(text, kind) or (1 if not text else 0)) > 0 for text, kind in zip(texts, columns.kinds, strict=False)
    )
