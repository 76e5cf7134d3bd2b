"""A notice that was seen before: the differences shown, the work kept; one that ships; a short name that is taken."""

from datetime import date
from pathlib import Path

from db.intake.draft_file import draft_toml
from db.intake.replay import replayed
from tests.tui.desks import settled
from tests.tui.intake.papers import BEFORE, as_docx, settled_rows, with_cell
from tests.tui.intake.reviewing import opened
from tests.tui.timed import numbered
from tui.desk import Desk

PLAN = "notice-2026"
SEEDS = Path(__file__).parents[3] / "seeds"


async def take_in(desk: Desk, path: Path) -> None:
    """The notice of that file in the desk's file, without a ledger."""
    async with opened(desk, path) as at:
        await at.press("f9", "enter", "escape")
    assert desk.intake_drafts() == ()


def plans(desk: Desk) -> list[str]:
    return [one.plan for one in desk.known_notices() if one.origin == "office"]


async def test_a_notice_that_comes_again_is_shown_by_its_differences_and_the_work_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    await take_in(desk, as_docx(tmp_path / "通知.docx", settled_rows()))
    desk.begin(PLAN, 2026, "全局", None, "经办甲")
    desk.settle([numbered(desk, "5").id], date(2026, 9, 30), "办了一期")
    desk.add_note(numbered(desk, "4").id, "已联系网站")

    rows = with_cell(3, 4, "7月底前", settled_rows())
    rows = (*rows[:2], *rows[3:], ("6", "监督保障", "开展社会评议。", "办公室", "10月底前"))
    async with opened(desk, as_docx(tmp_path / "通知（修订）.docx", rows)) as at:
        await at.press("f9")
        text = at.text()
        assert "这份通知入过库，短名 notice-2026" in text
        assert "有改动：第 4 项  完成时限" in text
        assert "新增：第 6 项" in text
        assert "没有了：原第 3 项" in text
        await at.press("down") if "完成时限 原：" not in text else None
        assert "完成时限 原：6月底前 → 2026-06-30" in at.text()
        assert "完成时限 现：7月底前 → 2026-07-31" in at.text()
        await at.press("f2")
        assert "已更新“notice-2026”" in at.text()
        await at.press("escape")
        assert at.top == "ChecklistScreen"
        assert any(entry.number == "6" for entry in at.checklist.entries)
    assert plans(desk) == [PLAN]
    assert numbered(desk, "5").status == "done"
    assert numbered(desk, "5").what_was_done == "办了一期"
    assert numbered(desk, "4").notes[0].text == "已联系网站"
    assert numbered(desk, "4").deadline.due == date(2026, 7, 31)
    assert "3" not in [entry.number for entry in desk.entries()]


async def test_a_task_that_is_gone_but_was_worked_on_is_not_lost(desk: Desk, tmp_path: Path) -> None:
    await take_in(desk, as_docx(tmp_path / "通知.docx", settled_rows()))
    desk.begin(PLAN, 2026, "全局", None, "经办甲")
    desk.add_note(numbered(desk, "3").id, "已解读两件")
    rows = tuple(row for row in settled_rows() if row[0] != "3")
    async with opened(desk, as_docx(tmp_path / "通知（修订）.docx", rows)) as at:
        await at.press("f9", "f2")
        assert "已更新“notice-2026”：1 处不同" in at.text()
        await at.press("escape")
    assert [note.text for entry in desk.entries() for note in entry.notes] == ["已解读两件"]


async def test_nothing_changes_where_the_clerk_does_not_confirm_the_differences(desk: Desk, tmp_path: Path) -> None:
    await take_in(desk, as_docx(tmp_path / "通知.docx", settled_rows()))
    before = desk.notice_said(PLAN)
    async with opened(desk, as_docx(tmp_path / "改.docx", with_cell(3, 4, "7月底前", settled_rows()))) as at:
        await at.press("f9", "escape")
        assert at.said == "没有更新。待确认稿还在。"
    assert desk.notice_said(PLAN) == before
    assert len(desk.intake_drafts()) == 1


async def test_the_same_notice_in_another_file_says_that_nothing_is_different(desk: Desk, tmp_path: Path) -> None:
    await take_in(desk, as_docx(tmp_path / "通知.docx", settled_rows()))
    other = as_docx(tmp_path / "另一份.docx", settled_rows(), after=("某市示范局", "", "2026年1月15日"))
    async with opened(desk, other) as at:
        await at.press("f9")
        assert "内容没有不同" in at.text()
        await at.press("f2", "escape")
    assert plans(desk) == [PLAN]


async def test_another_notice_of_the_same_short_name_asks_for_another_name(desk: Desk, tmp_path: Path) -> None:
    await take_in(desk, as_docx(tmp_path / "通知.docx", settled_rows()))
    before = ("某市另一局", "关于做好2026年机关安全工作的通知", *BEFORE[2:])
    rows = (("1", "安全", "每月检查一次消防设施。", "后勤科", "每月底前"),)
    path = as_docx(tmp_path / "安全.docx", rows, before=before, after=("某市另一局", "2026年2月1日"))
    async with opened(desk, path) as at:
        for problem in at.reading.blocking:
            at.review.put_cursor_on(("task", problem.task) if problem.task else ("problem", problem.key))
            at.review.show_entries()
            await settled(at.pilot)
            await at.press("space")
            await at.press("enter")
        await at.press("f9")
        assert "短名 notice-2026 已有一份通知，请另起短名" in at.text()
        assert "notice-2026-2" in at.text()
        await at.retype(PLAN)
        await at.press("enter")
        assert "已有一份通知" in at.text()
        assert at.top == "MendLineDialog"
        await at.retype("anquan-2026")
        await at.press("enter")
        assert "短名 anquan-2026" in at.text()
        await at.press("enter", "escape")
    assert sorted(plans(desk)) == ["anquan-2026", PLAN]


async def test_a_notice_that_ships_is_recognised_and_its_own_reading_is_offered(desk: Desk) -> None:
    plan = "jiading-2021"
    async with opened(desk, SEEDS / f"{plan}.txt") as at:
        while at.reading.blocking:
            problem = at.reading.blocking[0]
            at.review.put_cursor_on(("task", problem.task) if problem.task else ("problem", problem.key))
            at.review.show_entries()
            await settled(at.pilot)
            await at.press("space")
            if at.top == "LinesDialog":
                await at.press("enter")
        await at.press("f9")
        assert "这份通知随程序已有" in at.text()
        assert plan in at.text()
        await at.press("enter")
        assert at.top == "ChoiceScreen"
    assert plans(desk) == []
    assert len(desk.intake_drafts()) == 1


async def test_a_mended_draft_of_an_editor_goes_straight_to_the_question(desk: Desk, tmp_path: Path) -> None:
    source = desk.read_notice(as_docx(tmp_path / "通知.docx", settled_rows()), lambda *_: None, lambda: False)
    path = tmp_path / "读稿.toml"
    path.write_text(draft_toml(replayed(source, ()), path.name), encoding="utf-8")
    async with opened(desk, path) as at:
        assert at.top == "ConfirmDialog"
        assert "任务 5 项" in at.text()
        await at.press("enter", "escape")
        assert at.said == "通知已入库。"
    assert plans(desk) == [PLAN]


async def test_a_draft_of_an_editor_with_an_open_question_is_refused_with_its_line(desk: Desk, tmp_path: Path) -> None:
    source = desk.read_notice(as_docx(tmp_path / "通知.docx"), lambda *_: None, lambda: False)
    path = tmp_path / "读稿.toml"
    path.write_text(draft_toml(replayed(source, ()), path.name), encoding="utf-8")
    async with opened(desk, path) as at:
        assert at.top == "ToldDialog"
        assert "还有 1 个必须核对的问题，没有入库" in at.text()
        await at.press("enter")
        assert at.top == "ChecklistScreen"
    assert plans(desk) == []
