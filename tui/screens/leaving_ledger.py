"""From the checklist to another ledger: 换台账, and 导入通知, which may end in a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands import IMPORT_NOTICE, Command
from tui.screens.ledger_work import LedgerWork

if TYPE_CHECKING:
    from db.rules.rows import LedgerRow
    from tui.screens.importing import Importing


class LeavingLedger(LedgerWork):
    """A subclass shows in `_chosen_ledger` the ledger that was chosen."""

    def _chosen_ledger(self, ledger: LedgerRow | None) -> None:
        """Another ledger is open now; None: none was chosen."""
        raise TypeError(f"{type(self).__name__} shows no ledger")

    def save_draft_now(self) -> bool:
        """Keeps the place before the screen goes."""
        raise TypeError(f"{type(self).__name__} has no place")

    def action_choose(self) -> None:
        self._choose(None)

    def _choose(self, plan: str | None) -> None:
        """plan: the notice that is chosen already."""
        from tui.screens.choice import ChoiceScreen

        self.save_draft_now()
        self.app.push_screen(ChoiceScreen(self.desk, plan), self._chosen_ledger)

    # 导入通知

    def menu_too(self) -> tuple[Command, ...]:
        """It stands in the menu too."""
        return (IMPORT_NOTICE,)

    def action_import_notice(self) -> None:
        if importing := self._importing():
            importing.begin()

    def import_document(self, path: Path) -> None:
        """Reads that file at once."""
        if importing := self._importing():
            importing.read(path)

    def _importing(self) -> Importing | None:
        if self.desk.read_only:
            self.say(f"只读，不能导入：{self.desk.read_only_reason}", alarm=True)
            return None
        self.writable()
        from tui.screens.importing import Importing

        return Importing(self.app, self.desk, self._imported)

    def _imported(self, plan: str | None, words: str) -> None:
        # A notice that was brought to another reading changes this ledger's entries and clock rules too.
        self._clock_rules = None
        self.reread()
        self.say(words)
        if plan is not None:
            self._choose(plan)
