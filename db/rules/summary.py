"""The figures of the head line, counted as the filters count."""

from collections.abc import Iterable
from datetime import date

from db.rules.order import matches
from db.rules.rows import EntryRow, Summary


def summary(entries: Iterable[EntryRow], today: date) -> Summary:
    """The figures over the entries that count (neither not_ours nor not_applicable).

    standing counts every such entry of that kind, open or done. completion_rate is not rounded.
    """
    counted = [entry for entry in entries if entry.counted]
    total = len(counted)
    done = sum(matches(entry, "done", today) for entry in counted)
    return Summary(
        total=total,
        done=done,
        overdue=sum(matches(entry, "overdue", today) for entry in counted),
        due_within_7_days=sum(matches(entry, "week", today) for entry in counted),
        standing=sum(matches(entry, "standing", today) for entry in counted),
        completion_rate=done / total if total else None,
    )


def next_due(entries: Iterable[EntryRow]) -> EntryRow | None:
    """The open entry with the nearest date that is not past, the first in position among equals; None without one."""
    coming = [entry for entry in entries if entry.countdown is not None and not entry.countdown.overdue]
    return min(coming, key=_nearness, default=None)


def _nearness(entry: EntryRow) -> tuple[int, int]:
    return (entry.countdown.days if entry.countdown else 0), entry.position
