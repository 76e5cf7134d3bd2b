from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.notice import Quota
from db.rules.periods import Counted, periods, quota_rows
from db.rules.rows import ItemTally, QuotaRow
from db.rules.words import FORMS, Period


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


MONTHLY = Quota(2, "条", "month", "专栏每月至少更新2条信息")
QUARTERLY = Quota(2, "条", "quarter", "每季度不少于2条公开信息")
YEARLY = Quota(10, "条", "year", "每年不少于10条公开信息")
BRIEFING = Quota(1, "次", "year", "主要负责同志每年至少听取1次政务公开工作汇报")
RATE = Quota(60, "%", "year", "多元化解读率不得低于60%")
PER_ITEM = Quota(2, "次", "item", "每项决策不得少于2次")


def published(*days: date, form: str = "文字") -> Counted:
    return Counted(published=tuple((day, form, 1) for day in days))


def tallies(rows: tuple[QuotaRow, ...]) -> list[int | None]:
    return [row.tally for row in rows]


def test_a_quota_has_one_row_a_period_with_its_sentence() -> None:
    rows = quota_rows(QUARTERLY, 2021)
    assert [(row.period_start, row.period_end) for row in rows] == list(periods("quarter", 2021))
    assert {(row.target, row.counter, row.period, row.quote) for row in rows} == {
        (2, "条", "quarter", "每季度不少于2条公开信息")
    }


@pytest.mark.parametrize("quota", [MONTHLY, QUARTERLY, YEARLY, BRIEFING])
def test_without_anything_counted_each_period_is_short_by_its_whole_target(quota: Quota) -> None:
    assert {(row.tally, row.met, row.missing, row.items, row.part, row.whole) for row in quota_rows(quota, 2021)} == {
        (0, False, quota.target, (), None, None)
    }


@pytest.mark.parametrize(
    ("quota", "day", "period"),
    [
        (MONTHLY, date(2021, 1, 1), 0),
        (MONTHLY, date(2021, 1, 31), 0),
        (MONTHLY, date(2021, 2, 1), 1),
        (MONTHLY, date(2021, 2, 28), 1),
        (MONTHLY, date(2024, 2, 29), 1),
        (MONTHLY, date(2021, 3, 1), 2),
        (MONTHLY, date(2021, 11, 30), 10),
        (MONTHLY, date(2021, 12, 1), 11),
        (MONTHLY, date(2021, 12, 31), 11),
        (QUARTERLY, date(2021, 1, 1), 0),
        (QUARTERLY, date(2021, 3, 31), 0),
        (QUARTERLY, date(2021, 4, 1), 1),
        (QUARTERLY, date(2021, 6, 30), 1),
        (QUARTERLY, date(2021, 7, 1), 2),
        (QUARTERLY, date(2021, 9, 30), 2),
        (QUARTERLY, date(2021, 10, 1), 3),
        (QUARTERLY, date(2021, 12, 31), 3),
        (YEARLY, date(2021, 1, 1), 0),
        (YEARLY, date(2021, 12, 31), 0),
    ],
)
def test_a_publication_counts_in_the_period_of_its_day(quota: Quota, day: date, period: int) -> None:
    expected = [int(index == period) for index in range(len(periods(quota.period, day.year)))]
    assert tallies(quota_rows(quota, day.year, published(day))) == expected


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2022, 1, 1), date(2020, 6, 1), date(2022, 6, 1)])
@pytest.mark.parametrize("quota", [MONTHLY, QUARTERLY, YEARLY])
def test_a_publication_of_another_year_counts_nowhere(quota: Quota, day: date) -> None:
    assert set(tallies(quota_rows(quota, 2021, published(day)))) == {0}


@pytest.mark.parametrize(
    ("number", "met", "missing"), [(0, False, 2), (1, False, 1), (2, True, 0), (3, True, 0), (50, True, 0)]
)
def test_a_period_is_met_from_its_target_on(number: int, met: bool, missing: int) -> None:
    row = quota_rows(QUARTERLY, 2021, Counted(published=((date(2021, 5, 6), "文字", number),)))[1]
    assert (row.tally, row.met, row.missing) == (number, met, missing)


def test_a_coming_period_is_met_by_what_is_already_there() -> None:
    rows = quota_rows(QUARTERLY, 2021, published(date(2021, 12, 30), date(2021, 12, 31)))
    assert [row.met for row in rows] == [False, False, False, True]


def test_forms_make_no_difference_where_no_rate_is_asked() -> None:
    counted = Counted(published=((date(2021, 5, 6), "文字", 1), (date(2021, 5, 7), "图解", 1)))
    assert tallies(quota_rows(YEARLY, 2021, counted)) == [2]


def test_times_are_counted_plainly_and_articles_by_publications() -> None:
    counted = Counted(
        published=((date(2021, 5, 6), "文字", 3),),
        counts=((date(2021, 5, 6), 1, None), (date(2021, 7, 1), 4, None), (date(2020, 12, 31), 9, None)),
    )
    assert tallies(quota_rows(BRIEFING, 2021, counted)) == [5]
    assert tallies(quota_rows(YEARLY, 2021, counted)) == [3]


def test_a_count_of_an_item_counts_for_the_times_of_its_entry_too() -> None:
    counted = Counted(counts=((date(2021, 5, 6), 2, 7),), items=((7, "甲决策", None),))
    assert tallies(quota_rows(BRIEFING, 2021, counted)) == [2]


@pytest.mark.parametrize(
    ("plain", "other", "tally", "met", "missing"),
    [
        (2, 3, 60, True, 0),  # the very line
        (3, 4, 57, False, 1),
        (1, 0, 0, False, 2),
        (0, 1, 100, True, 0),
        (1, 1, 50, False, 1),
        (1, 2, 66, True, 0),
        (401, 600, 59, False, 2),  # 59.94 %: rounded down, and short
        (400, 600, 60, True, 0),
    ],
)
def test_a_rate_is_the_share_that_is_not_plain_text(
    plain: int, other: int, tally: int, met: bool, missing: int
) -> None:
    counted = Counted(published=((date(2021, 1, 1), "文字", plain), (date(2021, 12, 31), "图解", other)))
    (row,) = quota_rows(RATE, 2021, counted)
    assert (row.part, row.whole, row.tally, row.met, row.missing) == (other, plain + other, tally, met, missing)


def test_a_rate_takes_every_form_but_plain_text() -> None:
    counted = Counted(published=tuple((date(2021, 5, 6), form, 1) for form in FORMS))
    (row,) = quota_rows(RATE, 2021, counted)
    assert (row.part, row.whole) == (len(FORMS) - 1, len(FORMS))


@pytest.mark.parametrize("counted", [Counted(), published(date(2020, 12, 31), form="图解")])
def test_a_rate_without_a_publication_of_the_year_has_no_figure(counted: Counted) -> None:
    (row,) = quota_rows(RATE, 2021, counted)
    assert (row.part, row.whole, row.tally, row.met, row.missing) == (0, 0, None, None, 0)


def test_a_rate_by_the_quarter_has_figures_only_where_something_was_published() -> None:
    quota = Quota(60, "%", "quarter", "每季度解读率60%")
    counted = Counted(published=((date(2021, 3, 31), "视频", 2), (date(2021, 4, 1), "文字", 1)))
    assert [(row.part, row.whole, row.tally, row.met) for row in quota_rows(quota, 2021, counted)] == [
        (2, 2, 100, True),
        (0, 1, 0, False),
        (0, 0, None, None),
        (0, 0, None, None),
    ]


def test_each_item_is_counted_by_itself_and_all_have_to_be_met() -> None:
    counted = Counted(
        counts=((date(2021, 1, 1), 1, 8), (date(2021, 12, 31), 1, 8), (date(2021, 6, 1), 1, 3)),
        items=((8, "乙决策", date(2021, 2, 3)), (3, "甲决策", None), (9, "丙决策", None)),
    )
    (row,) = quota_rows(PER_ITEM, 2021, counted)
    assert row.items == (
        ItemTally("甲决策", 1, False, 3, None),
        ItemTally("乙决策", 2, True, 8, date(2021, 2, 3)),
        ItemTally("丙决策", 0, False, 9, None),
    )
    assert (row.tally, row.met, row.missing) == (3, False, 3)


def test_an_item_row_is_met_when_each_item_has_enough() -> None:
    counted = Counted(
        counts=((date(2021, 1, 1), 5, 1), (date(2021, 1, 2), 2, 2)), items=((1, "甲", None), (2, "乙", None))
    )
    (row,) = quota_rows(PER_ITEM, 2021, counted)
    assert (row.tally, row.met, row.missing) == (7, True, 0)


@pytest.mark.parametrize(
    "count",
    [(date(2020, 12, 31), 2, 1), (date(2022, 1, 1), 2, 1), (date(2021, 5, 6), 2, None), (date(2021, 5, 6), 2, 99)],
)
def test_an_item_takes_no_count_of_another_year_or_of_something_else(count: tuple[date, int, int | None]) -> None:
    (row,) = quota_rows(PER_ITEM, 2021, Counted(counts=(count,), items=((1, "甲", None),)))
    assert (row.tally, row.met) == (0, False)


def test_without_an_item_there_is_nothing_to_count_by() -> None:
    counted = Counted(published=((date(2021, 5, 6), "图解", 4),), counts=((date(2021, 5, 6), 4, None),))
    (row,) = quota_rows(PER_ITEM, 2021, counted)
    assert (row.tally, row.met, row.items, row.missing) == (None, None, (), 0)


DAYS = st.dates(date(2023, 11, 1), date(2025, 2, 28))
PUBLISHED = st.lists(st.tuples(DAYS, st.sampled_from(FORMS), st.integers(1, 3)), max_size=40).map(tuple)


@given(PUBLISHED, st.sampled_from(["month", "quarter", "year"]), st.integers(1, 100))
def test_every_tally_is_what_counting_one_by_one_gives(
    found: tuple[tuple[date, str, int], ...], period: Period, target: int
) -> None:
    for row in quota_rows(Quota(target, "条", period, "引文"), 2024, Counted(published=found)):
        inside = [number for day, _, number in found if row.period_start <= day <= row.period_end]
        assert (row.tally, row.met) == (sum(inside), sum(inside) >= target)
    for row in quota_rows(Quota(target, "%", period, "引文"), 2024, Counted(published=found)):
        forms = [form for day, form, n in found for _ in range(n) if row.period_start <= day <= row.period_end]
        varied = [form for form in forms if form != "文字"]
        assert (row.part, row.whole) == (len(varied), len(forms))
        assert row.met == (len(varied) / len(forms) * 100 >= target - 1e-9 if forms else None)


@given(PUBLISHED, st.sampled_from(["month", "quarter"]))
def test_the_periods_of_a_year_add_up_to_the_year(found: tuple[tuple[date, str, int], ...], period: Period) -> None:
    counted = Counted(published=found)
    parts = quota_rows(Quota(1, "条", period, "引文"), 2024, counted)
    (year,) = quota_rows(Quota(1, "条", "year", "引文"), 2024, counted)
    assert sum(row.tally or 0 for row in parts) == year.tally


@given(PUBLISHED, st.integers(1, 99))
def test_with_as_many_more_as_are_missing_a_rate_is_met_and_with_one_less_it_is_not(
    found: tuple[tuple[date, str, int], ...], target: int
) -> None:
    quota = Quota(target, "%", "year", "引文")
    (row,) = quota_rows(quota, 2024, Counted(published=found))
    if row.met is not False:
        assert row.missing == 0
        return
    for more, met in ((row.missing, True), (row.missing - 1, False)):
        added = Counted(published=(*found, (date(2024, 6, 1), "图解", more)))
        assert quota_rows(quota, 2024, added)[0].met is met
