"""A unit's ledger in a copy of the planted file: the year worked through by the store, and the same read slowly."""

from datetime import date
from pathlib import Path

from db.file import LedgerFile, open_file
from db.reads.office import calendar
from db.store.ledgers import begin_ledger
from tests.world import NOW, copied
from tests.year.seen import differences, seen
from tests.year.slow_year import SlowYear
from tests.year.steps import year_of_work
from tests.year.stored import store


def opened(planted: Path, folder: Path, plan: str, unit: str, year: int) -> tuple[LedgerFile, int]:
    """A file of its own with the unit's ledger begun. Close it."""
    file = open_file(copied(planted, folder / "台账.db"), NOW, write=True)
    return file, begin_ledger(file, plan=plan, year=year, unit=unit, kind=None, officer=None, at=NOW)


class WorkedYear:
    def __init__(self, planted: Path, folder: Path, plan: str, unit: str, year: int, turn: int) -> None:
        self.file, self.ledger = opened(planted, folder, plan, unit, year)
        steps = year_of_work(plan, unit, year, turn)
        store(self.file, self.ledger, steps)
        self.calendar = calendar(self.file)
        self.slow = SlowYear(plan, unit, year, steps)

    def differences(self, today: date) -> list[str]:
        """What the program says otherwise than the slow reading does."""
        return differences(self.slow.on(today), seen(self.file, self.ledger, today, self.calendar))
