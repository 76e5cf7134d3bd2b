"""Temporary files of backups: a lock is held while one is written, and what a killed backup left is taken away.

The lock is a file of its own beside it: on a share, a lock on the temporary file would keep SQLite from writing there.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from db.connecting import SQLITE_SUFFIXES
from db.lock import Lock, lock_path, take_lock

_NAME: Final = re.compile(r"(\.taizhang-backup-[0-9a-f]{12})(?:\.lock|-journal|-wal|-shm)?")
_FLAGS: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def temporary(folder: Path) -> Iterator[Path]:
    """An empty private file (0600) in the folder; gone afterwards, unless it was renamed. Raises OSError."""
    path, lock = _made(folder)
    try:
        yield path
    finally:
        _remove(path)
        lock.release()


def remove_temporaries(folder: Path) -> None:
    """Remove the temporary files in the folder that nobody writes any more; what cannot be told or removed stays."""
    with suppress(OSError):
        with os.scandir(folder) as entries:
            found = {ours[1] for entry in entries if (ours := _NAME.fullmatch(entry.name))}
        for name in found:
            with suppress(OSError):
                _remove_if_free(folder / name)


def _made(folder: Path) -> tuple[Path, Lock]:
    while True:
        path = folder / f".taizhang-backup-{os.urandom(6).hex()}"
        lock = take_lock(path, "")
        if lock is None:
            continue
        try:
            os.close(os.open(path, _FLAGS, 0o600))
        except BaseException:
            _remove(path)
            lock.release()
            raise
        if lock_path(path).exists():
            return path, lock
        # Another backup took the lock file for an old one, just before it was locked.
        _remove(path)
        lock.release()


def _remove_if_free(path: Path) -> None:
    status = path.lstat() if os.path.lexists(path) else None
    if status is not None and not (stat.S_ISREG(status.st_mode) and _is_mine(status)):
        return
    lock = take_lock(path, "")
    if lock is None:
        return
    _remove(path)
    lock.release()


def _is_mine(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _remove(path: Path) -> None:
    """The file and what stands beside it; the lock's name last, while it is still held."""
    beside = (path.with_name(path.name + suffix) for suffix in SQLITE_SUFFIXES)
    for name in (path, *beside, lock_path(path)):
        with suppress(OSError):
            name.unlink()
