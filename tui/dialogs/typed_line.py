"""A one-line input that takes Chinese input methods and pastes, and lets nothing unsafe in."""

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.dialogs.typed_text import is_wide_blank, loaded, pasted


class TypedLine(Input):
    """The text is never cut while typing: what is too long is refused as a whole when it is read."""

    DEFAULT_CSS = """
    TypedLine, TypedLine:focus { border: none; height: 1; padding: 0 1; background: $panel; }
    TypedLine:focus { background: $primary 30%; }
    """

    class Tidied(Message):
        """A paste was changed; `changes` says how."""

        def __init__(self, line: "TypedLine", changes: tuple[str, ...]) -> None:
            super().__init__()
            self.line = line
            self.changes = changes

    def __init__(self, value: str = "", *, select: bool = False, id: str | None = None) -> None:
        super().__init__(loaded(value, single_line=True)[0], select_on_focus=select, id=id)
        self.cursor_blink = False

    def put(self, text: str) -> None:
        """Let `text`, filtered, stand there in place of what stood there, the cursor behind it."""
        self.value = loaded(text, single_line=True)[0]
        self.cursor_position = len(self.value)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return is_wide_blank(character) or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if is_wide_blank(event.character):
            event.stop()
            event.prevent_default()
            # As it is: at the ends, too, it may be the beginning of more.
            blank, _ = pasted(event.character or "", single_line=False)
            self.replace(blank, *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take(event.text)

    def action_paste(self) -> None:
        self.take(self.app.clipboard)

    def take(self, text: str) -> None:
        """Put `text` where the cursor is, on one line, filtered."""
        cleaned, changes = pasted(text, single_line=True)
        self.replace(cleaned, *self.selection)
        if changes:
            self.post_message(self.Tidied(self, changes))
