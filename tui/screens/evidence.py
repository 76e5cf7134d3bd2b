"""佐证材料: everything that is attached in this ledger; opened, saved elsewhere, described, removed, found."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui.commands import EVERYWHERE, Command, bindings
from tui.screens.evidence_rows import EvidenceRows
from tui.screens.searched_rows import SearchedRows
from tui.view_commands import EVIDENCE


class EvidenceScreen(SearchedRows, EvidenceRows):
    """The view of the whole ledger."""

    NAME = "evidence"
    KEYS: ClassVar[tuple[Command, ...]] = EVIDENCE
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(EVIDENCE))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("佐证材料", EVIDENCE),
        ("各个画面", EVERYWHERE),
    )
