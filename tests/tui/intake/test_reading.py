"""Reading a document: stopped by Esc, refused with advice, never in a file that can only be read."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from db.intake.source import Source
from tests.tui.attaching import drop, listed, until
from tests.tui.conftest import DeskMaker
from tests.tui.desks import settled
from tests.tui.intake.papers import as_docx
from tests.tui.intake.reviewing import ReviewOffice, has_read, opened
from tui.app import TaizhangApp
from tui.desk import Desk
from tui.dialogs.progress import ProgressDialog


async def test_esc_stops_the_reading_and_nothing_is_left(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = threading.Event()

    def slow(path: Path, progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> Source:
        progress(0.3, "正在读表格…")
        while not cancelled():
            asked.set()
        raise AssertionError("the question itself stops it")

    monkeypatch.setattr(desk, "read_notice", slow)
    app = TaizhangApp(desk, as_docx(tmp_path / "通知.docx"))
    async with app.run_test(size=(80, 24)) as pilot:
        at = ReviewOffice(app, pilot)
        await until(lambda: isinstance(app.screen, ProgressDialog) and asked.is_set())
        await until(lambda: "正在读表格…" in at.text())
        await pilot.press("escape")
        await has_read(at)
        assert at.top == "ChecklistScreen"
        assert at.said == "已停止读取，什么也没有改变。"
    assert desk.intake_drafts() == ()


async def test_a_real_reading_is_stopped_with_its_process(desk: Desk, tmp_path: Path) -> None:
    from tests.tui.intake.papers import rows_of

    app = TaizhangApp(desk, as_docx(tmp_path / "通知.docx", rows_of(300)))
    async with app.run_test(size=(80, 24)) as pilot:
        at = ReviewOffice(app, pilot)
        await until(lambda: isinstance(app.screen, ProgressDialog))
        await pilot.press("escape")
        await has_read(at)
        assert at.top == "ChecklistScreen"
    assert desk.intake_drafts() == ()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("通知.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096, ".docx"),
        ("通知.docx", b"PK\x03\x04 broken", "通知.docx"),
        ("通知.txt", b"\x00\x01\x02\x03" * 100, "通知.txt"),
    ],
)
async def test_what_cannot_be_read_is_said_with_advice(
    desk: Desk, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    async with opened(desk, path, (80, 24)) as at:
        assert at.top == "ToldDialog"
        assert f"没有读成「{name}」" in at.text()
        assert words in at.text()
        await at.press("escape")
        assert at.top == "ChecklistScreen"
    assert desk.intake_drafts() == ()


async def test_a_file_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, tmp_path / "没有.docx") as at:
        assert "找不到" in at.text()


async def test_a_file_of_another_kind_is_not_chosen_and_a_pasted_path_is(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    (folder / "照片.png").write_bytes(b"\x89PNG")
    path = as_docx(tmp_path / "通知.docx")
    desk.remember_folder("import", str(folder))
    async with opened(desk) as at:
        await at.press("0")
        await listed(at)
        await at.press("enter")
        assert at.top == "DocumentPicker"
        assert "不是能读的格式" in at.text()
        await drop(at, f"'{path}'")
        await at.press("enter")
        await has_read(at)
        assert at.top == "ReviewScreen"


async def test_esc_in_the_picker_leads_back_to_where_the_clerk_came_from(make_desk: DeskMaker) -> None:
    async with opened(make_desk(ledger=False)) as at:
        assert at.top == "ChoiceScreen"
        await at.press("end", "enter")
        await listed(at)
        await at.press("escape")
        assert at.top == "ChoiceScreen"
        assert "导入新的通知…" in at.text()


async def test_a_file_that_can_only_be_read_takes_no_notice(make_desk: DeskMaker, tmp_path: Path) -> None:
    make_desk()
    app = TaizhangApp(make_desk(write=False), as_docx(tmp_path / "通知.docx"))
    async with app.run_test(size=(120, 36)) as pilot:
        at = ReviewOffice(app, pilot)
        await settled(pilot)
        assert at.top == "ChecklistScreen"
        assert at.said.startswith("只读，不能导入")
        await at.press("0")
        assert at.top == "ChecklistScreen"


async def test_a_damaged_draft_is_said_and_can_be_thrown_away(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import ReadingError

    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        await at.press("escape")

        def damaged(_: int) -> object:
            raise ReadingError("待确认稿的修改记录读不出来。", "请重新导入原来的文件。")

        monkeypatch.setattr(desk, "intake_draft", damaged)
        await at.press("0")
        await until(lambda: "读不出来" in at.text())
        await at.press("enter")
        assert at.top == "ToldDialog"
        await at.press("enter", "0", "delete", "enter")
    assert desk.intake_drafts() == ()
