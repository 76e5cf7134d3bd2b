"""F9: what is typed goes into a .txt where the ledger does not take it; and nothing that failed is called saved."""

import stat
from pathlib import Path
from typing import NoReturn

import pytest

from db.errors import NotSavedError
from tests.tui.desks import NOW, TODAY
from tests.tui.office import Office, office
from tui.care import CarePlaces
from tui.desk import Desk
from tui.dialogs.prose import Prose
from tui.dialogs.save_copy import SaveCopyDialog

DONE_WORDS = ("已保存", "已销账", "已记事", "已登记", "已标为", "已增加", "时限已调整", "已修改")
FULL = "没有保存：磁盘已满。"


def full(*_: object) -> NoReturn:
    raise NotSavedError(FULL, "请腾出空间后再试。")


@pytest.fixture
def full_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a ledger that can be read and no longer written."""
    monkeypatch.setattr("db.file.LedgerFile.connect_for_writing", full)
    return desk


def flat(clerk: Office) -> str:
    return "".join(clerk.text().replace("│", " ").split())


async def name_a_file(clerk: Office, path: Path) -> None:
    dialog = clerk.app.screen
    assert isinstance(dialog, SaveCopyDialog)
    assert "另存文字" in clerk.text()
    dialog._path.line.put(str(path))
    await clerk.press("enter")


async def test_a_note_that_cannot_be_saved_is_written_elsewhere_and_stays_on_the_screen(
    full_disk: Desk, tmp_path: Path
) -> None:
    async with office(full_disk) as clerk:
        await clerk.press("f3", *"first", "enter", *"second", "f2")
        assert FULL in clerk.said
        await clerk.press("f9")
        await name_a_file(clerk, tmp_path / "救回的记事")
        written = tmp_path / "救回的记事.txt"
        assert written.read_text(encoding="utf-8") == "first\nsecond\n"
        assert stat.S_IMODE(written.stat().st_mode) & 0o077 == 0
        assert f"文字已另存到{written}" in "".join(clerk.said.split())
        assert "台账里还没有保存" in clerk.said
        assert "second" in clerk.text()
    assert all(not entry.notes for entry in full_disk.entries())


async def test_the_words_of_a_window_are_written_with_their_labels_over_no_other_file(
    full_disk: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "文字.txt"
    target.write_text("older", encoding="utf-8")
    async with office(full_disk, (100, 40)) as clerk:
        await clerk.press("f2", "tab", *"what was done", "enter")
        assert FULL in flat(clerk)
        await clerk.press("f9")
        await name_a_file(clerk, target)
        assert clerk.app.screen.query_one(".dialog--error", Prose).text == f"文字已另存到 {target}。这里填写的还没有办"
        assert "what was done" in clerk.text()
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines == ["办结日期（上下键改一天）：2026-11-22", "工作做法及成效（可以不填）：what was done"]
    (kept,) = tmp_path.glob("文字.旧-*.txt")
    assert kept.read_text(encoding="utf-8") == "older"


async def test_a_place_that_takes_no_file_is_said_and_another_can_be_named(full_disk: Desk, tmp_path: Path) -> None:
    async with office(full_disk, (100, 40)) as clerk:
        await clerk.press("f3", *"text", "f9")
        await name_a_file(clerk, tmp_path / "gone" / "a.txt")
        assert "没有文件夹" in flat(clerk)
        await name_a_file(clerk, Path(full_disk.path + "-journal"))
        assert isinstance(clerk.app.screen, SaveCopyDialog) or Path(full_disk.path + "-journal.txt").exists()
        await clerk.press("escape")
        assert "text" in clerk.text()


async def test_what_the_file_did_not_take_is_there_again_after_escape_until_it_is_thrown_away(
    full_disk: Desk, tmp_path: Path
) -> None:
    desk = Desk(full_disk._file, lambda: NOW, TODAY, full_disk.ledger, CarePlaces(drafts=tmp_path / "drafts"))
    async with office(desk, (100, 40)) as clerk:
        await clerk.press("f8", *"reason", "enter", "escape")
        assert "填写的留作草稿，打开同一个窗口就恢复" in clerk.said
        await clerk.press("f8")
        assert "reason" in clerk.text()
        await clerk.press("f10", "f10", "f8")
        assert "reason" not in clerk.text()


async def test_where_no_draft_can_be_kept_either_the_first_escape_warns(full_disk: Desk) -> None:
    async with office(full_disk, (100, 40)) as clerk:
        await clerk.press("f8", *"reason", "enter", "escape")
        assert "再按Esc离开就会丢掉这些文字" in flat(clerk)
        assert "reason" in clerk.text()
        await clerk.press("escape")
        assert clerk.app.screen is clerk.checklist


CHANGES = {
    "settle": (("f2",), ("tab", *"words"), ("enter",)),
    "note": (("f3",), tuple("words"), ("f2",)),
    "adjust": (("f6",), (*"2026-12-30", "tab", *"words"), ("enter",)),
    "own": (("f7",), (*"words", "tab", "tab", *"why"), ("f2",)),
    "not applicable": (("f8",), tuple("words"), ("enter",)),
    "publish": (("plus",), tuple("words"), ("f2",)),
    "officer": (("ctrl+t",), tuple("words"), ("enter",)),
}


@pytest.mark.parametrize("name", CHANGES)
async def test_what_was_not_saved_is_never_called_so_and_its_words_stay(full_disk: Desk, name: str) -> None:
    opening, typing, confirm = CHANGES[name]
    async with office(full_disk, (100, 40)) as clerk:
        await clerk.press(*opening, *typing, *confirm)
        text = flat(clerk)
        assert FULL in text
        assert "words" in text
        assert [words for words in DONE_WORDS if words in text] == []
        assert clerk.app.fault is None
        await clerk.press("escape", "escape")
        assert clerk.app.screen is clerk.checklist
        assert [words for words in DONE_WORDS if words in flat(clerk)] == []
