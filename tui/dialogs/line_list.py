"""A list of choices, one line each, drawn by lines: any length, widths in cells, a mark beside the chosen line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.text import cells, cut, pad, strip_line

LineLook = Literal["", "alarm", "mark", "muted"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: `left` is cut where it does not fit, `right` stays whole. A heading cannot be chosen.

    look colours the line; what it says stands in words too.
    """

    left: str
    right: str = ""
    heading: bool = False
    look: LineLook = ""


class LineList(ScrollView, can_focus=True):
    """Choices under a cursor. Enter or a click on the line under the cursor takes it; a click elsewhere moves there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--cursor",
        "line-list--heading",
        "line-list--alarm",
        "line-list--mark",
        "line-list--muted",
    }
    DEFAULT_CSS = """
    LineList {
        height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        background: $surface; color: $foreground;
    }
    LineList > .line-list--cursor { background: $panel; text-style: bold; }
    LineList:focus > .line-list--cursor { background: $primary-muted; text-style: bold; }
    LineList > .line-list--heading { color: $text-accent; text-style: bold; }
    LineList > .line-list--alarm { color: $text-error; text-style: bold; }
    LineList > .line-list--mark { color: $text-warning; }
    LineList > .line-list--muted { text-style: dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "take", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another line now."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Taken(Message):
        """The clerk takes this line. Keys come in bursts: when this is read, the list may have other choices."""

        def __init__(self, index: int, choice: Choice) -> None:
            super().__init__()
            self.index = index
            self.choice = choice

    def __init__(self, choices: Sequence[Choice] = (), *, cursor: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices = tuple(choices)
        self._cursor = cursor
        self._settle_cursor()
        self._given = self._cursor

    def on_mount(self) -> None:
        self._measure()
        self.call_after_refresh(self._show_cursor)

    @property
    def cursor(self) -> int | None:
        """The index of the line under the cursor, None when nothing can be chosen."""
        return self._cursor if any(not choice.heading for choice in self._choices) else None

    @property
    def is_changed(self) -> bool:
        """Whether the cursor stands on another line now than at first."""
        return self.cursor is not None and self._cursor != self._given

    @property
    def kept(self) -> str:
        """The line under the cursor, as the window's draft keeps it."""
        return self._choices[self._cursor].left if self.cursor is not None else ""

    def put_back(self, kept: str) -> None:
        """The cursor to the line that was kept, if there still is one."""
        found = next((at for at, one in enumerate(self._choices) if one.left == kept and not one.heading), None)
        if found is not None:
            self.go(found)

    def fill(self, choices: Sequence[Choice], cursor: int = 0) -> None:
        """Other lines, with the cursor on `cursor` or the first line after it that can be chosen."""
        self._choices = tuple(choices)
        self._cursor = cursor
        self._settle_cursor()
        self._measure()
        self.refresh()
        self._show_cursor()

    def go(self, index: int) -> None:
        """Put the cursor on a line that can be chosen; a heading or what is no line is left alone."""
        if not 0 <= index < len(self._choices) or self._choices[index].heading or index == self._cursor:
            return
        self._cursor = index
        self.refresh()
        self._show_cursor()
        self.post_message(self.Moved(index))

    def action_move(self, step: int) -> None:
        index = self._cursor + step
        while 0 <= index < len(self._choices) and self._choices[index].heading:
            index += step
        self.go(index)

    def action_page(self, direction: int) -> None:
        target = self._cursor + direction * max(self.size.height - 1, 1)
        self._go_near(min(max(target, 0), len(self._choices) - 1), direction)

    def action_first(self) -> None:
        self._go_near(0, -1)

    def action_last(self) -> None:
        self._go_near(len(self._choices) - 1, 1)

    def action_take(self) -> None:
        if self.cursor is not None:
            self.post_message(self.Taken(self._cursor, self._choices[self._cursor]))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        line = event.y + self.scroll_offset.y
        if line == self._cursor:
            self.action_take()
        else:
            self.go(line)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if line >= len(self._choices):
            return Strip.blank(width, self.rich_style)
        choice = self._choices[line]
        if choice.heading:
            return self._drawn(choice, "", self.get_component_rich_style("line-list--heading"), width)
        at_cursor = line == self._cursor
        style = self.get_component_rich_style("line-list--cursor") if at_cursor else self.rich_style
        if choice.look:
            style += self.get_component_rich_style(f"line-list--{choice.look}", partial=True)
        return self._drawn(choice, "> " if at_cursor else "  ", style, width)

    def _drawn(self, choice: Choice, mark: str, style: Style, width: int) -> Strip:
        right = cut(choice.right, max(width - 8, 0)) if choice.right else ""
        room = max(width - cells(mark) - cells(right) - (2 if right else 1), 0)
        left = pad(cut(choice.left, room), room)
        return strip_line([(mark + left + " ", style), (right + " " if right else "", style)], width)

    def _go_near(self, index: int, direction: int) -> None:
        """To the line, or where that is a heading to the next one further on, or else back."""
        for step in (direction, -direction):
            near = index
            while 0 <= near < len(self._choices):
                if not self._choices[near].heading:
                    self.go(near)
                    return
                near += step

    def _settle_cursor(self) -> None:
        last = len(self._choices) - 1
        index = min(max(self._cursor, 0), max(last, 0))
        while index < last and self._choices[index].heading:
            index += 1
        self._cursor = index

    def _measure(self) -> None:
        self.virtual_size = Size(0, len(self._choices))

    def _show_cursor(self) -> None:
        above = 1 if self._cursor and self._choices[self._cursor - 1].heading else 0
        self.scroll_to_region(Region(0, self._cursor - above, 1, 1 + above), animate=False, force=True, immediate=True)
