"""A screen on which something is typed: within a second of a key it is kept, and at once when the program must end."""

from __future__ import annotations

from typing import Final, TypeVar

from textual.screen import Screen
from textual.timer import Timer

T = TypeVar("T")

DRAFT_SECONDS: Final = 0.8
"""The longest time that a character waits for its draft; a second is what the clerk is promised."""
RETRY_SECONDS: Final = 5.0
"""When the draft is tried again after it could not be kept."""


class Drafting(Screen[T]):
    """A subclass keeps what is typed in `save_draft_now` and calls `typed_on` for each change."""

    _draft_timer: Timer | None = None

    def save_draft_now(self) -> bool:
        """Keep what is typed and not saved, without waiting: whether nothing would be lost if the program ended."""
        raise TypeError(f"{type(self).__name__} keeps no draft")

    def typed_on(self) -> None:
        """Something was typed: its draft is due. Further keys do not put it off, for they may be many."""
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_SECONDS, self._draft_is_due)

    def draft_is_kept(self) -> None:
        """Nothing waits for its draft any more."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None

    def _draft_is_due(self) -> None:
        self._draft_timer = None
        if not self.save_draft_now():
            self._draft_timer = self.set_timer(RETRY_SECONDS, self._draft_is_due)
