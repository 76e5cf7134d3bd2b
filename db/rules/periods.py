"""量化指标: the periods of a ledger year over which a quota is counted, and what was counted in each."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from db.rules.rows_counted import ItemTally, QuotaRow
from db.rules.said import Quota
from db.rules.value import value
from db.rules.words import PLAIN_FORM, RATE, TIMES, Period

_MONTHS: Final[dict[Period, int]] = {"month": 1, "quarter": 3, "year": 12, "item": 12}


@value
class Counted:
    """What quotas are counted from: of one entry, or of the unit (then all publications of its ledger).

    published: day, form, how many; counts: day, number, item id; items: id, name, day. Days of any year.
    """

    published: tuple[tuple[date, str, int], ...] = ()
    counts: tuple[tuple[date, int, int | None], ...] = ()
    items: tuple[tuple[int, str, date | None], ...] = ()


NOTHING: Final = Counted()


def periods(period: Period, year: int) -> tuple[tuple[date, date], ...]:
    """The first and last day of each period of the year, in order; `item` is the whole year, once."""
    length = _MONTHS[period]
    starts = [date(year, month, 1) for month in range(1, 13, length)]
    ends = [start - timedelta(days=1) for start in starts[1:]]
    return tuple(zip(starts, [*ends, date(year, 12, 31)], strict=True))


def quota_rows(quota: Quota, year: int, counted: Counted = NOTHING) -> tuple[QuotaRow, ...]:
    """One row for each period of the year, coming ones too, with what was counted in it.

    次 counts the plain counts, every other counter the publications, a rate those that are not 文字 of all; per item
    it is always the plain counts of each item.
    """
    if quota.period == "item":
        return (_item_row(quota, year, counted),)
    if quota.counter == RATE:
        return _rate_rows(quota, year, counted)
    if quota.counter == TIMES:
        numbers = ((day, number) for day, number, _ in counted.counts)
    else:
        numbers = ((day, number) for day, _, number in counted.published)
    spans = periods(quota.period, year)
    tallies = _tallies(numbers, quota.period, year)
    return tuple(_row(quota, span, tally, tally >= quota.target) for span, tally in zip(spans, tallies, strict=True))


def _rate_rows(quota: Quota, year: int, counted: Counted) -> tuple[QuotaRow, ...]:
    wholes = _tallies(((day, number) for day, _, number in counted.published), quota.period, year)
    parts = _tallies(
        ((day, number) for day, form, number in counted.published if form != PLAIN_FORM), quota.period, year
    )
    return tuple(
        _rate_row(quota, span, part, whole)
        for span, part, whole in zip(periods(quota.period, year), parts, wholes, strict=True)
    )


def _rate_row(quota: Quota, span: tuple[date, date], part: int, whole: int) -> QuotaRow:
    # In whole numbers: 2 of 3 is 66 % and short of 67 %, and no float decides it.
    tally = 100 * part // whole if whole else None
    met = 100 * part >= quota.target * whole if whole else None
    return _row(quota, span, tally, met, part=part, whole=whole)


def _item_row(quota: Quota, year: int, counted: Counted) -> QuotaRow:
    tallies = {number: 0 for number, _, _ in counted.items}
    for day, number, item in counted.counts:
        if item in tallies and day.year == year:
            tallies[item] += number
    items = tuple(
        ItemTally(name, tallies[number], tallies[number] >= quota.target, number, day)
        for number, name, day in sorted(counted.items, key=lambda item: item[0])
    )
    (span,) = periods("item", year)
    if not items:
        return _row(quota, span, None, None)
    return _row(quota, span, sum(tallies.values()), all(item.met for item in items), items)


def _tallies(numbers: Iterable[tuple[date, int]], period: Period, year: int) -> list[int]:
    """The sum of each period of the year, in order; days of other years are left out."""
    length = _MONTHS[period]
    sums = [0] * (12 // length)
    for day, number in numbers:
        if day.year == year:
            sums[(day.month - 1) // length] += number
    return sums


def _row(
    quota: Quota,
    span: tuple[date, date],
    tally: int | None,
    met: bool | None,
    items: tuple[ItemTally, ...] = (),
    *,
    part: int | None = None,
    whole: int | None = None,
) -> QuotaRow:
    start, end = span
    return QuotaRow(
        quota.target, quota.counter, quota.period, tally, start, end, met, items, quota.quote, part=part, whole=whole
    )
