"""The dates by which something is handed in: 12月6日前, 11月30日17:00前, 年底, 每月28日前, 每季度末月20日前.

    date ::= [year 年] M月D日 [weekday] [hour] | YYYY.M.D | M月底 | 年底 | 每季度末月D日 | 每月D日, then 前
Numbers may be Chinese (十二月十日). Source: notice-patterns.md, section 3, edge rules.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.intake.phrases.numbers import value

YEARS_AHEAD: Final = 5

_DIGITS: Final = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
DATE: Final = re.compile(
    "(?<![0-9])(?<![0-9] )(?:(?P<quarterly>每季度(?:末月|末|最后一个月)?(?P<qday>[0-9]{1,2})日)"
    "|(?P<monthly>每(?:个)?月(?P<mday>[0-9]{1,2})日)"
    "|(?P<y>20[0-9]{2})(?P<sign>[-./])(?P<m>[0-9]{1,2})(?P=sign)(?P<d>[0-9]{1,2})(?![0-9])"
    f"|(?:(?P<year>20[0-9]{{2}}|今|本|次|明)年)?(?:(?P<month>{_DIGITS})月(?:(?P<day>{_DIGITS})[日号]|(?P<end>底|末|月底))"
    "|(?P<yearend>年?底))"
    "(?:\\((?:星期|周)(?P<weekday>[一二三四五六日天])\\))?)"
    "(?:(?:上午|中午|下午)?(?:(?:1[0-9]|2[0-4]|[1-9])(?::[0-9]{2}|[时点](?:[0-9]{1,2}分|半|整)?)|下班))?(?:之?前|以前)?"
)
_LISTED: Final = re.compile("[、,和及与或前之以于()每年分别]*")
BARE_MONTH: Final = re.compile("[0-9一二三四五六七八九十]月份?(?:[、,和及与或])$")
MIDNIGHT: Final = re.compile("0{1,2}(?::00|[时点])|零[时点]|凌晨")
_DAYS: Final = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Due:
    """When: months and day (0: the month's end), and the years after the notice's."""

    months: tuple[int, ...]
    day: int
    offset: int = 0
    weekday: int | None = None


def dues(text: str, start: int, end: int, year: int | None) -> Iterator[tuple[Due, tuple[int, int]]]:
    """The dates of a sentence that stand outside titles and brackets."""
    for found in DATE.finditer(text, start, end):
        before = text[start : found.start()]
        if before.count("《") > before.count("》") or before.count("(") > before.count(")"):
            continue
        when = _due(found, year)
        if when is not None:
            yield when, found.span()


def _due(found: re.Match[str], year: int | None) -> Due | None:
    if found["y"]:
        offset = 0 if year is None else int(found["y"]) - year
        return Due((int(found["m"]),), int(found["d"]), offset)
    if found["quarterly"]:
        return Due((3, 6, 9, 12), int(found["qday"]))
    if found["monthly"]:
        return Due(tuple(range(1, 13)), int(found["mday"]))
    if found["yearend"] and not found["year"] and not found["yearend"].startswith("年"):
        return None
    written = found["year"] or ""
    offset = 0
    if written in ("次", "明"):
        offset = 1
    elif written.isdigit() and year is not None:
        offset = int(written) - year
    weekday = None if found["weekday"] is None else _DAYS.index(found["weekday"].replace("天", "日"))
    if found["yearend"]:
        return Due((12,), 31, offset, weekday)
    month, day = value(found["month"]), 0 if found["day"] is None else value(found["day"])
    return Due((month or 0,), -1 if day is None or found["day"] == "0" else day, offset, weekday)


def wrong(when: Due, year: int | None) -> str | None:
    """Why a date cannot stand: no such day, another weekday than printed, a year out of reach."""
    if not 0 <= when.offset <= YEARS_AHEAD:
        return "日期不在来文的年份之后"
    for month in when.months:
        if not 1 <= month <= 12 or not 0 <= when.day <= 31:
            return "没有这个日期"
        days = monthrange((year or 2023) + when.offset, month)[1]
        if when.day > days:
            return "没有这个日期"
    if when.weekday is None or year is None or not when.day:
        return None
    printed = date(year + when.offset, when.months[0], when.day).weekday()
    return None if printed == when.weekday else "日期和星期对不上"


def is_listed(between: str, *, whole: bool = False) -> bool:
    """Whether no date stands here but in a list with the one beside it: 6月底、12月底. whole: nothing else stands
    here either."""
    first = DATE.search(between)
    if first is None:
        return True
    return _LISTED.fullmatch(DATE.sub("", between if whole else between[first.start() :])) is not None
