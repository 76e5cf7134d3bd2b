"""How much room text takes in a spreadsheet's cell: widths in cells (汉字 = 2), wrapped lines, pieces that fit a row.

Spreadsheets do not fit the height of merged or generated rows by themselves, and none is higher than 409 points. Lines
break where programs break them: after any 汉字, but not inside a word, a number, a code or an address, which only is
parted where it is longer than a whole line. Word processors break the same way.
"""

import re
from typing import Final

MOST_LINES: Final = 26
"""Lines of one row: what fits under 409 points even in a tall font."""
_RUN: Final = re.compile(r"[!-~]+")
_TOKEN: Final = re.compile(r"[!-~]+|[^!-~]")
"""What is never parted at the end of a line."""
_NARROW: Final = re.compile(r"[\x00-\x7f]")
_PARAGRAPH: Final = re.compile(r"[^\n]*\n|[^\n]+")
_WIDEST: Final = 4
"""Cells of the widest single character."""


def cells(text: str) -> int:
    """The width of one line. GB18030 takes one byte for ASCII, two for 汉字 and their punctuation: that is the width.

    What it writes in four bytes (emoji, rare characters) is narrower than counted, which only leaves room.
    """
    return len(text.encode("gb18030"))


def lines(text: str, width: int) -> int:
    """How many lines the text wraps to in a column of `width` cells."""
    usable = _usable(width)
    if "\n" not in text:
        return _count(text, usable)
    return sum(_count(line, usable) for line in text.split("\n"))


def natural_width(text: str) -> int:
    """The widest line of the text."""
    return cells(text) if "\n" not in text else max(map(cells, text.split("\n")))


def pieces(text: str, width: int, most_lines: int = MOST_LINES) -> tuple[str, ...]:
    """The text cut so that each piece wraps to at most `most_lines`; joined they are the text again.

    A piece has at most most_lines x width characters, far below a spreadsheet's 32,767.
    """
    if lines(text, width) <= most_lines and len(text) <= most_lines * width:
        return (text,)
    wrapped = _wrapped(text, _usable(width))
    return tuple("".join(wrapped[at : at + most_lines]) for at in range(0, len(wrapped), most_lines))


def _usable(width: int) -> int:
    # A wide character that does not fit whole, and a comma kept with its word, each leave a cell or two empty.
    return max(2, width - 2)


def _count(line: str, usable: int) -> int:
    """The lines of a text without line ends: len(_wrapped(line, usable)), told without wrapping it where that is sure.

    Asked for every cell of a ledger.
    """
    wide = len(line.encode("gb18030"))  # cells()
    if wide <= usable:
        return 1
    if wide == 2 * len(line) and not _NARROW.search(line):
        return -(-len(line) // (usable // 2))
    # A line is left only where the next token does not fit: at most one cell less than the widest one stays empty.
    widest = max(map(len, _RUN.findall(line)), default=0)
    least = usable - max(widest, _WIDEST) + 1
    fewest = -(-wide // usable)
    if least > 0 and -(-wide // least) == fewest:
        return fewest
    return len(_wrapped(line, usable))


def _wrapped(text: str, usable: int) -> list[str]:
    """The text line by line as it wraps, line ends kept."""
    made: list[str] = []
    for paragraph in _PARAGRAPH.findall(text):
        start = at = used = 0
        for token in _TOKEN.findall(paragraph):
            wide = 0 if token == "\n" else cells(token)
            if used + wide > usable and at > start:
                made.append(paragraph[start:at])
                start, used = at, 0
            at += len(token)
            while wide > usable and at - start > 1:  # a run longer than the line
                made.append(paragraph[start : start + usable])
                start, wide = start + usable, wide - usable
            used += wide
        made.append(paragraph[start:])
    return made
