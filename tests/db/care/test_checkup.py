"""体检: what is around the file, its backups and when it is due; a well kept file has no findings."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

import db.care.surroundings
from db.backup_names import CONTENTS, folder_of
from db.care.backups import back_up
from db.care.checkup import Checkup, checkup, checkup_at, is_due
from db.chain import append
from db.errors import CancelledError, FileRefusedError
from db.lock import is_held
from db.seen import all_seen, remember, remember_head
from db.store.notes import add_note
from db.store.settings import set_second_place
from tests.db.store.samples import Paper, attached
from tests.world import NOW, World, copied, later, tamper

DAY: Final = timedelta(days=1)


def found(world: World, at: datetime = NOW, heads: Path | None = None) -> Checkup:
    return checkup(world.file, at, heads=heads, here=world.path.parent / "here")


def told(world: World, at: datetime = NOW, heads: Path | None = None) -> list[tuple[str, str]]:
    """Area and words of what is to be looked after, each with what to do."""
    findings = found(world, at, heads).findings
    assert all(finding.hint for finding in findings)
    assert {finding.level for finding in findings} <= {"warning"}
    return [(finding.area, finding.words) for finding in findings]


@pytest.fixture
def kept(world: World) -> World:
    """An attached photograph and a note, backed up."""
    entry = world.ours(1)[0]
    attached(world, Paper("照片.jpg", b"x" * 3000), entry=entry)
    add_note(world.file, world.ledger, entry, text="办", at=NOW)
    assert back_up(world.file, later(1), "自动").failures == ()
    return world


def test_a_new_file_is_well_and_so_is_one_with_a_day_s_work(world: World) -> None:
    assert told(world) == []
    assert told(world, NOW + 400 * DAY) == []
    add_note(world.file, world.ledger, world.ours(1)[0], text="办", at=NOW)
    assert told(world, NOW + DAY) == []
    ((area, words),) = told(world, NOW + DAY + timedelta(minutes=1))
    assert area == "backups"
    assert "2021-11-22 以来办理的内容还没有可用的备份" in words


def test_a_backup_may_be_a_week_old_and_any_age_where_nothing_was_done_since(kept: World) -> None:
    assert told(kept, NOW + 300 * DAY) == []
    add_note(kept.file, kept.ledger, kept.ours(1)[0], text="又办", at=NOW + DAY)
    assert told(kept, NOW + 7 * DAY) == []
    ((area, words),) = told(kept, NOW + 8 * DAY)
    assert area == "backups"
    assert "最近一份可用的备份是 2021-11-22 的" in words


def test_a_backup_that_is_damaged_is_told_and_does_not_count(kept: World) -> None:
    (backup,) = folder_of(kept.path).glob("*.db")
    backup.chmod(0o600)
    tamper(backup, "UPDATE note SET text = '改过'")
    tamper(backup, "UPDATE deadline SET month = 1 WHERE month = 12")
    words = [line for _, line in told(kept, NOW + 2 * DAY)]
    assert [line for line in words if f"备份 {backup.name} 用不了" in line]
    assert [line for line in words if "还没有可用的备份" in line]


def test_a_backup_that_the_file_does_not_continue_is_told_unless_the_file_was_restored_since(
    world: World, tmp_path: Path
) -> None:
    older, entry = copied(world.path, tmp_path / "更早.db"), world.ours(1)[0]
    add_note(world.file, world.ledger, entry, text="办", at=NOW)
    back_up(world.file, later(1), "自动")
    world.file.close()
    os.replace(older, world.path)
    world.reopen()
    for minute in range(2, 4):
        add_note(world.file, world.ledger, entry, text="另办", at=later(minute))
    ((area, words),) = told(world)
    assert (area, "接不上" in words) == ("backups", True)
    with closing(world.file.connect_for_writing()) as connection:
        append(connection, at=later(5).isoformat(), step="restore", subject="file:restore", after="{}")
    assert told(world) == []


def test_contents_beside_a_backup_are_compared_by_their_hash(kept: World) -> None:
    (content,) = (folder_of(kept.path) / CONTENTS).iterdir()
    content.chmod(0o600)
    content.write_bytes(b"x" * 2999 + b"y")
    ((area, words),) = told(kept)
    assert (area, content.name[:12] in words) == ("backups", True)
    content.unlink()
    assert told(kept) == [(area, words)]


def test_the_second_place_is_told_where_it_cannot_be_reached(kept: World, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(kept.file, str(stick), at=later(2))
    assert told(kept) == []
    stick.rmdir()
    ((area, words),) = told(kept)
    assert (area, str(stick) in words) == ("backups", True)


def _modes(world: World) -> None:
    world.path.chmod(0o644)


def _open_folder(world: World) -> None:
    world.path.parent.chmod(0o777)


def _link(world: World) -> None:
    os.link(world.path, world.path.with_name("另一个名称.db"))


def _wal(world: World) -> None:
    world.path.with_name(world.path.name + "-wal").touch()


def _leftover(world: World) -> None:
    made = world.path.with_name(f".{world.path.name}.new-77")
    made.touch()
    os.utime(made, (NOW.timestamp() - 90_000,) * 2)


AROUND: Final[list[tuple[Callable[[World], None], str, str]]] = [
    (_modes, "file", "权限 644"),
    (_open_folder, "file", "谁都能写"),
    (_link, "file", "2 个硬链接"),
    (_wal, "journal", "台账.db-wal"),
    (_leftover, "leftovers", ".台账.db.new-77"),
]


@pytest.mark.parametrize(("change", "area", "words"), AROUND, ids=[case[1] + case[2] for case in AROUND])
def test_what_is_around_the_file_is_told(change: Callable[[World], None], area: str, words: str, world: World) -> None:
    if area == "journal":
        world.file.close()
    change(world)
    try:
        looked = checkup_at(world.path, NOW)
    finally:
        world.path.parent.chmod(0o700)
    assert looked.verdict == "warnings"
    (finding,) = looked.findings
    assert (finding.area, words in finding.words) == (area, True)


def test_a_journal_of_another_file_is_told_and_the_own_one_of_a_window_is_not(world: World) -> None:
    journal = world.path.with_name(world.path.name + "-journal")
    journal.touch()
    assert is_held(world.path)
    assert told(world) == []
    world.file.close()
    assert not is_held(world.path)
    journal.touch()
    (finding,) = checkup_at(world.path, NOW).findings
    assert (finding.area, finding.level) == ("journal", "warning")


def test_a_disk_that_is_nearly_full_or_may_lose_writes_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.care.surroundings, "LEAST_FREE", 1 << 62)
    monkeypatch.setattr(db.care.surroundings, "risky_disk", lambda _: "cifs")
    (full, risky) = told(world)
    assert "只剩" in full[1]
    assert "cifs" in risky[1]


def test_a_clock_behind_the_history_is_told(world: World) -> None:
    add_note(world.file, world.ledger, world.ours(1)[0], text="办", at=later(60))
    ((area, words),) = told(world)
    assert area == "clock"
    assert "2021-11-22 09:30" in words
    assert told(world, later(56)) == []


def test_a_file_older_than_what_this_machine_saw_is_told_with_the_stamp(world: World, tmp_path: Path) -> None:
    heads, older = tmp_path / "heads.json", copied(world.path, tmp_path / "更早.db")
    add_note(world.file, world.ledger, world.ours(1)[0], text="办", at=NOW)
    remember_head(world.file, heads, NOW.isoformat())
    assert told(world, heads=heads) == []
    stamp = world.file.head().stamp
    world.file.close()
    os.replace(older, world.path)
    looked = checkup_at(world.path, NOW, heads=heads)
    assert [(finding.area, stamp in finding.words) for finding in looked.findings] == [("seen", True)]
    assert all_seen(heads)[0].checked_at is None


def test_a_check_of_a_known_file_is_remembered_and_one_of_a_copy_or_a_damaged_file_is_not(
    world: World, tmp_path: Path
) -> None:
    heads = tmp_path / "heads.json"
    copy = copied(world.path, tmp_path / "拷贝.db")
    remember_head(world.file, heads, NOW.isoformat())
    checkup_at(copy, NOW, heads=heads)
    assert [seen.checked_at for seen in all_seen(heads)] == [None]
    checkup_at(world.path, NOW, heads=heads)
    assert [seen.checked_at for seen in all_seen(heads)] == [NOW.isoformat(timespec="seconds")]
    remember(heads, replace(all_seen(heads)[0], checked_at=None))
    tamper(world.path, "UPDATE ledger SET officer = '乙'")
    assert checkup_at(world.path, NOW, heads=heads).verdict == "damage"
    assert [seen.checked_at for seen in all_seen(heads)] == [None]


@pytest.mark.parametrize(
    ("checked_at", "due"),
    [
        (None, True),
        (NOW.isoformat(), False),
        ((NOW - 7 * DAY + timedelta(seconds=1)).isoformat(), False),
        ((NOW - 7 * DAY).isoformat(), True),
        ((NOW + DAY).isoformat(), True),
        ("不是时间", True),
        ("2021-11-22T09:30:00", True),
    ],
)
def test_a_full_check_is_due_after_a_week_and_where_that_cannot_be_told(checked_at: str | None, due: bool) -> None:
    assert is_due(checked_at, NOW) is due


def test_what_progress_raises_ends_the_checkup(kept: World) -> None:
    def stop(done: int, total: int) -> None:
        raise CancelledError("已取消。")

    with pytest.raises(CancelledError):
        checkup(kept.file, NOW, progress=stop)
    heard: list[tuple[int, int]] = []
    checkup(kept.file, NOW, progress=lambda *each: heard.append(each))
    assert heard == [(3000, 3000), (3000, 3000)]


def test_a_journal_of_another_file_that_was_rolled_back_into_this_one_is_named(
    world: World, small: Path, tmp_path: Path
) -> None:
    other = copied(small, tmp_path / "另一本.db")
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE task SET requirement = requirement || hex(zeroblob(9000))")
        shutil.copy(f"{other}-journal", f"{world.path}-journal")
        connection.execute("ROLLBACK")
    world.file.close()
    with pytest.raises(FileRefusedError, match="另一个文件没写完的日志"):
        checkup_at(world.path, NOW)
    # Another tool has no such question, and SQLite rolls it back.
    with closing(sqlite3.connect(world.path)) as connection:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
    looked = checkup_at(world.path, NOW)
    assert not world.path.with_name(world.path.name + "-journal").exists()
    assert looked.verdict == "damage"
