"""What a pasted paper says of days off, before the clerk confirms it: the rows, and all that has to be looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from db.rules.calendar import DayOff, DayOffKind
from db.rules.limits import SOURCE_LIMIT

LARGEST_TEXT: Final = SOURCE_LIMIT
"""Characters; a notice has 900, a web page around it some thousands."""

FIRST_YEAR: Final = 2008
"""Since then the days of 元旦, 清明 and the like are those of 《全国年节及纪念日放假办法》 as it is counted here."""

FIRST_POSSIBLE_YEAR: Final = 2000
LAST_YEAR: Final = 2100
"""An arrangement of a year outside of these is a slip of the pen."""

FARTHEST: Final = 14
"""Days between a make-up day and the days off that it makes up for; in the notices of 2007 to 2026 at most 11."""

MOST_PROBLEMS: Final = 20
LONGEST_QUOTE: Final = 60
WEEKDAYS: Final = "一二三四五六日"
WHOLE_YEAR: Final = ("部分节假日安排", "无标题")
"""Words in the name of a paper that may arrange a whole year."""


@dataclass(frozen=True, slots=True)
class DayOffDraft:
    """A paper as read. year: the one that it arranges, None where it names none; then there are no rows.

    notice: the name under which the rows are kept; rows: by day, each day once; problems: what the clerk has to look
    at, one Chinese sentence each. No row comes of a sentence that has a problem.
    """

    year: int | None
    notice: str
    rows: tuple[DayOff, ...]
    problems: tuple[str, ...]


class Said(NamedTuple):
    """A day and what the paper says of it; where: the sentence or place, for a message."""

    day: date
    kind: DayOffKind
    where: str


def refused(problem: str, notice: str = "") -> DayOffDraft:
    """A paper of which nothing can be taken."""
    return DayOffDraft(None, notice, (), (problem,))


def too_long(text: str) -> bool:
    return len(text) > LARGEST_TEXT


def quoted(text: str) -> str:
    """A sentence for a message: on one line, printable, cut."""
    piece = "".join(sign if sign.isprintable() else "�" for sign in text[: 4 * LONGEST_QUOTE] if not sign.isspace())
    return piece if len(piece) <= LONGEST_QUOTE else piece[:LONGEST_QUOTE] + "…"


def day_name(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def day_problem(day: date, kind: DayOffKind, year: int) -> str | None:
    """Why a notice of that year cannot say this of the day: another year, a make-up day that is no weekend."""
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        return f"{day_name(day)}不在{year}年"
    if kind == "work" and day.weekday() < 5:
        return f"{day_name(day)}是周{WEEKDAYS[day.weekday()]}，本来就上班，不会是调休上班的日子"
    return None


def drafted(year: int, notice: str, said: Iterable[Said], problems: Sequence[str]) -> DayOffDraft:
    """The draft of what was said without a problem, after the checks that need the whole paper.

    Where something was not read or 元旦 or 国庆 is missing, the name says 摘录 and of which days: kept under the
    notice's own name, the part would take the place of the whole that may stand in the file already.
    """
    kinds: dict[date, dict[DayOffKind, str]] = {}
    for one in said:
        kinds.setdefault(one.day, {}).setdefault(one.kind, one.where)
    found = list(problems)
    for day, both in kinds.items():
        if len(both) == 2:
            found.append(f"{day_name(day)}又写放假又写上班，没有取：“{both['off']}”“{both['work']}”")
    days = {day: kind for day, one in kinds.items() if len(one) == 1 for kind in one}
    for day in _lonely(days):
        del days[day]
        found.append(f"{day_name(day)}上班，前后 {FARTHEST} 天里却没有放假的日子，没有取：“{kinds[day]['work']}”")
    found.extend(_missing_feasts(year, days))
    if not found:
        return DayOffDraft(year, notice, _rows(days, notice), tuple(_count_problems(year, days)))
    name = _excerpt_name(notice, days) if any(word in notice for word in WHOLE_YEAR) else notice
    return DayOffDraft(year, name, _rows(days, name), shortened(found))


def _lonely(days: Mapping[date, DayOffKind]) -> list[date]:
    """The make-up days that are near no day off."""
    off = [day for day, kind in days.items() if kind == "off"]
    reached = {day + timedelta(days=n) for day in off for n in range(-FARTHEST, FARTHEST + 1)}
    return [day for day, kind in days.items() if kind == "work" and day not in reached]


def _missing_feasts(year: int, days: Mapping[date, DayOffKind]) -> list[str]:
    """元旦 and 国庆, by which a year counts as published (WorkCalendar)."""
    feasts = {"元旦（1月1日）": date(year, 1, 1), "国庆节（10月1日）": date(year, 10, 1)}
    missing = "和".join(name for name, day in feasts.items() if days.get(day) != "off")
    if not missing:
        return []
    return [f"没有读到{year}年{missing}的放假：只凭这份文字，{year}年还不算已公布，仍按估算"]


def _excerpt_name(notice: str, days: Mapping[date, DayOffKind]) -> str:
    if not days:
        return notice
    ends = dict.fromkeys(f"{day.month}月{day.day}日" for day in (min(days), max(days)))
    return f"{notice}（摘录{'至'.join(ends)}）"


def _rows(days: Mapping[date, DayOffKind], notice: str) -> tuple[DayOff, ...]:
    return tuple(DayOff(day, days[day], notice) for day in sorted(days))


def shortened(problems: Sequence[str]) -> tuple[str, ...]:
    """The first ones, and how many more."""
    found = tuple(dict.fromkeys(problems))
    if len(found) <= MOST_PROBLEMS:
        return found
    return (*found[:MOST_PROBLEMS], f"还有 {len(found) - MOST_PROBLEMS} 处没有列出")


def _count_problems(year: int, days: Mapping[date, DayOffKind]) -> list[str]:
    """Weekdays off minus make-up days are the statutory days, 11 and since 2025 13: so it was in every notice but
    those of a single extra day (2015), and of the long 春节 of 2020 as it was prolonged."""
    expected = 13 if year >= 2025 else 11
    off = sum(kind == "off" and day.weekday() < 5 for day, kind in days.items())
    work = sum(kind == "work" for kind in days.values())
    if year < FIRST_YEAR or off - work == expected:
        return []
    return [
        f"放假占去周一至周五 {off} 天，补班 {work} 天，相差 {off - work} 天，"
        f"法定节假日是 {expected} 天：请对照通知看看有没有漏掉或者读错"
    ]
