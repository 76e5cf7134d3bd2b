"""What the checklist tells beside its list: the head line's figures, and at the start what was left waiting."""

from __future__ import annotations

from typing import Final

from textual.message import Message

from db.errors import DamagedError, TaizhangError
from db.rules.rows import EntryRow, LedgerRow
from db.rules.summary import summary
from tui.drafts import Drafts, dialog_words
from tui.screens.ledger_work import LedgerWork
from tui.widgets.head_line import HeadLine
from tui.wording_counted import is_short
from tui.wording_shift import how_many_wait

_NAMED: Final = 3
"""How many windows that wait are named."""


class Heading(LedgerWork):
    """What a screen with a HeadLine does with it."""

    _open_clocks: int | None = None
    """How many clocks are not closed; None until they are counted."""
    _unit_short: int = 0
    """How many of the unit's own quotas are short in the present period."""

    class Unreadable(Message):
        """Nothing of the ledger could be shown: its file is damaged."""

        def __init__(self, error: DamagedError) -> None:
            super().__init__()
            self.error = error

    _headed: tuple[EntryRow, ...] | None = None
    """The entries of which the head tells; None while none were read."""

    _complained: TaizhangError | None = None

    def complain(self, error: TaizhangError) -> None:
        super().complain(error)
        self._complained = error

    def _tell_unreadable(self) -> None:
        """After the first reading: where it gave nothing, there is nothing to work on."""
        if self._headed is None and isinstance(self._complained, DamagedError):
            self.post_message(self.Unreadable(self._complained))

    def _show_head(self, ledger: LedgerRow) -> None:
        figures = summary(self.entries, self.today)
        self.query_one(HeadLine).show(ledger, self.entries, figures, self.today, self._open_clocks, self._unit_short)

    def _count_beside(self) -> None:
        """Clocks without an entry and the unit's quotas count too; after the list is shown, which does not wait."""
        try:
            self._open_clocks = self.desk.open_clocks()
            self._unit_short = sum(1 for quota in self.desk.unit_quotas() if is_short(quota, self.today))
        except TaizhangError as error:
            self.complain(error)
        if self.desk.ledger is not None:
            self._show_head(self.desk.ledger)

    def _tell_what_waits(self) -> None:
        """After a crash the clerk should not have to guess which entry holds what was typed; nor that dates wait."""
        try:
            drafts = Drafts(self.desk).waiting()
        except TaizhangError as error:
            self.complain(error)
            return
        drafted = {draft.entry for draft in drafts}
        numbers = [entry.number for entry in self.entries if entry.id in drafted]
        words = f"第 {'、'.join(numbers)} 项有没写完的记事（草稿还在），在该项上按 F3 接着写。" if numbers else ""
        if windows := list(filter(None, map(dialog_words, drafts))):
            more = f"等 {len(windows)} 处" if len(windows) > _NAMED else ""
            words += f"{'、'.join(windows[:_NAMED])}{more}填写到一半，打开同一个窗口就会恢复。"
        if waiting := how_many_wait(self.entries):
            words += f"{waiting} 项的时限从另一年度换算而来，待核对：按 7 核对。"
        if words:
            self.say(words)
