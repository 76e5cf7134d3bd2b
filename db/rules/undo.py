"""What undo and redo would take back, worked out from the history alone, so that it survives a restart.

Both are stacks: an undo takes the newest group off the first and lies on the second itself; a redo takes that undo back
and puts the group on the first again; any other change empties the second. Only their tops are ever asked for.
"""

from collections.abc import Callable
from typing import Final

from db.rules.value import value

UNDO = "undo"
REDO = "redo"
ABOVE_ALL: Final = (1 << 63) - 1
"""Above the number of every group that SQLite can hold."""


@value
class Group:
    """One group of the history. takes_back is the group whose rows it undoes (None for a change of the clerk's)."""

    id: int
    step: str
    takes_back: int | None


def next_undo(newest: Callable[[int], Group | None]) -> int | None:
    """The group that undo would take back. newest: the newest group below a number.

    A redone change can be undone again: what then is taken back is the redo, which holds its images. What stands
    between an undo and the group that it took back was taken back before it.
    """
    below = ABOVE_ALL
    while (group := newest(below)) is not None:
        if group.step != UNDO or group.takes_back is None:
            return group.id
        below = min(group.id, group.takes_back)
    return None


def next_redo(newest: Callable[[int], Group | None]) -> int | None:
    """The undo that redo would take back: the newest that stands, with nothing but undo and redo after it."""
    below = ABOVE_ALL
    while (group := newest(below)) is not None and group.takes_back is not None:
        if group.step == UNDO:
            return group.id
        if group.step != REDO:
            return None
        below = min(group.id, group.takes_back)
    return None
