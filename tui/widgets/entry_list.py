"""The checklist, drawn by lines: a key down repaints two of them, however long the list is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from db.rules.rows import EntryRow
from tui.text import Part, strip_line
from tui.widgets.columns import LEAD, Columns, Measured, fit, heading_cells, measure, row_cells

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar

_EMPTY = "（没有条目）左右键换筛选，F7 自增事项，F10 换单位。"


class EntryList(ScrollView, can_focus=True):
    """One line an entry below a heading that stays. The cursor line begins with >, a marked one has a *."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entry-list--heading",
        "entry-list--cursor",
        "entry-list--marked",
        "entry-list--overdue",
        "entry-list--soon",
        "entry-list--closed",
        "entry-list--clerk",
    }
    DEFAULT_CSS = """
    EntryList { height: 1fr; width: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    EntryList > .entry-list--heading { text-style: underline dim; }
    EntryList > .entry-list--cursor { background: $panel; text-style: bold; }
    EntryList:focus > .entry-list--cursor { background: $primary-muted; text-style: bold; }
    EntryList > .entry-list--marked { color: $text-accent; text-style: bold; }
    EntryList > .entry-list--overdue { color: $text-error; text-style: bold; }
    EntryList > .entry-list--soon { color: $text-warning; }
    EntryList > .entry-list--closed { text-style: dim; }
    EntryList > .entry-list--clerk { color: $text-accent; text-style: italic; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]
    ALLOW_SELECT = False

    class Opened(Message):
        """The entry under the cursor was clicked once more: the clerk wants its details."""

    class Marked(Message):
        """The mark of the entry under the cursor was clicked."""

    def __init__(self, moved: Callable[[EntryRow], None], *, id: str | None = None) -> None:
        """moved is called with the entry to which the clerk moves the cursor.

        A call and not a message: what follows the cursor is then painted in the same frame, not 20 ms later.
        """
        super().__init__(id=id)
        self._moved = moved
        self._entries: tuple[EntryRow, ...] = ()
        self._all: tuple[EntryRow, ...] = ()
        self._year = 0
        self._today = date.min
        self._calendar: WorkCalendar | None = None
        self._cursor = 0
        self._marked: frozenset[int] = frozenset()
        self._measured: Measured | None = None
        self._columns: Columns | None = None
        self._columns_width = 0
        self._looks: dict[str, Style] = {}

    @property
    def current(self) -> EntryRow | None:
        """The entry under the cursor."""
        return self._entries[self._cursor] if self._entries else None

    @property
    def cursor(self) -> int:
        """Its place in the list, from 0."""
        return self._cursor

    def show(
        self,
        entries: Sequence[EntryRow],
        cursor: int,
        *,
        among: Sequence[EntryRow],
        year: int,
        today: date,
        calendar: WorkCalendar | None = None,
    ) -> None:
        """Lists the entries. Column widths follow `among`, all that could stand here, and so stay over a filter."""
        if self._all is not among or (self._year, self._today, self._calendar) != (year, today, calendar):
            self._measured = self._columns = None
        self._entries, self._all, self._year = tuple(entries), tuple(among), year
        self._today, self._calendar = today, calendar
        self._cursor = max(0, min(cursor, len(entries) - 1))
        self._size_for(len(entries) + 1)
        self._keep_in_sight()
        self.refresh()

    def _size_for(self, lines: int) -> None:
        size = Size(self.size.width, lines)
        if size != self.virtual_size:
            # Assigning it would lay the whole screen out again, at each key of a search; only the bar changes.
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def mark(self, marked: frozenset[int]) -> None:
        """Shows which entries are selected."""
        self._marked = marked
        self.refresh()

    def go_to(self, index: int) -> None:
        """Moves the cursor, at most to the first or last entry."""
        index = max(0, min(index, len(self._entries) - 1))
        if index == self._cursor or not self._entries:
            return
        for line in (self._cursor, index):
            self.refresh(self._region_of(line))
        self._cursor = index
        self._keep_in_sight()
        self._moved(self._entries[index])

    def action_move(self, step: int) -> None:
        self.go_to(self._cursor + step)

    def action_page(self, pages: int) -> None:
        self.go_to(self._cursor + pages * max(1, self.size.height - 2))

    def action_first(self) -> None:
        self.go_to(0)

    def action_last(self) -> None:
        self.go_to(len(self._entries) - 1)

    def on_resize(self) -> None:
        self._columns = None
        self.virtual_size = Size(self.size.width, len(self._entries) + 1)
        self._keep_in_sight(resized=True)

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None or at.y < 1:
            return
        event.stop()
        index = self.scroll_offset.y + at.y - 1
        if index >= len(self._entries):
            return
        again = index == self._cursor
        self.go_to(index)
        if at.x < LEAD:
            self.post_message(self.Marked())
        elif again and event.chain > 1:
            self.post_message(self.Opened())

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks = {}

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y == 0:
            return self._heading(width)
        index = self.scroll_offset.y + y - 1
        if index < len(self._entries):
            return self._row(index, width)
        empty = _EMPTY if not self._entries and y == 1 else ""
        return strip_line([("  " + empty, "")], width, self._look(""))

    def _fitted(self, width: int) -> Columns:
        # The scroll bar comes and goes with the length of the list, and no resize tells of it.
        if self._columns is None or self._columns_width != width:
            self._columns_width = width
            if self._measured is None:
                self._measured = measure(self._all, self._year, self._today, self._calendar)
            self._columns = fit(self._measured, width)
        return self._columns

    def _heading(self, width: int) -> Strip:
        parts: list[Part] = [("  ", "")]
        parts += [(text, "") for _, text in heading_cells(self._fitted(width))]
        style = self._look("") + self._look("heading")
        return strip_line(parts, width, style)

    def _row(self, index: int, width: int) -> Strip:
        entry = self._entries[index]
        at_cursor = index == self._cursor
        base = self._look("")
        if _is_closed(entry):
            base += self._look("closed")
        if at_cursor:
            base += self._look("cursor")
        marked = entry.id in self._marked
        parts: list[Part] = [(">" if at_cursor else " ", ""), ("*" if marked else " ", self._look("marked"))]
        parts += [(text, self._cell_look(name, entry)) for name, text in row_cells(entry, self._fitted(width))]
        return strip_line(parts, width, base)

    def _cell_look(self, name: str, entry: EntryRow) -> Style | str:
        if name == "countdown" and self._columns is not None:
            days = self._columns.pressing(entry).days
            if days is not None and days < 0:
                return self._look("overdue")
            return self._look("soon") if days is not None and days <= 7 else ""
        if (name == "deadline" and entry.deadline.adjusted) or (name in ("deadline", "number") and entry.own):
            return self._look("clerk")
        return ""

    def _look(self, name: str) -> Style:
        if name not in self._looks:
            self._looks[name] = (
                self.get_component_rich_style(f"entry-list--{name}", partial=True) if name else self.rich_style
            )
        return self._looks[name]

    def _region_of(self, index: int) -> Region:
        return Region(0, index + 1 - self.scroll_offset.y, self.size.width, 1)

    def _keep_in_sight(self, *, resized: bool = False) -> None:
        rows = self.size.height - 1
        if rows <= 0:
            return
        top = self.scroll_offset.y
        if resized and self._cursor < rows:
            # What a small window scrolled away comes back.
            top = 0
        elif self._cursor < top:
            top = self._cursor
        elif self._cursor >= top + rows:
            top = self._cursor - rows + 1
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)


def _is_closed(entry: EntryRow) -> bool:
    return entry.applicability == "not_ours" or entry.status in ("done", "not_applicable")
