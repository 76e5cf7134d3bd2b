"""Tables by bars (notice-patterns.md section 1).

rows on lines    a | b | c        also | a | b | c |, with or without bars at the ends; markdown with its line of
                                  strokes and its escaped bars; frames drawn by + - or box signs
cells on lines   a|   or   a      each cell ends with a bar, at the end of its last line or on a line of its own
                           |
"The bar, not the newline, ends the cell": a line that does not end with one goes on in the next line, if the table's
lines end with bars.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from db.intake.layouts.columns import Columns, header_columns, header_length, is_header_word
from db.intake.layouts.lines import BARS, Line, Written, is_border, part_of, written
from db.intake.layouts.row_lines import Fields, Table, tables
from db.intake.layouts.streams import Piece, by_content, counted

_BAR: Final = re.compile(f"[{re.escape(BARS)}]")
_ESCAPED: Final = "\ue000"
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)
_SAMPLE: Final = 200
"""Lines that are looked at for the header."""
GAP: Final = 6
"""Lines without a bar that may stand between two of a table whose cells are wrapped."""


def bar_tables(lines: Sequence[Line]) -> list[Table]:
    """The tables of a run of lines most of which have bars."""
    barred = [line for line in lines if line.kind == "bars" and not is_border(line.text)]
    several = sum(bool(_BAR.search(line.text.strip().strip(BARS))) or _bars(line) > 2 for line in barred)
    if 2 * several >= len(barred) or any(header_columns(_words(line)) for line in barred[:_SAMPLE]):
        return _row_tables(lines, barred)
    return [_cell_table(lines)]


def _bars(line: Line) -> int:
    return len(_BAR.findall(line.text))


def _only_bars(line: Line) -> int:
    """The number of bars of a line that has nothing else."""
    plain = line.text.strip()
    return len(plain) if plain and not set(plain) - set(BARS + " ") else 0


def _row_tables(lines: Sequence[Line], barred: Sequence[Line]) -> list[Table]:
    sample = next((line for line in barred[:_SAMPLE] if header_columns(_words(line))), None)
    ended = _mostly(barred if sample is None else [sample], lambda text: text.endswith(tuple(BARS)))
    led = _mostly(barred if sample is None else [sample], lambda text: text.startswith(tuple(BARS)))
    borders = [number for number, line in enumerate(lines) if is_border(line.text)]
    if len(borders) >= 3 and ended and led:
        return tables(_framed(lines, ended, led), positional=False)
    fields: list[Fields] = []
    loose = False
    for line in lines:
        if line.kind == "blank":
            loose = True
        elif line.kind != "bars":
            cell = (written([line.text], line.place),) if ended and line.kind == "text" else ()
            fields.append(Fields((line,), cell, bool(cell), loose))
            loose = False
        elif not is_border(line.text):
            cells, closed = _cut(line, ended, led, markdown=bool(borders))
            fields.append(Fields((line,), cells, ended and not closed, loose, ended and closed))
            loose = False
    return tables(fields, positional=False)


def _mostly(lines: Sequence[Line], sign: Callable[[str], bool]) -> bool:
    return 2 * sum(sign(line.text.strip()) for line in lines) > len(lines)


def _words(line: Line) -> list[str]:
    return [word.strip() for word in _BAR.split(line.text.strip().strip(BARS))]


def _cut(line: Line, ended: bool, led: bool, markdown: bool) -> tuple[tuple[Written, ...], bool]:
    """The cells of a line, and whether it ends with a bar. ended, led: the lines of this table have a bar there."""
    text = line.text.strip()
    if markdown:
        text = _BREAK.sub("\n", text.replace("\\|", _ESCAPED))
    pieces = _BAR.split(text)
    closed = not pieces[-1].strip()
    if ended and closed:
        pieces.pop()
    if led and pieces and not pieces[0].strip():
        pieces = pieces[1:]
    return tuple(written(piece.replace(_ESCAPED, "|").split("\n"), line.place) for piece in pieces), closed


def _framed(lines: Sequence[Line], ended: bool, led: bool) -> list[Fields]:
    """A drawn table: what stands between two borders is one row, its lines joined column by column."""
    fields: list[Fields] = []
    for line in lines:
        if is_border(line.text):
            fields.append(Fields((line,)))
        elif line.kind == "bars":
            cells, _ = _cut(line, ended, led, markdown=False)
            before = fields[-1] if fields else None
            if before and before.cells and len(before.cells) == len(cells):
                both = zip(before.cells, cells, strict=True)
                joined = tuple(written([one.text, other.text], one.place) for one, other in both)
                fields[-1] = Fields((*before.lines, line), joined)
            else:
                fields.append(Fields((line,), cells))
        elif line.kind != "blank":
            fields.append(Fields((line,)))
    return [one for one in fields if one.cells or not is_border(one.lines[0].text)]


def _cell_table(lines: Sequence[Line]) -> Table:
    """Cells on lines: by bars alone; else a blank line ends a cell too (bars between the cells, none behind a row)."""
    for blank_ends in (False, True):
        columns, header = _columns(_pieces(lines[:_SAMPLE], blank_ends)[0])
        if columns is None:
            continue
        pieces, rest = _pieces(lines, blank_ends)
        parts = counted(pieces, columns, header)
        if parts is not None:
            return [*parts, *rest], columns.width
        parts, rows = by_content(pieces, columns, header)
        if rows:
            return [*parts, *rest], columns.width
    return list(lines), 0


def _columns(pieces: Sequence[Piece]) -> tuple[Columns | None, int]:
    words = [piece.text for piece in pieces[:20]]
    header = header_length(words)
    if header < len(words) and is_header_word(words[header].split("\n", 1)[0]):
        return None, 0  # the header goes on, and its last word hangs together with the first row
    return (header_columns(words[:header]), header) if header else (None, 0)


def _pieces(lines: Sequence[Line], blank_ends: bool) -> tuple[list[Piece], list[Line]]:
    """The cells that bars end, and the lines behind the last bar that no bar ends."""
    pieces: list[Piece] = []
    pending: list[Line] = []
    texts: list[str] = []
    noise: list[Line] = []
    for line in lines:
        if line.kind == "noise":
            noise.append(line)
        elif line.kind == "blank":
            if blank_ends and texts:
                pieces.append(_piece(texts, pending, noise, line))
        elif line.kind == "bars" and not is_border(line.text):
            *ended, rest = _BAR.split(line.text)
            if blank_ends and not texts and pieces and _only_bars(line) == 1 and pieces[-1].text:
                continue
            for text in ended:
                texts.append(text)
                pending.append(part_of(line, text))
                pieces.append(_piece(texts, pending, noise, line))
            if rest.strip():
                texts.append(rest)
                pending.append(part_of(line, rest))
        elif line.kind != "bars":
            texts.append(line.text)
            pending.append(line)
    if blank_ends and texts:
        pieces.append(_piece(texts, pending, noise, lines[-1]))
    return pieces, [*pending, *noise]


def _piece(texts: list[str], pending: list[Line], noise: list[Line], last: Line) -> Piece:
    place = next((line.place for line in pending if line.text.strip()), last.place)
    piece = Piece(written(texts, place), tuple(pending), tuple(noise))
    texts.clear()
    pending.clear()
    noise.clear()
    return piece
