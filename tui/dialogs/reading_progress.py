"""Reading a document, in a thread: how far another process is with it. Esc stops that process."""

from collections.abc import Callable
from typing import TypeVar

from db.rules.evidence import Progress
from tui.dialogs.progress import ProgressDialog
from tui.text import Shown

T = TypeVar("T")

_WHOLE = 1000

Told = Callable[[float, str], None]
"""Takes the part done, 0 to 1, and a word for it. Raises CancelledError once the clerk has pressed Esc."""
Stopped = Callable[[], bool]
"""Asked often. Raises the same."""


class ReadingProgress(ProgressDialog[T]):
    """The words are those of the reader."""

    def __init__(self, title: Shown, work: Callable[[Told, Stopped], T]) -> None:
        super().__init__(title, self._reading)
        self._read = work
        self._words = ""

    def _reading(self, progress: Progress) -> T:
        done = 0

        def tell(part: float, words: str) -> None:
            nonlocal done
            self._words = words
            done = int(part * _WHOLE)
            progress(done, _WHOLE)

        def stopped() -> bool:
            progress(done, _WHOLE)
            return False

        return self._read(tell, stopped)

    def _look(self) -> None:
        done, total = self._told
        if total and not self._stopping.is_set():
            self._bar.show(done, total)
            self._far.write(self._words)
