"""Files to attach, as they lie on a clerk's disk, and waiting for what runs in threads."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events

from tests.tui.desks import settled
from tests.tui.office import Office
from tui.dialogs.picker import PickerDialog
from tui.dialogs.progress import ProgressDialog


def a_file(folder: Path, name: str, content: bytes = b"%PDF-1.4 \xe4\xb8\xad") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


async def until(what: Callable[[], Any]) -> None:
    """Threads take their time; a test does not take more than it needs."""
    for _ in range(400):
        if what():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


async def done(at: Office) -> None:
    """Until the window of what takes long has gone, and every thread has ended and said so."""
    await settled(at.pilot)
    await until(lambda: not isinstance(at.app.screen, ProgressDialog))
    await until(lambda: all(worker.is_finished for worker in at.app.workers if worker.group in ("viewer", "folder")))
    await settled(at.pilot)


async def drop(at: Office, text: str) -> None:
    """What a terminal sends when a file is dropped into it, or the clerk pastes."""
    at.app.post_message(events.Paste(text))
    await settled(at.pilot)


async def listed(at: Office) -> PickerDialog:
    """The picker, once its folder is read."""
    await settled(at.pilot)
    screen = at.app.screen
    assert isinstance(screen, PickerDialog)
    await until(lambda: all(worker.is_finished for worker in at.app.workers if worker.group == "folder"))
    await settled(at.pilot)
    return screen
