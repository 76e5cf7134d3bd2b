"""Where what is typed and not saved is kept: in the ledger, and while that cannot be written in a folder beside it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import TaizhangError
from db.rules.rows import Draft

if TYPE_CHECKING:
    from db.export.draft_files import LooseDraft
    from tui.desk import Desk


_DIALOG: Final = "dialog:"
_STEPS: Final = "steps:"


def dialog_field(kind: str, about: str, subject: str) -> str:
    """The field of a window's draft. kind: its class, with #id where it is about one row; about: what the screen below
    is about, subject: what the clerk reads above it."""
    return f"{_DIALOG}{kind}:{about}:{subject}"


def dialog_words(draft: Draft) -> str:
    """What the clerk reads above the window of a draft, in quotes; '' for the draft of something else."""
    if not draft.field.startswith(_DIALOG):
        return ""
    about, _, subject = draft.field.removeprefix(_DIALOG).partition(":")[2].partition(":")
    return f"核对通知时的“{subject}”" if about else f"“{subject}”"


class Drafts:
    """The drafts of the desk's ledger, or of its file while no ledger is open.

    The newest counts where a field has one in both places. A desk without a folder has the ledger alone.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, field: str, entry: int | None, text: str) -> Path | None:
        """Keep a draft: None where the ledger took it, else the folder in which it lies.

        Raises TaizhangError, the ledger's own, where neither took it.
        """
        try:
            self._desk.save_draft(field, entry, text)
        except TaizhangError as error:
            if not self._put_beside(field, entry, text):
                raise error
            return self._desk.draft_folder
        # One that cannot be removed there is the older one from now on.
        with suppress(TaizhangError):
            self._drop_beside(field, entry)
        return None

    def find(self, field: str, entry: int | None) -> Draft | None:
        """The draft of a field. Raises TaizhangError where the ledger cannot be read and nothing lies beside."""
        beside = next((one for one in self._beside() if one.field == field and one.entry == (entry or 0)), None)
        try:
            stored = self._desk.draft(field, entry) if self._desk.ledger is not None else None
        except TaizhangError:
            if beside is None:
                raise
            stored = None
        if beside is None or (stored is not None and stored.at > beside.at):
            return stored
        return _row(beside)

    def drop(self, field: str, entry: int | None) -> None:
        """Forget a draft that was saved or thrown away, in both places. Raises TaizhangError."""
        try:
            if self._desk.ledger is not None and not self._desk.read_only:
                self._desk.drop_draft(field, entry)
        finally:
            self._drop_beside(field, entry)

    def waiting(self) -> tuple[Draft, ...]:
        """All of them, the oldest first. Raises TaizhangError where the ledger cannot be read."""
        rows = {(one.field, one.entry): one for one in map(_row, self._beside())}
        stored = self._desk.drafts() if self._desk.ledger is not None else ()
        for one in stored:
            beside = rows.get((one.field, one.entry))
            if one.text.strip() and (beside is None or one.at > beside.at):
                rows[one.field, one.entry] = one
        return tuple(sorted(rows.values(), key=lambda one: one.at))

    # The steps of a review: the file has them with the document; here they are only while it cannot be written

    def keep_steps(self, sha256: str, steps: str) -> bool:
        """Keep the steps over a document beside the file; whether they were kept."""
        folder = self._desk.draft_folder
        if folder is None:
            return False
        from db.export.draft_files import keep

        try:
            keep(folder, self._steps_of(sha256, steps))
        except TaizhangError:
            return False
        return True

    def steps(self, sha256: str) -> str | None:
        """The steps that lie beside the file."""
        wanted = self._steps_of(sha256, "")
        return next((one.text for one in self._all_beside() if one.name == wanted.name), None)

    def drop_steps(self, sha256: str) -> None:
        """Forget them: the file has them now. Raises TaizhangError."""
        if (folder := self._desk.draft_folder) is not None:
            from db.export.draft_files import drop

            drop(folder, self._steps_of(sha256, ""))

    def _steps_of(self, sha256: str, steps: str) -> LooseDraft:
        from db.export.draft_files import LooseDraft

        at = self._desk.now().isoformat(timespec="seconds")
        return LooseDraft(self._desk.file_identity, 0, f"{_STEPS}{sha256}", 0, steps, at)

    # Beside the ledger

    def _put_beside(self, field: str, entry: int | None, text: str) -> bool:
        folder = self._desk.draft_folder
        if folder is None:
            return False
        from db.export.draft_files import keep

        try:
            keep(folder, self._loose(field, entry, text))
        except TaizhangError:
            return False
        return True

    def _drop_beside(self, field: str, entry: int | None) -> None:
        if (folder := self._desk.draft_folder) is not None:
            from db.export.draft_files import drop

            drop(folder, self._loose(field, entry, ""))

    def _beside(self) -> tuple[LooseDraft, ...]:
        ledger = self._desk.ledger.id if self._desk.ledger else 0
        return tuple(one for one in self._all_beside() if one.ledger == ledger and not one.field.startswith(_STEPS))

    def _all_beside(self) -> tuple[LooseDraft, ...]:
        folder = self._desk.draft_folder
        if folder is None or not folder.is_dir():
            return ()
        from db.export.draft_files import found

        return found(folder, self._desk.file_identity)

    def _loose(self, field: str, entry: int | None, text: str) -> LooseDraft:
        from db.export.draft_files import LooseDraft

        ledger = self._desk.ledger.id if self._desk.ledger else 0
        at = self._desk.now().isoformat(timespec="seconds")
        return LooseDraft(self._desk.file_identity, ledger, field, entry or 0, text, at)


def _row(loose: LooseDraft) -> Draft:
    return Draft(loose.field, loose.entry or None, loose.text, loose.at)
