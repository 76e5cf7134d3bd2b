"""完成时限: a notice's date rule resolved against the ledger's year. A past date stays past."""

from collections.abc import Sequence
from datetime import date, timedelta

from db.rules.rows import Adjusted, DeadlineRow, PartyDate
from db.rules.said import Deadline
from db.rules.shift import shift_of


def resolve(deadline: Deadline, year: int) -> date | None:
    """The due date in that ledger year, or None where the rule has no month or the day does not exist.

    A month alone is its last day (2月底 is the 28th or 29th). 2月29日 in a common year is None: another
    day would be one that the notice does not say.
    """
    if deadline.month is None:
        return None
    year += deadline.year_offset
    try:
        if deadline.day is not None:
            return date(year, deadline.month, deadline.day)
        return _last_day(year, deadline.month)
    except ValueError:
        return None


def deadline_row(
    deadlines: Sequence[Deadline],
    year: int,
    adjusted: Adjusted | None,
    notice_year: int | None = None,
    confirmed: bool = False,
) -> DeadlineRow:
    """The deadline of an entry: words, kind and due date are of the rule that is ours, `dates` lists every party.

    Of several rules that are ours the earliest date counts; where all are for others there is no due date
    (kind none), and the words are those of the first. With notice_year, the notice's own, the row says how it was
    taken over into another (`shift`); confirmed: the clerk has confirmed that.
    """
    if not deadlines:
        return DeadlineRow(None, "none", "none", None, None, (), None, adjusted)
    resolved = [(deadline, resolve(deadline, year)) for deadline in deadlines]
    ours = [(deadline, due) for deadline, due in resolved if deadline.ours]
    chosen, due = min(ours, key=lambda pair: pair[1] or date.max) if ours else (deadlines[0], None)
    return DeadlineRow(
        text=chosen.text,
        kind=chosen.kind if ours else "none",
        source=chosen.source,
        due=due,
        quote=chosen.quote,
        dates=tuple(
            PartyDate(deadline.party, day)
            for deadline, day in resolved
            if day is not None or deadline.party is not None
        ),
        recurrence=chosen.recurrence if ours else None,
        adjusted=adjusted,
        shift=shift_of(chosen, ours, year, notice_year, confirmed),
    )


def _last_day(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
