"""The line of the picker: what is typed filters, the other keys move in the folder."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType

from tui.dialogs.typed_line import TypedLine
from tui.dialogs.typed_text import WIDE_BLANK

SPACES: Final = (" ", WIDE_BLANK)
"""What the space bar sends, with an input method too."""


class PickLine(TypedLine):
    """What is typed filters. The space bar is a key of the window; with nothing typed, back means up."""

    # Here and not on the screen: between the two stands what scrolls by the same keys where the window is low.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.move(-1)", show=False),
        Binding("down", "screen.move(1)", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
        Binding("pagedown", "screen.page(1)", show=False),
    ]

    def __init__(self, up: Callable[[], None]) -> None:
        super().__init__()
        self._up = up

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character not in SPACES and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.character in SPACES:
            event.prevent_default()

    def action_delete_left(self) -> None:
        if self.value:
            super().action_delete_left()
        else:
            self._up()

    def action_cursor_left(self, select: bool = False) -> None:
        if self.value:
            super().action_cursor_left(select)
        else:
            self._up()
