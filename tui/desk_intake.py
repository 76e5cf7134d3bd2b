"""The desk's part for 导入通知: documents read, drafts (待确认稿) kept, notices taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk_base import DeskBase

if TYPE_CHECKING:
    from db.intake.edits import Edit
    from db.intake.source import Source
    from db.rules.notice import NoticeDraft
    from db.rules.rows_intake import IntakeRow, KnownNotice
    from db.store.work_kept import Stayed


class DeskIntake(DeskBase):
    """Nothing here touches a ledger; a draft is its source and the clerk's steps, kept after every step."""

    _written: tuple[Source, str] | None = None
    """The source that was written last, and its JSON: a step changes the steps alone."""

    def intake_drafts(self) -> tuple[IntakeRow, ...]:
        """The drafts that wait, the one changed last first."""
        from db.reads.intake import intake_drafts

        return intake_drafts(self._file)

    def intake_draft(self, draft_id: int) -> tuple[Source, tuple[Edit, ...]]:
        """A draft, to go on with it. Raises UnknownNameError where it is gone, ReadingError where it is damaged."""
        from db.intake import edits_json, source_json
        from db.reads.intake import intake_draft

        source, edits = intake_draft(self._file, draft_id)
        return source_json.from_json(source), edits_json.from_json(edits)

    def draft_of(self, sha256: str) -> int | None:
        """The draft of the document with these bytes."""
        return next((row.id for row in self.intake_drafts() if row.sha256 == sha256), None)

    def read_notice(self, path: Path, progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> Source:
        """A document as plain structure, read by another process. Raises ReadingError, CancelledError."""
        from db.intake.readers.asking import read_document

        return read_document(path, progress=progress, cancelled=cancelled, own=self._file.is_own)

    def read_mended(self, path: Path) -> NoticeDraft:
        """A draft in TOML that was mended in an editor. Raises ReadingError while something in it is open."""
        from db.intake.draft_file import read_draft
        from db.intake.readers.opening import toml_text

        name, text = toml_text(path, self._file.is_own)
        return read_draft(name, text)

    def keep_intake(self, source: Source, edits: tuple[Edit, ...]) -> int:
        """Keep the draft as it is now. Returns its id."""
        self.warm()
        from db.intake import edits_json, source_json
        from db.store.intake import keep_intake

        if self._written is None or self._written[0] is not source:
            self._written = (source, source_json.to_json(source))
        return keep_intake(
            self._file,
            sha256=source.sha256,
            name=source.name,
            source=self._written[1],
            edits=edits_json.to_json(edits),
            at=self.now(),
        )

    def drop_intake(self, draft_id: int) -> None:
        """Throw a draft away."""
        self.warm()
        from db.store.intake import drop_intake

        drop_intake(self._file, draft_id)

    def known_notices(self) -> tuple[KnownNotice, ...]:
        """What tells the notices of the file from one another."""
        from db.reads.intake import known_notices

        return known_notices(self._file)

    def notice_said(self, plan: str) -> NoticeDraft:
        """A notice as it was taken in."""
        from db.reads.intake import notice_said

        return notice_said(self._file, plan)

    def accept_notice(
        self, draft: NoticeDraft, matches: Mapping[str, str] | None, drop: int | None
    ) -> tuple[Stayed, ...]:
        """确认入库: all of it or nothing. matches: the former number of each task of a notice that comes again.
        Returns the entries that the new reading gives to others and that stay for the work on them."""
        self.changing()
        from db.store.intake import accept_notice

        return accept_notice(self._file, draft, matches=matches, drop=drop, at=self.now())
