from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules.calendar import DayOff, WorkCalendar

FIRST, LAST = date(2020, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
KNOWN_DAYS = st.dates(FIRST, LAST)


@pytest.fixture(scope="module")
def independent() -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=range(2020, 2027))


def test_every_day_of_2020_to_2026_agrees_with_an_independent_library(
    calendar: WorkCalendar, independent: holidays.HolidayBase
) -> None:
    differing = [day for day in DAYS if calendar.is_workday(day) != independent.is_working_day(day)]
    assert len(DAYS) == 2557
    assert differing == []


def test_workdays_from_each_day_to_the_last_agree_with_counting_them_one_by_one(
    calendar: WorkCalendar, independent: holidays.HolidayBase
) -> None:
    left = 0
    for day in reversed(DAYS):
        assert calendar.workdays_until(day, LAST) == left
        assert calendar.workdays_until(LAST, day) == -left
        left += independent.is_working_day(day)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2021, 9, 18), True),  # make-up Saturday
        (date(2026, 2, 14), True),  # make-up Saturday
        (date(2026, 2, 28), True),
        (date(2026, 1, 4), True),  # make-up Sunday
        (date(2021, 9, 25), False),  # a plain Saturday beside a make-up Sunday
        (date(2021, 9, 26), True),
        (date(2021, 10, 1), False),
        (date(2021, 10, 7), False),
        (date(2021, 10, 8), True),
        (date(2021, 10, 9), True),
        (date(2020, 1, 31), False),  # the extension of 2020
        (date(2022, 12, 31), False),
        (date(2023, 1, 2), False),
        (date(2024, 2, 29), True),
    ],
)
def test_a_row_of_the_table_wins_over_the_weekday(calendar: WorkCalendar, day: date, worked: bool) -> None:
    assert calendar.is_workday(day) is worked


@pytest.mark.parametrize(
    ("today", "due", "workdays"),
    [
        (date(2021, 9, 30), date(2021, 9, 30), 0),  # the day itself
        (date(2021, 9, 29), date(2021, 9, 30), 1),
        (date(2021, 9, 17), date(2021, 9, 18), 1),  # Friday to the make-up Saturday
        (date(2021, 9, 30), date(2021, 10, 7), 0),  # a whole holiday week
        (date(2021, 9, 30), date(2021, 10, 8), 1),
        (date(2021, 10, 1), date(2021, 10, 7), 0),
        (date(2021, 9, 30), date(2021, 10, 9), 2),
        (date(2021, 9, 30), date(2021, 10, 10), 2),
        (date(2020, 12, 31), date(2021, 1, 4), 1),  # across the year's end
        (date(2022, 12, 30), date(2023, 1, 3), 1),
        (date(2021, 2, 10), date(2021, 2, 28), 8),  # Spring Festival, Saturday 20 worked
        (date(2024, 2, 28), date(2024, 2, 29), 1),
        (date(2021, 10, 8), date(2021, 10, 7), -1),  # overdue by a workday
        (date(2021, 10, 7), date(2021, 10, 1), 0),  # overdue, and not one workday since
        (date(2021, 10, 9), date(2021, 9, 30), -2),
    ],
)
def test_workdays_count_from_the_day_after_to_the_due_date(
    calendar: WorkCalendar, today: date, due: date, workdays: int
) -> None:
    assert calendar.workdays_until(today, due) == workdays


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (date(2026, 11, 22), 1, date(2026, 11, 23)),  # from a Sunday the first workday is Monday, not Tuesday
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2021, 9, 30), 1, date(2021, 10, 8)),
        (date(2021, 10, 3), 1, date(2021, 10, 8)),
        (date(2021, 10, 3), -1, date(2021, 9, 30)),
        (date(2021, 10, 8), -1, date(2021, 9, 30)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2021, 9, 17), 5, date(2021, 9, 26)),
        (date(2021, 9, 1), 20, date(2021, 9, 29)),
        (date(2022, 12, 30), 1, date(2023, 1, 3)),
        (date(2023, 1, 3), -1, date(2022, 12, 30)),
    ],
)
def test_the_nth_workday_never_counts_the_start(calendar: WorkCalendar, start: date, n: int, expected: date) -> None:
    assert calendar.nth_workday(start, n) == expected


def test_counting_60_workdays_from_every_day_agrees_with_an_independent_library_and_back(
    calendar: WorkCalendar, independent: holidays.HolidayBase
) -> None:
    after = [LAST + timedelta(days=n) for n in range(1, 100)]  # without a schedule: Monday to Friday
    worked = [day for day in DAYS if independent.is_working_day(day)] + [day for day in after if day.weekday() < 5]
    passed = 0
    for start in DAYS:
        passed += worked[passed] == start
        expected = worked[passed : passed + 60]
        assert [calendar.nth_workday(start, n) for n in range(1, 61)] == expected
        assert [calendar.workdays_until(start, day) for day in expected] == list(range(1, 61))


@settings(max_examples=200, deadline=None)
@given(start=KNOWN_DAYS, n=st.integers(-300, 300).filter(bool))
def test_adding_workdays_and_counting_them_back_agree(calendar: WorkCalendar, start: date, n: int) -> None:
    reached = calendar.nth_workday(start, n)
    assert calendar.is_workday(reached)
    if n > 0:
        assert calendar.workdays_until(start, reached) == n
    else:
        between = (start - reached).days
        assert sum(calendar.is_workday(reached + timedelta(days=d)) for d in range(between)) == -n


@settings(max_examples=100, deadline=None)
@given(start=KNOWN_DAYS, n=st.integers(-60, 60).filter(bool))
def test_the_nth_workday_agrees_with_an_independent_library(
    calendar: WorkCalendar, independent: holidays.HolidayBase, start: date, n: int
) -> None:
    reached = calendar.nth_workday(start, n)
    if FIRST <= reached <= LAST:
        assert reached == independent.get_nth_working_day(start, n)


@settings(max_examples=100, deadline=None)
@given(today=KNOWN_DAYS, due=KNOWN_DAYS, between=KNOWN_DAYS)
def test_workdays_add_up_over_any_day_between(calendar: WorkCalendar, today: date, due: date, between: date) -> None:
    whole = calendar.workdays_until(today, between) + calendar.workdays_until(between, due)
    assert calendar.workdays_until(today, due) == whole


def test_the_published_years_are_those_with_a_schedule_of_their_own(calendar: WorkCalendar) -> None:
    assert calendar.published == frozenset(range(2004, 2027))
    assert calendar.is_known(2026)
    assert not calendar.is_known(2027)


NEW_YEAR_2023 = (
    DayOff(date(2022, 12, 31), "off", "2023年放假通知"),
    DayOff(date(2023, 1, 1), "off", "2023年放假通知"),
    DayOff(date(2023, 10, 1), "off", "2023年放假通知"),
)


@pytest.mark.parametrize(
    ("rows", "known", "unknown"),
    [
        (NEW_YEAR_2023, {2023}, 2022),  # the row of 2022-12-31 is of 2023's notice
        (NEW_YEAR_2023[:2], set(), 2023),  # half a notice publishes no year
        ((DayOff(date(2027, 7, 1), "off", "台风停工"),), set(), 2027),  # nor does a single day
        ((DayOff(date(2027, 1, 1), "work", "x"), DayOff(date(2027, 10, 1), "off", "x")), set(), 2027),
        ((), set(), 2026),
    ],
)
def test_only_a_schedule_of_its_own_makes_a_year_known(rows: tuple[DayOff, ...], known: set[int], unknown: int) -> None:
    calendar = WorkCalendar(rows)
    assert calendar.published == known
    assert not calendar.is_known(unknown)


def test_a_day_of_the_next_years_notice_counts_even_where_its_own_year_is_unknown() -> None:
    calendar = WorkCalendar([DayOff(date(2022, 12, 30), "off", "2023年放假通知"), *NEW_YEAR_2023])
    assert not calendar.is_workday(date(2022, 12, 30))
    assert calendar.workdays_until(date(2022, 12, 28), date(2022, 12, 31)) == 1


def test_an_unknown_year_counts_monday_to_friday(calendar: WorkCalendar) -> None:
    week = [calendar.is_workday(date(2027, 2, day)) for day in range(1, 8)]
    assert week == [True] * 5 + [False] * 2
    assert calendar.workdays_until(date(2026, 12, 31), date(2027, 12, 31)) == 261


@pytest.mark.parametrize(
    ("first", "last", "estimate"),
    [
        (date(2026, 12, 1), date(2026, 12, 31), False),
        (date(2026, 12, 31), date(2026, 12, 31), False),
        (date(2026, 12, 31), date(2027, 1, 1), True),
        (date(2027, 1, 1), date(2027, 1, 1), False),  # nothing is counted
        (date(2027, 1, 5), date(2027, 1, 1), True),  # backwards
        (date(2027, 1, 1), date(2026, 12, 31), False),  # backwards, the start itself is not counted
        (date(2027, 1, 2), date(2026, 12, 31), True),
        (date(2003, 12, 31), date(2004, 1, 1), False),  # the unknown year is not counted
        (date(2003, 12, 30), date(2004, 1, 2), True),
        (date(2020, 1, 1), date(2028, 1, 1), True),
        (date(2020, 1, 1), date(2026, 12, 31), False),
    ],
)
def test_a_count_that_touches_an_unknown_year_is_an_estimate(
    calendar: WorkCalendar, first: date, last: date, estimate: bool
) -> None:
    assert calendar.is_estimate(first, last) is estimate


def test_of_two_rows_for_a_day_the_later_one_counts() -> None:
    monday = date(2020, 2, 3)
    rows = [DayOff(monday, "work", "通知"), DayOff(monday, "off", "延长假期的通知")]
    assert not WorkCalendar(rows).is_workday(monday)
    assert WorkCalendar(reversed(rows)).is_workday(monday)


def test_a_calendar_is_a_frozen_value(published_rows: tuple[DayOff, ...], calendar: WorkCalendar) -> None:
    same = WorkCalendar(iter(published_rows))
    assert same == calendar
    assert hash(same) == hash(calendar)
    assert same != WorkCalendar()
    with pytest.raises(AttributeError):
        calendar.published = frozenset({2027})
    with pytest.raises(AttributeError):
        del calendar.published


@pytest.mark.parametrize(("start", "n"), [(date.max, 1), (date(9999, 12, 1), 100), (date.min, -1), (date(1, 1, 9), -9)])
def test_counting_past_the_end_of_the_calendar_is_refused(start: date, n: int) -> None:
    with pytest.raises(OverflowError):
        WorkCalendar().nth_workday(start, n)


def test_the_ends_of_the_calendar_themselves_can_be_reached() -> None:
    calendar = WorkCalendar()
    assert calendar.nth_workday(date(1, 1, 2), -1) == date(1, 1, 1)
    assert calendar.nth_workday(date(9999, 12, 30), 1) == date(9999, 12, 31)
