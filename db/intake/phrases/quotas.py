"""Amounts that a notice asks for (notice-patterns.md, section 5): 每季度不少于2条, 每年至少1次, 不低于60%.

    quota   := [period] [words] bound [words] amount  |  period [words] amount  |  amount 以上  |  amount / period
    period  := 每 (年 | 季度 | 月 | 项 | 件 | 次 …)  |  年内 全年 本年度  |  按月 按季度
    bound   := 不少于 | 不得少于 | 不低于 | 至少 | ≥ | 达到
    amount  := number [(- | 至) number] measure        条 次 篇 期 场 件 … %; no days: those are clocks

The period is the one that stands nearest before the amount in its clause. A range asks for its lower end. Of rates only
that of the forms of publication (多元化解读率) can be counted: one of the year, unless its own clause says otherwise.
Every other one (公开率, 准确率, 办结率, 满意度) is told.
A number without bound and period is none (26个领域, 三个重点栏目, 〔2020〕8号).
The quote is the clause; where that has no words beside the amount (每项不得少于1次) also the clause before it.
An amount of every responsible unit (各责任科室需做到每季度…) is no amount of the row: `unit_wide` reads those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from db.intake.phrases.quota_words import PER_CENT, Amount, Counted, amounts, is_bare, is_of_forms
from db.intake.phrases.recurrences import of_periods
from db.intake.phrases.remembering import remembered
from db.intake.phrases.sentences import Sentences, sentences
from db.intake.phrases.signs import Normal, normal
from db.intake.phrases.unit_wide import speaks_of_every_unit
from db.intake.reading import Doubt
from db.rules.notice import Quota
from db.rules.words import PERIOD_NAMES, RATE, Period

LONGEST: Final = 50_000
"""Signs of a text that are looked through; a requirement has some hundreds."""

MOST_AMOUNTS: Final = 100
"""Amounts of one text that are read: no requirement has so many, and each carries its clause."""

_ONLY_A_BOUND: Final = 6
_LONGEST_RATE: Final = 60
LARGEST_TARGET: Final = 100_000
_NO_FORM: Final = "这个比率无法由已登记的公开数出，没有记为数量要求"
PERIODS: Final[dict[str, Period]] = {"month": "month", "quarter": "quarter", "year": "year", "item": "item"}


@dataclass(frozen=True, slots=True)
class Found:
    """A quota with the place of its phrase (period to measure) in the normalised text, and what is unsure about it."""

    quota: Quota
    start: int
    end: int
    regular: bool
    doubts: tuple[Doubt, ...]
    for_every_unit: bool


@remembered
def quotas(text: str) -> tuple[tuple[Quota, ...], tuple[Doubt, ...]]:
    """The amounts of a row itself, from its requirement or from a cell that holds nothing but an amount."""
    return _chosen(text, False)


@remembered
def unit_wide(text: str) -> tuple[tuple[Quota, ...], tuple[Doubt, ...]]:
    """The amounts that a sentence asks of every responsible unit."""
    return _chosen(text, True)


def _chosen(text: str, for_every_unit: bool) -> tuple[tuple[Quota, ...], tuple[Doubt, ...]]:
    found, doubts, of_every_unit = counted(normal(text[:LONGEST]))
    kept = [one for one in found if one.for_every_unit == for_every_unit]
    unread = of_every_unit if for_every_unit else doubts
    if len(text) > LONGEST:
        unread = (*unread, Doubt("quota_unread", text[:30], f"只看了前 {LONGEST} 字", blocks=True))
    unique = {(one.quota.target, one.quota.counter, one.quota.period, one.quota.quote): one for one in reversed(kept)}
    chosen = tuple(one for one in kept if unique.get(_key(one)) is one)
    return tuple(one.quota for one in chosen), (*(doubt for one in chosen for doubt in one.doubts), *unread)


def _key(one: Found) -> tuple[int, str, Period, str]:
    return one.quota.target, one.quota.counter, one.quota.period, one.quota.quote


def counted(copy: Normal) -> tuple[tuple[Found, ...], tuple[Doubt, ...], tuple[Doubt, ...]]:
    """Every amount of a text with its place, the doubts about what was no amount after all, and those about rates that
    are asked of every unit."""
    cuts = sentences(copy.text)
    found: list[Found] = []
    doubts: list[Doubt] = []
    of_every_unit: list[Doubt] = []
    for count, one in enumerate(amounts(copy.text)):
        if count == MOST_AMOUNTS:
            phrase = copy.line(one.start, one.end)
            doubts.append(Doubt("quota_unread", phrase, f"只看了前 {MOST_AMOUNTS} 处数量", blocks=True))
            break
        if cuts.in_title(one.number):
            continue
        read = _read(copy, cuts, one)
        if isinstance(read, Doubt):
            is_of_all = read.assumed == _NO_FORM and speaks_of_every_unit(copy.text, cuts, one.start)
            (of_every_unit if is_of_all else doubts).append(read)
        elif read is not None:
            found.append(read)
    doubts.extend(
        Doubt("quota_unread", copy.line(*part.span()), "数字没有认准，没有记为数量要求")
        for part in islice(PER_CENT.finditer(copy.text), MOST_AMOUNTS)
        if not cuts.in_title(part.start())
    )
    return tuple(found), tuple(doubts), tuple(of_every_unit)


def recurrence(found: Sequence[Found]) -> tuple[str, Found] | None:
    """The rule by which a row's own amounts come round, and the amount that sets it; None where none does."""
    regular = [one for one in found if one.regular and not one.for_every_unit]
    rule = of_periods([one.quota.period for one in regular])
    if rule is None:
        return None
    return rule, next(one for one in regular if of_periods([one.quota.period]) == rule)


def _read(copy: Normal, cuts: Sentences, one: Amount) -> Found | Doubt | None:
    clause = cuts.clause(one.number)
    period, start, far = _period(copy, cuts, one, clause)
    phrase = copy.line(start, one.end)
    if isinstance(one.meaning, str):
        return Doubt("quota_unread", phrase, one.meaning) if one.bounded or period is not None else None
    if not one.bounded and (period is None or far) and not is_bare(copy.text):
        return None
    meaning: Counted = one.meaning
    if one.upper:
        return Doubt("quota_unread", phrase, "这是上限，没有记为数量要求")
    if not 1 <= meaning.target <= (100 if meaning.counter == RATE else LARGEST_TARGET):
        return Doubt("quota_unread", phrase, "数量超出可记的范围，没有记为数量要求")
    is_rate = meaning.counter == RATE
    if is_rate and not is_of_forms(_words_before(copy.text, cuts, clause, one.number)):
        return Doubt("quota_unread", copy.line(*_quoted(copy.text, cuts, clause, start, one.end)), _NO_FORM)
    if is_rate and far:
        period, far = None, False  # each amount of a sentence has its own period; a rate is one of the year
    if period in ("half", "week", "day"):
        return Doubt("quota_unread", phrase, "周期不是每月、每季度或每年，没有记为数量要求")
    doubts: list[Doubt] = [] if one.assumed is None else [Doubt("quota_unread", phrase, one.assumed)]
    known = PERIODS.get(period or "", "year")
    if far or (period is None and not is_rate):
        reason = "周期取自前一句" if far else "没有写周期"
        doubts.append(Doubt("quota_unread", phrase, f"{reason}，按{PERIOD_NAMES[known]}计"))
    if meaning.most is not None:
        doubts.append(Doubt("quota_range", phrase, f"按至少 {meaning.target} {meaning.counter}计"))
    quote = copy.line(*_quoted(copy.text, cuts, clause, start, one.end))
    quota = Quota(meaning.target, meaning.counter, known, quote)
    regular = period in ("month", "quarter", "year") and not far and not is_rate
    return Found(quota, start, one.end, regular, tuple(doubts), speaks_of_every_unit(copy.text, cuts, start))


def _period(copy: Normal, cuts: Sentences, one: Amount, clause: tuple[int, int]) -> tuple[str | None, int, bool]:
    """The period, where its phrase begins, and whether it stands in an earlier clause only."""
    if one.period is not None:
        return one.period, one.start, False
    near = one.nearest
    if near is None:
        return None, one.start, False
    if near.start >= clause[0]:
        return near.period, near.start, False
    if near.start >= cuts.sentence(one.number)[0] and near.period != "item":
        return near.period, one.start, True
    return None, one.start, False


def _words_before(text: str, cuts: Sentences, clause: tuple[int, int], number: int) -> str:
    """What the amount is one of: the words in front of it, those of the clause before where there are hardly any."""
    earlier = cuts.before(number) if number - clause[0] <= _ONLY_A_BOUND else None
    return text[max(earlier[0] if earlier else clause[0], number - _LONGEST_RATE) : number]


def _quoted(text: str, cuts: Sentences, clause: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """The clause; with the one before it where nothing beside the amount stands in it."""
    first, last = clause[0], max(clause[1], end)
    says_nothing = start - first <= 1 and not text[end:last].strip(" 以上。")
    earlier = cuts.before(start) if says_nothing else None
    return (earlier[0], last) if earlier is not None else (first, last)
