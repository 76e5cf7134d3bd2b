"""What a reader's process may use, and where systems differ: setting limits, starting a process, telling its end.

The figures are measured ones (libraries.md section 4, H11 of reliability.md): ordinary notices take 0.2 s and 60 MB.
Windows has no such limits on memory; there the size checks, the count of inflated bytes and the time limit stand.
"""

import contextlib
import math
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

if sys.platform != "win32":
    import resource

FILE_BYTES: Final = 20 * 1024 * 1024
ANSWER_BYTES: Final = 64 * 1024 * 1024
"""A whole document as the child writes it; a notice of 40 tasks is 100 KB."""
ROWS: Final = 100_000
COLUMNS: Final = 256
CELLS: Final = 1_000_000
"""Positions of all tables of one document that hold text or lie in a merged area."""
TABLES: Final = 5_000
PARAGRAPHS: Final = 500_000
EMPTY_CELLS: Final = 3_000_000
"""Cells of a workbook in all, also those that have a frame and no text."""

_KEPT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ")
"""What an interpreter itself may need; nothing of the clerk's environment goes into the child."""

_REFUSED: Final = (
    "socket.", "subprocess.", "ctypes.dlopen", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.system", "urllib.", "ftplib.", "smtplib.", "webbrowser.", "os.remove", "os.rename", "os.rmdir", "shutil.",
)  # fmt: skip

Progress = Callable[[float, str], None]
"""Takes the part that is done, 0 to 1, and what is being done in Chinese."""
End = Literal["time", "memory", "crash", "failed"]


@dataclass(frozen=True, slots=True)
class Limits:
    """memory in bytes of address space; seconds of the processor in the child, of the clock in the parent."""

    memory: int = 1 << 30
    seconds: float = 30.0


def confine(limits: Limits) -> None:
    """Bind this process for the rest of its life: memory, processor time, no core file."""
    if sys.platform != "win32":
        seconds = math.ceil(limits.seconds)
        _lower(resource.RLIMIT_AS, limits.memory, limits.memory)
        _lower(resource.RLIMIT_CPU, seconds, seconds + 2)
        _lower(resource.RLIMIT_CORE, 0, 0)


def keep_inside() -> None:
    """From now on this process opens no socket, starts no program and removes no file; to be called once."""

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(f"a reader does not do this: {event}")

    sys.addaudithook(refuse)


def started(command: Sequence[str], descriptor: int) -> subprocess.Popen[bytes]:
    """The child with the document as its standard input. In a session of its own: Ctrl+C is the parent's to answer."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows only
    return subprocess.Popen(
        command,
        stdin=descriptor,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept,
        start_new_session=True,
        creationflags=flags,
    )


def how_it_ended(code: int) -> End:
    """Why a child gave no answer, from its exit code (negative: the signal)."""
    if sys.platform != "win32":
        if code == -signal.SIGXCPU:
            return "time"
        if code == -signal.SIGKILL:
            # Nobody of ours sends it before the answer is given up: the system was out of memory.
            return "memory"
    return "crash" if code < 0 else "failed"


def _lower(kind: int, soft: int, hard: int) -> None:
    if sys.platform != "win32":
        # A limit that is lower already stays; a system that does not know this one (macOS) goes without.
        most = resource.getrlimit(kind)[1]
        with contextlib.suppress(ValueError, OSError):
            if most == resource.RLIM_INFINITY or most >= hard:
                resource.setrlimit(kind, (soft, hard))
            else:
                resource.setrlimit(kind, (min(soft, most), most))
