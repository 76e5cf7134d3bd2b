"""The words of an event clock in a normalised text: the number of days, and what stands around it.

Every pattern is bounded in length and begins with a number or a word of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.intake.phrases.numbers import CHINESE, DIGITS, values
from db.rules.words import DayKind

_NUMBER: Final = f"{DIGITS}|{CHINESE}"
_LIMIT: Final = re.compile(
    rf"(?<![月0-9.])(?P<first>{_NUMBER})(?:(?:个?(?:工作)?日)?(?:-{{1,3}}|至|到)(?P<most>{_NUMBER}))?"
    r"(?P<unit>个?工作日|个?自然日|个?日历日|日|天|个月|个?星期|周|个?小时)(?P<inside>之内|以内|内)?(?P<over>(?:及|或)?以上)?"
    r"(?P<front>前)?"
)
_NO_LIMIT: Final = re.compile("(?:[月日号](?:-|至|到)|最?近|过去|连续|连|前后|未来|今后)$")
_DATE: Final = re.compile(
    "(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}[日号]|[0-9]{4}年[0-9]{1,2}月|(?:[0-9]{4}年)?[0-9]{1,2}月(?:份|底|末)?"
)
_NO_EVENT: Final = re.compile(
    "(?:按照?|根据|依据|依照|遵照|严格|切实|认真)?(?:落实|执行|遵守|按照)?[^,;:。]{0,40}(?:规定|要求)|限期?|办理期?限?|.*(?:时限|期限)为?"
)
_SUBJECT: Final = re.compile("^.{1,30}?(?<![回响相反对供适])应当?(?:在|于)(?=.{3,})")
OTHER_UNITS: Final = re.compile(
    "半(?:个(?:月|小时)|天|年)(?:之内|以内|内)|(?<![0-9一二三四五六七八九十])(?:[1-9]|[一二两三四五])年(?:之内|以内|内)(?!容)"
    "|(?:当日|当天|次日|翌日|隔日|第二天)(?:内|前|(?=[^,;。:起]{0,6}(?:公开|公布|发布|报送|上报|报告|答复|回复|反馈|办结|更新|归档|完成)))"
)
"""Limits that are no number of days: 半个月内, 一年内, 当日公开."""
_LEAST: Final = re.compile(
    "(?:一般|原则上)?(?:时间|期限|时限|期)?(?:应|应当|须|得)?(?:不(?:得|应|能|可)?(?:少|低|短)于|至少|不少于)$"
)
_MOST: Final = re.compile(
    "(?:最长)?(?:时间|期限|时限)?(?:应|应当|须|得)?(?:不(?:得|应|能|可)?(?:超过|多于|长于)|最长|缩短至|压缩至|控制在)$"
)
_AHEAD: Final = re.compile("(?P<front>前)?(?:须|应|要|应当|需)?(?:至少|最少)?提前(?:至少|不少于)?$")
_BEFORE: Final = re.compile("(?:之|以)?前(?:的)?(?:至少)?$")
_AFTER: Final = re.compile(
    "(?:(?:之日|当日)(?:起|后)的?|(?:之|以)?后的?|起)(?:一般|原则上|应当|应|须|要|需|必须)?(?:在|于)?$"
)
_SINCE: Final = "在(?![线建职岗册校编])|自(?![然行身贸治收查动主助媒])|从(?![业事严快])|于"
_JOINS: Final = re.compile(
    "(?:[一二三四五六七八九]是|[0-9]{1,2}[.、]|并且?|且|同时|其中|另外|此外|请(?![示假求愿])|要求|要(?![求点闻素件])|应当|"
    f"应(?![急对用届诉])|须(?!知)|需(?![求要])|对于|对(?![外接象口策])|{_SINCE}|[、,;:])+"
)
_LEADS: Final = re.compile(f"(?:{_SINCE})+")
_TAIL: Final = re.compile(
    "(?:一般|原则上|应当|必须|需要|(?<![重主摘概纪简首需])要|(?<![回响相反对供适])应|须|(?<![必供急])需|(?<!平)均|(?<![首成])都|"
    "(?<![认许])可|(?<![申邀聘提])请|(?<![存所现])在|于|(?<![各亲])自|的|至少|最迟|不迟于|务必)+$"
)
_ENDS: Final = re.compile("等(?:规定|要求|制度|时限|情况)?(?:的)?$")
_SUB_CASE: Final = re.compile("[^,;:。]{0,12}(?:问题|事项|情形|情况|诉求|的)")
SHORTEST_EVENT: Final = 4
"""自收到之日起: what is received stands before 自."""

_UNITS_OF_DAYS: Final[dict[str, DayKind]] = {
    "工作日": "workday",
    "自然日": "calendar",
    "日历日": "calendar",
    "日": "calendar",
    "天": "calendar",
}
MOST_WORDS: Final = 30
"""Signs before a number in which the words between it and its event are looked for."""


@dataclass(frozen=True, slots=True)
class Limit:
    """text[start:end]: the number with its unit and 内. head: where the words before it begin (提前, 不少于).

    least: the lower end of a range; reason: why it is no clock rule, None where it is one.
    """

    start: int
    end: int
    head: int
    days: int
    least: int | None
    unit: str
    day_kind: DayKind
    before: bool
    least_duration: bool
    text: str
    reason: str | None


def limits(text: str) -> Iterator[Limit]:
    """Every number of days that limits something, in order. A bare 30天 without 内, 不少于 or 提前 is none."""
    for match in _LIMIT.finditer(text):
        low = max(0, match.start() - MOST_WORDS)
        lead = text[low : match.start()]
        least, most, ahead = _LEAST.search(lead), _MOST.search(lead), _AHEAD.search(lead)
        unit = match["unit"].removeprefix("个")
        inside, over = match["inside"] is not None, match["over"] is not None
        front = match["front"] is not None and unit in _UNITS_OF_DAYS
        until = (
            lead.endswith("前")
            and unit in _UNITS_OF_DAYS
            and not lead.endswith(("日前", "月前", "号前", "年前", "目前"))
        )
        front = front or until
        if not (inside or over or least or most or ahead or front or _led(lead, unit)) or _NO_LIMIT.search(lead):
            continue
        head = next((low + found.start() for found in (ahead, least, most) if found is not None), match.start())
        numbers = (*values(match["first"]), *(values(match["most"]) if match["most"] else ()))
        wanted = 2 if match["most"] else 1
        yield Limit(
            match.start(),
            match.end(),
            head,
            max(numbers, default=0),
            min(numbers) if wanted == 2 and numbers else None,
            match["unit"],
            _UNITS_OF_DAYS.get(unit, "calendar"),
            bool(ahead) or front,
            bool(least) or over,
            match.group(),
            _reason(unit, numbers, wanted, bool(inside or over or least or most or ahead or front)),
        )


def _led(lead: str, unit: str) -> bool:
    """A number of workdays is a limit by its words alone; of days it is after 之日起 or 后 only."""
    return unit == "工作日" or (
        unit in _UNITS_OF_DAYS and lead.endswith(("之日起", "日起", "限期", "时限", "期限", "限为"))
    )


def _reason(unit: str, numbers: tuple[int, ...], wanted: int, limited: bool) -> str | None:
    if unit not in _UNITS_OF_DAYS:
        return "不是按天数计的时限，没有记为时限规则"
    if len(numbers) != wanted:
        return "数字没有认准，没有记为时限规则"
    if not limited:
        return "没有写明是几天之内还是至少几天，没有记为时限规则"
    return None


def without_joins(text: str, start: int, end: int) -> int:
    """Where the clause begins behind the words that join it on (二是, 并, 要, 在 stays with its event)."""
    found = _JOINS.match(text, start, end)
    if found is None:
        return start
    at = found.end()
    while at > start and text[at - 1] in "在自从于对":
        at -= 1
    return at


def event_of(text: str, start: int, head: int) -> tuple[tuple[int, int], bool]:
    """The event in text[start:head] in front of a limit (empty where an earlier clause has it), and
    whether the time runs up to it (前)."""
    end = _without_tail(text, start, head)
    after = _search(_AFTER, text, start, end)
    before = None if after is not None else _search(_BEFORE, text, start, end)
    found = before if after is None else after
    if found is not None:
        end = _without_tail(text, start, found)
    first = start
    if after is not None and text.startswith(("之日", "当日"), after):
        since = max(text.rfind("自", start, end), text.rfind("从", start, end))
        first = since + 1 if since >= 0 and end - since > SHORTEST_EVENT else start
    subject = _SUBJECT.match(text[first:end]) if found is not None else None
    first = first if subject is None else first + subject.end()
    lead = _LEADS.match(text, first, end)
    first = first if lead is None else lead.end()
    if found is None and _NO_EVENT.fullmatch(text, first, end):
        return (first, first), False
    if found is not None and end - first == 1:  # 会后 is an event, 会 is none
        end = min(head, end + 1)
    return (first, max(first, end)), before is not None


def is_date(event: str) -> bool:
    """Whether an event is a day of the calendar: what begins then can be reckoned at once."""
    return _DATE.fullmatch(event) is not None


def _search(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Where the words begin that this stretch of text ends with."""
    low = max(start, end - MOST_WORDS)
    found = pattern.search(text[low:end])
    return None if found is None else low + found.start()


def _without_tail(text: str, start: int, end: int) -> int:
    found = _search(_TAIL, text, start, end)
    return end if found is None else found


def action_of(text: str, start: int, end: int) -> tuple[int, int]:
    """What is to be done behind a limit, without 等规定."""
    while start < end and text[start] in ",的前(":
        start += 1
    found = _search(_ENDS, text, start, end)
    if found is not None:
        end = found
    while start < end and text[end - 1] in "。!?;,)":
        end -= 1
    return start, max(start, end)


def sub_case(event: str) -> bool:
    """Whether an event is only a part of the one before (简单问题)."""
    return _SUB_CASE.fullmatch(event) is not None
