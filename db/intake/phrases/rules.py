"""What the letter asks of everybody: rules with their sentence, quotas of every unit, time limits that bind all.

    letter   ::= (number? title sentence?)? sentence*             title sentence: （一）严格执行要求。 in front of more
    sentence ::= up to 。 ; or ！, without 一是, 二是
    rule     ::= a sentence that asks (要, 必须, 需 …, or a clause that begins with 加强, 严格, 及时 …)
    kind     ::= by its words: 台账 ledger, 回头看 look_back, 考核 assessment, 培训 training, N个工作日 time_limit …
Left out: what only opens the letter (现印发, 特制定), the reporting and the default date (they are read elsewhere), and
what a row of the table says too. Of a sentence that restates a row the time limits count once, as the row's.
Source: reading-the-notices.md (rules that bind everybody are kept with their sentence; where the body repeats a number
of the table it is one quota or clock); notice-patterns.md, section 5.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from db.intake.phrases.clocks import clocks
from db.intake.phrases.deadlines import default_deadline
from db.intake.phrases.quotas import unit_wide
from db.intake.phrases.reports import reports
from db.intake.phrases.signs import normal
from db.intake.reading import Doubt, ReadTask
from db.intake.restating import Texts, pairs
from db.rules.notice import ClockRule, Quota, Rule
from db.rules.words import RuleKind

LONGEST: Final = 200_000
"""Signs of the letter that are looked through."""
LONGEST_SENTENCE: Final = 600
MOST_RULES: Final = 200
RESTATED: Final = 0.5
"""What part of a sentence must stand in a row, or of a row in the sentence, for both to say the same."""

_SENTENCE: Final = re.compile("[^。;!\n]+[。;!]?")
_NUMBERED: Final = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、])")
_POINT: Final = re.compile("[一二三四五六七八九十]是")
_LONGEST_TITLE: Final = 30

_ASKS: Final = re.compile(
    "(?<![重主纲摘概必需提简])要(?![点求闻件素义])|必须|应当|应(?![急对用])|须|需(?![求要])|不得|严禁|责任到人|追究"
)
_BEGINS: Final = re.compile(
    "(?:^|,)(?:进一步|切实|认真|严格|准确|及时|规范|加强|做好|强化|完善|健全|建立|落实|持续|主动|积极|确保|防止|明确|推进|提高"
    "|优化|加快|深入|统筹|逐项|依法|按时|科学|全面|梳理)"
)
_NO_RULE: Final = (
    *(
        "现印发",
        "现将",
        "特制定",
        "制定本",
        "提出如下",
        "通知如下",
        "意义",
        "总体要求",
        "联系人",
        "联系电话",
        "附件:",
        "公开方式",
    ),
    *("经局", "此件"),
)
_KINDS: Final[tuple[tuple[RuleKind, re.Pattern[str]], ...]] = (
    ("training", re.compile("培训")),
    ("quota", re.compile("每(?:季度|年|月|项)[^,。]{0,8}(?:不少于|不得少于|至少|不低于)")),
    ("look_back", re.compile("回头看")),
    ("time_limit", re.compile("[0-9]{1,3}(?:-[0-9]{1,3})?个?(?:工作日|日内|天)")),
    ("ledger", re.compile("台账")),
    ("evidence", re.compile("资料(?:的)?(?:收集|归集)|佐证|印证材料|留痕")),
    ("assessment", re.compile("考核|考评|评估|通报|督查|督办|追究|进展情况")),
    ("review", re.compile("审查|审核|保密")),
    ("interpretation", re.compile("政策解读|解读材料|(?:开展|做好|加强)解读")),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter asks of everybody."""

    unit_quotas: tuple[Quota, ...]
    clock_rules: tuple[ClockRule, ...]
    rules: tuple[Rule, ...]
    doubts: tuple[Doubt, ...]


def letter(paragraphs: Sequence[tuple[int, str]], year: int | None, tasks: Iterable[ReadTask] = ()) -> Letter:
    """The rules of the paragraphs around the tasks, and of items of prose that name no units of their own.

    tasks: as read, so that what they say already is not said twice, and for the quotas of every unit that stand in
    an item (各责任科室需每季度…).
    """
    rows = tuple(tasks)
    found = _Found()
    held = _Held(rows)
    for sentence in _sentences(paragraphs):
        restated = held.restates(sentence)
        limits, doubts = clocks(sentence, None)
        found.clocks.extend(one for one in limits if not held.counts(one, restated))
        counted, more = unit_wide(sentence)
        found.quotas.extend(counted)
        found.doubts.extend((*doubts, *more) if not restated else ())
        if not restated:
            found.rule(sentence, year)
    for row in rows:
        counted, more = unit_wide(row.task.requirement)
        found.quotas.extend(counted)
        found.doubts.extend(more)
        found.rules.extend(Rule("quota", quote) for quote in dict.fromkeys(one.quote for one in counted))
        if row.task.assignment is None and row.state == "missing":
            for sentence in _sentences([(0, row.task.requirement)]):
                found.rule(sentence, year)
    return found.letter()


class _Found:
    """What has been found so far."""

    def __init__(self) -> None:
        self.quotas: list[Quota] = []
        self.clocks: list[ClockRule] = []
        self.rules: list[Rule] = []
        self.doubts: list[Doubt] = []

    def rule(self, sentence: str, year: int | None) -> None:
        kind = _kind(sentence)
        if kind is None or len(self.rules) >= MOST_RULES:
            return
        handed_in, unsure = reports(sentence, year)
        if not handed_in and not unsure and default_deadline(sentence, year=year)[0] is None:
            self.rules.append(Rule(kind, sentence))

    def letter(self) -> Letter:
        return Letter(
            tuple({(one.target, one.counter, one.period): one for one in reversed(self.quotas)}.values())[::-1],
            tuple(dict.fromkeys(self.clocks)),
            tuple(dict.fromkeys(self.rules)),
            tuple(dict.fromkeys(self.doubts)),
        )


class _Held:
    """The rows that a sentence is held against."""

    def __init__(self, rows: Sequence[ReadTask]) -> None:
        self._requirements = [row.task.requirement for row in rows]
        self._rows = Texts([f"{row.task.matter or ''}。{row.task.requirement}" for row in rows])
        self._clocks: dict[tuple[object, ...], list[frozenset[str]]] = {}
        for row in rows:
            for one in row.clocks:
                self._clocks.setdefault(_limit(one), []).append(pairs(one.quote))

    def counts(self, clock: ClockRule, restated: bool) -> bool:
        """Whether a row has this time limit already: in a sentence that it restates, or in much the same words."""
        own = pairs(clock.quote)
        return any(
            restated or len(own & words) >= RESTATED * min(len(own), len(words))
            for words in self._clocks.get(_limit(clock), [])
        )

    def restates(self, sentence: str) -> bool:
        """Whether a row says the same: most of the sentence stands in it, or most of it in the sentence."""
        best = self._rows.best(sentence)
        if best is None:
            return False
        if best[1] >= RESTATED:
            return True
        own = Texts([sentence]).best(self._requirements[best[0]])
        return own is not None and own[1] >= RESTATED


def _limit(one: ClockRule) -> tuple[object, ...]:
    return one.days, one.day_kind, one.direction, one.bound


def _sentences(paragraphs: Sequence[tuple[int, str]]) -> Iterator[str]:
    """The sentences of the paragraphs, verbatim, without numbers, title sentences and 一是."""
    left = LONGEST
    for _, text in paragraphs:
        left -= len(text)
        if left < 0:
            return
        copy = normal(text)
        numbered = _NUMBERED.match(copy.text)
        start = numbered.end() if numbered else 0
        found = [one.span() for one in _SENTENCE.finditer(copy.text, start)]
        if numbered and len(found) > 1 and found[0][1] - found[0][0] <= _LONGEST_TITLE:
            found = found[1:]
        for begin, end in found:
            point = _POINT.match(copy.text, begin, end)
            begin = point.end() if point else begin
            last = end - 1 if copy.text[end - 1] == ";" else end
            if 0 < last - begin <= LONGEST_SENTENCE and _ends_a_sentence(copy.text, end):
                yield "".join(copy.at(begin, last).splitlines()).strip()


def _ends_a_sentence(text: str, end: int) -> bool:
    """A line without any stop is a heading, a signature or an address."""
    return text[end - 1] in "。;!" or any(sign in text for sign in "。;")


def _kind(sentence: str) -> RuleKind | None:
    """What a sentence asks for; None where it asks for nothing."""
    text = normal(sentence).text
    if any(word in text for word in _NO_RULE) or text.endswith(":"):
        return None
    kind = next((kind for kind, words in _KINDS if words.search(text)), None)
    if kind in ("time_limit", "assessment", "quota") or _ASKS.search(text) or _BEGINS.search(text):
        return kind or "duty"
    return None
