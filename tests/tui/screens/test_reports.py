"""报送: what the notice asks for and what the clerk adds, handed in or not."""

from datetime import date

import pytest

from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.office import office
from tests.tui.timed import JIADING, refused, type_at
from tui.desk import Desk
from tui.dialogs.dialog import Dialog
from tui.screens.reports import ReportsScreen

SUMMARY = "本年度政务公开工作总结情况"


async def test_a_report_of_the_notice_has_its_day_and_its_sentence(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("5")
        assert "报送  共 1 项，还没有报送的 1 项" in at.text()
        line = at.line_with(f"> {SUMMARY}")
        assert "2026-12-06" in line
        assert "剩 14 天" in line
        (report,) = desk.reports()
        told = "".join("".join(at.pane_lines()).split())
        assert "".join(report.quote.split())[:12] in told
        assert "2026-12-06星期日" in told


async def test_it_is_handed_in_today_with_two_keys_and_taken_back(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("5", "f2", "enter")
        assert [report.handed_in_on for report in desk.reports()] == [TODAY]
        assert "已报送 11-22" in at.line_with(f"> {SUMMARY}")
        assert "还没有报送的 0 项" in at.text()
        await at.press("f5")
        assert [report.handed_in_on for report in desk.reports()] == [None]
        await at.press("f5")
        assert "不用撤回" in at.said
        await at.press("ctrl+z")
        assert [report.handed_in_on for report in desk.reports()] == [TODAY]


async def test_the_day_and_the_remark_of_one_handed_in_are_changed(desk: Desk) -> None:
    (report,) = desk.reports()
    desk.hand_in(report.what, date(2026, 11, 10), "纸质一份")
    async with office(desk) as at:
        await at.press("5", "f2")
        assert "已登记 2026-11-10 报送" in at.text()
        assert "纸质一份" in at.text()
        await type_at(at, "2026-11-12")
        await at.press("enter")
        assert [(each.handed_in_on, each.remark) for each in desk.reports()] == [(date(2026, 11, 12), "纸质一份")]
        assert "报送登记已修改" in at.said


async def test_a_day_to_come_is_refused_where_it_is_typed(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("5", "f2")
        await type_at(at, "2026-12-01")
        await at.press("enter")
        assert isinstance(at.app.screen, Dialog)
        assert "还没有到" in at.text()
        assert [report.handed_in_on for report in desk.reports()] == [None]


async def test_the_annual_report_of_the_statute_is_added_and_known_as_such(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("5", "insert", "down", "enter")
        added = desk.reports()[-1]
        assert (added.what, added.due, added.source) == ("政府信息公开工作年度报告", date(2027, 1, 31), "statute")
        assert "> 政府信息公开工作年度报告" in at.text()
        assert any("政府信息公开条例" in line for line in at.pane_lines())


async def test_a_report_by_hand_is_changed_and_removed_and_one_of_the_notice_is_not(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("5", "ctrl+u")
        assert isinstance(at.app.screen, ReportsScreen)
        assert "通知要求的报送，不能修改" in at.said
        await at.press("insert", "tab")
        for words in ("月度小结", "办公室", "11-30"):
            await type_at(at, words)
            await at.press("tab")
        await type_at(at, "电话要求")
        await at.press("enter")
        assert [report.what for report in desk.reports()] == [SUMMARY, "月度小结"]
        assert "> 月度小结" in at.text()
        await at.press("ctrl+u", "end")
        await type_at(at, "（十一月）")
        await at.press("enter")
        assert desk.reports()[-1].what == "月度小结（十一月）"
        await at.press("delete", "enter")
        assert [report.what for report in desk.reports()] == [SUMMARY]


async def test_a_name_that_is_taken_is_refused_in_the_dialog(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("5", "insert", "down", "enter", "insert", "down", "enter")
        assert isinstance(at.app.screen, Dialog)
        assert refused(at)
        assert len(desk.reports()) == 2


async def test_what_was_handed_in_sinks_below_what_is_open(desk: Desk) -> None:
    desk.add_report("早的", "办公室", date(2026, 3, 1), "电话", "office")
    async with office(desk) as at:
        await at.press("5")
        assert "逾期 266 天" in at.line_with("> 早的")
        await at.press("f2", "enter", "home")
        assert SUMMARY in at.line_with("> ")
        assert at.text().index(SUMMARY) < at.text().index("早的")


async def test_a_ledger_without_reports_says_how_one_is_added(make_desk: DeskMaker) -> None:
    async with office(make_desk(whole=JIADING)) as at:
        await at.press("5", "f2", "f5", "delete")
        assert isinstance(at.app.screen, ReportsScreen)
        assert "按 Ins 增加法定的" in at.text()


async def test_nothing_is_changed_in_a_file_that_can_only_be_read(make_desk: DeskMaker) -> None:
    make_desk()
    async with office(make_desk(write=False)) as at:
        await at.press("5")
        for key in ("f2", "f5", "insert", "ctrl+u", "delete"):
            await at.press(key)
            assert isinstance(at.app.screen, ReportsScreen), key
            assert at.said.startswith("只读，不能改动"), key


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10), (20, 5)])
async def test_it_is_read_at_any_size(desk: Desk, size: tuple[int, int]) -> None:
    async with office(desk, size) as at:
        await at.press("5")
        await at.resize(80, 24)
        assert SUMMARY in at.text()
