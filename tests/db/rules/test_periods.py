from datetime import date, timedelta
from itertools import pairwise

import pytest

from db.rules.notice import Quota
from db.rules.periods import periods, quota_rows
from db.rules.words import Period


@pytest.mark.parametrize(
    ("period", "year", "count", "first", "last"),
    [
        ("month", 2021, 12, (date(2021, 1, 1), date(2021, 1, 31)), (date(2021, 12, 1), date(2021, 12, 31))),
        ("quarter", 2021, 4, (date(2021, 1, 1), date(2021, 3, 31)), (date(2021, 10, 1), date(2021, 12, 31))),
        ("year", 2021, 1, (date(2021, 1, 1), date(2021, 12, 31)), (date(2021, 1, 1), date(2021, 12, 31))),
        ("item", 2021, 1, (date(2021, 1, 1), date(2021, 12, 31)), (date(2021, 1, 1), date(2021, 12, 31))),
        ("month", 9999, 12, (date(9999, 1, 1), date(9999, 1, 31)), (date(9999, 12, 1), date(9999, 12, 31))),
    ],
)
def test_a_year_is_cut_into_its_periods(
    period: Period, year: int, count: int, first: tuple[date, date], last: tuple[date, date]
) -> None:
    spans = periods(period, year)
    assert (len(spans), spans[0], spans[-1]) == (count, first, last)


@pytest.mark.parametrize("period", ["month", "quarter", "year", "item"])
@pytest.mark.parametrize("year", [2021, 2024])
def test_the_periods_cover_each_day_of_the_year_once(period: Period, year: int) -> None:
    spans = periods(period, year)
    assert (spans[0][0], spans[-1][1]) == (date(year, 1, 1), date(year, 12, 31))
    assert all(later[0] - earlier[1] == timedelta(days=1) for earlier, later in pairwise(spans))


@pytest.mark.parametrize(("year", "end"), [(2021, date(2021, 2, 28)), (2024, date(2024, 2, 29))])
def test_february_ends_with_its_own_last_day(year: int, end: date) -> None:
    assert periods("month", year)[1] == (date(year, 2, 1), end)


def test_a_quota_has_one_row_a_period_and_nothing_counted_yet() -> None:
    rows = quota_rows(Quota(2, "条", "quarter", "每季度不少于2条"), 2021)
    assert [(row.period_start, row.period_end) for row in rows] == list(periods("quarter", 2021))
    assert {(row.target, row.counter, row.period, row.tally, row.met, row.items, row.quote) for row in rows} == {
        (2, "条", "quarter", None, None, (), "每季度不少于2条")
    }
