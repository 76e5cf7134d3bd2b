"""Text as it may stand on a terminal: safe characters, widths in cells, Chinese line breaking. Knows no Textual.

A terminal obeys escape sequences wherever they come from, so a notice or a note never reaches it as it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

MARKS_KEPT: Final = 4
"""More combining marks than this on one character smear over the lines above and below."""

# Characters that need no look one by one: ASCII, the punctuation of the notices, unified ideographs, full-width forms.
_PLAIN: Final = re.compile(
    "[\n -~\u00b0-\u00b7\u2010-\u2015\u2018-\u201d\u2026\u2030\u2460-\u249b\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*"
)
_PLAIN_NARROW: Final = "\u2fff"
"""Of the plain characters those up to here take one cell, the others two."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
# Text and emoji forms of one sign: without width themselves, but terminals differ in the width they give the sign.
_PRESENTATION: Final = frozenset("\ufe0e\ufe0f")
_RARE_IDEOGRAPHS: Final = range(0x20000, 0x3FFFE)
"""Python's Unicode tables are older than the newest ideographs of people's and places' names."""

_NOT_FIRST: Final = frozenset("，。、；：？！）】》」』〉〕］｝”’…—～·%‰℃°,.;:?!)]}>»ー々〗〞％／/")
_NOT_LAST: Final = frozenset("（【《「『〈〔［｛“‘([{<«〖〝￥¥＄$№#")
_OPENING_QUOTES: Final = frozenset("“‘")


def safe(text: str) -> str:
    """The text as it may be shown: control, bidi and zero-width characters become visible signs (␛, ⟨U+202E⟩).

    Line feeds stay; a tab becomes four spaces; of more than MARKS_KEPT combining marks in a row the rest is left out.
    """
    return text if _PLAIN.fullmatch(text) else _made_safe(text)


@lru_cache(maxsize=4096)
def _made_safe(text: str) -> str:
    return "".join(_safe_pieces(text.replace("\r\n", "\n").replace("\r", "\n")))


def _safe_pieces(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
            if marks <= MARKS_KEPT and character not in _PRESENTATION:
                yield character
            continue
        marks = 0
        yield _safe_character(character, category)


def _safe_character(character: str, category: str) -> str:
    code = ord(character)
    if character == "\n":
        return character
    if character == "\t":
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if category == "Cn" and code in _RARE_IDEOGRAPHS and code & 0xFFFF < 0xFFFE:
        return character
    # What takes no cell without being a mark (Hangul fillers and vowels) cannot be seen either.
    if category in _UNSEEN or _size(character) == 0:
        return f"⟨U+{code:04X}⟩"
    return character


@lru_cache(maxsize=8192)
def _size(character: str) -> int:
    """The cells of one character. Rich is loaded for one that is not plain: a shell's greeting has no time for it."""
    if character == "\n":
        return 0
    if _PLAIN.fullmatch(character):
        return 1 if character <= _PLAIN_NARROW else 2
    from rich.cells import get_character_cell_size

    return get_character_cell_size(character)


@lru_cache(maxsize=8192)
def cells(text: str) -> int:
    """The width in terminal cells of what `safe` makes of the text."""
    plain = safe(text)
    return len(plain) if plain.isascii() else sum(map(_size, plain))


def one_line(text: str) -> str:
    """Safe text with each line break and what stands around it as one space."""
    plain = safe(text)
    return " ".join(line.strip() for line in plain.split("\n") if line.strip()) if "\n" in plain else plain


@lru_cache(maxsize=8192)
def cut(text: str, width: int) -> str:
    """At most `width` cells of the text, in one line; what is cut off is replaced by …"""
    plain = one_line(text)
    # Two cells a character at most: most texts that fit are known without measuring.
    if len(plain) * 2 <= width or cells(plain) <= width:
        return plain
    if width <= 0:
        return ""
    used = 0
    for index, character in enumerate(plain):
        used += _size(character)
        if used > width - 1:
            return plain[:index] + "…"
    return plain


def pad(text: str, width: int) -> str:
    """Exactly `width` cells: cut, or filled with spaces."""
    fitted = cut(text, width)
    return fitted + " " * (width - cells(fitted))


def pad_left(text: str, width: int) -> str:
    """Exactly `width` cells, the text at the right end."""
    fitted = cut(text, width)
    return " " * (width - cells(fitted)) + fitted


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; its own line breaks stay.

    避头尾: a line begins with no closing mark and ends with no opening one. A number or a Latin word is broken only
    where it is wider than the whole line. At a width of 1 a wide character, which does not fit, becomes ….
    """
    lines: list[str] = []
    for paragraph in safe(text).split("\n"):
        lines.extend(_wrapped(paragraph, max(width, 1)))
    return lines


def _wrapped(paragraph: str, width: int) -> list[str]:
    if len(paragraph) * 2 <= width or cells(paragraph) <= width:
        return [paragraph.rstrip(" ")]
    lines: list[str] = []
    line, used = "", 0
    for piece in _unbreakable(paragraph):
        size = cells(piece.rstrip(" "))
        if line.strip(" ") and used + size > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0
        # Wider than a whole line by itself, or behind an indent that leaves too little of it.
        if used + size > width:
            *full, piece = _chopped(line + piece, width)
            lines.extend(full)
            line, used = "", 0
        line += piece
        used += cells(piece)
    lines.append(line.rstrip(" "))
    return lines


def _unbreakable(paragraph: str) -> Iterator[str]:
    start = 0
    for index in range(1, len(paragraph)):
        if _may_break(paragraph[index - 1], paragraph[index]):
            yield paragraph[start:index]
            start = index
    yield paragraph[start:]


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before == " " or after in _OPENING_QUOTES:
        return True
    if unicodedata.combining(after) or _size(after) == 0:
        return False
    return not (_in_a_word(before) and _in_a_word(after))


def _in_a_word(character: str) -> bool:
    return character > " " and _size(character) == 1 and character not in "”’）·—…"


def _chopped(text: str, width: int) -> list[str]:
    lines = [""]
    used = 0
    for character in text:
        size = _size(character)
        if size > width:
            character, size = "…", 1
        if used + size > width:
            lines.append("")
            used = 0
        lines[-1] += character
        used += size
    return lines
