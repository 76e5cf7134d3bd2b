"""What lies on the clerk's desk: the file, the ledger that is open, the day. The screens talk to this and nothing else.

The store (SQLModel) is loaded at the first change or by `warm`, never on the way to the first list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from db.reads.entries import entries
from db.reads.ledgers import ledger, ledgers, notices
from db.reads.office import draft, drafts, place
from db.rules.rows import ClockRuleRow, Draft, EntryRow, HistoryRow, LedgerRow, LedgerSheet, NoticeRow, Place, Step
from tui.desk_care import DeskCare
from tui.desk_counting import DeskCounting
from tui.desk_evidence import DeskEvidence
from tui.desk_intake import DeskIntake
from tui.desk_time import DeskTime

if TYPE_CHECKING:
    from db.export.writing import Kept
    from db.rules.evidence import Progress


class Desk(DeskCounting, DeskTime, DeskEvidence, DeskIntake, DeskCare):
    """One open file and, once chosen, one ledger.

    Every change is one undo step. It raises a TaizhangError with the clerk's words, and then nothing was changed.
    """

    # Reading

    def notices(self) -> tuple[NoticeRow, ...]:
        """Every notice known here, with its units."""
        return notices(self._file)

    def ledgers(self) -> tuple[LedgerRow, ...]:
        """Every ledger of the file, the last opened first."""
        return ledgers(self._file)

    def entries(self) -> tuple[EntryRow, ...]:
        """All entries of the open ledger, fresh from the file."""
        return entries(self._file, self._open, self.today())

    def sheet(self, *, history: bool = False) -> LedgerSheet:
        """The ledger as an export would carry it; history: with its 办理流水, as some forms do."""
        from db.reads.sheet import sheet

        return sheet(self._file, self._open, self.today(), history=history)

    def clock_rules(self) -> tuple[ClockRuleRow, ...]:
        """The clock rules of the notice."""
        from db.reads.sheet import clock_rules

        return clock_rules(self._file, self._open)

    def history(self, entry_id: int | None) -> tuple[HistoryRow, ...]:
        """What was done to the ledger, or to one entry, newest first."""
        from db.reads.history import history

        return history(self._file, self._open, entry_id)

    def place(self) -> Place:
        """Where the clerk was in this ledger."""
        return place(self._file, self._open)

    def draft(self, field: str, entry: int | None) -> Draft | None:
        """What was typed in a field and not saved."""
        return draft(self._file, self._open, field, entry)

    def drafts(self) -> tuple[Draft, ...]:
        """All that was typed in this ledger and not saved."""
        return drafts(self._file, self._open)

    # Choosing a ledger

    def open(self, ledger_id: int) -> LedgerRow:
        """Open a ledger of the file."""
        self.ledger = ledger(self._file, ledger_id)
        return self.ledger

    def begin(self, plan: str, year: int, unit: str, kind: str | None, officer: str | None) -> LedgerRow:
        """Open the unit's ledger of a year, made if it is new."""
        self.changing()
        from db.store.ledgers import begin_ledger

        return self.open(
            begin_ledger(self._file, plan=plan, year=year, unit=unit, kind=kind, officer=officer, at=self.now())
        )

    def hand_over(self, officer: str | None) -> None:
        """交接: another officer keeps this ledger from now on."""
        self.changing()
        from db.store.ledgers import hand_over

        hand_over(self._file, self._open, officer=officer, at=self.now())
        self.open(self._open)

    # Entries

    def settle(self, entries: Sequence[int], done_on: date, what_was_done: str | None) -> None:
        """销账."""
        self.changing()
        from db.store.entries import settle

        settle(
            self._file,
            self._open,
            entries,
            done_on=done_on,
            today=self.today(),
            what_was_done=what_was_done,
            at=self.now(),
        )

    def reopen(self, entries: Sequence[int]) -> None:
        """恢复."""
        self.changing()
        from db.store.entries import reopen

        reopen(self._file, self._open, entries, at=self.now())

    def start(self, entries: Sequence[int]) -> None:
        """推进中."""
        self.changing()
        from db.store.entries import start

        start(self._file, self._open, entries, at=self.now())

    def not_applicable(self, entries: Sequence[int], reason: str) -> None:
        """不适用."""
        self.changing()
        from db.store.entries import mark_not_applicable

        mark_not_applicable(self._file, self._open, entries, reason=reason, at=self.now())

    def decide(self, entries: Sequence[int], applicability: Literal["ours", "not_ours"]) -> None:
        """本单位/非本单位, where the notice leaves it open."""
        self.changing()
        from db.store.entries import decide

        decide(self._file, self._open, entries, applicability=applicability, at=self.now())

    def adjust_due(self, entry: int, due: date | None, reason: str) -> None:
        """调整时限; due None takes the adjustment back."""
        self.changing()
        from db.store.entries import adjust_due

        adjust_due(self._file, self._open, entry, due=due, reason=reason, at=self.now())

    def add_own(self, requirement: str, due: date | None, reason: str) -> int:
        """自增事项. Returns the new entry's id."""
        self.changing()
        from db.store.own import add_own

        return add_own(self._file, self._open, requirement=requirement, due=due, reason=reason, at=self.now())

    def edit_own(self, entry: int, requirement: str, due: date | None, reason: str) -> None:
        """Change an own task."""
        self.changing()
        from db.store.own import edit_own

        edit_own(self._file, self._open, entry, requirement=requirement, due=due, reason=reason, at=self.now())

    def remove_own(self, entry: int) -> None:
        """Take an own task out, with its notes."""
        self.changing()
        from db.store.own import remove_own

        remove_own(self._file, self._open, entry, at=self.now())

    def confirm_shift(self, entries: Sequence[int]) -> None:
        """Confirm dates that were taken over into another year."""
        self.changing()
        from db.store.entries import confirm_shift

        confirm_shift(self._file, self._open, entries, at=self.now())

    # Notes and drafts

    def add_note(self, entry: int, text: str) -> None:
        """记事."""
        self.changing()
        from db.store.notes import add_note

        add_note(self._file, self._open, entry, text=text, at=self.now())

    def edit_note(self, note: int, text: str) -> None:
        """Change the text of a note."""
        self.changing()
        from db.store.notes import edit_note

        edit_note(self._file, self._open, note, text=text, at=self.now())

    def remove_note(self, note: int) -> None:
        """Take a note out."""
        self.changing()
        from db.store.notes import remove_note

        remove_note(self._file, self._open, note, at=self.now())

    def save_draft(self, field: str, entry: int | None, text: str) -> None:
        """Keep what was typed in a field so far."""
        self.warm()
        from db.store.places import save_draft

        save_draft(self._file, self._open, field, entry, text, at=self.now())

    def drop_draft(self, field: str, entry: int | None) -> None:
        """Forget a draft that was saved or thrown away."""
        self.warm()
        from db.store.places import drop_draft

        drop_draft(self._file, self._open, field, entry)

    def remember(self, place: Place) -> None:
        """Keep where the clerk is; nothing in read-only mode."""
        if self.read_only:
            return
        self.warm()
        from db.store.places import remember

        remember(self._file, self._open, place, at=self.now())

    # Undo, export, end

    def undo(self) -> Step | None:
        """撤销. Returns what was taken back, or None if there was nothing."""
        self.changing()
        from db.store.undo import undo

        return self._taken_back(undo(self._file, self._open, self.now()))

    def redo(self) -> Step | None:
        """重做. Returns what was done again, or None if there was nothing."""
        self.changing()
        from db.store.undo import redo

        return self._taken_back(redo(self._file, self._open, self.now()))

    def export(self, target: Path, progress: Progress | None = None) -> Kept:
        """Write the year-end ledger; the form follows the suffix. What progress raises leaves nothing behind.

        Raises ExportError for the ledger file itself too: keeping the old one aside would take it from under us.
        """
        from db.export.form import WITH_HISTORY, export

        carried = self.sheet(history=target.suffix.lower() in WITH_HISTORY)
        own, owns_path = self._file.is_own, self._file.owns_path
        return export(
            carried, target, self.now(), contents=self.contents(), progress=progress, own=own, owns_path=owns_path
        )

    def write_text(self, target: Path, text: str) -> Kept:
        """另存文字: what is typed as a .txt, wherever it can be written. Raises ExportError."""
        from db.export.text_file import write_text_file

        own, owns_path = self._file.is_own, self._file.owns_path
        return write_text_file(target, text, self.now(), own=own, owns_path=owns_path)

    def _taken_back(self, group: int | None) -> Step | None:
        if group is None:
            return None
        from db.reads.history import step

        # The officer may have been handed back with it.
        self.open(self._open)
        return step(self._file, self._open, group)
