from datetime import date, timedelta

import pytest

from db.rules.rows import EntryRow, Summary
from db.rules.summary import next_due, summary
from tests.db.rules.entries import TODAY, entry

DAY = timedelta(days=1)

YEAR = [
    entry(1, due=TODAY - DAY),
    entry(2, due=TODAY),
    entry(3, due=TODAY + 7 * DAY, applicability="possible"),
    entry(4, due=TODAY + 8 * DAY),
    entry(5, due=TODAY - DAY, adjusted=TODAY + DAY),
    entry(6, kind="standing"),
    entry(7, kind="standing", status="done", done_on=TODAY),
    entry(8, due=TODAY - DAY, status="done", done_on=TODAY),
    entry(9, due=TODAY, status="not_applicable"),
    entry(10, due=TODAY - DAY, applicability="not_ours"),
    entry(11, kind="standing", applicability="not_ours"),
]


def test_the_figures_count_what_may_be_ours_and_applies() -> None:
    assert summary(YEAR, TODAY) == Summary(
        total=8, done=2, overdue=1, due_within_7_days=3, standing=2, completion_rate=0.25
    )


@pytest.mark.parametrize(
    ("entries", "total", "rate"),
    [
        ([], 0, None),
        ([entry(status="not_applicable"), entry(applicability="not_ours")], 0, None),
        ([entry()], 1, 0.0),
        ([entry(status="done")], 1, 1.0),
        ([entry(status="done"), entry(), entry()], 3, 1 / 3),
    ],
)
def test_the_completion_rate_is_none_without_entries(entries: list[EntryRow], total: int, rate: float | None) -> None:
    figures = summary(iter(entries), TODAY)
    assert (figures.total, figures.completion_rate) == (total, rate)


@pytest.mark.parametrize(
    ("entries", "position"),
    [
        (YEAR, 2),
        (YEAR[2:], 5),  # the adjusted date counts
        ([entry(4, due=date(2021, 12, 3)), entry(3, due=date(2021, 12, 3))], 3),  # equals by position
        ([entry(1, due=TODAY - DAY)], None),  # only overdue
        ([entry(6, kind="standing"), entry(8, due=TODAY, status="done"), entry(9)], None),
        ([entry(10, due=TODAY, applicability="not_ours")], None),
        ([entry(10, due=TODAY, status="not_applicable")], None),
        ([], None),
    ],
)
def test_the_next_due_is_the_nearest_open_date_not_past(entries: list[EntryRow], position: int | None) -> None:
    nearest = next_due(entries)
    assert (nearest.position if nearest else None) == position
