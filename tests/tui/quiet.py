"""Waiting for the program to have nothing left to do, as a fact and not by the clock.

Textual's own tests sleep in steps of a fiftieth of a second until the process looks idle: two steps a key at the least,
three more for each `settled`, and on a busy machine a guess all the same. What is awaited is known: the event loop has
nothing ready, no screen has something to draw, and no worker is in its thread. Only for the last is there a sleep.
"""

import asyncio
from typing import Any, Final

from textual import _wait
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot

QUIET: Final = 2
"""Rounds of the loop with nothing ready: what a thread has said is met in the second."""

PATIENCE: Final = 10.0
"""Seconds after which a program that never rests is looked at all the same."""


async def wait_for_quiet(min_sleep: float = 0, max_sleep: float = PATIENCE) -> None:
    """In place of `textual._wait.wait_for_idle`, with its arguments; a sleep that was asked for is slept."""
    app = active_app.get()
    end = asyncio.get_running_loop().time() + max_sleep
    await asyncio.sleep(min_sleep)
    is_given_time = False
    while asyncio.get_running_loop().time() < end:
        await _nothing_ready(end)
        if _drawn(app):
            continue
        if is_given_time or all(worker.is_finished for worker in app.workers):
            return
        # A thread is no business of the loop's; one that waits for something itself is not waited for.
        await _wait.wait_for_idle(0)
        is_given_time = True


async def wait_for_screen(_: Pilot[Any], timeout: float = PATIENCE) -> bool:
    """In place of `Pilot._wait_for_screen`: that sends a message to every widget and waits for all to be answered.

    With nothing ready, every widget has done what was sent to it, and need not be asked.
    """
    await _nothing_ready(asyncio.get_running_loop().time() + timeout)
    return True


async def _nothing_ready(end: float) -> None:
    loop: Any = asyncio.get_running_loop()
    quiet = 0
    while quiet < QUIET and loop.time() < end:
        await asyncio.sleep(0)
        quiet = 0 if loop._ready else quiet + 1


def _drawn(app: App[Any]) -> bool:
    """Does what else waits for the next tick of Textual's clocks, a new size and drawing; whether there was any."""
    if app._resize_timer is not None:
        app._check_resize()
        return True
    waiting = [screen for screen in app.screen_stack if screen._update_timer._active.is_set()]
    for screen in waiting:
        screen._on_timer_update()
    return bool(waiting)
