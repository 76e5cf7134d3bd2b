"""What the cell of a time limit says, as a whole (notice-patterns.md, section 3).

nothing written (— 无)                 undecided: the requirement or the notice's default has the word
one day, month, window, period         that
全年 常态化落实 持续推进 1月-12月         standing
分别在6月、9月和12月底                    recurring, by the parts of the year
市级A前，县级B前                         a day for each party; ours is the first until the clerk says
several days otherwise                 the last one, blocking: which counts is the clerk's to say
变更之日起20个工作日内, 根据会议时间确定      no date, the words kept, told once
年内, 2022年, “十四五”期间, anything else  no date, the words kept, blocking
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from db.intake.phrases import recurrences
from db.intake.phrases.deadline_cell import Cell, left_over, more_than_once
from db.intake.phrases.deadline_days import NO_DATE, Fixed, Words, dated, of_point, undated
from db.intake.phrases.deadline_grammar import Item, Recurring, Window, Word, items
from db.intake.phrases.deadline_lexer import lexemes
from db.intake.phrases.deadline_parties import named_before, named_together, parties
from db.intake.phrases.deadline_points import Point
from db.intake.phrases.signs import Normal
from db.intake.reading import Doubt
from db.rules.notice import Deadline

Answer = tuple[tuple[Deadline, ...], tuple[Doubt, ...]]

BLANK: Final = frozenset({"", "-", "--", "---", "/", "//", "\\", "无", "暂无", "空", ".", "...", "…", "……"})
FROM_THEN_ON: Final = ("起", "以来", "之后", "后", "开始")
"""Behind a day: the work begins then, and is not due."""

_EVENTS: Final = re.compile(
    "根据|按照|依据|结合|视情|适时|及时|随时|即时|实时|定期|不定期|动态|按时|按期|按规定|按要求|按需|春季|秋季|春、|夏季|冬季|"
    "期间|会议|会后|会前|另行|同步|变化|变更|调整|生效|施行|出台|印发|发布后|获取|制作|形成|批复|收到|需要时|如有|遇有|确定|上级|节前|节后|节日|立即|尽快|尽早|学期|时间节点|要求"
)
_NEAR_AN_EVENT: Final = re.compile("(?<![日号月旬周期季年度末底初半])(?:之|以)?[前后](?:完成)?$")
_PERIOD_WORDS: Final[dict[str, str]] = {
    "年度": recurrences.YEARLY,
    "季度": recurrences.QUARTERLY,
    "月度": recurrences.MONTHLY,
    "每年度": recurrences.YEARLY,
    "半年": recurrences.HALF_YEARLY,
    "半年度": recurrences.HALF_YEARLY,
}


def read(copy: Normal, words: Words, year: int | None) -> Answer | None:
    """What a cell says; None where nothing is written in it."""
    if copy.text.strip("。 ") in BLANK:
        return None
    found = lexemes(copy.text)
    cell = Cell(copy, words, year, found, items(found))
    answer = _phrases(cell)
    if answer is None:
        return _no_phrase(cell)
    deadlines, doubts = answer
    is_open = all(one.kind == "none" for one in deadlines) or any(doubt.blocks for doubt in doubts)
    return deadlines, doubts if is_open else (*doubts, *left_over(cell))


def _phrases(cell: Cell) -> Answer | None:
    points, windows, recurring = cell.points(), cell.windows(), cell.recurring()
    if cell.has("event"):
        if not points and not windows and not recurring:
            return (undated(cell.words),), (Doubt("deadline_event", cell.words.text, NO_DATE),)
        return _with_event(cell)
    if recurring:
        return _recurring(cell, recurring)
    if cell.has("listed") and len(points) + len(windows) > 2:
        return _by_party(cell, points) or _parts_of_year(cell)
    if len(windows) == 1 and not points:
        return _window(cell, windows[0])
    if len(points) == 1 and not windows:
        return _single(cell, points[0])
    if points or windows:
        return _by_party(cell, points) or _several(cell)
    if cell.has("standing"):
        return (_standing(cell),), ()
    return None


def _standing(cell: Cell) -> Deadline:
    return Deadline(cell.words.text, "standing", cell.words.source, cell.words.quote)


def _single(cell: Cell, point: Point) -> Answer:
    if cell.copy.text.startswith(FROM_THEN_ON, point.end):
        others = (f"{_phrase(cell, point)}前",)
        return (undated(cell.words),), (Doubt("deadline_unread", cell.words.text, NO_DATE, others, blocks=True),)
    day, doubts = of_point(point, cell.year, cell.words.text)
    if day is None:
        return (undated(cell.words),), doubts
    if cell.has("standing") and not point.before and not doubts:
        doubts = (Doubt("deadline_two_valued", cell.words.text, _phrase(cell, point), ("全年",), blocks=True),)
    return (dated(cell.words, day),), doubts


def _phrase(cell: Cell, item: Item) -> str:
    return cell.copy.line(item.start, item.end)


def _window(cell: Cell, window: Window) -> Answer:
    text = cell.words.text
    last, doubts = of_point(window.last, cell.year, text)
    if last is None:
        return (undated(cell.words),), doubts
    first, unsure = of_point(window.first, cell.year, text)
    if first is None and any(doubt.kind == "deadline_invalid" for doubt in unsure):
        return (undated(cell.words),), unsure
    if first is None or first.offset > 0:
        assumed = "只记结束日期：开始在本年度之外"
        return (dated(cell.words, last),), (*doubts, Doubt("deadline_unread", text, assumed))
    if (first.offset, first.month, first.day or 1) > last.order():
        next_year = (f"{_phrase(cell, window.first)}至次年{_phrase(cell, window.last)}",)
        return (undated(cell.words),), (
            Doubt("deadline_invalid", text, f"{NO_DATE}：开始晚于结束", next_year, blocks=True),
        )
    if first == Fixed(1, first.day, 0) and first.day in (None, 1) and last in (Fixed(12, None, 0), Fixed(12, 31, 0)):
        return (_standing(cell),), (*doubts, *unsure)
    found = replace(dated(cell.words, last), kind="window", start_month=first.month, start_day=first.day)
    return (found,), (*doubts, *unsure)


def _recurring(cell: Cell, recurring: Sequence[Recurring]) -> Answer:
    """A period, with the day of the year or the parts of the year that it names."""
    first = recurring[0]
    text = cell.words.text
    found = Deadline(text, "recurring", cell.words.source, cell.words.quote, recurrence=first.rule)
    if len({one.rule for one in recurring}) > 1:
        others = tuple(_phrase(cell, one) for one in recurring)
        return (found,), (Doubt("deadline_two_valued", text, _phrase(cell, first), others, blocks=True),)
    points = [*first.points, *(one for one in cell.points() if not cell.copy.text.startswith(FROM_THEN_ON, one.end))]
    if len(points) + len(cell.windows()) > 1:
        return _parts_of_year(cell, first.points)
    if cell.windows():
        points = [cell.windows()[0].last]
    doubts: tuple[Doubt, ...] = ()
    if points:
        day, doubts = of_point(points[0], cell.year, text)
        if day is not None:
            found = replace(found, month=day.month, day=day.day, year_offset=day.offset)
    if first.inside:
        doubts = (*doubts, Doubt("deadline_unread", text, "按周期记，每期里的哪一天不单独提醒"))
    return (found,), (*doubts, *more_than_once(cell))


def _parts_of_year(cell: Cell, more: Sequence[Point] = ()) -> Answer:
    """Several days of each year, as the parts of the year that end on them."""
    text = cell.words.text
    ends: list[Fixed] = []
    for point in (*more, *cell.points(), *(window.last for window in cell.windows())):
        day, doubts = of_point(point, cell.year, text)
        if day is None or doubts:
            return (undated(cell.words),), doubts
        ends.append(day)
    rule, exact = recurrences.parts_of_year([(day.month, _unless_last(day)) for day in ends])
    found = Deadline(text, "recurring", cell.words.source, cell.words.quote, recurrence=rule)
    if exact and not cell.windows() and all(day.offset == 0 for day in ends):
        return (found,), ()
    return (found,), (Doubt("deadline_unread", text, "按一年分段记周期，每段的截止日以原文为准"),)


def _unless_last(day: Fixed) -> int | None:
    """The day of a month, None where it is its last in every year."""
    return None if day.day is None or (day.month != 2 and _is_last(day)) else day.day


def _is_last(day: Fixed) -> bool:
    return day.day == (30 if day.month in (4, 6, 9, 11) else 31)


def _by_party(cell: Cell, points: Sequence[Point]) -> Answer | None:
    if cell.windows() or len(points) < 2:
        return None
    listed = next((one for one in cell.items if isinstance(one, Word) and one.kind == "listed"), None)
    named = named_before(cell.copy, points, 0) if listed is None else named_together(cell.copy, 0, listed.start)
    return by_party(cell.words, named, points, cell.year)


def by_party(words: Words, named: Sequence[str], points: Sequence[Point], year: int | None) -> Answer | None:
    """A day for each named party, the first one ours until the clerk says; None where they are not named."""
    names = parties(named, len(points))
    if names is None:
        return None
    days = []
    for point in points:
        day, doubts = of_point(point, year, words.text)
        if day is None or doubts:
            return (undated(words),), doubts
        days.append(day)
    found = tuple(dated(words, day, name, n == 0) for n, (day, name) in enumerate(zip(days, names, strict=True)))
    return found, (Doubt("deadline_parties", words.text, names[0], names, blocks=True),)


def _several(cell: Cell) -> Answer:
    """More than one date, none of them said to be whose: the last stands until the clerk says which counts."""
    text = cell.words.text
    every: list[Point | Window] = sorted([*cell.points(), *cell.windows()], key=lambda one: one.start)
    others = tuple(dict.fromkeys(_phrase(cell, one) for one in every))
    days = [of_point(one.last if isinstance(one, Window) else one, cell.year, text) for one in every]
    if any(day is None for day, _ in days):
        return (undated(cell.words),), next(doubts for day, doubts in days if day is None)
    last = max((day for day, _ in days if day is not None), key=Fixed.order)
    assumed = others[[day for day, _ in days].index(last)] if len(others) == len(days) else text
    return (dated(cell.words, last),), (Doubt("deadline_two_valued", text, assumed, others, blocks=True),)


def _with_event(cell: Cell) -> Answer:
    """A date and an event in one cell: which comes first is not ours to say."""
    others = tuple(_phrase(cell, one) for one in cell.items if not isinstance(one, Word))
    return (undated(cell.words),), (Doubt("deadline_two_valued", cell.words.text, NO_DATE, others, blocks=True),)


def _no_phrase(cell: Cell) -> Answer:
    text = cell.copy.text.strip("。;,")
    rule = _PERIOD_WORDS.get(text)
    if rule is not None:
        found = Deadline(cell.words.text, "recurring", cell.words.source, cell.words.quote, recurrence=rule)
        return (found,), ()
    has_digit = any("0" <= sign <= "9" for sign in text)
    is_event = _EVENTS.search(text) is not None or _NEAR_AN_EVENT.search(text) is not None
    if is_event and not has_digit:
        return (undated(cell.words),), (Doubt("deadline_event", cell.words.text, NO_DATE),)
    return (undated(cell.words),), (Doubt("deadline_unread", cell.words.text, NO_DATE, blocks=True),)
