"""What a reader meets beside plain text, gathered: pieces of one kind at one place are one loss, and no kind floods."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from db.intake.source import Loss, LossKind, Place

_TEXT: Final = 60
"""Characters kept of a text."""
_MOST: Final = 200
"""Losses of one kind that are named one by one; the last one counts the rest."""


class Losses:
    """Kept in the order in which they were met."""

    def __init__(self) -> None:
        self._found: list[Loss] = []
        self._last: dict[LossKind, int] = {}
        self._many: dict[LossKind, int] = {}

    def __iter__(self) -> Iterator[Loss]:
        return iter(self._found)

    def add(self, kind: LossKind, place: Place, text: str = "", count: int = 0) -> None:
        """One more. count 0: a piece of what was met last when kind and place are the same, else 1."""
        at = self._last.get(kind)
        if at is not None:
            before = self._found[at]
            if before.place == place and not count:
                self._found[at] = replace(before, text=(before.text + text)[:_TEXT])
                return
            if before.place == place or self._many[kind] >= _MOST:
                self._found[at] = replace(before, count=before.count + (count or 1))
                return
        self._last[kind] = len(self._found)
        self._many[kind] = self._many.get(kind, 0) + 1
        self._found.append(Loss(kind, place, text[:_TEXT], count or 1))
