"""One of the other readings of a problem does what it says, or is not taken for an answer."""

from pathlib import Path

from db.intake.edits import AcceptProblem
from tests.tui.desks import settled
from tests.tui.intake.papers import BEFORE, as_docx, settled_rows
from tests.tui.intake.reviewing import opened
from tui.desk import Desk


async def test_a_row_without_a_number_is_joined_to_the_one_above_by_choosing_so(desk: Desk, tmp_path: Path) -> None:
    rows = (*settled_rows()[:3], ("", "平台建设", "完成网站栏目调整。", "信息中心", "6月底前"), settled_rows()[4])
    async with opened(desk, as_docx(tmp_path / "通知.docx", rows)) as at:
        problem = next(one for one in at.reading.problems if "接上一项" in one.others)
        at.review.put_cursor_on(("task", problem.task or ""))
        at.review.show_entries()
        await settled(at.pilot)
        await at.press("space")
        await at.take_line("接上一项")
        assert at.edits == (AcceptProblem(problem.key, "接上一项"),)
        assert len(at.reading.tasks) == 4
        assert at.reading.tasks[2].task.requirement.endswith("完成网站栏目调整。")
        await at.press("ctrl+z")
        assert len(at.reading.tasks) == 5
        assert problem.key in {one.key for one in at.reading.problems if not one.answered}


async def test_the_first_line_of_the_choices_is_what_was_assumed(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        problem = at.reading.blocking[0]
        await at.press("space", "enter")
        assert at.edits == (AcceptProblem(problem.key, None),)
        assert at.reading.tasks[1].task.deadlines[0].month is None


async def test_a_choice_that_only_the_clerk_can_carry_out_opens_the_row_and_stays_open(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "通知.txt"
    items = ("一、公开财政信息。", "预算公开到位。", "决算及时公开。（办公室负责）", "二、开展一次培训。（法规科负责）")
    path.write_text("\n".join([*BEFORE, *items]) + "\n", encoding="utf-8")
    async with opened(desk, path) as at:
        problem = next(one for one in at.reading.problems if "各段分作几项" in one.others)
        at.review.put_cursor_on(("task", problem.task or ""))
        at.review.show_entries()
        await settled(at.pilot)
        await at.press("space")
        await at.take_line("各段分作几项")
        assert at.edits == ()
        assert "“各段分作几项”要请您自己改" in at.text()
        await at.press("enter")
        assert at.top == "LinesDialog"
        await at.press("escape")
        assert problem.key in {one.key for one in at.reading.problems if not one.answered}
