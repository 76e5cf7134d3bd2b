"""查找 on the checklist: a line that is there only while something is searched."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tui.text import shown

if TYPE_CHECKING:
    from tui.dialogs.typed_line import TypedLine


class SearchBox(Horizontal):
    """The editor itself is made at the first search: it is not on the way to the first list."""

    DEFAULT_CSS = """
    SearchBox { display: none; height: 1; padding: 0 1; }
    SearchBox.-open { display: block; }
    SearchBox > Static { width: 6; color: $text-accent; text-style: bold; }
    """

    class Left(Message):
        """Enter or arrow down: the clerk goes on in the list."""

    def __init__(self, asked: Callable[[str], None], *, id: str | None = None) -> None:
        """asked is called with each query as it is typed.

        A call and not a message: what is found is then painted in the frame of the letter, not two frames later.
        """
        super().__init__(id=id)
        self._asked = asked

    @property
    def is_open(self) -> bool:
        return self.has_class("-open")

    def open(self, query: str) -> TypedLine:
        """Shows the line, with the query in it if it was not shown."""
        from tui.dialogs.typed_line import TypedLine
        from tui.dialogs.typed_text import loaded

        was_open = self.is_open
        self.add_class("-open")
        for line in self.query(TypedLine).results(TypedLine):
            if not was_open:
                with line.prevent(Input.Changed):
                    line.value = loaded(query, single_line=True)[0]
                line.action_end()
            return line
        line = TypedLine(query)
        self.mount_all([Static(shown("查找")), line])
        self.watch(line, "value", self._typed, init=False)
        return line

    def shut(self) -> None:
        """Takes the line away."""
        self.remove_class("-open")

    def _typed(self, query: str) -> None:
        # A line that was taken away must not ask for its text again.
        if self.is_open:
            self._asked(query)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left())

    def on_key(self, event: events.Key) -> None:
        if event.key == "down":
            event.stop()
            self.post_message(self.Left())
