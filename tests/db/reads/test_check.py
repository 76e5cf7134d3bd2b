"""--check: a whole file says so; every kind of damage is found and named by what it concerns; nothing is changed."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import perf_counter, sleep

import pytest

import db.connecting
import db.file
import db.reads.check_pages
from db.errors import CancelledError
from db.file import open_file
from db.reads.check import Checked, check
from db.rules.evidence import PIECE
from db.steps import APPLICATION_ID, steps
from db.store.evidence import detach
from db.store.notes import add_note
from tests.db.store.samples import Paper, attached, linked, publications
from tests.db.test_file import as_nobody, print_of
from tests.world import NOW, World, rows, tamper

PHOTO = Paper("照片.jpg", os.urandom(2 * PIECE + 100))
DIGEST = sha256(PHOTO.payload).hexdigest()
SIZE = PHOTO.size


def checked(path: Path) -> Checked:
    """As --check opens the file; it keeps every byte."""
    before = print_of(path)
    file = open_file(path, NOW, write=False, as_it_lies=True)
    try:
        found = check(file)
    finally:
        file.close()
    assert print_of(path) == before
    return found


@pytest.fixture
def photo(world: World) -> World:
    """A world with one photograph of three pieces."""
    attached(world, PHOTO, entry=world.ours(1)[0])
    return world


# Whole


def test_a_file_without_evidence_is_whole(world: World) -> None:
    assert checked(world.path) == Checked(0, 0, ())


def test_evidence_is_counted_by_its_content_and_links_have_none(photo: World) -> None:
    one, two = photo.ours(2)
    (published,) = publications(photo, two, "公告")
    attached(photo, Paper("同一张.jpg", PHOTO.payload), Paper("另一张.jpg", b"x"), entry=two)
    attached(photo, PHOTO, publication=published)
    linked(photo, entry=one)
    assert checked(photo.path) == Checked(2, SIZE + 1, ())


def test_pages_of_no_table_and_a_page_used_twice_are_told(photo: World) -> None:
    by("UPDATE piece SET bytes = zeroblob(1) WHERE n < 2")(photo.path)
    with photo.path.open("r+b") as stream:
        stream.seek(32)
        first = int.from_bytes(stream.read(4), "big")
        stream.seek(32)
        stream.write((0).to_bytes(8, "big"))
    lost = [words for words in checked(photo.path).problems if "never used" in words]
    assert lost
    # The list of free pages begins at one that a table uses: what is written next would be written over it.
    with photo.path.open("r+b") as stream:
        stream.seek(32)
        stream.write(b"".join(number.to_bytes(4, "big") for number in (3, 1)))
    assert first > 3
    assert [words for words in checked(photo.path).problems if "2nd reference to page 3" in words]


def test_a_big_file_that_a_window_has_open_is_walked_through_once_the_window_is_closed(
    photo: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.reads.check_pages, "WHOLE_AT_MOST", 0)
    (remark,) = checked(photo.path).remarks
    assert "关闭窗口后再体检" in remark
    photo.file.close()
    assert checked(photo.path).remarks == ()


def test_what_was_detached_is_read_too_and_is_a_remark(photo: World) -> None:
    (row,) = rows(photo.path, "evidence")
    detach(photo.file, photo.ledger, [row["id"]], at=NOW)
    found = checked(photo.path)
    assert (found.files, found.bytes, found.problems) == (1, SIZE, ())
    (remark,) = found.remarks
    assert "1 份" in remark
    tamper(photo.path, "UPDATE content SET size = size + 1")
    (problem,) = checked(photo.path).problems
    assert "已移除" in problem


def test_progress_is_told_every_piece_up_to_the_whole(photo: World) -> None:
    attached(photo, Paper("小.jpg", b"x"), entry=photo.ours(1)[0])
    told: list[tuple[int, int]] = []
    check(photo.file, lambda done, total: told.append((done, total)))
    assert len(told) == 4
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert {total for _, total in told} == {SIZE + 1}
    assert told[-1] == (SIZE + 1, SIZE + 1)


def test_what_progress_raises_ends_the_check(photo: World) -> None:
    def stop(done: int, total: int) -> None:
        raise CancelledError("已取消。")

    with pytest.raises(CancelledError):
        check(photo.file, stop)
    assert check(photo.file).problems == ()


def test_another_window_may_write_between_two_pieces(photo: World) -> None:
    entry, reader = photo.ours(1)[0], open_file(photo.path, NOW, write=False, as_it_lies=True)
    try:
        found = check(reader, lambda done, total: void(add_note(photo.file, photo.ledger, entry, text="办", at=NOW)))
    finally:
        reader.close()
    assert found.problems == ()
    assert len(rows(photo.path, "note")) == 3


def void(_: object) -> None:
    return None


def test_a_file_of_an_older_program_is_checked_as_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(steps()[0])
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    assert checked(path) == Checked(0, 0, ())
    assert [item.name for item in tmp_path.iterdir()] == ["x.db"]
    tamper(path, "INSERT INTO note (entry_id, at, text) VALUES (99, 'x', 'x')")
    assert "note" in checked(path).problems[0]


def test_where_nothing_can_be_written_it_works_all_the_same(photo: World) -> None:
    photo.file.close()
    for path in photo.path.parent.iterdir():
        path.chmod(0o644)

    def work() -> None:
        with pytest.raises(OSError, match="denied"):
            photo.path.open("ab").close()
        assert checked(photo.path) == Checked(1, SIZE, ())

    as_nobody(photo.path.parent, work)


# Damaged


def flipped(path: Path) -> None:
    """One bit of the photograph, on the disk itself."""
    at = path.read_bytes().find(PHOTO.payload[PIECE + 5000 : PIECE + 5100])
    assert at > 0
    with path.open("r+b") as stream:
        stream.seek(at)
        stream.write(bytes([PHOTO.payload[PIECE + 5000] ^ 1]))


def by(*statements: str) -> Callable[[Path], None]:
    """Changes made by a connection that checks neither references nor conditions."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for sql in statements:
                connection.execute(sql)

    return change


def without_index(index: str, *statements: str) -> Callable[[Path], None]:
    """Changes that an index does not follow."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            row = connection.execute("SELECT * FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("DELETE FROM sqlite_schema WHERE name = ?", (index,))
        by(*statements)(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row)

    return change


def page_of(table: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        (row,) = rows(path, "sqlite_schema", "name = ?", table)
        with path.open("r+b") as stream:
            stream.seek((row["rootpage"] - 1) * 4096)
            stream.write(b"\xa5" * 4096)

    return change


MOVE = "UPDATE piece SET n = {1} WHERE n = {0}"
NOTE = "INSERT INTO note (entry_id, at, text) VALUES (1, 'x', 'x')"
ADD = "INSERT INTO piece (sha256, n, bytes) SELECT sha256, {n}, zeroblob({size}) FROM content"

LOOSE = (
    "UPDATE sqlite_schema SET sql = replace(sql, 'BLOB', 'ANY ') WHERE name = 'piece'",
    "PRAGMA writable_schema = RESET",
    "UPDATE piece SET bytes = 1048576 WHERE n = 1",
    "PRAGMA writable_schema = 1",
    "UPDATE sqlite_schema SET sql = replace(sql, 'ANY ', 'BLOB') WHERE name = 'piece'",
)
"""A number where the bytes should be, as a flipped bit in a row's head makes it."""


def piece_without_index(path: Path) -> None:
    """A page of the index as it was before the last content came."""
    (row,) = rows(path, "sqlite_schema", "name = 'sqlite_autoindex_piece_1'")
    at = (row["rootpage"] - 1) * 4096
    with path.open("r+b") as stream:
        stream.seek(at)
        page = bytearray(stream.read(4096))
        assert page[0] == 10
        # One cell fewer: the last pointer of the leaf is no more counted.
        page[3:5] = (int.from_bytes(page[3:5], "big") - 1).to_bytes(2, "big")
        stream.seek(at)
        stream.write(page)


DAMAGES: list[tuple[str, Callable[[Path], None], tuple[str, ...]]] = [
    ("a flipped bit", flipped, ("照片.jpg", DIGEST[:12], "SHA-256 不符")),
    ("a piece of zeros", by(f"UPDATE piece SET bytes = zeroblob({PIECE}) WHERE n = 0"), ("照片.jpg", "不符")),
    ("two pieces exchanged", by(*map(MOVE.format, (0, 1, 9), (9, 0, 1))), ("照片.jpg", "不符")),
    ("the first piece missing", by("DELETE FROM piece WHERE n = 0"), ("照片.jpg", "共 3 段，缺第 1 段")),
    ("the last piece missing", by("DELETE FROM piece WHERE n = 2"), ("照片.jpg", "共 3 段，缺第 3 段")),
    ("all pieces missing", by("DELETE FROM piece"), ("照片.jpg", "共 3 段，缺第 1、2、3 段")),
    ("an absurd size", by("UPDATE content SET size = 1 << 43"), ("共 8388608 段，缺第 4、5、6 段等 8388605 段",)),
    ("the most absurd size", by("UPDATE content SET size = (1 << 62) + 1"), ("照片.jpg", "缺第 4、5、6 段等")),
    ("a piece before the first", by(ADD.format(n=-1, size=1)), ("照片.jpg", "却有第 0 段")),
    ("bytes that are a number", by("PRAGMA writable_schema = 1", *LOOSE), ("照片.jpg", "第 2 段长度不对")),
    ("an index of the pieces without a row", piece_without_index, ("piece", "索引")),
    ("a piece too many", by(ADD.format(n=3, size=1)), ("照片.jpg", "3 段，却有第 4 段")),
    ("a piece far behind", by(ADD.format(n=900, size=1)), ("照片.jpg", "却有第 901 段")),
    ("a hole in the numbering", by(MOVE.format(1, 3)), ("照片.jpg", "缺第 2 段", "却有第 4 段")),
    ("one byte fewer registered", by("UPDATE content SET size = size - 1"), ("照片.jpg", "第 3 段长度不对")),
    ("one byte more registered", by("UPDATE content SET size = size + 1"), ("照片.jpg", "第 3 段长度不对")),
    ("a piece too short", by(f"UPDATE piece SET bytes = zeroblob({PIECE - 1}) WHERE n = 0"), ("第 1 段长度不对",)),
    ("an empty last piece", by("UPDATE piece SET bytes = x'' WHERE n = 2"), ("照片.jpg", "第 3 段长度不对")),
    ("a size of nothing", by("UPDATE content SET size = 0"), ("照片.jpg", "0 字节、0 段，却有第")),
    ("no content", by("DELETE FROM piece", "DELETE FROM content"), ("照片.jpg", "没有内容", DIGEST[:12])),
    ("pieces of no content", by("UPDATE content SET sha256 = 'x' || substr(sha256, 2)"), ("piece", "content")),
    ("a note of no entry", by("INSERT INTO note (entry_id, at, text) VALUES (9999, 'x', 'x')"), ("note", "entry")),
    ("evidence of no ledger", by("UPDATE evidence SET ledger_id = 77"), ("evidence", "ledger")),
    (
        "an index with a row that is gone",
        without_index("evidence_sha256", "DELETE FROM evidence"),
        ("evidence_sha256",),
    ),
    ("an index without a row", without_index("note_entry", NOTE), ("note", "note_entry")),
    ("a condition broken", by("UPDATE evidence SET name = ''"), ("evidence", "CHECK")),
    ("the pieces' root page", page_of("piece"), ("照片.jpg", "表 piece")),
    ("the contents' root page", page_of("content"), ("佐证目录", "表 content")),
    ("the notes' root page", page_of("note"), ("表 note",)),
    ("the tasks' root page", page_of("task"), ("表 task",)),
]


@pytest.mark.parametrize(("change", "words"), [case[1:] for case in DAMAGES], ids=[case[0] for case in DAMAGES])
def test_every_kind_of_damage_is_found_and_named(
    change: Callable[[Path], None], words: tuple[str, ...], photo: World
) -> None:
    photo.file.close()
    change(photo.path)
    problems = checked(photo.path).problems
    assert problems
    assert [word for word in words if word not in "\n".join(problems)] == []


def test_a_damaged_content_does_not_hide_the_others(photo: World) -> None:
    other = Paper("截图.png", b"y" * 3000)
    attached(photo, other, Paper("好的.png", b"z" * 3000), entry=photo.ours(1)[0])
    photo.file.close()
    tamper(photo.path, "UPDATE piece SET bytes = zeroblob(3000) WHERE bytes = ?", other.payload)
    flipped(photo.path)
    found = checked(photo.path)
    assert found.files == 3
    assert len(found.problems) == 2
    assert [name for name in ("照片.jpg", "截图.png") if name not in "".join(found.problems)] == []
    assert "好的.png" not in "".join(found.problems)


def test_a_content_is_named_by_the_first_names_that_it_has(photo: World) -> None:
    for number, entry in enumerate(photo.ours(5), 1):
        attached(photo, Paper(f"第 {number} 份.jpg", PHOTO.payload), entry=entry) if number > 1 else None
    photo.file.close()
    flipped(photo.path)
    (problem,) = checked(photo.path).problems
    assert "“照片.jpg”、“第 2 份.jpg”、“第 3 份.jpg” 等 5 处" in problem


def test_only_what_was_read_counts_as_compared(photo: World) -> None:
    attached(photo, Paper("截图.png", b"y" * 3000), entry=photo.ours(1)[0])
    photo.file.close()
    by("DELETE FROM piece WHERE n = 1")(photo.path)
    found = checked(photo.path)
    assert (found.files, found.bytes, found.unread) == (1, 3000, 1)
    by("DELETE FROM piece", "DELETE FROM content")(photo.path)
    found = checked(photo.path)
    assert (found.files, found.bytes, found.unread) == (0, 0, 2)


def test_progress_promises_no_more_than_there_is_to_read(photo: World) -> None:
    attached(photo, Paper("截图.png", b"y" * 3000), entry=photo.ours(1)[0])
    by(f"UPDATE content SET size = 1 << 62 WHERE sha256 = '{DIGEST}'")(photo.path)
    told: list[tuple[int, int]] = []
    check(photo.file, lambda done, total: told.append((done, total)))
    assert told == [(3000, 3000)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (flipped, "再附一次"),
        (by("DELETE FROM piece"), "再附一次"),
        (by("DELETE FROM piece", "DELETE FROM content"), "再附一次"),
        (by("UPDATE content SET size = 1 << 62"), "再附一次"),
        (page_of("piece"), "不要继续使用"),
        (by("DELETE FROM piece", NOTE.replace("1, 'x'", "9999, 'x'")), "不要继续使用"),
        (by("DELETE FROM piece", "UPDATE evidence SET name = 'x'"), "可以修复"),
    ],
)
def test_what_to_do_is_to_attach_again_where_that_mends_everything(
    change: Callable[[Path], None], words: str, photo: World
) -> None:
    photo.file.close()
    change(photo.path)
    found = checked(photo.path)
    assert found.problems
    assert [each for each in ("再附一次", "不要继续使用", "可以修复") if each in found.hint] == [words]
    again = words == "再附一次"
    photo.reopen() if again else None
    if again:
        attached(photo, PHOTO, entry=photo.ours(1)[0])
        assert checked(photo.path) == Checked(1, SIZE, ())


# Beside a screen


def test_a_long_check_keeps_nobody_from_reading_or_saving(photo: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is made so slow that the whole file takes longer than a writer waits."""
    monkeypatch.setattr(db.reads.check_pages, "WHOLE_AT_MOST", 0)
    attached(photo, Paper("录像.mp4", os.urandom(12 * PIECE)), entry=photo.ours(1)[0])
    real = db.file.open_reader
    asked: list[str] = []

    def slow(path: Path) -> sqlite3.Connection:
        connection = real(path)
        connection.set_trace_callback(asked.append)
        connection.set_progress_handler(lambda: sleep(0.0015), 100)
        return connection

    short = [pragma.replace("=2000", "=500") for pragma in db.connecting.WRITE_PRAGMAS]
    monkeypatch.setattr(db.connecting, "WRITE_PRAGMAS", short)
    entry = photo.ours(1)[0]
    monkeypatch.setattr(db.file, "open_reader", slow)
    file = open_file(photo.path, NOW, write=False, as_it_lies=True)
    found: list[Checked] = []
    thread = threading.Thread(target=lambda: found.append(check(file)))
    thread.start()
    saved, longest = 0, 0.0
    try:
        while thread.is_alive():
            add_note(photo.file, photo.ledger, entry, text="办", at=NOW)
            begun = perf_counter()
            with file.reading() as connection:
                connection.execute("SELECT 1").fetchall()
            longest = max(longest, perf_counter() - begun)
            saved += 1
    finally:
        thread.join()
        file.close()
    assert found[0].problems == ()
    # What cannot be slowed down from here: the bytes of the evidence are not walked through in one statement.
    assert 'PRAGMA integrity_check("note")' in asked
    assert not {"PRAGMA integrity_check", 'PRAGMA integrity_check("piece")'} & set(asked)
    assert saved > 1
    assert longest < 0.5
