"""The note editor's text field: filters what is pasted, refuses as a whole what would be too long."""

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from db.rules.limits import LINE_LIMIT, NOTE_LIMIT
from tui.dialogs.typed_text import is_sign, is_wide_blank, loaded, pasted


class NoteArea(TextArea):
    """At most NOTE_LIMIT characters, LINE_LIMIT in one line: nothing is ever cut."""

    DEFAULT_CSS = """
    NoteArea, NoteArea:focus { border: none; padding: 0 1; height: 1fr; background: $surface; }
    """

    class Refused(Message):
        """What was typed or pasted was not taken; `why` says so in Chinese."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Tidied(Message):
        """A paste was changed; `changes` says how."""

        def __init__(self, changes: tuple[str, ...]) -> None:
            super().__init__()
            self.changes = changes

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(loaded(text)[0], id=id, soft_wrap=True, show_line_numbers=False)
        self.cursor_blink = False

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return is_wide_blank(character) or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        typed = "\n" if event.key == "enter" else event.character if is_sign(event.character) else None
        if typed is not None and (why := self.refusal(typed)):
            event.stop()
            event.prevent_default()
            self.post_message(self.Refused(why))
        elif typed is not None and is_wide_blank(typed):
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(typed, *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take(event.text)

    def action_paste(self) -> None:
        self.take(self.app.clipboard)

    def take(self, text: str) -> None:
        """Put `text` where the cursor is, filtered, or nothing of it."""
        cleaned, changes = pasted(text, single_line=False)
        if why := self.refusal(cleaned):
            self.post_message(self.Refused(why))
            return
        result = self.replace(cleaned, *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        if changes:
            self.post_message(self.Tidied(changes))

    def refusal(self, inserted: str) -> str:
        """Why `inserted` cannot stand at the cursor; '' when it can."""
        start, end = sorted(self.selection)
        count = len(self.text) - len(self.get_text_range(start, end)) + len(inserted)
        if count > NOTE_LIMIT:
            return f"没有写入：写入后共 {count} 字，一条记事最多 {NOTE_LIMIT} 字，请分成几条"
        head = self.document.get_line(start[0])[: start[1]]
        tail = self.document.get_line(end[0])[end[1] :]
        longest = max(map(len, (head + inserted + tail).split("\n")))
        if longest > LINE_LIMIT:
            return f"没有写入：写入后一行有 {longest} 字，一行最多 {LINE_LIMIT} 字，请先换行"
        return ""
