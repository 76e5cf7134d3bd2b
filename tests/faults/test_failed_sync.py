"""A folder that cannot be synced at the end: what is said to have failed is as it was, or is said to be uncertain."""

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from db.care.whole import whole_copy
from db.errors import BackupError, NotSavedError
from db.faults import translated
from db.folder import move_without_overwriting
from db.swap import exchange
from tests.world import NOW, World, world

__all__ = ["world"]


def failing_at(number: int) -> Callable[[Path], None]:
    """A sync of a folder that goes wrong at that call only."""
    calls = 0

    def sync(folder: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(errno.EIO, "Input/output error")

    return sync


def standing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_name_that_the_disk_does_not_confirm_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"1")
    monkeypatch.setattr("db.folder.sync_folder", failing_at(1))
    with pytest.raises(OSError, match="Input"):
        move_without_overwriting(tmp_path / "a", tmp_path / "b")
    assert standing(tmp_path) == {"a": b"1"}


def test_a_whole_copy_that_the_disk_does_not_confirm_leaves_the_older_one(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "备份.db").write_bytes(b"old")
    monkeypatch.setattr("db.care.whole.sync_folder", failing_at(1))
    with pytest.raises(BackupError, match="原有文件没有改动"):
        whole_copy(world.file, folder / "备份.db", NOW)
    assert standing(folder) == {"备份.db": b"old"}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_an_exchange_that_the_disk_does_not_confirm_is_taken_back(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "台账.db").write_bytes(b"old")
    (tmp_path / "ready").write_bytes(b"new")
    monkeypatch.setattr("db.swap.sync_folder", failing_at(number))
    with pytest.raises(NotSavedError, match="没有改变"):
        exchange(tmp_path / "台账.db", tmp_path / "ready", NOW)
    assert standing(tmp_path) == {"台账.db": b"old", "ready": b"new"}


def test_a_commit_that_the_disk_does_not_confirm_is_told_to_be_uncertain() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_DIR_FSYNC
    told = translated(error, Path("台账.db"))
    assert "不能确定" in told.message
    assert "核对" in told.hint
