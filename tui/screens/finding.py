"""Filter and search of the checklist, and the place that is remembered with them."""

from __future__ import annotations

from dataclasses import replace

from db.rules.rows import Place
from tui.checklist_view import Listing, neighbour_filter, ready_for_search
from tui.screens.ledger_work import LedgerWork
from tui.screens.remembered import Remembered
from tui.widgets.entry_list import EntryList
from tui.widgets.filter_bar import FilterBar
from tui.widgets.search_box import SearchBox


class Finding(LedgerWork):
    """What a screen with an EntryList, a FilterBar and a SearchBox does with the last two."""

    _place: Place
    _listing: Listing
    _list: EntryList
    _remembered: Remembered
    _ledger_id: int | None = None
    """The ledger that is shown, and whose place `_place` is."""
    _unmarked: str = ""
    """That something is no longer selected, if the last listing says so."""

    def _remember(self, place: Place) -> None:
        # Also an unmoved cursor: the ledger last opened is known by its place.
        self._place = place
        if self._ledger_id is not None:
            self._remembered.later(self._ledger_id, place)

    def action_next_filter(self) -> None:
        self._filter(neighbour_filter(self._listing.filter, 1))

    def action_previous_filter(self) -> None:
        self._filter(neighbour_filter(self._listing.filter, -1))

    def on_filter_bar_chosen(self, event: FilterBar.Chosen) -> None:
        self._filter(event.key)

    def _filter(self, key: str) -> None:
        self._remember(replace(self._place, filter=key))
        self.say("")
        self.show_entries()

    def action_search(self) -> None:
        self.query_one(SearchBox).open(self._place.search).focus()
        # Behind the frame that shows the line, so that the first letter does not wait for it.
        self.call_after_refresh(ready_for_search, self.entries, self.today)

    def _asked(self, query: str) -> None:
        if query != self._place.search:
            self._remember(replace(self._place, search=query))
            self.show_entries()
            found = f"找到 {len(self._listing.shown)} 项。" if query.strip() else ""
            self.say(found + self._unmarked)

    def on_search_box_left(self) -> None:
        self._list.focus()
        if not self._place.search.strip():
            self._clear_search()

    def _clear_search(self) -> None:
        self._list.focus()
        self.query_one(SearchBox).shut()
        if self._place.search:
            self._remember(replace(self._place, search=""))
            self.show_entries()
