"""--backup FILE: whole, checked, private; what stood there stays, and no name of the ledger itself is taken."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.care.whole import whole_copy
from db.errors import BackupError, CancelledError, DamagedError, FileRefusedError
from db.file import make_file, open_file
from db.reads.check import check
from db.store.notes import add_note
from tests.db.store.samples import Paper, attached
from tests.world import NOW, World, dump, tamper


@pytest.fixture
def worked(world: World) -> World:
    attached(world, Paper("甲.pdf", b"a" * 1_200_000), entry=world.ours(1)[0])
    return world


def test_a_whole_copy_holds_everything_and_opens_as_a_ledger(worked: World, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    target = tmp_path / "整份 50%?.db"
    whole = whole_copy(worked.file, target, NOW, lambda done, total: told.append((done, total)))
    assert (whole.path, whole.kept_as, whole.bytes) == (target, None, target.stat().st_size)
    assert whole.head == worked.file.head()
    assert dump(target) == worked.dump()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert told[-1][0] == told[-1][1]
    assert sorted(done for done, _ in told) == [done for done, _ in told]
    copy = open_file(target, NOW, write=True)
    assert check(copy).problems == ()
    copy.close()


def test_what_stood_there_is_kept_under_a_name_of_its_own(worked: World, tmp_path: Path) -> None:
    target = tmp_path / "整份.db"
    target.write_text("first", encoding="utf-8")
    first = whole_copy(worked.file, target, NOW).kept_as
    second = whole_copy(worked.file, target, NOW).kept_as
    assert first == tmp_path / "整份.旧-20211122-093000.db"
    assert first.read_text(encoding="utf-8") == "first"
    assert second == tmp_path / "整份.旧-20211122-093000-2.db"
    assert dump(second) == dump(target) == worked.dump()


def test_no_name_of_the_ledger_is_taken_and_nothing_but_a_file_replaced(worked: World, tmp_path: Path) -> None:
    before = worked.dump()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(worked.path)
    os.link(worked.path, tmp_path / "second name.db")
    refused = {
        worked.path: "台账文件自己的文件名",
        worked.path.with_name("台账.db-journal"): "台账文件自己的文件名",
        worked.path.with_name("台账.db.lock"): "台账文件自己的文件名",
        tmp_path / "link": "台账文件自己的文件名",
        tmp_path / "second name.db": "台账文件自己的文件名",
        tmp_path / "folder": "这是一个文件夹",
        tmp_path / "pipe": "这不是普通文件",
        tmp_path / "missing" / "a.db": "文件夹不存在",
        tmp_path / "a\0b.db": "不能使用的字符",
        tmp_path / ("账" * 100 + ".db"): "文件名太长",
    }
    for target, words in refused.items():
        with pytest.raises(BackupError, match=words) as caught:
            whole_copy(worked.file, target, NOW)
        assert caught.value.message.startswith("没有另存到 ")
        assert caught.value.hint
    assert worked.dump() == before
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".taizhang")]


DAMAGES: dict[str, tuple[str, str]] = {
    "evidence": ("UPDATE piece SET bytes = x'78' WHERE n = 1", "佐证"),
    "a time limit": ("UPDATE deadline SET month = 3 WHERE id = (SELECT max(id) FROM deadline WHERE month = 12)", ""),
}


@pytest.mark.parametrize(("sql", "words"), DAMAGES.values(), ids=DAMAGES)
def test_a_copy_of_what_is_damaged_is_not_kept_unless_it_is_wanted_as_it_lies(
    sql: str, words: str, worked: World, tmp_path: Path
) -> None:
    tamper(worked.path, sql)
    target = tmp_path / "整份.db"
    target.write_text("first", encoding="utf-8")
    with pytest.raises(DamagedError, match=f"没有通过检查：.*{words}"):
        whole_copy(worked.file, target, NOW)
    assert target.read_text(encoding="utf-8") == "first"
    assert len(os.listdir(tmp_path)) == len({"台账.db", "台账.db.lock", "整份.db"})
    assert whole_copy(worked.file, target, NOW, as_it_lies=True).head == worked.file.head()
    assert dump(target) == worked.dump()


def test_who_cancels_and_a_full_disk_leave_what_stood_there(
    worked: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "整份.db"
    target.write_text("first", encoding="utf-8")

    def stop(done: int, total: int) -> None:
        raise CancelledError("已停止。")

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(CancelledError):
        whole_copy(worked.file, target, NOW, stop)
    monkeypatch.setattr("db.care.whole.sync_file", full)
    with pytest.raises(BackupError, match="磁盘已满"):
        whole_copy(worked.file, target, NOW)
    assert sorted(os.listdir(tmp_path)) == ["台账.db", "台账.db.lock", "整份.db"]
    assert target.read_text(encoding="utf-8") == "first"


def test_a_rename_that_fails_leaves_what_stood_there(
    worked: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "整份.db"
    target.write_text("first", encoding="utf-8")

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", broken)
        with pytest.raises(BackupError, match="磁盘读写出错"):
            whole_copy(worked.file, target, NOW)
    assert sorted(os.listdir(tmp_path)) == ["台账.db", "台账.db.lock", "整份.db"]
    assert target.read_text(encoding="utf-8") == "first"


def test_a_ledger_that_is_written_again_and_again_is_copied_all_the_same(
    worked: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.care.whole._PAGES", 20)
    turns = []

    def write(done: int, total: int) -> None:
        if len(turns) < 200 and done < total // 3:
            turns.append(done)
            with closing(sqlite3.connect(worked.path, isolation_level=None, timeout=0)) as other:
                other.execute("PRAGMA journal_mode = DELETE")
                other.execute("CREATE TABLE IF NOT EXISTS temp.x (a)")
                other.execute("UPDATE content SET size = size")

    whole_copy(worked.file, tmp_path / "整份.db", NOW, write)
    assert len(turns) > 3
    assert dump(tmp_path / "整份.db") == worked.dump()


def test_the_clerk_can_write_while_a_copy_is_made(worked: World, tmp_path: Path) -> None:
    written: list[Callable[[], object]] = []

    def write(done: int, total: int) -> None:
        if not written:
            written.append(write)
            add_note(worked.file, worked.ledger, worked.ours(1)[0], text="与此同时", at=NOW)

    whole_copy(worked.file, tmp_path / "整份.db", NOW, write)
    assert written
    assert [row["text"] for row in worked.dump("note")["note"]] == ["与此同时"]


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_nothing_is_made_beside_a_journal_that_would_be_rolled_into_it(
    worked: World, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / "另存.db"
    journal = target.with_name(target.name + suffix)
    journal.write_bytes(b"of a file that was here before")
    with pytest.raises(BackupError, match="没写完的日志"):
        whole_copy(worked.file, target, NOW)
    with pytest.raises(FileRefusedError, match="没写完的日志"):
        make_file(target)
    assert not target.exists()
    journal.unlink()
    whole_copy(worked.file, target, NOW)
    make_file(tmp_path / "新.db")
