"""年度换算: a date rule of a notice taken over into another year, and what of it the clerk has to confirm."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

from db.rules.rows import EntryRow, Shift
from db.rules.said import Deadline

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{4}年|[〇○零一二三四五六七八九]{4}年")
_YEAR_AND_MONTH: Final = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月")


def shift_of(
    chosen: Deadline, ours: Iterable[tuple[Deadline, date | None]], year: int, notice_year: int | None, confirmed: bool
) -> Shift | None:
    """How the deadline of an entry was taken over into `year`; None where nothing was.

    chosen: the rule whose words are shown; ours: every rule that is ours with its date of `year`, one of which
    may not exist in it though another was chosen. notice_year None: the rule is not of a notice.
    """
    dated = [(deadline, due) for deadline, due in ours if deadline.month is not None]
    if notice_year is None or notice_year == year or not dated:
        return None
    missing = any(due is None for _, due in dated)
    return Shift(notice_year, prints_year(chosen.text), missing, confirmed)


def waits(entry: EntryRow) -> bool:
    """Whether the clerk has still to confirm its date: not where the clerk set another, nor once nothing is due."""
    deadline = entry.deadline
    is_settled = entry.status == "done" or not entry.counted or deadline.adjusted is not None
    return deadline.shift is not None and deadline.shift.waits and not is_settled


def prints_year(phrase: str) -> bool:
    """Whether a date phrase writes a year of four digits (2021年底前, ２０２１ 年, 二〇二一年)."""
    wide = unicodedata.normalize("NFKC", phrase)
    return any(_YEAR.search(written) for written in (wide, "".join(wide.split())))


def report_due(month: int, day: int, year: int, offset: int) -> date | None:
    """The day by which a report is handed in; None where the year has no such day (29 February)."""
    try:
        return date(year + offset, month, day)
    except ValueError:
        return None


def report_shift(quote: str, due: date | None, year: int, notice_year: int, *, handed_in: bool) -> Shift | None:
    """How a report of a notice was taken over into `year`: as handed in it needs no word any more.

    quote is the sentence that sets it; a year that is printed before its month counts, one in a title does not.
    due is what report_due gave.
    """
    if notice_year == year:
        return None
    printed = _YEAR_AND_MONTH.search(unicodedata.normalize("NFKC", quote)) is not None
    return Shift(notice_year, printed, due is None, handed_in)
