"""Kills a real writer again and again and looks what is left: nothing acknowledged may be missing, nothing half there.

A child is forked from this warm process (loading SQLModel anew would cost more than the kill), opens the file, does
random changes and writes one byte for each after the store has returned, that is after COMMIT. The parent kills it
with SIGKILL, opens the file for real and compares it with the plain model: what was acknowledged, or that and the one
change that was on its way. The next child goes on from there, so that a loss cannot hide.

A journal is hot from its sync to its deletion: a tenth of a millisecond where syncs are quick. So most children have
the smallest page cache, which makes SQLite write pages of the unfinished change into the file early and keeps the
journal hot for most of a change; these are the worst pictures that a crash can leave.
"""

import gc
import os
import random
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

import db.connecting
from db.file import open_file
from db.reads.entries import entries
from db.reads.history import redoable, undoable
from tests.plain_ledger import Plain, random_op, sequence_of, stored_state
from tests.world import NOW, TODAY, replayed, standing

ACKNOWLEDGED: Final = b"+"
JOURNAL_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
"""How a rollback journal begins (SQLite's file format, section 3)."""

ENDLESS: Final = 400
"""More changes than any child lives to do."""

PATIENCE: Final = 20.0
"""Seconds after which a child that did nothing is a failure of the harness."""


class Loss(AssertionError):
    """Something acknowledged is not there, or something is half there."""


@dataclass(frozen=True)
class Moment:
    """How a child is to be killed: with its page cache spilling, once the journal is hot, and how much after that."""

    spilling: bool
    hot: bool
    seconds: float


@dataclass
class Counts:
    """What a run met."""

    kills: int = 0
    acknowledged: int = 0
    hot_journals: int = 0
    half_written: int = 0
    unfinished_there: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills with SIGKILL: {self.hot_journals} left a hot journal, {self.half_written} of them "
            f"with half of a change in the file; {self.acknowledged} acknowledged changes, 0 lost; "
            f"{self.unfinished_there} changes were there whole before they were acknowledged"
        )


def run(path: Path, ledger: int, kills: int, seed: int, *, early: bool = False) -> Counts:
    """Kill a writer of the file `kills` times, and more until half of them left a hot journal. Raises Loss.

    early moves the acknowledgement before COMMIT.
    """
    generator = random.Random(seed)
    file = open_file(path, NOW, write=False)
    reach = {row.id: row.applicability for row in entries(file, ledger, TODAY)}
    file.close()
    plain, counts = Plain.of(path, ledger, reach), Counts()
    while counts.kills < kills or counts.hot_journals < counts.kills / 2:
        if counts.kills == 2 * kills:
            raise Loss(f"the kills came at the wrong moments: {counts}")
        one = seed, counts.kills
        done = _killed_child(path, plain, one, _moment(generator), counts, early=early)
        plain = _checked(path, plain, one, done, counts)
    return counts


def _moment(generator: random.Random) -> Moment:
    kind = generator.random()
    if kind < 0.2:
        return Moment(spilling=False, hot=False, seconds=generator.uniform(0, 0.03))
    if kind < 0.35:
        return Moment(spilling=False, hot=True, seconds=generator.uniform(0, 0.0001))
    return Moment(spilling=True, hot=True, seconds=generator.uniform(0, 0.0008))


def _killed_child(
    path: Path, plain: Plain, seed: tuple[int, int], moment: Moment, counts: Counts, *, early: bool
) -> int:
    """Start a child, kill it at a random moment, and count what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        if moment.spilling:
            db.connecting.WRITE_PRAGMAS = (*db.connecting.WRITE_PRAGMAS, "PRAGMA cache_size=1")  # type: ignore[assignment]
        _work(path, plain, seed, lambda: os.write(writing, ACKNOWLEDGED), early=early)
    os.close(writing)
    try:
        _wait_for(moment, path, reading)
    finally:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        done = len(stream.read())
    # _wait_for has taken the first byte.
    done += 1
    if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        raise Loss(f"the child ended by itself: {status}")
    counts.kills += 1
    counts.acknowledged += done
    return done


def _work(path: Path, plain: Plain, seed: tuple[int, int], acknowledge: Callable[[], object], *, early: bool) -> None:
    """The child: never returns."""
    status = 1
    try:
        gc.freeze()
        file = open_file(path, NOW, write=True)
        if file.read_only:
            os._exit(3)
        if early:
            _acknowledge_before_commit(acknowledge)
        choices = random.Random(repr(seed))
        for _ in range(ENDLESS):
            random_op(plain, choices).both(plain, file)
            if not early:
                acknowledge()
        status = 2
    finally:
        os._exit(status)


def _acknowledge_before_commit(acknowledge: Callable[[], object]) -> None:
    """The planted fault: what a program does that says 已保存 too soon."""
    commit = Session.commit

    def hasty(session: Session) -> None:
        acknowledge()
        commit(session)

    Session.commit = hasty  # type: ignore[method-assign,assignment]


def _wait_for(moment: Moment, path: Path, reading: int) -> None:
    """Wait until the child is at work, and then for the moment of its death."""
    ready, _, _ = select.select([reading], [], [], PATIENCE)
    if not ready or os.read(reading, 1) != ACKNOWLEDGED:
        raise Loss("the child did nothing")
    if not moment.hot:
        time.sleep(moment.seconds)
        return
    deadline = time.monotonic() + PATIENCE
    while not _is_hot(path) and time.monotonic() < deadline:
        pass
    end = time.perf_counter() + moment.seconds
    while time.perf_counter() < end:
        pass


def _checked(path: Path, plain: Plain, seed: tuple[int, int], done: int, counts: Counts) -> Plain:
    """The model as it must stand now: with what was acknowledged, and perhaps with the one change after it."""
    choices = random.Random(repr(seed))
    acknowledged = _ahead(plain, choices, done)
    further = _ahead(acknowledged, choices, 1)
    _count_journal(path, counts)
    file = open_file(path, NOW, write=False)
    try:
        # Asked as the program asks: this rolls the journal back, and quick_check has passed.
        entries(file, acknowledged.ledger, TODAY)
        offered = undoable(file, acknowledged.ledger) is not None, redoable(file, acknowledged.ledger) is not None
    finally:
        file.close()
    if _is_hot(path):
        raise Loss("the journal was not rolled back")
    found = stored_state(path, acknowledged.ledger)
    for model in (acknowledged, further):
        if found == model.state() and offered == (bool(model.undoable), bool(model.redoable)):
            break
    else:
        raise Loss(f"kill {counts.kills}: what stands in the file is neither before nor after the last change")
    if replayed(path) != standing(path):
        raise Loss("the history does not lead to what stands")
    counts.unfinished_there += model is further and further.state() != acknowledged.state()
    # Numbers that a lost transaction had taken are given again.
    model.last_entry, model.last_note = sequence_of(path, "entry"), sequence_of(path, "note")
    return model


def _ahead(plain: Plain, choices: random.Random, steps: int) -> Plain:
    """The model some steps further, by the same choices that the child made."""
    model = plain.copied()
    for _ in range(steps):
        random_op(model, choices).alone(model)
    return model


def _count_journal(path: Path, counts: Counts) -> None:
    """Count a journal that must be rolled back, and whether the file held half of a change already."""
    if not _is_hot(path):
        return
    counts.hot_journals += 1
    before = sha256(path.read_bytes()).digest()
    open_file(path, NOW, write=False).close()
    counts.half_written += sha256(path.read_bytes()).digest() != before


def _is_hot(path: Path) -> bool:
    """Whether a journal is complete and synced: until then SQLite keeps its first bytes zero and the file untouched."""
    try:
        descriptor = os.open(_journal(path), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return os.read(descriptor, len(JOURNAL_MAGIC)) == JOURNAL_MAGIC
    finally:
        os.close(descriptor)


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")
