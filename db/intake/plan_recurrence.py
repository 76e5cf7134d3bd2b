"""The recurrence of a reading: an RRULE (RFC 5545) without start, end and count, since a plan has no year."""

import re
from datetime import datetime
from typing import Final

from db.intake.plan_table import Table

RRULE_SHAPE: Final = re.compile(r"FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;[A-Z]+=[0-9A-Z,+-]+)*")
NUMBER_RANGES: Final = {"INTERVAL": (1, 999), "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYSETPOS": (-366, 366)}
"""dateutil takes INTERVAL=0 and then never ends, and a month 13 that never comes."""

WORD_PARTS: Final = ("FREQ", "BYDAY", "WKST")
SOME_DAY: Final = datetime(2020, 1, 1)
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
        rrulestr(text, dtstart=SOME_DAY)
    except ValueError:
        table.refuse("recurrence", "不是合法的周期规则（RRULE）", HINT)
    return text


def _part_fits(name: str, value: str) -> bool:
    if name in WORD_PARTS:
        return True
    if name not in NUMBER_RANGES or not re.fullmatch(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*", value):
        return False
    low, high = NUMBER_RANGES[name]
    return all(low <= int(number) <= high and int(number) != 0 for number in value.split(","))
