"""自查 on days of a worked year: the gaps of the program's sheet against what the slow reading of the year says."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.reads.sheet import sheet
from db.rules.completeness import Gap, gaps
from tests.year.begun import WorkedYear
from tests.year.test_brute_force_year import days

YEARS = [
    ("jiangmen-2021", "全局", 2021, 0),
    ("jiangmen-2021", "执法监督科", 2026, 1),
    ("jiading-2021", "全局", 2021, 0),
    ("liupanshui-2020", "办公室", 2026, 2),
]
JUDGED = {"possible", "overdue", "not_done", "missed_period", "quota_short", "unit_quota", "clock", "report"}
"""What the slow reading knows of. Dates that wait, notes and evidence have tables of their own."""


def slow_gaps(day: dict[str, Any], today: date) -> Counter[tuple[Any, ...]]:
    """Kind, whose, and the first days of what is short or missed."""
    found: Counter[tuple[Any, ...]] = Counter()
    for entry in day["entries"]:
        if entry["status"] == "not_applicable" or entry["applicability"] == "not_ours":
            continue
        number = entry["number"]
        if entry["applicability"] == "possible":
            found["possible", number, ()] += 1
        if entry["status"] != "done":
            late = entry["due"] is not None and entry["due"] < today
            found["overdue" if late else "not_done", number, ()] += 1
        missed = tuple(start for start, _, state, _ in entry["occurrences"] if state == "missed")
        if missed:
            found["missed_period", number, missed] += 1
        for starts in slow_short(entry["quotas"], today):
            found["quota_short", number, starts] += 1
    for starts in slow_short(day["unit_quotas"], today):
        found["unit_quota", None, starts] += 1
    for clock in day["clocks"]:
        if clock["closed_on"] is None:
            found["clock", clock["number"], ()] += 1
    for report in day["reports"]:
        if report["handed_in_on"] is None:
            found["report", None, ()] += 1
    return found


def slow_short(quotas: list[dict[str, Any]], today: date) -> list[tuple[date, ...]]:
    rules: dict[tuple[Any, ...], list[date]] = {}
    for quota in quotas:
        if quota["met"] is False and quota["start"] <= today:
            rules.setdefault((quota["quote"], quota["target"], quota["counter"], quota["period"]), [])
            rules[quota["quote"], quota["target"], quota["counter"], quota["period"]].append(quota["start"])
    return [tuple(starts) for starts in rules.values()]


def told(gap: Gap) -> tuple[Any, ...]:
    starts = [quota.period_start for quota in gap.quotas] + [row.start for row in gap.missed]
    return gap.kind, gap.number, tuple(starts)


@pytest.mark.parametrize(("plan", "unit", "year", "turn"), YEARS)
def test_on_days_of_a_worked_year_the_gaps_equal_the_slow_reading(
    planted: Path, tmp_path: Path, plan: str, unit: str, year: int, turn: int
) -> None:
    worked = WorkedYear(planted, tmp_path, plan, unit, year, turn)
    met: set[str] = set()
    try:
        for today in days(year, 0, 9):
            found = [gap for gap in gaps(sheet(worked.file, worked.ledger, today)) if gap.kind in JUDGED]
            assert Counter(map(told, found)) == slow_gaps(worked.slow.on(today), today), today
            met |= {gap.kind for gap in found}
    finally:
        worked.file.close()
    assert met >= {"overdue", "not_done", "report"}
