"""What a terminal may do to the program, apart from drawing it."""

import asyncio
import signal
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from typing import Any, Final

ENDING_SIGNALS: Final = ("SIGHUP", "SIGTERM", "SIGINT")


def _forgiving_decoder(encoding: str) -> Callable[..., IncrementalDecoder]:
    decoder = getincrementaldecoder(encoding)

    def make(errors: str = "replace") -> IncrementalDecoder:
        return decoder(errors="replace" if errors == "strict" else errors)

    return make


def survive_undecodable_keys() -> None:
    """Makes Textual's input thread show � for bytes that are no UTF-8, instead of ending the program.

    A terminal set to GBK sends such bytes with the first Chinese character; Textual 8.2 decodes strictly and has no
    setting for it.
    """
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows has another driver, which reads characters, not bytes
        return
    driver: Any = linux_driver
    driver.getincrementaldecoder = _forgiving_decoder


def on_ending_signals(end: Callable[[int], None]) -> None:
    """Calls `end` with 128+n when the terminal is closed or the process is told to stop.

    Without it SIGHUP and SIGTERM kill the process on the spot: nothing is saved and the terminal stays raw.
    """
    loop = asyncio.get_running_loop()
    for name in ENDING_SIGNALS:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, end, 128 + int(number))
        except (NotImplementedError, RuntimeError, ValueError):
            # Windows' loops have none, and only a main thread may: there the default stays.
            return
