"""The sentences of a plan that was taken over into another year."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from db.rules.rows import DeadlineRow, EntryRow, ReportRow, Shift
from db.rules.shift import waits

_YEAR: Final = re.compile(r"(\d{4})\s*年")
TO_CHECK: Final = "待核对"


def how_many_wait(entries: Iterable[EntryRow]) -> int:
    return sum(1 for entry in entries if waits(entry))


def printed_year(text: str | None) -> str | None:
    """The year that the phrase itself prints: 2021, also from ２０２１ 年."""
    found = _YEAR.search(unicodedata.normalize("NFKC", text or ""))
    return found.group(1) if found else None


def shift_words(deadline: DeadlineRow, *, hint: str = "（清单上按 7 核对）") -> str:
    """原文为2021年，按本年度换算为 2026-12-31，待核对（清单上按 7 核对）; '' where nothing was shifted."""
    shift = deadline.shift
    if shift is None:
        return ""
    year = printed_year(deadline.text) or printed_year(deadline.quote)
    due = deadline.due.isoformat() if deadline.due else None
    waiting = shift.waits and deadline.adjusted is None
    return f"{_shifted(shift, year, due)}{f'，{TO_CHECK}{hint}' if waiting else _checked(shift)}"


def report_shift_words(report: ReportRow) -> str:
    """The same for a report, which is not confirmed by itself."""
    if report.shift is None:
        return ""
    due = report.due.isoformat() if report.due else None
    return _shifted(report.shift, printed_year(report.quote), due)


def _shifted(shift: Shift, year: str | None, due: str | None) -> str:
    if due is None:
        return f"{shift.notice_year} 年通知写的这一天本年度没有，没有换算出日期"
    if shift.printed:
        return f"原文为{year or shift.notice_year}年，按本年度换算为 {due}"
    return f"{shift.notice_year} 年的通知，按本年度换算为 {due}"


def _checked(shift: Shift) -> str:
    return "，已核对" if shift.confirmed else ""
