"""The countdown column: which of several things it tells, wide and brief; the head line's figures."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.rules.calendar import DayOff, WorkCalendar
from db.rules.rows import (
    ClockRow,
    ClockRuleRow,
    Countdown,
    EntryRow,
    ItemTally,
    LedgerRow,
    OccurrenceRow,
    QuotaRow,
    Summary,
)
from db.rules.words import OccurrenceState
from tests.tui.desks import TODAY
from tests.tui.office import a_deadline, an_entry, days_left
from tui.cells import cells
from tui.widgets.columns import fit, measure, row_cells
from tui.widgets.head_line import HeadLine
from tui.wording_counted import (
    needs_calendar,
    pressing,
    pressing_words,
    quota_rule_words,
    quota_state_words,
)
from tui.wording_periods import missed_words, occurrence_lines, period_words

CALENDAR = WorkCalendar([DayOff(date(2026, month, 1), "off", "通知") for month in (1, 10)])
RULE = ClockRuleRow(20, "workday", "after", "max", "收到申请", "答复", "20 个工作日", None)
MINIMUM = ClockRuleRow(30, "calendar", "after", "min", "征求意见", "截止", "不少于30天", None)


def quota(tally: int | None = 0, end: date = date(2026, 11, 30), **values: Any) -> QuotaRow:
    plain: dict[str, Any] = {
        "target": 2,
        "counter": "条",
        "period": "month",
        "period_start": end.replace(day=1),
        "met": None if tally is None else tally >= values.get("target", 2),
        "items": (),
        "quote": "每月不少于2条",
    }
    return QuotaRow(tally=tally, period_end=end, **{**plain, **values})


def clock(days: int | None, workdays: int = 0, rule: ClockRuleRow = RULE) -> ClockRow:
    left = None if days is None else Countdown(days, workdays, False, days < 0 and rule.bound == "max")
    state = "paused" if days is None else "running"
    return ClockRow(1, 1, "1", "申请", rule, TODAY, (), (), (), None, None, state, None, left, None, None)  # type: ignore[arg-type]


def months(**states: OccurrenceState) -> tuple[OccurrenceRow, ...]:
    ends = {1: 31, 10: 31, 11: 30, 12: 31}
    numbered = {int(name[1:]): state for name, state in states.items()}
    return tuple(
        OccurrenceRow(date(2026, number, 1), date(2026, number, ends[number]), state)
        for number, state in numbered.items()
    )


CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("nothing", {}, "无时限", "无时限"),
    ("its own date", {"countdown": days_left(11, 9)}, "剩 11 天 · 9 个工作日", "剩 11 天"),
    ("short", {"quotas": (quota(0),)}, "缺 2 条 · 剩 6 个工作日", "缺 2 条"),
    ("short on the last day", {"quotas": (quota(1, TODAY),)}, "缺 1 条 · 今天到期", "缺 1 条"),
    ("filled", {"quotas": (quota(2),)}, "无时限", "无时限"),
    ("a period gone by is not short now", {"quotas": (quota(0, date(2026, 10, 31)),)}, "无时限", "无时限"),
    ("a period to come is not short yet", {"quotas": (quota(0, date(2026, 12, 31)),)}, "无时限", "无时限"),
    ("a rate of nothing", {"quotas": (quota(None, counter="%"),)}, "无时限", "无时限"),
    ("date before shortage", {"quotas": (quota(0),), "countdown": days_left(7, 5)}, "剩 7 天 · 5 个工作日", "剩 7 天"),
    (
        "shortage before date",
        {"quotas": (quota(0),), "countdown": days_left(9, 7)},
        "缺 2 条 · 剩 6 个工作日",
        "缺 2 条",
    ),
    ("overdue before all", {"quotas": (quota(0),), "countdown": days_left(-1, -1)}, "逾期 1 天", "逾期 1 天"),
    ("clock", {"clocks": (clock(2, 2),), "countdown": days_left(3, 3)}, "计时 剩 2 天 · 2 个工作日", "计时 剩 2 天"),
    ("clock overdue", {"clocks": (clock(-3),), "countdown": days_left(3, 3)}, "计时 逾期 3 天", "计时 逾期 3 天"),
    ("clock later", {"clocks": (clock(9, 7),), "countdown": days_left(3, 3)}, "剩 3 天 · 3 个工作日", "剩 3 天"),
    ("clock paused", {"clocks": (clock(None),)}, "无时限", "无时限"),
    (
        "a minimum that is over is not overdue",
        {"clocks": (clock(-3, rule=MINIMUM),), "countdown": days_left(-1, -1)},
        "逾期 1 天",
        "逾期 1 天",
    ),
    ("a minimum alone", {"clocks": (clock(-3, rule=MINIMUM),)}, "计时 已满，可以截止", "计时 已满，可以截止"),
    ("a minimum", {"clocks": (clock(12, rule=MINIMUM),)}, "计时 还差 12 天满 30 天", "计时 还差 12 天"),
    ("missed", {"occurrences": months(m1="missed", m10="missed", m11="current")}, "漏 2 期 · 本期剩 8 天", "漏 2 期"),
    (
        "missed, but a date is near",
        {"occurrences": months(m1="missed"), "countdown": days_left(3, 3)},
        "剩 3 天 · 3 个工作日",
        "剩 3 天",
    ),
    ("the present period", {"occurrences": months(m11="current")}, "本期剩 8 天 · 6 个工作日", "本期剩 8 天"),
    ("the present period done", {"occurrences": months(m11="done", m12="coming")}, "本期已办", "本期已办"),
    ("between periods", {"occurrences": months(m12="coming")}, "无时限", "无时限"),
    (
        "closed",
        {"quotas": (quota(0),), "status": "done", "done_on": date(2026, 10, 28)},
        "已办结 10-28",
        "已办结 10-28",
    ),
    ("not ours", {"quotas": (quota(0),), "applicability": "not_ours"}, "非本单位", "非本单位"),
    ("not applicable", {"occurrences": months(m1="missed"), "status": "not_applicable"}, "不适用", "不适用"),
]


@pytest.mark.parametrize(("values", "wide", "brief"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_cell_tells_what_presses_most(values: dict[str, Any], wide: str, brief: str) -> None:
    entry = an_entry(**values)
    assert pressing_words(entry, TODAY, CALENDAR) == wide
    assert pressing(entry, TODAY, CALENDAR).brief == brief


def test_without_a_calendar_days_stand_for_workdays() -> None:
    assert pressing_words(an_entry(quotas=(quota(0),)), TODAY) == "缺 2 条 · 剩 8 天"
    assert pressing_words(an_entry(occurrences=months(m11="current")), TODAY) == "本期剩 8 天"


def test_workdays_of_a_year_without_schedule_are_about() -> None:
    assert pressing_words(an_entry(quotas=(quota(0),)), TODAY, WorkCalendar()) == "缺 2 条 · 剩 约 6 个工作日"


@pytest.mark.parametrize(
    ("values", "needed"),
    [
        ({}, False),
        ({"countdown": days_left(3, 3)}, False),
        ({"quotas": (quota(2),)}, False),
        ({"quotas": (quota(1),)}, True),
        ({"quotas": (quota(1),), "status": "done"}, False),
        ({"occurrences": months(m11="current")}, True),
        ({"occurrences": months(m1="missed")}, False),
    ],
)
def test_the_calendar_is_read_only_where_it_is_needed(values: dict[str, Any], needed: bool) -> None:
    assert needs_calendar(an_entry(**values), TODAY) is needed


def cell(entry: EntryRow, width: int) -> str:
    columns = fit(measure([entry], 2026, TODAY, CALENDAR), width)
    return dict(row_cells(entry, columns))["countdown"].strip()


@pytest.mark.parametrize(
    ("width", "shown"),
    [(120, "缺 2 条 · 剩 6 个工作日"), (80, "缺 2 条 · 剩 6 个工作日"), (44, "缺 2 条")],
)
def test_the_column_is_wide_enough_or_brief(width: int, shown: str) -> None:
    entry = an_entry(quotas=(quota(0),), requirement="公开" * 40, deadline=a_deadline("每月"))
    assert cell(entry, width) == shown
    assert (
        sum(cells(text) for _, text in row_cells(entry, fit(measure([entry], 2026, TODAY, CALENDAR), width))) <= width
    )


def test_each_column_is_measured_by_its_widest_text() -> None:
    entries = [
        an_entry(number=number, own=own, countdown=days_left(days, days), status=status, deadline=a_deadline(text))
        for number, own, days, status, text in (
            ("1", False, 9, "not_started", "9月9日前"),
            ("1.12", False, 11, "in_progress", "12月31日前完成"),
            ("自1000", True, 365, "not_started", None),
            ("99９", False, -100, "not_started", "１２月前"),
            ("5\u202e", False, 0, "not_started", "0\t9"),
        )
    ]
    measured = measure(entries, 2026, TODAY)
    for name, widest in measured.widest.items():
        assert widest == max(cells(fit(measured, 200).cell(name, entry)) for entry in entries), name
    assert measured.brief_countdown == max(cells(pressing(entry, TODAY).brief) for entry in entries)


ITEMS = (ItemTally("甲", 1, True, 1), ItemTally("乙", 0, False, 2))
YEAR: dict[str, Any] = {"period_start": date(2026, 1, 1), "period": "year"}
END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("row", "rule", "state"),
    [
        (quota(2), "每月不少于 2 条", "2/2 达到"),
        (quota(1), "每月不少于 2 条", "1/2，缺 1 条，剩 8 天 · 6 个工作日"),
        (quota(1, date(2026, 10, 31)), "每月不少于 2 条", "未达到（1/2）"),
        (quota(3, date(2026, 10, 31)), "每月不少于 2 条", "3/2 达到"),
        (quota(0, END), "每月不少于 2 条", "未到"),
        (quota(1, END), "每月不少于 2 条", "未到（1/2）"),
        (quota(1, TODAY), "每月不少于 2 条", "1/2，缺 1 条，今天到期"),
        (
            quota(60, END, target=60, counter="%", part=3, whole=5, met=True, **YEAR),
            "每年不少于 60%",
            "3/5（60%） 达到",
        ),
        (
            quota(50, END, target=60, counter="%", part=3, whole=6, met=False, **YEAR),
            "每年不少于 60%",
            "3/6（50%），缺 2 条，剩 39 天 · 29 个工作日",
        ),
        (
            quota(None, END, target=60, counter="%", part=0, whole=0, **YEAR),
            "每年不少于 60%",
            "还没有公开记录，剩 39 天 · 29 个工作日",
        ),
        (
            quota(1, END, target=1, counter="次", items=ITEMS, met=False, **{**YEAR, "period": "item"}),
            "每项不少于 1 次",
            "1/2 个事项达到，缺 1 次，剩 39 天 · 29 个工作日",
        ),
        (
            quota(None, END, target=1, counter="次", **{**YEAR, "period": "item"}),
            "每项不少于 1 次",
            "还没有登记事项，剩 39 天 · 29 个工作日",
        ),
    ],
)
def test_a_period_of_a_quota_says_how_it_stands(row: QuotaRow, rule: str, state: str) -> None:
    assert quota_rule_words(row) == rule
    assert quota_state_words(row, TODAY, CALENDAR) == state


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "3月"),
        (date(2024, 2, 1), date(2024, 2, 29), "2月"),
        (date(2026, 1, 1), date(2026, 3, 31), "一季度"),
        (date(2026, 10, 1), date(2026, 12, 31), "四季度"),
        (date(2026, 1, 1), date(2026, 6, 30), "上半年"),
        (date(2026, 7, 1), date(2026, 12, 31), "下半年"),
        (date(2026, 1, 1), date(2026, 12, 31), "全年"),
        (date(2026, 2, 1), date(2026, 4, 30), "02-01—04-30"),
        (date(2026, 3, 2), date(2026, 3, 8), "03-02—03-08"),
    ],
)
def test_a_period_has_the_name_that_an_office_gives_it(start: date, end: date, words: str) -> None:
    assert period_words(start, end) == words


def test_what_was_missed_and_the_whole_year_stand_in_words() -> None:
    rows = months(m1="missed", m10="missed", m11="current", m12="coming")
    assert missed_words(rows[:1]) == "1月未办"
    assert occurrence_lines(rows) == ["1月—10月 未办（2 期）", "11月 本期", "12月 未到"]
    done = OccurrenceRow(date(2026, 1, 1), date(2026, 1, 31), "done", date(2026, 1, 28), "更新两条")
    assert occurrence_lines([done]) == ["1月 已办 01-28：更新两条"]


def month(number: int) -> OccurrenceRow:
    start = date(2026, number, 1)
    return OccurrenceRow(start, date(2026, number, monthrange(2026, number)[1]), "missed")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([1, 2], "1月—2月 2 期未办"),
        ([*range(1, 11)], "1月—10月 10 期未办"),
        ([1, 2, *range(4, 12)], "1、2、4—11月 10 期未办"),
        ([1, 10], "1、10月 2 期未办"),
        ([1, 3, 5, 7, 9, 11], "1、3、5、7、9、11月 6 期未办"),
        ([1, 2, 4, 5, 7, 8, 10, 11, 12], "9 期未办（最早 1月）"),
    ],
)
def test_the_missed_periods_are_named_without_those_between_that_are_done(numbers: list[int], words: str) -> None:
    assert missed_words([month(number) for number in numbers]) == words


def test_missed_quarters_and_weeks_are_named_as_far_as_there_is_room() -> None:
    quarters = [
        OccurrenceRow(date(2026, first, 1), date(2026, first + 2, last), "missed")
        for first, last in ((1, 31), (4, 30), (7, 30), (10, 31))
    ]
    assert missed_words(quarters) == "一季度—四季度 4 期未办"
    assert missed_words([quarters[0], quarters[3]]) == "一季度、四季度 2 期未办"
    weeks = [OccurrenceRow(date(2026, 3, day), date(2026, 3, day + 6), "missed") for day in (2, 16, 23)]
    assert missed_words(weeks) == "3 期未办（最早 03-02—03-08）"


@pytest.mark.parametrize(
    ("make", "width", "told", "untold"),
    [
        (lambda: (an_entry(quotas=(quota(0),)), 3), 120, ("数量不足 1", "计时 3"), ()),
        (lambda: (an_entry(quotas=(quota(2),)), 0), 120, (), ("数量不足", "计时")),
        (lambda: (an_entry(quotas=(quota(0),), status="done"), None), 120, (), ("数量不足", "计时")),
        (lambda: (an_entry(quotas=(quota(0),)), 3), 50, (), ("数量不足", "计时")),
    ],
)
def test_the_head_line_counts_shortages_and_clocks_where_there_is_room(
    make: Callable[[], tuple[EntryRow, int | None]], width: int, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    entry, clocks = make()
    head = HeadLine()
    head.style_named = lambda name: ""  # type: ignore[assignment,method-assign,return-value]
    head.refresh = lambda *_, **__: head  # type: ignore[method-assign]
    ledger = LedgerRow(1, "plan", None, None, None, 2026, 2026, "科", None)
    head.show(ledger, [entry], Summary(1, 0, 0, 0, 0, 0.0), TODAY, clocks)
    text = "".join(part for part, _ in head._figures(width))
    assert all(words in text for words in told)
    assert not any(words in text for words in untold)
    assert cells(text) <= width
