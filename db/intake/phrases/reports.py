"""What is handed in, to whom, by when: the reporting dates of the covering letter.

    report  ::= [whom] 于? date 前? … 将 what [bracket] how? verb to       于12月6日前将总结（并附上台账）报办公室
              | 将 what [bracket] 于? date 前? how? verb to               将总结于12月6日前报送至规划处
              | 于? date 前? 向 to verb what                              于4月20日(星期五)前向办公室报送总结
    date    ::= [year 年] M月D日 [weekday] | M月底 | 年底 | 每季度末月D日 | 每月D日
    verb    ::= 报 报送 上报 报至 反馈 提交 送 …
    bracket ::= '(' … 附上? A 及 B … 等? ')'                              A and B are the attachments
A sentence with such a date and verb that is not of this shape is told of (report_unread): the clerk adds it.
Source: notice-patterns.md, section 3, edge rules (report-by dates live outside the table; check the weekday).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.intake.phrases.cell_lists import unit_end
from db.intake.phrases.cell_text import cell_text
from db.intake.phrases.signs import Normal, normal
from db.intake.reading import Doubt
from db.rules.notice import Report

LONGEST: Final = 200_000
"""Signs of the letter that are looked through."""
LONGEST_SENTENCE: Final = 600
YEARS_AHEAD: Final = 5

_DATE: Final = re.compile(
    "(?:(?P<quarterly>每季度(?:末月|末|最后一个月)?(?P<qday>[0-9]{1,2})日)|(?P<monthly>每(?:个)?月(?P<mday>[0-9]{1,2})日)"
    "|(?:(?P<year>20[0-9]{2}|今|本|次|明)年)?(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|(?P<end>底|末|月底))|(?P<yearend>年?底))"
    "(?:\\((?:星期|周)(?P<weekday>[一二三四五六日天])\\))?)(?:之?前|以前)?"
)
_VERB: Final = re.compile(
    "(?:书面|统一|汇总|及时|一并|按时){0,3}(?:上报|报送|报备|报告|反馈|提交|发送|发至|发到|报|送|交)(?:至|到|给|送)?"
)
_HOW_BEFORE: Final = re.compile("(?:前)?,?(?:以[^,。;]{2,12}?(?:形式|方式))?")
_WORDS: Final = ("报", "反馈", "提交", "送", "交")
_SENTENCE: Final = re.compile("[^。;!?\n]+[。;!?]?")
_TO: Final = re.compile("[^,;:。!?、()\n]{2,30}")
_HOW: Final = re.compile("(?:以?书面形式|书面材料|电子版|纸质版|盖章后|经[^,。]{2,16}?(?:后|审核|审签|同意))+$")
_NO_VERB: Final = ("报表", "送达", "报名", "报批", "报道", "交流", "交办", "报销")
_LINKS: Final = re.compile("以及|及|和|、|与")
_DAYS: Final = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class _Due:
    """When: months and day (0: the month's end), and the years after the notice's."""

    months: tuple[int, ...]
    day: int
    offset: int = 0
    weekday: int | None = None


def reports(text: str, year: int | None) -> tuple[tuple[Report, ...], tuple[Doubt, ...]]:
    """The reports that a letter asks for. year: the notice's; a date without one is of that year."""
    copy = normal(text[:LONGEST], spaces=True)
    found: list[Report] = []
    doubts: list[Doubt] = []
    for sentence in _SENTENCE.finditer(copy.text):
        start, end = sentence.span()
        if end - start > LONGEST_SENTENCE or not any(word in sentence.group() for word in _WORDS):
            continue
        for when, where in _dues(copy.text, start, end, year):
            _one(copy, when, where, (start, end), year, found, doubts)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(doubts))


def _dues(text: str, start: int, end: int, year: int | None) -> Iterator[tuple[_Due, tuple[int, int]]]:
    """The dates of a sentence that stand outside titles and brackets."""
    for found in _DATE.finditer(text, start, end):
        before = text[start : found.start()]
        if before.count("《") > before.count("》") or before.count("(") > before.count(")"):
            continue
        when = _due(found, year)
        if when is not None:
            yield when, found.span()


def _due(found: re.Match[str], year: int | None) -> _Due | None:
    if found["quarterly"]:
        return _Due((3, 6, 9, 12), int(found["qday"]))
    if found["monthly"]:
        return _Due(tuple(range(1, 13)), int(found["mday"]))
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
        return _Due((12,), 31, offset, weekday)
    return _Due((int(found["month"]),), int(found["day"] or 0), offset, weekday)


def _one(
    copy: Normal,
    when: _Due,
    where: tuple[int, int],
    sentence: tuple[int, int],
    year: int | None,
    found: list[Report],
    doubts: list[Doubt],
) -> None:
    """The report of one date, or what is told of it."""
    parts = _parts(copy.text, where, sentence)
    quote = _line(copy.at(*sentence))
    if parts is None:
        if _asks(copy.text, where, sentence):
            doubts.append(Doubt("report_unread", quote, "没有记为报送要求"))
        return
    what, to, bracket = parts
    reason = _wrong(when, year)
    if reason is not None:
        doubts.append(Doubt("report_unread", quote, f"{reason}，没有记为报送要求"))
        return
    attached = _attachments(copy, bracket)
    for month in when.months:
        day = when.day or monthrange((year or 2023) + when.offset, month)[1]
        found.append(Report(_line(copy.at(*what)), _line(copy.at(*to)), month, day, quote, when.offset, attached))


def _wrong(when: _Due, year: int | None) -> str | None:
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


Spot = tuple[int, int]


def _parts(text: str, where: Spot, sentence: Spot) -> tuple[Spot, Spot, Spot | None] | None:
    """What, to whom and the bracket; None where the sentence has another shape."""
    start, end = sentence
    take = max(text.rfind("将", start, where[0]), text.rfind("把", start, where[0]))
    later = _first(text, ("将", "把"), where[1], min(end, where[1] + 30))
    if take >= 0 and (later < 0 or "," not in text[take : where[0]]) and later < 0:
        what_end = where[0] - 1 if text[where[0] - 1 : where[0]] == "于" else where[0]
        how = _HOW_BEFORE.match(text, where[1], end)
        verb = _VERB.match(text, how.end() if how else where[1], end)
        if verb is None:
            return None
        return _named(text, (take + 1, what_end), verb.end(), end)
    if later >= 0:
        verb = _verb_behind(text, later + 1, end)
        return None if verb is None else _named(text, (later + 1, verb.start()), verb.end(), end)
    return _towards(text, where[1], end)


def _first(text: str, words: tuple[str, ...], start: int, end: int) -> int:
    places = [at for word in words if (at := text.find(word, start, end)) >= 0]
    return min(places, default=-1)


def _verb_behind(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first verb of handing in behind a what, outside titles and brackets, with somebody behind it."""
    depth = 0
    for at in range(start, end):
        sign = text[at]
        depth += (sign in "《(") - (sign in "》)")
        if depth == 0 and sign in "。;":
            return None
        if depth == 0 and at > start + 1:
            verb = _VERB.match(text, at, end)
            if verb is not None and _is_verb(text, at, verb.end(), end):
                return verb
    return None


def _is_verb(text: str, start: int, at: int, end: int) -> bool:
    """Whether what may be a verb is one: not the 报 of 年报报送, nor 自查报告和…."""
    if text.startswith(_NO_VERB, start) or _VERB.match(text, at, end) is not None:
        return False
    to = _recipient(text, at, end)
    return to is not None and (not text.startswith("报告", start) or to[1] - to[0] <= 12)


def _recipient(text: str, start: int, end: int) -> Spot | None:
    """To whom: the name that stands here, or a mail box."""
    found = _TO.match(text, start, end)
    if found is None or text[start] in "和与及":
        return None
    cell = cell_text(found.group())
    ended = unit_end(cell, 0, len(cell.text))
    if ended is not None:
        last = start + ended[0] if len(cell.text) == len(found.group()) else found.end()
        return start, last
    return found.span() if "邮箱" in found.group() else None


def _named(text: str, what: Spot, at: int, end: int) -> tuple[Spot, Spot, Spot | None] | None:
    """The what without its bracket and how, and the to whom behind the verb."""
    to = _recipient(text, at, end)
    if to is None:
        return None
    first, stop = what
    other = _DATE.search(text, first, stop)
    if other is not None:  # 2月3日前将名单、2月7日前将总结报办公室
        stop = other.start()
        while stop > first and text[stop - 1] in "、,和及于并在":
            stop -= 1
    bracket: Spot | None = None
    opening = text.find("(", first, stop)
    if opening > first and text[stop - 1] == ")":
        bracket, stop = (opening + 1, stop - 1), opening
    how = _HOW.search(text, first, stop)
    stop = how.start() if how else stop
    stop -= text[stop - 1] == ","
    return ((first, stop), to, bracket) if stop - first >= 2 else None


def _towards(text: str, start: int, end: int) -> tuple[Spot, Spot, Spot | None] | None:
    """…前向办公室报送总结."""
    if not text.startswith("向", start, end):
        return None
    for at in range(start + 3, min(end, start + 33)):
        verb = _VERB.match(text, at, end)
        if verb is not None and not text.startswith(_NO_VERB, at):
            what, to = _TO.match(text, verb.end(), end), _recipient(text, start + 1, at)
            return None if what is None or to is None else (what.span(), to, None)
    return None


def _asks(text: str, where: Spot, sentence: Spot) -> bool:
    """Whether a sentence with a date asks for something to be handed in: the verb stands behind the date."""
    behind = text[where[1] : sentence[1]]
    return any(word in behind for word in ("报送", "上报", "反馈", "提交", "报至", "报办", "送至", "报局", "发送"))


def _attachments(copy: Normal, bracket: Spot | None) -> tuple[str, ...]:
    """What a bracket says to attach: behind 附上 or 附, up to 等."""
    if bracket is None:
        return ()
    words = copy.text[slice(*bracket)]
    cut = words.find("附")
    if cut < 0:
        return ()
    start = bracket[0] + cut + (2 if words[cut + 1 : cut + 2] in ("上", "带", "有") else 1)
    end = bracket[1] - (1 if words.endswith("等") else 0)
    found: list[str] = []
    for link in _LINKS.finditer(copy.text, start, end):
        if link.start() > start and "在" not in copy.text[start : link.start()]:
            found.append(_line(copy.at(start, link.start())))
            start = link.end()
    return (*found, _line(copy.at(start, end)))


def _line(text: str) -> str:
    return "".join(text.split())
