"""The checklist as filtered, searched and sorted: what stands on the screen, as a value."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from db.rules.order import FILTERS, folded, holds, is_open, list_order, matches, searched, words_of
from db.rules.rows import EntryRow
from db.rules.value import value

FILTER_KEYS = tuple(key for key, _ in FILTERS)


@value
class Listing:
    """The entries under a filter and a search, in the order of the checklist. counts: how many each filter holds."""

    shown: tuple[EntryRow, ...]
    filter: str
    search: str
    counts: tuple[tuple[str, str, int], ...]
    """Key, Chinese name and number of each filter, the search taken into account."""

    def index_of(self, entry_id: int | None) -> int | None:
        return next((index for index, entry in enumerate(self.shown) if entry.id == entry_id), None)

    def follower(self, leaving: Sequence[int]) -> int | None:
        """The entry that takes the place of those that leave: the next one that stays, else the one before."""
        gone = set(leaving)
        first = next((index for index, entry in enumerate(self.shown) if entry.id in gone), 0)
        stays = [entry.id for entry in (*self.shown[first:], *reversed(self.shown[:first])) if entry.id not in gone]
        return stays[0] if stays else None


class _Prepared:
    """One reading of the ledger in order, and what every key of a search asks of it again."""

    def __init__(self, entries: Sequence[EntryRow], today: date, former: "_Prepared | None" = None) -> None:
        self.of = entries
        self.today = today
        self.ordered = sorted(entries, key=list_order)
        self.filters = [_filters_of(entry, today) for entry in self.ordered]
        self._known = former._folded if former else {}
        self._folded: dict[str, str] = {}
        self._haystacks: list[str] = []

    def haystacks(self) -> list[str]:
        """What is searched, in the order of the entries; folded at the first search, and then only what has changed."""
        if len(self._haystacks) != len(self.ordered):
            texts = [searched(entry) for entry in self.ordered]
            self._folded = {text: self._known.get(text) or folded(text) for text in texts}
            self._haystacks = [self._folded[text] for text in texts]
            self._known = {}
        return self._haystacks


_last: _Prepared | None = None
"""The reading last listed: the next key of a search asks for the same entries."""


def _prepared(entries: Sequence[EntryRow], today: date) -> _Prepared:
    global _last
    if not isinstance(entries, tuple):
        # A list could change between two keys.
        return _Prepared(entries, today)
    if _last is None or _last.of is not entries or _last.today != today:
        _last = _Prepared(entries, today, _last)
    return _last


def _filters_of(entry: EntryRow, today: date) -> int:
    """The filters that hold the entry, as bits in the order of FILTERS."""
    bits = 0
    for bit, key in enumerate(FILTER_KEYS):
        if matches(entry, key, today):
            bits |= 1 << bit
    return bits


def ready_for_search(entries: Sequence[EntryRow], today: date) -> None:
    """Folds what is searched ahead of the first key."""
    _prepared(entries, today).haystacks()


def listing(entries: Sequence[EntryRow], filter_key: str, search: str, today: date) -> Listing:
    """The entries in order; an unknown filter (a place kept by another version) is 全部."""
    key = filter_key if filter_key in FILTER_KEYS else "all"
    ready = _prepared(entries, today)
    words = words_of(search)
    hits = list(zip(ready.ordered, ready.filters, strict=True))
    if words:
        hits = [hit for hit, text in zip(hits, ready.haystacks(), strict=True) if holds(text, words)]
    tally = Counter(filters for _, filters in hits)
    counts = tuple(
        (name, shown, sum(number for filters, number in tally.items() if filters >> bit & 1))
        for bit, (name, shown) in enumerate(FILTERS)
    )
    wanted = 1 << FILTER_KEYS.index(key)
    return Listing(tuple(entry for entry, filters in hits if filters & wanted), key, search, counts)


def open_after(through: Listing, entry_id: int | None) -> int | None:
    """The first open entry after the place that this entry had while it was open itself; None: there is none.

    What is closed sinks to the end of the list, and from there nothing open would follow it.
    """
    at = through.index_of(entry_id)
    if at is None:
        return None
    stood = list_order(replace(through.shown[at], status="in_progress", applicability="ours"))
    return next((entry.id for entry in through.shown if is_open(entry) and list_order(entry) > stood), None)


def neighbour_filter(key: str, step: int) -> str:
    """The filter `step` further on, round the ends."""
    return FILTER_KEYS[(FILTER_KEYS.index(key) + step) % len(FILTER_KEYS)]


def with_ids(entries: Iterable[EntryRow], ids: Iterable[int]) -> tuple[EntryRow, ...]:
    """The entries of these ids, in the order of `entries`."""
    wanted = set(ids)
    return tuple(entry for entry in entries if entry.id in wanted)
