"""How much room text takes in a spreadsheet's cell: widths in cells (汉字 = 2), wrapped lines, pieces that fit a row.

Spreadsheets do not fit the height of merged or generated rows by themselves, and none is higher than 409 points.
"""

from typing import Final

MOST_LINES: Final = 26
"""Lines of one row: what fits under 409 points even in a tall font."""


def cells(text: str) -> int:
    """The width of one line. GB18030 takes one byte for ASCII, two for 汉字 and their punctuation: that is the width.

    What it writes in four bytes (emoji, rare characters) is narrower than counted, which only leaves room.
    """
    return len(text.encode("gb18030"))


def lines(text: str, width: int) -> int:
    """How many lines the text wraps to in a column of `width` cells."""
    usable = _usable(width)
    if "\n" not in text:
        wide = len(text.encode("gb18030"))  # cells(), asked for every cell of a ledger
        return 1 if wide <= usable else -(-wide // usable)
    return sum(max(1, -(-cells(line) // usable)) for line in text.split("\n"))


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


def _wrapped(text: str, usable: int) -> list[str]:
    """The text line by line as it wraps, line ends kept."""
    made: list[str] = []
    for paragraph in text.splitlines(keepends=True):
        start = used = 0
        for at, char in enumerate(paragraph):
            wide = 0 if char == "\n" else cells(char)
            if used + wide > usable and at > start:
                made.append(paragraph[start:at])
                start, used = at, 0
            used += wide
        made.append(paragraph[start:])
    return made
