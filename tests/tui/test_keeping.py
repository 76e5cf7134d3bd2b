"""What the program does for the file without being asked: backups, the weekly check, telling an older file."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db.care import backups as making
from db.errors import CancelledError, DamagedError, NotSavedError
from db.file import LedgerFile, open_file
from db.rules.evidence import Progress
from tests.starter import started
from tests.tui.caring import backup_names, care_of, caring, opened, places
from tests.tui.conftest import DeskMaker
from tests.tui.desks import NOW, settled
from tests.tui.office import Office, office
from tui.app import TaizhangApp
from tui.arguments import read_arguments
from tui.desk import Desk
from tui.dialogs.older import OlderDialog
from tui.rescue_app import RescueApp
from tui.screens.backing_up import back_up_first
from tui.screens.backups import BackupsScreen
from tui.screens.checklist import ChecklistScreen
from tui.showing import show


@pytest.fixture
def cared(desk: Desk, tmp_path: Path) -> Desk:
    return caring(desk, tmp_path)


async def warmed(clerk: Office) -> None:
    """The store is loaded, and what begins then is done."""
    clerk.app.warm_up()
    for _ in range(100):
        await settled(clerk.pilot)
        if clerk.app.is_warm and all(worker.is_finished for worker in clerk.app.workers):
            return
        await clerk.pilot.pause(0.02)
    raise AssertionError("it never came to rest")


async def test_the_first_quiet_moment_makes_a_backup_and_half_an_hour_later_only_what_changed(cared: Desk) -> None:
    path = Path(cared.path)
    async with office(cared) as clerk:
        await warmed(clerk)
        (first,) = backup_names(path)
        assert first.endswith("-自动.db")
        assert "备份" not in clerk.said
        clerk.app._back_up_if_due()
        await warmed(clerk)
        assert backup_names(path) == [first]
        cared.add_note(cared.entries()[0].id, "改动")
        clerk.app._back_up_if_due()
        await warmed(clerk)
        assert len(backup_names(path)) == 2


async def test_a_backup_that_fails_is_said_calmly_and_the_work_goes_on(cared: Desk, tmp_path: Path) -> None:
    cared.set_second_place(str(tmp_path / "没插上"))
    async with office(cared) as clerk:
        await warmed(clerk)
        assert "自动备份没有存全" in clerk.said
        assert "按 - 看备份" in clerk.said
        assert len(backup_names(Path(cared.path))) == 1
        await clerk.press("f3", "x", "f2")
        assert "已记事" in clerk.said
        await clerk.press("-")
        assert "最近一次没有存全" in clerk.lines()[0]


async def test_an_error_while_backing_up_does_not_end_the_program(cared: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise NotSavedError("没有备份：磁盘已满。", "请腾出空间。")

    monkeypatch.setattr(making, "back_up", fails)
    async with office(cared) as clerk:
        await warmed(clerk)
        assert "磁盘已满" in clerk.said
        await clerk.press("ctrl+q")
    assert clerk.app.return_code == 0


async def test_leaving_backs_up_what_changed_and_keeps_how_far_it_came(cared: Desk, tmp_path: Path) -> None:
    async with office(cared) as clerk:
        await clerk.press("f3", "x", "f2")
        await warmed(clerk)
        before = backup_names(Path(cared.path))
        await clerk.press("f3", "y", "f2", "ctrl+q")
        await warmed(clerk)
    assert len(backup_names(Path(cared.path))) == len(before) + 1
    assert (places(tmp_path).heads or tmp_path).is_file()


async def test_before_a_notice_is_taken_in_and_before_the_year_is_closed_a_backup_is_made(
    cared: Desk, tmp_path: Path
) -> None:
    went_on: list[str] = []
    async with office(cared) as clerk:
        back_up_first(clerk.app, cared, "导入前", lambda: went_on.append("on"), lambda: went_on.append("stays"))
        await warmed(clerk)
        clerk.checklist._write_export(tmp_path / "报送包.zip", lambda done, total: None)
        clerk.checklist._write_export(tmp_path / "台账.csv", lambda done, total: None)
    assert went_on == ["on"]
    assert [name.rsplit("-", 1)[1] for name in backup_names(Path(cared.path))] == ["导入前.db", "年终.db"]


async def test_a_terminal_that_closes_does_not_wait_for_a_backup(cared: Desk) -> None:
    async with office(cared) as clerk:
        clerk.app.end_by_signal(129)
    assert clerk.app.return_code == 129
    assert cared.is_ending


async def test_a_full_check_stops_at_its_next_piece_when_the_program_is_told_to_end(
    cared: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on, stopped = threading.Event(), threading.Event(), threading.Event()

    def checking(*_: object, progress: Progress, **__: object) -> None:
        begun.set()
        assert goes_on.wait(10)
        try:
            progress(1, 2)
        except CancelledError:
            stopped.set()
            raise

    monkeypatch.setattr("db.care.checkup.checkup", checking)
    async with office(cared) as clerk:
        clerk.app._check_if_due()
        while not begun.is_set():
            await asyncio.sleep(0.01)
        clerk.app.end_by_signal(143)
        goes_on.set()
        while not stopped.is_set():
            await asyncio.sleep(0.01)
    assert clerk.app.return_code == 143


async def test_what_is_typed_while_the_last_backup_is_made_is_kept(
    cared: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(cared, "back_up_if_due", lambda _: str(goes_on.wait(10)))
    async with office(cared) as clerk:
        await clerk.press("f2", "tab", "x")
        for key in ("ctrl+q", "y"):
            await clerk.pilot.press(key)
        goes_on.set()
        while not clerk.app._exit:
            await asyncio.sleep(0.01)
    (draft,) = cared.drafts()
    assert '"xy"' in draft.text


async def test_what_the_first_reading_finds_damaged_is_no_empty_list(cared: Desk) -> None:
    with closing(sqlite3.connect(cared.path, isolation_level=None)) as other:
        other.execute("PRAGMA ignore_check_constraints = 1")
        other.execute("UPDATE entry SET status = 'done', done_on = '2026-99-99'")
    async with office(cared) as clerk:
        pass
    assert isinstance(clerk.app.damage, DamagedError)


def test_after_such_a_reading_the_file_is_rescued_and_opened_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path, happened = Path(desk.path), list[object]()
    desk.close()

    def run(app: TaizhangApp, **_: object) -> None:
        happened.append(app.desk)
        if len(happened) == 1:
            app.damage = DamagedError("读不出来。", "")

    def rescued(app: RescueApp, **_: object) -> None:
        happened.append(app._error)
        app.words = "已恢复。"

    def ready() -> tuple[LedgerFile, None]:
        # The one before has given the lock back, also while the rescue screen stood there.
        file = open_file(path, NOW, write=True)
        assert not file.read_only
        return file, None

    monkeypatch.setattr(TaizhangApp, "run", run)
    monkeypatch.setattr(RescueApp, "run", rescued)
    assert show(read_arguments([]), lambda: NOW, ready, care_of(path), was_here=lambda: True) == 0
    assert [type(one).__name__ for one in happened] == ["Desk", "DamagedError", "Desk"]


async def test_a_window_that_may_only_look_makes_none(make_desk: DeskMaker, tmp_path: Path) -> None:
    make_desk()
    looking_on = caring(make_desk(write=False), tmp_path)
    async with office(looking_on) as clerk:
        clerk.app.begin_care()
        await settled(clerk.pilot)
        await clerk.press("ctrl+q")
    assert backup_names(Path(looking_on.path)) == []


async def test_once_a_week_everything_is_checked_at_a_quiet_minute_and_the_result_is_said(cared: Desk) -> None:
    async with office(cared) as clerk:
        clerk.app._check_if_due()
        await warmed(clerk)
        assert "每周的体检做完了" in clerk.said
        await clerk.press("down")
    assert not cared.check_is_due()
    later = Desk(cared._file, lambda: NOW + timedelta(days=7), None, cared.ledger, cared._places)
    assert later.check_is_due()
    set_back = Desk(cared._file, lambda: NOW - timedelta(days=1), None, cared.ledger, cared._places)
    assert set_back.check_is_due()


@pytest.fixture
def older(cared: Desk, tmp_path: Path) -> Desk:
    """The file of the morning put back over that of the afternoon."""
    path = Path(cared.path)
    morning = path.read_bytes()
    cared.add_note(cared.entries()[0].id, "下午写的")
    cared.keep_head()
    cared.close()
    path.write_bytes(morning)
    return opened(path)


async def test_an_older_file_is_told_with_both_states_and_esc_leaves_it_open(older: Desk) -> None:
    async with office(older) as clerk:
        assert isinstance(clerk.app.screen, OlderDialog)
        text = clerk.text()
        assert "这份台账比这台电脑上次看到的旧" in text
        assert "上次：第 47 条" in text
        assert "现在：第 45 条" in text
        await clerk.press("escape")
        assert "还没有决定" in clerk.said
        older.keep_head()
    again = caring(older, Path(older.path).parent)
    assert again.older_than_seen() is not None
    older.close()


async def test_who_goes_on_with_the_older_file_is_asked_no_more(older: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(ChecklistScreen, "import_document", lambda _, path: read.append(path))
    document = Path("通知.docx")
    async with office(older, importing=document) as clerk:
        assert read == []
        await clerk.press("down", "enter")
        assert isinstance(clerk.app.screen, ChecklistScreen)
        assert read == [document]
    assert caring(older, Path(older.path).parent).older_than_seen() is None
    older.close()


async def test_from_an_older_file_the_backups_are_one_enter_away_and_quitting_changes_nothing(older: Desk) -> None:
    async with office(older) as clerk:
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, BackupsScreen)
        await clerk.press("escape")
    async with office(older) as clerk:
        await clerk.press("down", "down", "enter")
    assert not clerk.app.is_running
    assert caring(older, Path(older.path).parent).older_than_seen() is not None
    older.close()


async def test_another_ledger_under_the_same_name_is_told_as_such(
    cared: Desk, make_desk: DeskMaker, tmp_path: Path
) -> None:
    heads = places(tmp_path).heads
    assert heads is not None
    cared.keep_head()
    text = heads.read_text(encoding="utf-8").replace(cared.identity, "0" * 32)
    heads.write_text(text, encoding="utf-8")
    async with office(cared) as clerk:
        assert "另一份台账" in clerk.text()


FIRST_FRAME = """
import asyncio, sys
from pathlib import Path
from tests.tui.caring import opened
from tui.app import TaizhangApp
async def run():
    app = TaizhangApp(opened(Path(sys.argv[1])))
    async with app.run_test() as pilot:
        assert app.screen.query("EntryList")
        print(*(name for name in sys.modules if name.startswith(("db.care", "db.engine", "db.store", "db.models"))))
asyncio.run(run())
"""


def test_no_care_is_loaded_before_the_first_frame(desk: Desk) -> None:
    path = desk.path
    desk.close()
    done = started("-c", FIRST_FRAME, path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == []
