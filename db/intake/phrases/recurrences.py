"""Periods as recurrence rules: RRULE (RFC 5545) without DTSTART, since a plan has no year.

    period := 每 (年 | 季度 | 月 | 半年 | 周 | 日 | number 个? (季度 | 月))  |  按月 按年 逐月  |  次/年  一年一次
    inner  := 底 | 末 | [末月] number 日            the day of each period by which it is due

An occurrence of a ledger lasts until the day before the next one (db.rules.occurrences): each period itself is the
occurrence, and its last day is the due day. A due day inside each period (每月28日前) is what no such rule can say;
`inside` tells of it. Days of a year that end its parts (3月、6月、9月、12月底) are said by the days behind them.
"""

from collections.abc import Sequence
from typing import Final

from db.intake.phrases.deadline_lexer import Lexeme
from db.rules.words import Period

YEARLY: Final = "FREQ=YEARLY"
QUARTERLY: Final = "FREQ=MONTHLY;INTERVAL=3"
MONTHLY: Final = "FREQ=MONTHLY"
HALF_YEARLY: Final = "FREQ=MONTHLY;INTERVAL=6"
WEEKLY: Final = "FREQ=WEEKLY;BYDAY=MO"
DAILY: Final = "FREQ=DAILY"
RULES: Final[dict[Period, str | None]] = {"year": YEARLY, "quarter": QUARTERLY, "month": MONTHLY, "item": None}

Found = tuple[str, int, bool]
"""The rule, the place behind its words, whether it has a due day inside each period."""

_UNITS: Final[dict[str, str]] = {
    "year": YEARLY,
    "year_end": YEARLY,
    "quarter": QUARTERLY,
    "quarter_end": QUARTERLY,
    "last_month": QUARTERLY,
    "month": MONTHLY,
    "month_end": MONTHLY,
    "month_start": MONTHLY,
    "decade": MONTHLY,
    "half_year": HALF_YEARLY,
    "week": WEEKLY,
    "day": DAILY,
}
_INSIDE: Final = ("month_start",)
_WEEKDAYS: Final = "一二三四五六日天"
_RATES: Final[tuple[tuple[str, str], ...]] = (
    ("半年", HALF_YEARLY),
    ("年", YEARLY),
    ("季", QUARTERLY),
    ("月", MONTHLY),
    ("周", WEEKLY),
)


def rule_of(words: Sequence[Lexeme], at: int) -> Found | None:
    """The rule of 每年, 每季度末月20日, 次/年 at this place among the words of a phrase."""
    if words[at].kind == "rate":
        after = at + 2 if _touches(words, at + 1, "times") else at + 1
        return next((rule, after, False) for sign, rule in _RATES if sign in words[at].text)
    if at + 1 >= len(words) or words[at + 1].start != words[at].end:
        return None
    unit = words[at + 1]
    if unit.kind == "number":
        return _several(words, at + 1)
    rule = _UNITS.get(unit.kind)
    if rule is None:
        return None
    inside = unit.kind in _INSIDE or (unit.kind == "decade" and "下" not in unit.text)
    inside = inside or (unit.kind == "week" and unit.text[-1] in _WEEKDAYS)
    after = at + 2
    if rule in (MONTHLY, QUARTERLY) and _touches(words, after, "at"):
        after += 1
    if rule in (MONTHLY, QUARTERLY) and _touches(words, after, "number") and _touches(words, after + 1, "day"):
        after += 2
        inside = True
    elif rule == QUARTERLY and _touches(words, after, "number") and _touches(words, after + 1, "month", "month_end"):
        inside = True
    while _touches(words, after, "before", "end", "hour"):
        after += 1
    return rule, after + 1 if _touches(words, after, "times") else after, inside


def _several(words: Sequence[Lexeme], at: int) -> Found | None:
    """每2个月, 每三年: within a year only what divides it."""
    if len(words[at].values) != 1 or not _touches(words, at + 1, "months", "month", "quarter"):
        return None
    months = words[at].values[0] * (3 if "季" in words[at + 1].text else 1)
    if months not in (1, 2, 3, 4, 6):
        return None
    after = at + 3 if _touches(words, at + 2, "times") else at + 2
    return (MONTHLY if months == 1 else f"{MONTHLY};INTERVAL={months}"), after, False


def _touches(words: Sequence[Lexeme], at: int, *kinds: str) -> bool:
    return at < len(words) and words[at].kind in kinds and words[at].start == words[at - 1].end


def parts_of_year(ends: Sequence[tuple[int, int | None]]) -> tuple[str, bool]:
    """The rule whose occurrences end on these month ends, and whether that says all: it does where each is a month's
    end and the last is that of December."""
    months = sorted({month for month, _ in ends})
    starts = [1, *(month + 1 for month in months if month < 12)]
    exact = months[-1] == 12 and all(day is None for _, day in ends)
    if starts == [1]:
        return YEARLY, exact
    return f"{YEARLY};BYMONTH={','.join(map(str, starts))};BYMONTHDAY=1", exact


def of_periods(periods: Sequence[Period]) -> str | None:
    """The rule of amounts that are due every so often: of several the shortest; None where none has a period."""
    for period in ("month", "quarter", "year"):
        if period in periods:
            return RULES[period]
    return None
