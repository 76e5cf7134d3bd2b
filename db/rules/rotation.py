"""Which backups may go: all of two days stay, then one a day, a week and a month (Anki's scheme).

By the moment in the name and by the number of the newest row of the 办理流水, each on its own: what either keeps stays.
A clock that was wrong, or a restore, makes the two differ; then nothing goes that one of them would keep.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from db.rules.value import value

RECENT: Final = timedelta(days=2)
DAYS: Final = 12
WEEKS: Final = 10
MONTHS: Final = 9
BEFORE_STEPS: Final = "升级前"
VERSIONS: Final = 3
"""Of so many versions, the newest that there are copies of, every copy before a schema step stays."""
FOR_EVER: Final = "年终"


@value
class Copy:
    """A backup as rotation sees it. name: its file's; seq: the newest row of its history; version: the schema step that
    it is of; verified: it was opened and checked just now. at is aware."""

    name: str
    at: datetime
    seq: int
    why: str
    version: int
    verified: bool = False


def to_drop(copies: Sequence[Copy], now: datetime) -> tuple[Copy, ...]:
    """The copies that may go, oldest first; of copies of one ledger file at one spot. Without a verified one, none may.

    What lies in the future stays: then it is the clock that is wrong, now or at that time.
    """
    verified = [copy for copy in copies if copy.verified]
    if not verified:
        return ()
    kept = {max(verified, key=_by_time).name, max(copies, key=_by_number).name}
    kept |= {copy.name for copy in copies if _stays_for_what_it_is(copy, copies)}
    kept |= _thinned(sorted(copies, key=_by_time, reverse=True), now)
    kept |= _thinned(sorted(copies, key=_by_number, reverse=True), now)
    return tuple(sorted((copy for copy in copies if copy.name not in kept), key=_by_time))


def _by_time(copy: Copy) -> tuple[datetime, int, str]:
    return copy.at, copy.seq, copy.name


def _by_number(copy: Copy) -> tuple[int, datetime, str]:
    return copy.seq, copy.at, copy.name


def _stays_for_what_it_is(copy: Copy, copies: Iterable[Copy]) -> bool:
    if copy.why != BEFORE_STEPS:
        return copy.why == FOR_EVER
    versions = sorted({other.version for other in copies if other.why == BEFORE_STEPS}, reverse=True)
    return copy.version in versions[:VERSIONS]


def _thinned(newest_first: Iterable[Copy], now: datetime) -> set[str]:
    """The names that stay: what is recent, then the newest of each day, week and month, so many of each."""
    kept: set[str] = set()
    days, weeks, months = set(), set(), set()
    left = {"day": DAYS, "week": WEEKS, "month": MONTHS}
    for copy in newest_first:
        local = copy.at.astimezone(now.tzinfo)
        day, week, month = local.date(), local.isocalendar()[:2], (local.year, local.month)
        if now - copy.at >= RECENT:
            is_new = {"day": day not in days, "week": week not in weeks, "month": month not in months}
            span = next((span for span, left_of in left.items() if left_of and is_new[span]), None)
            if span is None:
                continue
            left[span] -= 1
        kept.add(copy.name)
        days.add(day)
        weeks.add(week)
        months.add(month)
    return kept
