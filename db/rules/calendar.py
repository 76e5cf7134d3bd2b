"""工作日历: which days are worked, counted without a day loop.

A row of the table (a State Council notice's day off or make-up workday) wins over the weekday; a day
without a row is worked from Monday to Friday. Counting follows 民法典 §201: the first day is not counted.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, Literal

from db.rules.value import value

DayOffKind = Literal["off", "work"]

_ONE_DAY: Final = timedelta(days=1)
_LAST: Final = date.max.toordinal()


@value
class DayOff:
    """One row of the table: `day` is off or a make-up workday by the notice of that name."""

    day: date
    kind: DayOffKind
    notice: str


class WorkCalendar:
    """The days off and make-up workdays as one frozen value; of two rows for a day the later one counts.

    published: the years whose schedule is known. A year is known when both 元旦 (01-01) and 国庆 (10-01) have a
    row `off`: every State Council notice sets both, while a notice may reach into the December before
    (2022-12-31 is of 2023's) and the office may add a single day, neither of which publishes a year.
    """

    __slots__ = ("_counts", "_gains", "_kinds", "_ordinals", "published")

    published: frozenset[int]
    _kinds: dict[date, DayOffKind]
    _ordinals: tuple[int, ...]
    _gains: tuple[int, ...]
    _counts: tuple[int, ...]

    def __init__(self, rows: Iterable[DayOff] = ()) -> None:
        kinds = {row.day: row.kind for row in rows}
        exceptions = sorted(
            (day.toordinal(), 1 if kind == "work" else -1)
            for day, kind in kinds.items()
            if (kind == "work") != _is_weekday(day)
        )
        gains = accumulate((gain for _, gain in exceptions), initial=0)
        published = {day.year for day in kinds if _is_published_by(day, kinds)}
        object.__setattr__(self, "_kinds", kinds)
        object.__setattr__(self, "_ordinals", tuple(ordinal for ordinal, _ in exceptions))
        object.__setattr__(self, "_gains", tuple(gains))
        object.__setattr__(self, "_counts", tuple(map(self._workdays_to, self._ordinals)))
        object.__setattr__(self, "published", frozenset(published))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"WorkCalendar is frozen: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"WorkCalendar is frozen: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkCalendar) and self._kinds == other._kinds

    def __hash__(self) -> int:
        return hash(self._ordinals)

    def __repr__(self) -> str:
        return f"WorkCalendar({len(self._kinds)} rows, published={sorted(self.published)})"

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked: its row, else Monday to Friday."""
        kind = self._kinds.get(day)
        return _is_weekday(day) if kind is None else kind == "work"

    def is_known(self, year: int) -> bool:
        """Whether the year's schedule is published; else its counts are estimates (约)."""
        return year in self.published

    def workdays_until(self, today: date, due: date) -> int:
        """The number of workdays w with today < w <= due; minus those with due < w <= today once past."""
        return self._workdays_to(due.toordinal()) - self._workdays_to(today.toordinal())

    def nth_workday(self, start: date, n: int) -> date:
        """The n-th workday after start, or before it for negative n; start is never counted. 0 is start itself.

        Raises OverflowError when the count leaves the years 1 to 9999, as date arithmetic does.
        """
        if n == 0:
            return start
        first = start.toordinal()
        wanted = self._workdays_to(first) + n if n > 0 else self._workdays_to(first - 1) + n + 1
        # The exception that is not past when so many are reached: up to it, only the weekdays count.
        index = bisect_left(self._counts, wanted)
        weeks, rest = divmod(wanted - self._gains[index] - 1, 5)
        found = min(weeks * 7 + rest + 1, *self._ordinals[index : index + 1], _LAST + 1)
        if wanted < 1 or found > _LAST:
            raise OverflowError("date value out of range")
        return date.fromordinal(found)

    def is_estimate(self, first: date, last: date) -> bool:
        """Whether the days counted from first (not itself counted) to last touch a year without a schedule.

        Forwards these are first < w <= last, backwards last <= w < first; none when both are the same day.
        """
        if first == last:
            return False
        start, end = (first + _ONE_DAY, last) if first < last else (last, first - _ONE_DAY)
        return any(year not in self.published for year in range(start.year, end.year + 1))

    def _workdays_to(self, ordinal: int) -> int:
        """Workdays from 0001-01-01 (a Monday, ordinal 1) to that day, both included."""
        weeks, rest = divmod(ordinal, 7)
        return weeks * 5 + min(rest, 5) + self._gains[bisect_right(self._ordinals, ordinal)]


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def _is_published_by(day: date, kinds: dict[date, DayOffKind]) -> bool:
    if (day.month, day.day) != (1, 1) or kinds[day] != "off":
        return False
    return kinds.get(day.replace(month=10)) == "off"
