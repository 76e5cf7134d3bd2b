"""查找 in the review: only the lines that hold what is typed, until Esc."""

from __future__ import annotations

from db.intake.reading import Reading
from tui.review_lines import Key, searched
from tui.screens.review_taking_in import ReviewTakingIn
from tui.widgets.search_box import SearchBox


class ReviewFinding(ReviewTakingIn):
    """A subclass has a SearchBox, and shows in `show_entries` what holds the words of `query_typed`."""

    query_typed: str = ""
    _searched: tuple[Reading, dict[Key, str]] | None = None

    def focus_list(self) -> None:
        """The keys go to the lines again."""
        raise TypeError(f"{type(self).__name__} has no list")

    def texts(self) -> dict[Key, str]:
        """What is searched, made once for a reading and not at every letter."""
        if self._searched is None or self._searched[0] is not self.reading:
            self._searched = (self.reading, searched(self.reading))
        return self._searched[1]

    def action_search(self) -> None:
        self.query_one(SearchBox).open(self.query_typed).focus()

    def asked(self, query: str) -> None:
        """At every letter."""
        if query != self.query_typed:
            self.query_typed = query
            self.show_entries()

    def leave_search_line(self) -> None:
        """The cursor was sent somewhere: what is pressed next is meant for the line there, not for the search."""
        if self.query_one(SearchBox).has_focus_within:
            self.focus_list()

    def action_take_in(self) -> None:
        self.leave_search_line()
        super().action_take_in()

    def on_search_box_left(self) -> None:
        self.focus_list()
        if not self.query_typed.strip():
            self.clear_search()

    def clear_search(self) -> bool:
        """All lines again. Whether the search was open."""
        box = self.query_one(SearchBox)
        if not box.is_open:
            return False
        box.shut()
        self.query_typed = ""
        self.focus_list()
        self.show_entries()
        return True
