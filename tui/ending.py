"""The end of the screen: what a thread still does is waited for, but not for ever."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Final

from tui.output import remark

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from tui.enduring import Enduring

TOLD_AFTER: Final = 3.0
"""Seconds after which the clerk is told what is waited for."""
LONGEST: Final = 20.0
"""Seconds that the threads may take to their next piece: a slow stick writes a last megabyte, a lost server nothing."""
_STEP: Final = 0.2

_WAITING: Final = "正在等备份停下来，最多 20 秒……"
_GIVEN_UP: Final = "备份的位置一直没有回应，程序没有再等。台账已保存；U 盘或网络盘上没写完的那一份备份不算数。"


def run_screen(app: Enduring) -> None:
    """Runs the app to its end, as `App.run` does, but waits for its threads no longer than LONGEST."""
    import asyncio

    loop = asyncio.new_event_loop()
    try:
        asyncio.set_event_loop(loop)
        app.run(loop=loop)
    finally:
        _end_tasks(loop)
        asyncio.set_event_loop(None)
        # Threads that have nothing to do end by this; asyncio.run would wait for the others for ever.
        loop.close()
        # Whichever way it ended: what works on stops at its next piece.
        app.stop_work()
        _wait_for_threads()


def end_without_what_hangs(code: int) -> None:
    """Ends the process at once with `code` where a thread is still there that the interpreter would wait for.

    The caller has flushed standard output and standard error."""
    if _threads():
        os._exit(code)


def _end_tasks(loop: AbstractEventLoop) -> None:
    import asyncio

    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())


def _wait_for_threads() -> None:
    began, told = time.monotonic(), False
    for thread in _threads():
        while thread.is_alive() and (gone := time.monotonic() - began) < LONGEST:
            if gone >= TOLD_AFTER and not told:
                told = True
                remark(_WAITING)
            thread.join(_STEP)
    if _threads():
        remark(_GIVEN_UP)


def _threads() -> list[threading.Thread]:
    main = threading.main_thread()
    return [thread for thread in threading.enumerate() if thread is not main and not thread.daemon]
