"""The frozen rows of what is counted: quotas by period, items, occurrences, publications, plain counts."""

from datetime import date

from db.rules.value import value
from db.rules.words import Channel, Form, OccurrenceState, Period


@value
class ItemTally:
    """One item (每项决策) and how often it was counted."""

    name: str
    tally: int
    met: bool
    id: int = 0
    day: date | None = None


@value
class QuotaRow:
    """One period of a quota.

    A rate (counter %): tally is the whole percent, rounded down, of `part` out of `whole` publications; without any
    publication there is no figure (tally, met None). Period item: tally is the sum over the items, met whether each
    has enough; without an item both are None.
    """

    target: int
    counter: str
    period: Period
    tally: int | None
    period_start: date
    period_end: date
    met: bool | None
    items: tuple[ItemTally, ...]
    quote: str
    part: int | None = None
    whole: int | None = None

    @property
    def missing(self) -> int:
        """How many more are needed: of a rate publications that are not 文字, of items the sum over them."""
        if self.met or self.met is None:
            return 0
        if self.period == "item":
            return sum(max(self.target - item.tally, 0) for item in self.items)
        if self.part is not None and self.whole is not None:
            if self.target >= 100:
                return self.whole - self.part
            # Each further one counts above and below the line.
            return -(-(self.target * self.whole - 100 * self.part) // (100 - self.target))
        return self.target - (self.tally or 0)


@value
class OccurrenceRow:
    """期次: one period of a recurring deadline. met: its quotas of that very period are filled; done: settled."""

    start: date
    end: date
    state: OccurrenceState
    done_on: date | None = None
    what_was_done: str | None = None


@value
class PublicationRow:
    """公开记录; entry is None for one of the unit."""

    id: int
    entry: int | None
    day: date
    title: str
    channel: Channel
    address: str | None
    form: Form


@value
class CountRow:
    """So many times on a day, where nothing is published; item is an ItemTally's id."""

    id: int
    entry: int
    item: int | None
    day: date
    number: int
    what: str | None
