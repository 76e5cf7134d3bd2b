"""The program's own errors: what is written down, and what the clerk reads. Never what stood in a note or a field."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import TaizhangError
from tui.output import complain

if TYPE_CHECKING:
    from types import TracebackType

_LONGEST: Final = 1 << 20
"""Bytes after which the log begins anew; the former one stays beside it."""
_FRAMES: Final = 100
"""The innermost ones that are written down: an endless recursion has a thousand."""
_FLAGS: Final = (
    os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)  # fmt: skip
CRASHED: Final = 1
"""The exit status of an error of the program's own."""


class Watch:
    """Around the whole of a run: `with` it, and an error that nobody expected ends the run with CRASHED.

    log: asked for the file only when something went wrong. An error of ours (TaizhangError) must be caught inside.
    """

    def __init__(self, log: Callable[[], Path], now: Callable[[], datetime]) -> None:
        self._log = log
        self._now = now
        self._in_threads: list[BaseException] = []
        self._hook_before = threading.excepthook

    def __enter__(self) -> Watch:
        threading.excepthook = self._in_thread
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        threading.excepthook = self._hook_before
        if isinstance(error, Exception):
            self._tell(error)
            raise SystemExit(CRASHED) from None

    def code(self, code: int) -> int:
        """The exit status of a run that would end with `code`: never 0 after a thread has died of an error."""
        if self._in_threads and code == 0:
            self._tell(self._in_threads[0])
            return CRASHED
        return code

    def _in_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            self._in_threads.append(given.exc_value)

    def _tell(self, error: BaseException) -> None:
        path = None
        # What goes wrong here must not hide from the clerk that something went wrong.
        with suppress(Exception):
            path = write_down(error, self._log(), self._now())
        with suppress(OSError, ValueError):
            complain(told(error, path))


def told(error: BaseException, path: Path | None) -> TaizhangError:
    """What the clerk reads; path None: it could not be written down."""
    names = "、".join(dict.fromkeys(type(one).__name__ for one in chain(error)))
    where = f"出错的位置记在 {path}（没有台账内容）" if path else "出错的位置没有记下来"
    return TaizhangError(
        f"程序出错，已经退出（{names}）。已保存的都在；没有保存的文字，留得住的都留成了草稿，重新打开时恢复。",
        f"{where}，请交给程序的维护者。再次出错的，先运行 taizhang --check。",
    )


def write_down(error: BaseException, log: Path, at: datetime) -> Path:
    """Append when, which version, which kinds of errors and where in the code; returns the log. Raises OSError.

    No messages, for they quote what was typed or read; no values; no paths of the machine.
    """
    import json

    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        if log.lstat().st_size > _LONGEST:
            os.replace(log, log.with_name(f"{log.name}.1"))
    errors = list(map(_described, chain(error)))
    line = {"at": at.isoformat(timespec="seconds"), "version": _version(), "errors": errors}
    descriptor = os.open(log, _FLAGS, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as stream:
        with suppress(OSError):
            os.fchmod(descriptor, 0o600)
        stream.write(json.dumps(line) + "\n")
        stream.flush()
        os.fsync(descriptor)
    return log


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what it came of, and so on."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        # A worker's failure of Textual's carries the error itself.
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__) or _carried(one)


def _carried(error: BaseException) -> BaseException | None:
    carried = getattr(error, "error", None)
    return carried if isinstance(carried, BaseException) else None


def _described(error: BaseException) -> dict[str, object]:
    from traceback import extract_tb

    found = extract_tb(error.__traceback__, limit=-_FRAMES)
    frames = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in found]
    return {"kind": type(error).__name__, "frames": frames}


def _short(file: str) -> str:
    """A file's name with its room, without where on the machine it lies: tui/screens/note.py."""
    parts = Path(file).parts
    rooms = [at for at, part in enumerate(parts) if part in ("db", "seeds", "tui", "site-packages")]
    return "/".join(parts[rooms[-1] :] if rooms else parts[-1:])


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("taizhang")
    except PackageNotFoundError:
        return ""
