"""Keys are taken one after the other: the next one waits until all that the last one began is done."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from typing import Final, NamedTuple

from textual import events
from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump
from textual.widget import Widget

LONGEST: Final = 5.0
"""Seconds after which the next key is let through whatever the last one still does: Esc must reach what hangs."""
_LOOK_AGAIN: Final = 0.05
"""Seconds after which it is looked again whether a part of the screen that was asked still runs."""


class _Typed(NamedTuple):
    event: events.Key | events.Paste
    at: float


class KeysInTurn(App[None]):
    """What is typed ahead of a slow machine means what it would have meant on a quick one.

    Textual sends a key to what has the focus at that moment, and that may be on its way out: the key is then lost, or
    changes a line that Enter has just handed over. Text into a field that takes it does not wait for other text; one
    that takes Enter for text too has `takes_enter`. Elsewhere an Enter behind an Enter is the same one, pressed again
    because nothing seemed to happen: what it would confirm had not been seen.
    """

    _released: _Typed | None = None
    _settling: asyncio.Task[None] | None = None
    _is_text = False
    """Whether all that is being waited for is text into the field that still has the focus."""
    _is_more = False
    _is_enter = False
    """Whether the newest key was an Enter that is no text."""
    _still_since = 0.0
    typed_at = 0.0

    def __init__(self, driver_class: type | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self._held: deque[_Typed] = deque()

    def heard(self, event: events.Key | events.Paste) -> bool:
        """Its turn has come. Returns whether it is to be sent on."""
        return True

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        is_text = self._goes_into_text(event)
        if self._released is not None and event is self._released.event:
            typed, self._released = self._released, None
        else:
            typed = _Typed(event, time.monotonic())
            if self._held or self._released or (self._settling is not None and not (is_text and self._is_text)):
                self._held.append(typed)
                return
        if self._is_same_enter(typed, is_text) or not self.heard(event):
            self._release_next()
            return
        self._is_text = is_text
        self._is_enter = not is_text and _is_enter(event)
        self.typed_at = typed.at
        target = self._target()
        await super().on_event(event)
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle(target))
        else:
            self._is_more = True

    def _is_same_enter(self, typed: _Typed, is_text: bool) -> bool:
        return self._is_enter and not is_text and _is_enter(typed.event) and typed.at < self._still_since

    def _goes_into_text(self, event: events.Key | events.Paste) -> bool:
        focused = self.focused
        return (
            isinstance(event, events.Key)
            and event.character is not None
            and focused is not None
            and (
                focused.check_consume_key(event.key, event.character)
                or (_is_enter(event) and getattr(focused, "takes_enter", False))
            )
        )

    def _target(self) -> Widget | None:
        try:
            return self.focused or self.screen
        except ScreenStackError:
            return None

    async def _settle(self, target: Widget | None) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST):
                    while self._is_more or not await self._is_still(target):
                        self._is_more = False
                        target = self._target()
        finally:
            # Whatever went wrong here, the keys go on.
            self._settling = None
            self._still_since = time.monotonic()
            self._release_next()

    async def _is_still(self, target: Widget | None) -> bool:
        """Whether nothing was left to do from the target up to the app, and the target is still the same."""
        pumps: list[MessagePump] = [self] if target is None else [*target.ancestors_with_self]
        before = [pump.message_queue_size for pump in pumps]
        # What was taken down in the meantime does nothing any more, whatever is left in its queue.
        left = [size for pump, size in zip(pumps, before, strict=True) if await _is_past(pump)]
        return not any(left) and target is self._target()

    def _release_next(self) -> None:
        if self._held:
            self._released = self._held.popleft()
            self.post_message(self._released.event)


def _is_enter(event: events.Key | events.Paste) -> bool:
    return isinstance(event, events.Key) and event.key == "enter"


async def _is_past(pump: MessagePump) -> bool:
    """Wait until the pump has done all that stood in its queue. Returns False where it takes nothing any more."""
    done = asyncio.Event()
    if not pump.call_later(done.set):
        return False
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _LOOK_AGAIN)
        # A screen that was only just made does not run yet: it gets the time to begin.
        if done.is_set() or not pump.is_running:
            return done.is_set()


def typed_at(app: App[object]) -> float:
    """When the key was typed whose turn it is, in seconds of time.monotonic(); now where the app does not know."""
    return app.typed_at if isinstance(app, KeysInTurn) else time.monotonic()
