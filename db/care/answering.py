"""Whether a folder on a share or stick answers: a system waits for a lost server for minutes, or for ever."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from os import stat
from pathlib import Path
from typing import Final

__all__ = ["PATIENCE", "answers"]

PATIENCE: Final = 5.0
"""Seconds."""


@dataclass
class _Question:
    """One that stands: until when it is waited for, and whether it was answered."""

    until: float
    answered: threading.Event


_STANDING: Final[dict[str, _Question]] = {}
"""By folder. A second one who wants to know waits for the same answer; what hangs is asked once and waited for once."""
_ONE_AT_A_TIME: Final = threading.Lock()


def answers(folder: Path) -> bool:
    """Whether the operating system says anything of the folder in time, were it that there is none. Never fails.

    A thread that nobody waits for asks: what hangs in the system cannot be interrupted.
    """
    name = str(folder)
    with _ONE_AT_A_TIME:
        question = _STANDING.get(name)
        if question is None:
            question = _STANDING[name] = _Question(time.monotonic() + PATIENCE, threading.Event())
            threading.Thread(target=_ask, args=(name, question), name=f"ask {name}", daemon=True).start()
    return question.answered.wait(max(question.until - time.monotonic(), 0))


def _ask(name: str, question: _Question) -> None:
    with suppress(OSError, ValueError):
        stat(name)
    with _ONE_AT_A_TIME:
        del _STANDING[name]
    question.answered.set()
