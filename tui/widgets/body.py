"""The checklist and its detail pane, arranged by the size of the terminal."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import Container

from tui.widgets.entry_list import EntryList
from tui.widgets.reading_pane import ReadingPane

BESIDE_FROM: Final = 150
"""Columns from which the pane stands beside the list."""
BELOW_FROM: Final = 20
"""Lines from which it stands below; under that Enter opens it."""


class Body(Container):
    """The pane stands beside a list on a wide screen, below it on a high one, and is left out on a low one."""

    def __init__(self, entries: EntryList, pane: ReadingPane) -> None:
        super().__init__(id="body")
        self._entries = entries
        self._pane = pane

    def compose(self) -> ComposeResult:
        yield self._entries
        yield self._pane

    def fit_to(self, width: int, height: int) -> None:
        """Arranges both for a screen of that size in cells."""
        beside = width >= BESIDE_FROM and height >= BELOW_FROM
        below = not beside and height >= BELOW_FROM
        self.set_class(beside, "-beside")
        self.set_class(below, "-below")
        self._pane.styles.height = max(5, (height - 8) * 2 // 5) if below else "1fr"
