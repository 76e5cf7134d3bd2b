"""What a terminal may do to the program, apart from drawing it: signals, closing, keys that are no UTF-8."""

import asyncio
import signal
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from typing import Any, Final

from textual.driver import Driver

ENDING_SIGNALS: Final = ("SIGHUP", "SIGTERM", "SIGINT", "SIGQUIT")
HUNG_UP: Final = 128 + 1
"""The exit status of a program whose terminal was closed (128 + SIGHUP)."""
UNDECODABLE: Final = "\ufffd"
"""What stands for a byte that is no UTF-8."""


def _forgiving_decoder(encoding: str) -> Callable[..., IncrementalDecoder]:
    decoder = getincrementaldecoder(encoding)

    class Forgiving(decoder):  # type: ignore[valid-type, misc]
        """Shows � for what cannot be decoded. Nothing at all is the end of a terminal that was closed."""

        def decode(self, given: bytes, final: bool = False) -> str:
            if not given and not final:
                raise EOFError
            return str(super().decode(given, final))

    def make(errors: str = "strict") -> IncrementalDecoder:
        made: IncrementalDecoder = Forgiving(errors="replace" if errors == "strict" else errors)
        return made

    return make


def terminal_driver(lost: Callable[[], None]) -> type[Driver] | None:
    """Textual's driver, made to outlive what a terminal does to it; None where there is another one (Windows).

    A terminal set to GBK sends bytes that are no UTF-8 with the first Chinese character; Textual 8.2 decodes strictly
    and has no setting for it. `lost` is called in the event loop when the terminal can no longer be read though no
    SIGHUP came (held back, sent to nobody): Textual would read the end of it over and over, or end with status 0.
    """
    try:
        from textual.drivers import linux_driver
    except ImportError:
        return None
    module: Any = linux_driver
    module.getincrementaldecoder = _forgiving_decoder

    class TerminalDriver(linux_driver.LinuxDriver):
        def run_input_thread(self) -> None:
            try:
                super().run_input_thread()
            except (EOFError, OSError):
                if not self.exit_event.is_set():
                    self._app.call_later(lost)

    return TerminalDriver


def on_ending_signals(end: Callable[[int], None]) -> None:
    """Calls `end` with 128+n when the terminal is closed or the process is told to stop.

    Without it SIGHUP, SIGTERM and SIGQUIT kill the process on the spot: nothing is saved and the terminal stays raw.
    """
    for name in ENDING_SIGNALS:
        number = getattr(signal, name, None)
        if number is None or not _heard(number, end, 128 + int(number)):
            return


def on_suspending(suspend: Callable[[], None]) -> None:
    """Calls `suspend` on SIGTSTP, between two callbacks of the loop.

    Textual's own handler would stop the process wherever it just is, also in the middle of a transaction, and the
    ledger would be locked for everybody else until somebody wakes it.
    """
    number = getattr(signal, "SIGTSTP", None)
    if number is not None:
        _heard(number, suspend)


def _heard(number: int, answer: Callable[..., None], *arguments: object) -> bool:
    """Whether the signal will be answered in the event loop."""
    try:
        asyncio.get_running_loop().add_signal_handler(number, answer, *arguments)
    except (NotImplementedError, RuntimeError, ValueError):
        # Windows' loops have none, and only a main thread may: there the default stays.
        return False
    return True
