"""本条佐证: the evidence of one entry and of its publications, from the details or the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.entries_named import number_words
from tui.screens.evidence_rows import EvidenceRows
from tui.screens.evidence_work import Target
from tui.view_commands import EVIDENCE_OF_ENTRY

if TYPE_CHECKING:
    from tui.desk import Desk


class EvidenceOfEntryScreen(EvidenceRows):
    """The same lines, of that entry only."""

    KEYS: ClassVar[tuple[Command, ...]] = EVIDENCE_OF_ENTRY
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(EVIDENCE_OF_ENTRY))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("本条佐证", EVIDENCE_OF_ENTRY),
        ("各个画面", EVERYWHERE),
    )

    def __init__(self, desk: Desk, entry_id: int) -> None:
        super().__init__(desk)
        self._entry_id = entry_id

    def read(self) -> None:
        super().read()
        self._rows = tuple(row for row in self._rows if row.of_entry == self._entry_id)

    def title_words(self) -> str:
        entry = self.entry(self._entry_id)
        return f"{number_words(entry) if entry else ''}的{super().title_words()}"

    def empty_words(self) -> str:
        return "这一条还没有佐证。按 Ins 附文件或网址，也可以把文件拖到这里。"

    def target(self) -> Target:
        entry = self.entry(self._entry_id)
        return Target(number_words(entry) if entry else "", entry=self._entry_id)
