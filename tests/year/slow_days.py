"""Days counted by walking over them, with chinesecalendar's two lists and nothing of the program."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from chinese_calendar import constants

ONE_DAY = timedelta(days=1)


@cache
def is_worked(day: date) -> bool:
    if day in constants.workdays:  # a make-up workday
        return True
    if day in constants.holidays:
        return False
    return day.weekday() < 5


@cache
def is_published(year: int) -> bool:
    """Whether the State Council has said which days of the year are off: its notice names both feasts."""
    return date(year, 1, 1) in constants.holidays and date(year, 10, 1) in constants.holidays


def walk(after: date, to: date) -> list[date]:
    """Every day after the one up to and with the other."""
    days = []
    day = after
    while day < to:
        day += ONE_DAY
        days.append(day)
    return days


@cache
def is_estimate(one: date, other: date) -> bool:
    """Whether a day that is counted between the two lies in a year that nobody has published."""
    if one < other:
        return any(not is_published(day.year) for day in walk(one, other))
    # Backwards the later day is the one from which is counted, and the earlier one counts.
    return any(not is_published(day.year) for day in walk(other - ONE_DAY, one - ONE_DAY))


@cache
def _left(today: date, due: date) -> tuple[int, int, bool]:
    days = workdays = 0
    estimated = False
    for day in walk(min(today, due), max(today, due)):
        days += 1
        if is_worked(day):
            workdays += 1
        if not is_published(day.year):
            estimated = True
    if due < today:
        return -days, -workdays, estimated
    return days, workdays, estimated


def countdown(today: date, due: date) -> dict[str, Any]:
    days, workdays, estimated = _left(today, due)
    return {"days": days, "workdays": workdays, "estimated": estimated, "overdue": due < today}


def last_day(year: int, month: int) -> date:
    day = date(year, month, 28)
    while (day + ONE_DAY).month == month:
        day += ONE_DAY
    return day
