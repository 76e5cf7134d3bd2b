"""A point in time of a phrase: its words -> the days that it may mean.

The grammar and what a reading is stand in deadline_grammar.py, which puts points together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.intake.phrases.deadline_lexer import Kind, Lexeme

YEAR_WORDS: Final[tuple[Kind, ...]] = ("year", "year_end", "year_start", "year_middle", "year_in")
WEEKDAYS: Final = "一二三四五六日"
DECADES: Final[dict[str, int | None]] = {"上": 10, "中": 20, "下": None}
MONTH_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a year that is printed, or of the plan's year + later; day None is the month's last."""

    month: int
    day: int | None
    year: int | None = None
    later: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """text[start:end]. readings: see above; before: it says 前; unsure: no date is written, one is only near (年内)."""

    start: int
    end: int
    readings: tuple[Day, ...]
    before: bool = False
    unsure: bool = False
    weekday: int | None = None
    dated: bool = True


def touches(words: Sequence[Lexeme], at: int, *kinds: Kind) -> bool:
    """Whether the word at this place is of these kinds and stands right behind the one before."""
    return 0 < at < len(words) and words[at].kind in kinds and words[at].start == words[at - 1].end


def point_at(words: Sequence[Lexeme], at: int) -> tuple[Point | None, int]:
    first = words[at]
    if first.kind == "date":
        printed, month, day = first.values
        return with_tail(words, at, at + 1, possible((Day(month, day, printed),)))
    if first.kind == "year_month":
        return with_tail(words, at, at + 1, month_ends(first.values[1:], first.values[0], 0))
    if first.kind == "plan_years":
        return with_tail(words, at, at + 1, (Day(12, 31, first.values[0]),), unsure=True)
    after, year, later, wrong = _year(words, at)
    body = _body(words, at, after, year, later)
    if body is None:
        return None, at + 1
    readings, after, unsure, dated = body
    return with_tail(words, at, after, () if wrong else possible(readings), unsure, dated)


def _year(words: Sequence[Lexeme], at: int) -> tuple[int, int | None, int, bool]:
    """Behind the words of the year, the year that is printed, how many years after the plan's, whether it is none."""
    if words[at].kind == "this":
        return at + 1, None, 0, False
    if words[at].kind in ("next", "last"):
        return at + 1, None, 1 if words[at].kind == "next" else -1, False
    if words[at].kind != "number" or not touches(words, at + 1, *YEAR_WORDS):
        return at, None, 0, False
    full = [2000 + value if 10 <= value <= 99 else value for value in words[at].values]
    years = [value for value in full if 1900 <= value <= 2199]
    after = at + 2 if words[at + 1].kind == "year" else at + 1
    return after, years[0] if years else None, 0, len(set(years)) != 1


Body = tuple[tuple[Day, ...], int, bool, bool]
"""The readings, the place behind the words, unsure, dated (a month or a day is named)."""


def _body(words: Sequence[Lexeme], start: int, at: int, year: int | None, later: int) -> Body | None:
    """What follows the year, or stands without one."""
    has_year = at > start
    if at >= len(words) or (has_year and not touches(words, at, words[at].kind)):
        return ((Day(12, 31, year, later),), at, True, False) if has_year else None
    word = words[at]
    if word.kind == "year_end" or (has_year and word.kind == "end"):
        return _year_end(words, at, Day(12, 31, year, later))
    if word.kind == "short":
        return (Day(word.values[0], word.values[1], year, later),), at + 1, True, True
    if word.kind == "half":
        return _term(words, at, 6 if word.text[0] == "上" else 12, 6, year, later)
    if word.kind in ("year_in", "year_start", "year_middle"):
        month = {"year_in": 12, "year_start": 3, "year_middle": 6}[word.kind]
        return (Day(month, 31 if month == 12 else None, year, later),), at + 1, True, False
    if word.kind == "number" and touches(words, at + 1, "quarter", "quarter_end"):
        quarter = word.values[0] if len(word.values) == 1 else 0
        if not 1 <= quarter <= 4:
            return (), at + 2, False, True
        return _term(words, at + 1, 3 * quarter, 3, year, later)
    if word.kind == "number" and not word.text.startswith("第"):
        found = _month(words, at, year, later)
        if found is not None:
            return found
    return ((Day(12, 31, year, later),), at, True, False) if has_year else None


def _year_end(words: Sequence[Lexeme], at: int, day: Day) -> Body:
    if touches(words, at + 1, "number") and touches(words, at + 2, "month", "month_end"):
        return (), at + 3, False, True
    return (day,), at + 1, False, True


def _term(words: Sequence[Lexeme], at: int, month: int, length: int, year: int | None, later: int) -> Body:
    """A half-year or quarter that ends with this month: its last day; with 前 also the day before it begins."""
    end = Day(month, None, year, later)
    has_two = touches(words, at + 1, "before") and words[at].kind != "quarter_end"
    return (_months_back(end, length), end) if has_two else (end,), at + 1, False, True


def _month(words: Sequence[Lexeme], at: int, year: int | None, later: int) -> Body | None:
    """A month by its number, alone or with its day."""
    months = words[at].values
    if touches(words, at + 1, "month_end"):
        return month_ends(months, year, later), at + 2, False, True
    if touches(words, at + 1, "month_start"):
        return tuple(Day(month, day, year, later) for month in months for day in (1, 10)), at + 2, False, True
    if touches(words, at + 1, "decade"):
        ends = tuple(Day(month, DECADES[words[at + 1].text[-2]], year, later) for month in months)
        if touches(words, at + 2, "before"):
            ends = tuple(reading for end in ends for reading in (_decade_back(end), end))
        return ends, at + 2, False, True
    if not touches(words, at + 1, "month"):
        return None
    if touches(words, at + 2, "number") and words[at + 1].text == "月":
        if not touches(words, at + 3, "day"):
            return (), at + 3, False, True
        pairs = tuple(Day(month, day, year, later) for month in months for day in words[at + 2].values)
        return pairs, at + 4, False, True
    ends = month_ends(months, year, later)
    if touches(words, at + 2, "before"):
        ends = tuple(reading for end in ends for reading in (_months_back(end, 1), end))
    return ends, at + 2, False, True


def month_ends(months: Sequence[int], year: int | None, later: int) -> tuple[Day, ...]:
    return possible(tuple(Day(month, None, year, later) for month in months))


def _months_back(day: Day, months: int) -> Day:
    """The last day of the month that is so many months earlier."""
    if day.month > months:
        return Day(day.month - months, None, day.year, day.later)
    month = day.month - months + 12
    return Day(month, None, day.year - 1, 0) if day.year is not None else Day(month, None, None, day.later - 1)


def _decade_back(day: Day) -> Day:
    """The last day of the ten days before those that end on this one."""
    if day.day == DECADES["上"]:
        return _months_back(Day(day.month, None, day.year, day.later), 1)
    return Day(day.month, 10 if day.day == DECADES["中"] else 20, day.year, day.later)


def possible(readings: tuple[Day, ...]) -> tuple[Day, ...]:
    """Those of a month that exists, each once: on a day that some year has, where any of them is."""
    of_year = tuple(dict.fromkeys(one for one in readings if 1 <= one.month <= 12))
    return tuple(one for one in of_year if _has_day(one)) or of_year


def _has_day(one: Day) -> bool:
    return one.day is None or 1 <= one.day <= MONTH_LENGTHS[one.month - 1]


def with_tail(
    words: Sequence[Lexeme],
    first: int,
    after: int,
    readings: tuple[Day, ...],
    unsure: bool = False,
    dated: bool = True,
) -> tuple[Point, int]:
    """The weekday, the time of the day and 前 behind a point."""
    weekday: int | None = None
    before = False
    while touches(words, after, "weekday", "hour", "before"):
        if words[after].kind == "before":
            if before:
                break
            before = True
        elif words[after].kind == "weekday":
            weekday = WEEKDAYS.find(words[after].text[-2].replace("天", "日"))
        after += 1
    if before and not dated and readings and readings[0].year is not None and words[after - 2].kind == "year":
        readings = (_months_back(readings[0], 12), *readings)
    return Point(words[first].start, words[after - 1].end, readings, before, unsure, weekday, dated), after
