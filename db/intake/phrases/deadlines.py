"""完成时限: by when a task is to be done. The phrases are those of notice-patterns.md, section 3.

Order of sources: the cell of the row; a completion phrase of its requirement (年底前, M月D日前); the notice's default;
an amount that comes round (每年至少1次); else none. With a default an amount only adds its period to it.
The text of a deadline is the phrase, its quote the sentence, both as written. What is not sure is a doubt; what is no
date that exists is never given one. Grammar: deadline_grammar.py; what a cell may be: deadline_cells.py.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from db.intake.phrases import deadline_cells, deadline_requirements, quotas
from db.intake.phrases.deadline_days import NO_DATE, Words, dated, due_before, of_point
from db.intake.phrases.deadline_grammar import items
from db.intake.phrases.deadline_lexer import lexemes
from db.intake.phrases.deadline_points import Point
from db.intake.phrases.remembering import remembered
from db.intake.phrases.sentences import Sentences, sentences
from db.intake.phrases.signs import Normal, normal, one_line
from db.intake.reading import Doubt
from db.rules.notice import Deadline

Doubts = tuple[Doubt, ...]

LONGEST_CELL: Final = 500
LONGEST: Final = 50_000
"""Signs of a requirement that are looked through; one has some hundreds."""

_TASKS: Final = "任务|事项|工作|项目|措施|内容|要求"
_EVERY_TASK: Final = re.compile(
    f"(?:上述|以上|上列|以下|其余|其他)[^,;。]{{0,12}}?(?:{_TASKS}|均|一律)|(?:各项|所有|全部|[本附]?表(?:中|内|所列)|方案中)[^,;。]{{0,12}}?(?:{_TASKS})|"
    "(?:未|没有|无)[^,;。]{0,10}(?:时限|期限|时间)"
)
_LIMIT_IS: Final = re.compile(
    "(?:(?:时限|期限|时间)(?:均|统一|一律)?(?:要求|规定|定)?(?:为|是|:)|(?:均|统一|一律)(?:定)?为|[均一][^,;。]{0,4}按)(?:截至|至)?$"
)
_MUST: Final = re.compile("(?:均|一律|统一|须|应|要|需|原则上|务必|确保|全部|都)[^,;。]{0,6}$")
_SOME_TASK: Final = re.compile("第[0-9一二三四五六七八九十、-]{1,8}[项条]|其中|上级|中,")
_NO_OWN: Final = re.compile("(?:未|没有|无|除)[^,;。]{0,12}(?:时限|期限|时间)")
_ALL_DONE: Final = re.compile("[^。,;]{0,8}?(?:完成|办结|落实|到位|见效|整改)(?!情况|的|后)")
_THEM_DONE: Final = re.compile(
    f"(?:全面|全部)?(?:完成|办结|落实)(?:好)?(?:上述|以上|上列|以下|各项|全部|所有|其[余他]|所?承担的?|各自|本(?:科|处|股)?(?:室|单位|部门)的?)[^,;。]{{0,12}}?(?:{_TASKS})(?!情况)"
)


def deadlines(
    cell: str | None, requirement: str, *, year: int | None, default: Deadline | None, issued_on: date | None
) -> tuple[tuple[Deadline, ...], Doubts]:
    """The dates of a task, () where it has none, and what is not sure about them.

    cell: the row's 完成时限 as written, or what the clerk typed, None where the row has no such cell; year: the
    plan's; default: the notice's own date of every task. A cell that is no date gives kind none with its words.
    """
    found, doubts = _found(cell, requirement, year, default)
    return found, (*doubts, *due_before(found, year, issued_on))


@remembered
def _found(
    cell: str | None, requirement: str, year: int | None, default: Deadline | None
) -> tuple[tuple[Deadline, ...], Doubts]:
    copy = normal(requirement[:LONGEST])
    cuts = sentences(copy.text)
    cut: Doubts = ()
    if len(requirement) > LONGEST:
        cut = (Doubt("deadline_unread", requirement[:30], f"只看了前 {LONGEST} 字", blocks=True),)
    own = _cell(cell, year) if cell is not None else None
    if own is not None:
        return own[0], (*own[1], *deadline_requirements.stale(copy, cuts, year), *cut)
    own = deadline_requirements.read(copy, cuts, year)
    if own is not None:
        return own[0], (*own[1], *cut)
    return _default(copy, cuts, default), (*deadline_requirements.untaken(copy, cuts, year), *cut)


def _cell(cell: str, year: int | None) -> tuple[tuple[Deadline, ...], Doubts] | None:
    text = one_line(cell.strip())
    if len(text) > LONGEST_CELL:
        return (), (Doubt("deadline_unread", text[:30], f"{NO_DATE}：太长", blocks=True),)
    return deadline_cells.read(normal(text), Words(text, text, "cell"), year)


def _default(copy: Normal, cuts: Sentences, default: Deadline | None) -> tuple[Deadline, ...]:
    """The notice's default, an amount's period, or both."""
    found = quotas.recurrence(quotas.counted(copy)[0])
    if found is None:
        return () if default is None else (default,)
    rule, amount = found
    if default is not None:
        return (replace(default, kind="recurring", recurrence=rule),)
    words = deadline_requirements.words_of(copy, cuts, amount.start, amount.end)
    return (Deadline(words.text, "recurring", words.source, words.quote, recurrence=rule),)


@remembered
def default_deadline(sentence: str, *, year: int | None) -> tuple[Deadline | None, Doubts]:
    """The date of every task without its own, where a paragraph of the notice sets one, else None.

    以上任务均须在11月30日前完成: words for all tasks, a date, and that they be done by
    it. A sentence about something handed in (…情况于12月6日前报办公室) is none.
    """
    copy = normal(sentence[:LONGEST])
    cuts = sentences(copy.text)
    set_by = [
        one
        for one in items(lexemes(copy.text))
        if isinstance(one, Point) and not cuts.in_title(one.start) and _is_of_every_task(copy.text, cuts, one)
    ]
    if not set_by:
        return None, ()
    point = set_by[0]
    words = Words(copy.line(point.start, point.end), copy.line(*cuts.sentence(point.start)), "notice")
    day, doubts = of_point(point, year, words.text)
    others = tuple(dict.fromkeys(copy.line(one.start, one.end) for one in set_by))
    if len({one.readings for one in set_by}) > 1:
        doubts = (*doubts, Doubt("deadline_two_valued", words.text, words.text, others, blocks=True))
    if day is None:
        return None, doubts
    told = Doubt("deadline_default", words.text, f"没有自己时限的任务都按“{words.text}”")
    return dated(words, day), (told, *doubts)


def _is_of_every_task(text: str, cuts: Sentences, point: Point) -> bool:
    start, end = cuts.sentence(point.start)
    if _THEM_DONE.match(text, point.end, end):
        return True
    before = text[max(start, point.start - LONGEST_CELL) : point.start]
    if _EVERY_TASK.search(before) is None or _SOME_TASK.search(before) is not None:
        return False
    if _LIMIT_IS.search(before[-12:]) is not None:
        return True
    is_done = _ALL_DONE.match(text, point.end, end) is not None
    return is_done and (
        point.before or point.unsure or _MUST.search(before[-12:]) is not None or _NO_OWN.search(before) is not None
    )
