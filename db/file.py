"""LedgerFile: the one SQLite file of an office. The open sequence, the lock, the pragmas, the connections.

Nothing else opens the file: a plain open() and close() of it in this process would drop SQLite's locks.
"""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from db.errors import DamagedError, FileLockedError, FileRefusedError, NotSavedError, ReadOnlyError, TaizhangError
from db.lock import Lock, holder, take_lock
from db.steps import APPLICATION_ID, apply_steps, expected_structure, newest, structure

# EXTRA also syncs the folder after the journal is deleted: with FULL an acknowledged commit can be lost at power loss.
WRITE_PRAGMAS = (
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=2000",
)
READ_PRAGMAS = (
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA busy_timeout=2000",
    "PRAGMA query_only=ON",
)


class LedgerFile:
    """An open ledger file. read_only_reason is '' when this process holds the lock and may write."""

    def __init__(self, path: Path, reader: sqlite3.Connection, lock: Lock | None, read_only_reason: str) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        self._reader = reader
        self._reading = threading.Lock()
        self._lock = lock

    @property
    def read_only(self) -> bool:
        """Whether this process may only read the file."""
        return bool(self.read_only_reason)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The read connection (query_only), one user at a time. Fetch all; hold no statement open."""
        with self._reading:
            try:
                yield self._reader
            except sqlite3.Error as error:
                raise translated(error, self.path) from error

    def connect_for_writing(self) -> sqlite3.Connection:
        """A new connection in autocommit with every pragma set. Raises ReadOnlyError where writing is not allowed."""
        if self.read_only:
            raise ReadOnlyError(f"当前为只读：{self.read_only_reason}", "本次改动没有保存。")
        connection = _connect(self.path)
        for pragma in WRITE_PRAGMAS:
            connection.execute(pragma)
        return connection

    def close(self) -> None:
        """Close the connection and give the lock back."""
        self._reader.close()
        if self._lock:
            self._lock.release()
            self._lock = None


def make_file(path: Path) -> None:
    """Make a new, empty ledger file at `path`, whole or not at all; never over something that is there."""
    temporary = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = _connect(temporary)
        try:
            for pragma in WRITE_PRAGMAS:
                connection.execute(pragma)
            apply_steps(connection, 0)
        finally:
            connection.close()
        _move_without_overwriting(temporary, path)
    except FileExistsError as error:
        raise FileRefusedError(f"{path} 已经存在，没有改动它。", "请换一个文件名，或不带 --new 打开它。") from error
    except OSError as error:
        raise NotSavedError(f"无法新建台账文件 {path}：{_reason(error)}", "请检查文件夹是否存在、能否写入。") from error
    except sqlite3.Error as error:
        raise translated(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def open_file(path: Path, at: datetime, *, write: bool) -> LedgerFile:
    """Open a ledger file by the whole sequence: kind of file, lock, application id, version, structure, quick check.

    write asks for the lock; where another process holds it, or the place cannot be written, the file opens for
    reading and says why. Raises FileRefusedError (missing, empty, foreign, newer) or DamagedError; the file is never changed by a
    refusal.
    """
    _check_kind(path)
    lock, reason = _lock(path, at) if write else (None, "本命令只读取台账。")
    try:
        reader = _open_reader(path)
        try:
            version = _check_header(reader, path)
            if version < newest():
                _bring_up(path, reader, version, lock, at)
                reader.close()
                reader = _open_reader(path)
            _check_content(reader, path)
        except BaseException:
            reader.close()
            raise
    except sqlite3.Error as error:
        _release(lock)
        raise translated(error, path) from error
    except BaseException:
        _release(lock)
        raise
    return LedgerFile(path, reader, lock, reason)


def translated(error: sqlite3.Error, path: Path) -> TaizhangError:
    """SQLite's error as one of ours: what happened, why, what the clerk can do."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedError(
            f"台账文件已损坏：{path}（{error}）", "请不要继续使用这个文件；把它另存一份，再从备份恢复。文件没有被改动。"
        )
    if primary == sqlite3.SQLITE_FULL:
        return NotSavedError("没有保存：磁盘已满。", "请腾出空间后再试；屏幕上的文字还在。")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return FileLockedError("没有保存：台账文件正被另一个程序占用。", "请关闭另一个程序后再试。")
    if primary == sqlite3.SQLITE_READONLY:
        return ReadOnlyError("没有保存：台账文件所在的位置不能写入。", "请检查磁盘或 U 盘的写保护。")
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return NotSavedError(f"无法读写台账文件 {path}（{error}）。", "请检查磁盘、U 盘或网络盘是否还连着。")
    return NotSavedError(f"没有保存：数据库拒绝了这次改动（{error}）。", "请记下这句话并反馈；台账没有改变。")


def _connect(path: Path) -> sqlite3.Connection:
    # The URI form with every special character quoted: a '?' or '%41' in a path must not name another file.
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def _open_reader(path: Path) -> sqlite3.Connection:
    connection = _connect(path)
    try:
        # Reading one row rolls a hot journal back; query_only before it would forbid that.
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        for pragma in READ_PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_kind(path: Path) -> None:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise FileRefusedError(f"找不到台账文件 {path}。", "U 盘或网络盘是否已接上？确需新建时加 --new。") from error
    except OSError as error:
        raise FileRefusedError(f"无法读取 {path}：{_reason(error)}", "请检查路径和权限。") from error
    if not stat.S_ISREG(status.st_mode):
        raise FileRefusedError(f"{path} 不是普通文件，没有打开。", "请用 --db 指定台账文件。")
    if status.st_size == 0:
        raise FileRefusedError(
            f"{path} 是空文件（0 字节），不是台账，没有改动它。", "请核对路径；台账可能在备份里，或文件复制时中断。"
        )


def _lock(path: Path, at: datetime) -> tuple[Lock | None, str]:
    try:
        lock = take_lock(path, at.isoformat(timespec="seconds"))
    except OSError as error:
        return None, f"台账所在的位置不能写入（{_reason(error)}）。"
    if lock is None:
        who = holder(path)
        return None, f"另一个窗口正在使用这本台账（{who}）。" if who else "另一个窗口正在使用这本台账。"
    if not os.access(path, os.W_OK):
        lock.release()
        return None, "台账文件没有写入权限。"
    return lock, ""


def _release(lock: Lock | None) -> None:
    if lock:
        lock.release()


def _check_header(reader: sqlite3.Connection, path: Path) -> int:
    application = reader.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise FileRefusedError(f"{path} 不是台账程序的文件，没有改动它。", "请用 --db 指定台账文件。")
    version: int = reader.execute("PRAGMA user_version").fetchone()[0]
    if version > newest():
        raise FileRefusedError(
            f"{path} 由更新版本的程序建立（第 {version} 版，本程序识别到第 {newest()} 版），没有改动它。",
            "请用较新的程序打开。",
        )
    return version


def _check_content(reader: sqlite3.Connection, path: Path) -> None:
    found, expected = structure(reader), expected_structure()
    if found != expected:
        names = "、".join(sorted({name for _, name, _ in found ^ expected})[:5])
        raise DamagedError(f"{path} 的结构与程序不符（{names}），没有打开。", "请把文件另存一份，再从备份恢复。")
    verdict = reader.execute("PRAGMA quick_check(1)").fetchall()
    if verdict != [("ok",)]:
        raise DamagedError(f"台账文件已损坏：{path}（{verdict[0][0]}）", "请把文件另存一份，再从备份恢复。")


def _bring_up(path: Path, reader: sqlite3.Connection, version: int, lock: Lock | None, at: datetime) -> None:
    """Apply the missing steps after a copy of the file was made beside it."""
    if lock is None:
        raise FileLockedError(f"{path} 要先升级到新版结构，但现在不能写入。", "请关闭其他窗口后再打开。")
    copy = path.with_name(f"{path.name}.升级前-第{version}版-{at:%Y%m%d-%H%M%S}")
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    target = _connect(copy)
    try:
        reader.backup(target)
    finally:
        target.close()
    writer = _connect(path)
    try:
        for pragma in WRITE_PRAGMAS:
            writer.execute(pragma)
        apply_steps(writer, version)
    finally:
        writer.close()


def _move_without_overwriting(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT): look, then rename.
        if target.exists() or target.is_symlink():
            raise FileExistsError(target) from None
        os.rename(source, target)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _reason(error: OSError) -> str:
    names = {2: "文件夹不存在", 13: "没有权限", 17: "已存在同名文件", 20: "不是文件夹", 28: "磁盘已满", 30: "只读磁盘"}
    return names.get(error.errno or 0, error.strerror or type(error).__name__)
