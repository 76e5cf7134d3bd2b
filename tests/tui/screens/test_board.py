"""今日 over a real file."""

from datetime import date

import pytest

from db.rules.board import Board, BoardLine
from db.rules.publications import NewPublication
from db.rules.rows import ClockRow, Countdown, OccurrenceRow, QuotaRow, Shift
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.office import a_deadline, an_entry, ids, office
from tests.tui.timed import JIADING, minimum, whole_bureau
from tui.desk import Desk
from tui.screens.board import BoardScreen
from tui.screens.detail import DetailScreen
from tui.screens.quotas import QuotasScreen
from tui.wording_board import Subjects, group_words, line_words, state_words, subjects


async def test_the_groups_stand_in_order_with_their_counts_and_lines(desk: Desk) -> None:
    application = next(rule for rule in desk.statute_rules() if rule.registers)
    desk.start_clock(application, "关于某项目的申请", date(2026, 11, 16), None)
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("1")
        text = clerk.text()
        assert clerk.lines()[0].startswith(" 今日  2026-11-22  执法监督科")
        headings = ("逾期（2）", "本期数量不足（2）", "计时（1）", "报送（1）")
        assert [text.index(heading) for heading in headings] == sorted(text.index(heading) for heading in headings)
        assert "1月—10月 10 期未办" in clerk.line_with("第 12 项？  设立专栏")
        assert "逾期 2 天" in clerk.line_with("第 29 项")
        assert "缺 2 条，剩 6 个工作日" in clerk.line_with("每月不少于 2 条")
        assert "缺 1 次，剩 29 个工作日" in clerk.line_with("每年不少于 1 次")
        assert "关于某项目的申请" in text
        assert "剩 14 天 · 10 个工作日" in clerk.line_with("报送  本年度")


async def test_enter_opens_the_entry_and_a_change_there_is_seen_on_coming_back(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("1", "down", "enter")
        assert isinstance(clerk.app.screen, DetailScreen)
        assert clerk.pane_lines()[0].startswith("第 29 项")
        await clerk.press("f2", "f2", "escape")
        assert isinstance(clerk.app.screen, BoardScreen)
        assert "第 29 项" not in clerk.text()
        await clerk.press("ctrl+z")
        assert any("第 29 项" in line and "逾期 2 天" in line for line in clerk.lines())


@pytest.mark.parametrize(("kind", "screen"), [("clock", "ClocksScreen"), ("report", "ReportsScreen")])
async def test_enter_on_a_clock_or_report_opens_its_screen_at_it(desk: Desk, kind: str, screen: str) -> None:
    rule = desk.statute_rules()[0]
    for subject in ("第一件", "第二件"):
        desk.start_clock(rule, subject, date(2026, 11, 16), None)
    lines = [line for line in desk.board().lines if line.kind == kind]
    async with office(desk) as clerk:
        await clerk.press("1")
        board = clerk.app.screen
        assert isinstance(board, BoardScreen)
        board.put_cursor_on(board.key(board._lines.index(lines[-1])))
        board.show_entries()
        await clerk.press("enter")
        assert type(clerk.app.screen).__name__ == screen
        assert lines[-1].text.split("：")[0] in next(line for line in clerk.lines() if line.startswith(">"))
        # From there a digit replaces both, Esc would have come back to the board.
        await clerk.press("3")
        assert "量化指标" in clerk.lines()[0]
        await clerk.press("escape")
        assert len(clerk.app.screen_stack) == 1


async def test_a_board_without_lines_says_so_kindly(make_desk: DeskMaker) -> None:
    desk = make_desk()
    desk.begin("liupanshui-2020", 2020, "政策法规科", "科室", None)
    entries = desk.entries()
    if entries:
        desk.not_applicable([entry.id for entry in entries if entry.counted], "本年不办")
    async with office(desk) as clerk:
        await clerk.press("1")
        assert "没有逾期、到期的" in clerk.text()
        await clerk.press("enter", "escape")
        assert len(clerk.app.screen_stack) == 1


async def test_a_publication_that_fills_the_quota_takes_its_line_from_the_board(desk: Desk) -> None:
    entry = ids(desk.entries(), "12")[0]
    desk.publish([NewPublication(entry, TODAY, f"第 {n} 条", "网站", None, "文字") for n in (1, 2)])
    async with office(desk) as clerk:
        await clerk.press("1")
        assert "每月不少于 2 条" not in clerk.text()
        assert "本期数量不足（1）" in clerk.text()


LEFT = Countdown(8, 6, False, False)
QUOTA = QuotaRow(2, "条", "month", 1, date(2026, 11, 1), date(2026, 11, 30), False, (), "每月2条")
MISSED = tuple(
    OccurrenceRow(date(2026, month, 1), date(2026, month, end), "missed") for month, end in ((1, 31), (2, 28))
)


@pytest.mark.parametrize(
    ("line", "left", "right"),
    [
        (BoardLine("week", "entry", "公开", "3", 3, None, TODAY, LEFT), "第 3 项  公开", "剩 8 天 · 6 个工作日"),
        (BoardLine("week", "entry", "办", "自1", 9, None, TODAY, LEFT), "自1  办", "剩 8 天 · 6 个工作日"),
        (
            BoardLine("quotas", "quota", "公开", "3", 3, None, TODAY, LEFT, QUOTA),
            "第 3 项  每月不少于 2 条：公开",
            "缺 1 条，剩 6 个工作日",
        ),
        (
            BoardLine("quotas", "quota", "每月2条", None, None, None, TODAY, LEFT, QUOTA),
            "本单位  每月不少于 2 条：每月2条",
            "缺 1 条，剩 6 个工作日",
        ),
        (
            BoardLine("overdue", "occurrence", "公开", "3", 3, missed=MISSED),
            "第 3 项  公开",
            "1月—2月 2 期未办",
        ),
        (
            BoardLine("overdue", "clock", "申请：答复", None, None, 1, TODAY, Countdown(-3, -2, False, True)),
            "计时  申请：答复",
            "逾期 3 天",
        ),
        (
            BoardLine("due_today", "clock", "申请：答复", None, None, 1, TODAY, Countdown(0, 0, False, False)),
            "计时  申请：答复",
            "今天到期",
        ),
        (BoardLine("reports", "report", "总结"), "报送  总结", "日期待核对"),
    ],
)
def test_a_line_says_what_it_is_and_how_it_stands(line: BoardLine, left: str, right: str) -> None:
    assert (line_words(line, Subjects()), state_words(line, Subjects())) == (left, right)


async def test_a_minimum_clock_says_how_long_until_it_may_end_and_never_when_it_is_due(make_desk: DeskMaker) -> None:
    desk = whole_bureau(make_desk(), JIADING)
    for subject, day in (("未满", 4), ("已满", 23)):
        desk.start_clock(minimum(desk), subject, date(2026, 11 if subject == "未满" else 10, day), None)
    paused = desk.start_clock(desk.statute_rules()[0], "停着", date(2026, 11, 16), None)
    desk.pause_clock(paused, TODAY, False, "征求意见")
    async with office(desk, (80, 60)) as clerk:
        await clerk.press("1")
        assert clerk.line_with("计时  未满").endswith("还差 12 天满 30 天")
        assert clerk.line_with("计时  已满").endswith("已满，可以截止")
        assert clerk.line_with("计时  停着").endswith("已暂停，剩 16 个工作日")
        await clerk.press("6", "escape")
        assert not any("剩" in line and "未满" in line for line in clerk.lines())


async def test_lines_that_wait_for_the_clerks_word_carry_a_mark_until_it_is_given(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("1")
        assert "第 29 项 待核对  市直" in clerk.text()
        assert "第 12 项？  每月不少于 2 条" in clerk.text()
        desk.confirm_shift(ids(desk.entries(), "29"))
        desk.decide(ids(desk.entries(), "12"), "ours")
        await clerk.press("escape", "1")
        assert "第 29 项  市直" in clerk.text()
        assert "第 12 项  每月不少于 2 条" in clerk.text()


WAITING = a_deadline("2021年底前", "on_day", TODAY, shift=Shift(2021, True, False, False))
CONFIRMED = a_deadline("2021年底前", "on_day", TODAY, shift=Shift(2021, True, False, True))


@pytest.mark.parametrize(
    ("values", "kind", "left"),
    [
        ({"applicability": "possible"}, "entry", "第 3 项？  公开"),
        ({"deadline": WAITING}, "entry", "第 3 项 待核对  公开"),
        ({"deadline": WAITING, "applicability": "possible"}, "entry", "第 3 项？ 待核对  公开"),
        ({"deadline": WAITING}, "occurrence", "第 3 项  公开"),
        ({"deadline": CONFIRMED}, "entry", "第 3 项  公开"),
    ],
)
def test_the_mark_says_what_of_the_entry_waits(values: dict[str, object], kind: str, left: str) -> None:
    line = BoardLine("week", kind, "公开", "3", 3, None, TODAY, LEFT)  # type: ignore[arg-type]
    clocks: tuple[ClockRow, ...] = ()
    assert line_words(line, subjects([an_entry(3, **values)], clocks)) == left


async def test_enter_on_a_quota_of_the_unit_opens_it_at_its_present_period(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2020, 11, 22))
    desk.begin("liupanshui-2020", 2020, "办公室", "科室", None)
    async with office(desk) as clerk:
        await clerk.press("1", "end", "up", "enter")
        assert isinstance(clerk.app.screen, QuotasScreen)
        assert next(line for line in clerk.lines() if line.startswith(">")).startswith("> 四季度")
        await clerk.press("escape", "down", "enter")
        assert next(line for line in clerk.lines() if line.startswith(">")).startswith("> 全年")
        assert "0/10，缺 10 条" in next(line for line in clerk.lines() if line.startswith(">"))


def test_groups_without_lines_are_left_out() -> None:
    line = BoardLine("week", "entry", "公开", "3", 3, None, TODAY, LEFT)
    assert group_words(Board(TODAY, (line,))) == [("本周（7 天或 5 个工作日内）（1）", (line,))]
    assert group_words(Board(TODAY, ())) == []
