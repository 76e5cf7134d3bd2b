"""佐证材料: everything that is attached in this ledger; opened, saved elsewhere, described, removed, found."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.commands import EVERYWHERE, Command, bindings
from tui.screens.evidence_rows import EvidenceRows
from tui.view_commands import EVIDENCE
from tui.widgets.search_box import SearchBox


class EvidenceScreen(EvidenceRows):
    """The view of the whole ledger."""

    NAME = "evidence"
    KEYS: ClassVar[tuple[Command, ...]] = EVIDENCE
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(EVIDENCE))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("佐证材料", EVIDENCE),
        ("各个画面", EVERYWHERE),
    )

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
