"""What the clerk types or pastes, made fit for a field before it is shown there.

An Input and a TextArea write their text to the terminal as it is, so nothing may come in unfiltered.
"""

import sys
import unicodedata
from typing import Final

from db.rules.limits import clean_text
from tui.cells import MARKS_KEPT

_NOT_WORTH_SAYING: Final = frozenset({"去掉了首尾的空白", "统一了换行符"})
WIDE_BLANK: Final = "\u3000"
_EDGE: Final = f"\n \t{WIDE_BLANK}"


def is_sign(character: str | None) -> bool:
    """Whether a key with that character types it into a field: also a full-width space, which Python calls unprintable.

    Textual's own fields ask Python and lose it.
    """
    return character is not None and (character.isprintable() or is_wide_blank(character))


def is_wide_blank(character: str | None) -> bool:
    """Whether it is what the space bar sends under a Chinese input method."""
    return character == WIDE_BLANK


def loaded(text: str, *, single_line: bool = False) -> tuple[str, tuple[str, ...]]:
    """A stored text for a field, and in Chinese what had to be changed in it."""
    cleaned, changes = clean_text(text, limit=sys.maxsize, single_line=single_line)
    kept = _without_piled_marks(cleaned)
    told = [change for change in changes if change not in _NOT_WORTH_SAYING]
    if kept != cleaned:
        told.append(f"去掉了 {len(cleaned) - len(kept)} 个叠在一起的符号")
    return kept, tuple(told)


def pasted(text: str, *, single_line: bool) -> tuple[str, tuple[str, ...]]:
    """A paste for a field, and what had to be changed in it.

    Blank ends stay where several lines are allowed: a paste may begin with the line break between two paragraphs.
    """
    cleaned, changes = loaded(text, single_line=single_line)
    if single_line:
        return cleaned, changes
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    head = plain[: len(plain) - len(plain.lstrip(_EDGE))]
    tail = plain[len(plain.rstrip(_EDGE)) :] if cleaned else ""
    return head + cleaned.strip(_EDGE) + tail, changes


def _without_piled_marks(text: str) -> str:
    """At most MARKS_KEPT combining marks in a row: more smear over the lines above and below."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MARKS_KEPT:
            kept.append(character)
    return "".join(kept)
