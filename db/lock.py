"""One writer at a time: an advisory lock on a file beside the ledger. The one module where systems differ on locks.

The kernel frees the lock when the process ends, kill -9 included; the content of the file only tells who holds it.
"""

import errno
import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_LONGEST: Final = 1000
"""Bytes of the text that tells who holds the lock."""

if os.name == "nt":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            # A byte far behind the text, so that others can still read who holds the lock.
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # A file system without flock: SQLite's own locks remain the backstop.
            return True
        return True


class Lock:
    """A held lock. `release` gives it back; the file stays, since removing it would let two hold it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def lock_path(ledger: Path) -> Path:
    """The lock file of a ledger file."""
    return ledger.with_name(ledger.name + ".lock")


def take_lock(ledger: Path, since: str) -> Lock | None:
    """Take the ledger's lock, or None when another process holds it. Raises OSError where no file can be made."""
    descriptor = _opened(lock_path(ledger), os.O_RDWR | os.O_CREAT)
    if not _take(descriptor):
        os.close(descriptor)
        return None
    holder = json.dumps({"pid": os.getpid(), "host": _host(), "since": since}, ensure_ascii=False)
    # Who holds it is only told: on a full disk the lock holds all the same.
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, holder.encode())
    return Lock(descriptor)


def is_held(ledger: Path) -> bool:
    """Whether a process, this one too, holds the ledger's lock now. Makes no file; what cannot be asked is no."""
    try:
        descriptor = _opened(lock_path(ledger), os.O_RDWR)
    except OSError:
        return False
    try:
        return not _take(descriptor)
    finally:
        os.close(descriptor)


def holder(ledger: Path) -> str:
    """Who holds the lock, in the clerk's words; '' when the lock file does not say."""
    try:
        descriptor = _opened(lock_path(ledger), os.O_RDONLY)
        try:
            told = json.loads(os.read(descriptor, _LONGEST))
        finally:
            os.close(descriptor)
        return f"主机 {told['host']}，进程 {int(told['pid'])}，自 {str(told['since'])[:16].replace('T', ' ')} 起"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _opened(path: Path, flags: int) -> int:
    """A descriptor of a regular file, neither followed nor waited for. Raises OSError for what is none: a pipe that
    lies in the lock's place would keep whoever reads it waiting for ever."""
    flags |= sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        raise _no_file(path)
    descriptor = os.open(path, flags, 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _no_file(path)
    return descriptor


def _no_file(path: Path) -> OSError:
    return OSError(errno.EINVAL, f"{path.name} 不是普通文件，请移走它")


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
