"""The checklist as filtered, searched and sorted: what stands on the screen, as a value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.rules.order import FILTERS, found, is_open, list_order, matches
from db.rules.rows import EntryRow

FILTER_KEYS = tuple(key for key, _ in FILTERS)


@dataclass(frozen=True, slots=True)
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


def listing(entries: Sequence[EntryRow], filter_key: str, search: str, today: date) -> Listing:
    """The entries in order; an unknown filter (a place kept by another version) is 全部."""
    key = filter_key if filter_key in FILTER_KEYS else "all"
    hits = [entry for entry in entries if found(entry, search)]
    counts = tuple((name, words, sum(matches(entry, name, today) for entry in hits)) for name, words in FILTERS)
    shown = sorted((entry for entry in hits if matches(entry, key, today)), key=list_order)
    return Listing(tuple(shown), key, search, counts)


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
