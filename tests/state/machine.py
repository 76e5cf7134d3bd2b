"""A hypothesis state machine: the store over a real file against the plain model, whatever comes in between.

Restarts, a second instance, another program that writes, a full disk, backups and restores: after every step the file
holds what the model holds, and the history leads there.
"""

import random
import shutil
import sqlite3
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import ClassVar, Final

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db.care.backups import back_up
from db.care.finding import Backup, given
from db.care.restoring import restore
from db.chain import broken_links
from db.engine import engine_of
from db.errors import NotSavedError, ReadOnlyError, TaizhangError
from db.file import LedgerFile, open_file
from db.reads.check import check
from db.reads.entries import entries
from db.reads.history import redoable, undoable
from db.store.notes import add_note
from tests.plain_ledger import Op
from tests.state.office import Office, office_op, stored_office
from tests.world import LEDGER, NOW, TODAY, copied, later, replayed, standing

SEEDS: Final = st.integers(min_value=0, max_value=2**32 - 1)


def refusal(call: Callable[[], object]) -> TaizhangError | None:
    """How the store refused; None: it did not. Anything but one of our errors goes through."""
    try:
        call()
    except TaizhangError as error:
        return error
    return None


def differences(found: object, meant: object, where: str = "") -> Iterator[str]:
    """Where two pictures of a ledger differ: the file's, and the model's."""
    if isinstance(found, dict) and isinstance(meant, dict):
        for key in found.keys() | meant.keys():
            yield from differences(found.get(key), meant.get(key), f"{where}/{key}")
    elif found != meant:
        yield f"{where}: the file holds {found!r}, the model {meant!r}"


@contextmanager
def full_disk() -> Iterator[None]:
    """The file's own pages are all there are, and each row of the history needs one more."""
    real = LedgerFile.connect_for_writing

    def full(file: LedgerFile) -> sqlite3.Connection:
        connection = real(file)
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute(
            "CREATE TEMP TRIGGER grow AFTER INSERT ON main.history"
            " BEGIN INSERT INTO setting VALUES ('filler', hex(zeroblob(2000000))); END"
        )
        return connection

    engine_of.cache_clear()  # an engine that was used before knows the real connections
    LedgerFile.connect_for_writing = full  # type: ignore[method-assign]
    try:
        yield
    finally:
        LedgerFile.connect_for_writing = real  # type: ignore[method-assign]
        engine_of.cache_clear()


class OfficeMachine(RuleBasedStateMachine):
    """planted: the file that each run begins with; set by the test. steps: how many rules all runs have done."""

    planted: ClassVar[Path]
    steps: ClassVar[int] = 0
    met: ClassVar[set[str]] = set()
    """What came in between at least once, so that a machine that never does it fails."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="state-", dir=self.planted.parent))
        self.often: Counter[str] = Counter()
        self.words: deque[str] = deque(maxlen=5)
        self.file: LedgerFile | None = None
        self.backups: list[tuple[Backup, Office]] = []

    @initialize()
    def begin(self) -> None:
        self.path = copied(self.planted, self.folder / "台账.db")
        self.file = open_file(self.path, NOW, write=True)
        reach = {row.id: row.applicability for row in entries(self.file, LEDGER, TODAY)}
        self.plain = Office.of(self.path, LEDGER, reach)

    def teardown(self) -> None:
        if self.file is not None:
            found = check(self.file)
            self.file.close()
            engine_of.cache_clear()
            assert found.problems == (), found.problems
            assert replayed(self.path) == standing(self.path)
        shutil.rmtree(self.folder)

    @property
    def open(self) -> LedgerFile:
        assert self.file is not None
        return self.file

    def _op(self, seed: int) -> Op:
        op = office_op(self.plain, random.Random(seed))
        self.words.append(op.words)
        return op

    # What the clerk does

    @rule(seed=SEEDS)
    def work(self, seed: int) -> None:
        self._op(seed).both(self.plain, self.open)

    @rule(seed=SEEDS)
    def work_on(self, seed: int) -> None:
        """Most steps are work."""
        for number in range(4):
            self._op(seed + number).both(self.plain, self.open)
        OfficeMachine.steps += 3

    @precondition(lambda self: self.often["restart"] < 8)
    @rule()
    def restart(self) -> None:
        self.often["restart"] += 1
        self.open.close()
        self.file = open_file(self.path, NOW, write=True)
        self.met.add("restart")

    # What comes in between

    @precondition(lambda self: self.often["a second window"] < 3)
    @rule(seed=SEEDS)
    def work_in_a_second_window(self, seed: int) -> None:
        self.often["a second window"] += 1
        second, op = open_file(self.path, NOW, write=True), self._op(seed)
        try:
            error = refusal(lambda: op.store(second))
        finally:
            second.close()
        if isinstance(error, ReadOnlyError):
            self.met.add("a second window")

    @precondition(lambda self: self.often["another program"] < 5)
    @rule()
    def work_after_another_program_wrote(self) -> None:
        self.often["another program"] += 1
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE passing (a)")
            connection.execute("DROP TABLE passing")
        entry = min(self.plain.entries)
        with pytest.raises(NotSavedError, match="别的程序"):
            add_note(self.open, LEDGER, entry, text="没有看到的内容", at=later(self.plain.steps))
        self.met.add("another program")

    @precondition(lambda self: self.often["a full disk"] < 5)
    @rule(seed=SEEDS)
    def work_on_a_full_disk(self, seed: int) -> None:
        self.often["a full disk"] += 1
        op = self._op(seed)
        with full_disk():
            error = refusal(lambda: op.store(self.open))
        if error is None:
            # Nothing of it went into the history: a draft, or what changes nothing.
            op.alone(self.plain)
        elif "磁盘已满" in error.message:
            self.met.add("a full disk")

    # Backups

    @precondition(lambda self: len(self.backups) < 3)
    @rule()
    def back_up(self) -> None:
        made = back_up(self.open, later(self.plain.steps), "导入前")
        assert made.failures == ()
        if made.paths:
            self.backups.append((given(made.paths[0]), self.plain.copied()))
            self.met.add("backup")

    @precondition(lambda self: bool(self.backups) and self.often["restore"] < 2)
    @rule(seed=SEEDS)
    def restore(self, seed: int) -> None:
        self.often["restore"] += 1
        backup, plain = random.Random(seed).choice(self.backups)
        self.open.close()
        engine_of.cache_clear()
        restored = restore(self.path, backup, later(self.plain.steps))
        assert restored.missing == ()
        steps = self.plain.steps
        self.plain = plain.copied()
        self.plain.steps = steps
        self.file = open_file(self.path, NOW, write=True)
        self.plain.take_numbers(self.path)
        self.met.add("restore")

    # What must hold

    @invariant()
    def the_file_holds_what_the_model_holds(self) -> None:
        if self.file is None:
            return
        OfficeMachine.steps += 1
        found, meant = stored_office(self.path, LEDGER), self.plain.state()
        assert found == meant, "\n".join(differences(found, meant)) + f"\nafter {self.words}"

    @invariant()
    def undo_and_redo_offer_what_the_model_offers(self) -> None:
        if self.file is None:
            return
        offered = undoable(self.open, LEDGER), redoable(self.open, LEDGER)
        meant = bool(self.plain.undoable), bool(self.plain.redoable)
        assert tuple(each is not None for each in offered) == meant, (offered, meant)

    @invariant()
    def the_chain_holds_and_every_evidence_has_its_content(self) -> None:
        # The longest of all questions, so not at each step; at the end the whole check asks it once more.
        if self.file is None or OfficeMachine.steps % 10:
            return
        with closing(sqlite3.connect(self.path)) as connection:
            assert broken_links(connection) == []
            asked = "SELECT count(*) FROM evidence WHERE address IS NULL AND sha256 NOT IN (SELECT sha256 FROM piece)"
            assert connection.execute(asked).fetchone() == (0,)
