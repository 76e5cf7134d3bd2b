"""A view of rows with a search above it: what is typed narrows the list at once, Esc takes it back."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.screens.rows_screen import RowsScreen
from tui.widgets.search_box import SearchBox


class SearchedRows(RowsScreen):
    """`choices` lists what holds the words of `query_typed`."""

    query_typed: str = ""

    def above(self) -> ComposeResult:
        yield SearchBox(self._asked)

    def action_search(self) -> None:
        self.query_one(SearchBox).open(self.query_typed).focus()

    def _asked(self, query: str) -> None:
        if query != self.query_typed:
            self.query_typed = query
            self.show_entries()

    def on_search_box_left(self) -> None:
        # A list without a line is not there to be focused; the search stays open then.
        if self.current is not None:
            self._list.focus()

    def action_back(self) -> None:
        box = self.query_one(SearchBox)
        if not box.is_open:
            super().action_back()
            return
        box.shut()
        self.query_typed = ""
        self.show_entries()
        self._list.focus()
