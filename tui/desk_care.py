"""The desk's part for 备份: backups made and found, what a restore would change, the second place, the full check.

Nothing here is loaded before the first frame. All of it may take its time: it is called in threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from db.errors import CancelledError, DamagedError, MendableError, TaizhangError
from tui.care import CarePlaces, FileCare
from tui.desk_base import DeskBase

if TYPE_CHECKING:
    from db.care.backups import Made
    from db.care.checkup import Checkup
    from db.care.comparing import Changes
    from db.care.finding import Backup
    from db.care.restoring import Restored
    from db.rules.evidence import Progress
    from db.seen import Seen

Why = Literal["自动", "导入前", "年终"]
"""What the screen makes backups for."""
_RISKY: Final = "台账在 U 盘或网络盘上，突然拔出、断网可能丢掉刚存的内容：备份另在这台电脑上多存一份。"


class DeskCare(DeskBase):
    """Only a desk that was given places cares for its file; one that may only read it makes no backups."""

    troubles: tuple[str, ...] = ()
    """Why the last backup did not reach a place, in Chinese; () where it reached all."""
    last_backup: str | None = None
    """When this run of the program made its last backup (ISO, UTC+8)."""
    checkup: Checkup | None = None
    """The last full check of this run of the program."""
    is_leaving = False
    """The program is about to end: a full check that nobody waits for stops."""
    is_ending = False
    """It ends at once: a backup that is being made stops too."""
    _older: Seen | None = None

    @property
    def cares(self) -> bool:
        """Whether backups of the file are made here."""
        return self._where.heads is not None and not self.read_only

    @property
    def care(self) -> FileCare:
        """The file by its path."""
        return FileCare(self._file.path, self._where, self._now, self.second_place(), self._file.identity)

    @property
    def _where(self) -> CarePlaces:
        return self._places or CarePlaces()

    @property
    def identity(self) -> str:
        """What tells the file from every other."""
        return self._file.identity

    def disk_words(self) -> str:
        """That the file lies where what was saved may be lost; '' elsewhere, and once it was said on this machine."""
        from db.care.disks import risky_disk

        try:
            if not self.cares or risky_disk(self._file.path) is None:
                return ""
            # The first backup on this machine is the sign that it was said.
            return "" if any(backup.place == "here" for backup in self.backups()) else _RISKY
        except TaizhangError:
            return ""

    # What this machine has seen

    def older_than_seen(self) -> Seen | None:
        """What this machine saw last, where the file does not continue it. None: all is well."""
        heads = self._where.heads
        if heads is None:
            return None
        from db.seen import older_than_seen

        self._older = older_than_seen(self._file, heads)
        return self._older

    def head_words(self) -> tuple[str, str]:
        """流水校验码 of the file now, and when its newest step was (ISO; '' where there is none)."""
        from db.reads.history import newest_at

        return self._file.head().stamp, newest_at(self._file) or ""

    def go_on_with_older(self) -> None:
        """The clerk knows that the file is an older one: from now on that is how it was seen."""
        self._older = None
        self.keep_head()

    def keep_head(self, *, checked: bool = False) -> None:
        """Keep how far the file is now; not while it is older than what was seen and the clerk has not said a word."""
        heads = self._where.heads
        if heads is None or self._older is not None:
            return
        from db.seen import remember_head

        remember_head(self._file, heads, self._at(), checked=checked, second=self.second_place())

    # Backups

    def backup_is_due(self) -> bool:
        """Whether anything was written since the newest backup."""
        if not self.cares:
            return False
        from db.care.backups import is_due

        return is_due(self._file)

    def back_up(self, why: Why, progress: Progress | None = None) -> Made:
        """Make a backup in every place. Raises TaizhangError where none could be made; then `troubles` says it too."""
        if not self.cares:
            raise MendableError(f"没有备份：{self.read_only_reason or '这个窗口不管备份。'}", "")
        from db.care.backups import back_up

        with self._backing_up:
            try:
                progress = self._stoppable(progress, lambda: self.is_ending)
                made = back_up(self._file, self.now(), why, progress=progress)
            except CancelledError:
                raise
            except TaizhangError as error:
                self.troubles = (error.message,)
                raise
            self.troubles = made.failures
            if made.paths:
                self.last_backup = self._at()
                self.keep_head()
            return made

    def back_up_if_due(self, why: Why) -> str:
        """For whom nobody waits: what went wrong, in Chinese; '' where all went well or nothing was due."""
        try:
            if self.backup_is_due():
                self.back_up_quietly(why)
        except CancelledError:
            return ""
        except TaizhangError as error:
            self.troubles = (error.message,)
        return self.troubles[0] if self.troubles else ""

    def back_up_quietly(self, why: Why, progress: Progress | None = None) -> None:
        """A backup that nothing waits for: what went wrong stands in `troubles`. Raises CancelledError."""
        with suppress(MendableError, DamagedError):
            self.back_up(why, progress)

    def backups(self) -> tuple[Backup, ...]:
        """Every backup of the file, the newest first."""
        return self.care.backups()

    def looked_into(self, backup: Backup) -> tuple[Backup, Changes | None]:
        """The backup opened and checked, and what restoring it would change."""
        return self.care.looked_into(backup)

    def backup_at(self, path: Path) -> Backup:
        """A backup that lies elsewhere."""
        return self.care.named(str(path))

    def restore(self, backup: Backup, progress: Progress | None = None) -> Restored:
        """Put the backup in the file's place. The file is closed, whatever comes of it: it must be opened again."""
        care = self.care
        self.is_leaving = self.is_ending = True
        # What is being copied or checked stops at its next piece: nobody may have the file open meanwhile.
        with self._backing_up, self._checking:
            self._file.close()
            self._file.read_only_reason = "正在恢复。"
            return care.restore(backup, progress)

    # The second place

    def second_place(self) -> str | None:
        """The folder to which every backup goes too."""
        from db.reads.office import second_place

        return second_place(self._file)

    def is_on_its_disk(self, folder: str) -> bool:
        """Whether a folder shares the disk of the ledger file; False where that cannot be told."""
        with suppress(OSError):
            return os.stat(folder).st_dev == os.stat(self._file.path.parent).st_dev
        return False

    def set_second_place(self, folder: str | None) -> None:
        """Another folder, or none."""
        self.warm()
        from db.store.settings import set_second_place

        set_second_place(self._file, folder, at=self.now())

    # The full check

    def checked_at(self) -> str | None:
        """When all of the file was last checked on this machine (ISO, UTC+8)."""
        heads = self._where.heads
        if heads is None:
            return None
        from db.seen import seen_of

        seen = seen_of(heads, self._file.path, self._file.identity)
        return seen.checked_at if seen else None

    def check_is_due(self) -> bool:
        """Whether a week has passed since."""
        if not self.cares:
            return False
        from db.care.checkup import is_due

        return is_due(self.checked_at(), self.now())

    def check_whole(self, progress: Progress | None = None) -> Checkup:
        """体检: the file, its evidence, its backups and what is around them. Raises CancelledError."""
        from db.care.checkup import checkup

        where = self._where
        with self._checking:
            self.checkup = checkup(
                self._file,
                self.now(),
                heads=where.heads,
                here=where.here,
                progress=self._stoppable(progress, lambda: self.is_leaving or self.is_ending),
            )
        # What is damaged is looked at again at the next start, until it is mended.
        self.keep_head(checked=self.checkup.verdict != "damage")
        return self.checkup

    def _at(self) -> str:
        return self.now().isoformat(timespec="seconds")

    def _stoppable(self, progress: Progress | None, is_over: Callable[[], bool]) -> Progress:
        def tell(done: int, total: int) -> None:
            if is_over():
                raise CancelledError("程序正在退出，已停下。")
            if progress is not None:
                progress(done, total)

        return tell
