"""The phrases of a time limit, put together from their words (notice-patterns.md, section 3).

    item      := recurring | window | point | standing | event | listed
    point     := [year] body [weekday] [hour] [before] [weekday]  |  date | year_month | plan_years
    year      := number 年 | 今年 | 次年
    body      := number 月 number 日 | number (月 | 月底 | 月初 | 月中旬) | number 季度 [末] | 上半年 | 年底 | 年内 | …
    window    := (point | number) [起] (至 | -) (point | number)              9月至11, 3-4月, 6月1日-7日, 10月-次年3月
    recurring := 每 (年 [point {、 point}] | 月 [number 日] | 季度末月 [number 日] | 半年 | 周 | 日 | number 个月)
               | 次/年
    standing  := 全年 | 常态化落实 | 持续推进 | 长期推进
    event     := 20个工作日内 | 之日起
The words of one point touch each other. A point has one reading, two where its words have two (11月前: before November
or within it), none where no date is meant that exists in any calendar (2022年底11月前, 11月20前). Which year a point
without one is in, and whether its day exists there, is not asked here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from db.intake.phrases.deadline_lexer import Lexeme
from db.intake.phrases.deadline_points import YEAR_WORDS, Day, Point, month_ends, point_at, possible, touches, with_tail
from db.intake.phrases.recurrences import YEARLY, rule_of


@dataclass(frozen=True, slots=True)
class Window:
    start: int
    end: int
    first: Point
    last: Point


@dataclass(frozen=True, slots=True)
class Recurring:
    """rule: RRULE without DTSTART; points: the days of each year; inside: a day of each period that is not its last."""

    start: int
    end: int
    rule: str
    points: tuple[Point, ...] = ()
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """standing, event, or 分别."""

    start: int
    end: int
    kind: Literal["standing", "event", "listed"]


Dated = Point | Window | Recurring
Item = Dated | Word


def items(words: Sequence[Lexeme]) -> tuple[Item, ...]:
    """Every phrase, in order, none overlapping another."""
    found: list[Item] = []
    at = 0
    while at < len(words):
        item, after = _item(words, at)
        if item is not None:
            found.append(item)
        at = max(after, at + 1)
    return tuple(found)


def _item(words: Sequence[Lexeme], at: int) -> tuple[Item | None, int]:
    word = words[at]
    if word.kind in ("span", "event"):
        return Word(word.start, word.end, "event"), at + 1
    if word.kind == "standing":
        return Word(word.start, word.end, "standing"), at + 1
    if word.kind == "listed":
        return Word(word.start, word.end, "listed"), at + 1
    if word.kind in ("every", "rate"):
        return _recurring(words, at)
    window, after = _window(words, at)
    return (window, after) if window is not None else point_at(words, at)


def _window(words: Sequence[Lexeme], at: int) -> tuple[Window | None, int]:
    """Two points with a dash between them; the second may leave out what the first has said."""
    short = _short_first(words, at)
    first, after = short if short is not None else point_at(words, at)
    if first is None or first.before or not first.dated:
        return None, at + 1
    if touches(words, after, "past"):
        after += 1
    if (
        not touches(words, after, "dash")
        or after + 1 >= len(words)
        or not touches(words, after + 1, words[after + 1].kind)
    ):
        return None, at + 1
    last, end = _short_last(words, after + 1, first) or point_at(words, after + 1)
    if last is None or not last.dated:
        return None, at + 1
    if short is not None and first.readings == () and last.readings:
        first = _borrowed(first, words[at].values, last)
    return Window(first.start, last.end, first, _inherited(last, first)), end


def _short_first(words: Sequence[Lexeme], at: int) -> tuple[Point, int] | None:
    """The 3 of 3-4月, the 3月1 of 3月1-5日."""
    if words[at].kind != "number":
        return None
    if (
        touches(words, at + 1, "dash")
        and touches(words, at + 2, "number")
        and touches(words, at + 3, "month", "month_end")
    ):
        return Point(words[at].start, words[at].end, ()), at + 1
    if (
        touches(words, at + 1, "month")
        and touches(words, at + 2, "number")
        and touches(words, at + 3, "dash")
        and touches(words, at + 4, "number")
        and touches(words, at + 5, "day")
    ):
        days = possible(tuple(Day(m, d) for m in words[at].values for d in words[at + 2].values))
        return Point(words[at].start, words[at + 2].end, days), at + 3
    return None


def _borrowed(first: Point, months: Sequence[int], last: Point) -> Point:
    """The first month of 3-4月, with the year of the last."""
    year, later = last.readings[0].year, last.readings[0].later
    return Point(first.start, first.end, month_ends(months, year, later))


def _short_last(words: Sequence[Lexeme], at: int, first: Point) -> tuple[Point, int] | None:
    """The 11 of 9月至11, the 7日 of 6月1日-7日: a number that is no month by itself."""
    if words[at].kind != "number" or touches(words, at + 1, "month", "month_end", "month_start", "decade", *YEAR_WORDS):
        return None
    if len(first.readings) != 1 or len(words[at].values) != 1:
        return None
    day, value = first.readings[0], words[at].values[0]
    if touches(words, at + 1, "day"):
        readings = possible((Day(day.month, value, day.year, day.later),)) if day.day is not None else ()
        return with_tail(words, at, at + 2, readings)
    if day.day is not None or touches(words, at + 1, "quarter", "quarter_end"):
        return None
    return with_tail(words, at, at + 1, month_ends((value,), day.year, day.later))


def _inherited(last: Point, first: Point) -> Point:
    """The last point in the year of the first, where it has none of its own."""
    if len(first.readings) != 1:
        return last
    year, later = first.readings[0].year, first.readings[0].later
    if year is None and later == 0:
        return last
    readings = tuple(
        Day(one.month, one.day, year + one.later if year is not None else None, 0 if year is not None else later)
        if one.year is None
        else one
        for one in last.readings
    )
    return Point(last.start, last.end, readings, last.before, last.unsure, last.weekday)


def _recurring(words: Sequence[Lexeme], at: int) -> tuple[Recurring | None, int]:
    found = rule_of(words, at)
    if found is None:
        return None, at + 1
    rule, after, inside = found
    points: list[Point] = []
    if rule == YEARLY and words[at].kind == "every":
        if words[at + 1].kind == "year_end":
            points = [Point(words[at + 1].start, words[after - 1].end, (Day(12, 31),), True)]
        else:
            points, after = _points(words, after)
    return Recurring(words[at].start, words[after - 1].end, rule, tuple(points), inside), after


def _points(words: Sequence[Lexeme], at: int) -> tuple[list[Point], int]:
    """The days of each year behind 每年: 3月底前、9月底前; the place behind them."""
    points: list[Point] = []
    after = at
    following = after + 1 if touches(words, after, "at") else after
    while touches(words, following, "number", "half"):
        point, behind = point_at(words, following)
        if point is None or not point.dated:
            break
        points.append(point)
        after = behind
        following = behind + 1 if touches(words, behind, "and") else len(words)
    return points, after
