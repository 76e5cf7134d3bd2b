import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.notice import Quota
from db.rules.occurrences import occurrence_rows, spans
from db.rules.periods import Counted, periods, quota_rows
from db.rules.rows import OccurrenceRow, QuotaRow
from db.rules.words import Period

MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY = (
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3",
    "FREQ=MONTHLY;INTERVAL=6",
    "FREQ=YEARLY",
)
TWO_A_MONTH = Quota(2, "条", "month", "专栏每月至少更新2条信息")


def states(rule: str, today: date, quotas: tuple[QuotaRow, ...] = ()) -> list[str]:
    return [row.state for row in occurrence_rows(rule, 2021, {}, quotas, today)]


def published(*days: date) -> Counted:
    return Counted(published=tuple((day, "文字", 1) for day in days))


@pytest.mark.parametrize(("rule", "period"), [(MONTHLY, "month"), (QUARTERLY, "quarter"), (YEARLY, "year")])
@pytest.mark.parametrize("year", [1, 2000, 2021, 2024, 2100, 9999])
def test_the_usual_rules_give_the_periods_that_quotas_have(rule: str, period: Period, year: int) -> None:
    assert spans(rule, year) == periods(period, year)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (HALF_YEARLY, [(1, 1), (7, 1)]),
        ("FREQ=MONTHLY;INTERVAL=5", [(1, 1), (6, 1), (11, 1)]),
        ("FREQ=YEARLY;INTERVAL=2", [(1, 1)]),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1", [(3, 1), (9, 1)]),  # what lies before the first is of none
        ("FREQ=MONTHLY;BYMONTHDAY=31", [(1, 31), (3, 31), (5, 31), (7, 31), (8, 31), (10, 31), (12, 31)]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", []),  # 2021 has none
    ],
)
def test_an_occurrence_lasts_until_the_next_and_the_last_until_the_years_end(
    rule: str, expected: list[tuple[int, int]]
) -> None:
    found = spans(rule, 2021)
    assert [(start.month, start.day) for start, _ in found] == expected
    assert all(end + timedelta(days=1) == following for (_, end), (following, _) in pairwise(found))
    assert not found or found[-1][1] == date(2021, 12, 31)


def test_february_of_a_leap_year_has_its_29th_day() -> None:
    assert spans(MONTHLY, 2024)[1] == (date(2024, 2, 1), date(2024, 2, 29))
    assert spans("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 2024) == ((date(2024, 2, 29), date(2024, 12, 31)),)


def test_weeks_are_counted_from_the_first_of_january() -> None:
    found = spans("FREQ=WEEKLY", 2021)
    assert (found[0], found[-1], len(found)) == (
        (date(2021, 1, 1), date(2021, 1, 7)),
        (date(2021, 12, 31), date(2021, 12, 31)),
        53,
    )


@given(
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]),
    st.integers(1, 40),
    st.integers(1, 9999),
)
def test_occurrences_cover_each_day_of_the_year_once(frequency: str, interval: int, year: int) -> None:
    found = spans(f"FREQ={frequency};INTERVAL={interval}", year)
    assert (found[0][0], found[-1][1]) == (date(year, 1, 1), date(year, 12, 31))
    assert all(start <= end for start, end in found)
    assert all(later[0] - earlier[1] == timedelta(days=1) for earlier, later in pairwise(found))


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "每月",
        "monthly",
        "FREQ=",
        "FREQ=FORTNIGHTLY",
        "FREQ=HOURLY",
        "INTERVAL=3",
        "INTERVAL=3;FREQ=MONTHLY",
        "FREQ=MONTHLY;",
        "FREQ=MONTHLY INTERVAL=3",
        "RRULE:FREQ=MONTHLY",
        "DTSTART:20210101\nRRULE:FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=0",  # dateutil would never end
        "FREQ=MONTHLY;INTERVAL=-1",
        "FREQ=MONTHLY;INTERVAL=1000",
        "FREQ=MONTHLY;INTERVAL=X",
        "FREQ=MONTHLY;INTERVAL=３",
        "FREQ=MONTHLY;INTERVAL=3;INTERVAL=1",
        "FREQ=MONTHLY;COUNT=2",
        "FREQ=MONTHLY;UNTIL=20210601",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;NOTHING=1",
    ],
)
def test_what_is_no_rule_is_refused_by_its_name(rule: str) -> None:
    with pytest.raises(ValueError, match="not a recurrence rule") as refused:
        spans(rule, 2021)
    assert repr(rule) in str(refused.value)
    with pytest.raises(ValueError, match="not a recurrence rule"):
        occurrence_rows(rule, 2021, {}, (), date(2021, 5, 6))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2020, 12, 31), ["coming"] * 4),
        (date(2021, 1, 1), ["current", "coming", "coming", "coming"]),
        (date(2021, 3, 31), ["current", "coming", "coming", "coming"]),
        (date(2021, 4, 1), ["missed", "current", "coming", "coming"]),
        (date(2021, 6, 30), ["missed", "current", "coming", "coming"]),
        (date(2021, 12, 31), ["missed", "missed", "missed", "current"]),
        (date(2022, 1, 1), ["missed"] * 4),
    ],
)
def test_a_period_is_coming_then_current_then_missed(today: date, expected: list[str]) -> None:
    assert states(QUARTERLY, today) == expected


@pytest.mark.parametrize("today", [date(2020, 12, 31), date(2021, 2, 1), date(2021, 5, 6), date(2022, 1, 1)])
def test_a_settled_period_is_done_whatever_the_day_and_keeps_its_words(today: date) -> None:
    settled = {date(2021, 4, 1): (date(2021, 5, 1), "已更新"), date(2021, 7, 1): (date(2021, 7, 1), None)}
    rows = occurrence_rows(QUARTERLY, 2021, settled, (), today)
    assert rows[1] == OccurrenceRow(date(2021, 4, 1), date(2021, 6, 30), "done", date(2021, 5, 1), "已更新")
    assert rows[2] == OccurrenceRow(date(2021, 7, 1), date(2021, 9, 30), "done", date(2021, 7, 1), None)
    assert {rows[0].state, rows[3].state} <= {"missed", "current", "coming"}


def test_a_settled_day_that_begins_no_period_changes_nothing() -> None:
    settled = {date(2021, 4, 2): (date(2021, 5, 1), "已更新"), date(2020, 1, 1): (date(2020, 1, 1), None)}
    assert [row.state for row in occurrence_rows(QUARTERLY, 2021, settled, (), date(2021, 4, 1))] == [
        *("missed", "current", "coming", "coming"),
    ]


def test_a_period_whose_quota_is_filled_is_met_past_present_and_to_come() -> None:
    days = [date(2021, month, day) for month in (1, 5, 12) for day in (1, 2)]
    found = states(MONTHLY, date(2021, 5, 6), quota_rows(TWO_A_MONTH, 2021, published(*days)))
    assert found == ["met", *["missed"] * 3, "met", *["coming"] * 6, "met"]


def test_one_publication_too_few_leaves_the_period_open() -> None:
    found = states(MONTHLY, date(2021, 1, 31), quota_rows(TWO_A_MONTH, 2021, published(date(2021, 1, 31))))
    assert found[0] == "current"


def test_of_two_quotas_of_a_period_both_have_to_be_filled() -> None:
    counted = published(date(2021, 1, 1), date(2021, 1, 2))
    rate = Quota(60, "%", "month", "解读率60%")
    quotas = (*quota_rows(TWO_A_MONTH, 2021, counted), *quota_rows(rate, 2021, counted))
    assert states(MONTHLY, date(2021, 2, 1), quotas)[0] == "missed"
    assert states(MONTHLY, date(2021, 2, 1), quotas[:12])[0] == "met"


def test_a_rate_without_a_figure_fills_no_period() -> None:
    assert "met" not in states(YEARLY, date(2021, 2, 1), quota_rows(Quota(60, "%", "year", "引文"), 2021))


def test_a_quota_of_other_periods_says_nothing_of_these() -> None:
    counted = published(*[date(2021, 1, day) for day in range(1, 31)])
    assert states(QUARTERLY, date(2021, 1, 31), quota_rows(TWO_A_MONTH, 2021, counted))[0] == "current"


def test_a_quota_by_items_fills_no_year_since_more_items_may_come() -> None:
    counted = Counted(counts=((date(2021, 1, 1), 5, 1),), items=((1, "甲决策", None),))
    rows = quota_rows(Quota(1, "次", "item", "每项决策不得少于1次"), 2021, counted)
    assert rows[0].met
    assert states(YEARLY, date(2021, 5, 6), rows) == ["current"]


def test_done_goes_before_met() -> None:
    quotas = quota_rows(TWO_A_MONTH, 2021, published(date(2021, 1, 1), date(2021, 1, 2)))
    rows = occurrence_rows(MONTHLY, 2021, {date(2021, 1, 1): (date(2021, 1, 9), None)}, quotas, date(2021, 5, 6))
    assert rows[0].state == "done"


@given(st.sampled_from([MONTHLY, QUARTERLY, YEARLY, "FREQ=WEEKLY"]), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_within_the_year_one_period_alone_is_current_with_the_missed_before_and_the_coming_after(
    rule: str, today: date
) -> None:
    for year in (2024, 2025):
        found = [row.state for row in occurrence_rows(rule, year, {}, (), today)]
        assert found == sorted(found, key=["missed", "current", "coming"].index)
        assert found.count("current") == int(today.year == year)


@pytest.mark.parametrize("rule", ["FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3"])
@pytest.mark.parametrize("year", [2000, 2020, 2021, 2999])
def test_the_plain_rules_are_what_dateutil_makes_of_them(rule: str, year: int) -> None:
    # Another way to write the same rule, which is not looked up.
    assert spans(rule, year) == spans(f"{rule};WKST=MO", year)


def test_dateutil_is_loaded_by_the_first_rule_that_needs_it_and_not_before() -> None:
    code = (
        "import sys; from db.rules.occurrences import spans; before = 'dateutil' in sys.modules;"
        " spans('FREQ=MONTHLY', 2021); print('dateutil' in sys.modules);"
        " spans('FREQ=MONTHLY;INTERVAL=2', 2021);"
        " print(before, 'dateutil.rrule' in sys.modules, 'dateutil.parser' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.split() == ["False", "False", "True", "False"]
