"""Lines of text, each with what it looks like from outside, and what is put together from them.

blank  no sign at all (a line with a lone tab is none: it is an empty cell)
noise  a page number or running page count                     — 15 -, 第 3 页 共 9 页
bars   with a bar of a table in it                             | ｜ │ ┃ ║ ¦, or a border line under a table
tabs   with a tab in it
text   anything else, and every paragraph that itself has line breaks (a native one: its text is whole)
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db.intake.source import Block, Cell, Grid, Paragraph, Place

LineKind = Literal["blank", "noise", "bars", "tabs", "text"]

BARS: Final = "|｜│┃║¦"
BORDER: Final = frozenset(BARS + "-+=─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋: \u3000\t—")
_BORDER_STROKES: Final = frozenset("-=─━═┼╬╋+—")
_NOISE: Final = re.compile(
    r"[-—–－]{1,3} {0,3}[0-9]{1,4} {0,3}[-—–－]{1,3}|第 ?[0-9]{1,4} ?页(?: ?[,，/]? ?共 ?[0-9]{1,4} ?页)?"
    r"|共 ?[0-9]{1,4} ?页 ?[,，]? ?第 ?[0-9]{1,4} ?页"
)
WIDEST: Final = 40
"""Columns of a table; a line of more is no row of a task table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the source with its kind."""

    paragraph: Paragraph
    kind: LineKind

    @property
    def text(self) -> str:
        return self.paragraph.text

    @property
    def place(self) -> Place:
        return self.paragraph.place


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as written, '' where it is empty, with the place where it begins."""

    text: str
    place: Place


Row = tuple[tuple[int, Written], ...]
"""The cells of a row with their columns; a column without any is missing."""
Part = Row | Line
"""What a run of lines turns into, in order: rows of a table, and lines that are none."""


def line_of(paragraph: Paragraph) -> Line:
    return Line(paragraph, _kind(paragraph.text))


def part_of(line: Line, text: str) -> Line:
    """One cell of a line, to be given back by itself where the row it stands in cannot be told."""
    return line if text == line.text else Line(Paragraph(text, line.place), "text" if text.strip() else "blank")


def _kind(text: str) -> LineKind:
    if "\t" not in text and not text.strip():
        return "blank"
    if "\n" in text.strip():
        return "text"
    if is_noise(text):
        return "noise"
    if any(bar in text for bar in BARS) or is_border(text):
        return "bars"
    return "tabs" if "\t" in text else "text"


def is_noise(text: str) -> bool:
    """A page number or running page count, alone."""
    return len(text) < 40 and _NOISE.fullmatch(text.strip()) is not None


def is_border(text: str) -> bool:
    """A line that only draws: +---+---+, ├──┼──┤, and markdown's |---|:--:|."""
    plain = text.strip()
    return len(plain) > 2 and not set(plain) - BORDER and sum(sign in _BORDER_STROKES for sign in plain) > 2


def written(lines: Iterable[str], place: Place) -> Written:
    """A cell of these pieces of lines, white space at their ends and blank ones left out."""
    return Written("\n".join(piece for piece in (line.strip() for line in lines) if piece), place)


def assembled(parts: Sequence[Part], width: int) -> list[Block]:
    """Runs of rows as grids, what stands between them as paragraphs; blank lines fall away."""
    blocks: list[Block] = []
    rows: list[Row] = []
    for part in parts:
        if isinstance(part, Line):
            if part.kind != "blank":
                _close(rows, width, blocks)
                blocks.append(part.paragraph)
        elif part:
            rows.append(part)
    _close(rows, width, blocks)
    return blocks


def _close(rows: list[Row], width: int, blocks: list[Block]) -> None:
    if rows:
        cells = tuple(
            Cell(number, column, cell.text, cell.place) for number, row in enumerate(rows) for column, cell in row
        )
        blocks.append(Grid(cells[0].place, len(rows), width, cells, native=False))
        rows.clear()


def paragraphs(lines: Iterable[Line]) -> list[Block]:
    """The lines as they are, without the blank ones."""
    return [line.paragraph for line in lines if line.kind != "blank"]
