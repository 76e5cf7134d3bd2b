"""Sentences and clauses of a normalised text, and what of it is a name: 《titles》 and 〔2020〕8号.

    sentence  up to and with 。 ! ?                     (a title's inner marks end none)
    clause    within a sentence, up to , ; : 。 ! ? or a bracket that closes or opens around it
Everything is found in one pass and looked up by bisection, so that a text of 1 MB costs no more than its length.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

SENTENCE_ENDS: Final = "。!?"
CLAUSE_ENDS: Final = ",;:"
LONGEST_SENTENCE: Final = 100
"""Signs of a sentence that is quoted whole; of a longer one the clause is."""
MOST_BRACKETS: Final = 20
"""How many brackets a clause may hold on either side: more are no writing, and are not looked through."""

_MARKS: Final = re.compile("[。!?,;:()]")
_TITLES: Final = re.compile("《[^《》]{0,200}》|〔[0-9]{4}〕[0-9]{1,5} ?号")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where a normalised text may be cut. ends: behind each sentence; cuts: (at, behind) of each mark of a clause."""

    text: str
    ends: tuple[int, ...]
    marks: tuple[int, ...]
    titles: tuple[tuple[int, int], ...]

    def in_title(self, at: int) -> bool:
        """Whether a sign stands within a title or a document's number."""
        found = bisect_right(self.titles, (at, len(self.text) + 1)) - 1
        return found >= 0 and at < self.titles[found][1]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a sign, with its stop."""
        found = bisect_right(self.ends, at)
        start = self.ends[found - 1] if found else 0
        return start, self.ends[found] if found < len(self.ends) else len(self.text)

    def clause(self, at: int) -> tuple[int, int]:
        """The clause around a sign, without the marks at its ends. A bracket within it stays (各镇(街)需于…)."""
        start, end = self.sentence(at)
        first = low = high = bisect_left(self.marks, at)
        while (
            0 < low > first - MOST_BRACKETS and self.marks[low - 1] >= start and self._inside(self.marks[low - 1], at)
        ):
            low -= 1
        while (
            high < min(len(self.marks), first + MOST_BRACKETS)
            and self.marks[high] < end
            and self._inside(self.marks[high], at)
        ):
            high += 1
        begin = self.marks[low - 1] + 1 if low > 0 and self.marks[low - 1] >= start else start
        stop = self.marks[high] if high < len(self.marks) and self.marks[high] < end else end
        return begin, stop

    def _inside(self, mark: int, at: int) -> bool:
        """Whether this bracket is one of a pair that stands beside the sign, within 30 signs, without a stop in it."""
        sign = self.text[mark]
        if sign == ")" and mark < at:
            inner = self.text[max(0, mark - 30) : mark]
            return "(" in inner and not _has_stop(inner.rpartition("(")[2])
        if sign == "(" and mark < at:
            inner = self.text[mark + 1 : mark + 31]
            close = inner.find(")")
            return 0 <= close < at - mark - 1
        if sign == "(" and mark >= at:
            inner, closed, _ = self.text[mark + 1 : mark + 31].partition(")")
            return bool(closed) and not _has_stop(inner)
        if sign == ")" and mark >= at:
            opening = self.text.rfind("(", max(0, mark - 30), mark)
            return opening >= at
        return False

    def before(self, at: int) -> tuple[int, int] | None:
        """The clause in front of the one around this sign, within the same sentence."""
        begin = self.clause(at)[0]
        start = self.sentence(at)[0]
        if begin - 2 < start:
            return None
        return self.clause(begin - 2)

    def quoted(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around text[start:end]; of a long one the clause."""
        found = self.sentence(start)
        if found[1] - found[0] <= LONGEST_SENTENCE:
            return found
        clause = self.clause(start)
        return clause[0], max(clause[1], end)


def _has_stop(text: str) -> bool:
    return any(sign in text for sign in SENTENCE_ENDS)


def sentences(text: str) -> Sentences:
    """Where a normalised text may be cut."""
    titles = tuple(match.span() for match in _TITLES.finditer(text))
    inside = iter(titles)
    title = next(inside, None)
    ends: list[int] = []
    marks: list[int] = []
    for match in _MARKS.finditer(text):
        at = match.start()
        while title is not None and title[1] <= at:
            title = next(inside, None)
        if title is not None and title[0] <= at:
            continue
        marks.append(at)
        if text[at] in SENTENCE_ENDS:
            ends.append(at + 1)
    return Sentences(text, tuple(ends), tuple(marks), titles)
