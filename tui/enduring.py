"""What an app must outlive or end well: signals, a terminal that is gone or not UTF-8, errors of its own."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from textual import events
from textual.timer import Timer

from tui.crash import CRASHED
from tui.in_turn import KeysInTurn
from tui.terminal import HUNG_UP, UNDECODABLE, on_ending_signals, on_suspending, terminal_driver

SAID_AFTER: Final = 0.3
"""Seconds after the last byte that is no UTF-8 until that is said: what is typed with it wipes the status line."""
SUSPEND_AGAIN: Final = 0.1
"""Seconds after which it is looked again whether a thread still works."""
NOT_UTF8: Final = "有字符认不出，显示为 �：终端的编码不是 UTF-8（多半是 GBK）。请先把终端的字符编码改为 UTF-8。"


class Enduring(KeysInTurn):
    """The screens keep what is typed in `save_draft_now`; an error that ends the app is found in `fault` afterwards."""

    fault: Exception | None = None
    _not_utf8: Timer | None = None

    def __init__(self) -> None:
        super().__init__(driver_class=terminal_driver(self.terminal_lost))

    def answer(self, text: str, *, alarm: bool = False) -> None:
        """Say something on whatever screen is on top."""

    def hear_signals(self) -> None:
        """For on_mount: from now on a signal ends or suspends the app with everything kept."""
        on_ending_signals(self.end_by_signal)
        on_suspending(self.suspend_by_signal)

    def end_by_signal(self, code: int) -> None:
        """The terminal was closed or the process told to stop: nothing typed is lost."""
        self.stop_work()
        self._save_whatever_can_be()
        self.exit(return_code=code)

    def terminal_lost(self) -> None:
        """The terminal is gone, and no signal has said so."""
        self.end_by_signal(HUNG_UP)

    def suspend_by_signal(self) -> None:
        """kill -TSTP: drafts are kept, and no thread is stopped while it writes, for the ledger would stay locked."""
        self.save_drafts()
        if any(worker.is_running and worker._thread_worker for worker in self.workers):
            self.set_timer(SUSPEND_AGAIN, self.suspend_by_signal)
            return
        driver: Any = self._driver
        driver._sigtstp_application()

    def save_drafts(self) -> bool:
        """Whether all that was typed is kept now; one that fails does not keep the others from it."""
        kept = True
        for screen in reversed(self.screen_stack):
            save = getattr(screen, "save_draft_now", None)
            if save is not None and not save():
                kept = False
        return kept

    def stop_work(self) -> None:
        """The program is about to end: what works in a thread stops at its next piece, for the end waits for it."""

    def _save_whatever_can_be(self) -> None:
        for screen in reversed(self.screen_stack):
            # Whatever is broken must cost neither the draft of another screen nor the end of the program.
            with suppress(Exception):
                getattr(screen, "save_draft_now", bool)()

    # A terminal set to GBK

    def heard(self, event: events.Key | events.Paste) -> bool:
        self._look_for_undecodable(event.character if isinstance(event, events.Key) else event.text)
        return super().heard(event)

    def _look_for_undecodable(self, text: str | None) -> None:
        if text is None or UNDECODABLE not in text:
            return
        if self._not_utf8 is not None:
            self._not_utf8.stop()
        self._not_utf8 = self.set_timer(SAID_AFTER, lambda: self.answer(NOT_UTF8, alarm=True))

    # An error of the app's own: tui/crash.py says it and writes it down when the terminal is given back

    def _fatal_error(self) -> None:
        # Textual's own prints every local variable, and these hold what the clerk wrote.
        self.panic()

    def panic(self, *renderables: object) -> None:
        """Ends the app with what is typed kept; what Textual would print then is left out."""
        if self.fault is None:
            # None where the thread that reads the keys has died.
            self.fault = self._exception or RuntimeError("the input thread has ended")
            self.stop_work()
            self._save_whatever_can_be()
        self._return_code = CRASHED
        self._close_messages_no_wait()
