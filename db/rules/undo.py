"""Undo and redo as two stacks, worked out from the history alone, so that they survive a restart."""

from collections.abc import Iterable

from db.rules.value import value

UNDO = "undo"
REDO = "redo"


@value
class Group:
    """One group of the history. takes_back is the group whose rows it undoes (None for a change of the clerk's)."""

    id: int
    step: str
    takes_back: int | None


def stacks(groups: Iterable[Group]) -> tuple[list[int], list[int]]:
    """The groups that undo and redo would take back, newest last.

    An undo takes the newest group off the first stack and lies on the second itself; a redo takes that undo back
    and puts the group on the first again; any other change empties the second.
    """
    undoable: list[int] = []
    redoable: list[int] = []
    origin: dict[int, int] = {}
    for group in groups:
        if group.step == UNDO and group.takes_back is not None:
            if undoable and undoable[-1] == group.takes_back:
                undoable.pop()
            redoable.append(group.id)
            origin[group.id] = group.takes_back
        elif group.step == REDO and group.takes_back is not None:
            if redoable and redoable[-1] == group.takes_back:
                redoable.pop()
            # A redone change can be undone again: what then is taken back is the redo, which holds its images.
            undoable.append(group.id)
            origin[group.id] = origin.get(group.takes_back, group.takes_back)
        else:
            undoable.append(group.id)
            redoable.clear()
    return undoable, redoable
