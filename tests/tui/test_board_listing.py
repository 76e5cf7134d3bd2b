"""--board as text: at most 80 cells a line, groups without lines left out, a word when there is nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.board import Board, BoardLine
from db.rules.calendar import DayOff, WorkCalendar
from db.rules.clocks import clock_row
from db.rules.rows import (
    ClockRow,
    ClockRuleRow,
    Countdown,
    EntryRow,
    LedgerRow,
    LedgerSheet,
    OccurrenceRow,
    QuotaRow,
    Summary,
)
from tests.tui.office import an_entry
from tui.board_listing import NOTHING, WIDTH, board_text
from tui.cells import cells

SUNDAY = date(2026, 11, 22)
HOLIDAYS = [DayOff(date(2026, month, 1), "off", "通知") for month in (1, 10)]
KNOWN = WorkCalendar(HOLIDAYS)
MADE_UP = WorkCalendar([*HOLIDAYS, DayOff(SUNDAY, "work", "通知")])
LEDGER = LedgerRow(1, "plan", None, None, None, 2021, 2026, "执法监督科", None)
QUOTA = QuotaRow(2, "条", "month", 1, date(2026, 11, 1), date(2026, 11, 30), False, (), "每月不少于2条")


def line(days: int, text: str = "公开规划", number: str | None = "3") -> BoardLine:
    left = Countdown(days, days, False, days < 0)
    return BoardLine("overdue" if days < 0 else "week", "entry", text, number, 3, None, SUNDAY, left)


def a_sheet(ledger: LedgerRow, entries: tuple[EntryRow, ...] = (), clocks: tuple[ClockRow, ...] = ()) -> LedgerSheet:
    return LedgerSheet(ledger, SUNDAY, entries, (), (), (), (), Summary(0, 0, 0, 0, 0, None), clocks=clocks)


def lines_of(*lines: BoardLine, ledger: LedgerRow = LEDGER, entries: tuple[EntryRow, ...] = ()) -> list[str]:
    return board_text(Board(SUNDAY, lines), a_sheet(ledger, entries), KNOWN).split("\n")


def test_nothing_pressing_is_said() -> None:
    assert lines_of() == ["执法监督科  2026 年  今天 2026-11-22 星期日 休息日", NOTHING]


@pytest.mark.parametrize(
    ("day", "calendar", "said"),
    [
        (SUNDAY, KNOWN, "星期日 休息日"),
        (SUNDAY + timedelta(days=1), KNOWN, "星期一 工作日"),
        (SUNDAY, MADE_UP, "星期日 工作日"),
        (date(2027, 1, 1), KNOWN, "星期五 约工作日"),
        (date(2027, 1, 2), KNOWN, "星期六 约休息日"),
    ],
)
def test_the_head_line_says_whether_it_is_a_working_day(day: date, calendar: WorkCalendar, said: str) -> None:
    assert (
        board_text(Board(day, ()), a_sheet(LEDGER), calendar).split("\n")[0].endswith(f"今天 {day.isoformat()} {said}")
    )


def test_each_group_has_its_lines_and_how_they_stand_at_the_right() -> None:
    made = lines_of(line(-3), line(2, "公开目录", "自1"))
    assert [row.split() for row in made[1:]] == [
        ["逾期（1）"],
        ["第", "3", "项", "公开规划", "逾期", "3", "天"],
        ["本周（7", "天或", "5", "个工作日内）（1）"],
        ["自1", "公开目录", "剩", "2", "天", "·", "2", "个工作日"],
    ]
    assert [cells(row) for row in (made[2], made[4])] == [WIDTH, WIDTH]


def test_a_quota_line_names_its_rule_and_what_is_missing() -> None:
    left = Countdown(8, 6, False, False)
    own = BoardLine("quotas", "quota", "公开规划", "3", 3, due=QUOTA.period_end, countdown=left, quota=QUOTA)
    unit = BoardLine("quotas", "quota", QUOTA.quote, due=QUOTA.period_end, countdown=left, quota=QUOTA)
    assert [" ".join(row.split()) for row in lines_of(own, unit)[2:]] == [
        "第 3 项 每月不少于 2 条：公开规划 缺 1 条，剩 6 个工作日",
        "本单位 每月不少于 2 条：每月不少于2条 缺 1 条，剩 6 个工作日",
    ]


def test_missed_periods_are_one_line() -> None:
    missed = tuple(OccurrenceRow(date(2026, month, 1), date(2026, month, 28), "missed") for month in (2, 3))
    left = Countdown(-267, -180, False, True)
    row = BoardLine("overdue", "occurrence", "更新目录", "3", 3, due=missed[0].end, countdown=left, missed=missed)
    assert "2 期未办" in lines_of(row)[2]


def test_an_entry_that_waits_for_the_clerks_word_carries_its_mark() -> None:
    possible = an_entry(3, applicability="possible")
    assert "第 3 项？  公开规划" in lines_of(line(2), entries=(possible,))[2]
    assert "第 3 项  公开规划" in lines_of(line(2), entries=(an_entry(3),))[2]


@pytest.mark.parametrize(
    ("start", "said"), [(date(2026, 11, 4), "还差 12 天满 30 天"), (date(2026, 10, 23), "已满，可以截止")]
)
def test_a_minimum_clock_has_no_due_day(start: date, said: str) -> None:
    rule = ClockRuleRow(30, "calendar", "after", "min", "公开征求意见", "征求意见截止", "不少于30天", None)
    clock = clock_row(
        id=7,
        entry=None,
        number=None,
        subject="某办法",
        rule=rule,
        start=start,
        pauses=(),
        extensions=(),
        stages=(),
        closed_on=None,
        outcome=None,
        today=SUNDAY,
        calendar=KNOWN,
    )
    row = BoardLine("clocks", "clock", "某办法：征求意见截止", clock=7, due=clock.due, countdown=clock.countdown)
    text = board_text(Board(SUNDAY, (row,)), a_sheet(LEDGER, clocks=(clock,)), KNOWN)
    assert text.endswith(said)
    assert "剩" not in text
    assert "到期" not in text


def test_what_the_clerk_wrote_stays_one_safe_line() -> None:
    made = lines_of(line(-3, "甲\n乙\x1b[31m\u202e丙"))
    assert len(made) == 3
    assert not {"\x1b", "\u202e"} & set("".join(made))


@given(st.text(max_size=120), st.text(min_size=1, max_size=60), st.integers(-400, 400))
def test_no_line_is_wider_than_the_terminal(text: str, unit: str, days: int) -> None:
    ledger = LedgerRow(1, "plan", None, None, None, 2021, 2026, unit, None)
    for row in lines_of(line(days, text, "三(一)"), ledger=ledger):
        assert cells(row) <= WIDTH
