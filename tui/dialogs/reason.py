"""A reason for something done to entries: never empty."""

from collections.abc import Sequence

from textual.app import ComposeResult

from db.rules.limits import REASON_LIMIT
from db.rules.rows import EntryRow
from tui.dialogs.dialog import Dialog
from tui.dialogs.entries_named import entry_lines, subject_words
from tui.dialogs.field import Field
from tui.dialogs.prose import Prose
from tui.text import Shown


class ReasonDialog(Dialog[str | None]):
    """prompt labels the line (不适用的理由)."""

    def __init__(self, title: Shown, entries: Sequence[EntryRow], prompt: str) -> None:
        super().__init__(title)
        self._entries = tuple(entries)
        one = self._entries[0] if len(self._entries) == 1 else None
        self._reason = Field(prompt, (one and one.reason) or "", limit=REASON_LIMIT, id="reason")

    def draft_subject(self) -> str:
        return subject_words(super().draft_subject(), self._entries)

    def body(self) -> ComposeResult:
        yield Prose(entry_lines(self._entries), classes="dialog--entries")
        yield self._reason

    def answer(self) -> str:
        return self._reason.needed("请写明理由")
