"""工作日历: a month by weeks with days off, make-up workdays and what falls on each day; a year comes in here."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from db.errors import TaizhangError
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.typed_date import EARLIEST_YEAR, LATEST_YEAR
from tui.screens.day_work import DayWork
from tui.text import shown
from tui.view_commands import CALENDAR
from tui.widgets.key_line import KeyLine
from tui.widgets.month_grid import MonthGrid
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall
from tui.wording_counted import left_words
from tui.wording_days import Dated, DayThing, schedule_warning, things, weekday_words

if TYPE_CHECKING:
    from db.reads.office import DayRow
    from db.rules.calendar import WorkCalendar
    from tui.desk import Desk

_PANE_FROM = 14
"""Lines from which the day's text stands below the month."""
_THING_NAMES = {"entry": "到期", "occurrence": "本期末", "clock": "计时", "report": "报送"}


class CalendarScreen(DayWork):
    """The month of the cursor's day; below it that day: worked or not, by which notice, and what falls on it."""

    NAME = "calendar"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CALENDAR))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("工作日历", CALENDAR),
        ("各个画面", EVERYWHERE),
    )
    AUTO_FOCUS = "MonthGrid"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._things: tuple[DayThing, ...] = ()
        self._rows: dict[int, tuple[DayRow, ...]] = {}
        self._title = Static(classes="title")
        self._grid = MonthGrid(self._day, self.today)
        self._pane = ReadingPane()

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._grid
        yield self._pane
        yield StatusLine()
        yield KeyLine(CALENDAR)
        yield TooSmall()

    def on_mount(self) -> None:
        super().on_mount()
        self.reread()
        self.say(self.standing_words())

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.set_class(event.size.height < _PANE_FROM, "-low")

    def reread(self) -> None:
        try:
            self._work = self.desk.calendar()
            self._rows = {}
            clocks, reports = self.desk.clocks(), self.desk.reports()
        except TaizhangError as error:
            self.complain(error)
            return
        super().reread()
        self._dated = Dated(self.entries, clocks, reports)
        self._things = tuple(things(self.entries, clocks, reports))
        self.show_entries()

    def standing_words(self) -> str:
        return schedule_warning(self.today, self._work) if self._work else ""

    def show_entries(self) -> None:
        if self._work is None:
            return
        numbers = Counter(thing.day for thing in self._things)
        self._grid.show(self._day, self.today, self._work, numbers)
        self._title.update(shown(_month_words(self._day, self._work)))
        self._pane.show(list(self._blocks(self._work)))

    # The day under the cursor

    def _blocks(self, work: WorkCalendar) -> Iterator[Block]:
        day = self._day
        row = self.row_of(day)
        works = work.is_workday(day)
        kind = "上班" if works else "放假" if row else "周末"
        left = f"  {left_words(self.today, day, work)}" if day != self.today else "  今天"
        yield Block(f"{day.isoformat()} {weekday_words(day)}  {kind}{left}", look="heading")
        if row is not None:
            origin = "本单位录入" if row.origin == "office" else "随程序带来"
            yield Block(f"{row.notice}（{origin}）", "依据")
        if not work.is_known(day.year):
            yield Block(
                f"{day.year} 年的放假安排尚未录入，按周一至周五估算，凡用到的天数都是约数。按 F3 粘贴通知。",
                "约",
                "mark",
            )
        for words in self._moved:
            yield Block(words, "到期变动", "mark")
        fallen = [thing for thing in self._things if thing.day == day]
        for thing in fallen:
            yield Block(thing.text, _THING_NAMES[thing.kind], "mark" if day >= self.today else "alarm")
        if not fallen:
            yield Block("这一天没有到期的事项、计时和报送。", look="muted")
        yield from self._of_month(work)

    def _of_month(self, work: WorkCalendar) -> Iterator[Block]:
        """The changed days of the month with their weekdays, and what else falls in it."""
        for label, kind in (("本月放假", "off"), ("本月补班", "work")):
            days = [
                f"{row.day:%m-%d}（{weekday_words(row.day)}）"
                for row in self._rows_of(self._day.year)
                if row.kind == kind and row.day.month == self._day.month
            ]
            if days:
                yield Block("、".join(days), label)
        month = sorted(
            (thing for thing in self._things if (thing.day.year, thing.day.month) == (self._day.year, self._day.month)),
            key=lambda thing: thing.day,
        )
        if month:
            yield Block("")
            yield Block(f"本月（{len(month)} 项）", look="heading")
        for thing in month:
            yield Block(f"{_THING_NAMES[thing.kind]}：{thing.text}", f"{thing.day:%m-%d}")

    def row_of(self, day: date) -> DayRow | None:
        return next((row for row in self._rows_of(day.year) if row.day == day), None)

    def _rows_of(self, year: int) -> tuple[DayRow, ...]:
        if year not in self._rows:
            try:
                self._rows[year] = self.desk.day_rows(year)
            except TaizhangError as error:
                self.complain(error)
                return ()
        return self._rows[year]

    # Moving

    def _move_to(self, day: date) -> None:
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            self.say(f"日历从 {EARLIEST_YEAR} 年到 {LATEST_YEAR} 年。")
            return
        self._day = day
        self._moved = ()
        self.say(self.standing_words())
        self.show_entries()

    def action_previous_day(self) -> None:
        self._move_to(self._day - timedelta(days=1))

    def action_next_day(self) -> None:
        self._move_to(self._day + timedelta(days=1))

    def action_previous_week(self) -> None:
        self._move_to(self._day - timedelta(days=7))

    def action_next_week(self) -> None:
        self._move_to(self._day + timedelta(days=7))

    def action_previous_month(self) -> None:
        self._move_month(-1)

    def action_next_month(self) -> None:
        self._move_month(1)

    def _move_month(self, step: int) -> None:
        year, month = divmod(self._day.year * 12 + self._day.month - 1 + step, 12)
        last = monthrange(year, month + 1)[1]
        self._move_to(date(year, month + 1, min(self._day.day, last)))

    def action_this_day(self) -> None:
        self._move_to(self.today)

    def on_month_grid_picked(self, event: MonthGrid.Picked) -> None:
        if not event.again:
            self._move_to(event.day)
        elif self.is_active:
            self.action_set_day()


def _month_words(day: date, work: WorkCalendar) -> str:
    """工作日历  2026 年 11 月  工作日 21 天."""
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    about = "" if work.is_known(day.year) else "约 "
    workdays = work.workdays_until(first, last) + work.is_workday(first)
    return f"工作日历  {day.year} 年 {day.month} 月  工作日 {about}{workdays} 天"
