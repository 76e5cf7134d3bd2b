"""The words of the work calendar: what a day is, what falls on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from db.rules.order import is_open
from db.rules.rows import ClockRow, EntryRow, ReportRow
from tui.wording_counted import clock_left_words
from tui.wording_periods import period_words

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar

WEEKDAYS: Final = "一二三四五六日"
MOVED_SHOWN: Final = 2
"""How many moved due days an answer names; the calendar's text lists all."""
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


@dataclass(frozen=True, slots=True)
class Dated:
    """All of a ledger that a change of the calendar may move."""

    entries: tuple[EntryRow, ...] = ()
    clocks: tuple[ClockRow, ...] = ()
    reports: tuple[ReportRow, ...] = ()


def moved_words(before: Dated, after: Dated) -> str:
    """3 个计时、1 项到期日的倒计时随之变化：某件 2026-12-10 → 2026-12-11; also that nothing has changed."""
    clocks = sum(1 for old, new in _clock_pairs(before, after) if (old.due, old.countdown) != (new.due, new.countdown))
    dates = _changed_dates(before, after)
    counts = (f"{clocks} 个计时" if clocks else "", f"{dates} 项到期日" if dates else "")
    if not any(counts):
        return "没有倒计时因此变化。"
    moved = moved_days(before, after)
    named = "；".join(moved[:MOVED_SHOWN]) + (f" 等 {len(moved)} 个" if len(moved) > MOVED_SHOWN else "")
    return f"{'、'.join(filter(None, counts))}的倒计时随之变化{f'：{named}' if named else ''}。"


def moved_days(before: Dated, after: Dated) -> tuple[str, ...]:
    """某件 2026-12-10 → 2026-12-11 for each open clock whose due day is another now."""
    return tuple(
        f"{new.subject} {_due_words(old)} → {_due_words(new)}"
        for old, new in _clock_pairs(before, after)
        if old.due != new.due
    )


def _due_words(clock: ClockRow) -> str:
    return clock.due.isoformat() if clock.due else "未定"


def _clock_pairs(before: Dated, after: Dated) -> list[tuple[ClockRow, ClockRow]]:
    old = {clock.id: clock for clock in before.clocks}
    return [(old[clock.id], clock) for clock in after.clocks if clock.id in old and clock.state != "closed"]


def _changed_dates(before: Dated, after: Dated) -> int:
    """How many entries and reports count down otherwise."""
    entries = {entry.id: entry.countdown for entry in before.entries}
    reports = {report.what: report.countdown for report in before.reports}
    return sum(
        [entry.countdown != entries.get(entry.id, entry.countdown) for entry in after.entries]
        + [report.countdown != reports.get(report.what, report.countdown) for report in after.reports]
    )


def day_run_words(first: date, last: date, year: int | None) -> str:
    """2月6日（六）至2月13日（六）放假 8 天; a day of another year than `year` with its own."""
    days = (last - first).days + 1
    span = short_day_words(first, year) + (f"至{short_day_words(last, year)}" if days > 1 else "")
    return f"{span}放假 {days} 天"


def short_day_words(day: date, year: int | None) -> str:
    """2月6日（六）."""
    of_year = f"{day.year}年" if day.year != year else ""
    return f"{of_year}{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """First and last of each run of days without a gap; the days in order."""
    first = last = None
    for day in days:
        if first is not None and last is not None and day != last + timedelta(days=1):
            yield first, last
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield first, last


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
