"""The columns of the checklist: how wide each may be at a terminal's width, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from db.rules.rows import EntryRow
from db.rules.value import value
from tui.text import cells, pad
from tui.wording import deadline_brief, role_words, status_words
from tui.wording_counted import Pressing, pressing

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar

HEADINGS: Final[dict[str, str]] = {
    "number": "序号",
    "requirement": "具体要求",
    "role": "职责",
    "deadline": "完成时限",
    "countdown": "倒计时",
    "status": "状态",
}
LEAD: Final = 2
"""Cells before the first column: the cursor and the mark."""
WIDE: Final = 100
REQUIREMENT_AT_LEAST: Final = 16
_LIMITED: Final = ("number", "role", "deadline", "countdown", "status")
# What a narrow terminal goes without, first to last.
_DROPPED: Final = ("deadline", "role", "status", "countdown")
_ALIKE: Final = str.maketrans("123456789", "000000000")
"""Digits all take one cell: of texts that differ in nothing else, one is measured."""


@value
class Columns:
    """Names and widths in cells, left to right. brief: the countdown leaves its workdays out.

    calendar None: it leaves them out of what it tells of quotas and occurrences.
    """

    widths: tuple[tuple[str, int], ...]
    year: int
    brief: bool
    today: date
    calendar: WorkCalendar | None = None

    def cell(self, name: str, entry: EntryRow) -> str:
        """What stands in a column, not yet cut to its width."""
        if name == "countdown":
            return self.pressing(entry).brief if self.brief else self.pressing(entry).words
        if name == "deadline":
            return deadline_brief(entry, self.year)
        return _PLAIN_CELLS[name](entry)

    def pressing(self, entry: EntryRow) -> Pressing:
        """What the countdown column tells of the entry."""
        return pressing(entry, self.today, self.calendar)


_PLAIN_CELLS: Final[dict[str, Callable[[EntryRow], str]]] = {
    "number": lambda entry: entry.number,
    "requirement": lambda entry: entry.requirement,
    "role": role_words,
    "status": status_words,
}


@value
class Measured:
    """How many cells the widest text of each column has, whatever the terminal's width; 0: no entry has any.

    brief_countdown: the same of the countdown without its workdays.
    """

    widest: dict[str, int]
    brief_countdown: int
    year: int
    today: date
    calendar: WorkCalendar | None = None


def measure(entries: Sequence[EntryRow], year: int, today: date, calendar: WorkCalendar | None = None) -> Measured:
    """Every text of every entry once: with a thousand of them this is the dear half of fitting the columns."""
    full = Columns((), year, False, today, calendar)
    # As sets: a thousand entries have few different texts outside the requirement, and each is measured once.
    texts: dict[str, set[str]] = {name: set() for name in _LIMITED}
    brief: set[str] = set()
    for entry in entries:
        told = full.pressing(entry)
        texts["countdown"].add(told.words)
        brief.add(told.brief)
        texts["deadline"].add(deadline_brief(entry, year))
        texts["number"].add(entry.number)
        texts["role"].add(role_words(entry))
        texts["status"].add(status_words(entry))
    widest = {name: _widest(found) for name, found in texts.items()}
    return Measured(widest, _widest(brief), year, today, calendar)


def _widest(texts: Iterable[str]) -> int:
    return max(map(cells, {text.translate(_ALIKE) for text in texts}), default=0)


def fit(measured: Measured, width: int) -> Columns:
    """The columns at `width` cells: as wide as the texts need, the requirement takes the rest."""
    wide = width >= WIDE
    most = {"number": 9, "role": 6, "deadline": 20 if wide else 10, "countdown": 28, "status": 8}
    needed = {name: _needed(name, measured.widest[name], limit) for name, limit in most.items()}
    kept = [name for name in HEADINGS if name == "requirement" or needed[name]]
    brief = False
    for dropped in ("", *_DROPPED):
        if dropped in kept:
            kept.remove(dropped)
        if _rest(kept, needed, width) >= REQUIREMENT_AT_LEAST:
            break
        if not brief and "countdown" in kept:
            brief = True
            needed["countdown"] = _needed("countdown", measured.brief_countdown, 15)
            if _rest(kept, needed, width) >= REQUIREMENT_AT_LEAST:
                break
    needed["requirement"] = max(_rest(kept, needed, width), 1)
    widths = tuple((name, needed[name]) for name in kept)
    return Columns(widths, measured.year, brief, measured.today, measured.calendar)


def _needed(name: str, widest: int, most: int) -> int:
    """0 where no entry has anything to say there."""
    return min(max(widest, cells(HEADINGS[name])), most) if widest else 0


def _rest(kept: Sequence[str], needed: dict[str, int], width: int) -> int:
    taken = sum(needed[name] + 1 for name in kept if name != "requirement")
    return width - LEAD - taken


def row_cells(entry: EntryRow, columns: Columns) -> list[tuple[str, str]]:
    """Name and text of each cell, cut to its width and filled up; a space after each but the last."""
    return _filled(columns, lambda name: columns.cell(name, entry))


def heading_cells(columns: Columns) -> list[tuple[str, str]]:
    """The same for the line of headings."""
    return _filled(columns, HEADINGS.__getitem__)


def _filled(columns: Columns, text_of: Callable[[str], str]) -> list[tuple[str, str]]:
    last = len(columns.widths) - 1
    return [
        (name, pad(text_of(name), width) + ("" if index == last else " "))
        for index, (name, width) in enumerate(columns.widths)
    ]
