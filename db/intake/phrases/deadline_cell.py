"""A cell of a time limit taken apart: its phrases, and what is left beside them (notice-patterns.md, section 3)."""

import re
from dataclasses import dataclass
from typing import Final

from db.intake.phrases import quotas
from db.intake.phrases.deadline_days import Fixed, Words, fixed
from db.intake.phrases.deadline_grammar import Item, Recurring, Window, Word
from db.intake.phrases.deadline_lexer import Lexeme
from db.intake.phrases.deadline_points import Point
from db.intake.phrases.signs import Normal
from db.intake.reading import Doubt

HARMLESS: Final = (
    "done",
    "and",
    "at",
    "open",
    "close",
    "past",
    "before",
    "end",
    "weekday",
    "hour",
    "listed",
    "from_now",
)
_NUMBER: Final = re.compile("[0-9A-Za-z廿卅]|[一二三四五六七八九十]+$|^[一二三四五六七八九十]+")
_CONDITION: Final = re.compile("除|旬|^中|如|若|视|但|另|其中|之日|后|或|左右|起$|暂定|拟")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell taken apart, by what its phrases are."""

    copy: Normal
    words: Words
    year: int | None
    lexemes: tuple[Lexeme, ...]
    items: tuple[Item, ...]

    def points(self) -> list[Point]:
        """The days that are written, each once. A word of the year that only labels them is none: 年末(11-12月)."""
        found = [one for one in self.items if isinstance(one, Point) and not self._labels(one)]
        written = [one for one in found if one.dated and not one.unsure]
        if not written and not self.windows() and not self.recurring() and not self.has("standing"):
            written = found
        return list({one.readings or (one.start,): one for one in reversed(written)}.values())[::-1]

    def _labels(self, point: Point) -> bool:
        inside = point.end + 1
        has_dates = any(one.start == inside and not isinstance(one, Word) for one in self.items)
        is_label = not point.before and "月" not in self.copy.text[point.start : point.end]
        return is_label and has_dates and self.copy.text.startswith("(", point.end)

    def says_nothing_new(self, item: Item) -> bool:
        """Whether an item needs no word: all but a year beside the date that is not the plan's (2025年)."""
        if not isinstance(item, Point) or (item.dated and not item.unsure) or self._labels(item):
            return True
        return item in self.points() or all(fixed(day, self.year) == Fixed(12, 31, 0) for day in item.readings)

    def windows(self) -> list[Window]:
        return [one for one in self.items if isinstance(one, Window)]

    def recurring(self) -> list[Recurring]:
        return [one for one in self.items if isinstance(one, Recurring)]

    def has(self, kind: str) -> bool:
        return any(isinstance(one, Word) and one.kind == kind for one in self.items)


def _is_once(one: Lexeme) -> bool:
    """一次 beside a date or a period says nothing more."""
    return one.kind == "times" and one.text.rstrip("次").endswith(("一", "1")) and "十" not in one.text


def more_than_once(cell: Cell) -> tuple[Doubt, ...]:
    """An amount of a period that the cell asks for: the ledger has the period only."""
    counts = [one.text for one in cell.lexemes if one.kind == "times" and not _is_once(one)]
    counts.extend(cell.copy.line(one.start, one.end) for one in quotas.counted(cell.copy)[0] if one.quota.target > 1)
    if not counts:
        return ()
    return (Doubt("deadline_unread", cell.words.text, f"只记周期，“{counts[0]}”的数量没有计数"),)


def left_over(cell: Cell) -> tuple[Doubt, ...]:
    """A doubt about words beside the phrase that may change it: blocking where they hold a number or a condition."""
    said = [one for one in cell.items if cell.says_nothing_new(one)]
    taken = [(one.start, one.end) for one in (*said, *quotas.counted(cell.copy)[0])]
    taken.extend((one.start, one.end) for one in cell.lexemes if one.kind in HARMLESS or _is_once(one))
    rest: list[str] = []
    at = 0
    for start, end in sorted(taken):
        rest.append(cell.copy.text[at:start])
        at = max(at, end)
    rest.append(cell.copy.text[at:])
    left = "".join(rest).strip("。: ").removeprefix("至").removeprefix("到")
    if _NUMBER.search(left) or _CONDITION.search(left):
        return (Doubt("deadline_unread", cell.words.text, f"没有认出“{left[:20]}”", blocks=True),)
    return (Doubt("deadline_unread", cell.words.text, f"没有认出“{left[:20]}”"),) if left else ()
