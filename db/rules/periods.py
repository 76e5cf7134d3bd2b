"""量化指标: the periods of a ledger year over which a quota is counted."""

from datetime import date, timedelta
from typing import Final

from db.rules.rows import QuotaRow
from db.rules.said import Quota
from db.rules.words import Period

_MONTHS: Final[dict[Period, int]] = {"month": 1, "quarter": 3, "year": 12, "item": 12}


def periods(period: Period, year: int) -> tuple[tuple[date, date], ...]:
    """The first and last day of each period of the year, in order; `item` is the whole year, once."""
    length = _MONTHS[period]
    starts = [date(year, month, 1) for month in range(1, 13, length)]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    return tuple(zip(starts, [*ends, date(year, 12, 31)], strict=True))


def quota_rows(quota: Quota, year: int) -> tuple[QuotaRow, ...]:
    """One row for each period of the year, with nothing counted yet (tally and met None, no items)."""
    return tuple(
        QuotaRow(quota.target, quota.counter, quota.period, None, start, end, None, (), quota.quote)
        for start, end in periods(quota.period, year)
    )
