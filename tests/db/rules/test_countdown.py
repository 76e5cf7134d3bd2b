from datetime import date

import pytest

from db.rules.calendar import WorkCalendar
from db.rules.countdown import countdown, countdown_of
from db.rules.rows import Countdown
from db.rules.words import Applicability, Status
from tests.db.rules.entries import NO_DEADLINE, deadline


@pytest.mark.parametrize(
    ("today", "due", "expected"),
    [
        (date(2021, 9, 18), date(2021, 9, 30), Countdown(12, 8, False, False)),
        (date(2021, 9, 30), date(2021, 9, 30), Countdown(0, 0, False, False)),
        (date(2021, 10, 1), date(2021, 9, 30), Countdown(-1, 0, False, True)),  # overdue within the holiday week
        (date(2021, 10, 8), date(2021, 9, 30), Countdown(-8, -1, False, True)),
        (date(2021, 9, 17), date(2021, 9, 18), Countdown(1, 1, False, False)),  # make-up Saturday
        (date(2024, 2, 28), date(2024, 2, 29), Countdown(1, 1, False, False)),
        (date(2026, 11, 22), date(2026, 12, 31), Countdown(39, 29, False, False)),
        (date(2026, 11, 22), date(2027, 1, 1), Countdown(40, 30, True, False)),  # 2027 is not published
        (date(2026, 12, 31), date(2026, 12, 31), Countdown(0, 0, False, False)),
        (date(2027, 1, 1), date(2026, 12, 31), Countdown(-1, -1, True, True)),  # the day counted is of 2027
        (date(2027, 1, 1), date(2027, 1, 1), Countdown(0, 0, False, False)),
    ],
)
def test_days_and_workdays_are_counted_to_the_due_date(
    calendar: WorkCalendar, today: date, due: date, expected: Countdown
) -> None:
    assert countdown(today, due, calendar) == expected


@pytest.mark.parametrize(
    ("status", "applicability", "counts"),
    [
        ("not_started", "ours", True),
        ("in_progress", "ours", True),
        ("not_started", "possible", True),
        ("done", "ours", False),
        ("not_applicable", "ours", False),
        ("not_started", "not_ours", False),
        ("done", "possible", False),
    ],
)
def test_only_open_entries_that_may_be_ours_have_a_countdown(
    calendar: WorkCalendar, status: Status, applicability: Applicability, counts: bool
) -> None:
    left = countdown_of(status, applicability, deadline(date(2021, 9, 30)), date(2021, 10, 8), calendar)
    assert left == (Countdown(-8, -1, False, True) if counts else None)


def test_without_a_due_date_there_is_no_countdown(calendar: WorkCalendar) -> None:
    assert countdown_of("not_started", "ours", NO_DEADLINE, date(2021, 9, 1), calendar) is None


def test_the_countdown_goes_to_the_adjusted_date(calendar: WorkCalendar) -> None:
    moved = deadline(date(2021, 9, 30), adjusted=date(2021, 10, 9))
    assert countdown_of("not_started", "ours", moved, date(2021, 10, 8), calendar) == Countdown(1, 1, False, False)
