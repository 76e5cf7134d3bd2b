"""One writer at a time: an advisory lock on a file beside the ledger. The one module where systems differ on locks.

The kernel frees the lock when the process ends, kill -9 included; the content of the file only tells who holds it.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

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
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(lock_path(ledger), flags, 0o600)
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


def holder(ledger: Path) -> str:
    """Who holds the lock, in the clerk's words; '' when the lock file does not say."""
    try:
        told = json.loads(lock_path(ledger).read_text(encoding="utf-8")[:1000])
        return f"主机 {told['host']}，进程 {int(told['pid'])}，自 {str(told['since'])[:16].replace('T', ' ')} 起"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
