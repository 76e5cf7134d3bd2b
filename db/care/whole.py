"""--backup FILE: one whole, consistent copy with all evidence in it, checked in full before it bears its name."""

import os
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from db.chain import Head
from db.connecting import open_writer
from db.copying import head_in, named_reason, refuse_full
from db.errors import BackupError, DamagedError, FileRefusedError
from db.file import LedgerFile, open_file
from db.folder import move_without_overwriting, sync_file, sync_folder
from db.reads.check import check
from db.reads.evidence import stored
from db.rules.evidence import Progress
from db.swap import refuse_foreign_journal
from db.temporaries import remove_temporaries, temporary

_PAGES: Final = 4_096
"""Pages that are copied between two looks at whoever wants to write."""
_PATIENCE: Final = 3
"""How often the copying begins anew because the ledger was written meanwhile, before it keeps writers out."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Where the copy is, its bytes, the newest row of its 办理流水; kept_as: under which name what stood there before
    is kept (None: nothing stood there)."""

    path: Path
    bytes: int
    head: Head
    kept_as: Path | None = None


class _WrittenMeanwhile(Exception):
    """The ledger is written again and again."""


def whole_copy(
    file: LedgerFile, target: Path, at: datetime, progress: Progress | None = None, *, as_it_lies: bool = False
) -> Whole:
    """Copy the whole ledger file to `target`, 0600. as_it_lies: also a damaged one, unchecked, page by page.

    progress is told bytes, of the copying and then of the evidence that is read again. Raises BackupError where it
    cannot be written there and DamagedError where the copy does not pass the check; then nothing has changed at
    `target`. What stood there before stays under a name of its own.
    """
    said = f"没有另存到 {target}："
    try:
        place = _fit(file, target, said)
        remove_temporaries(place.parent)
        with temporary(place.parent) as beside:
            evidence = 0 if as_it_lies or progress is None else stored(file).bytes
            size = _copy(file, beside, progress, evidence)
            head = _head(beside, at) if as_it_lies else _checked_head(beside, at, size, progress)
            sync_file(beside)
            kept = _exchange(beside, place, at)
    except BackupError as error:
        message = error.message if error.message.startswith("没有另存") else f"{said}{error.message}"
        raise BackupError(message, error.hint) from error
    except OSError as error:
        named = named_reason(error)
        raise BackupError(f"{said}{named.message}原有文件没有改动。", named.hint) from error
    return Whole(place, place.stat().st_size, head, kept)


def _fit(file: LedgerFile, target: Path, said: str) -> Path:
    """The real path to write; refuses whatever is no regular file, and every name that is the ledger's own."""
    if not _can_be_a_name(target):
        raise BackupError(f"{said}文件名含有不能使用的字符。", "请换一个文件名。")
    place = Path(os.path.realpath(target)) if target.is_symlink() else target.absolute()
    status = place.lstat() if os.path.lexists(place) else None
    if status is None and target.is_symlink():
        raise BackupError(f"{said}它是一个链接，指向的文件不存在。", "请写明真实的文件路径。")
    if status is not None and stat.S_ISDIR(status.st_mode):
        raise BackupError(f"{said}这是一个文件夹。", "请在后面加上文件名，例如 台账备份.db。")
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise BackupError(f"{said}这不是普通文件（设备、管道等）。", "请换一个文件名。")
    if (status is not None and file.is_own(status)) or file.owns_path(place):
        # What lies under the journal's name would be rolled back into the ledger.
        raise BackupError(f"{said}这是台账文件自己的文件名。", "请换一个文件名。")
    if not place.parent.is_dir():
        raise BackupError(f"{said}文件夹不存在。", "请先建好文件夹，或换一个位置。")
    try:
        refuse_foreign_journal(place, "没有另存")
    except FileRefusedError as error:
        raise BackupError(error.message, error.hint) from error
    return place


def _can_be_a_name(target: Path) -> bool:
    try:
        return b"\0" not in os.fsencode(target)
    except UnicodeEncodeError:
        return False


def _copy(file: LedgerFile, beside: Path, progress: Progress | None, evidence: int) -> int:
    """Copy page by page with SQLite's backup. evidence: bytes to be read afterwards. Returns the bytes copied."""
    with file.reading_apart() as reader:
        pages, page = (int(reader.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
        size = pages * page
        refuse_full(beside.parent, size)

        def tell(left: int) -> None:
            if progress is not None:
                progress(min(size - left * page, size), size + evidence)

        try:
            writer = open_writer(beside)
            try:
                writer.execute("PRAGMA journal_mode = MEMORY")
                writer.execute("PRAGMA synchronous = OFF")
                _backed_up(reader, writer, tell)
            finally:
                writer.close()
        except sqlite3.Error as error:
            raise _reason(error) from error
    return size


def _backed_up(reader: sqlite3.Connection, writer: sqlite3.Connection, tell: Callable[[int], None]) -> None:
    left_before, again = 0, -1

    def between(_: int, left: int, __: int) -> None:
        nonlocal left_before, again
        if left >= left_before:
            again += 1
            if again == _PATIENCE:
                raise _WrittenMeanwhile
        left_before = left
        tell(left)

    try:
        reader.backup(writer, pages=_PAGES, progress=between)
    except _WrittenMeanwhile:
        reader.backup(writer, pages=-1)


def _reason(error: sqlite3.Error) -> BackupError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
        return BackupError("磁盘已满。", "请先清理磁盘，或换一个位置。")
    return BackupError(f"读写出错（{error}）。", "请检查磁盘、U 盘或网络盘是否还连着，或换一个位置。")


def _checked_head(beside: Path, at: datetime, size: int, progress: Progress | None) -> Head:
    """Check the copy as --check does; its newest row. Raises DamagedError."""

    def tell(done: int, of: int) -> None:
        if progress is not None:
            progress(size + done, size + of)

    copy = open_file(beside, at, write=False, as_it_lies=True)
    try:
        checked = check(copy, tell)
        if checked.problems:
            more = f"（共 {len(checked.problems)} 处）" if len(checked.problems) > 1 else ""
            raise DamagedError(f"没有另存：复制出来的没有通过检查：{checked.problems[0]}{more}", checked.hint)
        return copy.head()
    finally:
        copy.close()


def _head(beside: Path, at: datetime) -> Head:
    """The newest row of a copy that may be damaged; nothing where it cannot be told."""
    try:
        copy = open_file(beside, at, write=False, as_it_lies=True)
        try:
            with copy.reading() as connection:
                return head_in(connection)
        finally:
            copy.close()
    except DamagedError:
        return Head(0, "0" * 64)


def _exchange(beside: Path, place: Path, at: datetime) -> Path | None:
    """Give the copy its name; what stood there is kept under another. Returns that."""
    if not os.path.lexists(place):
        move_without_overwriting(beside, place)
        return None
    kept = _keep(place, at)
    try:
        os.replace(beside, place)
        sync_folder(place.parent)
    except BaseException:
        if beside.exists() and place.exists():
            kept.unlink()
        else:
            os.replace(kept, place)
        raise
    return kept


def _keep(place: Path, at: datetime) -> Path:
    for turn in count(1):
        behind = "" if turn == 1 else f"-{turn}"
        kept = place.with_name(f"{place.stem}.旧-{at:%Y%m%d-%H%M%S}{behind}{place.suffix}")
        try:
            move_without_overwriting(place, kept)
        except FileExistsError:
            continue
        return kept
    raise AssertionError("unreachable: count() has no end")
