"""What a notice says of one task that a ledger is counted by: who, by when, how many. As frozen values.

Apart from db.rules.notice because every start and every list needs these and none of the rest.
"""

import json

from db.rules.value import value
from db.rules.words import DeadlineKind, DeadlineSource, Period, Role, Through, UnitKind


@value
class Scope:
    """Which units of the roster a group phrase takes in.

    kinds: every unit of these kinds; units: these by name, whatever their kind;
    except_named: without the units that the same row names (其他X).
    """

    kinds: tuple[UnitKind, ...] = ()
    units: tuple[str, ...] = ()
    except_named: bool = False

    @classmethod
    def stored(cls, text: str | None) -> "Scope | None":
        """The scope from the JSON that the file keeps of it; None for a named unit. Raises ValueError if it is none."""
        if text is None:
            return None
        values = json.loads(text)
        try:
            return cls(tuple(values["kinds"]), tuple(values["units"]), values["except_named"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a scope: {text}") from error


@value
class Responsibility:
    """One named unit or group phrase of a unit cell, as written.

    scope is None for a named unit. through is `name`, `group` or `related`; `inherited` when the cell was
    blank and taken from the row above. listed is False for a reach that the cell itself does not write
    (等 at the end of a list, a cell that cites a document, a party that only the body names).
    """

    role: Role
    name: str
    through: Through
    scope: Scope | None = None
    listed: bool = True
    quote: str | None = None


@value
class Deadline:
    """One date rule of a task (完成时限).

    month and day are resolved against the ledger's year + year_offset; day None is the month's last day;
    month None has no due date. start_month/start_day open a window. party names whom the date binds when the
    notice gives several; ours marks the one for this bureau. recurrence is an RRULE without DTSTART.
    """

    text: str
    kind: DeadlineKind
    source: DeadlineSource
    quote: str
    month: int | None = None
    day: int | None = None
    year_offset: int = 0
    start_month: int | None = None
    start_day: int | None = None
    party: str | None = None
    ours: bool = True
    recurrence: str | None = None


@value
class Quota:
    """每季度不少于2条: target 2, counter 条, period quarter. A rate has counter %."""

    target: int
    counter: str
    period: Period
    quote: str
