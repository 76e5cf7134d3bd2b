"""Looking at a file to attach: what fits, what is refused in which words, and that looking never waits nor opens."""

import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from unicodedata import normalize

import pytest

from db.errors import InvalidInputError
from db.intake.evidence_source import FileSource, look
from db.intake.file_names import NAMELESS, decoded, kept_name
from db.lock import lock_path
from db.rules.evidence import MEGABYTE, PIECE, Source
from tests.db.test_file import as_nobody
from tests.world import World

LIMIT = 4 * MEGABYTE


def nobody_s(_: os.stat_result) -> bool:
    return False


def looked(path: Path, limit: int = LIMIT) -> FileSource:
    return look(path, limit=limit, own=nobody_s)


def within_a_second(work: Callable[[], object]) -> InvalidInputError:
    """What `work` refuses; a thread that still waits after a second is a failure, not a stuck test."""
    caught: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except InvalidInputError as error:
            caught.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(1)
    assert not thread.is_alive()
    (error,) = caught
    assert isinstance(error, InvalidInputError)
    assert error.hint
    return error


def made(path: Path, content: bytes = b"%PDF-1.7") -> Path:
    path.write_bytes(content)
    return path


# What fits


def test_a_regular_file_is_told_by_name_size_and_time(tmp_path: Path) -> None:
    path = made(tmp_path / "关于 公开.pdf", b"x" * 1000)
    os.utime(path, ns=(0, 1_637_544_600_000_000_000))
    source: Source = looked(path)
    assert (source.name, source.size, source.modified_at) == ("关于 公开.pdf", 1000, "2021-11-22T09:30:00+08:00")
    assert b"".join(source.pieces()) == b"x" * 1000
    found = looked(path)
    assert (found.path, found.link, found.changes) == (path, None, ())


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_the_pieces_are_a_mib_each_and_the_last_is_the_rest(size: int, tmp_path: Path) -> None:
    content = os.urandom(size)
    pieces = list(looked(made(tmp_path / "x.bin", content)).pieces())
    assert b"".join(pieces) == content
    assert [len(piece) for piece in pieces] == [PIECE] * (size // PIECE) + ([size % PIECE] if size % PIECE else [])


def test_it_can_be_read_twice(tmp_path: Path) -> None:
    source = looked(made(tmp_path / "x.bin", b"abc"))
    assert list(source.pieces()) == list(source.pieces()) == [b"abc"]


def test_a_system_that_reads_little_at_a_time_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = os.urandom(PIECE + 10)
    source = looked(made(tmp_path / "x.bin", content))
    real = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, count: real(descriptor, min(count, 300_000)))
    assert [len(piece) for piece in source.pieces()] == [PIECE, 10]


def test_a_relative_path_counts_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "x.pdf")
    monkeypatch.chdir(tmp_path)
    assert looked(Path("x.pdf")).path == tmp_path / "x.pdf"


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    source = looked(made(tmp_path / "x.bin", b"x" * (2 * PIECE)))
    pieces = source.pieces()
    next(pieces)
    del pieces
    list(source.pieces())
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    ("nanoseconds", "expected"),
    [
        (0, "1970-01-01T08:00:00+08:00"),
        (-1, "1970-01-01T07:59:59+08:00"),
        (1_637_544_600_999_999_999, "2021-11-22T09:30:00+08:00"),
        (4_102_444_800_000_000_000, "2100-01-01T08:00:00+08:00"),
    ],
)
def test_the_time_of_a_file_is_told_in_the_office_s_hours(nanoseconds: int, expected: str, tmp_path: Path) -> None:
    path = made(tmp_path / "x.pdf")
    os.utime(path, ns=(0, nanoseconds))
    assert looked(path).modified_at == expected


# Size


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT])
def test_a_file_up_to_the_limit_is_taken(size: int, tmp_path: Path) -> None:
    path = made(tmp_path / "x.bin", b"")
    os.truncate(path, size)
    assert sum(map(len, looked(path).pieces())) == size


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (LIMIT + 1, ("4,194,305 字节", "4,194,304 字节")),
        (LIMIT + MEGABYTE // 2, ("4.5 MB", "4 MB")),
        (1 << 40, ("1048576 MB", "4 MB")),
    ],
)
def test_a_file_over_the_limit_is_refused_with_both_sizes(size: int, words: tuple[str, str], tmp_path: Path) -> None:
    path = made(tmp_path / "录像.mp4", b"")
    os.truncate(path, size)
    error = within_a_second(lambda: looked(path))
    assert all(word in error.message for word in ("录像.mp4", *words))


# What is no regular file


def socket_at(path: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as made_socket:
        made_socket.bind(str(path))


def chain(path: Path) -> None:
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "找不到这个文件"),
        (os.mkdir, "文件夹"),
        (os.mkfifo, "管道"),
        (socket_at, "套接字"),
        (lambda path: path.symlink_to("/dev/zero"), "设备"),
        (lambda path: path.symlink_to("/dev/tty"), "设备"),
        (lambda path: path.symlink_to("/proc/cpuinfo"), "空的"),
        (lambda path: path.symlink_to("nowhere"), "指向的文件不存在"),
        (chain, "链接互相指向"),
        (lambda path: path.symlink_to("folder") or path.with_name("folder").mkdir(), "文件夹"),
        (lambda path: os.mkfifo(path.with_name("pipe")) or path.symlink_to("pipe"), "管道"),
        (Path.touch, "0 字节"),
    ],
)
def test_what_is_no_regular_file_is_refused_within_a_second(
    make: Callable[[Path], object], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "某 文件"
    make(path)
    error = within_a_second(lambda: looked(path))
    assert "某 文件" in error.message
    assert words in error.message


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (Path("/dev/null"), "设备"),
        (Path("/proc/self/mem"), "空的"),
        (Path("/"), "文件夹"),
        (Path(""), "文件夹"),
        (Path("/etc/passwd/x"), "不是文件夹"),
        (Path("/a\0b"), "不能使用的字符"),
        (Path("/a\ud800b"), "不能使用的字符"),
        (Path("/" + "政" * 86), "太长"),
        (Path("/" + "很长/" * 2000), "太长"),
    ],
)
def test_paths_of_the_system_and_impossible_ones_are_refused(path: Path, words: str) -> None:
    assert words in within_a_second(lambda: looked(path)).message


def test_a_file_of_the_kernel_that_says_more_than_it_has_is_refused_when_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = looked(made(tmp_path / "uevent", b"x" * 4096))
    with monkeypatch.context() as patch:
        given = [b"12\n", b""]
        patch.setattr(os, "read", lambda *_: given.pop(0))
        with pytest.raises(InvalidInputError, match="变化"):
            list(source.pieces())


def test_a_block_device_is_refused_by_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = made(tmp_path / "sda"), os.stat

    def as_block(name: object, **options: bool) -> os.stat_result:
        status = real(name, **options)  # type: ignore[call-overload]
        return os.stat_result((0o060600, *status[1:])) if name == path else status

    monkeypatch.setattr(os, "stat", as_block)
    assert "设备" in within_a_second(lambda: looked(path)).message


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = made(folder / "x.pdf")
    path.chmod(0o600)

    def work() -> None:
        assert "没有读取权限" in within_a_second(lambda: looked(path)).message

    as_nobody(folder, work)


# Links


def test_through_a_link_the_file_is_told_and_the_link_beside_it(tmp_path: Path) -> None:
    path = made(tmp_path / "真.pdf", b"abc")
    (tmp_path / "一.pdf").symlink_to("二.pdf")
    (tmp_path / "二.pdf").symlink_to("真.pdf")
    source = looked(tmp_path / "一.pdf")
    assert (source.name, source.path, source.link) == ("真.pdf", path, tmp_path / "一.pdf")
    assert list(source.pieces()) == [b"abc"]


def test_a_folder_that_is_a_link_is_no_link_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = made(tmp_path / "real" / "x.pdf")
    (tmp_path / "link").symlink_to("real")
    source = looked(tmp_path / "link" / "x.pdf")
    assert (source.path, source.link) == (path, None)


# The ledger itself


def others_may_write(path: Path) -> bool:
    """Whether another process gets SQLite's write lock."""
    script = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, timeout=20)
    assert done.returncode == 0 or b"locked" in done.stderr
    return done.returncode == 0


@pytest.fixture
def writing(world: World) -> Iterator[World]:
    """A world in the middle of a change: SQLite holds its locks and its journal is there."""
    with closing(world.file.connect_for_writing()) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("INSERT INTO setting VALUES ('a', 'b')")
        yield world
        connection.execute("ROLLBACK")


def by_itself(path: Path, _: Path) -> Path:
    return path


def by_a_link(path: Path, other: Path) -> Path:
    other.symlink_to(path)
    return other


def by_a_hard_link(path: Path, other: Path) -> Path:
    os.link(path, other)
    return other


def by_its_descriptor(path: Path, _: Path) -> Path:
    wanted = path.stat().st_ino
    return next(item for item in Path("/proc/self/fd").iterdir() if os.stat(item).st_ino == wanted)


@pytest.mark.parametrize("way", [by_itself, by_a_link, by_a_hard_link, by_its_descriptor])
def test_the_ledger_is_refused_by_whatever_name_and_keeps_its_locks(
    way: Callable[[Path, Path], Path], writing: World, tmp_path: Path
) -> None:
    path = way(writing.path, tmp_path / "佐证.db")
    assert not others_may_write(writing.path)
    error = within_a_second(lambda: look(path, limit=10 * LIMIT, own=writing.file.is_own))
    assert "正在使用的台账文件" in error.message
    assert not others_may_write(writing.path)


def test_looking_without_being_told_what_is_the_ledger_would_lose_the_locks(writing: World) -> None:
    """What the test above guards against does happen on this system."""
    looked(writing.path, limit=10 * LIMIT)
    assert others_may_write(writing.path)


def test_journal_and_lock_file_belong_to_the_ledger_and_a_copy_does_not(writing: World, tmp_path: Path) -> None:
    journal = writing.path.with_name(f"{writing.path.name}-journal")
    for path in (journal, lock_path(writing.path)):
        assert (
            "正在使用的台账文件"
            in within_a_second(
                lambda path=path: look(path, limit=10 * LIMIT, own=writing.file.is_own)  # type: ignore[misc]
            ).message
        )
    other = made(tmp_path / "copy.db", b"SQLite format 3\0")
    assert look(other, limit=LIMIT, own=writing.file.is_own).size == 16


def test_a_ledger_that_was_swapped_is_own_in_its_old_and_its_new_file(world: World, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    world.path.rename(old)
    made(world.path, b"new")
    assert world.file.is_own(old.stat())
    assert world.file.is_own(world.path.stat())
    assert not world.file.is_own(tmp_path.stat())


# What changes meanwhile


def grow(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"x")


def shrink(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def replace(path: Path) -> None:
    other = made(path.with_name("other"), path.read_bytes())
    status = path.stat()
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


def rewrite(path: Path) -> None:
    status = path.stat()
    path.write_bytes(b"y" * status.st_size)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def touch(path: Path) -> None:
    os.utime(path, ns=(0, 1))


def link(path: Path) -> None:
    path.rename(path.with_name("other"))
    path.symlink_to("other")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


CHANGES = [grow, shrink, replace, rewrite, touch, link, pipe]


@pytest.mark.parametrize("change", [*CHANGES, Path.unlink])
def test_a_file_that_changes_after_the_look_is_refused(change: Callable[[Path], None], tmp_path: Path) -> None:
    path = made(tmp_path / "x.bin", b"x" * 100)
    source = looked(path)
    change(path)
    error = within_a_second(lambda: list(source.pieces()))
    assert ("找不到" if change is Path.unlink else "变化") in error.message


def link_to_itself(path: Path) -> None:
    """The same file, inode and all, behind a link that somebody put there."""
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")


def other_of_the_same_size(path: Path) -> None:
    made(path.with_name("new"), b"y" * path.stat().st_size).replace(path)


@pytest.mark.parametrize(
    ("change", "words"), [(pipe, "变化"), (link_to_itself, "链接"), (other_of_the_same_size, "变化"), (link, "链接")]
)
def test_what_is_put_there_between_looking_and_opening_is_neither_waited_for_nor_followed(
    change: Callable[[Path], None], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "x.bin", b"x" * (PIECE + 1))
    source, real = looked(path), os.open

    def late(name: Path, flags: int) -> int:
        monkeypatch.setattr(os, "open", real)
        change(path)
        return real(name, flags)

    monkeypatch.setattr(os, "open", late)
    given: list[bytes] = []
    error = within_a_second(lambda: given.extend(source.pieces()))
    assert words in error.message
    assert given == []
    assert os.open is real


@pytest.mark.parametrize("change", [*CHANGES, Path.unlink])
def test_a_file_that_changes_while_it_is_read_never_gives_its_last_piece(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    path = made(tmp_path / "x.bin", b"x" * (2 * PIECE + 5))
    pieces = looked(path).pieces()
    seen = [next(pieces), next(pieces)]
    change(path)
    with pytest.raises(InvalidInputError):
        seen += pieces
    assert len(seen) == 2


def test_a_disk_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = looked(made(tmp_path / "x.bin"))

    def broken(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", broken)
        with pytest.raises(InvalidInputError, match="磁盘读取出错"):
            list(source.pieces())


# Names


@pytest.mark.parametrize(
    ("raw", "name", "changed"),
    [
        ("照片.jpg".encode(), "照片.jpg", ""),
        ("2021 年.jpg".encode(), "2021 年.jpg", ""),
        ("（全角）ＡＢＣ.jpg".encode(), "（全角）ＡＢＣ.jpg", ""),
        ("公开照片.jpg".encode("gb18030"), "公开照片.jpg", "GB 18030"),
        ("镕𠮷.jpg".encode("gb18030"), "镕𠮷.jpg", "GB 18030"),
        (b"x\xff\xff.jpg", "x��.jpg", "�"),
        (b"a\nb.jpg", "a b.jpg", "换行"),
        (b"a\tb.jpg", "a b.jpg", "制表符"),
        ("\x1b[31m红.jpg".encode(), "[31m红.jpg", "控制字符"),
        ("a\u202egpj.exe".encode(), "agpj.exe", "不可见字符"),
        ("零\u200b宽.jpg".encode(), "零宽.jpg", "不可见字符"),
        (normalize("NFD", "é.jpg").encode(), "é.jpg", ""),
        (b" x.jpg ", "x.jpg", "首尾"),
        ("\u200b".encode(), NAMELESS, NAMELESS),
        (b" ", NAMELESS, NAMELESS),
        (b"CON", "CON", ""),
        (b"a\\b:c*?.txt", "a\\b:c*?.txt", ""),
        (b"[red].txt", "[red].txt", ""),
        (("政" * 85).encode(), "政" * 85, ""),
        (b"x" * 255, "x" * 255, ""),
    ],
)
def test_a_name_is_kept_as_text_and_what_was_changed_is_said(
    raw: bytes, name: str, changed: str, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
    source = looked(made(path, b"abc"))
    assert source.name == name
    assert bool(source.changes) == bool(changed)
    assert changed in "；".join(source.changes)
    assert list(source.pieces()) == [b"abc"]
    assert source.path == path


def test_86_chinese_characters_are_more_than_a_name_can_be(tmp_path: Path) -> None:
    error = within_a_second(lambda: looked(tmp_path / ("政" * 86)))
    assert "太长" in error.message
    assert "85" in error.hint


@pytest.mark.parametrize(("length", "fits"), [(254, True), (255, True), (256, False)])
def test_a_name_over_255_characters_is_refused(length: int, fits: bool) -> None:
    # Other systems count characters, not bytes.
    name = "政" * length
    if fits:
        assert kept_name(name) == (name, ())
    else:
        with pytest.raises(InvalidInputError, match="太长"):
            kept_name(name)


def test_characters_that_no_system_has_in_names_become_question_marks() -> None:
    assert decoded("a\ud800.jpg")[0] == "a?.jpg"
    assert kept_name("a\ud800.jpg")[1]


def test_a_refusal_names_a_gbk_file_readably(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "空文件.pdf".encode("gb18030")))
    error = within_a_second(lambda: looked(made(path, b"")))
    assert "空文件.pdf" in error.message


def test_a_database_of_another_program_may_be_attached(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")
    assert looked(path).size > 0
