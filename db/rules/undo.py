"""What undo and redo would take back, worked out from the history alone, so that it survives a restart.

Both are stacks: an undo takes the newest group off the first and lies on the second itself; a redo takes that undo back
and puts the group on the first again; any other change empties the second. Only their tops are ever asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from db.rules.value import value

UNDO = "undo"
REDO = "redo"


@value
class Group:
    """One group of the history. takes_back is the group whose rows it undoes (None for a change of the clerk's)."""

    id: int
    step: str
    takes_back: int | None


def next_undo(groups: Iterable[Group]) -> int | None:
    """The group that undo would take back. groups: newest first; only as many are asked for as are needed.

    A redone change can be undone again: what then is taken back is the redo, which holds its images.
    """
    taken_back: set[int] = set()
    for group in groups:
        if group.id in taken_back:
            continue
        if group.step == UNDO and group.takes_back is not None:
            taken_back.add(group.takes_back)
        else:
            return group.id
    return None


def next_redo(groups: Iterable[Group]) -> int | None:
    """The undo that redo would take back: the newest that stands, with nothing but undo and redo after it."""
    taken_back: set[int] = set()
    for group in groups:
        if group.step == REDO and group.takes_back is not None:
            taken_back.add(group.takes_back)
        elif group.step != UNDO or group.takes_back is None:
            return None
        elif group.id not in taken_back:
            return group.id
    return None


def in_chunks(fetch: Callable[[int, int], Sequence[tuple[int, str, int | None]]]) -> Iterator[Group]:
    """Groups newest first, fetched a few at a time, and more where many are needed.

    fetch: the next ones below a number, at most so many; () when there are no more.
    """
    below, most = 1 << 62, 20
    while found := fetch(below, most):
        yield from (Group(*values) for values in found)
        below, most = found[-1][0], 4 * most
