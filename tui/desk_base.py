"""What every part of the desk stands on: the open file, the ledger, the day, and the store loaded when it is needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import MendableError, TaizhangError
from db.rules.rows import LedgerRow

if TYPE_CHECKING:
    from db.file import LedgerFile
    from tui.care import CarePlaces


class DeskBase:
    """One open file and, once chosen, one ledger. now tells the moment (UTC+8); fixed_day stands for today if given.

    places: where this machine keeps what belongs to backups; without them the desk makes none by itself.
    """

    def __init__(
        self,
        file: LedgerFile,
        now: Callable[[], datetime],
        fixed_day: date | None,
        ledger: LedgerRow | None,
        places: CarePlaces | None = None,
    ) -> None:
        self.ledger = ledger
        self._file = file
        self._now = now
        self._fixed_day = fixed_day
        self._loading = threading.Lock()
        self._tidied: list[str] = []
        self._places = places
        # One backup at a time: the one before the end of the program must not meet the one of every half hour.
        self._backing_up = threading.Lock()
        self._checking = threading.Lock()
        self.draft_folder: Path | None = None
        """Where drafts go while the ledger cannot be written; None: nowhere."""
        self.file_identity = ""
        """What tells the drafts of this file from those of another, also once it can no longer be read."""
        if places is not None and places.drafts is not None:
            self.keep_drafts_in(places.drafts)

    def keep_drafts_in(self, folder: Path) -> None:
        """From now on drafts that the ledger does not take go there."""
        try:
            self.file_identity = self._file.identity
        except TaizhangError:
            self.file_identity = self.path
        self.draft_folder = folder

    @property
    def path(self) -> str:
        """Where the ledger file lies."""
        return str(self._file.path)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._file.read_only

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be changed; '' when it can."""
        return self._file.read_only_reason

    def now(self) -> datetime:
        """This moment, as histories keep it."""
        return self._now()

    def today(self) -> date:
        """The day that countdowns and the default 办结日期 take."""
        return self._fixed_day or self._now().date()

    def warm(self) -> None:
        """Load the store, so that the first change does not wait for it. For a thread after the first frame."""
        # One at a time and always in this order: two threads importing SQLAlchemy from two ends meet half-made modules.
        with self._loading:
            import db.store.clocks
            import db.store.counts
            import db.store.days
            import db.store.entries
            import db.store.evidence
            import db.store.intake
            import db.store.ledgers
            import db.store.notes
            import db.store.occurrences
            import db.store.own
            import db.store.places
            import db.store.publications
            import db.store.reports
            import db.store.undo  # noqa: F401

    def changing(self) -> None:
        """Before a verb: the store is loaded, and what it will change in what was typed is heard (`tidied`)."""
        self.warm()
        from db.store.fields import hear

        self._tidied.clear()
        hear(self._tidied)

    def tidied(self) -> str:
        """What the last change stored otherwise than it was typed, in Chinese, told once; '' where nothing was."""
        told = "；".join(self._tidied)
        self._tidied.clear()
        return f"文字已整理：{told}" if told else ""

    def close(self) -> None:
        """Close the file and give its lock back."""
        self._file.close()

    @property
    def _open(self) -> int:
        if self.ledger is None:
            raise MendableError("还没有打开台账。", "请先选择通知、年度和单位。")
        return self.ledger.id
