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
        self._place: Place | None = None

    def later(self, place: Place) -> None:
        """Keep this place soon."""
        if self._desk.read_only:
            return
        self._place = place
        if self._timer is None:
            self._timer = self._screen.set_timer(QUIET_SECONDS, self._quiet)
        else:
            self._timer.reset()

    def now(self) -> None:
        """Keep what waits at once, before the screen goes. A place that cannot be kept is no loss to speak of."""
        place, self._place = self._place, None
        if place is None:
            return
        try:
            self._desk.remember(place)
        except TaizhangError:
            return

    def _quiet(self) -> None:
        self._timer = None
        if not self._ready():
            self._timer = self._screen.set_timer(QUIET_SECONDS, self._quiet)
            return
        self._screen.run_worker(self.now, thread=True, group="place", exit_on_error=False)
