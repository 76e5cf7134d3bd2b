"""The visible filters with their counts, the current one in 【】."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.message import Message

from tui.text import Part, cells
from tui.widgets.line import Line

_BEFORE, _AFTER = "<", ">"


class FilterBar(Line):
    """Left and right change the filter; a click takes one. Where not all fit, < and > say so."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-bar--current", "filter-bar--empty"}
    DEFAULT_CSS = """
    FilterBar { dock: top; padding: 0 1; }
    FilterBar > .filter-bar--current { text-style: bold; color: $text-accent; }
    FilterBar > .filter-bar--empty { text-style: dim; }
    """

    class Chosen(Message):
        """A filter was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts: tuple[tuple[str, str, int], ...] = ()
        self._current = ""

    def show(self, counts: Sequence[tuple[str, str, int]], current: str) -> None:
        """Key, name and count of each filter, and the key of the current one."""
        self._counts, self._current = tuple(counts), current
        self.refresh()

    def parts_at(self, width: int) -> Sequence[Part]:
        return [(text, self.style_named(look) if look else "") for _, text, look in self._pieces(width)]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        at = event.get_content_offset(self)
        index = self.part_at(at.x) if at else None
        key = self._pieces(self.size.width)[index][0] if index is not None else ""
        if key:
            self.post_message(self.Chosen(key))

    def _pieces(self, width: int) -> list[tuple[str, str, str]]:
        """Key ('' for the signs at the ends), text and look of what fits, the current filter always among it."""
        pieces = [self._piece(key, name, count) for key, name, count in self._counts]
        at = next((index for index, (key, _, _) in enumerate(pieces) if key == self._current), 0)
        start = 0
        while start < at and sum(cells(text) for _, text, _ in pieces[start : at + 1]) > width - 2:
            start += 1
        fitting = [("", _BEFORE, "")] if start else []
        left = width - len(fitting)
        for index in range(start, len(pieces)):
            left -= cells(pieces[index][1])
            if left < (0 if index == len(pieces) - 1 else 1) and index > at:
                return [*fitting, ("", _AFTER, "")]
            fitting.append(pieces[index])
        return fitting

    def _piece(self, key: str, name: str, count: int) -> tuple[str, str, str]:
        if key == self._current:
            return key, f"【{name} {count}】", "filter-bar--current"
        return key, f" {name} {count} ", "" if count else "filter-bar--empty"
