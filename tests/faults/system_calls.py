"""SQLite's own system calls in this process, answered with an error at a chosen moment.

SQLite reaches the system through a table of functions that its tests may exchange (sqlite3_vfs.xSetSystemCall); ctypes
reaches that table where Python uses SQLite as a shared library. So a full disk or a broken one is met by SQLite's own
code, with its journal, its roll-back and its error codes, and nothing of the program is exchanged. Syncs are not in the
table: tests/release steps through these with strace.
"""

import _sqlite3
import ctypes
import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import TracebackType
from typing import Any, Final

_FORMS: Final[dict[bytes, Any]] = {
    **dict.fromkeys(
        (b"pwrite", b"pwrite64"),
        ctypes.CFUNCTYPE(
            ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64, use_errno=True
        ),
    ),
    b"ftruncate": ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True),
    b"unlink": ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, use_errno=True),
}
"""What changes the disk, with its C signature."""
_SET: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
_GET: Final = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)


class Disk(Enum):
    """How a disk can answer."""

    FULL = errno.ENOSPC
    BROKEN = errno.EIO


class _Vfs(ctypes.Structure):
    """struct sqlite3_vfs, version 3."""

    _fields_ = (
        *(("iVersion", ctypes.c_int), ("szOsFile", ctypes.c_int), ("mxPathname", ctypes.c_int)),
        *(("pNext", ctypes.c_void_p), ("zName", ctypes.c_char_p), ("pAppData", ctypes.c_void_p)),
        *((f"method{number}", ctypes.c_void_p) for number in range(13)),
        *((name, ctypes.c_void_p) for name in ("xSetSystemCall", "xGetSystemCall", "xNextSystemCall")),
    )


@cache
def _table() -> tuple[int, _Vfs] | None:
    """The address of the usual VFS and what stands there; None where SQLite is built into Python and out of reach."""
    try:
        find = ctypes.CDLL(getattr(_sqlite3, "__file__", None)).sqlite3_vfs_find
    except (AttributeError, OSError):
        return None
    find.restype, find.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    address = find(None)
    vfs = _Vfs.from_address(address)
    return (address, vfs) if vfs.iVersion >= 3 and vfs.xSetSystemCall else None


def why_out_of_reach() -> str:
    """Why SQLite's system calls cannot be reached here; '' where they can."""
    return "" if _table() else "SQLite is no shared library here: its system calls are out of reach"


@dataclass
class SystemCalls:
    """Stands between SQLite and the system while it is entered. Counts the calls, and answers as it is told."""

    made: int = 0
    disk: Disk | None = None
    lasting: bool = True
    """Whether the disk stays as it is, or only the next call meets it."""
    failed: int = 0
    before: Callable[[], None] = lambda: None
    """Called before each call (where a kill can be put)."""

    def __enter__(self) -> "SystemCalls":
        found = _table()
        if found is None:
            raise RuntimeError(why_out_of_reach())
        self._address, vfs = found
        self._set, get = _SET(vfs.xSetSystemCall), _GET(vfs.xGetSystemCall)
        self._callbacks = []
        for name, form in _FORMS.items():
            real = get(self._address, name)
            if real:
                callback = form(self._standing_before(name, form(real)))
                self._callbacks.append(callback)
                self._set(self._address, name, ctypes.cast(callback, ctypes.c_void_p))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in _FORMS:
            self._set(self._address, name, None)

    def _standing_before(self, name: bytes, real: Callable[..., int]) -> Callable[..., int]:
        def call(*values: object) -> int:
            self.made += 1
            self.before()
            disk = self.disk
            # A full disk still lets go of a file.
            if disk is None or (disk is Disk.FULL and name == b"unlink"):
                answer: int = real(*values)
                return answer
            self.failed += 1
            if not self.lasting:
                self.disk = None
            ctypes.set_errno(disk.value)
            return -1

        return call


@contextmanager
def watched_calls() -> Iterator[SystemCalls]:
    """The calls as they are made, where they can be reached; else a count that stays 0."""
    calls = SystemCalls()
    if why_out_of_reach():
        yield calls
    else:
        with calls:
            yield calls
