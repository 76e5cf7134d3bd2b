from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules.calendar import WorkCalendar
from db.rules.clocks import clock_row, due_of, is_minimum
from db.rules.rows import ClockRow, ClockRuleRow, Countdown, Extension, Pause
from db.rules.words import Bound, DayKind, Direction
from seeds.plant import readings, statute

ONE_DAY = timedelta(days=1)


def rule(days: int, kind: DayKind = "workday", direction: Direction = "after", bound: Bound = "max") -> ClockRuleRow:
    return ClockRuleRow(days, kind, direction, bound, "收到来信", "作出首次回复", "在规定时间内回复", None)


def march(day: int) -> date:
    """2021-03-01 is a Monday, and March 2021 has no day off but its weekends."""
    return date(2021, 3, day)


def pause(start: date, end: date | None, anew: bool = False) -> Pause:
    return Pause(start, end, anew, "征求第三方意见")


def more(days: int) -> Extension:
    return Extension(march(1), days, "情况复杂")


def clock(made: ClockRuleRow, start: date, today: date, calendar: WorkCalendar, **fields: Any) -> ClockRow:
    plain: dict[str, Any] = {"pauses": (), "extensions": (), "stages": (), "closed_on": None, "outcome": None}
    return clock_row(
        id=1,
        entry=None,
        number=None,
        subject="来信",
        rule=made,
        start=start,
        today=today,
        calendar=calendar,
        **{**plain, **fields},
    )


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (march(1), 1, march(2)),
        (march(5), 1, march(8)),  # over a weekend
        (march(6), 1, march(8)),  # received on a Saturday
        (march(7), 1, march(8)),
        (date(2021, 9, 17), 1, date(2021, 9, 18)),  # a make-up Saturday is worked
        (date(2021, 9, 18), 1, date(2021, 9, 22)),  # received on a make-up Saturday, a feast follows
        (date(2021, 9, 30), 1, date(2021, 10, 8)),
        (date(2021, 10, 3), 1, date(2021, 10, 8)),  # received in a holiday week
        (date(2021, 9, 30), 2, date(2021, 10, 9)),
        (date(2021, 12, 31), 1, date(2022, 1, 4)),  # across the year
        (date(2026, 12, 31), 1, date(2027, 1, 1)),  # no schedule there: Monday to Friday
        (date(2026, 12, 31), 2, date(2027, 1, 4)),
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
    ],
)
def test_a_limit_in_workdays_ends_on_the_nth_workday_after_the_start(
    calendar: WorkCalendar, start: date, days: int, due: date
) -> None:
    assert due_of(rule(days), start, (), (), calendar) == due
    assert due_of(rule(days, bound="min"), start, (), (), calendar) == due


@pytest.mark.parametrize(
    ("start", "days", "due", "unmoved"),
    [
        (date(2021, 9, 15), 15, date(2021, 9, 30), date(2021, 9, 30)),
        (date(2021, 9, 16), 15, date(2021, 10, 8), date(2021, 10, 1)),  # ends on the first day of a holiday week
        (date(2021, 9, 22), 15, date(2021, 10, 8), date(2021, 10, 7)),  # on its last
        (date(2021, 9, 10), 8, date(2021, 9, 18), date(2021, 9, 18)),  # a make-up Saturday is no day off
        (date(2021, 9, 17), 8, date(2021, 9, 26), date(2021, 9, 25)),  # a plain Saturday before a make-up Sunday
        (date(2021, 9, 18), 1, date(2021, 9, 22), date(2021, 9, 19)),
        (date(2021, 10, 3), 1, date(2021, 10, 8), date(2021, 10, 4)),  # starts and ends in it
        (march(6), 1, march(8), march(7)),
        (date(2021, 12, 25), 7, date(2022, 1, 4), date(2022, 1, 1)),  # across the year
        (date(2024, 2, 28), 1, date(2024, 2, 29), date(2024, 2, 29)),
        (date(2026, 12, 2), 30, date(2027, 1, 1), date(2027, 1, 1)),  # no schedule yet: a Friday
        (date(2026, 12, 3), 30, date(2027, 1, 4), date(2027, 1, 2)),
    ],
)
def test_a_limit_in_calendar_days_that_ends_on_a_day_off_moves_to_the_next_workday_and_a_minimum_does_not(
    calendar: WorkCalendar, start: date, days: int, due: date, unmoved: date
) -> None:
    assert due_of(rule(days, "calendar"), start, (), (), calendar) == due
    assert due_of(rule(days, "calendar", bound="min"), start, (), (), calendar) == unmoved


@pytest.mark.parametrize(
    ("kind", "start", "days", "due"),
    [
        ("workday", date(2021, 9, 22), 3, date(2021, 9, 16)),  # over the feast, the make-up Saturday counts
        ("workday", date(2021, 10, 3), 1, date(2021, 9, 30)),  # an event on a day off
        ("workday", march(8), 1, march(5)),
        ("workday", march(7), 1, march(5)),
        ("workday", march(6), 1, march(5)),
        ("workday", date(2022, 1, 4), 2, date(2021, 12, 30)),  # across the year
        ("calendar", date(2021, 10, 13), 1, date(2021, 10, 12)),
        ("calendar", date(2021, 10, 11), 10, date(2021, 9, 30)),  # the first day of a holiday week: the day before
        ("calendar", date(2021, 10, 17), 10, date(2021, 9, 30)),  # its last: still the day before it
        ("calendar", date(2021, 10, 19), 10, date(2021, 10, 9)),  # a make-up Saturday stays
        ("calendar", date(2021, 10, 13), 3, date(2021, 10, 9)),  # a Sunday: the make-up Saturday before
        ("calendar", date(2021, 10, 4), 1, date(2021, 9, 30)),
        ("calendar", march(9), 2, march(5)),
        ("calendar", date(2022, 1, 10), 8, date(2021, 12, 31)),
    ],
)
@pytest.mark.parametrize("bound", ["max", "min"])
def test_a_backwards_clock_ends_so_many_days_before_the_event_and_never_on_a_day_off(
    calendar: WorkCalendar, kind: DayKind, bound: Bound, start: date, days: int, due: date
) -> None:
    assert due_of(rule(days, kind, "before", bound), start, (), (), calendar) == due


WEEK = rule(5)  # from Monday 1 March to Monday 8 March


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ((pause(march(1), march(3)),), march(10)),  # on the start day
        ((pause(march(3), march(3)),), march(8)),  # taken up again the same day
        ((pause(march(3), march(10)),), march(15)),  # over the due day
        ((pause(march(5), march(7)),), march(8)),  # over a weekend: nothing is lost
        ((pause(march(2), march(3)), pause(march(5), march(9))), march(11)),
        ((pause(march(5), march(9)), pause(march(2), march(3))), march(11)),  # whatever their order
        ((pause(march(2), march(4)), pause(march(4), march(5))), march(11)),  # one directly after the other
        ((pause(march(2), march(9)), pause(march(3), march(5))), march(15)),  # one within the other
        ((pause(march(8), march(10)),), march(8)),  # from the due day: nothing was left
        ((pause(march(9), march(12)),), march(8)),  # after it
        ((pause(march(9), march(12), anew=True),), march(8)),
        ((pause(march(9), None),), march(8)),
        (
            (pause(march(2), march(3)), pause(march(10), march(20))),
            march(9),
        ),  # after the due day that the first has moved
        ((pause(date(2021, 2, 22), march(2)),), march(9)),  # begun before the start
        ((pause(date(2021, 2, 22), date(2021, 2, 26), anew=True),), march(8)),
        ((pause(march(3), march(10), anew=True),), march(17)),
        ((pause(march(3), march(3), anew=True),), march(10)),  # corrected the same day
        ((pause(march(8), march(10), anew=True),), march(17)),  # asked for on the last day
        ((pause(march(2), march(3)), pause(march(4), march(10), anew=True)), march(17)),
        ((pause(march(3), march(10), anew=True), pause(march(11), march(12))), march(18)),
        ((pause(march(3), march(10), anew=True), pause(march(11), march(15), anew=True)), march(22)),
        ((pause(march(3), None),), None),
        ((pause(march(8), None),), None),  # from the due day
        ((pause(march(2), march(3)), pause(march(9), None)), None),  # from the due day that the first has moved
        ((pause(march(3), None, anew=True),), None),
    ],
)
def test_paused_days_do_not_count(calendar: WorkCalendar, pauses: tuple[Pause, ...], due: date | None) -> None:
    assert due_of(WEEK, march(1), pauses, (), calendar) == due


@pytest.mark.parametrize(
    ("pauses", "extensions", "due"),
    [
        ((), (more(5),), march(15)),
        ((), (more(2), more(3)), march(15)),
        ((pause(march(3), march(10)),), (more(5),), march(22)),
        ((pause(march(3), march(10), anew=True),), (more(5),), march(24)),  # the longer limit runs anew
        ((pause(march(10), march(12)),), (more(5),), march(17)),  # after the first due day, within the extension
        ((pause(march(15), march(17)),), (more(5),), march(15)),
        ((pause(march(10), None),), (more(5),), None),
    ],
)
def test_an_extension_adds_its_days_to_the_limit(
    calendar: WorkCalendar, pauses: tuple[Pause, ...], extensions: tuple[Extension, ...], due: date | None
) -> None:
    assert due_of(WEEK, march(1), pauses, extensions, calendar) == due


@pytest.mark.parametrize(
    ("days", "bound", "pauses", "due"),
    [
        (10, "max", (pause(march(5), march(9)),), march(15)),
        (10, "max", (pause(march(5), march(7)),), march(15)),  # paused days are calendar days; 13 is a Saturday
        (12, "max", (), march(15)),  # 13 is a Saturday
        (12, "max", (pause(march(13), march(17)),), march(18)),  # used up, and the move to Monday is paused
        (12, "max", (pause(march(14), march(14)),), march(15)),
        (12, "max", (pause(march(14), march(19)),), march(22)),
        (12, "max", (pause(march(15), march(17)),), march(15)),  # from the due day
        (12, "max", (pause(march(14), march(16), anew=True),), march(29)),
        (12, "max", (pause(march(14), march(16)), pause(march(16), march(18))), march(19)),
        (30, "min", (), march(31)),
        (30, "min", (pause(march(4), march(9)),), date(2021, 4, 5)),  # a feast: a minimum is not moved
        (30, "min", (pause(march(4), march(9), anew=True),), date(2021, 4, 8)),
        (30, "min", (pause(march(4), None),), None),
    ],
)
def test_a_limit_in_calendar_days_is_paused_in_calendar_days(
    calendar: WorkCalendar, days: int, bound: Bound, pauses: tuple[Pause, ...], due: date | None
) -> None:
    assert due_of(rule(days, "calendar", bound=bound), march(1), pauses, (), calendar) == due


def test_a_backwards_clock_reads_neither_pauses_nor_extensions(calendar: WorkCalendar) -> None:
    back = rule(3, direction="before")
    assert due_of(back, march(12), (pause(march(8), None),), (more(5),), calendar) == march(9)


def test_a_limit_beyond_the_calendar_is_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(OverflowError):
        due_of(rule(5), date(9999, 12, 30), (), (), calendar)
    with pytest.raises(OverflowError):
        due_of(rule(5, "calendar"), date(9999, 12, 30), (), (), calendar)


# The rules of the notices and of the statute, by hand on the real calendar -----------------------------------------


@pytest.fixture(scope="module")
def notice_rules() -> dict[tuple[str, str], ClockRuleRow]:
    """Every clock rule of the shipped notices, by plan and sentence."""
    return {
        (draft.plan, made.quote): ClockRuleRow(
            made.days, made.day_kind, made.direction, made.bound, made.trigger, made.action, made.quote, made.task
        )
        for draft in readings()
        for made in draft.clock_rules
    }


@pytest.mark.parametrize(
    ("plan", "sentence", "start", "due"),
    [
        # 9-30 (1), then the holiday week, 10-08 (2), Saturday 10-09 (3), 10-11 (4), 10-12 (5)
        ("jiading-2021", "在 5 个工作日内作出首次回复", date(2021, 9, 29), date(2021, 10, 12)),
        ("jiading-2021", "简单问题在 1 个工作日内完成答复", date(2021, 9, 17), date(2021, 9, 18)),
        ("jiading-2021", "简单问题在 1 个工作日内完成答复", date(2021, 9, 30), date(2021, 10, 8)),
        # 2-09, 2-10 (2), Spring Festival 11-17, 2-18, 2-19, Saturday 2-20 (5), 2-22 to 2-26 (10)
        ("jiading-2021", "在决策文件出台后的10个工作日内", date(2021, 2, 8), date(2021, 2, 26)),
        # Saturday 10-09 (1), 10-08 (2), 9-30 (3)
        ("jiading-2021", "提前3个工作日向办公室备案", date(2021, 10, 11), date(2021, 9, 30)),
        # 1-25 to 1-30 (6, the weekend is worked), 2-07 to 2-11 (11), 2-14 to 2-18 (16), 2-21 to 2-24 (20)
        ("hubei-2022", "一般政府信息20个工作日内公开", date(2022, 1, 24), date(2022, 2, 24)),
        ("hubei-2022", "公开征求意见一般不少于30天", date(2022, 4, 1), date(2022, 5, 1)),
        # Saturday and Sunday 10-08, 10-09 (2), 10-10 to 10-12 (5)
        ("hubei-2022", "主动公开文件5个工作日内报送", date(2022, 9, 30), date(2022, 10, 12)),
        # 4-29 (1), 5-05, 5-06, Saturday 5-07 (4), 5-09 to 5-11 (7)
        ("hubei-2022", "行政许可和行政处罚信息7个工作日内上网公开", date(2022, 4, 28), date(2022, 5, 11)),
    ],
)
def test_the_clocks_of_the_notices_end_where_counting_by_hand_does(
    calendar: WorkCalendar,
    notice_rules: dict[tuple[str, str], ClockRuleRow],
    plan: str,
    sentence: str,
    start: date,
    due: date,
) -> None:
    (made,) = [made for (of, quote), made in notice_rules.items() if of == plan and sentence in quote]
    assert due_of(made, start, (), (), calendar) == due


@pytest.fixture(scope="module")
def statute_rules() -> dict[str, ClockRuleRow]:
    """The shipped clocks of 政府信息公开条例, by article."""
    return {
        made.article: ClockRuleRow(
            made.days, made.day_kind, made.direction, made.bound, made.trigger, made.action, made.text, None, "statute"
        )
        for made in statute()
    }


@pytest.mark.parametrize(
    ("article", "start", "pauses", "extensions", "due"),
    [
        # art. 26: 2-10 to Saturday 2-14 (5), Spring Festival 15-23, 2-24 to Saturday 2-28 (10), 3-02 to 3-13 (20)
        ("第二十六条", date(2026, 2, 9), (), (), date(2026, 3, 13)),
        # art. 30, the notice to correct: 5-06 to Saturday 5-09 (4), 5-11 to 5-13 (7)
        ("第三十条", date(2026, 4, 30), (), (), date(2026, 5, 13)),
        # art. 30, the answer anew from the day the correction arrives: 9-17, Saturday 9-18 (2), 9-22 to 9-24 (5),
        # Sunday 9-26 (6), 9-27 to 9-30 (10), 10-08, Saturday 10-09 (12), 10-11 to 10-15 (17), 10-18 to 10-20 (20)
        (
            "第三十三条",
            date(2021, 9, 1),
            (pause(date(2021, 9, 7), date(2021, 9, 16), anew=True),),
            (),
            date(2021, 10, 20),
        ),
        # art. 32: 9-11 (1), 9-14 to 9-18 (6), Sunday 9-20 (7), 9-21 to 9-24 (11), 9-28 to 9-30 (14), 10-08 (15)
        ("第三十二条", date(2026, 9, 10), (), (), date(2026, 10, 8)),
        # art. 33: 6-02 to 6-05 (4), 6-08 to 6-12 (9), 6-15 to 6-18 (13), 6-22 to 6-26 (18), 6-29, 6-30 (20)
        ("第三十三条", date(2026, 6, 1), (), (), date(2026, 6, 30)),
        # with 20 more: 7-01 to 7-03 (23), four weeks but three days to 7-28 (40)
        ("第三十三条", date(2026, 6, 1), (), (more(20),), date(2026, 7, 28)),
        # the time of asking a third party does not count: 3-02 to 3-08 (5) | 3-23 to Saturday 4-02 (14),
        # 4-06 to 4-08 (17), 4-11 to 4-13 (20)
        ("第三十三条", date(2022, 3, 1), (pause(date(2022, 3, 8), date(2022, 3, 22)),), (), date(2022, 4, 13)),
    ],
)
def test_the_clocks_of_the_statute_end_where_counting_by_hand_does(
    calendar: WorkCalendar,
    statute_rules: dict[str, ClockRuleRow],
    article: str,
    start: date,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
    due: date,
) -> None:
    assert due_of(statute_rules[article], start, pauses, extensions, calendar) == due


# A slow and obvious count, day by day, which shares nothing with the rule but the calendar ------------------------


def slowly(made: ClockRuleRow, start: date, pauses: list[Pause], more_days: int, calendar: WorkCalendar) -> date | None:
    if made.direction == "before":
        return slowly_back(made, start, calendar)
    used = 0
    for day in (start + n * ONE_DAY for n in range(1, 2_000)):
        if any(p.end is None and p.start < day for p in pauses):
            return None
        resting = any(p.end is not None and p.start < day <= p.end for p in pauses)
        if not resting and (made.day_kind == "calendar" or calendar.is_workday(day)):
            used += 1
        may_end = made.day_kind == "workday" or made.bound == "min" or calendar.is_workday(day)
        stopped = any(p.start == day and (p.end is None or p.anew) for p in pauses)
        if used >= made.days + more_days and may_end and not resting and not stopped:
            return day
        if any(p.anew and p.end == day for p in pauses):
            used = 0
    raise AssertionError("no end")


def slowly_back(made: ClockRuleRow, start: date, calendar: WorkCalendar) -> date:
    day, left = start, made.days
    while left:
        day -= ONE_DAY
        left -= made.day_kind == "calendar" or calendar.is_workday(day)
    while not calendar.is_workday(day):
        day -= ONE_DAY
    return day


KINDS = st.sampled_from(["workday", "calendar"])
RULES = st.builds(
    rule, st.integers(1, 60), KINDS, st.sampled_from(["after", "after", "before"]), st.sampled_from(["max", "min"])
)
STARTS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
LENGTHS = st.one_of(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.none())
GAPS = st.lists(st.tuples(st.integers(-5, 70), LENGTHS, st.booleans()), max_size=3)


def pauses_from(start: date, gaps: list[tuple[int, int | None, bool]]) -> list[Pause]:
    made = []
    for after, length, anew in gaps:
        first = start + after * ONE_DAY
        made.append(pause(first, None if length is None else first + length * ONE_DAY, anew))
    return made


@settings(max_examples=600)
@given(made=RULES, start=STARTS, gaps=GAPS, more_days=st.sampled_from([0, 0, 5, 20]))
def test_the_due_day_is_that_of_counting_day_by_day(
    calendar: WorkCalendar, made: ClockRuleRow, start: date, gaps: list[tuple[int, int | None, bool]], more_days: int
) -> None:
    pauses = pauses_from(start, gaps)
    extensions = [more(more_days)] if more_days else []
    assert due_of(made, start, pauses, extensions, calendar) == slowly(made, start, pauses, more_days, calendar)


@settings(max_examples=200)
@given(made=RULES, start=STARTS, gaps=GAPS)
def test_a_longer_limit_never_ends_earlier(
    calendar: WorkCalendar, made: ClockRuleRow, start: date, gaps: list[tuple[int, int | None, bool]]
) -> None:
    pauses = [lasting for lasting in pauses_from(start, gaps) if lasting.end is not None]
    shorter = due_of(made, start, pauses, (), calendar)
    longer = due_of(replace(made, days=made.days + 1), start, pauses, (), calendar)
    assert shorter is not None
    assert longer is not None
    assert (longer <= shorter) if made.direction == "before" else (longer >= shorter)


@settings(max_examples=200)
@given(start=STARTS, days=st.integers(1, 60))
def test_from_the_due_day_so_many_workdays_back_is_the_start(calendar: WorkCalendar, start: date, days: int) -> None:
    due = due_of(rule(days), start, (), (), calendar)
    assert due is not None
    assert calendar.workdays_until(start, due) == days
    back = due_of(rule(days, direction="before"), due, (), (), calendar)
    assert back == (start if calendar.is_workday(start) else calendar.nth_workday(start, -1))


@settings(max_examples=200)
@given(start=STARTS, days=st.integers(1, 60), kind=KINDS, bound=st.sampled_from(["max", "min"]), data=st.data())
def test_what_was_left_when_it_was_paused_runs_once_it_is_taken_up_again(
    calendar: WorkCalendar, start: date, days: int, kind: DayKind, bound: Bound, data: st.DataObject
) -> None:
    made = rule(days, kind, bound=bound)
    plain = due_of(made, start, (), (), calendar)
    assert plain is not None
    stopped = data.draw(st.dates(start, plain - ONE_DAY))
    again = data.draw(st.dates(stopped, stopped + timedelta(days=40)))
    row = clock(made, start, stopped, calendar, pauses=(pause(stopped, None),))
    assert row.state == "paused"
    assert row.left is not None
    days_used = sum(
        kind == "calendar" or calendar.is_workday(start + n * ONE_DAY) for n in range(1, (stopped - start).days + 1)
    )
    assert row.left == max(days - days_used, 0)
    if row.left:
        rest = due_of(replace(made, days=row.left), again, (), (), calendar)
        assert due_of(made, start, (pause(stopped, again),), (), calendar) == rest


# The row -----------------------------------------------------------------------------------------------------------


def test_a_running_clock_counts_down_to_its_due_day(calendar: WorkCalendar) -> None:
    row = clock(rule(5), date(2021, 9, 29), date(2021, 9, 30), calendar)
    assert (row.state, row.due, row.left, row.late) == ("running", date(2021, 10, 12), None, None)
    assert row.countdown == Countdown(days=12, workdays=4, estimated=False, overdue=False)


@pytest.mark.parametrize(
    ("made", "today", "days", "overdue"),
    [
        (rule(5), march(8), 0, False),
        (rule(5), march(9), -1, True),
        (rule(7, "calendar"), march(9), -1, True),
        (rule(7, "calendar", bound="min"), march(8), 0, False),
        (rule(7, "calendar", bound="min"), march(9), -1, False),  # it may be ended: nothing is late
        (rule(7, "calendar", bound="min"), march(31), -23, False),
    ],
)
def test_only_a_limit_is_overdue_a_minimum_never(
    calendar: WorkCalendar, made: ClockRuleRow, today: date, days: int, overdue: bool
) -> None:
    row = clock(made, march(1), today, calendar)
    assert row.countdown is not None
    assert (row.due, row.countdown.days, row.countdown.overdue) == (march(8), days, overdue)


@pytest.mark.parametrize("bound", ["max", "min"])
def test_at_least_so_many_days_before_an_event_is_a_last_day_like_any(calendar: WorkCalendar, bound: Bound) -> None:
    made = rule(3, direction="before", bound=bound)
    assert not is_minimum(made)
    row = clock(made, march(12), march(10), calendar)
    assert row.due == march(9)
    assert row.countdown is not None
    assert row.countdown.overdue
    assert clock(made, march(12), march(10), calendar, closed_on=march(9)).late is False
    assert clock(made, march(12), march(10), calendar, closed_on=march(10)).late is True


@pytest.mark.parametrize(
    ("made", "extensions", "paused", "left"),
    [
        (rule(5), (), march(1), 5),  # on the start day
        (rule(5), (), march(3), 3),
        (rule(5), (), march(6), 1),  # on a Saturday
        (rule(5), (), march(8), 0),  # on the due day
        (rule(5), (), date(2021, 2, 22), 5),  # before the start
        (rule(5), (more(5),), march(10), 3),
        (rule(12, "calendar"), (), march(10), 3),
        (rule(12, "calendar"), (), march(14), 0),  # used up, on the weekend over which the due day is moved
        (rule(30, "calendar", bound="min"), (), march(11), 20),
    ],
)
def test_a_paused_clock_has_no_due_day_and_says_what_is_left(
    calendar: WorkCalendar, made: ClockRuleRow, extensions: tuple[Extension, ...], paused: date, left: int
) -> None:
    row = clock(made, march(1), march(20), calendar, pauses=(pause(paused, None),), extensions=extensions)
    assert (row.state, row.due, row.countdown, row.left, row.late) == ("paused", None, None, left, None)


def test_a_pause_after_the_due_day_leaves_the_clock_overdue(calendar: WorkCalendar) -> None:
    row = clock(rule(5), march(1), march(20), calendar, pauses=(pause(march(9), None),))
    assert (row.state, row.due, row.left) == ("running", march(8), None)
    assert row.countdown is not None
    assert row.countdown.overdue


@pytest.mark.parametrize(
    ("made", "closed_on", "late"),
    [
        (rule(5), march(1), False),
        (rule(5), march(8), False),
        (rule(5), march(9), True),
        (rule(7, "calendar", bound="min"), march(7), True),  # 不足
        (rule(7, "calendar", bound="min"), march(8), False),
        (rule(7, "calendar", bound="min"), march(9), False),
    ],
)
def test_a_closed_clock_is_late_after_a_limit_and_before_a_minimum_is_full(
    calendar: WorkCalendar, made: ClockRuleRow, closed_on: date, late: bool
) -> None:
    row = clock(made, march(1), march(31), calendar, closed_on=closed_on, outcome="已回复")
    assert (row.state, row.due, row.countdown, row.left, row.late) == ("closed", march(8), None, None, late)
    assert row.outcome == "已回复"


@pytest.mark.parametrize(
    ("lasting", "closed_on", "due", "late"),
    [
        (pause(march(3), None), march(12), march(17), False),
        (pause(march(3), None, anew=True), march(12), march(19), False),  # 逾期不补正, given up
        (pause(march(3), None), march(3), march(8), False),
        (pause(march(9), None), march(12), march(8), True),
        (pause(march(8), None), march(12), march(8), True),
        (pause(march(5), None), march(3), march(8), False),  # a pause after the end: nothing to make of it
    ],
)
def test_a_pause_left_open_lasts_until_the_clock_is_closed(
    calendar: WorkCalendar, lasting: Pause, closed_on: date, due: date, late: bool
) -> None:
    row = clock(rule(5), march(1), march(31), calendar, pauses=(lasting,), closed_on=closed_on)
    assert (row.state, row.due, row.left, row.late) == ("closed", due, None, late)
    assert row.pauses == (lasting,)


@pytest.mark.parametrize(
    ("made", "start", "today", "due", "estimated"),
    [
        (rule(5), date(2026, 12, 21), date(2026, 12, 22), date(2026, 12, 28), False),
        (rule(5), date(2026, 12, 21), date(2026, 12, 31), date(2026, 12, 28), False),
        (rule(5), date(2026, 12, 21), date(2027, 1, 4), date(2026, 12, 28), True),  # overdue into the unknown year
        (rule(3), date(2026, 12, 28), date(2026, 12, 28), date(2026, 12, 31), False),
        (rule(4), date(2026, 12, 28), date(2026, 12, 28), date(2027, 1, 1), True),
        (rule(4), date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 1), True),  # due today, yet counted through it
        (rule(30, "calendar", bound="min"), date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 31), False),
        (rule(30, "calendar", bound="min"), date(2026, 12, 2), date(2026, 12, 2), date(2027, 1, 1), True),
        (rule(3, direction="before"), date(2027, 1, 1), date(2026, 12, 20), date(2026, 12, 29), False),
        (rule(3, direction="before"), date(2027, 1, 4), date(2026, 12, 20), date(2026, 12, 30), True),
    ],
)
def test_a_count_through_a_year_without_a_schedule_is_an_estimate(
    calendar: WorkCalendar, made: ClockRuleRow, start: date, today: date, due: date, estimated: bool
) -> None:
    row = clock(made, start, today, calendar)
    assert row.due == due
    assert row.countdown is not None
    assert row.countdown.estimated is estimated
