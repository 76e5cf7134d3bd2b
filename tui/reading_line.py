"""How far the reading of a document is: one line on standard error, wiped when it ends. Only a terminal is told."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.progress_line import WIPE

Told = Callable[[float, str], None]


@contextmanager
def reading_line() -> Iterator[Told]:
    """What is told the part done, from 0 to 1, and a word for it; it says nothing where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda part, words: None
        return
    error = sys.stderr

    def tell(part: float, words: str) -> None:
        error.write(f"{WIPE}{words} {part:.0%}（Ctrl+C 取消）")
        error.flush()

    try:
        yield tell
    finally:
        error.write(WIPE)
        error.flush()
