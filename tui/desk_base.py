"""What every part of the desk stands on: the open file, the ledger, the day, and the store loaded when it is needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from db.errors import MendableError
from db.rules.rows import LedgerRow

if TYPE_CHECKING:
    from db.file import LedgerFile


class DeskBase:
    """One open file and, once chosen, one ledger. now tells the moment (UTC+8); fixed_day stands for today if given."""

    def __init__(
        self, file: LedgerFile, now: Callable[[], datetime], fixed_day: date | None, ledger: LedgerRow | None
    ) -> None:
        self.ledger = ledger
        self._file = file
        self._now = now
        self._fixed_day = fixed_day
        self._loading = threading.Lock()

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

    def close(self) -> None:
        """Close the file and give its lock back."""
        self._file.close()

    @property
    def _open(self) -> int:
        if self.ledger is None:
            raise MendableError("还没有打开台账。", "请先选择通知、年度和单位。")
        return self.ledger.id
