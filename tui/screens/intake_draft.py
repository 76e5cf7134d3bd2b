"""A draft on the screen: the document, the clerk's steps, what came of them; each step kept before the next."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from db.errors import TaizhangError
from db.intake.edits import Edit
from db.intake.edits_json import from_json, to_json
from db.intake.reading import Reading
from db.intake.replay import replayed
from db.intake.settings import Settings
from db.intake.settling import stretches
from db.intake.source import Source
from tui.desk import Desk
from tui.drafts import Drafts

LONG: Final = 30_000
"""Characters of a document from which reading it anew takes longer than a key may take."""
_READ_BEFORE: Final = 20
"""Readings of which it is taken that they are still at hand."""


@dataclass(slots=True)
class DraftAtWork:
    """edits: the steps in order; undone: those taken back, the last one first; kept: the id in the file, None before
    the first saving; is_saved: whether the file holds these steps; is_beside: whether they lie in the folder of drafts
    instead; is_restored: whether they come from there."""

    source: Source
    edits: tuple[Edit, ...] = ()
    kept: int | None = None
    undone: list[tuple[Edit, ...]] = field(default_factory=list)
    is_saved: bool = False
    is_beside: bool = False
    is_restored: bool = False
    _groups: list[int] = field(default_factory=list)
    """How many edits each step of this sitting has: they are taken back together."""
    _read: tuple[tuple[Edit, ...], Reading] | None = None
    _settled: list[Settings] = field(default_factory=list)
    """What the document was read with, lately."""

    @property
    def reading(self) -> Reading:
        """What has come of the steps; the same as at the last call where none was made."""
        if self._read is None or self._read[0] is not self.edits:
            self.replay()
        assert self._read is not None
        return self._read[1]

    def replay(self) -> None:
        """Reads it, for `reading` to have it at hand; in a thread, for it may take seconds."""
        self._take(self.edits, replayed(self.source, self.edits))

    def takes_long(self, edits: Sequence[Edit]) -> bool:
        """Whether the document, a long one, must be read anew for these steps."""
        if self._read is None or len(self._read[1].text) < LONG:
            return False
        return any(settings not in self._settled for _, settings in stretches(edits))

    def _take(self, edits: tuple[Edit, ...], reading: Reading) -> None:
        self._read = (edits, reading)
        self.know(edits)

    def know(self, edits: Sequence[Edit]) -> None:
        """The document was read for these steps."""
        new = [settings for _, settings in stretches(edits) if settings not in self._settled]
        self._settled = [*self._settled, *new][-_READ_BEFORE:]

    def do(self, steps: Sequence[Edit]) -> None:
        """One step of the clerk's. What was taken back can no longer be done again."""
        edits = (*self.edits, *steps)
        # First of all: a step that could not be replayed must never get into the file.
        self._take(edits, replayed(self.source, edits))
        self.edits = edits
        self._groups.append(len(steps))
        self.undone.clear()
        self.is_saved = False

    def before(self) -> tuple[Edit, ...] | None:
        """The steps without the last one; None where there is none. Steps of another day count one by one."""
        return self.edits[: -(self._groups[-1] if self._groups else 1)] if self.edits else None

    def after(self) -> tuple[Edit, ...] | None:
        """The steps with the one that was taken back last; None where none was."""
        return (*self.edits, *self.undone[-1]) if self.undone else None

    def undo(self) -> bool:
        """Takes the last step back; False where there is none."""
        if not self.edits:
            return False
        size = self._groups.pop() if self._groups else 1
        self.undone.append(self.edits[-size:])
        self.edits = self.edits[:-size]
        self.is_saved = False
        return True

    def redo(self) -> bool:
        """Does again what was taken back last; False where there is nothing."""
        if not self.undone:
            return False
        steps = self.undone.pop()
        self.edits = (*self.edits, *steps)
        self._groups.append(len(steps))
        self.is_saved = False
        return True

    def keep(self, desk: Desk) -> TaizhangError | None:
        """Saves it. What could not be saved stays here, and the error says why."""
        if self.is_saved:
            return None
        try:
            self.kept = desk.keep_intake(self.source, self.edits)
        except TaizhangError as error:
            self.is_beside = Drafts(desk).keep_steps(self.source.sha256, to_json(self.edits))
            return error
        self.is_saved = True
        if self.is_beside or self.is_restored:
            self.is_beside = self.is_restored = False
            # What stays there is older than what the file has, and will be seen to be so.
            with suppress(TaizhangError):
                Drafts(desk).drop_steps(self.source.sha256)
        return None

    def take_steps_beside(self, desk: Desk) -> None:
        """The steps that the file did not take last time, where they go on from those that it has."""
        try:
            steps = from_json(Drafts(desk).steps(self.source.sha256) or "[]")
            if len(steps) > len(self.edits) and steps[: len(self.edits)] == self.edits:
                self._take(steps, replayed(self.source, steps))
                self.edits, self.is_saved, self.is_restored = steps, False, True
        except TaizhangError:
            # Steps that cannot be read or replayed are none.
            return
