"""体检: the ledger file in full (db.reads.check), its backups, and what is around it. Changes nothing of them."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from db.care.backups_check import backup_folders, backups
from db.care.surroundings import clock, disk, journals, leftovers, of_the_file
from db.errors import DamagedError, TaizhangError
from db.file import LedgerFile, open_file
from db.reads.check import Checked, check
from db.reads.history import newest_at
from db.rules.evidence import Progress
from db.rules.findings import Finding, Verdict, damage, verdict, warning, way_out
from db.rules.value import value
from db.seen import older_than_seen, remember, seen_of

__all__ = ["Checkup", "Finding", "checkup", "checkup_at", "is_due", "unopened"]

EVERY: Final = timedelta(days=7)
"""How often every byte of the evidence is read again."""


@value
class Checkup:
    """path: of the file; stamp: its 流水校验码, None where it cannot be read; checked: what of the file was read."""

    path: Path
    stamp: str | None
    checked: Checked
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest of the findings."""
        return verdict(self.findings)

    @property
    def hint(self) -> str:
        """What to do about the damage; else about the first warning; '' where there is neither."""
        hints = (finding.hint for finding in self.findings if finding.level == "warning")
        return way_out(self.findings) or next(hints, "")


def checkup(
    file: LedgerFile,
    at: datetime,
    *,
    heads: Path | None = None,
    here: Path | None = None,
    progress: Progress | None = None,
) -> Checkup:
    """Check everything. heads: how far this machine saw each file (db.places.heads_file); here: the folder of its own
    backups (db.places.local_backups); None leaves either out.

    progress is told bytes of evidence, first of the file's, then of those beside its newest backup; what it raises
    (CancelledError) ends the check. What is found is no error: it stands in the findings, the gravest first.
    """
    checked = check(file, progress)
    stamp: str | None = None
    found = [*of_the_file(file.path), *journals(file.path), *disk(file.path)]
    # What cannot be read of a damaged file is told by the check of its tables.
    with suppress(TaizhangError, ValueError):
        stamp = file.head().stamp
        found += clock(newest_at(file), at)
        found += _seen(file, heads)
        found += leftovers(file.path, backup_folders(file), at)
    if stamp is not None and not checked.problems:
        # Of a damaged file nothing can be held against a backup: that is chosen when one is restored.
        found += backups(file, at, here, progress).findings
    levels = ("damage", "warning", "remark")
    findings = sorted([*checked.findings, *found], key=lambda finding: levels.index(finding.level))
    return Checkup(file.path, stamp, checked, tuple(findings))


def checkup_at(
    path: Path,
    at: datetime,
    *,
    heads: Path | None = None,
    here: Path | None = None,
    progress: Progress | None = None,
) -> Checkup:
    """The same of the file that lies at `path`, neither made nor brought up; one that is too damaged to be opened is a
    finding. That all of it was read is remembered in `heads`. Raises FileRefusedError for what is no ledger."""
    try:
        file = open_file(path, at, write=False, as_it_lies=True)
    except DamagedError as error:
        return unopened(path, error)
    try:
        found = checkup(file, at, heads=heads, here=here, progress=progress)
        if heads is not None:
            _keep(file, heads, at, found)
        return found
    finally:
        file.close()


def unopened(path: Path, error: TaizhangError) -> Checkup:
    """The finding about a file that is too damaged to be opened."""
    finding = damage("file", error.message)
    return Checkup(path, None, Checked(0, 0, (finding,), unread=None), (finding,))


def is_due(checked_at: str | None, at: datetime) -> bool:
    """Whether a week has passed since everything was checked on this machine (db.seen); a clock that was set back
    since does not put it off."""
    try:
        return checked_at is None or not timedelta(0) <= at - datetime.fromisoformat(checked_at) < EVERY
    except (ValueError, TypeError):
        return True


def _keep(file: LedgerFile, heads: Path, at: datetime, found: Checkup) -> None:
    """Only of a file that this machine knows, at its place: not of a copy that is looked at."""
    if found.stamp is None or found.verdict == "damage" or any(finding.area == "seen" for finding in found.findings):
        return
    seen = seen_of(heads, file.path, file.identity)
    if seen is not None and (seen.id, seen.path) == (file.identity, str(file.path)):
        remember(heads, replace(seen, checked_at=at.isoformat(timespec="seconds")))


def _seen(file: LedgerFile, heads: Path | None) -> list[Finding]:
    seen = older_than_seen(file, heads) if heads is not None else None
    if seen is None:
        return []
    return [
        warning(
            "seen",
            f"这台电脑 {seen.at[:16].replace('T', ' ')} 看到的流水校验码是 {seen.stamp}，现在的文件接不上："
            "它是更早的一份，或换成了另一个文件",
            "请核对是不是误用了旧文件（拷贝、同步、U 盘）；最新的可能在备份里，用 --restore 查看。",
        )
    ]
