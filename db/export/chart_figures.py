"""The figures that are drawn: by 工作任务, by month, by quota. What is drawn stands in them, and nothing else.

A table with nothing to draw is left out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from db.export.counted_words import ENOUGH, NOT_YET, SHORT
from db.export.part import Part
from db.export.summary import sections
from db.export.text import file_text
from db.rules.rows import LedgerSheet

MOST_ROWS: Final = 48


@dataclass(frozen=True, slots=True)
class Figures:
    """kind: bars lie and are stacked, columns stand side by side. rows: a label and a number for each series."""

    title: str
    kind: Literal["bar", "column"]
    label: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    remark: str = ""


def figures(sheet: LedgerSheet, quota_table: Part | None) -> tuple[Figures, ...]:
    """Those with something to draw, every text as it may stand in a file. quota_table: 量化指标, as db.export.parts
    makes it; None where the ledger has none.
    """
    made = map(_few, (_sections(sheet), _months(sheet), *([_quotas(quota_table)] if quota_table else [])))
    return tuple(each for each in made if any(number for _, numbers in each.rows for number in numbers))


def _sections(sheet: LedgerSheet) -> Figures:
    rows = tuple((name, (each.done, each.total - each.done)) for name, each in sections(sheet).items())
    return Figures("各工作任务办结情况", "bar", "工作任务", ("已办结", "未办结"), _safe(rows))


def _months(sheet: LedgerSheet) -> Figures:
    """What falls due and what was done in each month; of other years together, where there is some."""
    year = sheet.ledger.year
    counted = [entry for entry in sheet.entries if entry.counted]
    due = [day for entry in counted if (day := entry.deadline.effective)]
    done = [entry.done_on for entry in counted if entry.status == "done" and entry.done_on]
    by_month = [Counter(_month(day, year) for day in days) for days in (due, done)]
    rows = [(name, tuple(found[month] for found in by_month)) for month, name in enumerate(_names(year))]
    rows = [row for row in rows if any(row[1]) or row[0] in _MONTHS]
    without = len(counted) - len(due)
    remark = f"应办 {len(counted)} 项，其中 {without} 项没有到期日（全年、周期等），不在“到期”内。" if without else ""
    return Figures("各月到期和办结", "column", "月份", ("到期", "办结"), tuple(rows), remark)


def _month(day: date, year: int) -> int:
    """1 to 12; 0 before the year, 13 after it."""
    return day.month if day.year == year else 13 * (day.year > year)


def _names(year: int) -> tuple[str, ...]:
    return f"{year}年前", *_MONTHS, f"{year}年后"


def _quotas(table: Part) -> Figures:
    """How many periods or items of each quota are enough, short, or not over; what is not judged is left out."""
    whose, what, state = (table.header.index(title) for title in ("适用", "指标", "情况"))
    counted: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in table.rows:
        if row[state] in _STATES:
            name = str(row[whose]), str(row[what]), str(row[-1])
            states = counted.setdefault(name, dict.fromkeys(_STATES, 0))
            states[str(row[state])] += 1
    rows = tuple((f"{of} {quota}", tuple(states.values())) for (of, quota, _), states in counted.items())
    return Figures("量化指标完成情况（期或项）", "bar", "指标", _STATES, _safe(rows))


def _few(whole: Figures) -> Figures:
    """The same with what is too many to be drawn put together: nothing is left out of the sums."""
    if len(whole.rows) <= MOST_ROWS:
        return whole
    shown, rest = whole.rows[: MOST_ROWS - 1], whole.rows[MOST_ROWS - 1 :]
    sums = tuple(map(sum, zip(*(numbers for _, numbers in rest), strict=True)))
    return replace(whole, rows=(*shown, (f"其余 {len(rest)} 行合计", sums)))


def _safe(rows: Sequence[tuple[str, tuple[int, ...]]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((file_text(label), numbers) for label, numbers in rows)


_MONTHS: Final = tuple(f"{month}月" for month in range(1, 13))
_STATES: Final = (ENOUGH, SHORT, NOT_YET)
