"""抢救: what stands in the ledger's place when its file cannot be opened; whatever is pressed, that file is kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest
from textual.pilot import Pilot

from db.errors import DamagedError, NoLedgerError, TaizhangError
from db.file import LedgerFile, open_file
from tests.tui.caring import care_of, caring, halve, opened, places
from tests.tui.conftest import DeskMaker
from tests.tui.desks import NOW, TODAY, seen, settled
from tui.app import TaizhangApp
from tui.arguments import read_arguments
from tui.care import FileCare
from tui.desk import Desk
from tui.dialogs.lines import LinesDialog
from tui.dialogs.restore import RestoreDialog
from tui.rescue_app import RescueApp
from tui.screens.rescue import RescueScreen
from tui.showing import show


@pytest.fixture
def path(desk: Desk, tmp_path: Path) -> Path:
    """A ledger file with two backups, a note in the newer one; closed."""
    made = caring(desk, tmp_path)
    made.back_up("自动")
    made.add_note(made.entries()[0].id, "要紧的话")
    made.back_up("导入前")
    made.close()
    return Path(made.path)


def refusal(path: Path) -> TaizhangError:
    with pytest.raises(TaizhangError) as raised:
        open_file(path, NOW, write=True)
    return raised.value


class Rescuer:
    """The clerk before the rescue screen."""

    def __init__(self, app: RescueApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.rest()

    async def rest(self) -> None:
        for _ in range(200):
            await settled(self.pilot)
            if all(worker.is_finished for worker in self.app.workers):
                return
            await self.pilot.pause(0.02)
        raise AssertionError("it never came to rest")

    def text(self) -> str:
        """What stands there, a sentence whole wherever the lines break."""
        return "".join(line.strip(" │") for line in seen(self.app).split("\n"))


@asynccontextmanager
async def rescue(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Rescuer]:
    app = RescueApp(care_of(path), refusal(path), code=4)
    async with app.run_test(size=size) as pilot:
        clerk = Rescuer(app, pilot)
        await clerk.rest()
        yield clerk


async def test_it_says_what_is_wrong_that_nothing_was_touched_and_names_the_newest_good_backup(path: Path) -> None:
    halve(path)
    before = path.read_bytes()
    async with rescue(path) as clerk:
        text = clerk.text()
        assert "台账文件已损坏" in text
        assert "原来的文件原样留着" in text
        assert "导入前备份（台账旁边）" in text
        assert "记事 1 条" in text
        for offer in (
            "恢复最近一份完好的备份",
            "选另一份备份（找到 2 份）",
            "从别处选一份备份",
            "抢救",
            "退出，什么也不改",
        ):
            assert offer in text
        await clerk.press("escape")
    assert (clerk.app.return_code, clerk.app.words) == (4, "")
    assert path.read_bytes() == before


async def test_a_backup_that_is_damaged_itself_is_passed_over(path: Path) -> None:
    halve(path)
    newest = max((path.parent / f"{path.name}.备份").glob("*导入前.db"))
    newest.chmod(0o600)
    halve(newest)
    async with rescue(path) as clerk:
        assert "恢复最近一份完好的备份：2026-11-22 09:30 自动备份" in clerk.text()


async def test_the_newest_good_backup_is_restored_after_a_yes_and_the_damaged_file_kept(path: Path) -> None:
    halve(path)
    damaged = path.read_bytes()
    async with rescue(path) as clerk:
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, RestoreDialog)
        await clerk.press("f2")
    assert clerk.app.return_code == 0
    assert "已恢复" in clerk.app.words
    kept = list(path.parent.glob(f"*.备份/换下/*/{path.name}"))
    assert [one.read_bytes() for one in kept] == [damaged]
    desk = opened(path)
    try:
        assert [note.text for entry in desk.entries() for note in entry.notes] == ["要紧的话"]
        assert desk.older_than_seen() is None
    finally:
        desk.close()


async def test_with_its_whole_folder_gone_the_ledger_comes_back_from_the_second_place(
    path: Path, tmp_path: Path
) -> None:
    home = tmp_path / "share" / "taizhang"
    home.mkdir(parents=True)
    lost = home / "taizhang.db"
    path.rename(lost)
    (tmp_path / "usb").mkdir()
    care = FileCare(lost, replace(places(tmp_path), own=lost), lambda: NOW)
    file = open_file(lost, NOW, write=True)
    desk = Desk(file, lambda: NOW, TODAY, None, care.places)
    desk.open(desk.ledgers()[0].id)
    desk.set_second_place(str(tmp_path / "usb"))
    desk.back_up("自动")
    desk.close()
    rmtree(home.parent)
    app = RescueApp(care, NoLedgerError(f"找不到台账文件 {lost}。", ""), code=3)
    async with app.run_test(size=(80, 24)) as pilot:
        clerk = Rescuer(app, pilot)
        await clerk.rest()
        assert "原来的文件原样留着" not in clerk.text()
        assert "先退出，接上或者找回来，再打开" in clerk.text()
        assert "自动备份（第二备份位置）" in clerk.text()
        await clerk.press("enter", "f2")
    assert app.words == "已恢复。"
    found = open_file(lost, NOW, write=False)
    assert counts(found) == 1
    found.close()


def counts(file: LedgerFile) -> int:
    with file.reading() as connection:
        number: int = connection.execute("SELECT count(*) FROM note").fetchone()[0]
    return number


async def test_a_folder_in_the_place_of_the_ledger_leads_to_the_rescue_too(path: Path) -> None:
    path.unlink()
    path.mkdir()
    assert isinstance(refusal(path), NoLedgerError)
    async with rescue(path) as clerk:
        assert "不是普通文件" in clerk.text()
        await clerk.press("enter", "f2")
    assert "已恢复" in clerk.app.words


async def test_another_backup_is_chosen_from_the_list(path: Path) -> None:
    halve(path)
    async with rescue(path) as clerk:
        await clerk.press("down", "enter")
        assert isinstance(clerk.app.screen, LinesDialog)
        await clerk.press("down", "enter")
        assert isinstance(clerk.app.screen, RestoreDialog)
        assert "自动备份（台账旁边）" in clerk.text()
        await clerk.press("f2")
    desk = opened(path)
    try:
        assert not any(entry.notes for entry in desk.entries())
    finally:
        desk.close()


async def test_salvaging_shows_what_was_found_before_it_takes_the_place_of_anything(path: Path) -> None:
    spoil(path)
    spoilt = path.read_bytes()
    async with rescue(path) as clerk:
        await clerk.press("down", "down", "down", "enter")
        assert isinstance(clerk.app.screen, RestoreDialog)
        assert "记事 1 条" in clerk.text()
        await clerk.press("escape")
        assert path.read_bytes() == spoilt
        assert "抢救出来的留在" in clerk.text()
        await clerk.press("enter", "f2")
    assert clerk.app.words.startswith("已换上抢救出来的文件")
    desk = opened(path)
    try:
        assert [note.text for entry in desk.entries() for note in entry.notes] == ["要紧的话"]
    finally:
        desk.close()


def spoil(path: Path) -> None:
    """Pages in the middle that are no pages any more."""
    with path.open("r+b") as stream:
        stream.seek(4096 * 20)
        stream.write(b"\xa5" * 4096 * 2)


async def test_without_any_backup_it_says_so_and_where_else_one_may_lie(path: Path) -> None:
    for backup in path.parent.glob("*.备份/*.db"):
        backup.unlink()
    halve(path)
    async with rescue(path) as clerk:
        assert "都没有找到备份" in clerk.text()
        assert "恢复最近一份" not in clerk.text()
        assert "从别处选一份备份" in clerk.text()


@pytest.mark.parametrize("size", [(120, 36), (40, 10), (20, 5)])
async def test_it_is_drawn_and_left_at_every_size(path: Path, size: tuple[int, int]) -> None:
    halve(path)
    async with rescue(path, size) as clerk:
        assert isinstance(clerk.app.screen, RescueScreen)
        await clerk.press("f1", "escape", "ctrl+q")
    assert clerk.app.return_code == 4


# When it comes


@pytest.mark.parametrize("content", [b"", b"not a ledger" * 100])
def test_what_is_no_ledger_any_more_is_rescued_only_where_one_was(
    content: bytes, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(content)
    assert isinstance(refusal(path), NoLedgerError)
    asked: list[int] = []

    def answered(app: RescueApp, **_: object) -> None:
        asked.append(app._code)
        app._return_code = app._code

    monkeypatch.setattr(RescueApp, "run", answered)
    given = read_arguments(["--db", str(path)])

    def ready() -> None:
        open_file(path, NOW, write=True)

    with pytest.raises(NoLedgerError):
        show(given, lambda: NOW, ready, care_of(path), was_here=lambda: False)  # type: ignore[arg-type]
    assert asked == []
    assert show(given, lambda: NOW, ready, care_of(path), was_here=lambda: True) == 4  # type: ignore[arg-type]
    assert asked == [4]


def test_a_ledger_that_is_only_gone_is_no_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.unlink()
    asked: list[int] = []
    monkeypatch.setattr(RescueApp, "run", lambda app, **_: asked.append(app._code))

    def ready() -> None:
        raise NoLedgerError("找不到台账文件。", "请插上 U 盘。")

    show(read_arguments([]), lambda: NOW, ready, care_of(path), was_here=lambda: True)  # type: ignore[arg-type]
    assert asked == [3]


def test_a_file_of_a_newer_program_is_not_rescued(make_desk: DeskMaker) -> None:
    assert not issubclass(DamagedError, NoLedgerError)
    from tests.world import tamper

    path = Path(make_desk().path)
    tamper(path, "PRAGMA user_version = 999")
    assert not isinstance(refusal(path), NoLedgerError | DamagedError)


# After it


@pytest.mark.parametrize("is_alarm", [False, True])
def test_after_a_restore_the_file_is_opened_anew_and_says_what_was_done(
    is_alarm: bool, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[TaizhangApp] = []

    def run(app: TaizhangApp, **_: object) -> None:
        runs.append(app)
        app._return_code = 0
        if len(runs) == 1:
            app.desk.close()
            app.reopening = ("已恢复。", is_alarm)

    monkeypatch.setattr(TaizhangApp, "run", run)
    files: list[LedgerFile] = []

    def ready() -> tuple[LedgerFile, None]:
        files.append(open_file(path, NOW, write=True))
        assert not files[-1].read_only
        return files[-1], None

    given = read_arguments(["--import", "通知.docx"])
    assert show(given, lambda: NOW, ready, care_of(path), was_here=lambda: True) == 0
    assert [app._said for app in runs] == [None, ("已恢复。", is_alarm)]
    assert [app.importing is None for app in runs] == [False, True]
    assert len(files) == 2
