"""The date that a requirement sets in its own words (notice-patterns.md, section 3).

    completion := point 前 | point 完成 | 到 point, at the head of a clause | 每 period … 前 | window 前 | window 完成
Only a day or a month that the work is to be done by. None is: a year in a title or a document's number, 2016年以来,
2020年以前印发的 (it says which documents), a month in which something is held, 及时 定期 年内.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from db.intake.phrases.deadline_cells import Answer, by_party
from db.intake.phrases.deadline_days import NO_DATE, Fixed, Words, dated, fixed, of_point, undated
from db.intake.phrases.deadline_grammar import Dated, Item, Recurring, Window, Word, items
from db.intake.phrases.deadline_lexer import lexemes
from db.intake.phrases.deadline_parties import named_before, named_together
from db.intake.phrases.deadline_points import Point
from db.intake.phrases.sentences import Sentences
from db.intake.phrases.signs import Normal
from db.intake.reading import Doubt
from db.rules.notice import Deadline

LONGEST: Final = 5_000
"""Signs of a requirement in which holidays are looked for."""
MOST_DATES: Final = 50
"""Dates of one requirement that are read: each carries its sentence."""

_DONE_BEHIND: Final = re.compile("(?:全部|全面|基本|按时|如期)?(?:完成|办结|建成|到位)")
_OF_A_THING: Final = re.compile(
    "的|(?:已经?|所|以|曾)?(?:仍|尚|还)?(?:未|没有|应当?)?(?:能|按[时期要]求?)?(?:反馈|交办|移交|转办|通报|指出|提出|下达|确定|发现|查出|清理|印发|制定|制发|出台|发布|公布|颁布|施行|实施|执行|成立|登记|注册|设立|形成|签订|取得|生成|产生|作出|受理|"
    "收到|办理|办结|整改|采集|上报|审批|批准|立项|公开|产出|发生|立案|入库|备案|报送|完成|建成|有效|生效){1,3}(?:并.{0,4})?的"
)
_HAPPENS: Final = re.compile(
    "(?:底|末)?[^,;:。()《》0-9]{0,6}?(?:开展|组织|召开|举办|举行|报送|上报|提交|启动|实施|公开|公布|发布|印发|出台|推出|评估|验收|考核|"
    "完成|办结|更新|通报|检查|抽查|总结|汇总|上线|建成|做好|进行|落实|制定|编制)(?!情况|[^,;。]{0,12}的)"
)
"""What a day without 前 is the day of."""
_FEAST: Final = re.compile(
    '[“"]?(?:元旦|春节|清明|五一|端午|七一|八一|中秋|国庆|两会|寒假|暑假|开学|学期末?)节?[”"]?(?:之|以)?前(?!后|夕|期)|(?:次|下个?|当|本)月[0-9]{1,2}日(?:之|以)?前(?!后|期)'
)
_BEGINS: Final = ("起", "以来", "之后", "以后", "后", "前", "开始", "的")
_UNTIL: Final = re.compile("^到$|[,;:。(]到$|不超过$|不[晚迟]于$|最[晚迟]于?$")
_LONG_DONE: Final = re.compile("已")


@lru_cache(maxsize=4)
def _phrases(text: str) -> tuple[Item, ...]:
    """Every phrase of a text: asked for its dates, its later stages and its days in turn."""
    return items(lexemes(text))


def completions(copy: Normal, cuts: Sentences) -> tuple[tuple[Dated, ...], tuple[Word, ...]]:
    """The phrases by which a requirement is to be done, and the 分别 between them."""
    found = _phrases(copy.text)
    dates = tuple(
        one
        for one in found
        if not isinstance(one, Word) and not cuts.in_title(one.start) and _completes(copy.text, one)
    )
    return dates, tuple(one for one in found if isinstance(one, Word) and one.kind == "listed")


def _completes(text: str, item: Dated) -> bool:
    """Whether a phrase is a date by which something is to be done."""
    if isinstance(item, Recurring):
        ends = text[item.end - 1]
        return item.inside or ends in "末底" or (ends == "前" and (bool(item.points) or text[item.end - 2] in "末底"))
    point = item.last if isinstance(item, Window) else item
    if not point.dated or (point.unsure and not point.before):
        return False
    if not point.before:
        return (
            _DONE_BEHIND.match(text, point.end) is not None
            or _UNTIL.search(text[max(0, point.start - 5) : point.start]) is not None
        )
    return not _OF_A_THING.match(text, point.end, point.end + 20) and not _LONG_DONE.match(text, point.end)


def read(copy: Normal, cuts: Sentences, year: int | None) -> Answer | None:
    """The date of a requirement; None where it sets none."""
    found, listed = completions(copy, cuts)
    if not found:
        return None
    if len(found) > MOST_DATES:
        phrase = copy.line(found[0].start, found[0].end)
        words = Words(phrase, phrase, "requirement")
        doubt = Doubt("deadline_unread", phrase, f"{NO_DATE}：一项里有 {len(found)} 个日期", blocks=True)
        return (undated(words),), (doubt,)
    stale = tuple(one for one in found if isinstance(one, Point) and _is_stale(one, year))
    current = [one for one in found if one not in stale] if len(stale) < len(found) else list(found)
    told = tuple(_told(copy, one) for one in stale) if len(current) < len(found) else ()
    current = sorted((*current, *_later(copy, cuts, current, year)), key=lambda one: one.start)
    unique = list({_meaning(one): one for one in reversed(current)}.values())[::-1]
    answer = _by_party(copy, cuts, unique, listed, year) if len(unique) > 1 else None
    if answer is None:
        answer = _single(copy, cuts, unique[0], year) if len(unique) == 1 else _several(copy, cuts, unique, year)
    return answer[0], (*answer[1], *told)


def unclaimed(copy: Normal, cuts: Sentences) -> tuple[Point | Window, ...]:
    """The days on which something happens (7月召开推进会, 6月至9月开展检查) that are no date to be done by."""
    return tuple(
        one
        for one in _phrases(copy.text)
        if isinstance(one, Point | Window)
        and not cuts.in_title(one.start)
        and not _completes(copy.text, one)
        and _happens(copy.text, one)
    )


def _happens(text: str, item: Point | Window) -> bool:
    point = item.last if isinstance(item, Window) else item
    until = text.endswith(("至", "到", "截至", "截止"), max(0, item.start - 2), item.start)
    if point.before or not point.readings or (not point.dated and not (until and _has_year(point))):
        return False
    if text.startswith(_BEGINS, item.end) or _OF_A_THING.match(text, item.end):
        return False
    return until or _HAPPENS.match(text, item.end) is not None


def _has_year(point: Point) -> bool:
    return any(day.year is not None for day in point.readings)


def _later(copy: Normal, cuts: Sentences, found: Sequence[Dated], year: int | None) -> list[Dated]:
    """What happens after every date that something is to be done by: a later stage (上半年完成，下半年评估)."""
    ends = [_day(one, year) for one in found]
    last = max((day.order() for day in ends if day is not None), default=None)
    if last is None:
        return []
    later: list[Dated] = []
    for one in unclaimed(copy, cuts)[:MOST_DATES]:
        day = _day(one, year)
        if day is not None and day.order() > last:
            later.append(one)
    return later


def _day(item: Dated, year: int | None) -> Fixed | None:
    point = item.last if isinstance(item, Window) else item
    return None if isinstance(point, Recurring) else of_point(point, year, "")[0]


def untaken(copy: Normal, cuts: Sentences, year: int | None) -> tuple[Doubt, ...]:
    """A doubt for each day of a requirement without a date on which something happens."""
    told = (one for one in unclaimed(copy, cuts)[:MOST_DATES] if not isinstance(one, Point) or not _is_stale(one, year))
    phrases = dict.fromkeys(copy.line(one.start, one.end) for one in told)
    phrases.update(
        dict.fromkeys(
            copy.line(*one.span()) for one in _FEAST.finditer(copy.text, 0, LONGEST) if not cuts.in_title(one.start())
        )
    )
    return tuple(Doubt("deadline_unread", phrase, "要求里的日期没有作为时限") for phrase in phrases)


def stale(copy: Normal, cuts: Sentences, year: int | None) -> tuple[Doubt, ...]:
    """A doubt for each date of an older year that a requirement still has, though its cell sets the date."""
    found, _ = completions(copy, cuts)
    old = [one for one in found[:MOST_DATES] if isinstance(one, Point) and _is_stale(one, year)]
    return tuple(dict.fromkeys(_told(copy, one) for one in old))


def _is_stale(point: Point, year: int | None) -> bool:
    return bool(point.readings) and all(fixed(day, year) == "deadline_stale" for day in point.readings)


def _told(copy: Normal, point: Point) -> Doubt:
    return Doubt("deadline_stale", copy.line(point.start, point.end), "要求里的旧日期没有采用")


def _meaning(item: Dated) -> object:
    return item.readings or item.start if isinstance(item, Point) else item.start


def words_of(copy: Normal, cuts: Sentences, start: int, end: int) -> Words:
    """The phrase and its sentence, as written."""
    return Words(copy.line(start, end), copy.line(*cuts.quoted(start, end)), "requirement")


def _single(copy: Normal, cuts: Sentences, item: Dated, year: int | None) -> Answer:
    words = words_of(copy, cuts, item.start, item.end)
    if isinstance(item, Recurring):
        return _recurring(words, item, year)
    if isinstance(item, Window):
        return _window(words, item, year)
    day, doubts = of_point(item, year, words.text)
    return (undated(words),) if day is None else (dated(words, day),), doubts


def _recurring(words: Words, item: Recurring, year: int | None) -> Answer:
    found = Deadline(words.text, "recurring", words.source, words.quote, recurrence=item.rule)
    if not item.points and not item.inside:
        return (found,), ()
    if len(item.points) != 1:
        return (found,), (Doubt("deadline_unread", words.text, "按周期记，每期里的哪一天不单独提醒"),)
    day, doubts = of_point(item.points[0], year, words.text)
    if day is not None:
        found = replace(found, month=day.month, day=day.day, year_offset=day.offset)
    return (found,), doubts


def _window(words: Words, item: Window, year: int | None) -> Answer:
    last, doubts = of_point(item.last, year, words.text)
    first, unsure = of_point(item.first, year, words.text)
    if last is None:
        return (undated(words),), doubts
    if first is None or unsure or first.offset or (0, first.month, first.day or 1) > last.order():
        return (dated(words, last),), (*doubts, Doubt("deadline_unread", words.text, "只记结束日期"))
    return (replace(dated(words, last), kind="window", start_month=first.month, start_day=first.day),), doubts


def _by_party(
    copy: Normal, cuts: Sentences, found: Sequence[Dated], listed: Sequence[Word], year: int | None
) -> Answer | None:
    points = [one for one in found if isinstance(one, Point)]
    sentence = cuts.sentence(found[0].start)
    if len(points) != len(found) or found[-1].end > sentence[1]:
        return None
    together = next((one for one in listed if sentence[0] <= one.start < points[0].start), None)
    start = together.start if together is not None else points[0].start
    words = words_of(copy, cuts, start, points[-1].end)
    if together is not None:
        return by_party(words, named_together(copy, sentence[0], together.start), points, year)
    return by_party(words, named_before(copy, points, sentence[0]), points, year)


def _several(copy: Normal, cuts: Sentences, found: Sequence[Dated], year: int | None) -> Answer:
    """Dates of several stages: the last stands until the clerk says which counts."""
    others = tuple(copy.line(one.start, one.end) for one in found)
    best: tuple[Fixed, Dated] | None = None
    for one in found:
        point = one.last if isinstance(one, Window) else one
        day = None if isinstance(point, Recurring) else of_point(point, year, "")[0]
        if day is not None and (best is None or day.order() > best[0].order()):
            best = day, one
    chosen = best[1] if best is not None else found[0]
    words = words_of(copy, cuts, chosen.start, chosen.end)
    assumed = words.text if best is not None else NO_DATE
    deadline = dated(words, best[0]) if best is not None else undated(words)
    return (deadline,), (Doubt("deadline_two_valued", words.text, assumed, others, blocks=True),)
