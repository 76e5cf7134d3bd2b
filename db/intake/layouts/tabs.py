"""Tables by tabs (notice-patterns.md section 1).

tab-table: a row on a line, its cells parted by tabs; handled with the bars' rows in row_lines.py.
tab-led (what docx-to-text gives):
    cell  := '\\t' text (line without a tab)*     the lines behind are the same cell, wrapped
    row   := cell{width}, or fewer: a section row; a blank line may stand between rows or within a cell
A cell without text is the tab alone. How many cells make a row is counted: the commonest number between blank lines
whose first cells are a header, else the length of the header. A last row of a single sentence (a default time limit
behind the table) is no row: it stays a paragraph, and so does a heading behind the last row.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from db.intake.layouts.columns import (
    LONGEST_ROW,
    Columns,
    header_columns,
    header_length,
    is_header_word,
    learned,
    placed,
    suits,
)
from db.intake.layouts.lines import Line, Part, Written, part_of, written
from db.intake.layouts.signs_of_cells import cell_class, is_sentence
from db.intake.layouts.streams import Piece, Stream, by_content, counted
from db.intake.source import Paragraph

_OPENING: Final = ("（", "(", "[", "【", "、", "，", ",", "及", "和")
_ENDS: Final = ("。", "；", ";", "！", "：", ":", "）", ")")
_OF_ITS_OWN: Final = ("heading", "number", "numbered")
_SHORT: Final = 20
"""Characters of a line that a blank line has cut off a cell; what is longer is a sentence or a title."""
Group = list[Piece]


def is_led(lines: Sequence[Line]) -> bool:
    """Whether the lines with tabs are cells (a tab in front, none within) rather than rows."""
    tabs = [line.text for line in lines if line.kind == "tabs"]
    inner = sum("\t" in text[1:] or not text.startswith("\t") for text in tabs)
    return 2 * inner < len(tabs)


def led_tables(lines: Sequence[Line]) -> list[tuple[list[Part], int]]:
    """The tab-led tables of a run of lines, each with its width; width 0: lines in front of the first, between two of
    them, or none. Behind lines of text the table above may go on without a header."""
    found: list[tuple[list[Part], int]] = []
    above: Columns | None = None
    at = 0
    while at < len(lines):
        groups, rest, at = _groups(lines, at)
        starts = _starts(groups)
        for number, start in enumerate([0, *starts]):
            end = starts[number] if number < len(starts) else len(groups)
            section = groups[start:end]
            if section:
                parts, columns = _table(section, number > 0, above)
                found.append((parts, columns.width if columns else 0))
                above = columns or above
        while at < len(lines) and lines[at].kind != "tabs":
            rest.append(lines[at])
            at += 1
        found.append((list(rest), 0))
    return found


def _starts(groups: list[Group]) -> list[int]:
    """The groups that begin with a header of other words than the one before. A group whose header stands within it,
    behind indented prose, is cut there."""
    starts: list[int] = []
    words: list[str] = []
    number = 0
    while number < len(groups):
        group = groups[number]
        ahead = [piece.text for piece in group]
        for follower in groups[number + 1 : number + 1 + LONGEST_ROW]:
            ahead.extend(piece.text for piece in follower[: LONGEST_ROW + len(group) - len(ahead)])
        at = 0 if _is_header(ahead[: len(group)]) else _header_within(ahead, len(group))
        if at > 0:
            groups[number : number + 1] = [group[:at], group[at:]]
            number += 1
        if at >= 0 and (not words or ahead[at : at + len(words)] != words):
            length = header_length(ahead[at : at + LONGEST_ROW])
            words = ahead[at : at + length]
            starts.append(number)
            while length > len(groups[number]) and number + 1 < len(groups):
                length -= len(groups[number])
                number += 1
        number += 1
    return starts


def _is_header(texts: Sequence[str]) -> bool:
    """Whether a group is a header, and no row that a header follows without a blank line."""
    return header_columns(texts) is not None and not any(is_sentence(text) for text in texts)


def _header_within(texts: Sequence[str], end: int) -> int:
    """Where among the first cells a header begins, -1 if nowhere."""
    for at in range(end):
        if is_header_word(texts[at]) and header_length(texts[at : at + LONGEST_ROW]):
            return at
    return -1


def _table(groups: Sequence[Group], headed: bool, above: Columns | None) -> tuple[list[Part], Columns | None]:
    """One table from its header on. Without a header it goes on with the one above, a row of it at least being whole;
    else it must have three columns, or it is indented prose."""
    pieces = [piece for group in groups for piece in group]
    columns, header = _columns(groups, pieces) if headed else (_of_above(groups, above) or _learned(groups), 0)
    if columns is None:
        return [line for piece in pieces for line in (*piece.lines, *piece.noise)], None
    if header and len(groups) < 3 and max(map(len, groups)) > 2 * columns.width:
        parts = counted(pieces, columns, header) or by_content(pieces, columns, header)[0]
        return parts, columns
    return _rows(groups, columns), columns


def _of_above(groups: Sequence[Group], above: Columns | None) -> Columns | None:
    """The columns of the table above, where a row of these groups is whole and holds what they hold."""
    if above is None:
        return None
    whole = (group for group in groups if len(group) == above.width)
    return above if any(suits([piece.text for piece in group], above) for group in whole) else None


def _groups(lines: Sequence[Line], start: int) -> tuple[list[Group], list[Line], int]:
    """The cells between blank lines, from this line on; a line without a tab belongs to the cell above, also behind a
    blank line when it goes on with it. Where one does not, the cells end: its number comes back, and the noise."""
    groups: list[Group] = [[]]
    noise: list[Line] = []
    blanks = largest = 0
    for number in range(start, len(lines)):
        line = lines[number]
        if line.kind == "blank":
            blanks += 1
        elif line.kind == "noise":
            noise.append(line)
        elif line.kind == "tabs" or not groups[-1]:
            if blanks and groups[-1]:
                largest = max(largest, len(groups[-1]))
                groups.append([])
            blanks = 0
            _add(groups[-1], line, noise)
        elif blanks and not _goes_on(lines, number, blanks, groups[-1], largest):
            return groups, noise, number
        else:
            blanks = 0
            last = groups[-1][-1]
            text = f"{last.text}\n{line.text.strip()}" if last.text else line.text.strip()
            groups[-1][-1] = Piece(Written(text, last.cell.place), (*last.lines, line), (*last.noise, *noise))
            noise.clear()
    return groups, noise, len(lines)


def _add(group: Group, line: Line, noise: list[Line]) -> None:
    """A line with its tab in front as a cell; one with tabs within as so many cells."""
    texts = line.text.removeprefix("\t").split("\t")
    for text in texts:
        own = line if len(texts) == 1 else part_of(line, text)
        group.append(Piece(written([text], line.place), (own,), tuple(noise)))
        noise.clear()


def _goes_on(lines: Sequence[Line], at: int, blanks: int, group: Group, largest: int) -> bool:
    """A line without a tab behind a blank line is still in the cell: a cell follows at once, and it opens so, or the
    row is not whole yet, and neither the cell has ended nor the line begins something of its own."""
    if blanks > 1 or at + 1 >= len(lines) or lines[at + 1].kind != "tabs":
        return False
    text, before = lines[at].text.strip(), group[-1].text.rstrip()
    if text.startswith(_OPENING):
        return True
    unfinished = bool(before) and not before.endswith(_ENDS)
    return len(group) < largest and unfinished and len(text) <= _SHORT and cell_class(text) not in _OF_ITS_OWN


def _columns(groups: Sequence[Group], pieces: Sequence[Piece]) -> tuple[Columns | None, int]:
    """What the columns hold by the header in front, and how many pieces it has."""
    sizes = Counter(len(group) for group in groups if 2 <= len(group) <= LONGEST_ROW)
    front = [piece.text for piece in pieces[:LONGEST_ROW]]
    for width, _ in sizes.most_common(3):
        columns = header_columns(front[:width])
        if columns and sizes[width] * 2 >= len(groups):
            return columns, width
    header = header_length(front)
    return (header_columns(front[:header]), header) if header else (None, 0)


def _learned(groups: Sequence[Group]) -> Columns | None:
    """The columns of a table without a header: most groups are of one size."""
    sizes = Counter(len(group) for group in groups if 3 <= len(group) <= LONGEST_ROW).most_common(1)
    if not sizes or sizes[0][1] < 3 or sizes[0][1] * 10 < len(groups) * 6:
        return None
    return learned([[piece.text for piece in group] for group in groups], sizes[0][0])


def _rows(groups: Sequence[Group], columns: Columns) -> list[Part]:
    """Each group a row; groups that make one row only together are joined; a longer one is counted through."""
    width = columns.width
    stream = Stream((), columns, ())
    at = 0
    while at < len(groups):
        count, size = 1, len(groups[at])
        while size < width and at + count < len(groups) and size + len(groups[at + count]) <= width:
            size += len(groups[at + count])
            count += 1
        pieces = [piece for group in groups[at : at + count] for piece in group]
        texts = [piece.text for piece in pieces]
        if count > 1 and (size != width or not (suits(texts, columns) or header_columns(texts))):
            count, pieces = 1, list(groups[at])
        _row(stream, pieces, last=at + count == len(groups))
        at += count
    return stream.parts


def _row(stream: Stream, pieces: Group, last: bool) -> None:
    width = stream.columns.width
    texts = [piece.text for piece in pieces]
    at: tuple[int, ...] | None = None
    if len(pieces) == width:
        at = tuple(range(width))
    elif len(pieces) > width:
        parts = counted(pieces, stream.columns, 0)
        if parts is not None:
            stream.parts.extend(parts)
            return
    elif len(pieces) > 1 or not last or cell_class(texts[0]) in ("number", "numbered"):
        at = placed(texts, stream.columns, stream.section)
    if at is None:
        stream.parts.extend(line for piece in pieces for line in (*_unwrapped(piece), *piece.noise))
    else:
        stream.add([piece.cell for piece in pieces], at, pieces)


def _unwrapped(piece: Piece) -> tuple[Line, ...]:
    """A cell that is no row, its wrapped lines as one: a sentence is read whole."""
    if len(piece.lines) < 2:
        return piece.lines
    first = piece.lines[0]
    text = first.text.rstrip() + "".join(line.text.strip() for line in piece.lines[1:])
    return (Line(Paragraph(text, first.place), first.kind),)
