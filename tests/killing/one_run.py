"""A child that does one thing, killed with SIGKILL at a moment while it does it."""

import os
import signal
import time
from collections.abc import Callable
from typing import TypeVar

Ready = TypeVar("Ready")


def kill_after(seconds: float, run: Callable[[Ready], object], ready: Callable[[], Ready]) -> None:
    """Fork, let the child make itself ready and run, and kill it so long after it has begun; it may have ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            made = ready()
            os.write(writing, b".")
            run(made)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        assert said.read(1) == b"."
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def seconds_of(run: Callable[[Ready], object], ready: Callable[[], Ready]) -> float:
    """How long a run takes here and now, in a child as those that are killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            made = ready()
            start = time.perf_counter()
            run(made)
            os.write(writing, str(time.perf_counter() - start).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as said:
        return float(said.read())
