from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from db.rules.board import GROUPS, Board, BoardLine, board
from db.rules.calendar import WorkCalendar
from db.rules.clocks import clock_row
from db.rules.countdown import countdown
from db.rules.rows import (
    ClockRow,
    ClockRuleRow,
    EntryRow,
    ItemTally,
    LedgerRow,
    LedgerSheet,
    OccurrenceRow,
    Pause,
    QuotaRow,
    ReportRow,
    Summary,
)
from db.rules.words import Bound, OccurrenceState, Period
from tests.db.rules.entries import entry

SEPTEMBER_28 = date(2021, 9, 28)
"""A Tuesday before the holiday week: the workdays after it are 09-29, 09-30, 10-08, Saturday 10-09, 10-11, 10-12."""
MARCH_1 = date(2021, 3, 1)
"""A Monday of a month without feasts."""
OCTOBER_8 = date(2021, 10, 8)
"""A Friday before a make-up Saturday: 10-15 is 7 days and 6 workdays away."""

LEDGER = LedgerRow(1, "jiading-2021", None, None, None, 2021, 2021, "执法监督科", None)
NO_FIGURES = Summary(0, 0, 0, 0, 0, None)


def sheet(
    today: date,
    *entries: EntryRow,
    quotas: Sequence[QuotaRow] = (),
    clocks: Sequence[ClockRow] = (),
    reports: Sequence[ReportRow] = (),
) -> LedgerSheet:
    return LedgerSheet(LEDGER, today, entries, tuple(quotas), (), tuple(reports), (), NO_FIGURES, clocks=tuple(clocks))


def clock(id: int, start: date, days: int, today: date, calendar: WorkCalendar, **fields: Any) -> ClockRow:
    bound: Bound = fields.pop("bound", "max")
    rule = ClockRuleRow(days, "calendar", "after", bound, "征求意见", "截止", "不少于30天", None)
    plain: dict[str, Any] = {"entry": None, "number": None, "pauses": (), "closed_on": None, "rule": rule}
    return clock_row(
        id=id,
        subject=f"事项{id}",
        start=start,
        extensions=(),
        stages=(),
        outcome=None,
        today=today,
        calendar=calendar,
        **{**plain, **fields},
    )


def report(
    what: str, due: date | None, today: date, calendar: WorkCalendar, handed_in_on: date | None = None
) -> ReportRow:
    left = countdown(today, due, calendar) if due and handed_in_on is None else None
    return ReportRow(what, "办公室", due, (), "报办公室", handed_in_on=handed_in_on, countdown=left)


def quota(
    start: date, end: date, met: bool | None, *, period: Period = "month", items: tuple[ItemTally, ...] = ()
) -> QuotaRow:
    tally = None if met is None else (2 if met else 1)
    return QuotaRow(2, "条", period, tally, start, end, met, items, "每月不少于2条")


def occurrence(start: date, end: date, state: OccurrenceState) -> OccurrenceRow:
    return OccurrenceRow(start, end, state)


def only(made: Board) -> BoardLine:
    (line,) = made.lines
    return line


def test_the_groups_stand_in_the_order_of_the_morning() -> None:
    assert [key for key, _ in GROUPS] == ["overdue", "due_today", "week", "quotas", "clocks", "reports"]


PLACES = [
    (SEPTEMBER_28, date(2021, 1, 1), "overdue"),
    (SEPTEMBER_28, date(2021, 9, 27), "overdue"),
    (SEPTEMBER_28, date(2021, 9, 28), "due_today"),
    (SEPTEMBER_28, date(2021, 9, 29), "week"),
    (SEPTEMBER_28, date(2021, 10, 5), "week"),  # 7 days
    (SEPTEMBER_28, date(2021, 10, 6), "week"),  # 8 days, 2 workdays
    (SEPTEMBER_28, date(2021, 10, 11), "week"),  # 13 days, 5 workdays
    (SEPTEMBER_28, date(2021, 10, 12), None),  # 6 workdays
    (MARCH_1, date(2021, 3, 8), "week"),  # 7 days, 5 workdays
    (MARCH_1, date(2021, 3, 9), None),  # 8 days, 6 workdays
    (OCTOBER_8, date(2021, 10, 15), "week"),  # 7 days, 6 workdays
    (OCTOBER_8, date(2021, 10, 16), None),  # 8 days, 6 workdays
]


@pytest.mark.parametrize(("today", "due", "group"), PLACES)
def test_an_entry_stands_by_its_days_or_workdays_and_nowhere_when_distant(
    calendar: WorkCalendar, today: date, due: date, group: str | None
) -> None:
    made = board(sheet(today, entry(7, due, today=today, calendar=calendar)), calendar)
    assert made.today == today
    assert [line.group for line in made.lines] == ([group] if group else [])
    for line in made.lines:
        assert (line.kind, line.text, line.number, line.entry) == ("entry", "做好政府信息公开工作", "7", 7)
        assert (line.due, line.countdown) == (due, countdown(today, due, calendar))


@pytest.mark.parametrize(("today", "end", "group"), [place for place in PLACES if place[2] != "overdue"])
def test_the_current_occurrence_stands_by_its_last_day(
    calendar: WorkCalendar, today: date, end: date, group: str | None
) -> None:
    now = occurrence(date(2021, 1, 1), end, "current")
    made = board(sheet(today, entry(3, occurrences=(now,))), calendar)
    assert [(line.group, line.kind, line.entry, line.due) for line in made.lines] == (
        [(group, "occurrence", 3, end)] if group else []
    )


@pytest.mark.parametrize(("today", "due", "group"), PLACES)
def test_a_distant_clock_and_a_distant_report_stand_in_groups_of_their_own(
    calendar: WorkCalendar, today: date, due: date, group: str | None
) -> None:
    minimum = clock(4, due - timedelta(days=30), 30, today, calendar, bound="min")
    running = replace(minimum, rule=replace(minimum.rule, bound="max"), countdown=countdown(today, due, calendar))
    handed = report("工作总结", due, today, calendar)
    made = board(sheet(today, clocks=(running,), reports=(handed,)), calendar)
    assert [(line.kind, line.group) for line in made.lines] == [
        ("clock", group or "clocks"),
        ("report", group or "reports"),
    ]
    assert [line.due for line in made.lines] == [due, due]


@pytest.mark.parametrize(("today", "due", "group"), PLACES)
def test_a_minimum_is_no_deadline_and_stands_among_the_clocks_running_or_full(
    calendar: WorkCalendar, today: date, due: date, group: str | None
) -> None:
    minimum = clock(4, due - timedelta(days=30), 30, today, calendar, bound="min")
    line = only(board(sheet(today, clocks=(minimum,)), calendar))
    assert (line.group, line.due) == ("clocks", due)
    assert line.countdown is not None
    assert (line.countdown.days, line.countdown.overdue) == ((due - today).days, False)


def test_at_least_so_many_days_before_an_event_is_a_deadline_like_any(calendar: WorkCalendar) -> None:
    event = date(2021, 3, 11)
    rule = ClockRuleRow(3, "calendar", "before", "min", "会议", "公告", "会议前不少于3天", None)
    for today, group in (
        (date(2021, 2, 26), "clocks"),
        (date(2021, 3, 1), "week"),
        (date(2021, 3, 8), "due_today"),
        (date(2021, 3, 9), "overdue"),
    ):
        before = clock(5, event, 3, today, calendar, rule=rule)
        assert only(board(sheet(today, clocks=(before,)), calendar)).group == group, today


def test_a_full_minimum_stands_before_the_clocks_that_are_due_later(calendar: WorkCalendar) -> None:
    stopped = (Pause(date(2021, 2, 27), None, False, "等第三方"),)
    made = board(
        sheet(
            MARCH_1,
            clocks=(
                clock(1, MARCH_1, 30, MARCH_1, calendar),
                clock(2, date(2021, 2, 26), 30, MARCH_1, calendar, bound="min", pauses=stopped),
                clock(3, MARCH_1, 2, MARCH_1, calendar, bound="min"),
                clock(4, date(2021, 1, 4), 30, MARCH_1, calendar, bound="min"),
            ),
        ),
        calendar,
    )
    assert [line.clock for line in made.of("clocks")] == [4, 3, 1, 2]
    assert made.lines == made.of("clocks")


def test_a_paused_clock_stands_last_among_the_clocks(calendar: WorkCalendar) -> None:
    stopped = (Pause(date(2021, 3, 1), None, False, "等第三方"),)
    paused = clock(1, date(2021, 2, 26), 5, MARCH_1, calendar, pauses=stopped)
    running = clock(2, MARCH_1, 30, MARCH_1, calendar, entry=9, number="12")
    made = board(sheet(MARCH_1, clocks=(paused, running)), calendar)
    assert [(line.clock, line.due, line.entry, line.number, line.text) for line in made.of("clocks")] == [
        (2, date(2021, 3, 31), 9, "12", "事项2：截止"),
        (1, None, None, None, "事项1：截止"),
    ]
    assert made.lines == made.of("clocks")


def test_a_report_without_a_day_in_this_year_stands_last_among_the_reports(calendar: WorkCalendar) -> None:
    reports = [
        report("闰日报告", None, MARCH_1, calendar),
        report("年度总结", date(2021, 12, 6), MARCH_1, calendar),
        report("半年总结", date(2021, 6, 30), MARCH_1, calendar),
    ]
    made = board(sheet(MARCH_1, reports=reports), calendar)
    assert [line.text for line in made.of("reports")] == ["半年总结", "年度总结", "闰日报告"]


def test_what_is_finished_or_not_ours_is_absent(calendar: WorkCalendar) -> None:
    late = date(2021, 2, 1)
    work: dict[str, Any] = {
        "occurrences": (
            occurrence(late, date(2021, 2, 28), "missed"),
            occurrence(MARCH_1, date(2021, 3, 3), "current"),
        ),
        "quotas": (quota(MARCH_1, date(2021, 3, 31), False),),
    }
    closed = clock(1, late, 5, MARCH_1, calendar, closed_on=date(2021, 2, 3))
    made = board(
        sheet(
            MARCH_1,
            entry(1, late, status="done", done_on=late, **work),
            entry(2, late, status="not_applicable", reason="无此业务", **work),
            entry(3, late, applicability="not_ours", **work),
            clocks=(closed,),
            reports=(report("总结", late, MARCH_1, calendar, handed_in_on=late),),
        ),
        calendar,
    )
    assert made.lines == ()


@pytest.mark.parametrize("fields", [{"status": "in_progress"}, {"applicability": "possible"}])
def test_what_is_begun_or_waits_for_the_clerks_word_is_there(calendar: WorkCalendar, fields: dict[str, Any]) -> None:
    assert only(board(sheet(MARCH_1, entry(1, date(2021, 2, 1), **fields)), calendar)).group == "overdue"


def test_the_clerks_own_date_counts_and_not_the_notices(calendar: WorkCalendar) -> None:
    moved = entry(1, date(2021, 2, 1), adjusted=date(2021, 3, 3))
    line = only(board(sheet(MARCH_1, moved), calendar))
    assert (line.group, line.due) == ("week", date(2021, 3, 3))


def test_missed_occurrences_are_one_line_due_with_the_first_of_them(calendar: WorkCalendar) -> None:
    months = (
        occurrence(date(2021, 1, 1), date(2021, 1, 31), "done"),
        occurrence(date(2021, 2, 1), date(2021, 2, 28), "missed"),
        occurrence(date(2021, 3, 1), date(2021, 3, 31), "met"),
        occurrence(date(2021, 4, 1), date(2021, 4, 30), "missed"),
        occurrence(date(2021, 5, 1), date(2021, 5, 31), "current"),
        occurrence(date(2021, 6, 1), date(2021, 6, 30), "coming"),
    )
    today = date(2021, 5, 31)
    made = board(sheet(today, entry(2, occurrences=months)), calendar)
    (overdue,) = made.of("overdue")
    assert (overdue.kind, overdue.entry, overdue.due, overdue.missed) == (
        "occurrence",
        2,
        date(2021, 2, 28),
        (months[1], months[3]),
    )
    assert overdue.countdown == countdown(today, date(2021, 2, 28), calendar)
    assert [(line.kind, line.due, line.missed) for line in made.of("due_today")] == [("occurrence", today, ())]
    assert len(made.lines) == 2


@pytest.mark.parametrize(
    ("start", "end", "met", "kinds"),
    [
        (date(2021, 3, 1), date(2021, 3, 31), False, ["quota"]),
        (date(2021, 3, 1), date(2021, 3, 31), None, ["occurrence"]),  # a rate of nothing has no line of its own
        (date(2021, 3, 1), date(2021, 3, 31), True, ["occurrence"]),  # items that are filled: more may come
        (date(2021, 1, 1), date(2021, 3, 31), False, ["occurrence", "quota"]),  # of the quarter: another thing
        (date(2021, 2, 1), date(2021, 2, 28), False, ["occurrence"]),  # of a period gone by too
    ],
)
def test_a_current_occurrence_is_left_out_only_for_a_short_quota_of_its_very_period(
    calendar: WorkCalendar, start: date, end: date, met: bool | None, kinds: list[str]
) -> None:
    now = occurrence(date(2021, 3, 1), date(2021, 3, 31), "current")
    today = date(2021, 3, 29)
    made = board(sheet(today, entry(1, occurrences=(now,), quotas=(quota(start, end, met),))), calendar)
    assert [line.kind for line in made.lines] == kinds


def test_of_two_quotas_of_a_period_the_short_one_stands_for_its_occurrence(calendar: WorkCalendar) -> None:
    now = occurrence(date(2021, 3, 1), date(2021, 3, 31), "current")
    days = (date(2021, 3, 1), date(2021, 3, 31))
    for quotas in ((quota(*days, True), quota(*days, False)), (quota(*days, False), quota(*days, None))):
        made = board(sheet(date(2021, 3, 29), entry(1, occurrences=(now,), quotas=quotas)), calendar)
        assert [line.kind for line in made.lines] == ["quota"]


@pytest.mark.parametrize(
    ("today", "met", "short"),
    [
        (date(2021, 2, 28), False, False),
        (date(2021, 3, 1), False, True),
        (date(2021, 3, 31), False, True),
        (date(2021, 4, 1), False, False),
        (date(2021, 3, 15), True, False),
        (date(2021, 3, 15), None, False),  # a rate of nothing, items without an item
    ],
)
def test_a_quota_is_short_in_its_own_period_only(
    calendar: WorkCalendar, today: date, met: bool | None, short: bool
) -> None:
    row = quota(date(2021, 3, 1), date(2021, 3, 31), met)
    of_entry = board(sheet(today, entry(5, quotas=(row,))), calendar)
    of_unit = board(sheet(today, quotas=(row,)), calendar)
    assert (len(of_entry.lines), len(of_unit.lines)) == (short, short)
    if short:
        line, unit = only(of_entry), only(of_unit)
        assert (line.group, line.kind, line.entry, line.number) == ("quotas", "quota", 5, "5")
        assert (line.text, line.quota, line.due) == ("做好政府信息公开工作", row, date(2021, 3, 31))
        assert line.countdown == countdown(today, date(2021, 3, 31), calendar)
        assert (unit.group, unit.entry, unit.number, unit.text) == ("quotas", None, None, "每月不少于2条")


def test_one_item_without_its_count_makes_the_row_short_and_a_rate_too_low_does(calendar: WorkCalendar) -> None:
    year = (date(2021, 1, 1), date(2021, 12, 31))
    items = QuotaRow(
        1,
        "次",
        "item",
        1,
        *year,
        False,
        (ItemTally("决策甲", 1, True, 1), ItemTally("决策乙", 0, False, 2)),
        "每项至少1次",
    )
    rate = QuotaRow(60, "%", "year", 50, *year, False, (), "不低于60%", part=1, whole=2)
    made = board(sheet(MARCH_1, entry(1, quotas=(items,)), entry(2, quotas=(rate,))), calendar)
    assert [(line.entry, line.quota) for line in made.of("quotas")] == [(1, items), (2, rate)]


def test_of_several_short_quotas_of_an_entry_each_has_its_line(calendar: WorkCalendar) -> None:
    month = quota(date(2021, 3, 1), date(2021, 3, 31), False)
    year = quota(date(2021, 1, 1), date(2021, 12, 31), False, period="year")
    made = board(sheet(MARCH_1, entry(1, quotas=(year, month))), calendar)
    assert [line.quota for line in made.of("quotas")] == [month, year]


def test_within_a_group_the_due_date_then_the_kind_then_the_position_decides(calendar: WorkCalendar) -> None:
    day, next_day = date(2021, 3, 3), date(2021, 3, 4)
    now = occurrence(MARCH_1, day, "current")
    made = board(
        sheet(
            MARCH_1,
            entry(4, next_day),
            entry(3, day),
            entry(2, occurrences=(now,)),
            entry(1, day),
            clocks=(clock(8, MARCH_1, 2, MARCH_1, calendar), clock(7, MARCH_1, 2, MARCH_1, calendar)),
            reports=(report("乙", day, MARCH_1, calendar), report("甲", day, MARCH_1, calendar)),
        ),
        calendar,
    )
    found = [(line.kind, line.entry or line.clock or line.text) for line in made.of("week")]
    assert found == [
        *(("entry", 1), ("entry", 3), ("occurrence", 2), ("clock", 8), ("clock", 7)),
        *(("report", "乙"), ("report", "甲"), ("entry", 4)),
    ]
    assert made.lines == made.of("week")


def test_an_empty_ledger_has_an_empty_board(calendar: WorkCalendar) -> None:
    made = board(sheet(MARCH_1), calendar)
    assert made.lines == ()
    assert [made.of(key) for key, _ in GROUPS] == [()] * 6


def test_on_no_day_of_two_years_does_a_thing_stand_twice_and_what_is_timed_never_drops_out(
    calendar: WorkCalendar,
) -> None:
    month = (date(2021, 9, 1), date(2021, 9, 30))
    for today in (date(2021, 1, 1) + timedelta(days=n) for n in range(730)):
        state: OccurrenceState = "coming" if today < month[0] else "missed" if today > month[1] else "current"
        made = board(
            sheet(
                today,
                entry(1, date(2021, 9, 30)),
                entry(2, occurrences=(occurrence(*month, state),), quotas=(quota(*month, False),)),
                entry(3, occurrences=(occurrence(*month, state),)),
                quotas=(quota(*month, False),),
                clocks=(
                    clock(1, date(2021, 9, 1), 30, today, calendar, bound="min"),
                    clock(2, date(2021, 9, 1), 30, today, calendar),
                ),
                reports=(report("总结", date(2021, 12, 6), today, calendar),),
            ),
            calendar,
        )
        things = [(line.kind, line.entry, line.clock, line.text) for line in made.lines]
        assert len(things) == len(set(things))
        assert {thing[0] for thing in things} >= {"clock", "report"}
        assert {thing[2] for thing in things} >= {1, 2}
        assert ("entry" in {thing[0] for thing in things}) == (
            calendar.workdays_until(today, date(2021, 9, 30)) <= 5 or (date(2021, 9, 30) - today).days <= 7
        )
        assert list(made.lines) == [line for key, _ in GROUPS for line in made.of(key)]
