"""One sentence of a notice on days off -> its days, or the reason why nothing of it can be taken.

The grammar stands in day_off_notice, whose rules are the methods here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from db.intake.day_off_draft import WEEKDAYS, day_name, day_problem
from db.intake.day_off_words import Token
from db.rules.calendar import DayOffKind

NOT_UNDERSTOOD: Final = "没有读懂"
LEADING: Final = frozenset({"festival", "announcing", "off", "moved", "list", "comma", "colon"})
ANNOUNCED: Final = frozenset({"假期", "节假日"})
ANNOUNCING_ENDS: Final = frozenset({"为", "是", ":"})
LUNAR_SIGNS: Final = frozenset("农历正腊冬闰月初十廿二三四五六七八九一除夕节、,")
FEAST_MONTHS: Final[Mapping[str, tuple[int, ...]]] = {
    "元旦": (12, 1),
    "春节": (1, 2),
    "清明": (4,),
    "劳动节": (4, 5),
    "端午": (5, 6),
    "中秋": (9, 10),
    "国庆": (9, 10),
}
"""The months into which the days off of a feast can fall; 清明 is on 4 or 5 April and has three days at most."""

LONGEST_SPAN: Final = 31
"""Days; the longest so far was the 春节 of 2020 with ten."""


class UnreadError(Exception):
    """Why a sentence cannot be taken, in Chinese."""

    def __init__(self, reason: str = NOT_UNDERSTOOD) -> None:
        super().__init__(reason)
        self.reason = reason


class Printed(NamedTuple):
    """A date as printed: what it leaves out is None; weekday 0 to 6 from 周一."""

    year: int | None
    month: int | None
    day: int
    weekday: int | None


def read_sentence(tokens: Sequence[Token], year: int) -> list[tuple[date, DayOffKind]]:
    """The days that a sentence of the notice of that year says to be off or worked. Raises UnreadError."""
    reader = _Reader(tokens, year)
    while not reader.at_end():
        reader.sentence()
    return reader.found


class _Reader:
    """A place in the tokens of a sentence, and what was found up to there."""

    def __init__(self, tokens: Sequence[Token], year: int) -> None:
        self.found: list[tuple[date, DayOffKind]] = []
        self._tokens = tokens
        self._year = year
        self._at = 0
        self._other_year = False

    def at_end(self) -> bool:
        return self._at == len(self._tokens)

    def sentence(self) -> None:
        start = self._at
        announced = self._lead()
        begin = len(self.found)
        self._other_year = False
        feasts = {token.text for token in self._tokens[start : self._at] if token.kind == "festival"}
        self._days(announced)  # later days say themselves what they are
        while not self.at_end():
            if self._kind() != "comma" and self._tokens[self._at].gap and self._kind() not in ("total", "remark"):
                break  # a line of its own
            self._take("comma")
            if self._take("total"):
                self._check_count(self._count(), len({day for day, _ in self._off_since(begin)}))
            elif not self._take("remark"):
                self._days(announced=False)
        self._check_feasts(feasts, [day for day, _ in self._off_since(begin)])

    def _off_since(self, begin: int) -> list[tuple[date, DayOffKind]]:
        return [one for one in self.found[begin:] if one[1] == "off"]

    def _lead(self) -> bool:
        """Whether the words before the first date announce days off, so that no 放假 follows."""
        begin = self._at
        if not self._take("numeral") and self._kind() == "number" and self._text(1) in (".", "、"):
            self._at += 2
        while True:
            if self._kind() == "number" and self._kind(1) == "year" and self._kind(2) != "number":
                if self._number() != self._year:
                    raise UnreadError(f"说的不是{self._year}年")
                self._at += 1
            elif self._kind() in LEADING:
                self._at += 1
            else:
                break
        lead = self._tokens[begin : self._at]
        says_off = any(token.kind == "off" or token.text in ANNOUNCED for token in lead)
        return says_off and lead[-1].text in ANNOUNCING_ENDS

    def _days(self, announced: bool) -> None:
        """A list of days and what is said of them."""
        days: list[date] = []
        before: date | None = None
        while True:
            span = self._span(before)
            before = span[-1]
            days.extend(span)
            if not self._take("list"):
                break
        begin = self._at
        while self._kind() in ("moved", "usual"):
            self._at += 1
        passed = {token.kind for token in self._tokens[begin : self._at]}
        if self._take("work"):
            self._add(days, "work")
        elif "usual" not in passed and (self._take("off") or self._take("rest")):
            while self._take("moved"):
                pass
            if self._kind() == "number":
                self._check_count(self._count(), len(days))
            self._add(days, "off")
        elif announced and not passed:
            self._add(days, "off")
        else:
            raise UnreadError

    def _add(self, days: Sequence[date], kind: DayOffKind) -> None:
        for day in days:
            problem = day_problem(day, kind, self._year)
            if problem:
                raise UnreadError(problem)
            self.found.append((day, kind))

    def _span(self, before: date | None) -> list[date]:
        first = self._dated(self._date(), before)
        if not self._take("range"):
            return [first]
        last = self._dated(self._date(), first)
        length = (last - first).days + 1
        if length < 2:
            raise UnreadError(f"{day_name(first)}到{day_name(last)}先后颠倒")
        if length > LONGEST_SPAN:
            raise UnreadError(f"从{day_name(first)}到{day_name(last)}有 {length} 天，太长了")
        return [first + timedelta(days=n) for n in range(length)]

    def _date(self) -> Printed:
        year = month = None
        if self._kind() == "number" and self._kind(1) == "year":
            if len(self._text()) != 4:
                raise UnreadError("年份不是四位数")
            year = self._number()
            self._at += 1
        if self._kind() == "number" and self._kind(1) == "month":
            month = self._number()
            self._at += 1
        if year is not None and month is None:
            raise UnreadError
        day = self._number()
        if not self._take("day") and (month is None or self._kind() != "range"):
            raise UnreadError
        return Printed(year, month, day, self._weekday())

    def _dated(self, printed: Printed, before: date | None) -> date:
        """The date with what it takes from the one before it in its list."""
        month = printed.month
        if month is None and before is not None:
            month = before.month
        if month is None:
            raise UnreadError("有一个日子没有写月份")
        if printed.year is not None:
            year = printed.year
        elif printed.month is None and before is not None:
            year = before.year
        elif self._other_year:
            raise UnreadError("前面写了别的年份，后面的日子没有写是哪一年")
        else:
            year = self._year
        self._other_year = self._other_year or year != self._year
        try:
            day = date(year, month, printed.day)
        except (ValueError, OverflowError):
            raise UnreadError(f"没有{year}年{month}月{printed.day}日这一天") from None
        if printed.weekday not in (None, day.weekday()):
            raise UnreadError(f"{day_name(day)}是周{WEEKDAYS[day.weekday()]}，与写的星期不符")
        return day

    def _weekday(self) -> int | None:
        """The weekday behind a date, in brackets or without them; a lunar day or a feast may stand beside it."""
        if self._kind() == "weekday":
            return self._weekday_number()
        if not self._take("open"):
            return None
        found: int | None = None
        while not self._take("close"):
            if self._kind() == "weekday" and found is None:
                found = self._weekday_number()
            elif self._kind() == "festival" or (not self.at_end() and set(self._text()) <= LUNAR_SIGNS):
                self._at += 1
            else:
                raise UnreadError
        return found

    def _weekday_number(self) -> int:
        sign = self._text()[-1]
        self._at += 1
        return 6 if sign == "天" else WEEKDAYS.index(sign)

    def _count(self) -> int:
        number = self._number()
        if not self._take("days"):
            raise UnreadError
        return number

    def _check_count(self, printed: int, found: int) -> None:
        if printed != found:
            raise UnreadError(f"写的是 {printed} 天，数出来是 {found} 天")

    def _check_feasts(self, feasts: Iterable[str], days: Iterable[date]) -> None:
        """Whether the days off are in months in which the feasts that head them can be."""
        months = {month for feast in feasts for month in FEAST_MONTHS[feast]}
        for day in days:
            if months and day.month not in months:
                raise UnreadError(f"{day_name(day)}不会是{'、'.join(sorted(feasts))}放假的日子")

    def _number(self) -> int:
        """A number of at most four digits, passed."""
        text = self._text()
        if self._kind() != "number" or len(text) > 4:
            raise UnreadError
        self._at += 1
        return int(text)

    def _take(self, kind: str) -> bool:
        if self._kind() != kind:
            return False
        self._at += 1
        return True

    def _kind(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at].kind if at < len(self._tokens) else ""

    def _text(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at].text if at < len(self._tokens) else ""
