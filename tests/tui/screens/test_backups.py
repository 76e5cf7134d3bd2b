"""备份: what stands there, what a restore would take back, the keys; without an open ledger, in a small window."""

from pathlib import Path

import pytest

from db.reads.history import newest_at
from tests.tui.caring import backup_names, caring, opened, overwrite_a_note
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY, settled
from tests.tui.office import Office, office
from tui.desk import Desk
from tui.dialogs.restore import RestoreDialog
from tui.screens import backups
from tui.screens.backups import BackupsScreen
from tui.screens.choice import ChoiceScreen


@pytest.fixture(autouse=True)
def looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test need not rest on a line; no backup is made but those that it makes."""
    monkeypatch.setattr("tui.app.WARM_AFTER", 1000.0)
    monkeypatch.setattr(backups, "LOOK_AFTER", 0.01)


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Desk:
    """One backup, and a note written after it."""
    made = caring(desk, tmp_path)
    made.back_up("自动")
    made.add_note(made.entries()[0].id, "备份之后写的")
    return made


async def shown_whole(clerk: Office) -> str:
    """The pane once the backup under the cursor was opened and compared."""
    for _ in range(50):
        await settled(clerk.pilot)
        text = "\n".join(clerk.pane_lines())
        if "正在打开核对" not in text:
            return text
        await clerk.pilot.pause(0.02)
    raise AssertionError(text)


async def test_a_backup_says_when_where_how_much_and_what_restoring_it_would_take_back(kept: Desk) -> None:
    async with office(kept) as clerk:
        await clerk.press("-")
        assert "备份  1 份" in clerk.lines()[0]
        assert "2026-11-22 09:30  自动备份  台账旁边" in clerk.line_with("> ")
        text = await shown_whole(clerk)
        assert "记事 0 条" in text
        assert "1 步会不在" in text
        assert "记事（2026 年执法监督科）" in text
        assert "记事 1 → 0" in text


async def test_a_restore_asks_names_the_steps_and_is_no_matter_of_a_second_enter(kept: Desk) -> None:
    head = kept.head_words()
    async with office(kept) as clerk:
        await clerk.press("-")
        await shown_whole(clerk)
        await clerk.press("enter", "enter")
        assert isinstance(clerk.app.screen, RestoreDialog)
        assert "1 步会不在" in clerk.text()
        assert "按 F2 恢复，Esc 取消。" in clerk.text()
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, BackupsScreen)
        assert kept.head_words() == head
        assert clerk.app.reopening is None


async def test_a_yes_puts_the_backup_in_place_and_ends_this_run_to_open_it_anew(
    kept: Desk, make_desk: DeskMaker
) -> None:
    async with office(kept) as clerk:
        await clerk.press("-")
        await shown_whole(clerk)
        await clerk.press("f5", "f2")
        assert clerk.app.reopening is not None
        words, is_alarm = clerk.app.reopening
        assert words.startswith("已恢复。换下的文件留在 ")
        assert not is_alarm
    reopened = opened(Path(kept.path))
    try:
        assert not any(entry.notes for entry in reopened.entries())
        assert reopened.older_than_seen() is None
    finally:
        reopened.close()


async def test_where_a_restore_fails_the_file_is_opened_again_as_it_was(kept: Desk) -> None:
    path = Path(kept.path)
    async with office(kept) as clerk:
        await clerk.press("-")
        await shown_whole(clerk)
        for found in path.parent.glob("*.备份/*.db"):
            found.unlink()
        await clerk.press("enter", "f2")
        assert clerk.app.reopening is not None
        words, is_alarm = clerk.app.reopening
        assert words.startswith("没有恢复：")
        assert is_alarm
    reopened = opened(Path(kept.path))
    try:
        assert [note.text for entry in reopened.entries() for note in entry.notes] == ["备份之后写的"]
    finally:
        reopened.close()


async def test_f2_backs_up_at_once_and_says_where_nothing_changed(kept: Desk) -> None:
    async with office(kept) as clerk:
        await clerk.press("-", "f2")
        assert "已备份到 1 处" in clerk.said
        assert "备份  2 份" in clerk.lines()[0]
        assert len(backup_names(Path(kept.path))) == 2
        await clerk.press("f2")
        assert clerk.said == "上次备份以后没有改动，不用再备份。"


async def test_the_second_place_is_chosen_from_folders_and_used_at_once(kept: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    kept.set_second_place(str(tmp_path))
    async with office(kept) as clerk:
        await clerk.press("-", "f4")
        assert "现在用的文件夹：" in clerk.text()
        await clerk.press("U", "enter", "f2")
        assert kept.second_place() == str(stick)
        await clerk.press("f2")
        assert "已备份到 2 处" in clerk.said
        assert list(stick.rglob("*.db"))
        await clerk.press("f4", "f8")
        assert kept.second_place() is None


async def test_a_place_that_is_gone_is_told_calmly_and_stays_on_the_screen(kept: Desk, tmp_path: Path) -> None:
    kept.set_second_place(str(tmp_path / "没插上的U盘"))
    async with office(kept) as clerk:
        await clerk.press("-", "f2")
        assert "没有存成的" in clerk.said
        assert "最近一次没有存全" in clerk.lines()[0]
        await clerk.press("home")
        # The path may be broken anywhere: how long it is depends on where the tests run.
        assert "没插上的U盘" in "".join(line.strip() for line in clerk.pane_lines())


async def test_f3_checks_everything_names_what_is_wrong_and_a_whole_file_is_checked_once_a_week(kept: Desk) -> None:
    written = kept.entries()[0].notes[0].text
    overwrite_a_note(Path(kept.path))
    async with office(kept) as clerk:
        await clerk.press("-", "f3")
        assert "处损坏" in clerk.said
        await clerk.press("home", "down")
        assert any(written in line for line in clerk.pane_lines())
        # What is damaged is looked at again at the next start.
        assert kept.check_is_due()
        overwrite_a_note(Path(kept.path), written)
        await clerk.press("f3")
        assert "处损坏" not in clerk.said
        assert not kept.check_is_due()


async def test_who_may_only_look_neither_backs_up_nor_restores(
    kept: Desk, make_desk: DeskMaker, tmp_path: Path
) -> None:
    looking_on = caring(make_desk(write=False), tmp_path)
    async with office(looking_on) as clerk:
        await clerk.press("-", "f2")
        assert "这个窗口不能备份" in clerk.said
        await shown_whole(clerk)
        await clerk.press("enter")
        assert "只读，不能恢复" in clerk.said
    assert len(backup_names(Path(looking_on.path))) == 1


async def test_it_stands_without_a_ledger_too_from_the_first_choice(make_desk: DeskMaker, tmp_path: Path) -> None:
    empty = make_desk(ledger=False)
    async with office(caring(empty, tmp_path)) as clerk:
        assert isinstance(clerk.app.screen, ChoiceScreen)
        await clerk.press("-")
        assert isinstance(clerk.app.screen, BackupsScreen)
        assert "备份  0 份" in clerk.lines()[0]
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, ChoiceScreen)


async def test_it_is_drawn_at_every_size(kept: Desk) -> None:
    async with office(kept) as clerk:
        await clerk.press("-")
        for size in ((120, 36), (40, 10), (20, 5)):
            await clerk.resize(*size)
            await clerk.press("enter")
            await clerk.press("escape")
            await clerk.resize(80, 24)
            assert "备份  1 份" in clerk.lines()[0], size


def test_the_newest_step_of_the_file_is_told_by_its_time(kept: Desk) -> None:
    assert (newest_at(kept._file) or "").startswith(TODAY.isoformat())
