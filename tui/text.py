"""The one door for text on its way to the screen: what tui.cells makes safe, as Textual's own types.

Nothing else in tui makes Content, Text, Segment or Strip from text: Textual obeys markup wherever it comes from.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NewType

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from tui.cells import MARKS_KEPT, cells, cut, one_line, pad, pad_left, safe, wrap

__all__ = [
    "MARKS_KEPT",
    "Part",
    "Shown",
    "cells",
    "cut",
    "joined",
    "one_line",
    "pad",
    "pad_left",
    "safe",
    "shown",
    "strip_line",
    "wrap",
]

Shown = NewType("Shown", Content)
"""Text that may be shown: safe characters, no markup. Made only here."""

Part = tuple[str, Style | str]
"""A piece of a line and its Rich style."""


def shown(text: str, style: str = "") -> Shown:
    """The text for a widget, literally: no markup is interpreted."""
    content = Content(safe(text))
    return Shown(content.stylize(style) if style else content)


def joined(*parts: Shown) -> Shown:
    """The parts one after another, each in its style."""
    return Shown(Content("").join(list(parts)))


@lru_cache(maxsize=256)
def _parsed(style: str) -> Style:
    return Style.parse(style) if style else Style.null()


def strip_line(parts: Sequence[Part], width: int, style: Style | str = "") -> Strip:
    """One line of a line-API widget, exactly `width` cells: the parts over `style`, cut with … or filled up."""
    base = _parsed(style) if isinstance(style, str) else style
    segments: list[Segment] = []
    left = max(width, 0)
    for text, part_style in parts:
        if left == 0:
            break
        fitted = cut(text, left) if text else ""
        left -= cells(fitted)
        own = _parsed(part_style) if isinstance(part_style, str) else part_style
        segments.append(Segment(fitted, base + own))
    if left:
        segments.append(Segment(" " * left, base))
    return Strip(segments, max(width, 0))
