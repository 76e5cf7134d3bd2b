"""From the file to the ledger: read, questions answered, mended, left, gone on with another day, taken in, opened."""

from datetime import date
from pathlib import Path

from tests.tui.conftest import DeskMaker
from tests.tui.intake.papers import as_docx, settled_rows
from tests.tui.intake.reviewing import opened
from tests.tui.timed import type_at
from tui.desk import Desk


async def test_a_notice_is_read_gone_through_left_taken_in_and_becomes_a_ledger(
    make_desk: DeskMaker, tmp_path: Path
) -> None:
    path = as_docx(tmp_path / "通知.docx")
    first = make_desk(ledger=False)
    async with opened(first, path) as at:
        assert at.top == "ReviewScreen"
        assert "5 行，读出 5 项" in at.line_with("核对  通知.docx")
        assert "待核对 1 个（必答 1）" in at.line_with("核对  通知.docx")
        assert at.current == "2"
        assert at.row("2").startswith("必答")
        assert any("没有这样的日期" in line for line in at.pane_lines())

        await at.press("f9")
        assert at.said.startswith("还有 1 个必须核对的问题，没有入库")
        assert first.known_notices() == tuple(one for one in first.known_notices() if one.origin == "shipped")

        await at.press("space")
        assert at.top == "LinesDialog"
        await at.take_line("2026年2月底")
        assert "问题都已核对" in at.line_with("核对  通知.docx")
        assert "2026-02-28" in at.row("2")

        await at.go_to("5")
        await at.press("enter")
        await at.take_line("完成时限")
        await at.retype("10月15日前")
        assert "2026-10-15 周四" in at.text()
        await at.press("enter")
        assert "2026-10-15" in at.row("5")
        assert at.row("5").startswith("已改")
        await at.press("ctrl+z")
        assert "2026-09-30" in at.row("5")
        await at.press("ctrl+y")
        assert "2026-10-15" in at.row("5")

        await at.press("escape")
        assert at.top == "ChoiceScreen"
        assert at.said.startswith("待确认稿留着")
    first.close()

    second = make_desk(date(2026, 11, 23), ledger=False)
    async with opened(second) as at:
        await at.press("0")
        assert at.top == "DraftsDialog"
        assert "通知.docx" in at.text()
        assert "问题都已核对" in at.text()
        await at.press("enter")
        assert "2026-10-15" in at.row("5")
        await at.press("f9")
        assert "任务 5 项" in at.text()
        assert "短名 notice-2026" in at.text()
        await at.press("enter")
        assert "已入库“notice-2026”" in at.text()
        await at.press("enter")
        assert at.top == "ChoiceScreen"
        assert "某市示范局关于印发2026年" in at.text()
        await at.take_line("办公室")
        await at.press("enter")
        assert at.top == "ChecklistScreen"
    assert second.ledger is not None
    assert (second.ledger.plan, second.ledger.unit) == ("notice-2026", "办公室")
    assert {entry.number: entry.deadline.due for entry in second.entries()}["5"] == date(2026, 10, 15)
    assert second.intake_drafts() == ()


async def test_from_the_checklist_a_file_is_picked_and_its_folder_is_remembered(
    make_desk: DeskMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    as_docx(folder / "通知.docx", settled_rows())
    (folder / "照片.png").write_bytes(b"\x89PNG")
    desk = make_desk()
    desk.remember_folder("import", str(folder))
    async with opened(desk) as at:
        await at.press("0")
        from tests.tui.attaching import listed
        from tests.tui.intake.reviewing import has_read

        await listed(at)
        assert "不是通知" in at.line_with("照片.png")
        await type_at(at, "通知")
        await at.press("enter")
        await has_read(at)
        assert at.top == "ReviewScreen"
        assert desk.folder("import") == str(folder)
        await at.press("f9", "enter", "escape")
        assert at.top == "ChecklistScreen"
        assert at.said == "通知已入库。"
    assert any(one.plan == "notice-2026" for one in desk.known_notices())
    assert desk.ledger is not None
    assert desk.ledger.plan == "jiangmen-2021"


async def test_the_menu_of_the_checklist_leads_to_it_too(desk: Desk) -> None:
    async with opened(desk) as at:
        await at.press("tab")
        assert "导入通知" in at.text()
        await at.press("end", "enter")
        assert at.top == "DocumentPicker"
        await at.press("escape", "tab", "0")
        assert at.top == "DocumentPicker"


async def test_the_same_file_goes_on_with_its_draft(desk: Desk, tmp_path: Path) -> None:
    path = as_docx(tmp_path / "通知.docx")
    async with opened(desk, path) as at:
        await at.press("space")
        await at.take_line("2026年2月底")
        await at.press("escape")
    async with opened(desk, path) as at:
        assert "2026-02-28" in at.row("2")
        assert "问题都已核对" in at.line_with("核对  通知.docx")
    assert len(desk.intake_drafts()) == 1


async def test_a_draft_is_thrown_away_only_after_a_question(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        await at.press("escape", "0", "delete")
        assert "丢弃待确认稿" in at.text()
        await at.press("escape")
        assert at.top == "DraftsDialog"
        assert len(desk.intake_drafts()) == 1
        await at.press("delete", "enter")
        assert desk.intake_drafts() == ()
        assert at.top == "DocumentPicker"


async def test_what_is_still_open_is_counted_where_the_notice_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    rows = (*settled_rows()[:4], ("5", "监督保障", "开展一次培训。", "", "9月30日"))
    async with opened(desk, as_docx(tmp_path / "通知.docx", rows)) as at:
        left = sum(not one.answered for one in at.reading.problems)
        assert left > 0
        assert at.reading.blocking == ()
        await at.press("f9")
        assert f"还有 {left} 个问题没有核对" in at.text()
        assert "没有责任单位的任务 1 项" in at.text()
        await at.press("escape")
        assert at.said == "没有入库。待确认稿还在。"
    assert len(desk.intake_drafts()) == 1
