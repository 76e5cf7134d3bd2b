"""How far an export or a backup is: one line on standard error, wiped when it ends. Only a terminal is told, and only
what is long."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from db.rules.evidence import MEGABYTE, Progress
from db.rules.sizes import size_words

LONG: Final = 64 * MEGABYTE
"""Bytes: less is done before a line could be read."""
WIPE: Final = f"\r{' ' * 60}\r"
"""Wider than the line; a terminal that knows no escapes wipes by spaces too."""


@contextmanager
def progress_line(doing: str = "正在导出") -> Iterator[Progress | None]:
    """What is to be told the progress; None where nobody would see it. doing: what the line begins with."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    line = _Line(doing)
    try:
        yield line.tell
    finally:
        line.wipe()


class _Line:
    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._said = ""

    def tell(self, done: int, total: int) -> None:
        """A new line only where another percent is full."""
        if total < LONG:
            return
        said = f"{done * 100 // total}%"
        if said != self._said:
            self._said = said
            sys.stderr.write(f"{WIPE}{self._doing} {said}（{size_words(done)} / {size_words(total)}，Ctrl+C 取消）")
            sys.stderr.flush()

    def wipe(self) -> None:
        if self._said:
            sys.stderr.write(WIPE)
            sys.stderr.flush()
