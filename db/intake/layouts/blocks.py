"""A document's lines of text become grids where they are a table; everything else stays a paragraph.

    run of lines with bars         bars.py (pipe-table, markdown, cells ended by bars)
    run of lines with tabs         tabs.py (a cell a line, tab-led), row_lines.py (a row a line)
    what is left                   loose.py (cells on lines without any sign, flattened)
    what is left after that        paragraphs; in a txt, md or pdf cut lines are joined (wrapped.py)

The grids of the document itself pass through. Every character of the source stands in the result, in order, white
space and the bars of tables aside; only a page number that cut a sentence or a row comes behind it, and a cell's lines
are parted by '\\n'. Blank lines fall away. A grid whose rows go on behind lines that could not be told apart has no
header of its own; it is as wide as the one before. Signs that are no words (asides.py) are gone before.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from db.intake.layouts.asides import without_asides
from db.intake.layouts.bars import GAP, bar_tables
from db.intake.layouts.columns import header_length, is_header_word
from db.intake.layouts.lines import BARS, Line, LineKind, Part, assembled, line_of, paragraphs, written
from db.intake.layouts.loose import loose_tables
from db.intake.layouts.row_lines import Fields, tables
from db.intake.layouts.tabs import is_led, led_tables
from db.intake.layouts.wrapped import joined
from db.intake.source import Block, Grid, Paragraph, Source

LINES_OF_TEXT: Final = ("txt", "md", "pdf")
"""The forms whose paragraphs are lines: a sentence may go on in the next one."""
Run = tuple[LineKind, Sequence[Line]]


def structured(source: Source) -> tuple[Block, ...]:
    """The blocks of the document, tables of text as Grid(native=False)."""
    blocks: list[Block] = []
    lines: list[Line] = []
    for block in without_asides(source):
        if isinstance(block, Grid):
            blocks.extend(_of_lines(lines, source))
            blocks.append(block)
            lines = []
        else:
            lines.append(line_of(block))
    blocks.extend(_of_lines(lines, source))
    return tuple(blocks)


def _of_lines(lines: Sequence[Line], source: Source) -> list[Block]:
    prose: Callable[[Sequence[Line]], list[Block]] = joined if source.form in LINES_OF_TEXT else paragraphs
    blocks: list[Block] = []
    waiting: list[Line] = []
    for kind, run in _runs(lines):
        for parts, width in _tables(kind, run):
            if width:
                blocks.extend(prose(waiting))
                end = max((at for at, part in enumerate(parts, 1) if not isinstance(part, Line)), default=0)
                blocks.extend(assembled(parts[:end], width))
                # A sentence behind the last row may go on in the lines behind the table.
                waiting = [part for part in parts[end:] if isinstance(part, Line)]
            else:
                waiting.extend(part for part in parts if isinstance(part, Line))
    blocks.extend(prose(waiting))
    return blocks


def _tables(kind: LineKind, run: Sequence[Line]) -> Sequence[tuple[Sequence[Part], int]]:
    if kind == "bars":
        return bar_tables(run)
    if kind == "tabs":
        return led_tables(run) if is_led(run) else tables(_fields(run), positional=True)
    return loose_tables(run)


def _fields(lines: Sequence[Line]) -> list[Fields]:
    """The rows of a tab-table. A tab in front of every line is an indent and no cell."""
    tabs = [line.text for line in lines if line.kind == "tabs"]
    indent = all(text.startswith("\t") for text in tabs)
    fields: list[Fields] = []
    loose = False
    for line in lines:
        if line.kind == "blank":
            loose = True
            continue
        if line.kind == "tabs":
            texts = (line.text[1:] if indent else line.text).split("\t")
            fields.append(Fields((line,), tuple(written([text], line.place) for text in texts), loose=loose))
        else:
            fields.append(Fields((line,), loose=loose))
        loose = False
    return fields


def _runs(lines: Sequence[Line]) -> Iterator[Run]:
    """Runs of lines with bars, with tabs, and with neither. Lines of text between two lines with bars or tabs belong
    to the run when they are few; a table of cells ended by bars begins one line above its first bar."""
    start = at = 0
    while at < len(lines):
        kind = lines[at].kind
        if kind not in ("bars", "tabs"):
            at += 1
            continue
        begin, end = at, _end(lines, at, kind)
        if kind == "bars" and not lines[at].text.strip()[1:]:
            begin = _first_cell(lines, start, at)
        if begin > start:
            yield "text", lines[start:begin]
        yield kind, lines[begin:end]
        start = at = end
    if start < len(lines):
        yield "text", lines[start:]


def _end(lines: Sequence[Line], at: int, kind: LineKind) -> int:
    """Behind the last line of this kind that no more than GAP lines of text part from the one before."""
    end, gap, blank = at + 1, 0, False
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if line.kind == kind:
            end, gap, blank = number + 1, 0, False
        elif line.kind == "text":
            gap += 1
            if gap > GAP or (blank and kind == "tabs" and _heads_a_table(lines, number)):
                break
        elif line.kind in ("bars", "tabs"):
            break
        blank = blank or line.kind == "blank"
    if kind == "bars" and lines[end - 1].text.strip() in BARS and end < len(lines) and lines[end].kind == "text":
        return end + 1  # the last cell, where bars stand between the cells only
    return end


def _heads_a_table(lines: Sequence[Line], at: int) -> bool:
    """A line of text directly above another table's header."""
    words: list[str] = []
    for line in lines[at + 1 : at + 17]:
        if line.kind != "tabs":
            break
        words.extend(text for text in line.text.strip("\t").split("\t"))
    return header_length(words[:16]) >= 2 if words else False


def _first_cell(lines: Sequence[Line], start: int, at: int) -> int:
    """Where the first cell of a table of lone bars begins: the header word in front of the first bar."""
    begin = at
    while begin > start and lines[begin - 1].kind == "blank":
        begin -= 1
    if begin > start and lines[begin - 1].kind == "text" and is_header_word(lines[begin - 1].text):
        return begin - 1
    return at


__all__ = ["Paragraph", "structured"]
