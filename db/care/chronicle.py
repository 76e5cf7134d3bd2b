"""The 办理流水 of a damaged file put together from what was read of it and from a backup that goes on with it."""

from collections.abc import Mapping
from typing import Any, Final

from db.care.replaying import Line, linked
from db.chain import COLUMNS, link
from db.rules.value import value

Values = tuple[Any, ...]
"""A row of the history by db.chain.COLUMNS, and its hash."""
_NARROW: Final = 64
"""A gap of so many rows may be one, though nothing says that rows are lost."""
LOST: Final = "lost"
"""The step and verb of a row that stands in the place of one that could not be read."""


@value
class Chronicle:
    """identity: of the file; None: it could not be read. rows: by number; missing: the numbers that are nowhere, from
    1 to the newest; from_backup: those that the backup has told; last_given: the last number that the file itself says
    it has given, 0 where it cannot be read."""

    identity: str | None
    rows: Mapping[int, Values]
    missing: tuple[int, ...]
    from_backup: tuple[int, ...]
    last_given: int

    @property
    def newest(self) -> int:
        """The number of the newest row."""
        return max(self.rows, default=0)

    def lines(self) -> list[Line]:
        """The rows as lines, each measured by its hash."""
        return linked(self.identity, (self.rows[seq] for seq in sorted(self.rows)))


def chronicle(
    identity: str | None,
    rows: Mapping[int, Values],
    last_given: int,
    backup_identity: str | None,
    backup_rows: Mapping[int, Values],
) -> Chronicle:
    """Put the two together. rows: as `in_their_places` leaves them; the backup's were verified, {} where there is none.

    Up to the last row whose hash both have they are one history, whatever identity was read. Behind it the backup's are
    taken where the file's own break off there: one that was restored from an older backup has gone another way since.
    """
    common = max(
        (seq for seq, row in backup_rows.items() if row[-1] and rows.get(seq, (None,))[-1] == row[-1]), default=0
    )
    own = backup_identity if common or (identity is None and not rows) else identity
    sound_behind = any(line.sound and line.seq > common for line in linked(own, (rows[seq] for seq in sorted(rows))))
    is_same = own == backup_identity
    taken = {seq: row for seq, row in backup_rows.items() if is_same and (seq <= common or not sound_behind)}
    whole = {**rows, **taken}
    missing = tuple(seq for seq in range(1, max(whole, default=0) + 1) if seq not in whole)
    told = tuple(seq for seq, row in sorted(taken.items()) if rows.get(seq) != row)
    return Chronicle(own, whole, missing, told, last_given)


def in_their_places(identity: str | None, rows: Mapping[int, Values], most_lost: int) -> dict[int, Values]:
    """The rows by their numbers, where these can be right. most_lost: how many rows may be missing in between.

    A row whose hash goes with neither neighbour's may have a wrong number: it goes where its hash says it belongs, else
    it keeps its number, but behind a gap wider than can be.
    """
    placed: dict[int, Values] = {}
    astray: list[Values] = []
    for seq, row in sorted(rows.items()):
        previous = placed[seq - 1][-1] if seq - 1 in placed else identity if seq == 1 else None
        if row[-1] is None or _is_linked(previous, row) or _is_followed(rows, seq):
            placed[seq] = row
        else:
            astray.append(row)
    while (found := _home(identity, placed, astray)) is not None:
        number, row = found
        astray.remove(row)
        placed[number] = (number, *row[1:])
    for row in astray:
        if row[0] > 0 and row[0] not in placed and row[0] <= max(placed, default=0) + max(most_lost, _NARROW):
            placed[row[0]] = row
    return placed


def _is_followed(rows: Mapping[int, Values], seq: int) -> bool:
    following = rows.get(seq + 1)
    return following is not None and isinstance(rows[seq][-1], str) and _is_linked(rows[seq][-1], following)


def _home(identity: str | None, placed: Mapping[int, Values], astray: list[Values]) -> tuple[int, Values] | None:
    """A row of those astray, and the free number behind a row whose hash its own was made with."""
    ends = [(number + 1, row[-1]) for number, row in placed.items() if number + 1 not in placed]
    if 1 not in placed and identity is not None:
        ends.append((1, identity))
    return next(
        ((number, row) for number, previous in ends for row in astray if _is_linked(previous, (number, *row[1:]))), None
    )


def _is_linked(previous: object, row: Values) -> bool:
    is_row = isinstance(previous, str) and all(isinstance(each, str | int | None) for each in row)
    return is_row and row[-1] == link(str(previous), row[:-1])


def in_place_of(found: Chronicle, seq: int, former: Values | None) -> Values:
    """A row without words and hash for one that is lost. Groups follow on each other: it is of the next where one is
    missing. former: the row before it."""
    following = next((found.rows[each] for each in range(seq + 1, found.newest + 1) if each in found.rows), None)
    group, at = COLUMNS.index("group_id"), COLUMNS.index("at")
    last = former[group] if former else 0
    limit = following[group] if following else last + 1
    near = former or following
    named = {
        "seq": seq,
        "group_id": max(last, min(last + 1, limit)) or 1,
        "at": near[at] if near else "",
        "step": LOST,
        "verb": LOST,
        "subject": f"{LOST}:{seq}",
    }
    return tuple(named.get(column) for column in COLUMNS)
