"""The recurrence of a reading: an RRULE (RFC 5545) without start, end and count, since a plan has no year."""

import re
from datetime import MAXYEAR, datetime
from functools import lru_cache
from typing import Final

from db.intake.plan_table import Table

RRULE_SHAPE: Final = re.compile(r"FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;[A-Z]+=[0-9A-Z,+-]+)*")
NUMBER_RANGES: Final = {"INTERVAL": (1, 999), "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYSETPOS": (-366, 366)}
"""dateutil takes INTERVAL=0 and then never ends, and a month 13 that never comes."""

WORD_PARTS: Final = ("FREQ", "BYDAY", "WKST")
LAST_YEARS: Final = range(MAXYEAR - 1, MAXYEAR - 29, -1)
"""A round of 28 years: every year begins on every weekday, common and leap."""

HINT: Final = "例如每月 FREQ=MONTHLY，每季度 FREQ=MONTHLY;INTERVAL=3，每年 FREQ=YEARLY；不写 DTSTART、UNTIL、COUNT。"


def recurrence(table: Table) -> str:
    """The key `recurrence` of a task or a deadline, checked."""
    from dateutil.rrule import rrulestr  # only planting and intake need it

    text = table.text("recurrence")
    if not RRULE_SHAPE.fullmatch(text):
        table.refuse("recurrence", "不是合法的周期规则（RRULE）", HINT)
    parts = [part.partition("=")[::2] for part in text.split(";")]
    if len({name for name, _ in parts}) < len(parts):
        table.refuse("recurrence", "周期规则的同一部分写了两次", HINT)
    for name, value in parts:
        if not _part_fits(name, value):
            table.refuse("recurrence", f"周期规则里的 {name}={value} 不能用", HINT)
    try:
        rrulestr(text, dtstart=datetime(LAST_YEARS[0], 1, 1))
    except ValueError:
        table.refuse("recurrence", "不是合法的周期规则（RRULE）", HINT)
    if not comes_every_year(text):
        table.refuse("recurrence", "按这个周期有的年份一次也没有", HINT)
    return text


@lru_cache(maxsize=64)
def comes_every_year(rule: str) -> bool:
    """Whether a rule that begins on 1 January comes within every year, common or leap, whatever its weekdays.

    dateutil looks for a day that never comes (30 February) until the end of its calendar, some 8,000 years and 4
    seconds: the years tried are the last ones of it, a whole round of weekdays and leap years, so it has few to go.
    """
    from dateutil.rrule import rrulestr  # only planting and intake need it

    for year in LAST_YEARS:
        try:
            first = next(iter(rrulestr(rule, dtstart=datetime(year, 1, 1))), None)
        except (ValueError, OverflowError):  # it went past the last day of the calendar
            return False
        if first is None or first.year != year:
            return False
    return True


def _part_fits(name: str, value: str) -> bool:
    if name in WORD_PARTS:
        return True
    if name not in NUMBER_RANGES or not re.fullmatch(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*", value):
        return False
    low, high = NUMBER_RANGES[name]
    return all(low <= int(number) <= high and int(number) != 0 for number in value.split(","))
