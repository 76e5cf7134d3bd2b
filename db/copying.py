"""A copy of everything in a ledger file but the bytes of the evidence: one moment, verified, and only then named.

The live file is never opened as a plain file: closing it would drop SQLite's locks in this process.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256 as new_digest
from itertools import count
from pathlib import Path
from typing import Final

from db.chain import Head, head_of
from db.connecting import open_still, quick_writer, uri_of
from db.errors import BackupError
from db.faults import reason_of
from db.folder import move_without_overwriting, sync_file, sync_folder
from db.opening import CONTENT_TABLE
from db.steps import CHAINED, structure
from db.temporaries import temporary

Named = Callable[[Head, int], str]
"""The file name of a copy with this newest row; the number is 2, 3, … where the name before is taken."""

_SPARE: Final = 4 << 20
"""Bytes that a disk must have over: what a copy needs beside its content."""
_PIECE: Final = 1 << 20
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_SOURCE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT)


def copy_without_pieces(reader: sqlite3.Connection, folder: Path, named: Named) -> Path:
    """Copy all that a file of any step holds, but for the rows of `piece`, into the folder: schema, rows, what
    AUTOINCREMENT has given, application id and version. 0400, never over something that is there. Returns its path.

    reader: a connection in autocommit of which nobody else asks anything meanwhile; it holds one read transaction for
    as long as the rows are copied. Raises BackupError, and OSError.
    """
    with _named_reasons():
        refuse_full(folder, _estimated(reader))
    with temporary(folder) as beside, _named_reasons():
        _make_empty(reader, beside)
        with _attached(reader, beside):
            head, counts = _copy_rows(reader)
        _make_triggers(reader, beside)
        _verify(reader, beside, head, counts)
        sync_file(beside)
        return _name(beside, folder, lambda turn: named(head, turn))


def write_copy(target: Path, pieces: Iterator[bytes], *, over: bool = False) -> None:
    """Put a file that consists of these pieces in its place, 0400, read back and compared before it bears its name.

    over: what bears the name already is replaced. Raises FileExistsError otherwise, OSError, BackupError, and whatever
    `pieces` raises; nothing has changed then.
    """
    with temporary(target.parent) as beside:
        digest = new_digest()
        with beside.open("r+b") as stream:
            for piece in pieces:
                digest.update(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        again = new_digest()
        for piece in read_pieces(beside):
            again.update(piece)
        if again.digest() != digest.digest():
            raise BackupError("写下的内容读回来不一样。", "这个磁盘可能已损坏，请换一个位置再备份。")
        _make_readable_only(beside)
        if over:
            os.replace(beside, target)
            sync_folder(target.parent)
        else:
            move_without_overwriting(beside, target)


def read_pieces(path: Path) -> Iterator[bytes]:
    """The content of a finished copy, never of the live file, piece by piece. Raises OSError."""
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def refuse_full(folder: Path, needed: int) -> None:
    """Refuse to begin what the disk has no room for. Raises BackupError, and OSError."""
    if not hasattr(os, "statvfs"):
        return
    found = os.statvfs(folder)
    free = found.f_bavail * found.f_frsize
    # A share may not know how large it is.
    if found.f_blocks and free < needed + _SPARE:
        raise BackupError(
            f"磁盘空间不够：需要约 {_megabytes(needed + _SPARE)} MB，只剩 {_megabytes(free)} MB。", "请先清理磁盘。"
        )


def _megabytes(size: int) -> str:
    return f"{-(-size // (1 << 20)):,}"


def _estimated(reader: sqlite3.Connection) -> int:
    """About how many bytes the copy will have: all pages in use, without those that hold the evidence."""
    pages, free, size = (
        int(reader.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
    )
    has_contents = reader.execute("SELECT 1 FROM sqlite_schema WHERE name = 'content'").fetchone()
    evidence = (
        sum(int(held) for (held,) in reader.execute("SELECT size FROM content").fetchall()) if has_contents else 0
    )
    return max((pages - free) * size - evidence, 1 << 16)


def _make_empty(reader: sqlite3.Connection, beside: Path) -> None:
    """The tables and indexes of the source, by its own words; triggers would slow the copying down."""
    made = reader.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    marks = {name: reader.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
    (page_size,) = reader.execute("PRAGMA page_size").fetchone()
    with quick_writer(beside) as writer:
        writer.execute(f"PRAGMA page_size = {page_size}")
        writer.execute("BEGIN")
        for (sql,) in made:
            writer.execute(sql)
        for name, mark in marks.items():
            writer.execute(f"PRAGMA {name} = {int(mark)}")
        writer.execute("COMMIT")


def _make_triggers(reader: sqlite3.Connection, beside: Path) -> None:
    made = reader.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").fetchall()
    with quick_writer(beside) as writer:
        writer.execute("BEGIN")
        for (sql,) in made:
            writer.execute(sql)
        writer.execute("COMMIT")


@contextmanager
def _attached(reader: sqlite3.Connection, beside: Path) -> Iterator[None]:
    """The temporary file as `copy` in the reader, in one read transaction of the reader's file."""
    reader.execute("PRAGMA query_only = OFF")
    try:
        reader.execute("ATTACH ? AS copy", (uri_of(beside),))
        try:
            reader.execute("PRAGMA copy.journal_mode = MEMORY")
            reader.execute("PRAGMA copy.synchronous = OFF")
            reader.execute("BEGIN")
            yield
            reader.execute("COMMIT")
        finally:
            if reader.in_transaction:
                with suppress(sqlite3.Error):
                    reader.execute("ROLLBACK")
            reader.execute("DETACH copy")
    finally:
        reader.execute("PRAGMA query_only = ON")


def _copy_rows(reader: sqlite3.Connection) -> tuple[Head, dict[str, int]]:
    """Copy the rows, byte for byte. Returns the newest row of the history, and how many rows each table has."""
    head, counts = head_in(reader), {}
    for table in _tables(reader):
        if table != CONTENT_TABLE:
            if table == "sqlite_sequence":
                # What the copying itself has noted there.
                reader.execute("DELETE FROM copy.sqlite_sequence")
            reader.execute(f'INSERT INTO copy."{table}" SELECT * FROM main."{table}"')
        counts[table] = 0 if table == CONTENT_TABLE else _count(reader, f'main."{table}"')
    return head, counts


def _tables(connection: sqlite3.Connection) -> list[str]:
    """All tables, SQLite's count of what AUTOINCREMENT has given last; none of its statistics."""
    rows = connection.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
        " AND (name = 'sqlite_sequence' OR name NOT LIKE 'sqlite\\_%' ESCAPE '\\') ORDER BY name = 'sqlite_sequence'"
    ).fetchall()
    return [name for (name,) in rows]


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def head_in(connection: sqlite3.Connection) -> Head:
    """The newest row of the history; of a file that has no chain yet its number, and a hash of zeros."""
    if connection.execute("PRAGMA main.user_version").fetchone()[0] >= CHAINED:
        return head_of(connection)
    (newest,) = connection.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()
    return Head(newest, "0" * 64)


def _verify(reader: sqlite3.Connection, beside: Path, head: Head, counts: dict[str, int]) -> None:
    copy = open_still(beside)
    try:
        if copy.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise _unlike("SQLite 的检查没有通过")
        if structure(copy) != structure(reader):
            raise _unlike("结构不同")
        if {table: _count(copy, f'"{table}"') for table in _tables(copy)} != counts:
            raise _unlike("行数不同")
        if head_in(copy) != head:
            raise _unlike("流水校验码不同")
    finally:
        copy.close()


def _unlike(what: str) -> BackupError:
    return BackupError(f"复制出来的与台账不一致（{what}），没有留下。", "请用 --check 查明台账是否已损坏。")


def _name(beside: Path, folder: Path, named: Callable[[int], str]) -> Path:
    """Give the finished file its name."""
    _make_readable_only(beside)
    for turn in count(1):
        path = folder / named(turn)
        with suppress(FileExistsError):
            move_without_overwriting(beside, path)
            return path
    raise AssertionError("unreachable: count() has no end")


def _make_readable_only(beside: Path) -> None:
    # Without effect, or refused, on file systems that know no modes.
    with suppress(OSError):
        beside.chmod(0o400)


@contextmanager
def _named_reasons() -> Iterator[None]:
    """SQLite's own errors in the clerk's words: of the copy's disk, or of the ledger that is read."""
    try:
        yield
    except sqlite3.Error as error:
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if primary in _BUSY:
            raise BackupError("台账正在写入，没有读出来。", "请稍候再备份。") from error
        if primary in _SOURCE:
            raise BackupError(f"台账里有读不出的内容（{error}）。", "请用 --check 查明台账是否已损坏。") from error
        if primary == sqlite3.SQLITE_FULL:
            raise BackupError("磁盘已满。", "请先清理磁盘。") from error
        raise BackupError(f"磁盘读写出错（{error}）。", "请检查磁盘、U 盘或网络盘是否还连着。") from error
    except UnicodeDecodeError as error:
        raise BackupError("台账里有不是文字的内容。", "请用 --check 查明台账是否已损坏。") from error


def named_reason(error: OSError) -> BackupError:
    """Why the system refused, as a failure of the backup."""
    return BackupError(f"{reason_of(error)}。", "请检查这个位置是否还连着、能否写入。")
