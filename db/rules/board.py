"""今日: what a clerk has to look at this morning. Every thing stands in one group, and once."""

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from db.rules.calendar import WorkCalendar
from db.rules.clocks import is_minimum
from db.rules.countdown import countdown
from db.rules.order import WEEK, is_open
from db.rules.rows import ClockRow, Countdown, EntryRow, LedgerSheet, OccurrenceRow, QuotaRow, ReportRow
from db.rules.value import value

Group = Literal["overdue", "due_today", "week", "quotas", "clocks", "reports"]
LineKind = Literal["entry", "occurrence", "quota", "clock", "report"]

GROUPS: Final[tuple[tuple[Group, str], ...]] = (
    ("overdue", "逾期"),
    ("due_today", "今天到期"),
    ("week", "本周（7 天或 5 个工作日内）"),
    ("quotas", "本期数量不足"),
    ("clocks", "计时"),
    ("reports", "报送"),
)
"""Key and Chinese name of each group, in the order in which they stand."""

WORKDAYS: Final = 5
"""本周: within order.WEEK days, or within so many workdays where a holiday lies between."""

_GROUP_ORDER: Final[dict[str, int]] = {key: index for index, (key, _) in enumerate(GROUPS)}
_KIND_ORDER: Final[dict[LineKind, int]] = {"entry": 0, "occurrence": 1, "quota": 2, "clock": 3, "report": 4}


@value
class BoardLine:
    """One thing. text: the requirement, the sentence of a unit's quota, the clock's subject and action, the report.

    number is the task's, entry and clock are ids; quota and missed are filled for those kinds of lines only.
    due is None for a paused clock and for a report whose day does not exist in that year.
    """

    group: Group
    kind: LineKind
    text: str
    number: str | None = None
    entry: int | None = None
    clock: int | None = None
    due: date | None = None
    countdown: Countdown | None = None
    quota: QuotaRow | None = None
    missed: tuple[OccurrenceRow, ...] = ()


@value
class Board:
    """The lines by group, in each by due date (none last), kind and position."""

    today: date
    lines: tuple[BoardLine, ...]

    def of(self, group: Group) -> tuple[BoardLine, ...]:
        return tuple(line for line in self.lines if line.group == group)


def board(sheet: LedgerSheet, calendar: WorkCalendar) -> Board:
    """The board of the sheet's day.

    Open entries and occurrences of the week, what is overdue, the quotas short in the period of today; clocks that are
    not closed and reports that are not handed in stand there always, the distant ones in their own groups. A minimum
    (征求意见不少于30天) is no deadline: its clock stands under 计时 on every day, before it is full and after.
    """
    today = sheet.today
    entries = sorted((entry for entry in sheet.entries if is_open(entry)), key=lambda entry: entry.position)
    lines = [
        *(line for entry in entries for line in _lines_of_entry(entry, today, calendar)),
        *(_quota_line(quota, today, calendar) for quota in sheet.unit_quotas if _is_short(quota, today)),
        *(_clock_line(clock) for clock in sheet.clocks if clock.state != "closed"),
        *(_report_line(report) for report in sheet.reports if report.handed_in_on is None),
    ]
    # The sort is stable: of equals the position decides, in which they have been put together.
    return Board(today, tuple(sorted(lines, key=_line_order)))


def _line_order(line: BoardLine) -> tuple[int, date, int]:
    return _GROUP_ORDER[line.group], line.due or date.max, _KIND_ORDER[line.kind]


def _near(left: Countdown) -> Group | None:
    """The group by time alone; None when it is further away than this week."""
    if left.days < 0:
        return "overdue"
    if left.days == 0:
        return "due_today"
    return "week" if left.days <= WEEK or left.workdays <= WORKDAYS else None


def _lines_of_entry(entry: EntryRow, today: date, calendar: WorkCalendar) -> Iterator[BoardLine]:
    due = entry.deadline.effective
    if due is not None:
        left = countdown(today, due, calendar)
        if group := _near(left):
            yield BoardLine(group, "entry", entry.requirement, entry.number, entry.id, due=due, countdown=left)
    yield from _occurrence_lines(entry, today, calendar)
    for quota in entry.quotas:
        if _is_short(quota, today):
            yield _quota_line(quota, today, calendar, entry)


def _occurrence_lines(entry: EntryRow, today: date, calendar: WorkCalendar) -> Iterator[BoardLine]:
    """All missed periods in one line, due with the first of them; the current one unless a quota stands for it.

    A quota stands for its very period only where it is short today: one without a figure yet (a rate of nothing) has
    no line of its own, and one that is filled does not do away with an occurrence that still waits.
    """
    missed = tuple(occurrence for occurrence in entry.occurrences if occurrence.state == "missed")
    if missed:
        due = missed[0].end
        yield BoardLine(
            "overdue",
            "occurrence",
            entry.requirement,
            entry.number,
            entry.id,
            due=due,
            countdown=countdown(today, due, calendar),
            missed=missed,
        )
    short = {(quota.period_start, quota.period_end) for quota in entry.quotas if _is_short(quota, today)}
    for occurrence in entry.occurrences:
        if occurrence.state != "current" or (occurrence.start, occurrence.end) in short:
            continue
        left = countdown(today, occurrence.end, calendar)
        if group := _near(left):
            yield BoardLine(
                group, "occurrence", entry.requirement, entry.number, entry.id, due=occurrence.end, countdown=left
            )


def _is_short(quota: QuotaRow, today: date) -> bool:
    """Whether it is the period of today and something is missing; a rate of nothing has no figure to be short."""
    return quota.period_start <= today <= quota.period_end and quota.met is False


def _quota_line(quota: QuotaRow, today: date, calendar: WorkCalendar, entry: EntryRow | None = None) -> BoardLine:
    return BoardLine(
        "quotas",
        "quota",
        quota.quote if entry is None else entry.requirement,
        None if entry is None else entry.number,
        None if entry is None else entry.id,
        due=quota.period_end,
        countdown=countdown(today, quota.period_end, calendar),
        quota=quota,
    )


def _clock_line(clock: ClockRow) -> BoardLine:
    """The day of a minimum is the first on which it may end: nothing must be done by then, so it is never near."""
    group = None if clock.countdown is None or is_minimum(clock.rule) else _near(clock.countdown)
    return BoardLine(
        group or "clocks",
        "clock",
        f"{clock.subject}：{clock.rule.action}",
        clock.number,
        clock.entry,
        clock.id,
        clock.due,
        clock.countdown,
    )


def _report_line(report: ReportRow) -> BoardLine:
    group = _near(report.countdown) if report.countdown else None
    return BoardLine(group or "reports", "report", report.what, due=report.due, countdown=report.countdown)
