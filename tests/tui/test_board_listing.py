"""--board as text: at most 80 cells a line, groups without lines left out, a word when there is nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.board import Board, BoardLine
from db.rules.calendar import DayOff, WorkCalendar
from db.rules.rows import Countdown, LedgerRow, OccurrenceRow, QuotaRow
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


def lines_of(*lines: BoardLine, ledger: LedgerRow = LEDGER) -> list[str]:
    return board_text(Board(SUNDAY, lines), ledger, KNOWN).split("\n")


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
    assert board_text(Board(day, ()), LEDGER, calendar).split("\n")[0].endswith(f"今天 {day.isoformat()} {said}")


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


def test_what_the_clerk_wrote_stays_one_safe_line() -> None:
    made = lines_of(line(-3, "甲\n乙\x1b[31m\u202e丙"))
    assert len(made) == 3
    assert not {"\x1b", "\u202e"} & set("".join(made))


@given(st.text(max_size=120), st.text(min_size=1, max_size=60), st.integers(-400, 400))
def test_no_line_is_wider_than_the_terminal(text: str, unit: str, days: int) -> None:
    ledger = LedgerRow(1, "plan", None, None, None, 2021, 2026, unit, None)
    for row in lines_of(line(days, text, "三(一)"), ledger=ledger):
        assert cells(row) <= WIDTH
