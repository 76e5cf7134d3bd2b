"""计时 and 申请登记: what runs stands first; stages, pauses, extensions, closing, correction of the statute's rules."""

from datetime import date

import pytest

from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.office import Office, office
from tests.tui.timed import (
    JIADING,
    minimum,
    numbered,
    only_clock,
    refused,
    rule_of,
    statute_rule,
    type_at,
)
from tui.cells import safe
from tui.desk import Desk
from tui.dialogs.dialog import Dialog
from tui.screens.clocks import ClocksScreen


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    """22 November 2026, a Sunday; the ledger of 全局 over jiading-2021."""
    return make_desk(whole=JIADING)


def apply(desk: Desk, subject: str = "某某的申请", start: date = date(2026, 11, 2)) -> int:
    """An application of that day."""
    return desk.start_clock(statute_rule(desk, "answer"), subject, start, None)


def subjects(at: Office) -> list[str]:
    screen = at.app.screen
    assert isinstance(screen, ClocksScreen)
    return [clock.subject for clock in screen._lines if clock]


async def test_what_runs_stands_first_by_its_due_day_then_the_paused_then_the_closed(desk: Desk) -> None:
    apply(desk, "过期的", date(2026, 10, 8))
    desk.start_clock(rule_of(desk, "13"), "来信", date(2026, 11, 20), numbered(desk, "13").id)
    closed = apply(desk, "了结的", date(2026, 9, 1))
    paused = apply(desk, "暂停的")
    desk.pause_clock(paused, date(2026, 11, 10), False, "征求第三方意见")
    desk.close_clock(closed, date(2026, 9, 10), None)
    async with office(desk) as at:
        await at.press("4")
        assert subjects(at) == ["过期的", "来信", "暂停的", "了结的"]
        assert "计时  共 4 个，没有了结的 3 个，逾期 1 个" in at.text()
        assert "逾期 18 天" in at.line_with("过期的：答复")
        assert "剩 5 天 · 5 个工作日" in at.line_with("来信：")
        assert at.line_with("暂停的：").endswith("已暂停      剩 14 个工作日")
        assert "已了结 09-10" in at.line_with("了结的：")


async def test_a_minimum_is_never_late_and_then_may_end(desk: Desk) -> None:
    desk.start_clock(minimum(desk), "某办法征求意见", date(2026, 11, 1), None)
    desk.start_clock(minimum(desk), "另一办法征求意见", date(2026, 10, 1), None)
    async with office(desk) as at:
        await at.press("4")
        assert "已满，可以截止" in at.line_with("> 另一办法征求意见：")
        assert "还差 9 天满 30 天" in at.line_with("  某办法征求意见：")
        await at.press("down", "f3", "enter")
        assert isinstance(at.app.screen, Dialog)
        assert "到 2026-12-01 才满期限" in at.text()
        await type_at(at, "领导同意提前")
        await at.press("enter")
        assert "已了结 11-22，不足期限" in at.line_with("某办法征求意见：")


async def test_the_pane_says_rule_article_sentence_start_and_due(desk: Desk) -> None:
    apply(desk)
    async with office(desk) as at:
        await at.press("4")
        told = "\n".join(at.pane_lines())
        for words in (
            "2026-11-02 星期一",
            "2026-11-30 星期一",
            "《政府信息公开条例》第三十三条",
            "经同意最多再延长 20",
        ):
            assert words in told
        quote = "".join(statute_rule(desk, "answer").quote.split())
        assert quote in "".join(told.split())


async def test_the_register_shows_the_day_of_each_stage(desk: Desk) -> None:
    clock = apply(desk)
    desk.move_stage(clock, "reviewed", date(2026, 11, 4))
    desk.start_clock(rule_of(desk, "13"), "来信", date(2026, 11, 20), None)
    async with office(desk) as at:
        await at.press("4", "f4")
        assert subjects(at) == ["某某的申请"]
        heading, line = at.line_with("申请登记  审核"), at.line_with("> 某某的申请")
        assert heading.split()[1:] == ["申请登记", "审核", "办理", "答复", "归档", "答复期限"]
        assert line.split()[2:7] == ["11-02", "11-04", "—", "—", "—"]
        assert "申请登记  共 1 件，没有答复的 1 件" in at.text()
        await at.press("f4")
        assert len(subjects(at)) == 2


async def test_an_empty_register_says_how_an_application_gets_there(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("4")
        assert "还没有计时" in at.text()
        await at.press("f4")
        assert "还没有依申请公开的登记" in at.text()
        await at.press("f4")
        assert "还没有计时" in at.text()
        await at.press("insert")
        assert "起计时：按哪一条规则" in at.text()


async def test_an_application_goes_from_stage_to_stage_and_the_answer_closes_it(desk: Desk) -> None:
    apply(desk)
    async with office(desk) as at:
        await at.press("4", "f2", "enter")
        assert [reached.stage for reached in only_clock(desk).stages] == ["registered", "reviewed"]
        await at.press("f2", "end", "enter")
        assert only_clock(desk).closed_on == TODAY
        assert "已了结 11-22" in at.line_with("> 【答复】某某的申请  ")
        assert at.pane_lines()[1].split() == ["状态", "答复，已了结", "11-22"]
        await at.press("f2", "enter")
        assert only_clock(desk).stages[-1].stage == "archived"
        await at.press("f2")
        assert isinstance(at.app.screen, ClocksScreen)
        assert "已经归档" in at.said
        for _ in range(3):
            await at.press("ctrl+z")
        assert [reached.stage for reached in only_clock(desk).stages] == ["registered"]


async def test_a_day_before_the_stage_before_is_refused_in_the_dialog(desk: Desk) -> None:
    clock = apply(desk)
    desk.move_stage(clock, "reviewed", date(2026, 11, 10))
    async with office(desk) as at:
        await at.press("4", "f2", "tab")
        await type_at(at, "2026-11-04")
        await at.press("enter")
        assert isinstance(at.app.screen, Dialog)
        assert refused(at)
        assert only_clock(desk).stages[-1].stage == "reviewed"


async def test_what_is_no_application_has_no_stage(desk: Desk) -> None:
    desk.start_clock(rule_of(desk, "13"), "来信", date(2026, 11, 20), None)
    async with office(desk) as at:
        await at.press("4", "f2")
        assert isinstance(at.app.screen, ClocksScreen)
        assert "没有进度" in at.said


async def test_a_pause_stops_the_days_and_the_same_key_goes_on(desk: Desk) -> None:
    apply(desk)
    async with office(desk) as at:
        await at.press("4", "f5", "tab")
        await type_at(at, "2026-11-10")
        await at.press("enter")
        assert "已暂停，剩 14 个工作日" in at.text()
        await at.press("f5")
        assert "收到意见的日期" in at.text()
        await type_at(at, "2026-11-16")
        await at.press("enter")
        assert only_clock(desk).due == date(2026, 12, 4)
        assert "已继续计时" in at.said


async def test_a_correction_begins_the_days_anew(desk: Desk) -> None:
    apply(desk)
    async with office(desk) as at:
        await at.press("4", "f5", "right", "tab")
        await type_at(at, "2026-11-10")
        await at.press("enter")
        assert at.text().count("收到补正后重新起算 20 个工作日") == 3
        assert "剩" not in at.line_with("某某的申请：")
        await at.press("f5")
        assert "收到补正的日期" in at.text()
        await type_at(at, "2026-11-20")
        await at.press("enter")
        assert only_clock(desk).due == date(2026, 12, 18)


async def test_an_extension_beyond_what_the_rule_allows_is_refused_in_the_dialog(desk: Desk) -> None:
    apply(desk)
    async with office(desk) as at:
        await at.press("4", "f6")
        await type_at(at, "21")
        await at.press("tab")
        await type_at(at, "负责人同意")
        await at.press("enter")
        assert isinstance(at.app.screen, Dialog)
        assert "注意：最多还能延长 20 个工作日" in at.text()
        await type_at(at, "20")
        await at.press("enter")
        assert [extension.days for extension in only_clock(desk).extensions] == [20]
        assert "期限已延长" in at.said
        await at.press("f6")
        assert isinstance(at.app.screen, ClocksScreen)
        assert "最多延长 20 个工作日，已经延长 20 个工作日" in at.said


async def test_a_limit_of_the_statute_that_cannot_be_extended_opens_no_dialog(desk: Desk) -> None:
    desk.start_clock(statute_rule(desk, "correction"), "不明确的申请", date(2026, 11, 18), None)
    async with office(desk) as at:
        await at.press("4", "f6")
        assert isinstance(at.app.screen, ClocksScreen)
        assert "没有说这一期限可以延长" in at.said


async def test_reopening_says_which_days_of_the_register_are_gone(desk: Desk) -> None:
    clock = apply(desk)
    desk.move_stage(clock, "reviewed", date(2026, 11, 4))
    desk.move_stage(clock, "answered", date(2026, 11, 18))
    desk.move_stage(clock, "archived", date(2026, 11, 20))
    async with office(desk) as at:
        await at.press("4", "ctrl+r")
        assert "答复（2026-11-18）、归档（2026-11-20）已去掉" in at.said
        assert "审核" not in at.said


async def test_what_is_no_application_is_paused_without_a_correction(desk: Desk) -> None:
    desk.start_clock(rule_of(desk, "13"), "来信", date(2026, 11, 18), None)
    async with office(desk) as at:
        await at.press("4", "f5")
        assert "补正" not in at.text()
        await at.press("enter")
        assert [pause.anew for pause in only_clock(desk).pauses] == [False]


async def test_the_register_shows_the_last_day_and_with_room_how_many_are_left(desk: Desk) -> None:
    apply(desk)
    desk.pause_clock(apply(desk, "补正的"), date(2026, 11, 10), True, "要求申请人补正")
    answered = apply(desk, "答复了的")
    desk.move_stage(answered, "answered", date(2026, 11, 18))
    async with office(desk) as at:
        await at.press("4", "f4")
        assert at.line_with("> 某某的申请").split()[-1] == "2026-11-30"
        assert at.line_with("  补正的").split()[-1] == "已暂停"
        assert at.line_with("  答复了的").split()[-1] == "2026-11-30"
        for width, left in ((104, True), (120, False), (160, True), (80, False)):
            await at.resize(width, 36)
            assert ("2026-11-30 剩 8 天" in at.text()) is left, width
            assert "> 某某的申请" in at.text()
            assert "答复期限" in at.text()


async def test_a_backwards_clock_is_neither_paused_nor_extended_but_its_day_is_changed(desk: Desk) -> None:
    desk.start_clock(rule_of(desk, "19"), "开放日", date(2026, 12, 15), None)
    async with office(desk) as at:
        await at.press("4")
        for key in ("f5", "f6"):
            await at.press(key)
            assert isinstance(at.app.screen, ClocksScreen)
            assert "往前算的计时不能" in at.said
        await at.press("ctrl+u", "tab")
        assert "活动日期" in at.text()
        await type_at(at, "2026-12-16")
        await at.press("enter")
        assert only_clock(desk).due == date(2026, 12, 11)


async def test_a_closed_clock_is_reopened_before_it_is_changed(desk: Desk) -> None:
    clock = apply(desk)
    async with office(desk) as at:
        await at.press("4", "f3", "tab")
        await type_at(at, "撤回申请")
        await at.press("enter")
        assert only_clock(desk).outcome == "撤回申请"
        for key in ("f3", "f5", "f6"):
            await at.press(key)
            assert "已经了结" in at.said
        await at.press("ctrl+r")
        assert only_clock(desk).state == "running"
        await at.press("ctrl+r")
        assert "还没有了结" in at.said
        assert only_clock(desk).id == clock


async def test_a_clock_is_removed_after_a_yes_and_comes_back_with_its_stages(desk: Desk) -> None:
    clock = apply(desk)
    desk.move_stage(clock, "reviewed", date(2026, 11, 4))
    async with office(desk) as at:
        await at.press("4", "delete", "escape")
        assert len(desk.clocks()) == 1
        await at.press("delete", "enter")
        assert desk.clocks() == ()
        await at.press("ctrl+z")
        assert [reached.stage for reached in only_clock(desk).stages] == ["registered", "reviewed"]


async def test_a_corrected_rule_counts_for_the_next_clock_only(desk: Desk) -> None:
    apply(desk)
    async with office(desk) as at:
        await at.press("4", "ctrl+t", "down", "enter")
        assert "改条例规则：第三十三条" in at.text()
        await type_at(at, "15")
        await at.press("enter")
        assert "条例规则已更正" in at.said
        assert statute_rule(desk, "answer").days == 15
        assert only_clock(desk).due == date(2026, 11, 30)


async def test_a_clock_just_started_is_under_the_cursor(desk: Desk) -> None:
    apply(desk, "早的", date(2026, 10, 8))
    async with office(desk) as at:
        await at.press("4", "insert", "end", "up", "up", "up", "enter")
        await type_at(at, "新的申请")
        await at.press("enter")
        assert "> 【申请登记】新的申请" in at.text()


async def test_nothing_is_changed_in_a_file_that_can_only_be_read(make_desk: DeskMaker) -> None:
    writer = make_desk()
    apply(writer)
    async with office(make_desk(write=False)) as at:
        await at.press("4")
        for key in ("insert", "f2", "f3", "f5", "f6", "ctrl+u", "ctrl+r", "ctrl+t", "delete"):
            await at.press(key)
            assert isinstance(at.app.screen, ClocksScreen), key
            assert at.said.startswith("只读，不能改动"), key


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10), (20, 5)])
async def test_it_is_read_at_any_size(desk: Desk, size: tuple[int, int]) -> None:
    apply(desk, "很长的事由" * 20)
    async with office(desk, size) as at:
        await at.press("4", "f4", "f4")
        assert safe(at.text()) == at.text()
        await at.resize(80, 24)
        assert "计时  共 1 个" in at.text()
