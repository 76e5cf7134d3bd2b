"""What a screen reads beside its entries, for the blocks that stand in pane and details."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from db.errors import TaizhangError
from db.rules.rows import EntryRow
from tui.screens.counted_blocks import Beside
from tui.screens.entry_blocks import detail_blocks
from tui.screens.working import WorkScreen
from tui.widgets.reading_pane import Block

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar
    from db.rules.rows import PublicationRow
    from db.rules.rows_evidence import EvidenceRow

T = TypeVar("T")


class EntryReading(WorkScreen[T]):
    """Each is read at its first use after a reading of the entries, and then no more."""

    _calendar: WorkCalendar | None = None
    _by_entry: dict[int | None, list[PublicationRow]] | None = None
    _evidence: tuple[EvidenceRow, ...] | None = None

    def blocks_of(self, entry: EntryRow) -> list[Block]:
        """Everything about an entry, its history too."""
        try:
            history = self.desk.history(entry.id)
        except TaizhangError as error:
            self.complain(error)
            history = ()
        return detail_blocks(entry, self.beside(entry), self.clock_rules(), history)

    def beside(self, entry: EntryRow) -> Beside:
        """What the blocks of the entry need: the calendar and its publications, read only where it has use for them."""
        counted = bool(entry.quotas or entry.occurrences)
        return Beside(
            self.today,
            self.calendar() if counted else None,
            self.publications_of(entry) if entry.published else (),
            self.evidence_of(entry) if entry.evidence else (),
        )

    def calendar(self) -> WorkCalendar | None:
        """The work calendar, read once after each reading of the entries; None if it cannot be read."""
        if self._calendar is None:
            try:
                self._calendar = self.desk.calendar()
            except TaizhangError as error:
                self.complain(error)
        return self._calendar

    def publications_of(self, entry: EntryRow) -> Sequence[PublicationRow]:
        """The publications of the entry, the newest first; those of the ledger are read once."""
        if self._by_entry is None:
            self._by_entry = {}
            try:
                for row in self.desk.publications():
                    self._by_entry.setdefault(row.entry, []).append(row)
            except TaizhangError as error:
                self.complain(error)
        return self._by_entry.get(entry.id, ())

    def evidence_of(self, entry: EntryRow) -> Sequence[EvidenceRow]:
        """The evidence of the entry and of its publications."""
        return [row for row in self.all_evidence() if row.of_entry == entry.id]

    def all_evidence(self) -> tuple[EvidenceRow, ...]:
        """The evidence of the ledger, read once."""
        if self._evidence is None:
            self._evidence = ()
            try:
                self._evidence = self.desk.evidence()
            except TaizhangError as error:
                self.complain(error)
        return self._evidence

    def reread(self) -> None:
        self._calendar = None
        self._by_entry = None
        self._evidence = None
        super().reread()
