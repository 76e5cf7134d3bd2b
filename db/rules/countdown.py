"""倒计时: days and workdays from today to a due date. Derived, never stored."""

from datetime import date

from db.rules.calendar import WorkCalendar
from db.rules.rows import Countdown, DeadlineRow
from db.rules.words import Applicability, Status


def countdown(today: date, due: date, calendar: WorkCalendar) -> Countdown:
    """Days and workdays left: 0 on the day, negative once past.

    estimated covers the days that are counted, the later day included: overdue since 12-31 counts days of the new year.
    """
    days = (due - today).days
    return Countdown(
        days=days,
        workdays=calendar.workdays_until(today, due),
        estimated=calendar.is_estimate(min(today, due), max(today, due)),
        overdue=days < 0,
    )


def countdown_of(
    status: Status, applicability: Applicability, deadline_row: DeadlineRow, today: date, calendar: WorkCalendar
) -> Countdown | None:
    """The countdown of an entry to its effective date.

    None without one, and for done, not applicable and not_ours entries, which are never overdue.
    """
    due = deadline_row.effective
    if due is None or status in ("done", "not_applicable") or applicability == "not_ours":
        return None
    return countdown(today, due, calendar)
