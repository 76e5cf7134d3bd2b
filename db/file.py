"""LedgerFile: the one SQLite file of an office. The open sequence, the lock, the pragmas, the connections.

Nothing else opens the file: a plain open() and close() of it in this process would drop SQLite's locks.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from db.chain import Head, head_of, identity_of
from db.connecting import SQLITE_SUFFIXES, open_reader, open_writer
from db.errors import BackupError, FileLockedError, FileRefusedError, NotSavedError, ReadOnlyError
from db.faults import damaged, reason_of, refused, translated
from db.folder import inode, make_backup_folder, make_folder, move_without_overwriting, one_name
from db.journals import refuse_another_s_journal
from db.lock import Lock, holder, lock_path, take_lock
from db.opening import check_header, check_kind, check_structure, check_tables
from db.steps import apply_steps, newest
from db.swap import complete_swap, refuse_foreign_journal


class LedgerFile:
    """An open ledger file. read_only_reason is '' when this process holds the lock and may write."""

    def __init__(self, path: Path, reader: sqlite3.Connection, lock: Lock | None, read_only_reason: str) -> None:
        self.path = path
        self._inode = inode(path)
        self.read_only_reason = read_only_reason
        self._reader = reader
        self._reading = threading.Lock()
        self._committing = threading.Lock()
        self._lock = lock
        self._known = self._state()

    @property
    def read_only(self) -> bool:
        """Whether this process may only read the file."""
        return bool(self.read_only_reason)

    @property
    def identity(self) -> str:
        """What tells this file from every other, under whatever name: 32 hexadecimal digits."""
        with self.reading() as connection:
            return identity_of(connection)

    def head(self) -> Head:
        """The newest row of the 办理流水."""
        with self.reading() as connection:
            return head_of(connection)

    def was_changed_outside(self) -> bool:
        """Whether another program has written into the file since this process last read the whole of it or wrote.

        The lock keeps a second instance out; a database tool or a synchronised folder knows nothing of it.
        """
        with self._committing:
            return self._state() != self._known

    @contextmanager
    def committing(self) -> Iterator[None]:
        """For who commits and then takes that as known: another thread of ours asks before or after both."""
        with self._committing:
            yield

    def take_as_known(self) -> None:
        """What stands in the file now is what this process goes on from; nothing where it cannot be read."""
        # Called behind a commit too: what is stored is stored, whatever the disk says to the next question.
        with suppress(sqlite3.Error):
            self._known = self._state()

    def _state(self) -> int:
        with self._reading:
            # Differs when another connection has committed since; our own do so too, and are then taken as known.
            version: int = self._reader.execute("PRAGMA data_version").fetchone()[0]
            return version

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The read connection (query_only), one user at a time. Fetch all; hold no statement open."""
        with self._reading:
            try:
                # One moment for the whole question: a second instance must not see half of another's change.
                self._reader.execute("BEGIN")
                yield self._reader
            except sqlite3.Error as error:
                raise translated(error, self.path, reading=True) from error
            except (ValueError, OverflowError) as error:
                # A flipped bit that quick_check cannot see: text that is no UTF-8, JSON or day any more, or a number
                # of days that leads out of the calendar.
                raise damaged(self.path, str(error)) from error
            finally:
                with suppress(sqlite3.Error):
                    self._reader.execute("ROLLBACK")

    @contextmanager
    def reading_apart(self) -> Iterator[sqlite3.Connection]:
        """A read connection of one's own in autocommit, for what takes long: it keeps nobody from `reading`.

        Text that is damaged comes as far as it is text.
        """
        if inode(self.path) != self._inode:
            raise FileRefusedError(f"{self.path} 已被移走或换成另一个文件。", "请重新打开。")
        connection: sqlite3.Connection | None = None
        try:
            connection = open_reader(self.path)
            connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
            yield connection
        except sqlite3.Error as error:
            raise translated(error, self.path, reading=True) from error
        finally:
            if connection is not None:
                connection.close()

    def is_own(self, status: os.stat_result) -> bool:
        """Whether a stat is that of this file, its journal or its lock, under whatever name.

        None of these may be opened by the way: closing the file again would drop SQLite's locks in this process.
        """
        own = (self._inode, *map(inode, self._own_names()))
        return (status.st_dev, status.st_ino) in own

    def owns_path(self, path: Path) -> bool:
        """Whether a name is kept for this file, its journal or its lock, also while nothing bears it.

        What is put there would be taken for the journal at the next opening, and the ledger changed by it.
        """
        if os.path.normcase(path.name) not in {os.path.normcase(own.name) for own in self._own_names()}:
            return False
        ours, theirs = self.path.parent, path.absolute().parent
        found = inode(theirs)
        return os.path.realpath(theirs) == os.path.realpath(ours) or (found is not None and found == inode(ours))

    def _own_names(self) -> tuple[Path, ...]:
        beside = (self.path.with_name(self.path.name + suffix) for suffix in SQLITE_SUFFIXES)
        return (self.path, *beside, lock_path(self.path))

    def connect_for_writing(self) -> sqlite3.Connection:
        """A new connection in autocommit with every pragma set. Raises ReadOnlyError where writing is not allowed."""
        if self.read_only:
            raise ReadOnlyError(f"当前为只读：{self.read_only_reason}", "本次改动没有保存。")
        if inode(self.path) != self._inode:
            # What the screen shows is the old file: writing into the new one would mix the two.
            raise NotSavedError(
                f"没有保存：{self.path} 已被移走或换成另一个文件。", "请关闭后重新打开；同步软件不要同步台账文件。"
            )
        return open_writer(self.path)

    def close(self) -> None:
        """Close the connection and give the lock back."""
        self._reader.close()
        if self._lock:
            self._lock.release()
            self._lock = None


def make_file(path: Path) -> None:
    """Make a new, empty ledger file at `path`, whole or not at all; never over something that is there."""
    temporary = path.with_name(f".{path.name}.new-{os.getpid()}")
    if not os.path.lexists(path):
        refuse_foreign_journal(path, "没有新建台账")
    try:
        make_folder(path.parent)
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = open_writer(temporary)
        try:
            apply_steps(connection, 0)
        finally:
            connection.close()
        move_without_overwriting(temporary, path)
    except FileExistsError as error:
        raise FileRefusedError(f"{path} 已经存在，没有改动它。", "请换一个文件名，或不带 --new 打开它。") from error
    except OSError as error:
        raise NotSavedError(
            f"无法新建台账文件 {path}：{reason_of(error)}", "请检查文件夹是否存在、能否写入。"
        ) from error
    except sqlite3.Error as error:
        raise translated(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def lies_at(path: Path, at: datetime) -> bool:
    """Whether anything lies at the path; an exchange of the ledger file that was interrupted is completed first.

    Raises FileLockedError and NotSavedError where that cannot be."""
    complete_swap(path, at)
    return os.path.lexists(path)


def open_file(path: Path, at: datetime, *, write: bool, as_it_lies: bool = False) -> LedgerFile:
    """Open a ledger file by the whole sequence: kind of file, lock, application id, version, structure, quick check.

    write asks for the lock; where another process holds it, or the place cannot be written, the file opens for
    reading and says why. An older file is brought to the newest step either way. Raises FileRefusedError (missing,
    empty, foreign, newer) or DamagedError; a refusal never changes the file. as_it_lies leaves out the quick check
    and the bringing up, for who is going to check everything: what is damaged is opened too, to be told in full.
    """
    path = one_name(path)
    complete_swap(path, at)
    check_kind(path)
    refuse_another_s_journal(path)
    lock, reason = _lock(path, at) if write else (None, "本命令只读取台账。")
    try:
        return LedgerFile(path, _checked_reader(path, lock, at, as_it_lies), lock, reason)
    except sqlite3.Error as error:
        _release(lock)
        raise refused(error, path) from error
    except UnicodeDecodeError as error:
        # sqlite3 reads even its own message in vain when the schema is damaged.
        _release(lock)
        raise damaged(path, error.reason) from error
    except BaseException:
        _release(lock)
        raise


def _checked_reader(path: Path, lock: Lock | None, at: datetime, as_it_lies: bool) -> sqlite3.Connection:
    """The read connection of a file that passed every check, brought to the newest step where it was older."""
    reader = open_reader(path)
    try:
        version = check_header(reader, path)
        check_structure(reader, path, version)
        if as_it_lies:
            return reader
        check_tables(reader, path)
        if version < newest():
            _bring_up(path, reader, version, lock, at)
            reader.close()
            reader = open_reader(path)
            check_structure(reader, path, newest())
            check_tables(reader, path)
    except BaseException:
        reader.close()
        raise
    return reader


def _lock(path: Path, at: datetime) -> tuple[Lock | None, str]:
    try:
        lock = take_lock(path, at.isoformat(timespec="seconds"))
    except OSError as error:
        return None, f"台账所在的位置不能写入（{reason_of(error)}）。"
    if lock is None:
        who = holder(path)
        return None, f"另一个窗口正在使用这本台账（{who}）。" if who else "另一个窗口正在使用这本台账。"
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        lock.release()
        return None, "台账文件或所在的文件夹没有写入权限。"
    return lock, ""


def _release(lock: Lock | None) -> None:
    if lock:
        lock.release()


def _bring_up(path: Path, reader: sqlite3.Connection, version: int, lock: Lock | None, at: datetime) -> None:
    """Apply the missing steps after a copy of the file was made beside it.

    What only reads takes the lock for it: the first run of a newer program may be a `--board` in a shell's greeting.
    """
    taken, reason = (lock, "") if lock else _lock(path, at)
    if taken is None:
        raise FileLockedError(
            f"{path} 要先升级到新版结构，但现在不能写入：{reason}", "请关闭其他窗口，或把文件放到能写入的位置，再打开。"
        )
    try:
        # Another process may have brought it up before the lock was ours.
        if (found := check_header(reader, path)) == version:
            _copy_and_apply(path, reader, found, at)
    finally:
        if lock is None:
            taken.release()


def _copy_and_apply(path: Path, reader: sqlite3.Connection, version: int, at: datetime) -> None:
    # Once a year or so: no other start has to load how a copy is made.
    from db.backup_names import folder_of, name_of
    from db.copying import copy_without_pieces, named_reason

    folder = folder_of(path)
    try:
        make_backup_folder(folder)
        copy_without_pieces(reader, folder, lambda head, turn: name_of(path, at, head, "升级前", turn))
    except (BackupError, OSError) as error:
        why = named_reason(error) if isinstance(error, OSError) else error
        raise NotSavedError(
            f"升级前要先把台账备份到 {folder}，没有成功：{why.message}", f"{why.hint}然后再打开；台账没有改变。"
        ) from error
    writer = open_writer(path)
    try:
        apply_steps(writer, version)
    finally:
        writer.close()
