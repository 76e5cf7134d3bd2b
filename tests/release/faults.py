"""The big counts of the fault harnesses: functions that return figures with words, for the release's one command.

Each takes an empty folder; the quicker its disk, the quicker the figures. `wrong` of a figure must be empty, and a kill
raises Loss at once.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from db.export.form import PACKAGE, forms
from db.file import make_file, open_file
from db.store.ledgers import begin_ledger
from seeds.plant import plant
from tests.db.export.test_kill import killed_exports
from tests.db.store.cases import CASES
from tests.faults.power_loss import Images, power_losses
from tests.faults.recording import WORK, Recording, load
from tests.faults.states import Broken
from tests.faults.stepping import Prepared, all_steps, prepare, take
from tests.killing import harness
from tests.release import record, small_disk, stepping
from tests.release.stepped_works import works
from tests.world import NOW, OFFICER, PLAN, UNIT


def planted_in(folder: Path) -> Path:
    """A planted file with one ledger, as tests.world.planted."""
    path = folder / "planted.db"
    if not path.exists():
        make_file(path)
        file = open_file(path, NOW, write=True)
        try:
            plant(file, NOW)
            begin_ledger(file, plan=PLAN, year=2021, unit=UNIT, kind=None, officer=OFFICER, at=NOW)
        finally:
            file.close()
    return path


def prepared_in(folder: Path) -> Iterator[Prepared]:
    """Every verb of the store, ready."""
    planted = planted_in(folder)
    for name, case in CASES.items():
        yield prepare(name, case, planted, folder)


def kills(folder: Path, number: int = 5_000) -> harness.Counts:
    """Kills of a writer at random (F1, G1). Raises tests.killing.harness.Loss."""
    return harness.run(planted_in(folder), 1, number, seed=1)


@dataclass
class ExportKills:
    """Kills at random while exporting over an older file, by format: what was left."""

    left: dict[str, Counter[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ", ".join(f"{suffix} {count.total()}" for suffix, count in self.left.items())
        return f"exports killed at random: {told}; 0 destroyed or partial"


def export_kills(folder: Path, number: int = 1_000) -> ExportKills:
    """Kills of an export of every form (F3, G5). Raises AssertionError for a file that is not whole."""
    found = ExportKills()
    for suffix in (*forms, PACKAGE):
        place = folder / f"kills{suffix}"
        place.mkdir()
        found.left[suffix] = killed_exports(suffix, number, place)
    return found


@dataclass
class Statements:
    """Every fault at every SQL statement of every verb."""

    verbs: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = ", ".join(f"{count} × {fault}" for fault, count in self.steps.items())
        return f"{self.steps.total()} faults at the statements of {self.verbs} verbs ({told}): {len(self.wrong)} wrong"


def statements(folder: Path, share: float = 1.0) -> Statements:
    """All steps of tests/faults/stepping.py (F2, F7, G2, G4)."""
    found, apart = Statements(), max(1, round(1 / share))
    for number, verb in enumerate(prepared_in(folder)):
        found.verbs += 1
        # Of each verb other ones, so that the share is one of every kind of statement.
        for step in islice(all_steps(verb), number % apart, None, apart):
            found.steps[step.fault.value] += 1
            try:
                take(step, verb, folder)
            except Broken as error:
                found.wrong.append(str(error))
    return found


def system_calls(folder: Path, most: int | None = 40, *, lasting: bool = False) -> stepping.Stepped:
    """Every system call of every verb, opening, migration, recovery, export, backup and restore by strace (G2, G4)."""
    return stepping.step_through(works(planted_in(folder), folder), folder, most=most, lasting=lasting)


def images(folder: Path, number: int = 50_000) -> Images:
    """Power losses in a recording that is made now; in the committed one where strace is missing (F18, G3)."""
    return power_losses(_recording(), number, 1, folder)


def _recording() -> Recording:
    return load(WORK) if stepping.why_not() else record.recorded("work")


def full_disk(folder: Path) -> small_disk.SmallDisk:
    """Every verb on a disk that has hardly any room left (F7)."""
    return small_disk.on_a_small_disk(prepared_in(folder), folder)
