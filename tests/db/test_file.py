"""The open sequence: what is opened, what is refused, and that a refusal changes nothing."""

import os
import random
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

import db.connecting
from db.backup_names import folder_of
from db.errors import DamagedError, FileLockedError, FileRefusedError, NotSavedError, ReadOnlyError, TaizhangError
from db.faults import translated
from db.file import LedgerFile, make_file, open_file
from db.lock import lock_path
from db.opening import check_tables
from db.reads.ledgers import ledgers, notices
from db.reads.office import readings_digest
from db.reads.sheet import sheet
from db.steps import APPLICATION_ID, apply_steps, expected_structure, newest, steps
from db.store.notes import add_note
from tests.world import LEDGER, NOW, TODAY, World, copied, dump, rows, tamper


def print_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def opened(path: Path, *, write: bool = True) -> LedgerFile:
    return open_file(path, NOW, write=write)


def refusal(path: Path, kind: type[TaizhangError], code: int) -> TaizhangError:
    """What opening says, for reading and for writing alike; the file keeps every byte."""
    before = print_of(path) if path.is_file() else None
    for write in (True, False):
        with pytest.raises(kind) as caught:
            opened(path, write=write)
        assert caught.value.exit_code == code
        assert caught.value.hint
    if before is not None:
        assert print_of(path) == before
        assert not path.with_name(path.name + "-journal").exists()
    return caught.value


# Making


def test_a_new_file_is_a_ledger_of_the_newest_step(tmp_path: Path) -> None:
    path = tmp_path / "新 台账.db"
    make_file(path)
    with closing(sqlite3.connect(path)) as connection:
        assert pragma(connection, "application_id") == APPLICATION_ID
        assert pragma(connection, "user_version") == newest() == len(steps())
        assert pragma(connection, "journal_mode") == "delete"
        assert pragma(connection, "integrity_check") == "ok"
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("there", ["file", "empty", "folder", "link", "dangling"])
def test_making_never_overwrites_what_bears_the_name(there: str, tmp_path: Path) -> None:
    path, other = tmp_path / "x.db", tmp_path / "other"
    if there == "folder":
        path.mkdir()
    elif there in ("link", "dangling"):
        if there == "link":
            other.write_text("other", encoding="utf-8")
        path.symlink_to(other)
    else:
        path.write_text("" if there == "empty" else "mine", encoding="utf-8")
    before = sorted(item.name for item in tmp_path.iterdir())
    with pytest.raises(FileRefusedError, match="已经存在"):
        make_file(path)
    assert sorted(item.name for item in tmp_path.iterdir()) == before
    if there == "file":
        assert path.read_text(encoding="utf-8") == "mine"
    if there == "link":
        assert other.read_text(encoding="utf-8") == "other"


def test_a_file_that_appears_while_another_is_made_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    real = apply_steps

    def appearing(connection: sqlite3.Connection, version: int) -> None:
        real(connection, version)
        path.write_text("mine", encoding="utf-8")

    monkeypatch.setattr(db.file, "apply_steps", appearing)
    with pytest.raises(FileRefusedError):
        make_file(path)
    assert path.read_text(encoding="utf-8") == "mine"
    assert [item.name for item in tmp_path.iterdir()] == ["x.db"]


def test_where_links_cannot_be_made_the_file_is_renamed_and_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(os, "link", refused)
    path = tmp_path / "x.db"
    make_file(path)
    before = print_of(path)
    with pytest.raises(FileRefusedError, match="已经存在"):
        make_file(path)
    assert print_of(path) == before
    assert [item.name for item in tmp_path.iterdir()] == ["x.db"]


def test_a_making_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.steps.steps", lambda: (*steps(), "CREATE TABLE half (a); CREATE TABLE half (a);"))
    with pytest.raises(NotSavedError):
        make_file(tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_below_a_file_cannot_be_made_and_the_message_says_why(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x", encoding="utf-8")
    for name in ("x/y.db", "x/y/z.db"):
        with pytest.raises(NotSavedError, match="不是文件夹"):
            make_file(tmp_path / name)


def test_file_and_folder_are_for_their_owner_only_whatever_the_umask_says(tmp_path: Path) -> None:
    former = os.umask(0o022)
    try:
        path = tmp_path / "folder" / "x.db"
        make_file(path)
        file = opened(path)
        try:
            writer = file.connect_for_writing()
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("INSERT INTO setting VALUES ('a', 'b')")
            modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()}
            writer.execute("COMMIT")
            writer.close()
        finally:
            file.close()
    finally:
        os.umask(former)
    assert modes == {"x.db": 0o600, "x.db.lock": 0o600, "x.db-journal": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


# Connections


def test_a_writing_connection_has_every_pragma(world: World) -> None:
    with closing(world.file.connect_for_writing()) as connection:
        assert {
            name: pragma(connection, name)
            for name in (
                *("synchronous", "journal_mode", "foreign_keys", "trusted_schema", "recursive_triggers"),
                *("cell_size_check", "mmap_size", "temp_store", "busy_timeout", "query_only"),
            )
        } == {
            "synchronous": 3,
            "journal_mode": "delete",
            "foreign_keys": 1,
            "trusted_schema": 0,
            "recursive_triggers": 1,
            "cell_size_check": 1,
            "mmap_size": 0,
            "temp_store": 2,
            "busy_timeout": 2000,
            "query_only": 0,
        }


def test_the_store_writes_through_such_a_connection_in_one_immediate_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    pragmas: dict[str, object] = {}
    real = LedgerFile.connect_for_writing

    def listening(file: LedgerFile) -> sqlite3.Connection:
        connection = real(file)
        for name in ("synchronous", "foreign_keys", "trusted_schema"):
            pragmas[name] = pragma(connection, name)
        connection.set_trace_callback(said.append)
        return connection

    monkeypatch.setattr(LedgerFile, "connect_for_writing", listening)
    add_note(world.file, world.ledger, world.first("ours"), text="已报", at=NOW)
    assert pragmas == {"synchronous": 3, "foreign_keys": 1, "trusted_schema": 0}
    said = [words for words in said if not words.startswith("PRAGMA")]
    assert (said[0], said[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
    assert sum(words.startswith(("BEGIN", "COMMIT", "ROLLBACK")) for words in said) == 2
    assert any(words.startswith("INSERT INTO history") for words in said)


def test_the_reading_connection_cannot_write(world: World) -> None:
    with world.file.reading() as connection:
        assert (pragma(connection, "trusted_schema"), pragma(connection, "query_only")) == (0, 1)
    with pytest.raises(ReadOnlyError), world.file.reading() as connection:
        connection.execute("INSERT INTO setting VALUES ('a', 'b')")
    assert rows(world.path, "setting", "key = 'a'") == []


def test_a_question_of_several_statements_sees_one_moment(world: World) -> None:
    with closing(sqlite3.connect(world.path, timeout=0, isolation_level=None)) as other:
        with world.file.reading() as connection:
            connection.execute("SELECT count(*) FROM note").fetchall()
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("INSERT INTO note (entry_id, at, text) VALUES (1, 'x', 'x')")
        other.execute("INSERT INTO note (entry_id, at, text) VALUES (1, 'x', 'x')")
    with world.file.reading() as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (1,)


def test_a_question_that_fails_does_not_spoil_the_next(world: World) -> None:
    with pytest.raises(NotSavedError), world.file.reading() as connection:
        connection.execute("SELECT nothing FROM nowhere")
    assert len(ledgers(world.file)) == 1


def test_threads_ask_one_after_another(world: World) -> None:
    found: list[int] = []

    def ask() -> None:
        for _ in range(10):
            found.append(len(sheet(world.file, world.ledger, TODAY).entries))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40
    assert len(set(found)) == 1


def test_after_closing_nothing_is_read_and_closing_again_is_harmless(world: World) -> None:
    world.file.close()
    world.file.close()
    with pytest.raises(TaizhangError):
        ledgers(world.file)


# Which files are refused


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.db", FileRefusedError, 3)
    assert "找不到" in error.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        ("各科室：\n请于12月3日前报送。\n".encode() * 40, "不是台账文件"),
        (b"x", "不是台账程序的文件"),
        (b"\x00" * 8192, "不是台账文件"),
        (b"SQLite format 3\x00", "不是台账文件"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert words in refusal(path, FileRefusedError, 3).message


@pytest.mark.parametrize("application", [0, 1, APPLICATION_ID + 1, -1])
def test_the_database_of_another_program_is_refused(application: int, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mine (a)")
        connection.execute(f"PRAGMA application_id = {application}")
        connection.commit()
    assert "不是台账程序的文件" in refusal(path, FileRefusedError, 3).message


def test_a_file_of_a_newer_program_is_refused(planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    tamper(path, f"PRAGMA user_version = {newest() + 1}")
    assert "更新版本" in refusal(path, FileRefusedError, 3).message


@pytest.mark.parametrize("version", [0, -1])
def test_a_file_whose_version_cannot_be_is_refused(version: int, planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    tamper(path, f"PRAGMA user_version = {version}")
    refusal(path, DamagedError, 4)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER silent AFTER UPDATE ON entry BEGIN DELETE FROM note; END",
        "CREATE VIEW other AS SELECT 1 AS a",
        "CREATE TABLE other (a)",
        "CREATE INDEX other ON entry (status)",
        "DROP TRIGGER history_is_not_deleted",
        "DROP INDEX note_entry",
        "DROP TABLE draft",
        "ALTER TABLE setting ADD COLUMN more TEXT",
    ],
)
def test_a_file_with_another_structure_is_refused_and_the_difference_named(
    sql: str, planted: Path, tmp_path: Path
) -> None:
    path = copied(planted, tmp_path / "x.db")
    tamper(path, sql)
    name = sql.split()[2]
    assert name in refusal(path, DamagedError, 4).message


def test_the_statistics_of_another_tool_are_no_reason_to_refuse(planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    tamper(path, "ANALYZE")
    opened(path).close()


def test_a_damaged_page_is_found_at_opening(planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    page = rows(path, "sqlite_schema", "name = 'responsibility'")[0]["rootpage"]
    with path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xa5" * 4096)
    assert "损坏" in refusal(path, DamagedError, 4).message


ALL_BUT_EVIDENCE = sorted(
    {name for kind, name, _ in expected_structure(newest()) if kind == "table"} - {"piece"}
    | {"sqlite_schema", "sqlite_sequence"}
)


def test_opening_checks_every_table_but_the_bytes_of_the_evidence(planted: Path) -> None:
    said: list[str] = []
    with closing(sqlite3.connect(planted)) as connection:
        connection.set_trace_callback(said.append)
        check_tables(connection, planted)
    checks = [words for words in said if "quick_check" in words]
    assert sorted(checks) == [f'PRAGMA quick_check("{name}")' for name in ALL_BUT_EVIDENCE]


@pytest.mark.parametrize("table", sorted({*ALL_BUT_EVIDENCE} - {"sqlite_schema"}))
def test_a_damaged_page_of_any_table_is_found_at_opening(table: str, planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    (row,) = rows(path, "sqlite_schema", "name = ?", table)
    with path.open("r+b") as stream:
        stream.seek((row["rootpage"] - 1) * 4096)
        stream.write(b"\xa5" * 4096)
    refusal(path, DamagedError, 4)


def test_damaged_evidence_is_left_to_the_check_and_the_rest_opens(planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    (row,) = rows(path, "sqlite_schema", "name = 'piece'")
    with path.open("r+b") as stream:
        stream.seek((row["rootpage"] - 1) * 4096)
        stream.write(b"\xa5" * 4096)
    file = opened(path)
    try:
        assert sheet(file, LEDGER, TODAY).entries
    finally:
        file.close()


def test_as_it_lies_a_damaged_file_opens_and_another_structure_is_still_refused(planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    (row,) = rows(path, "sqlite_schema", "name = 'note'")
    with path.open("r+b") as stream:
        stream.seek((row["rootpage"] - 1) * 4096)
        stream.write(b"\xa5" * 4096)
    open_file(path, NOW, write=False, as_it_lies=True).close()
    tamper(path, "CREATE TABLE other (a)")
    with pytest.raises(DamagedError, match="other"):
        open_file(path, NOW, write=False, as_it_lies=True)


def test_half_a_file_is_damaged(planted: Path, tmp_path: Path) -> None:
    path = copied(planted, tmp_path / "x.db")
    os.truncate(path, path.stat().st_size // 8192 * 4096)
    refusal(path, DamagedError, 4)


OF_THE_LEDGER = "SELECT min(id) FROM task WHERE notice_id = (SELECT notice_id FROM ledger)"


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        (f"UPDATE task SET requirement = CAST(? AS TEXT) WHERE id = ({OF_THE_LEDGER})", b"\xe4\xbd\xff\xfe"),
        (f"UPDATE responsibility SET scope = ? WHERE task_id = ({OF_THE_LEDGER})", "{kinds}"),
        (f"UPDATE responsibility SET scope = ? WHERE task_id = ({OF_THE_LEDGER})", '{"kind":[]}'),
    ],
)
def test_a_damage_that_no_check_sees_is_told_when_it_is_read(
    sql: str, value: object, planted: Path, tmp_path: Path
) -> None:
    path = copied(planted, tmp_path / "x.db")
    tamper(path, sql, value)
    file = opened(path)
    try:
        with pytest.raises(DamagedError, match="损坏") as caught:
            sheet(file, LEDGER, TODAY)
        assert caught.value.exit_code == 4
    finally:
        file.close()


def test_flipped_bits_are_an_error_of_ours_or_harmless(planted: Path, tmp_path: Path) -> None:
    content, path = planted.read_bytes(), tmp_path / "x.db"
    generator = random.Random(20211122)
    refused = 0
    for _ in range(100):
        flipped = bytearray(content)
        for _ in range(generator.choice((1, 1, 8))):
            flipped[generator.randrange(len(flipped))] ^= 1 << generator.randrange(8)
        path.write_bytes(flipped)
        try:
            file = opened(path, write=False)
            try:
                notices(file)
                sheet(file, LEDGER, TODAY)
            finally:
                file.close()
        except (DamagedError, FileRefusedError):
            refused += 1
        assert path.read_bytes() == flipped
    assert 15 < refused < 85


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "不是普通文件" in refusal(tmp_path, FileRefusedError, 3).message


def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    os.mkfifo(path)
    script = (
        "import sys; from pathlib import Path; from tests.world import NOW; from db.file import open_file\n"
        "from db.errors import FileRefusedError\n"
        "try: open_file(Path(sys.argv[1]), NOW, write=True)\n"
        "except FileRefusedError as error: print(error.message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, timeout=20, cwd=Path(__file__).parents[2], check=True
    )
    assert "不是普通文件" in done.stdout.decode()


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.symlink_to(path)
    with pytest.raises(FileRefusedError):
        opened(path)


@pytest.mark.parametrize(
    "name",
    [
        "a?mode=memory&x=1.db",
        "100%41.db",
        "a#b.db",
        "a b  c.db",
        "二〇二一年 台账（终）.db",
        "'a;b'.db",
        "é.db",
        ":memory:",
    ],
)
def test_a_path_is_taken_as_it_is_written(name: str, planted: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    make_file(path)
    opened(path).close()
    copied(planted, tmp_path / "planted.db").replace(path)
    file = opened(path)
    try:
        assert len(notices(file)) == 5
        add_note(file, LEDGER, 1, text="写在这里", at=NOW)
    finally:
        file.close()
    assert {item.name for item in tmp_path.iterdir()} == {name, f"{name}.lock"}
    assert print_of(path) != print_of(planted)


def test_a_path_that_is_no_utf_8_is_opened_all_the_same(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xcc\xa8\xd5\xcb.db"))
    make_file(path)
    opened(path).close()
    assert path.exists()


# One writer


def test_a_second_instance_only_reads_and_is_told_who_writes(world: World) -> None:
    second = opened(world.path)
    try:
        assert second.read_only
        assert "另一个窗口正在使用这本台账" in second.read_only_reason
        assert f"进程 {os.getpid()}" in second.read_only_reason
        assert f"主机 {os.uname().nodename}" in second.read_only_reason
        assert "自 2021-11-22 09:30 起" in second.read_only_reason
        with pytest.raises(ReadOnlyError, match="另一个窗口"):
            add_note(second, world.ledger, world.first("ours"), text="不成", at=NOW)
        add_note(world.file, world.ledger, world.first("ours"), text="成", at=NOW)
        assert [note.text for entry in sheet(second, world.ledger, TODAY).entries for note in entry.notes] == ["成"]
    finally:
        second.close()
    assert len(rows(world.path, "note")) == 1


def test_through_a_link_it_is_the_same_file_with_the_same_lock(world: World, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(world.path)
    second = opened(link)
    try:
        assert second.read_only
        assert len(ledgers(second)) == 1
    finally:
        second.close()
    world.file.close()
    second = opened(link)
    try:
        assert not second.read_only
        assert second.path == world.path.resolve()
    finally:
        second.close()
    assert not lock_path(link).exists()


def test_closing_gives_the_lock_to_the_next(world: World) -> None:
    world.file.close()
    second = opened(world.path)
    assert not second.read_only
    second.close()


def test_a_reader_asks_for_no_lock_and_leaves_it_to_a_writer(world: World) -> None:
    world.file.close()
    lock_path(world.path).unlink()
    reader = opened(world.path, write=False)
    try:
        assert reader.read_only_reason == "本命令只读取台账。"
        assert not lock_path(world.path).exists()
        writer = opened(world.path)
        assert not writer.read_only
        writer.close()
    finally:
        reader.close()


def in_a_child(work: Callable[[], None]) -> int:
    """Runs `work` in a forked child; its exit status as waitpid tells it."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def test_kill_9_frees_the_lock(world: World) -> None:
    world.file.close()

    def hold_and_die() -> None:
        held = opened(world.path)
        assert not held.read_only
        os.kill(os.getpid(), 9)

    assert os.WTERMSIG(in_a_child(hold_and_die)) == 9
    world.file = opened(world.path)
    assert not world.file.read_only


def test_a_lock_that_cannot_say_who_holds_it_is_a_lock_all_the_same(world: World) -> None:
    lock_path(world.path).write_bytes(b"\xff{not json")
    second = opened(world.path)
    try:
        assert second.read_only_reason == "另一个窗口正在使用这本台账。"
    finally:
        second.close()


def test_where_the_holder_cannot_be_written_down_the_lock_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.file.close()

    def full(*_: object) -> int:
        raise OSError(28, "disk full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        world.file = opened(world.path)
    assert not world.file.read_only
    second = opened(world.path)
    assert second.read_only
    second.close()


def test_without_locks_of_the_file_system_the_file_opens(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.file.close()

    def unsupported(*_: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr("fcntl.flock", unsupported)
    world.file = opened(world.path)
    assert not world.file.read_only


def test_a_change_that_meets_another_programs_transaction_is_refused_and_can_be_repeated(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        db.connecting, "WRITE_PRAGMAS", tuple(words.replace("=2000", "=50") for words in db.connecting.WRITE_PRAGMAS)
    )
    entry = world.first("ours")
    before = world.dump()
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileLockedError, match="正被另一个程序占用"):
            add_note(world.file, world.ledger, entry, text="等", at=NOW)
        other.execute("ROLLBACK")
    assert world.dump() == before
    add_note(world.file, world.ledger, entry, text="等到了", at=NOW)
    assert [note["text"] for note in rows(world.path, "note")] == ["等到了"]


def test_a_file_that_was_swapped_behind_our_back_is_not_written_to(world: World, planted: Path, tmp_path: Path) -> None:
    entry = world.first("ours")
    copied(planted, tmp_path / "synced.db").replace(world.path)
    before = world.dump()
    with pytest.raises(NotSavedError, match="换成另一个文件"):
        add_note(world.file, world.ledger, entry, text="写进了谁", at=NOW)
    assert world.dump() == before


def test_a_file_that_is_gone_is_not_made_anew_by_a_change(world: World) -> None:
    entry = world.first("ours")
    world.path.unlink()
    with pytest.raises(NotSavedError):
        add_note(world.file, world.ledger, entry, text="写到哪里", at=NOW)
    assert not world.path.exists()


# A medium that cannot be written

NOBODY = 65534


def as_nobody(folder: Path, work: Callable[[], None]) -> None:
    """Runs `work` as somebody else: what files and folder let others do counts.

    Root may write everywhere whatever the modes say, so there the child becomes another user; any other user gets the
    rights of others on its own files for the while.
    """
    if os.getuid() == 0:
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and parent not in (Path("/"), Path("/tmp")):
                parent.chmod(parent.stat().st_mode | 0o055)

        def as_other() -> None:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            work()

        assert in_a_child(as_other) == 0
        return
    for item in folder.iterdir():
        item.chmod((item.stat().st_mode & 0o007) << 6)
    folder.chmod(0o500)
    try:
        assert in_a_child(work) == 0
    finally:
        folder.chmod(0o700)
        for item in folder.iterdir():
            item.chmod(0o600)


@pytest.mark.parametrize("locked_before", [False, True])
def test_a_medium_that_cannot_be_written_opens_for_reading_and_says_so(locked_before: bool, world: World) -> None:
    world.file.close()
    if not locked_before:
        lock_path(world.path).unlink()
    world.path.chmod(0o644)
    before = print_of(world.path)

    def work() -> None:
        file = opened(world.path)
        assert file.read_only
        assert "没有权限" in file.read_only_reason
        assert len(sheet(file, LEDGER, TODAY).entries) > 10
        with pytest.raises(ReadOnlyError, match="只读"):
            add_note(file, LEDGER, 1, text="不成", at=NOW)
        file.close()

    as_nobody(world.path.parent, work)
    assert print_of(world.path) == before


def test_a_folder_that_cannot_be_written_means_read_only_though_file_and_lock_could_be(world: World) -> None:
    world.file.close()
    world.path.chmod(0o666)
    lock_path(world.path).chmod(0o666)

    def work() -> None:
        file = opened(world.path)
        assert "写入权限" in file.read_only_reason
        file.close()

    as_nobody(world.path.parent, work)


def test_a_file_that_cannot_be_read_is_refused(world: World) -> None:
    world.file.close()
    world.path.chmod(0o600)

    def work() -> None:
        with pytest.raises(TaizhangError) as caught:
            opened(world.path)
        assert caught.value.exit_code == 3

    as_nobody(world.path.parent, work)


# After a crash


def leave_hot_journal(path: Path) -> None:
    """A writer that is killed while half of its change stands in the file already."""

    def die_writing() -> None:
        connection = opened(path).connect_for_writing()
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE entry SET status = 'in_progress'")
        connection.execute("UPDATE task SET requirement = '坏' || requirement")
        for _ in range(200):
            connection.execute("INSERT INTO note (entry_id, at, text) VALUES (1, 'x', ?)", ("坏" * 3000,))
        os.kill(os.getpid(), 9)

    assert os.WTERMSIG(in_a_child(die_writing)) == 9
    assert path.with_name(path.name + "-journal").stat().st_size > 4096


@pytest.mark.parametrize("write", [True, False])
def test_opening_rolls_a_hot_journal_back(write: bool, world: World) -> None:
    world.file.close()
    before = world.dump()
    size = world.path.stat().st_size
    leave_hot_journal(world.path)
    assert world.path.stat().st_size > size
    file = opened(world.path, write=write)
    try:
        assert len(sheet(file, LEDGER, TODAY).entries) > 10
    finally:
        file.close()
    assert not world.path.with_name(world.path.name + "-journal").exists()
    assert world.dump() == before


def test_a_reader_that_was_open_rolls_it_back_too(world: World) -> None:
    world.file.close()
    reader = opened(world.path, write=False)
    try:
        before = sheet(reader, LEDGER, TODAY)
        leave_hot_journal(world.path)
        assert sheet(reader, LEDGER, TODAY) == before
    finally:
        reader.close()


def test_a_hot_journal_where_nothing_can_be_written_is_told_as_what_it_is(world: World) -> None:
    world.file.close()
    leave_hot_journal(world.path)
    for item in world.path.parent.iterdir():
        item.chmod(0o644)

    def work() -> None:
        with pytest.raises(TaizhangError) as caught:
            opened(world.path, write=False)
        assert caught.value.exit_code == 3
        assert "没有正常结束" in caught.value.message

    as_nobody(world.path.parent, work)


# Steps

NOW_AT = newest()
"""The schema step of this program."""
FURTHER = "ALTER TABLE note ADD COLUMN colour TEXT; CREATE TABLE colour (name TEXT NOT NULL) STRICT;"


@pytest.fixture
def next_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A program that is one schema step further."""

    def install(sql: str) -> None:
        further = (*steps(), sql)
        monkeypatch.setattr("db.steps.steps", lambda: further)

    return install


def copies_of(path: Path) -> list[Path]:
    """The copies that were made of it before a schema step."""
    return sorted(folder_of(path).glob("*-升级前*.db"))


def test_an_older_file_is_brought_up_after_a_copy_was_made(world: World, next_step: Callable[[str], None]) -> None:
    add_note(world.file, world.ledger, world.first("ours"), text="旧版记事", at=NOW)
    world.file.close()
    before = world.dump()
    next_step(FURTHER)
    world.file = opened(world.path)
    assert not world.file.read_only
    (copy,) = copies_of(world.path)
    head = before["history"][-1]
    assert copy.name == f"台账-20211122-093000-{head['seq']:06d}-{head['hash'][:16]}-升级前.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert dump(copy) == before
    assert rows(copy, "pragma_user_version") == [{"user_version": NOW_AT}]
    assert rows(world.path, "pragma_user_version") == [{"user_version": NOW_AT + 1}]
    assert rows(world.path, "note")[0] | {"colour": None} == rows(world.path, "note")[0]
    assert rows(world.path, "note")[0]["text"] == "旧版记事"
    assert readings_digest(world.file) == before["setting"][0]["value"]


def test_the_copy_opens_in_the_older_program(world: World, next_step: Callable[[str], None], tmp_path: Path) -> None:
    world.file.close()
    former = newest()
    next_step(FURTHER)
    opened(world.path).close()
    (kept,) = copies_of(world.path)
    copy = copied(kept, tmp_path / "旧版.db")
    assert rows(copy, "pragma_user_version") == [{"user_version": former}]
    opened(copy).close()  # and in the newer one, which brings it up as well
    assert rows(copy, "pragma_user_version") == [{"user_version": former + 1}]


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE note ADD COLUMN colour TEXT; UPDATE entry SET status = 'late';",
        "DELETE FROM place; CREATE TABLE note (a);",
        "CREATE TABLE colour (name TEXT) STRICT; SELECT nothing FROM nowhere;",
        "no sql at all",
    ],
)
def test_a_step_that_fails_leaves_version_and_content(sql: str, world: World, next_step: Callable[[str], None]) -> None:
    world.file.close()
    before, schema = world.dump(), rows(world.path, "sqlite_schema")
    next_step(sql)
    with pytest.raises(TaizhangError) as caught:
        opened(world.path)
    assert caught.value.exit_code == 3
    assert world.dump() == before
    assert rows(world.path, "sqlite_schema") == schema
    assert rows(world.path, "pragma_user_version") == [{"user_version": NOW_AT}]
    assert len(copies_of(world.path)) == 1
    assert not world.path.with_name(world.path.name + "-journal").exists()


def test_no_step_is_taken_where_the_copy_cannot_be_made(world: World, next_step: Callable[[str], None]) -> None:
    world.file.close()
    occupied = folder_of(world.path)
    occupied.write_text("mine", encoding="utf-8")
    next_step(FURTHER)
    before = print_of(world.path)
    with pytest.raises(NotSavedError, match=r"升级前要先把台账备份到 .*应当是放备份的文件夹，现在却是文件") as caught:
        opened(world.path)
    assert "台账没有改变" in caught.value.hint
    assert print_of(world.path) == before
    assert occupied.read_text(encoding="utf-8") == "mine"
    opened_later = lock_path(world.path)
    assert opened_later.exists()


def test_a_damaged_older_file_is_not_brought_up(world: World, next_step: Callable[[str], None]) -> None:
    world.file.close()
    tamper(world.path, "CREATE TRIGGER silent AFTER UPDATE ON entry BEGIN DELETE FROM note; END")
    next_step(FURTHER)
    before = print_of(world.path)
    with pytest.raises(DamagedError, match="silent"):
        opened(world.path)
    assert print_of(world.path) == before
    assert copies_of(world.path) == []


@pytest.mark.parametrize("write", [True, False])
def test_an_older_file_that_may_not_be_written_is_not_opened(
    write: bool, world: World, next_step: Callable[[str], None]
) -> None:
    before = print_of(world.path)
    next_step(FURTHER)
    with pytest.raises(FileLockedError, match="升级"):
        opened(world.path, write=write)
    assert print_of(world.path) == before


def test_an_open_that_fails_gives_the_lock_back(world: World, next_step: Callable[[str], None]) -> None:
    world.file.close()
    shutil.copy(world.path, world.path.with_name("kept"))
    next_step("no sql at all")
    with pytest.raises(TaizhangError):
        opened(world.path)
    next_step("-- nothing to change")
    later = NOW.replace(second=1)
    file = open_file(world.path, later, write=True)
    assert not file.read_only
    file.close()


def test_reading_waits_longer_than_writing_and_says_that_it_is_reading(world: World) -> None:
    with world.file.reading() as connection:
        assert pragma(connection, "busy_timeout") == 5000
        connection.execute("PRAGMA busy_timeout=0")
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileLockedError, match="现在读不出来：台账正在写入（附佐证或另一个窗口）") as caught:
            world.entries()
        other.execute("ROLLBACK")
    assert caught.value.hint == "请稍候再试。"
    assert world.entries()


def test_a_file_that_is_being_written_when_it_is_opened_is_not_said_to_be_unsaved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.connecting.sqlite3, "connect", partial(sqlite3.connect, timeout=0))
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileLockedError, match="现在读不出来"):
            open_file(world.path, NOW, write=False)


@pytest.mark.parametrize(
    ("name", "owned"),
    [
        ("台账.db", True),
        ("台账.db-journal", True),
        ("台账.db-wal", True),
        ("台账.db-shm", True),
        ("台账.db.lock", True),
        ("./台账.db-wal", True),
        ("folder/../台账.db-wal", True),
        ("link/台账.db-wal", True),
        ("folder/台账.db-wal", False),
        ("missing/台账.db-wal", False),
        ("台账.db-journal2", False),
        ("台账.db.lock.xlsx", False),
        ("台账.xlsx", False),
        ("a.db-journal", False),
    ],
)
def test_the_names_that_sqlite_and_the_lock_need_are_the_ledgers_before_anything_bears_them(
    name: str, owned: bool, world: World
) -> None:
    folder = world.path.parent
    (folder / "folder").mkdir()
    (folder / "link").symlink_to(folder, target_is_directory=True)
    world.path.with_name("台账.db.lock").unlink()
    assert world.file.owns_path(folder / name) is owned


def test_a_relative_name_counts_from_the_working_folder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.path.parent)
    assert world.file.owns_path(Path("台账.db-journal"))
    monkeypatch.chdir("/")
    assert not world.file.owns_path(Path("台账.db-journal"))


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR]
)
def test_what_sqlite_says_in_english_is_not_read_to_the_clerk(code: int) -> None:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = code
    told = translated(error, Path("/台账"))
    assert re.findall("[a-z]+", f"{told.message}{told.hint}".replace("taizhang", "")) == []
    assert "/台账" in told.message
