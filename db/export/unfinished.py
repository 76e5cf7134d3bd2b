"""Temporary files of exports: while one is written its lock is held, and what a killed export left is taken away.

A kill -9 leaves .taizhang-<12 hex>.zip behind, hidden and as large as the package. The kernel frees its lock with the
process, so whose lock can be had is written by nobody any more.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"\.taizhang-[0-9a-f]{12}(\.[^.]*)?")
_OLD: Final = timedelta(days=1)
_FLAGS: Final = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

_HAS_LOCKS: Final = os.name != "nt"

if os.name == "nt":

    def _is_free(descriptor: int) -> bool:
        return False  # a lock on a region would refuse the writer's own second handle

else:
    import fcntl

    def _is_free(descriptor: int) -> bool:
        """Take the lock of an open file: whether nobody else has it. False also where there are no such locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def temporary(place: Path) -> Iterator[Path]:
    """An empty private file in the place's folder, locked while it is written; gone afterwards unless it was renamed.

    Raises OSError. On Windows, where an open file cannot be renamed, it is not locked.
    """
    is_made = False
    while not is_made:
        # A short name of our own: the target's may already be as long as a name can be.
        beside = place.parent / f".taizhang-{os.urandom(6).hex()}{place.suffix}"
        descriptor = None
        try:
            descriptor = os.open(beside, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
            if not _HAS_LOCKS:
                os.close(descriptor)
                descriptor = None
            is_made = descriptor is None or _is_locked(descriptor)
            if is_made:
                yield beside
        finally:
            # What cannot be removed now is removed by the next export: the one that is done is not called failed.
            with suppress(OSError):
                beside.unlink()
            if descriptor is not None:
                os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    """Lock the new file; False where another export took it for an old one just before."""
    _is_free(descriptor)
    return os.fstat(descriptor).st_nlink > 0


def remove_unfinished(folder: Path, at: datetime, own: Callable[[os.stat_result], bool] | None) -> None:
    """Remove the temporary files in the folder that nobody writes any more; what cannot be told or removed stays.

    On Windows those are the ones that are a day older than `at`. `own` tells the ledger's own files, of which none
    is opened: closing it again would drop SQLite's locks.
    """
    with suppress(OSError):
        for path in _named(folder):
            with suppress(OSError):
                found = path.lstat()
                if _is_ours(found) and not (own is not None and own(found)):
                    _remove(path, found, at)


def _named(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if _NAME.fullmatch(entry.name)]
    return (folder / name for name in names)


def _is_ours(found: os.stat_result) -> bool:
    is_mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return stat.S_ISREG(found.st_mode) and is_mine and found.st_nlink == 1


def _remove(path: Path, found: os.stat_result, at: datetime) -> None:
    if not _HAS_LOCKS:
        if at.replace(tzinfo=None) - datetime.fromtimestamp(found.st_mtime) > _OLD:
            path.unlink()
        return
    descriptor = os.open(path, _FLAGS)
    try:
        opened = os.fstat(descriptor)
        if (opened.st_dev, opened.st_ino) == (found.st_dev, found.st_ino) and _is_free(descriptor):
            path.unlink()
    finally:
        os.close(descriptor)
