"""A month by weeks, Monday first, drawn by lines: 休 and 班, 今 for today, and how many things fall on each day."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.text import Part, cells, cut, pad, strip_line
from tui.wording_days import OFF, WEEKDAYS, WORK, day_kind_words

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar

WEEKS: Final = 6
_WIDEST: Final = 14
_MONDAY_FIRST: Final = Calendar(firstweekday=0)


class MonthGrid(Widget, can_focus=True):
    """The cursor's day stands in > and <, without room for both behind >.

    A click on a day moves there, on the cursor's day takes it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "month-grid--heading",
        "month-grid--cursor",
        "month-grid--off",
        "month-grid--work",
        "month-grid--outside",
        "month-grid--due",
        "month-grid--today",
    }
    DEFAULT_CSS = """
    MonthGrid { height: 7; max-height: 7; width: 1fr; padding: 0 1; background: $surface; color: $foreground; }
    MonthGrid > .month-grid--heading { text-style: bold; color: $text-accent; }
    MonthGrid > .month-grid--cursor { background: $primary-muted; text-style: bold; }
    MonthGrid > .month-grid--off { color: $text-success; }
    MonthGrid > .month-grid--work { color: $text-warning; }
    MonthGrid > .month-grid--outside { text-style: dim; }
    MonthGrid > .month-grid--due { text-style: bold; color: $text-accent; }
    MonthGrid > .month-grid--today { text-style: bold; color: $text-primary; }
    """
    ALLOW_SELECT = False

    class Picked(Message):
        """A day was clicked; again: it was the cursor's already."""

        def __init__(self, day: date, again: bool) -> None:
            super().__init__()
            self.day = day
            self.again = again

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self._day = day
        self._today = today
        self._calendar: WorkCalendar | None = None
        self._numbers: Mapping[date, int] = {}

    def show(self, day: date, today: date, calendar: WorkCalendar, numbers: Mapping[date, int]) -> None:
        """Shows the month of `day`. numbers: how many things fall on each day that has some."""
        self._day, self._today, self._calendar, self._numbers = day, today, calendar, numbers
        self.refresh()

    def weeks(self) -> list[list[date]]:
        """The days that are drawn: whole weeks, those of the months beside too. Years 1 and 9999 end the calendar."""
        return _MONDAY_FIRST.monthdatescalendar(self._day.year, self._day.month)

    def _weeks_in_sight(self) -> list[list[date]]:
        """As many weeks as there are lines, the cursor's among them."""
        weeks, rows = self.weeks(), max(self.size.height - 1, 1)
        at = next(index for index, week in enumerate(weeks) if self._day in week)
        first = max(0, min(at - rows // 2, len(weeks) - rows))
        return weeks[first : first + rows]

    def day_text(self, day: date, width: int) -> str:
        """What stands for a day at that width: 12休 3项, 22今 1项; with less room 12休*, then 12休, at last 12."""
        kind = day_kind_words(day, self._calendar) if self._calendar else ""
        marks = kind + ("今" if day == self._today else "")
        number = self._numbers.get(day, 0)
        # A bare number would be read as another day.
        tails = (f" {number}项", "*") if number else ()
        texts = [*(f"{day.day:>2}{marks}{tail}" for tail in tails), f"{day.day:>2}{marks}", f"{day.day:>2}{kind}"]
        return next((text for text in texts if cells(text) <= width), cut(f"{day.day:>2}", width))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        column = self._column(width)
        if y == 0:
            style = self._look("heading")
            return strip_line([(pad(f"  {name}", column), style) for name in WEEKDAYS], width, self.rich_style)
        weeks = self._weeks_in_sight()
        if y > len(weeks):
            return Strip.blank(width, self.rich_style)
        parts: list[Part] = []
        for day in weeks[y - 1]:
            at_cursor = day == self._day
            # The marks say it without colour.
            text = self.day_text(day, column - 1)
            left, right = (">", "<" if cells(text) < column - 1 else "") if at_cursor else (" ", "")
            parts.append((pad(left + text + right, column), self._style_of(day, at_cursor)))
        return strip_line(parts, width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None or at.y < 1:
            return
        event.stop()
        weeks, column = self._weeks_in_sight(), at.x // self._column(self.size.width)
        if at.y <= len(weeks) and column < len(WEEKDAYS):
            day = weeks[at.y - 1][column]
            self.post_message(self.Picked(day, day == self._day))

    def _column(self, width: int) -> int:
        return max(4, min(_WIDEST, width // len(WEEKDAYS)))

    def _style_of(self, day: date, at_cursor: bool) -> Style | str:
        style = Style()
        kind = day_kind_words(day, self._calendar) if self._calendar else ""
        works = self._calendar.is_workday(day) if self._calendar else day.weekday() < 5
        if kind == WORK:
            style += self._look("work")
        elif kind == OFF or not works:
            style += self._look("off")
        if day in self._numbers:
            style += self._look("due")
        if day == self._today:
            style += self._look("today")
        if day.month != self._day.month:
            style += self._look("outside")
        return style + self._look("cursor") if at_cursor else style

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"month-grid--{name}", partial=True)
