"""The names of periods, and the sentences of a recurring deadline's occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from db.rules.rows import EntryRow, OccurrenceRow
from db.rules.words import OCCURRENCE_STATE_NAMES
from tui.cells import cells
from tui.wording import day_words

_QUARTERS: Final = ("一季度", "二季度", "三季度", "四季度")
_PERIODS_CELLS: Final = 24
"""What the names of the missed periods may take of a line."""


def span_words(start: date, end: date, year: int | None = None) -> str:
    """01-01—03-31; with the year where it is not `year`."""
    return f"{day_words(start, year or start.year)}—{day_words(end, year or start.year)}"


def period_words(start: date, end: date) -> str:
    """3月, 一季度, 上半年, 全年, else the days."""
    if start.day != 1 or (end.month, end.year) == (start.month, start.year):
        whole_month = start.day == 1 and end.day >= 28 and (end.month, end.year) == (start.month, start.year)
        return f"{start.month}月" if whole_month else span_words(start, end)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 3 and start.month % 3 == 1:
        return _QUARTERS[start.month // 3]
    if months == 6 and start.month in (1, 7):
        return "上半年" if start.month == 1 else "下半年"
    return "全年" if (months, start.month) == (12, 1) else span_words(start, end)


def missed(entry: EntryRow) -> tuple[OccurrenceRow, ...]:
    return tuple(row for row in entry.occurrences if row.state == "missed")


def current_occurrence(entry: EntryRow) -> OccurrenceRow | None:
    return next((row for row in entry.occurrences if row.state == "current"), None)


def missed_words(rows: Sequence[OccurrenceRow]) -> str:
    """一季度未办; 1月—10月 10 期未办; 1、2、4—11月 10 期未办; where that is too long 10 期未办（最早 1月）."""
    if len(rows) == 1:
        return f"{period_words(rows[0].start, rows[0].end)}未办"
    names = _names_of(_runs(rows))
    if cells(names) > _PERIODS_CELLS:
        return f"{len(rows)} 期未办（最早 {period_words(rows[0].start, rows[0].end)}）"
    return f"{names} {len(rows)} 期未办"


def _runs(rows: Sequence[OccurrenceRow]) -> list[list[OccurrenceRow]]:
    """Rows that follow one another without a gap together."""
    runs: list[list[OccurrenceRow]] = []
    for row in rows:
        if runs and row.start == runs[-1][-1].end + timedelta(days=1):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _names_of(runs: Sequence[Sequence[OccurrenceRow]]) -> str:
    """1月—10月; 1、2、4—11月; 一季度、三季度."""
    named = [[period_words(row.start, row.end) for row in run] for run in runs]
    if len(named) == 1:
        return f"{named[0][0]}—{named[0][-1]}"
    months = all(name.endswith("月") for names in named for name in names)
    if months:
        named = [[name.removesuffix("月") for name in names] for names in named]
    # Two that follow one another are no shorter as a span.
    parts = [f"{names[0]}—{names[-1]}" if len(names) > 2 else "、".join(names) for names in named]
    return "、".join(parts) + ("月" if months else "")


def occurrence_lines(rows: Sequence[OccurrenceRow]) -> list[str]:
    """The periods of a year, those of one state together: 1月—10月 未办（10 期）; 11月 已办 11-20."""
    lines = []
    for _, group in groupby(rows, key=lambda row: (row.state, row.done_on, row.what_was_done)):
        run = tuple(group)
        name = period_words(run[0].start, run[0].end)
        if len(run) > 1:
            name += f"—{period_words(run[-1].start, run[-1].end)}"
        done = f" {day_words(run[0].done_on, run[0].start.year)}" if run[0].done_on else ""
        what = f"：{run[0].what_was_done}" if run[0].what_was_done else ""
        many = f"（{len(run)} 期）" if len(run) > 1 else ""
        lines.append(f"{name} {OCCURRENCE_STATE_NAMES[run[0].state]}{done}{what}{many}")
    return lines
