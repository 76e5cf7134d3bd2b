"""The signs of a page of a PDF -> lines, by where they stand.

line     signs whose middles are at one height, from left to right
gap      between two signs of a line, in widths of the type: up to 0.25 nothing; to 2.5 a space, between Chinese
         signs nothing under 1; beyond 2.5 a tab (columns without rules)
spaces   that the file writes between two Chinese signs are dropped: they are only distance (`3 月底前`, 工 作)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

SMALL_GAP: Final = 0.25
WIDE_GAP: Final = 1.0
COLUMN_GAP: Final = 2.5
SAME_PLACE: Final = 0.25
"""A sign printed again this near (in type sizes) is the same, made bold."""

Char = dict[str, Any]


@dataclass(slots=True)
class Line:
    """A line as printed: measures in points from the upper left corner of the page; size: of its type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines from top to bottom."""
    found = (line_of(row, ()) for row in rows_of(chars))
    return [line for line in found if line is not None]


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """The signs by lines, from top to bottom and from left to right."""
    rows: list[list[Char]] = []
    bottoms: list[float] = []
    for char in sorted(chars, key=_middle):
        # The height of a line is that of its first sign: a chain of slightly lower signs does not drift.
        if rows and _middle(char) - bottoms[-1] < 0.5 * max(_size(char), _size(rows[-1][0])):
            rows[-1].append(char)
        else:
            rows.append([char])
            bottoms.append(_middle(char))
    return [sorted(row, key=lambda char: float(char["x0"])) for row in rows]


def is_wide(sign: str) -> bool:
    """Whether it is Chinese writing, between which no spaces stand."""
    return bool(sign) and ("\u2e80" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or "\uff00" <= sign <= "\uffef")


def is_note_mark(text: str, char: Char, before: Char) -> bool:
    """Whether a sign is the number of a footnote: a digit, small and raised, right behind what is no letter or digit
    (m2 stays)."""
    behind = str(before["text"])[-1:]
    if not text.isdecimal() or (behind.isascii() and behind.isalnum()) or not behind.strip():
        return False
    size = _size(before)
    is_raised = float(before["bottom"]) - float(char["bottom"]) > 0.2 * size
    is_next = -0.1 * size < float(char["x0"]) - float(before["x1"]) < 0.3 * size
    return _size(char) <= 0.75 * size and is_raised and is_next


def line_of(row: list[Char], gutters: Sequence[float]) -> Line | None:
    """A line from its signs; None where they are blanks. gutters: between columns, which a tab stands for."""
    pieces: list[str] = []
    last: Char | None = None
    spaced = False
    for char in row:
        text = str(char["text"])
        if not text.strip():
            spaced = True
            continue
        if last is not None:
            if text == last["text"] and abs(char["x0"] - last["x0"]) < SAME_PLACE * _size(char):
                continue
            crossed = any(last["x1"] <= gutter <= char["x0"] for gutter in gutters)
            pieces.append("\t" if crossed else _between(last, char, spaced))
        pieces.append(text)
        last, spaced = char, False
    if last is None:
        return None
    shown = [char for char in row if str(char["text"]).strip()]
    return Line(
        "".join(pieces),
        min(float(char["x0"]) for char in shown),
        max(float(char["x1"]) for char in shown),
        min(float(char["top"]) for char in shown),
        max(float(char["bottom"]) for char in shown),
        sorted(_size(char) for char in shown)[len(shown) // 2],
    )


def _between(last: Char, char: Char, spaced: bool) -> str:
    gap = (float(char["x0"]) - float(last["x1"])) / max(1.0, _size(char))
    if gap >= COLUMN_GAP:
        return "\t"
    chinese = is_wide(str(last["text"])[-1:]) or is_wide(str(char["text"])[:1])
    return " " if gap >= (WIDE_GAP if chinese else SMALL_GAP) or (spaced and not chinese) else ""


def _middle(char: Char) -> float:
    return (float(char["top"]) + float(char["bottom"])) / 2


def _size(char: Char) -> float:
    return float(char["size"]) or 1.0


def joined(lines: list[Line], right: float) -> str:
    """Lines of one cell or paragraph as text: a line that the next sign would still have fitted on ends on purpose
    ('\\n'); any other was wrapped. right: where lines may end."""
    text = ""
    for number, line in enumerate(lines):
        if number:
            before = lines[number - 1]
            if right - before.right > 2.5 * before.size:
                text += "\n"
            elif (
                not is_wide(text[-1:])
                and not is_wide(line.text[:1])
                and (text[-1:].isalpha() and line.text[:1].isalpha())
            ):
                text += " "
        text += line.text
    return text


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and not is_wide(sign)
