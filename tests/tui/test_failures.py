"""A file that can no longer be read, and threads that end as nobody expected: the clerk is told, nothing crashes."""

import asyncio
from pathlib import Path

import pytest

from db.errors import NotSavedError
from tests.tui.office import Office, ids, office
from tui.desk import Desk

READS = ("notices", "ledgers", "entries", "sheet", "history", "place", "draft")


def break_reads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise NotSavedError("无法读写台账文件。", "请检查磁盘。")

    for name in READS:
        monkeypatch.setattr(desk, name, gone)


async def finished(clerk: Office) -> None:
    """Until the threads have ended and said so."""
    for _ in range(100):
        if all(worker.is_finished for worker in clerk.app.workers):
            break
        await asyncio.sleep(0.02)
    await clerk.press()


@pytest.mark.parametrize("key", ["f10", "ctrl+l", "enter", "f4", "f3", "ctrl+e", "f11"])
async def test_a_screen_that_cannot_read_the_file_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    desk.add_note(ids(desk.entries(), "29")[0], "一条")
    async with office(desk) as clerk:
        break_reads(desk, monkeypatch)
        await clerk.press(key)
        assert clerk.app.screen is not clerk.checklist
        assert "无法读写台账文件" in clerk.text()
        await clerk.press("down", "right", "left", "escape")
        assert clerk.app._exception is None
        assert clerk.app._exit is False


async def test_a_start_on_a_file_that_cannot_be_read_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    break_reads(desk, monkeypatch)
    async with office(desk) as clerk:
        assert "无法读写台账文件" in clerk.said
        desk.ledger = None
    async with office(desk) as clerk:
        assert "没有读出台账和通知：无法读写台账文件。请检查磁盘。" in clerk.said


async def test_what_was_not_read_is_not_called_deleted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with office(desk) as clerk:
        break_reads(desk, monkeypatch)
        for key in ("enter", "f4"):
            await clerk.press(key, "right")
            assert "没有读出这一条" in clerk.text()
            assert "已被删除" not in clerk.text()
            await clerk.press("escape")


async def test_going_back_in_the_choice_and_taking_a_unit_survive_a_file_that_is_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(desk) as clerk:
        await clerk.press("f10", "down", "enter")
        assert "第 2 步" in clerk.text()
        await clerk.press("down", "enter")
        assert "第 3 步" in clerk.text()
        break_reads(desk, monkeypatch)
        await clerk.press("enter")
        assert "没有打开：无法读写台账文件。" in clerk.said
        await clerk.press("escape", "escape")
        assert "没有读出台账和通知" in clerk.said
        await clerk.press("enter", "escape")
        assert clerk.app.screen is clerk.checklist


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("记事内容"), "没有办成：程序出错（ValueError）。"),
        (PermissionError(13, "x"), "没有办成：没有权限写在那里。"),
        (FileNotFoundError(2, "x"), "没有办成：那里没有这个文件夹。"),
        (OSError(5, "x"), "没有办成：磁盘读写出错。"),
        (MemoryError(), "没有办成：内存不够。"),
    ],
)
async def test_an_export_that_ends_in_any_way_says_so_without_what_the_clerk_wrote(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: BaseException, words: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(desk, "export", fail)
    async with office(desk) as clerk:
        clerk.checklist._export(tmp_path / "a.xlsx")
        await finished(clerk)
        assert clerk.said == words


async def test_a_place_that_could_not_be_kept_is_said_not_thrown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("x")

    async with office(desk) as clerk:
        clerk.app.is_warm = True
        monkeypatch.setattr(desk, "remember", fail)
        await clerk.press("down")
        clerk.checklist._remembered._quiet()
        await finished(clerk)
        assert clerk.said == "没有记下停在哪一条：程序出错（ValueError）。"


async def test_a_store_that_cannot_be_loaded_is_said_and_nothing_waits_for_it_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ImportError("sqlmodel")

    async with office(desk) as clerk:
        with monkeypatch.context() as broken:
            broken.setattr(desk, "warm", fail)
            clerk.app.warm_up()
            await finished(clerk)
        assert clerk.app.is_warm
        assert clerk.said == "保存功能没有载入：程序文件不完整，请重新安装"
