"""What can be done with the backups of one ledger file, whether it can be opened or not. Neither screen nor output.

The rooms behind it are loaded when they are asked: no start waits for them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import DamagedError, FileRefusedError
from db.rules.value import value

if TYPE_CHECKING:
    from db.care.comparing import Changes
    from db.care.finding import Backup
    from db.care.restoring import Restored
    from db.care.salvaging import Salvaged
    from db.rules.evidence import Progress
    from db.seen import Seen


@value
class CarePlaces:
    """Where this machine keeps what it knows of ledger files. heads: how far each was (db.seen); here: the folder of
    the further backups of a file that lies on a disk which may lose writes; drafts: where what is typed goes while
    the file cannot be written; own: the ledger file whose folder is this program's. None: there is none."""

    heads: Path | None = None
    here: Path | None = None
    drafts: Path | None = None
    own: Path | None = None


class FileCare:
    """Asks and changes by the path alone: nobody in this process may have the file open meanwhile for `restore`."""

    def __init__(
        self,
        path: Path,
        places: CarePlaces,
        now: Callable[[], datetime],
        second: str | None = None,
        identity: str | None = None,
    ) -> None:
        """second and identity: of the file, where it can be read; else what its backups tell is taken."""
        self.path = path
        self.places = places
        self._now = now
        self._second = second
        self._identity = identity

    def backups(self) -> tuple[Backup, ...]:
        """Every backup that is found by its name, the newest first."""
        from db.care.finding import backups_of, known_second_place

        if self._identity is not None:
            return backups_of(self.path, Path(self._second) if self._second else None, self.places.here, self._identity)
        seen = self._last_seen()
        second = known_second_place(self.path, self.places.here)
        if second is None and seen is not None and seen.second:
            second = Path(seen.second)
        # At the second place other ledgers of this name have theirs: what lay here last is known on this machine.
        found = backups_of(self.path, second, self.places.here, seen.id) if seen else ()
        return found or backups_of(self.path, second, self.places.here)

    def _last_seen(self) -> Seen | None:
        from db.seen import seen_at

        return seen_at(self.places.heads, self.path) if self.places.heads else None

    def named(self, words: str) -> Backup:
        """The backup that a path leads to, or that bears that name among those that are found.

        Raises FileRefusedError where there is none, or it is damaged.
        """
        from db.care.finding import given

        found = next((backup for backup in self.backups() if words in (backup.path.name, str(backup.path))), None)
        if found is not None:
            return found
        path = Path(words).expanduser()
        try:
            return given(path)
        except DamagedError as error:
            # The ledger itself is not: another backup may be taken.
            raise FileRefusedError(error.message, error.hint) from error
        except OSError as error:
            raise FileRefusedError(f"没有名为 {path} 的备份。", "用 taizhang --restore 列出找到的备份。") from error

    def looked_into(self, backup: Backup) -> tuple[Backup, Changes | None]:
        """The backup opened and checked, and what would change; None where it is not fit to be restored."""
        from db.care.comparing import changes
        from db.care.finding import verified

        checked = verified(backup, None if backup.place == "given" else self._identity)
        return checked, None if checked.problem else changes(self.path, checked)

    def newest_good(self) -> tuple[Backup, Changes] | None:
        """The newest backup that passes every check, with what would change."""
        for backup in self.backups():
            checked, found = self.looked_into(backup)
            if found is not None:
                return checked, found
        return None

    def has_content(self) -> bool:
        """Whether something lies at the path from which could be salvaged."""
        try:
            return self.path.is_file() and self.path.stat().st_size > 0
        except OSError:
            return False

    def is_gone(self) -> bool:
        """Whether nothing lies at the path: the file was moved, or its stick or share is not there."""
        return not os.path.lexists(self.path)

    def restore(self, backup: Backup, progress: Progress | None = None) -> Restored:
        """Put the backup in the file's place; what lay there is kept."""
        from db.backup_names import CONTENTS
        from db.care.restoring import restore

        folders = dict.fromkeys(known.path.parent / CONTENTS for known in self.backups())
        if self.path == self.places.own:
            # Its folder is this program's own; where the whole of it is gone, the ledger comes back all the same.
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return restore(
            self.path, backup, self._now(), sources=tuple(folders), heads=self.places.heads, progress=progress
        )

    def salvage(self, progress: Progress | None = None) -> Salvaged:
        """Save what can still be read into a new file beside; the damaged one is not touched."""
        from db.care.salvaging import salvage

        return salvage(self.path, self._now(), progress)

    def use_salvaged(self, salvaged: Salvaged) -> Path:
        """Put the new file in the place of the damaged one. Returns the folder in which that is kept."""
        from db.care.swapping import swap_in

        return swap_in(self.path, salvaged.path, self._now(), self.places.heads)
