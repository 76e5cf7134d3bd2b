"""What the clerk does to the rows of a reading: confirm, mend, split, join, drop, add; each step can be taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.intake.edits import AcceptTask, Mend, MendUnits
from tests.tui.desks import settled, type_in
from tests.tui.intake.papers import as_docx, as_txt, settled_rows, with_cell
from tests.tui.intake.reviewing import ReviewOffice, opened
from tests.tui.timed import type_at
from tui.desk import Desk
from tui.dialogs.cut_requirement import cuts


@pytest.fixture
async def at(desk: Desk, tmp_path: Path) -> AsyncIterator[ReviewOffice]:
    """The review of a notice without a question, the cursor on its first row."""
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows())) as at:
        yield at


def kept(at: ReviewOffice) -> tuple[object, ...]:
    """The steps as the file holds them."""
    draft = at.review.draft.kept
    assert draft is not None
    return at.review.desk.intake_draft(draft)[1]


async def test_space_confirms_a_row_goes_on_and_keeps_the_step(at: ReviewOffice) -> None:
    assert at.current == "1"
    await at.press("space")
    assert at.row("1").startswith("已确认")
    assert at.current == "2"
    assert kept(at) == (AcceptTask(at.reading.tasks[0].key),)
    await at.press("up", "space")
    assert at.said == "第 1 项已经确认过。"


async def test_the_space_bar_of_an_input_method_confirms_too(at: ReviewOffice) -> None:
    from textual import events

    at.app.post_message(events.Key("ideographic_space", "\u3000"))
    await settled(at.pilot)
    assert at.row("1").startswith("已确认")


async def test_units_are_turned_from_role_to_role_and_found_by_a_few_letters(at: ReviewOffice) -> None:
    await at.go_to("4")
    await at.press("enter")
    await at.take_line("责任单位")
    assert at.top == "MendUnitsDialog"
    assert "责任：信息中心" in at.text()
    await type_at(at, "法规")
    await at.press("space", "space", "space")
    assert "责任：信息中心；配合：法规科" in at.text()
    await at.press("enter")
    assert "责任：信息中心；配合：法规科" in "".join(at.pane_lines())
    assert isinstance(kept(at)[-1], MendUnits)
    await at.press("ctrl+z")
    assert "配合" not in at.row("4")


async def test_units_may_be_written_as_the_notice_would(at: ReviewOffice) -> None:
    await at.go_to("4")
    await at.press("enter")
    await at.take_line("责任单位")
    await at.press("f3")
    assert at.top == "MendLineDialog"
    await at.retype("信息中心牵头，各科室配合")
    await at.press("enter")
    assert "牵头：信息中心；配合：各科室" in "".join(at.pane_lines())


async def test_a_group_phrase_that_would_be_lost_is_named_before_it_is(at: ReviewOffice) -> None:
    await at.go_to("3")
    await at.press("enter")
    await at.take_line("责任单位")
    assert "“各科室”" in at.text()
    assert "要保留请按 F3" in at.text().replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "shown", "row"),
    [
        ("11月底前", "2026-11-30 周一", "2026-11-30"),
        ("2026-12-01", "2026-12-01 周二", "2026-12-01"),
        ("全年", "没有具体日期（全年）", "全年"),
        ("2月30日前", "注意：", "2月30日"),
    ],
)
async def test_what_a_deadline_means_is_shown_while_it_is_typed(
    at: ReviewOffice, typed: str, shown: str, row: str
) -> None:
    await at.go_to("4")
    await at.press("enter")
    await at.take_line("完成时限")
    await at.retype(typed)
    assert shown in at.text()
    await at.press("enter")
    assert row in at.row("4")


async def test_a_phrase_without_a_date_is_a_new_question_on_the_row(at: ReviewOffice) -> None:
    await at.go_to("4")
    await at.press("enter")
    await at.take_line("完成时限")
    await at.retype("2月30日前")
    await at.press("enter")
    assert at.row("4").startswith("必答")
    assert "必答 1" in at.line_with("核对  通知.docx")


async def test_a_field_of_one_line_is_mended_and_an_unchanged_one_is_no_step(at: ReviewOffice) -> None:
    await at.press("enter")
    await at.take_line("工作任务")
    await at.press("enter")
    assert at.said.startswith("没有改动")
    assert at.edits == ()
    await at.press("enter")
    await at.take_line("工作任务")
    await at.retype("政务信息")
    await at.press("enter")
    assert kept(at) == (Mend(at.reading.tasks[0].key, "section", "政务信息"),)
    assert any("政务信息" in line for line in at.pane_lines())


async def test_enter_on_an_untouched_field_does_not_answer_its_question(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        before = at.reading
        await at.press("enter")
        await at.take_line("完成时限")
        assert at.top == "MendDeadlineDialog"
        await at.press("enter")
        assert at.said == "没有改动；照读稿确认请按空格。"
        assert at.reading == before
        assert at.row("2").startswith("必答")


async def test_the_requirement_is_mended_in_a_field_of_several_lines(at: ReviewOffice) -> None:
    await at.go_to("5")
    await at.press("enter")
    await at.take_line("具体要求")
    assert at.top == "MendTextDialog"
    await at.press("end")
    await type_at(at, "每季度不少于1次。")
    await at.press("f2")
    assert at.reading.tasks[4].task.requirement == "开展一次培训。每季度不少于1次。"
    assert any("每季度不少于 1 次" in line for line in at.pane_lines())


async def test_an_empty_requirement_is_refused_and_the_window_stays(at: ReviewOffice) -> None:
    await at.press("enter")
    await at.take_line("具体要求")
    await at.press("end", "ctrl+u", "f2")
    assert at.top == "MendTextDialog"
    assert "要求不能是空的" in at.text()
    assert at.edits == ()


async def test_a_row_is_split_where_the_second_sentence_begins(at: ReviewOffice) -> None:
    await at.go_to("2")
    await at.press("ctrl+x")
    assert "涉及个人信息的应当处理后公开。" in at.text()
    await at.press("enter")
    assert [one.task.number for one in at.reading.tasks][1:3] == ["2", "2-2"]
    assert at.reading.tasks[2].task.requirement == "涉及个人信息的应当处理后公开。"
    assert at.current == "2"
    await at.press("ctrl+z")
    assert len(at.reading.tasks) == 5


async def test_the_place_of_a_split_moves_by_signs_and_never_to_an_end(at: ReviewOffice) -> None:
    await at.go_to("5")
    await at.press("ctrl+x", *["left"] * 20, "enter")
    assert [one.task.requirement for one in at.reading.tasks[4:]] == ["开", "展一次培训。"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("甲。乙；丙", (2, 4)),
        ("甲，乙", (2,)),
        ("甲。", (1,)),
        ("甲", ()),
        ("", ()),
        ("甲乙丙丁", (2,)),
    ],
)
def test_where_a_text_can_be_cut(text: str, places: tuple[int, ...]) -> None:
    assert cuts(text) == places


async def test_a_row_is_joined_with_the_next_and_the_last_one_cannot_be(at: ReviewOffice) -> None:
    await at.go_to("4")
    await at.press("ctrl+b")
    assert at.reading.tasks[3].task.requirement == "完成网站栏目调整。开展一次培训。"
    assert at.said.startswith("第 5 项已并入第 4 项")
    await at.press("ctrl+b")
    assert at.said.startswith("第 4 项是最后一项")


async def test_a_row_is_dropped_after_a_question_and_comes_back(at: ReviewOffice) -> None:
    await at.go_to("2")
    await at.press("delete", "escape")
    assert len(at.reading.tasks) == 5
    await at.press("delete", "enter")
    assert [one.task.number for one in at.reading.tasks] == ["1", "3", "4", "5"]
    assert at.current == "3"
    await at.press("ctrl+z")
    assert at.current == "2"


async def test_a_row_that_was_missed_is_added_below_and_asks_for_its_units(at: ReviewOffice) -> None:
    await at.go_to("2")
    await at.press("insert")
    assert "在第 2 项下面加一项" in at.text()
    await type_at(at, "公开双随机抽查结果。")
    await at.press("f2")
    assert at.reading.tasks[2].task.requirement == "公开双随机抽查结果。"
    assert at.current == "2-2"
    assert at.row("2-2").startswith("待核对")


async def test_a_step_that_is_not_saved_is_said_and_stays_on_the_screen(
    at: ReviewOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import NotSavedError

    def full(*_: object) -> int:
        raise NotSavedError("磁盘满了。", "请腾出地方。")

    with monkeypatch.context() as patched:
        patched.setattr(at.review.desk, "keep_intake", full)
        await at.press("space")
        assert at.said == "草稿没有存上，修改还在屏幕上：磁盘满了。请腾出地方。"
        assert at.row("1").startswith("已确认")
        await at.press("escape")
        assert at.top == "ReviewScreen"
        assert "再按一次 Esc" in at.said
    await at.press("space")
    assert len(kept(at)) == 2


async def test_undo_to_the_beginning_says_that_there_is_no_more(at: ReviewOffice) -> None:
    await at.press("ctrl+z")
    assert at.said == "没有可以撤销的了。"
    await at.press("ctrl+y")
    assert at.said == "没有可以重做的。"


async def test_a_new_step_ends_redo(at: ReviewOffice) -> None:
    await at.press("space", "ctrl+z")
    await at.go_to("3")
    await at.press("space", "ctrl+y")
    assert at.said == "没有可以重做的。"


# The order, and what is looked at


async def test_problems_stand_first_and_f4_gives_the_order_of_the_document(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        numbers = [line.choice.left.split()[1] for line in at.review.lines if line.key]
        assert numbers[0] == "2"
        await at.press("f4")
        keys = [line.key for line in at.review.lines if line.key and line.key[0] == "task"]
        assert keys == [("task", one.key) for one in at.reading.tasks]
        assert at.current == "2"


async def test_the_next_open_question_is_reached_by_a_key_from_anywhere(desk: Desk, tmp_path: Path) -> None:
    rows = with_cell(3, 4, "2月31日前", with_cell(1, 4, "2月30日前"))
    async with opened(desk, as_docx(tmp_path / "通知.docx", rows)) as at:
        assert at.current == "2"
        await at.press("f3")
        assert at.current == "4"
        await at.press("f3")
        assert at.current == "2"
        await at.press("left")
        assert at.current == "4"
        await at.press("space")
        await at.take_line("没有这样的日期")
        assert at.current == "2"
        await at.press("space")
        await at.take_line("没有这样的日期")
        assert "问题都已核对" in at.line_with("核对  通知.docx")
        await at.press("f3")
        assert at.said == "问题都已核对。F9 确认入库。"


async def test_the_document_follows_the_cursor_and_marks_the_cell_that_is_asked_about(
    desk: Desk, tmp_path: Path
) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        marks = at.source_marks()
        assert [line for line in marks if line.startswith(">")] == ["> 5│2月30日前"]
        assert "| 2│信息公开" in marks
        assert at.line_with("原文：表 1 第 3 行").lstrip().startswith("原文：表 1 第 3 行第 5 列 ")
        await at.go_to("4")
        assert any("完成网站栏目调整" in line and line.startswith(">") for line in at.source_marks())


async def test_a_row_at_the_end_of_a_long_document_is_brought_into_sight(desk: Desk, tmp_path: Path) -> None:
    from tests.tui.intake.papers import rows_of

    async with opened(desk, as_docx(tmp_path / "通知.docx", rows_of(60))) as at:
        await at.press("end")
        assert at.current == "60"
        assert any(line.startswith("> 3│") and "第60类" in line for line in at.lines())


async def test_lines_of_a_text_file_are_marked_too(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_txt(tmp_path / "通知.txt", settled_rows())) as at:
        await at.go_to("4")
        assert any("完成网站栏目调整" in line for line in at.source_marks())


async def test_letters_typed_in_the_review_change_nothing(at: ReviewOffice) -> None:
    await type_in(at.app, at.pilot, "abc删改")
    assert at.edits == ()
    assert at.top == "ReviewScreen"
