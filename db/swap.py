"""The exchange of the ledger file for another whole one, in steps that can be killed anywhere.

    1. the new file, whole and synced, is called .<name>.换入-<time>
    2. the old one moves into <name>.备份/换下/<time>/, then its journals after it: without a hot journal it is torn
    3. the new one takes the name

Before 2 the old file is there, whole. From then on nothing bears the name, and what lies in 换下 says that the exchange
had begun: the next opening does the rest. A file that somebody else took away is not answered with another one.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from db.backup_names import REPLACED, folder_of
from db.connecting import SQLITE_SUFFIXES
from db.errors import FileLockedError, FileRefusedError, NotSavedError
from db.faults import reason_of
from db.folder import make_backup_folder, one_name, sync_folder
from db.lock import Lock, holder, take_lock


def complete_swap(path: Path, at: datetime) -> None:
    """Do the rest of an exchange that was interrupted; nothing where a file bears the name or none had begun.

    Raises FileLockedError (another process is at it) or NotSavedError.
    """
    path = one_name(path)
    if os.path.lexists(path) or _begun(path) is None:
        return
    lock = locked(path, at)
    try:
        _complete(path)
    except OSError as error:
        raise NotSavedError(
            f"上次恢复台账文件没有做完，接着做时出错：{reason_of(error)}。",
            f"请检查磁盘后再打开；原来的文件在 {folder_of(path) / REPLACED}。",
        ) from error
    finally:
        lock.release()


def exchange(path: Path, ready: Path, at: datetime) -> Path:
    """Put `ready`, whole, synced, closed and in the same folder, in the place of the file. The caller holds the lock.

    Returns the folder in which the old file and its journals now lie. Raises NotSavedError or BackupError: then the old
    one is there as it was, and `ready` too; or it says that not even that went, and the next opening does the rest.
    """
    try:
        _complete(path)
        for leftover in _incoming_ones(path):
            # Of an exchange that ended before step 2: what it was made from is still there.
            leftover.unlink()
        kept = _folder_for_the_old(path, at)
        incoming = _incoming(path, kept.name)
        os.rename(ready, incoming)
    except OSError as error:
        raise _failed(error) from error
    try:
        sync_folder(path.parent)
        if os.path.lexists(path):
            os.rename(path, kept / path.name)
        _finish(path, incoming, kept)
    except OSError as error:
        _take_back(path, ready, incoming, kept)
        raise (_unfinished(error, kept) if os.path.lexists(kept / path.name) else _failed(error)) from error
    return kept


def refuse_foreign_journal(path: Path, said: str) -> None:
    """For who makes a new file at the path: SQLite would roll back into it what lies there under its journal's name.

    said: what was not done, in Chinese. Raises FileRefusedError."""
    for suffix in SQLITE_SUFFIXES:
        journal = path.with_name(path.name + suffix)
        if os.path.lexists(journal):
            raise FileRefusedError(
                f"{said}：{path} 旁边有 {journal.name}，是同名文件没写完的日志，会被写进新文件里。",
                "那个文件还要的，先把它放在这里打开一次；不要了的，把这个日志移到别的文件夹。也可以换一个文件名。",
            )


def locked(path: Path, at: datetime) -> Lock:
    """The lock of the file, for who is going to exchange it. Raises FileLockedError or NotSavedError."""
    try:
        lock = take_lock(path, at.isoformat(timespec="seconds"))
    except OSError as error:
        raise NotSavedError(
            f"台账所在的位置不能写入（{reason_of(error)}），没有改动任何文件。", "请检查磁盘、U 盘的写保护和权限。"
        ) from error
    if lock is None:
        who = holder(path)
        raise FileLockedError(
            f"台账正在另一个窗口里打开{f'（{who}）' if who else ''}，没有改动任何文件。", "请关闭那个窗口后再试。"
        )
    return lock


def _complete(path: Path) -> None:
    begun = None if os.path.lexists(path) else _begun(path)
    if begun is not None:
        _finish(path, *begun)


def _finish(path: Path, incoming: Path, kept: Path) -> None:
    """Steps 2 and 3 from where they stand."""
    for suffix in SQLITE_SUFFIXES:
        beside = path.with_name(path.name + suffix)
        if os.path.lexists(beside):
            os.rename(beside, kept / beside.name)
    sync_folder(kept)
    sync_folder(path.parent)
    # Under the lock, and nothing bears the name: a hard link would leave the file with two names if it were killed.
    os.rename(incoming, path)
    sync_folder(path.parent)


def _take_back(path: Path, ready: Path, incoming: Path, kept: Path) -> None:
    """After a failure: the old file as it lay, its journals before it."""
    with suppress(OSError):
        if not os.path.lexists(incoming):
            # Only the last sync has failed: the new file bears the name already.
            os.rename(path, incoming)
        for name in (*(path.name + suffix for suffix in SQLITE_SUFFIXES), path.name):
            if os.path.lexists(kept / name) and not os.path.lexists(path.with_name(name)):
                os.rename(kept / name, path.with_name(name))
        os.rename(incoming, ready)
        kept.rmdir()


def _folder_for_the_old(path: Path, at: datetime) -> Path:
    """A new folder on the same disk: among the backups, or beside where these are kept on another one."""
    replaced = folder_of(path) / REPLACED
    make_backup_folder(replaced.parent)
    make_backup_folder(replaced)
    if replaced.stat().st_dev != path.parent.stat().st_dev:
        replaced = _beside(path)
        make_backup_folder(replaced)
    for turn in range(1, 1000):
        kept = replaced / f"{at:%Y%m%d-%H%M%S}{f'-{turn}' if turn > 1 else ''}"
        with suppress(FileExistsError):
            kept.mkdir(mode=0o700)
            sync_folder(replaced)
            return kept
    raise FileExistsError(replaced)


def _begun(path: Path) -> tuple[Path, Path] | None:
    """The new file of an exchange that has moved the old one already, and the folder in which that lies."""
    for incoming in sorted(_incoming_ones(path), reverse=True):
        when = incoming.name.removeprefix(_incoming(path, "").name)
        for kept in (folder_of(path) / REPLACED / when, _beside(path) / when):
            if os.path.lexists(kept / path.name):
                return incoming, kept
    return None


def _incoming_ones(path: Path) -> list[Path]:
    start = _incoming(path, "").name
    try:
        return [path.with_name(name) for name in os.listdir(path.parent) if name.startswith(start)]
    except OSError:
        return []


def _incoming(path: Path, when: str) -> Path:
    return path.with_name(f".{path.name}.换入-{when}")


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{REPLACED}")


def _unfinished(error: OSError, kept: Path) -> NotSavedError:
    return NotSavedError(
        f"没有做完：换成恢复的文件时磁盘出错（{reason_of(error)}），也没能换回去。",
        f"请检查磁盘后再打开台账，会接着做完；原来的台账文件在 {kept}。",
    )


def _failed(error: OSError) -> NotSavedError:
    return NotSavedError(
        f"没有换成恢复的文件：{reason_of(error)}。原来的台账文件没有改变。", "请检查磁盘空间和文件夹权限后再试。"
    )
