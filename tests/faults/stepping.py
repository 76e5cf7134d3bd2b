"""A fault at a statement of a verb, and what must hold after it.

SQLite's trace callback counts the statements of a verb (those that its triggers run too). At the chosen one the verb
is broken off by Ctrl-C, the disk is full or broken from there on (tests.faults.system_calls), or the process, a child
forked from this warm one, is killed; inside COMMIT also between two of SQLite's writes. Whatever it was: the file opens
by itself, what stands in it is what stood before the verb or what stands after it, whole, and the latter only where the
verb returned or was killed; the history is unbroken and leads there; the clerk is told in the program's words; and the
next try works.
"""

import gc
import os
import random
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy import event

from db.engine import engine_of
from db.errors import NotSavedError, TaizhangError
from db.file import LedgerFile, open_file
from tests.faults.states import Broken, check_sound, state_of, state_read
from tests.faults.system_calls import Disk, SystemCalls, watched_calls
from tests.world import LEDGER, NOW, World

Call = Callable[[LedgerFile, int], object]
LEFT: Final = {"", ".lock"}
"""What may lie beside the file afterwards, behind its name."""
IN_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]{4}")


class Fault(Enum):
    """What happens at a statement."""

    EXCEPTION = "exception"
    DISK_FULL = "disk full"
    IO_ERROR = "I/O error"
    KILL = "kill"


DISKS: Final = {Fault.DISK_FULL: Disk.FULL, Fault.IO_ERROR: Disk.BROKEN}
SAID: Final = {Fault.DISK_FULL: "磁盘已满", Fault.IO_ERROR: "无法读写"}


@dataclass(frozen=True)
class Step:
    """A fault at the n-th statement of a verb."""

    statement: int
    fault: Fault
    call: int = 0
    """A kill: before that system call of the statement; 0: before the statement."""
    lasting: bool = True
    """A disk: it stays so until the verb has ended, else one call fails."""


@dataclass(frozen=True)
class Prepared:
    """A verb on a file that is ready for it, what it does when nothing happens, and between which states."""

    name: str
    path: Path
    call: Call
    before: str
    after: str
    statements: tuple[str, ...]
    calls: int
    """How many system calls COMMIT makes."""

    @property
    def commit(self) -> int:
        """The number of the statement that is COMMIT, the last one."""
        return len(self.statements) - self.statements[::-1].index("COMMIT")


class Watch:
    """Counts the statements of the connections that write, and lets the fault happen at the chosen one."""

    def __init__(self, step: Step | None, calls: SystemCalls) -> None:
        self.step, self.calls = step, calls
        self.statements: list[str] = []
        self.at_commit = 0
        self.met = False
        calls.before = self._before_call

    def statement(self, sql: str) -> None:
        """What the trace callback tells."""
        self.statements.append(sql.upper() if len(sql) <= len("COMMIT") else "")
        if self.statements[-1] == "COMMIT":
            self.at_commit = self.calls.made
        step = self.step
        if step is None or len(self.statements) != step.statement:
            return
        self.met = True
        self._calls_before = self.calls.made
        if step.fault is Fault.KILL and not step.call:
            os.kill(os.getpid(), signal.SIGKILL)
        elif step.fault in DISKS:
            self.calls.disk, self.calls.lasting = DISKS[step.fault], step.lasting

    def _before_call(self) -> None:
        step = self.step
        if self.met and step is not None and step.call and self.calls.made - self._calls_before == step.call:
            os.kill(os.getpid(), signal.SIGKILL)

    def break_off(self, *_: object, **__: object) -> None:
        """Before the program says a statement: raise, as Ctrl-C does, where it is the chosen one or that is past."""
        step = self.step
        if step is not None and step.fault is Fault.EXCEPTION and len(self.statements) + 1 >= step.statement:
            self.met, self.step = True, None
            raise KeyboardInterrupt


@contextmanager
def watched(file: LedgerFile, step: Step | None = None) -> Iterator[Watch]:
    """Watch what the store writes into a file that was just opened; the fault is over at the end."""
    real = LedgerFile.connect_for_writing
    with watched_calls() as calls:
        watch = Watch(step, calls)

        def traced(of: LedgerFile) -> sqlite3.Connection:
            connection = real(of)
            connection.set_trace_callback(watch.statement)
            return connection

        with patch.object(LedgerFile, "connect_for_writing", traced):
            engine = engine_of(file)
            for moment in ("before_cursor_execute", "commit"):
                event.listen(engine, moment, watch.break_off)
            try:
                yield watch
            finally:
                for moment in ("before_cursor_execute", "commit"):
                    event.remove(engine, moment, watch.break_off)
                watch.step = calls.disk = None


def prepare(name: str, case: Callable[[World], Call], planted: Path, folder: Path) -> Prepared:
    """Make a file ready for the verb, and see on a copy what it does. Raises Broken where it is not all right."""
    path = _copied(planted, folder / name)
    world = World(path, open_file(path, NOW, write=True), LEDGER)
    try:
        call = case(world)
    finally:
        world.file.close()
    before = state_of(path)
    tried = _copied(path, folder / f"{name}-alone")
    file = open_file(tried, NOW, write=True)
    try:
        with watched(file) as watch:
            call(file, LEDGER)
            calls = watch.calls.made - watch.at_commit
        after = state_read(file)
    finally:
        file.close()
    if after == before or "COMMIT" not in watch.statements:
        raise Broken(f"{name}: nothing was committed")
    check_sound(tried, after)
    return Prepared(name, path, call, before, after, tuple(watch.statements), calls)


def take(step: Step, verb: Prepared, folder: Path) -> None:
    """Let a fault happen on a copy of the verb's file. Raises Broken."""
    path = _copied(verb.path, folder / "step")
    try:
        if step.fault is Fault.KILL:
            _check_killed(step, verb, path)
        else:
            _check_told(step, verb, path)
        left = {found.name.removeprefix(path.name) for found in path.parent.iterdir()}
        if not left <= LEFT:
            raise Broken(f"left behind: {left - LEFT}")
    except (Broken, TaizhangError, sqlite3.Error) as error:
        raise Broken(f"{verb.name}, {step}: {type(error).__name__}: {error}") from error
    finally:
        shutil.rmtree(path.parent)


def _check_killed(step: Step, verb: Prepared, path: Path) -> None:
    child = os.fork()
    if child == 0:
        try:
            gc.freeze()
            file = open_file(path, NOW, write=True)
            with watched(file, step):
                verb.call(file, LEDGER)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        raise Broken("the child was not killed")
    file = open_file(path, NOW, write=True)
    try:
        found = state_read(file)
        if found not in (verb.before, verb.after):
            raise Broken("what stands there is neither before nor after")
        if found == verb.before:
            verb.call(file, LEDGER)
    finally:
        file.close()
    check_sound(path, verb.after)


def _check_told(step: Step, verb: Prepared, path: Path) -> None:
    file = open_file(path, NOW, write=True)
    try:
        with watched(file, step) as watch:
            error = _error_of(verb, file)
        if not watch.met:
            raise Broken("the statement was not reached")
        found = state_read(file)
        if error is None:
            if found != verb.after:
                raise Broken("said to be saved, and it is not")
            if step.fault is Fault.EXCEPTION or step.lasting:
                raise Broken("the fault was not noticed")
        else:
            _check_words(step, error)
            if found != verb.before:
                raise Broken("said not to be saved, and something of it is there")
            verb.call(file, LEDGER)
    finally:
        file.close()
    open_file(path, NOW, write=True).close()
    check_sound(path, verb.after)


def _error_of(verb: Prepared, file: LedgerFile) -> BaseException | None:
    try:
        verb.call(file, LEDGER)
    except (TaizhangError, KeyboardInterrupt, sqlite3.Error) as error:
        return error
    return None


def _check_words(step: Step, error: BaseException) -> None:
    if step.fault is Fault.EXCEPTION:
        if not isinstance(error, KeyboardInterrupt):
            raise Broken(f"the interrupt came out as {error!r}") from error
    elif not isinstance(error, NotSavedError) or SAID[step.fault] not in error.message:
        raise Broken(f"told as {error!r}") from error
    elif not IN_CHINESE.search(error.hint):
        raise Broken(f"nothing to do is named: {error.hint!r}") from error


def _copied(source: Path, folder: Path) -> Path:
    """A copy of a file that nobody has open, in a folder of its own."""
    folder.mkdir()
    target = folder / "台账.db"
    shutil.copyfile(source, target)
    target.chmod(0o600)
    return target


def all_steps(verb: Prepared) -> list[Step]:
    """Every fault at every statement, kills also between the system calls of COMMIT, disks lasting and not."""
    numbers = range(1, verb.commit + 1)
    kills = [Step(verb.commit, Fault.KILL, call) for call in range(1, verb.calls + 1)]
    disks = [Step(number, fault, 0, lasting) for number in numbers for fault in DISKS for lasting in (True, False)]
    others = [Step(number, fault) for number in numbers for fault in (Fault.EXCEPTION, Fault.KILL)]
    return [*kills, *disks, *others]


def sampled(verb: Prepared) -> list[Step]:
    """Four of them, the same at each run: every kind of fault, and always one at COMMIT or inside it."""
    chance: Any = random.Random(verb.name)
    *earlier, commit = range(1, verb.commit + 1)
    disk, other = chance.sample(list(DISKS), 2)
    return [
        Step(chance.choice([commit, *earlier]), Fault.EXCEPTION),
        Step(commit, disk, 0, chance.random() < 0.5),
        Step(chance.choice(earlier), other, 0, chance.random() < 0.5),
        Step(commit, Fault.KILL, chance.randint(1, verb.calls))
        if verb.calls and chance.random() < 0.7
        else Step(chance.choice(earlier), Fault.KILL),
    ]
