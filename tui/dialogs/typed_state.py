"""What is typed in a window, by place: to be kept as its draft, put back into it, and written out as text."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.field import Field
from tui.dialogs.line_list import LineList
from tui.screens.note_area import NoteArea

Texts = Mapping[str, str]
"""What is typed, by the place in the window."""


def typed_in(screen: Screen[Any]) -> dict[str, str]:
    """Every text that differs from what stood there at first, and with it what was chosen; {} where none does."""
    places = dict(_places(screen))
    texts = {name: widget.kept for name, widget in places.items() if _is_text(widget) and widget.is_changed}
    if not texts:
        return {}
    chosen = {name: widget.kept for name, widget in places.items() if not _is_text(widget) and widget.is_changed}
    # What is chosen comes first: a list may fill in the fields, but never over what was typed.
    return {**chosen, **texts}


def put_back(screen: Screen[Any], texts: Texts) -> None:
    """The same into a window that has just been opened; a place that is no more there is passed over."""
    places = dict(_places(screen))
    for name, text in texts.items():
        if name in places:
            places[name].put_back(text)


def written_out(screen: Screen[Any]) -> str:
    """All that stands in the window's fields, a line each with its label, as a text of its own."""
    lines = []
    for _, widget in _places(screen):
        if isinstance(widget, Field) and widget.line.value.strip():
            lines.append(f"{widget.label}：{widget.line.value}")
        elif isinstance(widget, NoteArea) and widget.text.strip():
            lines.append(widget.text)
        elif isinstance(widget, ChoiceField):
            lines.append(f"{widget.label}：{widget.chosen_name}")
    return "\n".join(lines)


def packed(texts: Texts) -> str:
    """As one text, for the draft."""
    return json.dumps(dict(texts), ensure_ascii=False)


def unpacked(text: str) -> dict[str, str]:
    """What `packed` made; {} for anything else."""
    with suppress(ValueError, RecursionError):
        found = json.loads(text)
        if isinstance(found, dict) and all(isinstance(one, str) for one in found.values()):
            return found
    return {}


Place = Field | NoteArea | ChoiceField | LineList  # type: ignore[type-arg]


def _is_text(widget: Place) -> bool:
    return isinstance(widget, Field | NoteArea)


def _places(screen: Screen[Any]) -> Iterator[tuple[str, Place]]:
    """Every widget with something of the clerk's in it, in order, with a name that stays the same."""
    found = (one for one in screen.query(Widget).results(Widget) if isinstance(one, Place))
    for at, widget in enumerate(found):
        yield widget.id or f"{type(widget).__name__}-{at}", widget
