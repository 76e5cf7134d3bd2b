"""清单 over a real file: what the clerk sees, and what is stored."""

from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from db.errors import NotSavedError
from db.rules.publications import NewPublication
from db.rules.rows import Place
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY, type_in
from tests.tui.office import ids, office
from tui.desk import Desk
from tui.screens.checklist import ChecklistScreen
from tui.widgets.entry_list import EntryList
from tui.widgets.reading_pane import ReadingPane

SIZES = [(80, 24), (120, 36), (160, 40), (60, 15), (40, 10), (41, 21)]


async def test_the_first_screen_says_whose_year_it_is_and_what_comes_next(desk: Desk) -> None:
    async with office(desk, (120, 36)) as clerk:
        text = clerk.text()
        for words in ("江门市市场监督管理局", "执法监督科", "2026年", "经办甲", "今天 2026-11-22"):
            assert words in text
        assert "已办结 0/32（0%）  逾期 1  7 天内 0  数量不足 2  下一到期 12-03 剩 11 天：1 要主动公开" in text


async def test_a_notice_without_an_agency_is_unsigned(make_desk: DeskMaker) -> None:
    desk = make_desk(ledger=False)
    unit = next(notice for notice in desk.notices() if notice.plan == "jiangmen-culture-2021").units[0].name
    desk.begin("jiangmen-culture-2021", 2021, unit, None, None)
    async with office(desk) as clerk:
        assert "来文未署名" in clerk.lines()[0]


async def test_overdue_comes_first_then_by_date_then_standing_and_closed_last(desk: Desk) -> None:
    entries = desk.entries()
    settled_one, set_aside = ids(entries, "5", "16")
    desk.settle([settled_one], TODAY, None)
    desk.not_applicable([set_aside], "没有文件")
    own = desk.add_own("没有时限的", None, "电话")
    async with office(desk) as clerk:
        assert clerk.numbers[0] == "29"
        assert clerk.numbers[-3:] == ["自1", "5", "16"]
        assert clerk.checklist.listing.shown[-3].id == own


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_of_the_list_is_as_wide_as_the_list(desk: Desk, size: tuple[int, int]) -> None:
    desk.add_own("[/]甲\u202e乙" + "\u0301" * 200, date(2027, 1, 31), "x")
    async with office(desk, size) as clerk:
        rows = clerk.checklist.query_one(EntryList)
        width = rows.scrollable_content_region.width
        strips = [rows.render_line(y) for y in range(rows.size.height)]
        assert {strip.cell_length for strip in strips} == {width}
        assert {cell_len(strip.text) for strip in strips} == {width}


async def test_the_columns_stand_below_their_headings(desk: Desk) -> None:
    async with office(desk, (120, 36)) as clerk:
        heading = clerk.line_with("具体要求   ")
        row = next(line for line in clerk.lines() if "按照国家、省市要求" in line)

        def cell_at(line: str, words: str) -> int:
            return cell_len(line[: line.index(words)])

        for title, value in (
            ("具体要求", "按照"),
            ("职责", "配合"),
            ("完成时限", "12月"),
            ("倒计时", "剩"),
            ("状态", "待"),
        ):
            assert cell_at(heading, title) == cell_at(row, value)


async def test_the_row_of_the_list_says_deadline_countdown_role_and_status(desk: Desk) -> None:
    async with office(desk, (120, 36)) as clerk:
        row = clerk.line_with("加强行政执法信息公开。")
        for words in ("5 ", "责任", "12月3日前", "剩 11 天 · 9 个工作日", "未开始"):
            assert words in row


# Filters and search


async def test_left_and_right_change_the_filter_and_the_bar_counts(desk: Desk) -> None:
    async with office(desk, (120, 36)) as clerk:
        assert "【全部 32】 未办结 32  7 天内 0  逾期 1  待确认 14" in clerk.text()
        await clerk.press("right", "right", "right")
        assert "【逾期 1】" in clerk.text()
        assert clerk.numbers == ["29"]
        await clerk.press("left")
        assert "【7 天内 0】" in clerk.text()
        assert "（没有条目）" in clerk.text()
        await clerk.press("left", "left", "left")
        assert "【非本单位 7】" in clerk.text()
        assert len(clerk.numbers) == 7
        await clerk.press("escape")
        assert len(clerk.numbers) == 32


async def test_the_current_filter_is_seen_on_a_narrow_screen_too(desk: Desk) -> None:
    async with office(desk, (40, 12)) as clerk:
        for _ in range(9):
            await clerk.press("right")
            assert "【" in clerk.lines()[2]
            assert "】" in clerk.lines()[2]


async def test_the_cursor_stays_on_its_entry_over_filters(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("down", "down", "down")
        number = clerk.current.number
        await clerk.press("right")
        assert clerk.current.number == number
        await clerk.press("right", "right", "escape")
        assert clerk.current.number == number


async def test_a_filter_is_chosen_with_the_mouse(desk: Desk) -> None:
    async with office(desk) as clerk:
        at = cell_len(clerk.lines()[2][: clerk.lines()[2].index("逾期")]) + 1
        await clerk.pilot.click(offset=(at, 2))
        await clerk.press()
        assert clerk.numbers == ["29"]


@pytest.mark.parametrize("key", ["ctrl+f", "slash"])
async def test_the_search_answers_at_each_character(desk: Desk, key: str) -> None:
    async with office(desk) as clerk:
        await clerk.press(key)
        await clerk.press("政")
        many = len(clerk.numbers)
        await clerk.press("务", "新", "媒", "体")
        assert 0 < len(clerk.numbers) < many
        assert f"找到 {len(clerk.numbers)} 项" in clerk.said
        await clerk.press("enter", "down")
        assert clerk.checklist.focused is clerk.checklist.query_one(EntryList)
        await clerk.press("escape")
        assert len(clerk.numbers) == 32
        assert "查找" not in clerk.lines()[3]


async def test_the_rows_are_as_before_when_a_search_that_found_few_is_cleared(make_desk: DeskMaker) -> None:
    desk = make_desk()
    desk.begin("jiangmen-2021", 2026, "协调应急科", None, None)
    async with office(desk) as clerk:
        before = clerk.lines()
        await clerk.press("ctrl+f")
        await type_in(clerk.app, clerk.pilot, "专栏")
        assert len(clerk.numbers) < 10
        await clerk.press("enter", "escape")
        # Which row the cursor is on may differ; what stands in the others, and where they end, may not.
        kept = [line for line in clerk.lines()[3:15] if line[1:] in {row[1:] for row in before}]
        assert len(kept) >= 10, (before, clerk.lines())


async def test_full_width_digits_as_an_input_method_sends_them_open_the_views(desk: Desk) -> None:
    async with office(desk) as clerk:
        for digit, title in (("１", "今日"), ("４", "计时"), ("３", "量化指标"), ("７", "年度换算")):
            await type_in(clerk.app, clerk.pilot, digit)
            assert clerk.lines()[0].strip().startswith(title), digit
        await clerk.press("escape")
        assert clerk.app.screen is clerk.checklist


async def test_the_units_own_quotas_count_among_the_shortages(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2020, 11, 22))
    desk.begin("liupanshui-2020", 2020, "办公室", "科室", None)
    async with office(desk, (120, 36)) as clerk:
        assert "数量不足 3" in clerk.lines()[1]
        desk.publish([NewPublication(None, date(2020, 11, day), "一条", "网站", None, "文字") for day in (1, 2)])
        await clerk.press("1", "escape")
        assert "数量不足 2" in clerk.lines()[1]


async def test_letters_typed_into_the_search_are_no_commands(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+f", "d", "x", "a", "question_mark", "space")
        assert clerk.app.screen is clerk.checklist
        assert clerk.numbers == []
        assert clerk.pane_lines() == []


async def test_a_full_width_slash_searches_and_a_full_width_question_mark_helps(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("fullwidth_solidus")
        assert "查找" in clerk.text()
        await clerk.press("escape", "fullwidth_question_mark")
        assert "帮助" in clerk.lines()[0]


# Changes


async def test_an_entry_is_settled_with_its_day_and_undone(desk: Desk) -> None:
    async with office(desk) as clerk:
        entry = clerk.current
        await clerk.press("f2")
        await clerk.press("f2")
        stored = next(one for one in desk.entries() if one.id == entry.id)
        assert (stored.status, stored.done_on) == ("done", TODAY)
        assert clerk.said.startswith("已销账：第 29 项")
        assert clerk.current.number == "1", "the clerk goes on with what stood next"
        assert any("已办结 1/32" in line for line in clerk.lines())
        await clerk.press("ctrl+z")
        assert clerk.current.id == entry.id, "what came back is under the cursor"
        assert clerk.said.startswith("撤销了：销账（第 ")
        assert desk.entries() == clerk.checklist.entries
        assert clerk.current.status == "not_started"
        await clerk.press("ctrl+y")
        assert clerk.said.startswith("重做了：销账（第 ")
        assert clerk.current.status == "done"


async def test_several_entries_are_settled_as_one_step(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("space", "space", "space")
        assert "选中 3 项" in clerk.said
        assert sum(line.startswith((" *", ">*")) for line in clerk.lines()) == 3
        await clerk.press("f2", "f2")
        assert clerk.said.startswith("已销账：3 项")
        assert sum(entry.status == "done" for entry in desk.entries()) == 3
        assert not any(line.startswith((" *", ">*")) for line in clerk.lines())
        await clerk.press("ctrl+z")
        assert clerk.said == "撤销了：销账 3 项"
        assert not any(entry.status == "done" for entry in desk.entries())


async def test_all_are_selected_and_none_with_the_same_key(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+a")
        assert "选中 32 项" in clerk.said
        await clerk.press("ctrl+a")
        assert clerk.said == ""


async def test_what_is_not_listed_any_more_is_not_selected(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+a", "right", "right")
        assert clerk.numbers == []
        assert clerk.checklist.chosen() == ()
        await clerk.press("f2")
        assert clerk.app.screen is clerk.checklist
        await clerk.press("left", "left")
        assert clerk.checklist.chosen() == (clerk.current,)
        await clerk.press("ctrl+a", "ctrl+f", "3")
        assert 0 < len(clerk.numbers) < 32
        assert len(clerk.checklist.chosen()) == len(clerk.numbers)


async def test_a_settled_entry_leaves_the_open_ones_and_the_cursor_takes_its_neighbour(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("right", "down")
        following = clerk.numbers[2]
        await clerk.press("f2", "f2")
        assert clerk.current.number == following


async def test_not_applicable_needs_a_reason_and_can_be_taken_up_again(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f8", "f2")
        assert clerk.app.screen is not clerk.checklist
        await clerk.press(*"abc", "f2")
        await clerk.press("end")
        assert clerk.current.number == "29"
        assert clerk.current.status == "not_applicable"
        assert clerk.current.reason == "abc"
        assert "理由" in "\n".join(clerk.pane_lines())
        await clerk.press("f5")
        assert clerk.current.status == "not_started"


async def test_a_possible_entry_is_confirmed_or_refused(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("down")
        entry = clerk.current
        assert (entry.applicability, entry.number) == ("possible", "1")
        await clerk.press("ctrl+b")
        assert (clerk.current.applicability, clerk.current.decided) == ("ours", True)
        await clerk.press("f5")
        assert clerk.current.applicability == "possible"
        await clerk.press("ctrl+n")
        assert entry.number not in clerk.numbers
        assert "非本单位 8" in clerk.text() or ">" in clerk.lines()[2]


async def test_an_entry_that_the_notice_names_cannot_be_refused_and_says_why(desk: Desk) -> None:
    async with office(desk) as clerk:
        before = desk.entries()
        await clerk.press("ctrl+n")
        assert "待确认" in clerk.said
        assert desk.entries() == before


async def test_an_own_task_and_another_due_date_are_marked_in_list_detail_and_walk(desk: Desk) -> None:
    entries = desk.entries()
    desk.adjust_due(ids(entries, "10")[0], date(2026, 11, 27), "局长要求")
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("f7")
        await clerk.press(*"call", "tab", *"2026-11-25", "tab", *"phone", "f2")
        assert clerk.said.startswith("已增加自增事项")
        assert clerk.current.number == "自1"
        assert "自增 11-25" in clerk.line_with("> 自1")
        assert "调整 11-27" in clerk.line_with("  10 ")
        assert clerk.pane_lines()[0].startswith("自增事项 自1【自增】")
        await clerk.press("down")
        pane = clerk.pane_lines()
        assert pane[0].startswith("第 10 项【调整】")
        assert "完成时限  12月3日前；调整为 2026-11-27（办理人调整）" in pane
        assert "调整时限  2026-11-27（办理人调整）：局长要求" in pane
        await clerk.press("f4")
        assert "第 10 项【调整】" in clerk.text()


async def test_a_name_of_an_own_task_is_changed_and_it_is_taken_out_only_after_a_question(desk: Desk) -> None:
    desk.add_own("旧", date(2026, 11, 23), "电话")
    async with office(desk) as clerk:
        await clerk.press("down")
        assert clerk.current.own
        await clerk.press("ctrl+u", "end", *"new", "f2")
        assert clerk.current.requirement == "旧new"
        await clerk.press("delete", "escape")
        assert clerk.current.own
        await clerk.press("delete", "enter")
        assert "自1" not in clerk.numbers
        await clerk.press("ctrl+z")
        assert "自1" in clerk.numbers


async def test_a_task_of_the_notice_is_neither_changed_nor_taken_out(desk: Desk) -> None:
    async with office(desk) as clerk:
        for key in ("delete", "ctrl+u"):
            await clerk.press(key)
            assert clerk.app.screen is clerk.checklist
            assert "通知里的任务" in clerk.said


async def test_a_due_date_is_adjusted_and_taken_back(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f6")
        await clerk.press("ctrl+a", "ctrl+k", *"12-10", "tab", *"why", "f2")
        adjusted = clerk.current.deadline.adjusted
        assert adjusted is not None
        assert (adjusted.due, adjusted.reason) == (date(2026, 12, 10), "why")
        assert clerk.current.deadline.due == date(2026, 11, 20)
        await clerk.press("ctrl+z")
        assert clerk.current.deadline.adjusted is None


async def test_a_note_is_written_and_shown(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f3", *"hello", "f2")
        assert [note.text for note in clerk.current.notes] == ["hello"]
        assert clerk.current.status == "in_progress"
        assert "hello" in "\n".join(clerk.pane_lines())
        await clerk.press("ctrl+e")
        assert "改记事：第 29 项（1 条）" in clerk.lines()[0]


async def test_only_one_entry_at_a_time_gets_a_note_or_another_date(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("space", "space")
        for key in ("f3", "f6"):
            await clerk.press(key)
            assert clerk.app.screen is clerk.checklist
            assert "一次只能办一项" in clerk.said


async def test_the_officer_changes_and_the_head_line_says_so(desk: Desk) -> None:
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("ctrl+t", "ctrl+a", "ctrl+k", *"yi", "f2")
        assert "经办 yi" in clerk.lines()[0]
        assert desk.ledger is not None
        assert desk.ledger.officer == "yi"


async def test_a_failed_change_says_why_and_keeps_what_was_typed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("没有保存：磁盘已满。", "请腾出空间后再试。")

    monkeypatch.setattr(desk, "settle", full)
    monkeypatch.setattr(desk, "start", full)
    async with office(desk) as clerk:
        before = desk.entries()
        await clerk.press("f2", "tab", *"typed", "f2")
        assert "磁盘已满" in clerk.text()
        assert "typed" in clerk.text()
        await clerk.press("escape", "ctrl+s")
        assert clerk.said == "没有保存：磁盘已满。  请腾出空间后再试。"
        assert desk.entries() == before


async def test_a_failed_read_keeps_the_list_and_says_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise NotSavedError("无法读写台账文件。", "请检查磁盘。")

    async with office(desk) as clerk:
        monkeypatch.setattr(desk, "entries", gone)
        await clerk.press("ctrl+s")
        assert len(clerk.numbers) == 32
        monkeypatch.undo()
        await clerk.press("down")
        assert len(clerk.numbers) == 32


# Places, days, sizes


async def test_the_place_is_taken_up_after_a_restart(make_desk: DeskMaker) -> None:
    desk = make_desk()
    async with office(desk) as clerk:
        await clerk.press("right", "ctrl+f", *"9", "enter", "down")
        entry = clerk.current.id
        await clerk.press("ctrl+q")
    desk.close()
    again = make_desk()
    assert again.place() == Place("open", "9", entry, None)
    async with office(again) as clerk:
        assert clerk.current.id == entry
        assert "【未办结" in clerk.text()
        assert "查找   9" in clerk.text()


async def test_an_unknown_filter_of_another_version_is_all(desk: Desk) -> None:
    desk.remember(Place("of_tomorrow", "", None, None))
    async with office(desk) as clerk:
        assert len(clerk.numbers) == 32


async def test_at_midnight_the_countdowns_are_of_the_new_day(
    make_desk: DeskMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    async with office(desk) as clerk:
        assert "剩 11 天" in clerk.text()
        monkeypatch.setattr(desk, "_fixed_day", TODAY + timedelta(days=1))
        clerk.checklist._check_day()
        await clerk.press()
        assert "剩 11 天" not in clerk.text()
        assert "剩 10 天" in clerk.text()
        assert "今天 2026-11-23" in clerk.text()


async def test_a_second_instance_may_only_look(make_desk: DeskMaker) -> None:
    writer = make_desk()
    desk = make_desk()
    assert desk.read_only
    before = writer.entries()
    async with office(desk, (120, 36)) as clerk:
        assert "只读" in clerk.lines()[2]
        for command in ChecklistScreen.COMMAND_GROUPS[0][1]:
            if command.changes or command.name == "note":
                await clerk.press(command.keys[0])
                assert clerk.app.screen is clerk.checklist, command
                refused = "只读，不能导入" if command.name == "import_notice" else "只读，不能改动"
                assert clerk.said.startswith(refused), command
        await clerk.press("down", "right", "enter")
        assert "明细" in clerk.lines()[0]
    assert writer.entries() == before
    assert writer.history(None) == ()


async def test_the_screen_survives_every_size_and_keeps_its_place(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("down", "down", "space")
        entry, text = clerk.current.id, clerk.text()
        for size in ((20, 5), (1, 1), (3, 2), (39, 9), (300, 90), (40, 10)):
            await clerk.resize(*size)
            assert ("窗口太小" in clerk.text().replace("\n", "")) == (size[0] < 40 or size[1] < 10) or size < (20, 5)
        await clerk.resize(80, 24)
        assert clerk.current.id == entry
        assert clerk.text() == text
        await clerk.press("down")
        assert clerk.current.id != entry
        await clerk.press("ctrl+f", "9")
        await clerk.resize(20, 5)
        await clerk.resize(80, 24)
        await clerk.press("9")
        assert "查找   99" in clerk.text()


async def test_the_pane_stands_below_on_a_high_screen_beside_on_a_wide_one_and_is_left_out_on_a_low_one(
    desk: Desk,
) -> None:
    async with office(desk, (120, 36)) as clerk:
        pane, rows = clerk.checklist.query_one(ReadingPane), clerk.checklist.query_one(EntryList)
        assert pane.region.y >= rows.region.bottom
        await clerk.resize(160, 40)
        assert pane.region.x >= rows.region.right
        await clerk.resize(80, 15)
        assert not pane.display
        assert rows.size.height > 8
        await clerk.press("down")
        await clerk.resize(80, 24)
        assert f"第 {clerk.current.number} 项" in clerk.text()


async def test_a_click_moves_the_cursor_and_one_at_the_margin_marks(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.pilot.click(EntryList, offset=(20, 3))
        await clerk.press()
        assert clerk.current.number == clerk.numbers[2]
        await clerk.pilot.click(EntryList, offset=(1, 4))
        await clerk.press()
        assert "选中 1 项" in clerk.said
        await clerk.pilot.click("#status", offset=(1, 1))
        assert clerk.app.screen is clerk.checklist


async def test_another_ledger_is_chosen_and_shown_at_its_own_place(desk: Desk) -> None:
    first = desk.ledger
    assert first is not None
    desk.begin("liupanshui-2020", 2026, "全局", None, None)
    desk.open(first.id)
    async with office(desk) as clerk:
        await clerk.press("right", "ctrl+f", "9", "enter", "down")
        left_at = clerk.current.id
        await clerk.press("f10")
        assert "选择台账" in clerk.text()
        await clerk.press("escape")
        assert clerk.app.screen is clerk.checklist
        await clerk.press("f10")
        while "> " + "江门" in clerk.text() or "全局" not in next(
            line for line in clerk.lines() if line.lstrip().startswith(">")
        ):
            await clerk.press("down")
        await clerk.press("enter")
        assert desk.ledger is not None
        assert desk.ledger.unit == "全局"
        assert "全局" in clerk.lines()[0]
        assert "(" in clerk.numbers[0]
        assert "查找" not in clerk.lines()[3]
        await clerk.press("ctrl+q")
    assert desk.place().search == ""
    desk.open(first.id)
    place = desk.place()
    assert (place.filter, place.search, place.entry) == ("open", "9", left_at)


async def test_focus_and_theme_change_the_look_of_the_cursor_line(desk: Desk) -> None:
    async with office(desk) as clerk:
        rows = clerk.checklist.query_one(EntryList)

        def look() -> object:
            return next(iter(rows.render_line(1))).style

        focused = look()
        await clerk.press("shift+tab")
        assert look() != focused
        await clerk.press("shift+tab")
        assert look() == focused
        clerk.app.theme = "textual-light"
        await clerk.press()
        assert look() != focused


# What the status line says


async def test_a_search_that_takes_selected_entries_away_says_both(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+a", "ctrl+f", "3")
        found = len(clerk.numbers)
        assert clerk.said == f"找到 {found} 项。{32 - found} 项不在现在的清单里，已取消选中。"
        await clerk.press("backspace")
        assert clerk.said == ""


async def test_an_adjustment_taken_back_is_called_so(desk: Desk) -> None:
    desk.adjust_due(ids(desk.entries(), "29")[0], date(2026, 11, 21), "局长要求")
    async with office(desk) as clerk:
        await clerk.press("f6", "f5")
        assert clerk.said == "已恢复通知时限：第 29 项。Ctrl+Z 撤销"
        assert desk.entries()[28].deadline.adjusted is None
        await clerk.press("f6", "ctrl+a", "ctrl+k", *"12-10", "tab", *"why", "f2")
        assert clerk.said == "时限已调整：第 29 项。Ctrl+Z 撤销"


@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f7", "f9", "f10", "f11", "f1", "ctrl+l", "enter"])
async def test_an_answer_does_not_outlive_the_next_command(desk: Desk, key: str) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+s")
        assert clerk.said.startswith("已标为推进中")
        await clerk.press(key, "escape")
        assert clerk.app.screen is clerk.checklist
        assert clerk.said == ""


async def test_what_is_selected_is_said_again_after_a_dialog_that_was_left(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("space", "space", "f2", "escape")
        assert "选中 2 项" in clerk.said
        assert len(clerk.checklist.chosen()) == 2


async def test_a_search_that_was_shut_and_opened_again_starts_with_nothing_in_it(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+f", "9", "escape", "ctrl+f")
        assert "查找   9" not in clerk.text()
        await clerk.press("5")
        assert "查找   5" in clerk.text()
        assert clerk.numbers
