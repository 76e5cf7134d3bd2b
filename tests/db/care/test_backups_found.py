"""Which backups there are, whether they are whole, and where they lie; told without the ledger where it must be."""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.backup_names import folder_of
from db.care.backups import back_up
from db.care.counts import Counts
from db.care.disks import risky_disk
from db.care.finding import Backup, backups_of, given, known_second_place, verified
from db.care.whole import whole_copy
from db.errors import DamagedError, FileRefusedError, TaizhangError
from db.store.entries import settle
from db.store.notes import add_note
from db.store.settings import set_second_place
from tests.db.older import at_step
from tests.db.store.samples import attached, publications
from tests.world import NOW, TODAY, YESTERDAY, World, dump, later, rows, tamper

IDENTITY = "0" * 32


def made(world: World, minutes: int = 0, why: Any = "自动") -> Backup:
    """A backup beside, as it is found."""
    (path, *_) = back_up(world.file, later(minutes), why).paths
    return next(each for each in backups_of(world.path, None, None) if each.path == path)


def test_backups_are_found_newest_first_by_their_names_alone(world: World) -> None:
    first = made(world)
    add_note(world.file, world.ledger, world.ours(1)[0], text="后来", at=NOW)
    second = made(world, 30, "导入前")
    folder = folder_of(world.path)
    for name in (
        "说明.txt",
        ".taizhang-backup-0123456789ab",
        "台账-20211122-093000-000001-0000000000000000-自动.db.旧",
    ):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "台账-20301122-093000-000001-0000000000000000-自动.db").symlink_to(first.path)
    (folder / "台账-20301122-093000-000002-0000000000000000-自动.db").mkdir()
    (folder / "台账-20301122-093000-000003-0000000000000000-自动.db").touch()
    os.mkfifo(folder / "台账-20301122-093000-000004-0000000000000000-自动.db")
    assert backups_of(world.path, None, None) == (second, first)
    assert (second.at, second.why, second.place, second.whole) == (later(30), "导入前", "beside", False)
    assert (second.seq, second.stamp) == (world.file.head().seq, world.file.head().stamp)
    assert (second.counts, second.identity, second.problem) == (None, None, None)


def test_backups_are_found_while_the_ledger_is_gone_or_damaged(world: World, tmp_path: Path) -> None:
    away = tmp_path / "U盘"
    away.mkdir()
    set_second_place(world.file, str(away), at=NOW)
    back_up(world.file, NOW, "自动")
    world.file.close()
    world.path.write_bytes(b"")
    assert known_second_place(world.path, None) == away
    assert [each.place for each in backups_of(world.path, away, None)] == ["beside", "second"]
    world.path.unlink()
    assert [each.place for each in backups_of(world.path, away, tmp_path / "missing")] == ["beside", "second"]
    assert backups_of(world.path, None, None, IDENTITY), "those beside are told by the folder"
    assert [each.place for each in backups_of(world.path, away, None, IDENTITY)] == ["beside"]


def test_nothing_is_found_where_nothing_is_or_the_folder_is_a_link(world: World, tmp_path: Path) -> None:
    assert backups_of(world.path, tmp_path / "missing", tmp_path / "missing") == ()
    assert known_second_place(world.path, None) is None
    made(world)
    folder_of(world.path).rename(tmp_path / "elsewhere")
    folder_of(world.path).symlink_to(tmp_path / "elsewhere")
    assert backups_of(world.path, None, None) == ()


def test_what_of_this_machine_is_of_another_file_is_left_out(world: World, tmp_path: Path) -> None:
    found = made(world)
    here = tmp_path / "here"
    for folder, name in ((world.file.identity[:8], found.path.name), ("ffffffff", found.path.name.replace("台", "总"))):
        (here / folder).mkdir(parents=True)
        os.link(found.path, here / folder / name)
    assert [each.path.name for each in backups_of(world.path, None, here)] == [found.path.name] * 2
    assert [each.place for each in backups_of(world.path, None, here)] == ["beside", "here"]
    assert len(backups_of(world.path, None, here, world.file.identity)) == 2
    assert len(backups_of(world.path, None, here, IDENTITY)) == 1


def test_a_backup_that_was_opened_tells_what_it_holds(world: World) -> None:
    one, two, *_ = world.ours(3)
    add_note(world.file, world.ledger, one, text="已联系", at=NOW)
    settle(world.file, world.ledger, [one, two], done_on=YESTERDAY, today=TODAY, what_was_done="已公开", at=NOW)
    publications(world, one, "甲", "乙")
    attached(world, entry=one)
    looked = verified(made(world), world.file.identity)
    assert looked.counts == Counts(5, 1, len(rows(world.path, "entry")), 2, 1, 2, 1)
    assert (looked.identity, looked.whole, looked.problem) == (world.file.identity, False, None)


def test_a_backup_of_a_ledger_without_evidence_is_whole(world: World) -> None:
    assert verified(made(world)).whole


def spoil(path: Path, position: int, with_bytes: bytes) -> None:
    path.chmod(0o600)
    with path.open("r+b") as stream:
        stream.seek(position)
        stream.write(with_bytes)


def test_what_is_wrong_with_a_backup_is_said(world: World) -> None:
    add_note(world.file, world.ledger, world.ours(1)[0], text="独一无二的话", at=NOW)
    found = made(world)
    whole = found.path.read_bytes()

    def problem(spoilt: bytes, identity: str | None = None) -> str:
        found.path.chmod(0o600)
        found.path.write_bytes(spoilt)
        looked = verified(found, identity)
        assert looked.path == found.path
        return looked.problem or ""

    assert problem(whole) == ""
    assert problem(whole, IDENTITY) == "是另一本台账的备份。"
    assert "空文件" in problem(b"")
    assert "不是台账文件" in problem(b"x" * 5_000)
    assert "已损坏" in problem(whole[: len(whole) // 2])
    flipped = whole.replace("独一无二的话".encode(), "独一无三的话".encode())
    assert flipped != whole
    assert "办理流水有 1 处接不上" in problem(flipped)
    requirement = rows(world.path, "task")[3]["requirement"]
    assert problem(whole.replace(requirement.encode(), requirement.replace("。", "，").encode()))
    assert "流水校验码" in (verified(Backup(**_fields(found), stamp="000001-0000000000000000")).problem or "")
    found.path.unlink()
    assert "找不到备份" in (verified(found).problem or "")
    os.mkfifo(found.path)
    assert "不是普通文件" in (verified(found).problem or "")


def _fields(backup: Backup) -> dict[str, Any]:
    names = ("path", "at", "seq", "why", "whole", "place")
    backup.path.chmod(0o600)
    return {name: getattr(backup, name) for name in names}


def test_every_flipped_bit_that_changes_what_is_read_is_found(world: World) -> None:
    """Forty bits, far apart: SQLite's own check would miss most of those that change a word."""
    for text in ("已联系办公室", "材料已收齐", "等待回复"):
        add_note(world.file, world.ledger, world.ours(1)[0], text=text * 20, at=NOW)
    found = made(world)
    whole, missed, changed = found.path.read_bytes(), [], 0
    honest = dump(found.path)
    for number in range(40):
        place = (number * 7_919 + 13_000) % len(whole)
        spoil(found.path, place, bytes([whole[place] ^ 1 << number % 8]))
        try:
            is_other = dump(found.path) != honest
        except sqlite3.Error:
            is_other = True
        changed += is_other
        if is_other and verified(found).problem is None:
            missed.append(place)
        spoil(found.path, place, whole[place : place + 1])
    assert missed == []
    assert changed > 10
    assert verified(found).problem is None


def test_a_backup_of_an_older_step_is_told_as_it_is(world: World, tmp_path: Path) -> None:
    add_note(world.file, world.ledger, world.ours(1)[0], text="旧版", at=NOW)
    world.file.close()
    (tmp_path / "older").mkdir()
    older = given(at_step(1, world.path, tmp_path / "older" / "台账.db"))
    assert (older.place, older.why, older.identity, older.problem) == ("given", "整份", "", None)
    assert older.counts == Counts(5, 1, len(rows(world.path, "entry")), 0, 1, 0, 0)
    assert older.stamp == f"{older.seq:06d}-{'0' * 16}"


def test_a_file_that_the_clerk_names_is_taken_as_what_it_is(world: World, tmp_path: Path) -> None:
    attached(world, entry=world.ours(1)[0])
    beside, copy = made(world), tmp_path / "整份.db"
    whole_copy(world.file, copy, NOW)
    os.utime(copy, (NOW.timestamp(), NOW.timestamp()))
    assert (given(copy).whole, given(copy).why, given(copy).at, given(copy).stamp) == (True, "整份", NOW, beside.stamp)
    moved = tmp_path / beside.path.name
    os.link(beside.path, moved)
    assert (given(moved).whole, given(moved).why, given(moved).at) == (False, "自动", NOW)
    assert list(tmp_path.glob("整份.db?*")) == []


def test_a_named_file_that_is_no_backup_is_refused(world: World, tmp_path: Path) -> None:
    cases: dict[str, type[TaizhangError]] = {"无.db": FileRefusedError, "文字.db": FileRefusedError}
    (tmp_path / "文字.db").write_text("这不是数据库，只是一段文字" * 50, encoding="utf-8")
    copy = tmp_path / "坏.db"
    whole_copy(world.file, copy, NOW)
    tamper(copy, "UPDATE task SET requirement = 'x' WHERE id = 1")
    (tmp_path / "链接.db").symlink_to(copy)
    cases |= {"坏.db": DamagedError, "链接.db": FileRefusedError, ".": FileRefusedError}
    for name, kind in cases.items():
        with pytest.raises(kind) as caught:
            given(tmp_path / name)
        assert caught.value.message
        assert caught.value.hint


# Disks

MOUNTS = rb"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /media/\345\215\225\344\275\215 rw,nosuid shared:9 master:2 - cifs //server/x rw
31 22 8:17 / /media/U\040disk rw - vfat /dev/sdb1 rw
32 31 8:18 / /media/U\040disk/inner rw - ext4 /dev/sdb2 rw
33 22 0:40 / /mnt/over rw - ext4 /dev/sdc1 rw
34 33 0:41 / /mnt/over rw - fuse.sshfs x rw
broken line
35 22 0:42 / /n rw - nfs4 server:/ rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/clerk/台账.db", None),
        ("/media/单位/台账.db", "cifs"),
        ("/media/单位", "cifs"),
        ("/media/单位二/台账.db", None),
        ("/media/U disk/台账.db", "vfat"),
        ("/media/U disk/inner/台账.db", None),
        ("/mnt/over/台账.db", "fuse.sshfs"),
        ("/n/台账.db", "nfs4"),
        ("/nfs/台账.db", None),
    ],
)
def test_a_share_and_a_stick_are_told_from_the_systems_own_list(path: str, kind: str | None, tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes(MOUNTS)
    assert risky_disk(Path(path), mounts) == kind
    assert risky_disk(Path(path), tmp_path / "missing") is None


def test_backups_of_a_clock_that_was_set_back_keep_their_order_by_the_moment(world: World) -> None:
    first = made(world)
    add_note(world.file, world.ledger, world.ours(1)[0], text="后来", at=NOW)
    second = made(world, -60 * 24)
    assert [each.path for each in backups_of(world.path, None, None)] == [first.path, second.path]
    assert second.at == NOW - timedelta(days=1)
