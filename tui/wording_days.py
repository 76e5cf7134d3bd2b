"""The words of the work calendar: what a day is, what falls on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from db.rules.order import is_open
from db.rules.rows import ClockRow, EntryRow, ReportRow
from tui.wording_counted import clock_left_words, period_words

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar

WEEKDAYS: Final = "一二三四五六日"
OFF: Final = "休"
WORK: Final = "班"
SCHEDULE_EXPECTED: Final = (11, 1)
"""Month and day from which the State Council's schedule of the next year is expected."""


@dataclass(frozen=True, slots=True)
class DayThing:
    """What falls on a day: text is a line of its own; entry, clock and report say what it is about."""

    day: date
    kind: Literal["entry", "occurrence", "clock", "report"]
    text: str


def day_kind_words(day: date, calendar: WorkCalendar) -> str:
    """休 and 班 where the schedule changes the weekday, else ''."""
    works = calendar.is_workday(day)
    if works == (day.weekday() < 5):
        return ""
    return WORK if works else OFF


def weekday_words(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"


def things(entries: Iterable[EntryRow], clocks: Iterable[ClockRow], reports: Iterable[ReportRow]) -> Iterator[DayThing]:
    """All that has a day and is not closed: due dates, ends of periods, clocks, reports."""
    for entry in entries:
        if not is_open(entry):
            continue
        number = entry.number if entry.own else f"第 {entry.number} 项"
        due = entry.deadline.effective
        if due is not None:
            yield DayThing(due, "entry", f"{number}  {entry.requirement}")
        for row in entry.occurrences:
            if row.state in ("missed", "current", "coming"):
                name = period_words(row.start, row.end)
                yield DayThing(row.end, "occurrence", f"{number}（{name}一期）  {entry.requirement}")
    for clock in clocks:
        if clock.due is not None and clock.state != "closed":
            words = f"{clock.subject}：{clock.rule.action}（{clock_left_words(clock)}）"
            yield DayThing(clock.due, "clock", words)
    for report in reports:
        if report.due is not None and report.handed_in_on is None:
            yield DayThing(report.due, "report", f"{report.what}  报 {report.to}")


def schedule_warning(today: date, calendar: WorkCalendar) -> str:
    """From November on, that the schedule of the next year is missing; '' otherwise."""
    year = today.year + 1
    if (today.month, today.day) < SCHEDULE_EXPECTED or calendar.is_known(year):
        return ""
    return f"{year} 年的放假安排还没有录入，跨年的工作日都是约数：按 F3 粘贴国务院办公厅的通知。"
