"""A phrase's days in the plan's year: which exist, which are of an older year, and how a day is said to the clerk."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.intake.phrases.deadline_points import WEEKDAYS, Day, Point
from db.intake.plan_deadlines import LATEST_YEAR_OFFSET
from db.intake.reading import Doubt, ProblemKind
from db.rules.notice import Deadline
from db.rules.words import DeadlineSource

NO_DATE: Final = "没有记日期，只保留原文"
SOME_LEAP_YEAR: Final = 2020


@dataclass(frozen=True, slots=True)
class Words:
    """How the notice says it: the phrase, its sentence, and where that stands."""

    text: str
    quote: str
    source: DeadlineSource


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day of the plan's year + offset that exists (day None: the month's last)."""

    month: int
    day: int | None
    offset: int

    def order(self) -> tuple[int, int, int]:
        return self.offset, self.month, self.day or 31


def fixed(day: Day, year: int | None) -> Fixed | ProblemKind:
    """The day as a rule of the plan's year, or the kind of problem that it is.

    With the plan's year unknown a printed year is taken for it: it is read anew once the year is known.
    """
    offset = day.later
    if day.year is not None:
        offset = 0 if year is None else day.year - year
    if offset < 0:
        return "deadline_stale"
    if offset > LATEST_YEAR_OFFSET:
        return "deadline_invalid"
    of_year = day.year if day.year is not None else SOME_LEAP_YEAR if year is None else year + offset
    if day.day is not None and not 1 <= day.day <= monthrange(of_year, day.month)[1]:
        return "deadline_invalid"
    return Fixed(day.month, day.day, offset)


def spoken(day: Day, year: int | None) -> str:
    """2021年11月20日, 2021年11月底: a phrase that is read again as the same day."""
    of_year = day.year if day.year is not None else None if year is None else year + day.later
    words = "" if of_year is None else f"{of_year}年"
    return f"{words}{day.month}月底" if day.day is None else f"{words}{day.month}月{day.day}日"


def dated(where: Words, day: Fixed, party: str | None = None, ours: bool = True) -> Deadline:
    """A day (on_day) or a month's end (month_end)."""
    return Deadline(
        where.text,
        "month_end" if day.day is None else "on_day",
        where.source,
        where.quote,
        month=day.month,
        day=day.day,
        year_offset=day.offset,
        party=party,
        ours=ours,
    )


def undated(where: Words) -> Deadline:
    """The words without a date: what the cell says is kept, nothing is counted by it."""
    return Deadline(where.text, "none", where.source, where.quote)


def of_point(point: Point, year: int | None, phrase: str) -> tuple[Fixed | None, tuple[Doubt, ...]]:
    """The day of a point, or None; and why it is not sure. Of two readings the earlier stands until one is chosen."""
    found = [(day, fixed(day, year)) for day in point.readings]
    sure = sorted((one for _, one in found if isinstance(one, Fixed)), key=Fixed.order)
    others = tuple(spoken(day, year) for day, one in found if isinstance(one, Fixed))
    if not sure:
        return None, (_refused(phrase, [one for _, one in found if isinstance(one, str)], point, year),)
    if point.unsure:
        return None, (Doubt("deadline_unread", phrase, NO_DATE, others, blocks=True),)
    wrong = _wrong_weekday(point, sure[0], year)
    if wrong is not None:
        assumed = f"原文写的是星期{wrong[0]}，这一天是星期{wrong[1]}"
        return None, (Doubt("deadline_invalid", phrase, f"{NO_DATE}：{assumed}", others, blocks=True),)
    if len(point.readings) == 1:
        return sure[0], ()
    earliest = next(spoken(day, year) for day, one in found if one == sure[0])
    return sure[0], (Doubt("deadline_two_valued", phrase, earliest, others, blocks=True),)


def _refused(phrase: str, kinds: Sequence[ProblemKind], point: Point, year: int | None) -> Doubt:
    if "deadline_stale" in kinds:
        again = [Day(day.month, day.day, None if year is None else year) for day in point.readings]
        others = tuple(spoken(day, year) for day in again if isinstance(fixed(day, year), Fixed))
        return Doubt("deadline_stale", phrase, f"{NO_DATE}：年份早于本年度", others, blocks=True)
    ends = tuple(
        spoken(Day(day.month, None, day.year, day.later), year)
        for day in point.readings
        if isinstance(fixed(Day(day.month, None, day.year, day.later), year), Fixed)
    )
    return Doubt("deadline_invalid", phrase, f"{NO_DATE}：没有这样的日期", ends, blocks=True)


def _wrong_weekday(point: Point, day: Fixed, year: int | None) -> tuple[str, str] | None:
    """The printed weekday and the day's own, where they differ."""
    if point.weekday is None or day.day is None or year is None:
        return None
    own = date(year + day.offset, day.month, day.day).weekday()
    return None if own == point.weekday else (WEEKDAYS[point.weekday], WEEKDAYS[own])


def due_before(found: Iterable[Deadline], year: int | None, issued_on: date | None) -> tuple[Doubt, ...]:
    """A doubt for each date that was over when the notice was issued: the year is never moved."""
    if year is None or issued_on is None:
        return ()
    doubts = []
    for one in found:
        if one.month is None:
            continue
        of_year = year + one.year_offset
        due = date(of_year, one.month, one.day or monthrange(of_year, one.month)[1])
        if due < issued_on:
            assumed = f"{due.year}年{due.month}月{due.day}日，早于印发日期，年份不变"
            doubts.append(Doubt("due_before_issue", one.text, assumed))
    return tuple(doubts)
