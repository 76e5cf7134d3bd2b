"""Whether a folder on a share or stick answers: a system waits for a lost server for minutes, or for ever."""

import threading
from contextlib import suppress
from os import stat
from pathlib import Path
from typing import Final

__all__ = ["PATIENCE", "answers"]

PATIENCE: Final = 5.0
"""Seconds."""

_SILENT: Final[set[str]] = set()
"""The folders that were asked and have not answered yet: they are not asked again while the question stands."""


def answers(folder: Path) -> bool:
    """Whether the operating system says anything of the folder in time, were it that there is none. Never fails.

    A thread that nobody waits for asks: what hangs in the system cannot be interrupted.
    """
    name = str(folder)
    if name in _SILENT:
        return False
    answered = threading.Event()

    def ask() -> None:
        with suppress(OSError, ValueError):
            stat(name)
        answered.set()
        _SILENT.discard(name)

    _SILENT.add(name)
    threading.Thread(target=ask, name=f"ask {name}", daemon=True).start()
    return answered.wait(PATIENCE)
