"""The desk's part for 佐证材料: what is attached, where from, and copies to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import NotSavedError, TaizhangError
from tui.desk_base import DeskBase

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from db.export.writing import Kept
    from db.intake.evidence_source import FileSource
    from db.rules.evidence import Contents, Progress, Use
    from db.rules.rows_evidence import EvidenceRow


class DeskEvidence(DeskBase):
    """Every change is one undo step. Copies lie in a folder of their own until the desk is closed."""

    _copies: TemporaryDirectory[str] | None = None

    # Reading

    def evidence(self) -> tuple[EvidenceRow, ...]:
        """All evidence of the ledger, in the order of its entries."""
        from db.reads.evidence import evidence

        return evidence(self._file, self._open)

    def evidence_limit(self) -> int:
        """How many bytes a file may have."""
        from db.reads.evidence import evidence_limit

        return evidence_limit(self._file)

    def folder(self, use: Use) -> str | None:
        """Where the clerk last was for that."""
        from db.reads.evidence import folder

        return folder(self._file, use)

    def look(self, path: Path) -> FileSource:
        """What a path leads to, fit to be attached. Raises InvalidInputError saying why not."""
        from db.intake.evidence_source import look

        return look(path, limit=self.evidence_limit(), own=self._file.is_own)

    def contents(self) -> Contents:
        """The content of a SHA-256, piece by piece."""
        from db.reads.evidence import contents

        return contents(self._file)

    # Attaching

    def attach(
        self,
        sources: Sequence[FileSource],
        addresses: Sequence[str],
        *,
        entry: int | None,
        publication: int | None,
        caption: str | None,
        day: date | None,
        progress: Progress | None = None,
    ) -> tuple[str, ...]:
        """附佐证: files and web addresses in one step, all or none. Returns the names of the files that were attached
        there already and whose damaged content is mended."""
        self.changing()
        from db.store.change import group
        from db.store.evidence import attach, attach_address

        today, at = self.today(), self.now()
        # One verb opens its own step only when it has hashed: nothing waits for the file meanwhile.
        steps = len(addresses) + bool(sources)
        with group(self._file, self._open, "attach", at) if steps > 1 else nullcontext():
            for address in addresses:
                attach_address(
                    self._file,
                    self._open,
                    address,
                    entry=entry,
                    publication=publication,
                    caption=caption,
                    day=day,
                    today=today,
                    at=at,
                )
            if not sources:
                return ()
            return attach(
                self._file,
                self._open,
                sources,
                entry=entry,
                publication=publication,
                caption=caption,
                day=day,
                today=today,
                at=at,
                progress=progress,
            ).mended

    def edit_evidence(self, evidence: int, caption: str | None, day: date | None) -> None:
        """Change what is said of it."""
        self.changing()
        from db.store.evidence import edit_evidence

        edit_evidence(self._file, self._open, evidence, caption=caption, day=day, today=self.today(), at=self.now())

    def detach(self, evidence: Sequence[int]) -> None:
        """移除佐证; the content stays in the file, so that undo brings it back."""
        self.changing()
        from db.store.evidence import detach

        detach(self._file, self._open, evidence, at=self.now())

    def set_evidence_limit(self, megabytes: int) -> None:
        """佐证大小上限, of the whole file."""
        self.changing()
        from db.store.evidence import set_evidence_limit

        set_evidence_limit(self._file, megabytes, at=self.now())

    def remember_folder(self, use: Use, folder: str) -> None:
        """Keep where the clerk was; one that cannot be kept is no loss to speak of."""
        if self.read_only:
            return
        self.warm()
        from db.store.evidence import remember_folder

        with suppress(TaizhangError):
            remember_folder(self._file, use, folder)

    # Copies

    def open_copy(self, row: EvidenceRow, progress: Progress | None = None) -> Path:
        """A private copy of a file that only the clerk can read, to be looked at. It goes when the desk is closed."""
        from tempfile import TemporaryDirectory

        from db.export.evidence_copy import private_copy

        if self._copies is None:
            try:
                self._copies = TemporaryDirectory(prefix="taizhang-", ignore_cleanup_errors=True)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise NotSavedError(f"副本没有地方放：{reason}。", "请检查磁盘，或按 F3 另存。") from error
        return private_copy(self._told(row, progress), row, Path(self._copies.name))

    def save_evidence(self, row: EvidenceRow, target: Path, progress: Progress | None = None) -> Kept:
        """另存为, of a file. Never over the ledger file itself."""
        from db.export.evidence_copy import save_as

        own, owns_path = self._file.is_own, self._file.owns_path
        contents = self._told(row, progress)
        return save_as(contents, row.sha256 or "", target, self.now(), own=own, owns_path=owns_path)

    def drop_copies(self) -> None:
        """Remove the copies, as far as no viewer holds them."""
        copies, self._copies = self._copies, None
        if copies is not None:
            copies.cleanup()

    def close(self) -> None:
        self.drop_copies()
        super().close()

    def _told(self, row: EvidenceRow, progress: Progress | None) -> Contents:
        """The contents, whose reading is told."""
        contents = self.contents()

        def read(sha256: str) -> Iterator[bytes]:
            done = 0
            for piece in contents(sha256):
                done += len(piece)
                if progress is not None:
                    progress(done, max(row.size or 0, done))
                yield piece

        return read
