"""A copy without the evidence's bytes: all else to the byte, of one moment, verified before it bears its name."""

import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

import db.connecting
import db.copying
from db.backup_names import BackupName, name_of, parsed, stem_of
from db.chain import Head
from db.connecting import open_reader
from db.copying import copy_without_pieces, write_copy
from db.errors import BackupError
from db.steps import newest
from db.store.notes import add_note
from db.temporaries import remove_temporaries, temporary
from tests.db.older import at_step
from tests.db.store.samples import attached
from tests.world import NOW, World, later, rows, tamper

ODD = "一行\n\t𠮷\u202e‮[/]'; DROP TABLE note; --\u3000"


@pytest.fixture
def worked(world: World) -> World:
    """A file with evidence, a draft, rows that are gone (AUTOINCREMENT has counted on) and text of every kind."""
    entry = world.ours(1)[0]
    add_note(world.file, world.ledger, entry, text=ODD, at=NOW)
    attached(world, entry=entry)
    world.file.close()
    tamper(world.path, "INSERT INTO draft VALUES (1, 'note', 1, ?, '2021')", "x" * 30_000)
    tamper(world.path, "DELETE FROM day_off WHERE day < '2010'")
    return world


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "备份"
    made.mkdir()
    return made


def copied_into(folder: Path, path: Path) -> Path:
    with closing(open_reader(path)) as reader:
        return copy_without_pieces(reader, folder, lambda head, turn: name_of(path, NOW, head, "自动", turn))


def all_of(path: Path) -> dict[str, object]:
    """Schema, marks and every row, but those of `piece`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = bytes
        made = set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall())
        tables = sorted(name.decode() for kind, name, *_ in made if kind == b"table" and name != b"piece")
        found: dict[str, object] = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
        for mark in ("application_id", "user_version", "page_size", "encoding"):
            found[mark] = connection.execute(f"PRAGMA {mark}").fetchone()
        return found | {"schema": made}


def test_everything_but_the_pieces_is_copied_to_the_byte(worked: World, folder: Path) -> None:
    before = sha256(worked.path.read_bytes()).digest()
    copy = copied_into(folder, worked.path)
    assert all_of(copy) == all_of(worked.path)
    assert rows(worked.path, "piece")
    assert rows(copy, "content")
    assert rows(copy, "piece") == []
    assert rows(copy, "pragma_integrity_check") == [{"integrity_check": "ok"}]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert sha256(worked.path.read_bytes()).digest() == before
    assert os.listdir(folder) == [copy.name]


@pytest.mark.parametrize("step", range(1, newest()))
def test_a_file_of_every_older_step_is_copied_as_it_is(step: int, worked: World, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "older").mkdir()
    older = at_step(step, worked.path, tmp_path / "older" / "台账.db")
    copy = copied_into(folder, older)
    assert all_of(copy) == all_of(older)
    told = parsed(copy.name)
    number = rows(older, "history", "1 ORDER BY seq DESC LIMIT 1")[0]["seq"]
    assert told == BackupName("台账", NOW, number, f"{number:06d}-{'0' * 16}", "自动")


def test_the_reader_is_left_as_it_was(worked: World, folder: Path) -> None:
    with closing(open_reader(worked.path)) as reader:
        copy_without_pieces(reader, folder, lambda head, turn: "a.db")
        assert not reader.in_transaction
        assert [name for _, name, _ in reader.execute("PRAGMA database_list").fetchall()] == ["main"]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("DELETE FROM note")
        add = "UPDATE place SET search = 'x'"
        tamper(worked.path, add)  # no lock is left


def test_a_second_copy_of_the_same_second_gets_a_name_of_its_own(worked: World, folder: Path) -> None:
    names = [copied_into(folder, worked.path).name for _ in range(3)]
    assert [parsed(name).turn for name in names] == [1, 2, 3]  # type: ignore[union-attr]
    assert len(os.listdir(folder)) == 3


NO_HASH = "UPDATE copy.history SET hash = NULL WHERE seq = (SELECT max(seq) FROM copy.history)"
SPOILT = {
    "a row less": ("DELETE FROM copy.note", "行数不同"),
    "a row more": ("INSERT INTO copy.setting VALUES ('x', 'y')", "行数不同"),
    "another head": (
        "UPDATE copy.history SET hash = NULL WHERE seq = (SELECT max(seq) FROM copy.history)",
        "流水校验码",
    ),
    "another schema": ("CREATE TABLE copy.colour (name TEXT)", "结构不同"),
}


@pytest.mark.parametrize(("sql", "words"), SPOILT.values(), ids=SPOILT)
def test_a_copy_that_is_unlike_its_source_is_not_kept(
    sql: str, words: str, worked: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = db.copying._copy_rows

    def spoilt(reader: sqlite3.Connection) -> tuple[Head, dict[str, int]]:
        found = honest(reader)
        reader.execute(sql)
        return found

    monkeypatch.setattr("db.copying._copy_rows", spoilt)
    with pytest.raises(BackupError, match=words):
        copied_into(folder, worked.path)
    assert os.listdir(folder) == []


def test_a_source_that_breaks_its_own_rules_is_copied_as_it_is(worked: World, folder: Path) -> None:
    with closing(sqlite3.connect(worked.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE entry SET status = 'late' WHERE id = 1")
    assert all_of(copied_into(folder, worked.path)) == all_of(worked.path)


def test_a_source_whose_pages_are_damaged_is_told(worked: World, folder: Path) -> None:
    (page,) = {row["rootpage"] for row in rows(worked.path, "sqlite_schema", "name = 'task'")}
    with worked.path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 4096)
    with pytest.raises(BackupError, match="读不出的内容") as caught:
        copied_into(folder, worked.path)
    assert "--check" in caught.value.hint
    assert os.listdir(folder) == []


def test_a_disk_without_room_is_refused_before_anything_is_written(
    worked: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.statvfs(folder)
    monkeypatch.setattr("db.copying.temporary", lambda folder: pytest.fail("something was written"))
    # The order of os.statvfs_result: bsize, frsize, blocks, bfree, bavail, …
    full = os.statvfs_result((1, 1, 1 << 40, 1 << 30, 3 << 20, *tuple(real)[5:10]))
    monkeypatch.setattr("os.statvfs", lambda _: full)
    with pytest.raises(BackupError, match=r"磁盘空间不够：需要约 \d+ MB，只剩 3 MB。"):
        copied_into(folder, worked.path)


def test_a_share_that_does_not_know_its_size_is_written_to(
    worked: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = os.statvfs_result((1, 1, 0, 0, 0, *tuple(os.statvfs(folder))[5:10]))
    monkeypatch.setattr("os.statvfs", lambda _: unknown)
    assert copied_into(folder, worked.path).exists()


def test_a_disk_that_fills_up_meanwhile_is_told_and_leaves_nothing(
    worked: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = db.connecting.open_writer

    def narrow(path: Path) -> sqlite3.Connection:
        connection = honest(path)
        connection.execute("PRAGMA max_page_count = 8")
        return connection

    monkeypatch.setattr("db.connecting.open_writer", narrow)
    with pytest.raises(BackupError, match="磁盘已满"):
        copied_into(folder, worked.path)
    assert os.listdir(folder) == []


def test_a_file_that_is_being_written_is_told(worked: World, folder: Path) -> None:
    other = sqlite3.connect(worked.path, isolation_level=None)
    with closing(open_reader(worked.path)) as reader, closing(other):
        reader.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BackupError, match="正在写入"):
            copy_without_pieces(reader, folder, lambda head, turn: "a.db")
    assert os.listdir(folder) == []


# Plain copies


def test_a_plain_copy_never_replaces_what_is_there_unless_it_is_meant_to(folder: Path) -> None:
    target = folder / "a"
    write_copy(target, iter([b"1", b"2"]))
    with pytest.raises(FileExistsError):
        write_copy(target, iter([b"other"]))
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"12", 0o400)
    write_copy(target, iter([b"other"]), over=True)
    assert target.read_bytes() == b"other"
    assert os.listdir(folder) == ["a"]


def test_a_plain_copy_whose_source_breaks_off_leaves_nothing(folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise BackupError("断了")

    with pytest.raises(BackupError, match="断了"):
        write_copy(folder / "a", broken())
    assert os.listdir(folder) == []


def test_a_disk_that_gives_back_something_else_is_found_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.copying.read_pieces", lambda path: iter([b"halg"]))
    with pytest.raises(BackupError, match="读回来不一样"):
        write_copy(folder / "a", iter([b"half"]))
    assert os.listdir(folder) == []


# Temporary files


def test_what_a_killed_backup_left_is_removed_and_nothing_else(folder: Path) -> None:
    left = (".taizhang-backup-0123456789ab", ".taizhang-backup-0123456789ab.lock", ".taizhang-backup-00000000000a.lock")
    others = (".taizhang-backup-0123456789AB", ".taizhang-backup-0123456789abc", "taizhang-backup-0123456789ab", "a.db")
    for name in (*left, ".taizhang-backup-0123456789ab-journal", *others):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / ".taizhang-backup-ffffffffffff").symlink_to(folder / "a.db")
    with temporary(folder) as running:
        remove_temporaries(folder)
        assert running.exists()
    assert sorted(os.listdir(folder)) == sorted((*others, ".taizhang-backup-ffffffffffff"))


# Names


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("台账.db", "台账"),
        ("a.b.db", "a.b"),
        ("无后缀", "无后缀"),
        ("账" * 80 + ".db", "账" * 50),
        ("x" * 240 + ".db", "x" * 150),
        ("换\n行.db", "换\n行"),
        ("\udcff\udcfe.db", "\udcff\udcfe"),
        ("-自动.db", "-自动"),
    ],
)
def test_a_name_says_what_it_was_made_of_and_fits_a_file_name(path: str, stem: str) -> None:
    head = Head(123, "1a2b3c4d5e6f7a8b" + "0" * 48)
    assert stem_of(Path(path)) == stem
    for why in ("自动", "升级前", "导入前", "年终", "恢复前", "修复前"):
        for turn in (1, 2, 10, 999):
            name = name_of(Path(path), later(1), head, why, turn)
            assert len(os.fsencode(name)) <= 255
            assert parsed(name) == BackupName(stem, later(1), 123, "000123-1a2b3c4d5e6f7a8b", why, turn)


def test_the_name_is_the_one_that_was_agreed() -> None:
    head = Head(1_234_567, "1a2b3c4d5e6f7a8b" + "0" * 48)
    assert name_of(Path("/x/台账.db"), NOW, head, "自动") == "台账-20211122-093000-1234567-1a2b3c4d5e6f7a8b-自动.db"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "台账.db",
        "台账-20211122-093000-000123-1a2b3c4d5e6f7a8b-手动.db",
        "台账-20211122-093000-000123-1a2b3c4d5e6f7a8b-自动",
        "台账-20211122-093000-000123-1a2b3c4d5e6f7a8b-自动.db.旧",
        "台账-20211122-093000-000123-1a2b3c4d5e6f7a8B-自动.db",
        "台账-20211122-093000-00123-1a2b3c4d5e6f7a8b-自动.db",
        "台账-20210230-093000-000123-1a2b3c4d5e6f7a8b-自动.db",
        "台账-20211122-253000-000123-1a2b3c4d5e6f7a8b-自动.db",
        "台账-20211122-093000-000123-1a2b3c4d5e6f7a8b-自动-1.db",
        "-20211122-093000-000123-1a2b3c4d5e6f7a8b-自动.db",
    ],
)
def test_what_is_no_backups_name_says_nothing(name: str) -> None:
    assert parsed(name) is None


def test_the_live_file_is_never_opened_as_a_plain_file(
    worked: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    honest = os.open

    def watched(path: str | Path, flags: int, mode: int = 0o777, **more: int) -> int:
        opened.append(os.fspath(path))
        return honest(path, flags, mode, **more)

    monkeypatch.setattr("os.open", watched)
    copied_into(folder, worked.path)
    assert [path for path in opened if re.search(r"taizhang-backup", path)]
    assert str(worked.path) not in opened
