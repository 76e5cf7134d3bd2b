"""The note editor's text field: filters what is pasted, refuses as a whole what would be too long."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from db.rules.limits import LINE_LIMIT, NOTE_LIMIT
from tui.dialogs.typed_text import is_sign, is_wide_blank, loaded, pasted
from tui.text import Part, strip_line

_LONG: Final = 300
"""Characters from which on a line is drawn here: Textual divides all of it anew for each row on the screen."""


class NoteArea(TextArea):
    """At most NOTE_LIMIT characters, LINE_LIMIT in one line: nothing is ever cut."""

    DEFAULT_CSS = """
    NoteArea, NoteArea:focus { border: none; padding: 0 1; height: 1fr; background: $surface; }
    """

    takes_enter = True
    """For KeysInTurn: Enter is a line break here."""

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
        self._given = self.text

    @property
    def is_changed(self) -> bool:
        """Whether something else stands there now than at first."""
        return self.text != self._given

    @property
    def kept(self) -> str:
        """What is typed, as the window's draft keeps it."""
        return self.text

    def put_back(self, kept: str) -> None:
        """Let what was kept stand there again."""
        self.load_text(loaded(kept)[0])
        self.move_cursor(self.document.end)

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

    # Drawing

    def find_matching_bracket(self, bracket: str, search_from: tuple[int, int]) -> None:
        """A note is no program: at each key Textual would look through all of it."""

    def _render_line(self, y: int) -> Strip:
        rows = self.wrapped_document._offset_to_line_info
        at = y + self.scroll_offset.y
        if at >= len(rows) or len(self.document[rows[at][0]]) < _LONG:
            return super()._render_line(y)
        width = self.scrollable_content_region.width
        line_style = self._line_style(rows[at][0])
        return strip_line(list(self._parts(*rows[at])), width, self._base_style + line_style)

    @property
    def _base_style(self) -> Style:
        given = self._theme.base_style
        return given if given is not None else self.rich_style

    def _line_style(self, row: int) -> Style:
        """That of the line on which the cursor stands."""
        given = self._theme.cursor_line_style if self.highlight_cursor_line else None
        return given if given is not None and row == self.selection.end[0] else Style.null()

    def _parts(self, row: int, section: int) -> Iterator[Part]:
        """What stands on one row of the screen: a piece of the line, divided where its style changes."""
        line = self.document[row]
        ends = [0, *self.wrapped_document.get_offsets(row), len(line)]
        first, end = ends[section], ends[section + 1]
        # Behind the last sign is room for the cursor.
        text = line[first:end] + (" " if end == len(line) else "")
        tabs = iter(self.wrapped_document.get_tab_widths(row)[line.count("\t", 0, first) :])
        spans = self._spans(row, len(line))
        edges = sorted({0, len(text), *(min(max(edge - first, 0), len(text)) for span in spans for edge in span[:2])})
        own = self._line_style(row) if self._has_cursor else Style.null()
        for left, right in pairwise(edges):
            style = own
            for begin, stop, more in spans:
                style += more if begin <= first + left < stop else Style.null()
            piece = "".join(" " * next(tabs) if sign == "\t" else sign for sign in text[left:right])
            yield piece, style

    def _spans(self, row: int, length: int) -> list[tuple[int, int, Style]]:
        """From where to where in the line the selection reaches, and the cursor."""
        (top, from_column), (bottom, to_column) = sorted(self.selection)
        found: list[tuple[int, int, Style]] = []
        theme = self._theme
        if theme.selection_style and self.selection.start != self.selection.end and top <= row <= bottom:
            found.append(
                (from_column if row == top else 0, to_column if row == bottom else length, theme.selection_style)
            )
        cursor_row, column = self.selection.end
        if theme.cursor_style and row == cursor_row and self._draw_cursor:
            found.append((column, column + 1, theme.cursor_style))
        return found
