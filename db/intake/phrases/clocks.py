"""Time limits that an event starts (notice-patterns.md, section 5): 印发后10个工作日内公开, 会前提前3个工作日备案.

    clock    := [event] (之日起 | 后 | 前提前 | 前) [的] number days [内] action      a limit
              | event 一般? 不少于 number days                                        a least duration (征求意见 30天)
              | 不超过 number days action
    days     := 个工作日 | 日 | 天 | 个自然日         5-7个工作日: the longer, both shown
Months, weeks and hours are told of and not counted: a ClockRule counts days. Of several clocks in one clause each has
the part between the 、 around it. Where the clause has no event of its own, it is the one of the clause before
(…收到的投诉，在5个工作日内…); a second clock of the sentence about a part of that (简单问题) names both.
The quote goes from the event to the end of the action, verbatim, without the words that join it on (并 且 要).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from db.intake.phrases.clock_words import (
    OTHER_UNITS,
    Limit,
    action_of,
    event_of,
    is_date,
    limits,
    sub_case,
    without_joins,
)
from db.intake.phrases.remembering import remembered
from db.intake.phrases.sentences import Sentences, sentences
from db.intake.phrases.signs import Normal, normal
from db.intake.reading import Doubt
from db.rules.notice import ClockRule
from db.rules.words import Bound, Direction

LONGEST: Final = 50_000
"""Signs of a text that are looked through."""

MOST_LIMITS: Final = 100
"""Limits of one text that are read: no letter has so many, and each carries its clause."""

MOST_DAYS: Final = 3650


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a clause that belongs to one limit: text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Last:
    """The rule before: where its sentence and its number begin, what starts it, whether it runs up to that."""

    sentence: int
    at: int
    trigger: str
    is_before: bool


@remembered
def clocks(text: str, task: str | None) -> tuple[tuple[ClockRule, ...], tuple[Doubt, ...]]:
    """The time limits of a requirement or of a paragraph of the letter (task None, else its row's number)."""
    copy = normal(text[:LONGEST])
    cuts = sentences(copy.text)
    rules: list[ClockRule] = []
    doubts: list[Doubt] = []
    if len(text) > LONGEST:
        doubts.append(Doubt("clock_unread", text[:30], f"只看了前 {LONGEST} 字", blocks=True))
    doubts.extend(
        Doubt("clock_unread", copy.line(*found.span()), "不是按天数计的时限，没有记为时限规则")
        for found in islice(OTHER_UNITS.finditer(copy.text), MOST_LIMITS)
        if not cuts.in_title(found.start())
    )
    last: _Last | None = None
    for count, (limit, part) in enumerate(_parts(copy.text, cuts)):
        if count == MOST_LIMITS:
            doubts.append(Doubt("clock_unread", limit.text, f"只看了前 {MOST_LIMITS} 处时限", blocks=True))
            break
        read = _read(copy, cuts, limit, part, task, last)
        if isinstance(read, ClockRule):
            rules.append(read)
            last = _Last(cuts.sentence(limit.start)[0], limit.start, read.trigger, read.direction == "before")
            if is_date(normal(read.trigger).text):
                doubts.append(Doubt("clock_unread", read.quote, f"从{read.trigger}起算，没有算成完成时限"))
            if limit.least is not None:
                least = f"{limit.least}{limit.unit}"
                doubts.append(Doubt("clock_unread", limit.text, f"按较长的 {read.days} {limit.unit}计", (least,)))
        else:
            doubts.append(read)
    return tuple(dict.fromkeys(rules)), tuple(dict.fromkeys(doubts))


def _parts(text: str, cuts: Sentences) -> Iterator[tuple[Limit, _Part]]:
    """Each limit with its part of the clause."""
    found = [limit for limit in limits(text) if not cuts.in_title(limit.start)]
    commas = [at for at, sign in enumerate(text) if sign == "、"] if len(found) > 1 else []
    behind = 0
    for position, limit in enumerate(found):
        clause = cuts.clause(limit.start)
        start = max(clause[0], behind)
        end = clause[1]
        following = found[position + 1] if position + 1 < len(found) else None
        if following is not None and following.start < clause[1]:
            end = _cut(commas, limit.end, following.start)
            behind = end + 1 if end < following.start else end
        yield limit, _Part(start, max(end, limit.end))


def _cut(commas: Sequence[int], start: int, end: int) -> int:
    """The first 、 between two limits, else where the second begins."""
    found = bisect_left(commas, start)
    return commas[found] if found < len(commas) and commas[found] < end else end


def _read(
    copy: Normal, cuts: Sentences, limit: Limit, part: _Part, task: str | None, last: _Last | None
) -> ClockRule | Doubt:
    text = copy.text
    if limit.reason is not None:
        return Doubt("clock_unread", copy.line(limit.start, limit.end), limit.reason)
    if not 1 <= limit.days <= MOST_DAYS:
        return Doubt("clock_unread", copy.line(limit.start, limit.end), "天数超出可记的范围，没有记为时限规则")
    start = without_joins(text, part.start, limit.start)
    event, is_before = event_of(text, start, limit.head)
    trigger = copy.line(*event)
    if not trigger:
        earlier = cuts.before(limit.start) if part.start == cuts.clause(limit.start)[0] else None
        if earlier is not None and last is not None and earlier[0] <= last.at < earlier[1]:
            trigger, is_before = last.trigger, last.is_before
        elif earlier is not None:
            start = without_joins(text, *earlier)
            trigger, is_before = _earlier_event(copy, start, earlier[1])
    elif last is not None and last.sentence == cuts.sentence(limit.start)[0] and sub_case(text[slice(*event)]):
        trigger = trigger if sub_case(normal(last.trigger).text) else f"{last.trigger}（{trigger}）"
    direction: Direction = "before" if limit.before or is_before else "after"
    bound: Bound = "min" if limit.least_duration and direction == "after" else "max"
    action, end = _action(copy, cuts, limit, part, bound, event)
    if not trigger or not action:
        return Doubt("clock_unread", copy.line(part.start, end), "没有认出从什么事起算或办什么，没有记为时限规则")
    return ClockRule(limit.days, limit.day_kind, direction, bound, trigger, action, copy.line(start, end), task)


def _earlier_event(copy: Normal, start: int, end: int) -> tuple[str, bool]:
    """The event that a whole clause names: 活动开展前; of 通过…收到的投诉 that it is received."""
    received = copy.text.rfind("收到的", start, end)
    if received >= 0:
        return f"收到{copy.line(received + 3, end)}", False
    event, is_before = event_of(copy.text, start, end)
    return copy.line(*event), is_before


def _action(
    copy: Normal, cuts: Sentences, limit: Limit, part: _Part, bound: Bound, event: tuple[int, int]
) -> tuple[str, int]:
    """What is to be done, and where the quote ends."""
    first, last = action_of(copy.text, limit.end, part.end)
    if bound == "min":
        name = copy.text[slice(*event)]
        known = next((word for word in ("征求意见", "公示", "公开征集", "征集", "公告") if word in name), None)
        return f"{known or copy.line(*event)}截止", max(last, limit.end)
    if first < last:
        return copy.line(first, last), last
    if part.end < cuts.clause(limit.start)[1] or part.end >= cuts.sentence(limit.start)[1]:
        return "", limit.end
    following = cuts.clause(part.end + 1) if part.end + 1 < len(copy.text) else (0, 0)
    if following[0] <= part.end or following[1] > cuts.sentence(limit.start)[1]:
        return "", limit.end
    return copy.line(*following), following[1]
