"""期次: the periods of a recurring deadline in a ledger year."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Final

from db.rules.rows_counted import OccurrenceRow, QuotaRow
from db.rules.words import OccurrenceState

_SHAPE: Final = re.compile(r"FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;[A-Z]+=[0-9A-Z,+-]+)*")
_PARTS: Final[dict[str, tuple[int, int] | None]] = {
    "FREQ": None,
    "BYDAY": None,
    "WKST": None,
    "INTERVAL": (1, 999),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYSETPOS": (-366, 366),
}
"""The parts that a rule may have, with the range of those that are numbers.

No start, end or count, since a plan has no year, and no hours; dateutil takes INTERVAL=0 and then never ends.
"""

_PLAIN: Final = {"FREQ=YEARLY": 12, "FREQ=MONTHLY": 1, "FREQ=MONTHLY;INTERVAL=3": 3}
"""Rules that begin on the first of a month, by their length in months: no start has to load dateutil for these."""

_ONE_DAY: Final = timedelta(days=1)


@lru_cache(maxsize=64)
def spans(rule: str, year: int) -> tuple[tuple[date, date], ...]:
    """The first and last day of each occurrence of the year, in order; there may be none.

    rule is an RRULE (RFC 5545) without DTSTART, begun on 1 January of the year: an occurrence lasts until the day
    before the next one, the last one until 31 December. Raises ValueError naming a rule that is none.
    """
    starts = _starts(rule, year)
    ends = [start - _ONE_DAY for start in starts[1:]]
    return tuple(zip(starts, [*ends, date(year, 12, 31)], strict=True)) if starts else ()


def occurrence_rows(
    rule: str,
    year: int,
    settled: Mapping[date, tuple[date, str | None]],
    quotas: Sequence[QuotaRow],
    today: date,
) -> tuple[OccurrenceRow, ...]:
    """The occurrences of the year with their state on that day.

    settled: done_on and what_was_done by the first day of the occurrence; a day that begins none is left out.
    quotas: the rows of the same entry; an occurrence is met when there are rows of its very days and all are met.
    Raises ValueError as spans does.
    """
    filled = _filled(quotas)
    return tuple(
        OccurrenceRow(start, end, "done", *settled[start])
        if start in settled
        else OccurrenceRow(start, end, _state(start, end, filled.get((start, end), False), today))
        for start, end in spans(rule, year)
    )


def _filled(quotas: Sequence[QuotaRow]) -> dict[tuple[date, date], bool]:
    """Whether all quotas of a period are met, by its days. A quota by items has none: more items may come."""
    filled: dict[tuple[date, date], bool] = {}
    for quota in quotas:
        if quota.period != "item":
            days = (quota.period_start, quota.period_end)
            filled[days] = filled.get(days, True) and quota.met is True
    return filled


def _state(start: date, end: date, met: bool, today: date) -> OccurrenceState:
    if met:
        return "met"
    if end < today:
        return "missed"
    return "current" if start <= today else "coming"


def _starts(rule: str, year: int) -> list[date]:
    if rule in _PLAIN:
        return [date(year, month, 1) for month in range(1, 13, _PLAIN[rule])]
    from dateutil.rrule import rrulestr  # only a ledger with a recurring task pays for it

    if not _is_rule(rule):
        raise ValueError(f"not a recurrence rule: {rule!r}")
    try:
        days = rrulestr(rule, dtstart=datetime(year, 1, 1))
    except ValueError as error:
        raise ValueError(f"not a recurrence rule: {rule!r}") from error
    return [moment.date() for moment in takewhile(lambda moment: moment.year == year, days)]


def _is_rule(rule: str) -> bool:
    if not _SHAPE.fullmatch(rule):
        return False
    parts = [part.partition("=")[::2] for part in rule.split(";")]
    names = [name for name, _ in parts]
    return len(set(names)) == len(names) and all(_part_fits(name, value) for name, value in parts)


def _part_fits(name: str, value: str) -> bool:
    if name not in _PARTS:
        return False
    bounds = _PARTS[name]
    if bounds is None:
        return True
    if not re.fullmatch(r"[+-]?[0-9]{1,3}(,[+-]?[0-9]{1,3})*", value):
        return False
    low, high = bounds
    return all(low <= int(number) <= high and int(number) != 0 for number in value.split(","))
