"""What is set once for the whole document: columns, head, roster, reports and rules."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.tui.desks import settled
from tests.tui.intake.papers import BEFORE, ROWS, as_docx, settled_rows
from tests.tui.intake.reviewing import ReviewOffice, opened
from tests.tui.timed import type_at
from tui.desk import Desk
from tui.review_lines import review_lines


@pytest.fixture
async def at(desk: Desk, tmp_path: Path) -> AsyncIterator[ReviewOffice]:
    """The review of a notice without a question."""
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows())) as at:
        yield at


async def test_a_column_is_what_the_clerk_says_for_all_rows_at_once(at: ReviewOffice) -> None:
    await at.press("ctrl+l")
    assert "第 4 栏 责任单位" in at.line_with("第 4 栏")
    assert "例：办公室" in at.line_with("第 4 栏")
    await at.take_line("第 4 栏")
    await at.take_line("配合单位")
    assert [at.reading.tasks[number].task.responsibilities[0].role for number in (0, 3)] == ["support", "support"]
    assert "第 4 栏现在是“配合单位”" in at.said
    await at.press("ctrl+z")
    assert "support" not in {one.role for one in at.reading.tasks[0].task.responsibilities}


async def test_a_table_that_was_not_recognised_becomes_tasks_by_naming_its_columns(desk: Desk, tmp_path: Path) -> None:
    header = ("甲", "乙", "丙", "丁", "戊")
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows(), header=header)) as at:
        assert at.reading.tasks == ()
        assert "没有读出任务" in at.text()
        await at.press("space")
        assert "指明表格各栏" in at.text() or at.reading.problems[0].kind != "no_tasks"
        for column, role in ((3, "具体要求"), (4, "责任单位"), (5, "完成时限"), (1, "序号")):
            await at.press("ctrl+l")
            await at.take_line(f"第 {column} 栏")
            await at.take_line(role)
        assert [one.task.number for one in at.reading.tasks][-1] == "5"
        assert "2026-06-30" in at.row("4")


async def test_a_document_without_a_table_has_no_columns(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("\n".join([*BEFORE, "一、公开信息（办公室负责）", "二、开展培训（法规科负责）"]), encoding="utf-8")
    async with opened(desk, path) as at:
        await at.press("ctrl+l")
        assert at.said == "这份文件里没有表格。"


async def test_another_year_is_read_into_every_date(at: ReviewOffice) -> None:
    await at.press("f5")
    await at.take_line("年份")
    await at.retype("二千")
    await at.press("enter")
    assert "「二千」不是年份" in at.text()
    await at.retype("2027年")
    await at.press("enter")
    assert "2027-06-30" in at.row("4")
    assert at.reading.head.year == 2027


@pytest.mark.parametrize("name", ["示范2026", "Notice", "a--b", "-a", ""])
async def test_a_short_name_of_another_shape_is_refused_where_it_is_typed(at: ReviewOffice, name: str) -> None:
    await at.press("f5")
    await at.take_line("短名")
    await at.retype(name)
    await at.press("enter")
    assert at.top == "MendLineDialog"
    assert "不合写法" in at.text()
    assert at.edits == ()


async def test_every_field_of_the_head_can_be_set_and_taken_out(at: ReviewOffice) -> None:
    for label, text in (
        ("发文机关", "示范局"),
        ("标题", "分解表"),
        ("文号", "示发〔2026〕3号"),
        ("短名", "shifan-2026"),
    ):
        await at.press("f5")
        await at.take_line(label)
        await at.retype(text)
        await at.press("enter")
    await at.press("f5")
    await at.take_line("印发日期")
    await at.retype("2026年2月3日")
    await at.press("enter")
    head = at.reading.head
    assert (head.agency, head.title, head.document_number) == ("示范局", "分解表", "示发〔2026〕3号")
    assert (at.reading.plan, head.issued_on) == ("shifan-2026", date(2026, 2, 3))
    await at.press("f5")
    await at.take_line("文号")
    await at.retype("")
    await at.press("enter")
    assert at.reading.head.document_number is None


async def test_a_default_time_limit_is_for_every_row_without_its_own(desk: Desk, tmp_path: Path) -> None:
    rows = tuple((*row[:4], "") for row in ROWS)
    async with opened(desk, as_docx(tmp_path / "通知.docx", rows)) as at:
        assert "2026-12-03" not in at.row("4")
        await at.press("f5")
        await at.take_line("统一时限")
        await type_at(at, "12月3日前")
        assert "2026-12-03 周四" in at.text()
        await at.press("enter")
        assert "2026-12-03" in at.row("4")


async def test_a_unit_joins_the_roster_and_may_be_another_kind(at: ReviewOffice) -> None:
    await at.press("ctrl+u", "insert")
    await type_at(at, "宣教中心")
    await at.press("enter")
    assert "宣教中心" in [unit.name for unit in at.reading.units]
    await at.take_line("宣教中心")
    await at.take_line("属下单位")
    assert {unit.name: unit.kind for unit in at.reading.units}["宣教中心"] == "属下单位"
    await at.press("escape")
    assert at.top == "ReviewScreen"


async def test_a_unit_of_a_task_stays_in_the_roster_and_one_of_none_goes(at: ReviewOffice) -> None:
    await at.press("ctrl+u", "delete")
    assert "还是第" in at.said
    assert len(at.reading.units) == 4
    await at.press("ctrl+u", "insert")
    await type_at(at, "宣教中心")
    await at.press("enter", "delete")
    assert "宣教中心" not in [unit.name for unit in at.reading.units]


async def test_what_was_read_of_the_letter_is_looked_at_and_taken_out(at: ReviewOffice) -> None:
    assert len(at.reading.reports) == 1
    await at.press("f11")
    assert "工作总结" in at.text()
    assert "原句：" in at.text()
    await at.press("delete")
    assert at.reading.reports == ()
    await at.press(*(["escape"] if at.top != "ReviewScreen" else []), "ctrl+z")
    assert len(at.reading.reports) == 1


# Problems of the whole document


async def test_a_question_about_the_document_stands_on_top_and_is_confirmed_by_space(
    desk: Desk, tmp_path: Path
) -> None:
    before = tuple(line for line in BEFORE if "2026" not in line)
    async with opened(
        desk, as_docx(tmp_path / "通知.docx", settled_rows(), before=before, after=("某市示范局",))
    ) as at:
        first = next(line for line in at.review.lines if line.key)
        assert first.key is not None
        assert first.key[0] == "problem"
        await at.go_to_problem("year_unknown")
        await at.press("space")
        assert at.top == "MendLineDialog"
        await type_at(at, "2026")
        await at.press("enter")
        assert at.reading.head.year == 2026
        assert "year_unknown" not in {one.kind for one in at.reading.problems}


async def test_enter_on_a_question_leads_to_where_it_is_answered(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows(), before=(), after=())) as at:
        await at.go_to_problem("head_missing")
        await at.press("enter")
        assert "来文信息" in at.text()
        await at.press("escape")
        await at.go_to_problem("head_missing")
        await at.press("space")
        problem = next(one for one in at.reading.problems if one.kind == "head_missing")
        assert problem.answered
        line = next(line for line in at.review.lines if line.key == ("problem", problem.key))
        assert line.choice.left.startswith("已确认")


async def test_blank_unit_cells_of_a_text_are_asked_once_and_both_answers_hold(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    rows = [*settled_rows()[:3], ("4", "平台建设", "完成网站栏目调整。", "", "6月底前"), settled_rows()[4]]
    table = ["\t".join(row) for row in (("序号", "工作任务", "具体要求", "责任单位", "完成时限"), *rows)]
    path.write_text("\n".join([*BEFORE, *table]), encoding="utf-8")
    async with opened(desk, path) as at:
        problem = next(one for one in at.reading.problems if one.kind == "blank_cells")
        key = ("problem", problem.key) if problem.task is None else ("task", problem.task)
        at.review.put_cursor_on(key)  # type: ignore[arg-type]
        at.review.show_entries()
        await settled(at.pilot)
        await at.press("space")
        await at.take_line("空白就是没有责任单位")
        assert at.reading.tasks[3].task.responsibilities == ()
        await at.press("ctrl+z")
        assert at.reading.tasks[3].task.responsibilities != ()


async def test_what_one_sentence_says_goes_together_and_is_said_so(desk: Desk, tmp_path: Path) -> None:
    letter = (*BEFORE[:3], "请于6月10日前和12月10日前将工作总结报送办公室。")
    path = as_docx(tmp_path / "通知.docx", settled_rows(), before=letter)
    async with opened(desk, path) as at:
        quotes = [one.quote for one in at.reading.reports]
        assert len(quotes) == 2
        assert len(set(quotes)) == 1
        await at.press("f11")
        assert "这一句读出 2 条，去掉时一起去掉。" in at.text()
        await at.press("delete")
        assert at.said == "已去掉同一句里的 2 条。Ctrl+Z 撤销"
        assert len(at.reading.reports) == 0


async def test_a_question_about_a_row_that_is_no_more_can_still_be_answered(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        asked = at.reading.blocking[0]
        left = replace(at.reading, problems=(replace(asked, task="b99r9"),))
        keys = [line.key for line in review_lines(left, in_order=False, width=80)]
        assert keys[1] == ("problem", asked.key)
