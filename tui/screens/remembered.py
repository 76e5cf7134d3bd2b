"""Where the clerk is, kept in the file a moment after it changed: never on the way to a frame, never in the way."""

from collections.abc import Callable
from typing import Any, Final

from textual.screen import Screen
from textual.timer import Timer

from db.errors import TaizhangError
from db.rules.rows import Place
from tui.desk import Desk

QUIET_SECONDS: Final = 1.0


class Remembered:
    """Keeps a place once nothing has changed for QUIET_SECONDS, in a thread: a stick may take its time.

    ready says whether the store is loaded; until then it waits, as loading it would stop the screen.
    """

    def __init__(self, screen: Screen[Any], desk: Desk, ready: Callable[[], bool]) -> None:
        self._screen = screen
        self._desk = desk
        self._ready = ready
        self._timer: Timer | None = None
        self._waiting: tuple[int, Place] | None = None

    def later(self, ledger_id: int, place: Place) -> None:
        """Keep this place in this ledger soon."""
        if self._desk.read_only:
            return
        self._waiting = ledger_id, place
        if self._timer is None:
            self._timer = self._screen.set_timer(QUIET_SECONDS, self._quiet)
        else:
            self._timer.reset()

    def now(self) -> None:
        """Keep what waits at once, before the screen goes. A place that cannot be kept is no loss to speak of."""
        waiting, self._waiting = self._waiting, None
        # The desk keeps a place in the ledger it has open: one of another ledger must not land there.
        if waiting is None or self._desk.ledger is None or self._desk.ledger.id != waiting[0]:
            return
        try:
            self._desk.remember(waiting[1])
        except TaizhangError:
            return

    def _quiet(self) -> None:
        self._timer = None
        if not self._ready():
            self._timer = self._screen.set_timer(QUIET_SECONDS, self._quiet)
            return
        self._screen.run_worker(self.now, thread=True, group="place", exit_on_error=False)
