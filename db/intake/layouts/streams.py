"""Cells in a row of their own lines, rows to be told apart (cell-per-line layouts, notice-patterns.md section 1).

Two ways, the first that holds:
  by counting   empty cells are written too: as many cells as columns make a row, and every one suits its column
  by content    cells may have vanished: a row begins with its number, its heading or its numbered text, or, where
                there are none of these, with the text behind units or a deadline; its cells are placed by content
What can be told apart neither way is given back as lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from db.intake.layouts.columns import (
    LONGEST_ROW,
    TEXT_KINDS,
    UNIT_KINDS,
    Columns,
    header_length,
    placed,
    row_number,
    starts_row,
    suits,
)
from db.intake.layouts.lines import Line, Part, Row, Written
from db.intake.layouts.signs_of_cells import CellClass, cell_class, is_sentence

LONGEST_SEGMENT: Final = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of a stream with the lines it was written on, and the noise that stood in it."""

    cell: Written
    lines: tuple[Line, ...]
    noise: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return self.cell.text


@dataclass(slots=True)
class Stream:
    """The cells of one table behind its header, read from the front."""

    pieces: Sequence[Piece]
    columns: Columns
    header: Sequence[str]
    parts: list[Part] = field(default_factory=list)
    section: str | None = None
    number: int | None = None

    def take(self, count: int, at: tuple[int, ...] | None = None, start: int = 0) -> None:
        """The pieces from `start` as a row, in these columns; noise in them goes behind it."""
        taken = self.pieces[start : start + count]
        self.add(tuple(piece.cell for piece in taken), at or tuple(range(count)), taken)

    def add(self, cells: Sequence[Written], at: tuple[int, ...], taken: Sequence[Piece]) -> None:
        row: Row = tuple(zip(at, cells, strict=True))
        self.parts.append(row)
        for column, cell in row:
            if self.columns.kinds[column] == "section" and cell.text:
                self.section = cell.text
        numbers = [
            row_number(cell.text) for column, cell in row if self.columns.kinds[column] in ("number", *TEXT_KINDS)
        ]
        self.number = next((number for number in reversed(numbers) if number is not None), self.number)
        for piece in taken:
            self.parts.extend(_noise_row(line) for line in piece.noise)

    def give_back(self, start: int, end: int) -> None:
        for piece in self.pieces[start:end]:
            self.parts.extend((*piece.lines, *piece.noise))


def _noise_row(line: Line) -> Row:
    return ((0, Written(line.text.strip(), line.place)),)


def counted(pieces: Sequence[Piece], columns: Columns, header: int) -> list[Part] | None:
    """The rows by counting alone; None where a cell does not suit the column it would stand in, or cells are over."""
    width = columns.width
    stream = Stream(pieces, columns, [piece.text for piece in pieces[:header]])
    stream.take(header)
    at = header
    while at < len(pieces):
        texts = [piece.text for piece in pieces[at : at + width]]
        if (suits(texts, columns) and not _shifted(texts, columns)) or header_length(texts) == width:
            stream.take(width, start=at)
            at += width
        elif cell_class(texts[0]) == "heading" and "section" not in columns.kinds:
            stream.take(1, start=at)
            at += 1
        else:
            return None
    return stream.parts


def _shifted(texts: Sequence[str], columns: Columns) -> bool:
    """Whether two rows have run into one: a numbered text stands beside the requirement, not in it."""
    asked = [cell_class(text) for text, kind in zip(texts, columns.kinds, strict=True) if kind == "requirement"]
    others = [cell_class(text) for text, kind in zip(texts, columns.kinds, strict=True) if kind != "requirement"]
    return "numbered" in others and ("numbered" in asked or "empty" in asked)


def by_content(pieces: Sequence[Piece], columns: Columns, header: int) -> tuple[list[Part], int]:
    """The rows by what the cells look like, lines where that does not tell; and how many rows were found."""
    stream = Stream(pieces, columns, [piece.text for piece in pieces[:header]])
    stream.take(header)
    texts = [piece.text for piece in pieces]
    numbered = _has_starts(texts, header, columns)
    at, rows = header, 0
    held: list[Piece] = []
    while at < len(pieces):
        end = _segment_end(texts, at, stream, numbered)
        if end == at + 1 and cell_class(texts[at]) == "heading":
            held.append(pieces[at])
        else:
            before = len(stream.parts)
            taken = _row_of(stream, at, end, rows, numbered)
            rows += taken > 0
            stream.parts[before:before] = _sections(held, taken > 0)
            held.clear()
            stream.give_back(at + taken, end)
        at = end
    stream.parts.extend(_sections(held, False))
    return stream.parts, rows


def _sections(pieces: Sequence[Piece], row_follows: bool) -> list[Part]:
    """Headings alone are section rows in front of a row, and headings of the prose behind a table otherwise."""
    if row_follows:
        return [((0, piece.cell),) for piece in pieces]
    return [line for piece in pieces for line in (*piece.lines, *piece.noise)]


def _has_starts(texts: Sequence[str], header: int, columns: Columns) -> bool:
    """Whether rows begin with a number, a heading or a numbered text: some of the first cells do."""
    front = range(header, min(len(texts), header + LONGEST_ROW))
    return "number" in columns.kinds or any(cell_class(texts[at]) in ("numbered", "heading") for at in front)


def _segment_end(texts: Sequence[str], at: int, stream: Stream, numbered: bool) -> int:
    """Where the row that begins here ends: in front of the next start, a repeated header, or at the length of any."""
    header = stream.header
    if list(texts[at : at + len(header)]) == list(header):
        return at + len(header)
    end = at + 1
    begun = cell_class(texts[at]) in ("number", "numbered") or not numbered
    kinds = stream.columns.kinds
    if cell_class(texts[at]) == "heading" and "number" in kinds and "section" not in kinds[: kinds.index("number")]:
        return end
    while end < min(len(texts), at + LONGEST_SEGMENT):
        if texts[end] == header[0] and list(texts[end : end + len(header)]) == list(header):
            break
        if numbered:
            if begun and starts_row(texts, end, stream.columns):
                break
            if not begun and cell_class(texts[end]) == "heading":
                break
            begun = begun or cell_class(texts[end]) in ("number", "numbered")
        elif _descends(texts, end, stream.columns):
            break
        end += 1
    return end


def _descends(texts: Sequence[str], at: int, columns: Columns) -> bool:
    """Text behind units or a deadline, where nothing of the header could take it in the same row."""
    before = cell_class(texts[at - 1])
    if cell_class(texts[at]) not in ("text", "heading", "numbered") or before not in ("unit", "deadline", "quota"):
        return False
    last_text = max((n for n, kind in enumerate(columns.kinds) if kind in TEXT_KINDS), default=-1)
    ends = [n for n, kind in enumerate(columns.kinds) if kind in (*UNIT_KINDS, "deadline", "quota")]
    return "remark" not in columns.kinds and bool(ends) and last_text < min(ends)


def _row_of(stream: Stream, start: int, end: int, rows: int, numbered: bool) -> int:
    """Adds the row of these pieces if they make one; how many of them it took. Behind the last row of all, and only if
    that has its rightmost cell, there may be pieces left over."""
    pieces = stream.pieces[start:end]
    texts = [piece.text for piece in pieces]
    if texts == list(stream.header):
        stream.take(len(texts), start=start)
        return len(texts)
    most, fewest = len(pieces), len(pieces)
    if _is_last(stream, start, end):
        most, fewest = min(most, 3 * stream.columns.width), 1
    for count in range(most, fewest - 1, -1):
        cells = _merged(pieces[:count], stream.columns)
        at = placed([cell.text for cell in cells], stream.columns, stream.section) if cells else None
        if count < len(pieces) and (at is None or at[-1] != stream.columns.width - 1):
            continue
        if count < len(pieces) and (at is None or at[-1] != stream.columns.width - 1):
            continue
        if count < len(pieces) and (at is None or at[-1] != stream.columns.width - 1):
            continue
        if cells and at is not None and _is_row(stream, cells, at, rows, numbered):
            stream.add(cells, at, pieces[:count])
            return count
    return 0


def _is_last(stream: Stream, start: int, end: int) -> bool:
    """Whether no row goes on counting behind this one: what stands behind it is no part of the table."""
    number = next(
        (n for n in (row_number(piece.text) for piece in stream.pieces[start : start + 3]) if n is not None), None
    )
    follow = [row_number(piece.text) for piece in stream.pieces[end : end + 3]]
    if number is None:
        return end == len(stream.pieces) or end - start == LONGEST_SEGMENT
    return number + 1 not in follow


def _is_row(stream: Stream, cells: Sequence[Written], at: tuple[int, ...], rows: int, numbered: bool) -> bool:
    """A row names who or by when; one that does not must go on counting from the row before, or be a section row."""
    kinds = [stream.columns.kinds[column] for column in at]
    if not suits_in(cells, at, stream.columns):
        return False
    if any(kind in (*UNIT_KINDS, "deadline") for kind in kinds):
        return "requirement" in kinds or not numbered
    number = next((n for n in map(row_number, (cell.text for cell in cells)) if n is not None), None)
    return rows > 0 and "requirement" in kinds and number is not None and number - 1 == stream.number


def suits_in(cells: Sequence[Written], at: tuple[int, ...], columns: Columns) -> bool:
    """Whether units stand with units and dates with dates: placed by content, no other class may fill these columns."""
    wanted: dict[str, tuple[CellClass, ...]] = {
        "number": ("number",),
        "deadline": ("deadline",),
        **dict.fromkeys(UNIT_KINDS, ("unit",)),
    }
    return all(
        columns.kinds[column] not in wanted or cell_class(cell.text) in wanted[columns.kinds[column]]
        for column, cell in zip(at, cells, strict=True)
    )


def _merged(pieces: Sequence[Piece], columns: Columns) -> list[Written] | None:
    """Neighbours that are one cell in several lines: units, dates, and a text cut by its line's end."""
    one_unit = sum(kind in UNIT_KINDS for kind in columns.kinds) == 1
    texts = sum(kind in TEXT_KINDS for kind in columns.kinds)
    cells: list[list[str]] = []
    places = []
    for piece in pieces:
        found = cell_class(piece.text)
        if found == "empty":
            continue
        before = cell_class("\n".join(cells[-1])) if cells else "empty"
        cut = cells and before in ("text", "numbered") and found == "text" and not is_sentence_end(cells[-1][-1])
        if (
            (
                found == "unit"
                and before == "unit"
                and one_unit
                and not is_sentence_end(cells[-1][-1])
                and "。" not in piece.text
            )
            or (found == "deadline" and before == "deadline")
            or (cut and (texts == 1 or is_sentence("".join(cells[-1]))))
        ):
            cells[-1].append(piece.text)
        else:
            cells.append([piece.text])
            places.append(piece.cell.place)
    if len(cells) > columns.width:
        return None
    return [Written("\n".join(lines), place) for lines, place in zip(cells, places, strict=True)]


def is_sentence_end(text: str) -> bool:
    return text.rstrip().endswith(("。", "；", ";", "！", "？", "”", "）", ")"))
