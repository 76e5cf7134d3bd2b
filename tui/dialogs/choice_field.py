"""A few named values on a line, the chosen one in brackets: no overlay, one key chooses."""

import unicodedata
from collections.abc import Sequence
from typing import ClassVar, Final, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tui.commands import space_bar
from tui.text import Shown, cells, joined, shown

V = TypeVar("V", bound=str)

_AROUND: Final = 2
"""The brackets of the chosen one; the others have spaces there, so that nothing moves."""


class ChoiceField(Widget, Generic[V], can_focus=True):
    """Left and right move on, a digit takes the n-th, a name's first sign that name. Always one is chosen."""

    DEFAULT_CSS = """
    ChoiceField { height: auto; width: 1fr; margin: 0 0 1 0; }
    ChoiceField:focus { background: $primary 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "前一个", show=False),
        Binding(",".join(("right", *space_bar())), "step(1)", "后一个", show=False),
    ]

    class Chosen(Message):
        """Another one is chosen now."""

    def __init__(
        self, label: str, options: Sequence[tuple[V, str]], chosen: V | None, *, id: str | None = None
    ) -> None:
        """options: value and name of each, at least one. chosen None is the first."""
        super().__init__(id=id)
        self._label = label
        self._options = tuple(options)
        values = [value for value, _ in self._options]
        self._at = values.index(chosen) if chosen in values else 0
        self._given = self._at

    @property
    def value(self) -> V:
        """The chosen one."""
        return self._options[self._at][0]

    @property
    def label(self) -> str:
        """What is chosen here."""
        return self._label

    @property
    def chosen_name(self) -> str:
        """How the chosen one is called."""
        return self._options[self._at][1]

    @property
    def is_changed(self) -> bool:
        """Whether another one is chosen now than at first."""
        return self._at != self._given

    @property
    def kept(self) -> str:
        """What is chosen, as the window's draft keeps it."""
        return self.value

    def put_back(self, kept: str) -> None:
        """Let what was kept be chosen again, if it can still be."""
        values = [value for value, _ in self._options]
        if kept in values:
            self.choose(values.index(kept))

    def choose(self, index: int) -> None:
        """Take the option at that index, counted around the ends."""
        index %= len(self._options)
        if index != self._at:
            self._at = index
            self.refresh()
            self.post_message(self.Chosen())

    def action_step(self, step: int) -> None:
        self.choose(self._at + step)

    def on_key(self, event: events.Key) -> None:
        index = self._meant_by(event.character) if event.is_printable and event.character else None
        if index is not None:
            event.stop()
            self.choose(index)

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        rows = self._rows(self.content_size.width)
        start = 0
        for index in rows[at.y - 1] if 0 < at.y <= len(rows) else ():
            start += cells(self._options[index][1]) + _AROUND
            if at.x < start:
                self.choose(index)
                return

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + len(self._rows(width))

    def render(self) -> Shown:
        lines = [shown(self._label, "bold" if self.has_focus else "dim")]
        for row in self._rows(self.content_size.width):
            lines += [shown("\n"), *(self._option(index) for index in row)]
        return joined(*lines)

    def _option(self, index: int) -> Shown:
        name = self._options[index][1]
        return shown(f"[{name}]", "bold") if index == self._at else shown(f" {name} ")

    def _meant_by(self, sign: str) -> int | None:
        plain = unicodedata.normalize("NFKC", sign)
        if plain.isdecimal() and plain.isascii() and 1 <= int(plain) <= len(self._options):
            return int(plain) - 1
        # From the next one on, so that the same sign reaches a second name.
        count = len(self._options)
        turns = ((self._at + step) % count for step in range(1, count + 1))
        return next((index for index in turns if self._options[index][1].startswith(plain)), None)

    def _rows(self, width: int) -> list[list[int]]:
        rows: list[list[int]] = [[]]
        used = 0
        for index, (_, name) in enumerate(self._options):
            size = cells(name) + _AROUND
            if rows[-1] and used + size > width:
                rows.append([])
                used = 0
            rows[-1].append(index)
            used += size
        return rows
