"""计时: the due day of a clock, with its pauses and extensions.

The day of the event is not counted (民法典 §201). A limit in calendar days whose last day is a day off ends on the
next workday (§203), one counted backwards on the workday before: later would be too late. A minimum (征求意见不少于
30天) is not moved: its due day is the first on which it may end, and it is never overdue.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from db.rules.calendar import WorkCalendar
from db.rules.countdown import countdown
from db.rules.rows import ClockRow, ClockRuleRow, Countdown, Extension, Pause, StageDay
from db.rules.value import value
from db.rules.words import ClockState, DayKind

_ONE_DAY: Final = timedelta(days=1)


def due_of(
    rule: ClockRuleRow,
    start: date,
    pauses: Iterable[Pause],
    extensions: Iterable[Extension],
    calendar: WorkCalendar,
) -> date | None:
    """The due day; None while a pause lasts. A backwards clock has neither pauses nor extensions: they are not read.

    A pause from after the due day changes nothing, as the limit was over; from the due day itself only one after
    which the limit runs anew does (政府信息公开条例 art. 30). Raises OverflowError beyond the year 9999.
    """
    return _counted(rule, start, pauses, extensions, calendar).due


def is_minimum(rule: ClockRuleRow) -> bool:
    """Whether the due day is the earliest one allowed. At least n days *before* an event is a last day like any."""
    return rule.bound == "min" and rule.direction == "after"


def clock_row(
    *,
    id: int,
    entry: int | None,
    number: str | None,
    subject: str,
    rule: ClockRuleRow,
    start: date,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
    stages: tuple[StageDay, ...],
    closed_on: date | None,
    outcome: str | None,
    today: date,
    calendar: WorkCalendar,
) -> ClockRow:
    """The clock as it stands on that day. A pause that a closed clock has left open lasted until it was closed."""
    ended = pauses if closed_on is None else tuple(_ended(pause, closed_on) for pause in pauses)
    counted = _counted(rule, start, ended, extensions, calendar)
    due, running = counted.due, closed_on is None
    return ClockRow(
        id=id,
        entry=entry,
        number=number,
        subject=subject,
        rule=rule,
        start=start,
        pauses=pauses,
        extensions=extensions,
        stages=stages,
        closed_on=closed_on,
        outcome=outcome,
        state=_state(closed_on, due),
        due=due,
        countdown=_countdown(rule, start, due, today, calendar) if running and due is not None else None,
        left=counted.left if due is None else None,
        late=_late(rule, closed_on, due),
    )


@value
class _Count:
    """The due day, and how many days of the limit are not used by then; due None: a pause lasts."""

    due: date | None
    left: int


def _counted(
    rule: ClockRuleRow,
    start: date,
    pauses: Iterable[Pause],
    extensions: Iterable[Extension],
    calendar: WorkCalendar,
) -> _Count:
    if rule.direction == "before":
        return _Count(_backwards(rule, start, calendar), 0)
    limit = rule.days + sum(extension.days for extension in extensions)
    since, left = start, limit
    for pause in sorted(pauses, key=lambda pause: pause.start):
        due = _forwards(rule, since, left, calendar)
        if due < pause.start:
            break
        used = _days_between(rule.day_kind, since, pause.start, calendar)
        # The days off to which a limit in calendar days is moved on are no days of the limit.
        unused = max(left - used, 0)
        if pause.end is None:
            return _Count(None, unused)
        if due == pause.start and not pause.anew:
            continue
        since, left = max(since, pause.end), limit if pause.anew else unused
    return _Count(_forwards(rule, since, left, calendar), 0)


def _forwards(rule: ClockRuleRow, since: date, days: int, calendar: WorkCalendar) -> date:
    """The last of so many days after `since`. 0: only the move to a workday is left of a limit in calendar days."""
    if rule.day_kind == "workday":
        return calendar.nth_workday(since, days)
    if is_minimum(rule):
        return since + timedelta(days=days)
    return calendar.nth_workday(since + timedelta(days=max(days, 1)) - _ONE_DAY, 1)


def _backwards(rule: ClockRuleRow, start: date, calendar: WorkCalendar) -> date:
    if rule.day_kind == "workday":
        return calendar.nth_workday(start, -rule.days)
    return calendar.nth_workday(start - timedelta(days=rule.days) + _ONE_DAY, -1)


def _days_between(kind: DayKind, since: date, until: date, calendar: WorkCalendar) -> int:
    """The days d of that kind with since < d <= until; 0 where the one is not before the other."""
    if until <= since:
        return 0
    return calendar.workdays_until(since, until) if kind == "workday" else (until - since).days


def _ended(pause: Pause, closed_on: date) -> Pause:
    return pause if pause.end is not None else replace(pause, end=max(pause.start, closed_on))


def _state(closed_on: date | None, due: date | None) -> ClockState:
    if closed_on is not None:
        return "closed"
    return "paused" if due is None else "running"


def _countdown(rule: ClockRuleRow, start: date, due: date, today: date, calendar: WorkCalendar) -> Countdown:
    """Estimated (约) too where the limit itself was counted through a year without a schedule."""
    left = countdown(today, due, calendar)
    return replace(
        left,
        estimated=left.estimated or calendar.is_estimate(start, due),
        overdue=left.overdue and not is_minimum(rule),
    )


def _late(rule: ClockRuleRow, closed_on: date | None, due: date | None) -> bool | None:
    if closed_on is None or due is None:
        return None
    return closed_on < due if is_minimum(rule) else closed_on > due
