"""Every system call of a piece of work killed, or answered with a full or a broken disk, by strace; one after another.

As appendix A of the reliability research, but forked from this warm process: the child lays itself ready, strace is
attached, and only then the work begins, so that counting begins with the work's first call. A first run tells which
calls touch the folder; each of these is then met in a run of its own, on fresh files.
"""

import os
import re
import select
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from db.errors import TaizhangError
from tests.faults.states import Broken
from tests.faults.stepping import IN_CHINESE

PATIENCE: Final = 30.0
SAID: Final = b"+"
DEAD: Final = b""
UNCERTAIN: Final = ("不能确定", "没有做完")
"""How the clerk is told that a change may be there or not."""
WRITES: Final = ("pwrite64", "write", "ftruncate")
NAMES: Final = ("rename", "link", "mkdir")
SYNCS: Final = ("fdatasync", "fsync")
CALLS: Final[dict[str, tuple[str, ...]]] = {
    "signal=KILL": (*WRITES, *NAMES, *SYNCS, "unlink", "openat", "fchmod", "chmod"),
    "error=ENOSPC": (*WRITES, *NAMES, "openat"),
    "error=EIO": (*WRITES, *SYNCS, "rename", "unlink"),
}
"""What happens, and to which calls."""


def why_not() -> str:
    """Why nothing can be stepped through here; '' where it can."""
    return "" if shutil.which("strace") else "strace is not installed"


@dataclass(frozen=True)
class Work:
    """A piece of work in a folder.

    lay: puts the files there. ready: what comes before the first call that counts (the file is opened). run: the work.
    check: raises Broken where what lies there is not right after the work was acknowledged (True), refused in the
    clerk's words (False), or killed or said to be uncertain (None).
    """

    name: str
    lay: Callable[[Path], object]
    ready: Callable[[Path], Any]
    run: Callable[[Any], object]
    check: Callable[[Path, bool | None], object]


@dataclass
class Stepped:
    """How many steps were taken by what happened in them, and what was wrong."""

    steps: Counter[str] = field(default_factory=Counter)
    works: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = ", ".join(f"{count} × {what}" for what, count in self.steps.items())
        return f"{self.steps.total()} system calls of {self.works} works by strace ({told}): {len(self.wrong)} wrong"


def step_through(works: Iterable[Work], folder: Path, *, most: int | None = None, lasting: bool = False) -> Stepped:
    """Let everything happen at every call of the works. lasting: the disk then stays full or broken.

    most: of the calls of one name in one work, not more than so many, evenly spread with the first and the last.
    """
    found = Stepped()
    for work in works:
        found.works += 1
        touching = _touching(work, folder)
        for what, calls in CALLS.items():
            for call, number in ((name, number) for name in calls for number in _spread(touching[name], most)):
                when = f"{number}+" if lasting and not what.startswith("signal") else str(number)
                found.steps[what] += 1
                try:
                    _step(work, folder / "step", f"inject={call}:{what}:when={when}", call)
                except (Broken, TaizhangError, AssertionError) as error:
                    found.wrong.append(f"{work.name}, {what} at {call} {when}: {type(error).__name__}: {error}")
    return found


def _spread(numbers: list[int], most: int | None) -> list[int]:
    if most is None or len(numbers) <= most:
        return numbers
    return [numbers[at * (len(numbers) - 1) // (most - 1)] for at in range(most)]


def _touching(work: Work, folder: Path) -> dict[str, list[int]]:
    """Which of the calls, counted from 1 by name, touch the folder, in a run to which nothing happens."""
    names = sorted({call for calls in CALLS.values() for call in calls})
    place, log = folder / "step", folder / "log"
    for _ in range(2):  # at the first run Python may make files of its own
        work.lay(place)
        if _run(work, place, log, ["-y", "-e", f"trace={','.join(names)}"]) != SAID:
            raise Broken(f"{work.name} does not go through by itself")
        work.check(place, True)
        shutil.rmtree(place)
    touching: dict[str, list[int]] = {name: [] for name in names}
    counted: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := re.match(r"\d+\s+(\w+)\(", line):
            counted[found[1]] += 1
            # A disk's errors are met where a file is made, not where one is looked for.
            if str(place) in line and (found[1] != "openat" or "O_CREAT" in line):
                touching[found[1]].append(counted[found[1]])
    return touching


def _step(work: Work, place: Path, inject: str, call: str) -> None:
    work.lay(place)
    try:
        said = _run(work, place, place.with_name("log"), ["-e", f"trace={call}", "-e", inject])
        if "signal=" in inject and said != DEAD:
            raise Broken("the child was not killed")
        if "signal=" not in inject and said == DEAD:
            raise Broken("the child died")
        if said not in (SAID, DEAD) and not IN_CHINESE.search(said.decode()):
            raise Broken(f"told as {said.decode()}")
        is_open = said == DEAD or any(words in said.decode() for words in UNCERTAIN)
        work.check(place, None if is_open else said == SAID)
    finally:
        shutil.rmtree(place)


def _run(work: Work, place: Path, log: Path, options: list[str]) -> bytes:
    """The work in a child under strace. Returns SAID, what it was refused with, or DEAD."""
    with _child(work, place) as (child, begin, said):
        command = ["strace", "-f", "-p", str(child), "-o", str(log), *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as strace:
            assert strace.stderr is not None
            if b"attached" not in strace.stderr.readline():
                raise RuntimeError("strace cannot be attached to a child")
            os.write(begin, b".")
            told = _read_all(said)
            os.waitpid(child, 0)
            strace.stderr.read()
    return told


@contextmanager
def _child(work: Work, place: Path) -> Iterator[tuple[int, int, int]]:
    """A child that is ready and waits for a byte. Gives its id, where the byte goes, and what it says at the end."""
    (may_begin, begin), (said, saying) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        try:
            opened = work.ready(place)
            os.write(saying, b".")
            os.read(may_begin, 1)
            # By another call than those that are stepped through.
            os.writev(saying, [_outcome(work, opened)])
        finally:
            os._exit(0)
    os.close(saying)
    os.close(may_begin)
    try:
        if os.read(said, 1) != b".":
            raise RuntimeError(f"{work.name}: the child cannot make itself ready")
        yield child, begin, said
    finally:
        os.close(begin)
        os.close(said)


def _outcome(work: Work, opened: Any) -> bytes:
    try:
        work.run(opened)
    except TaizhangError as error:
        return str(error).encode()
    except BaseException as error:
        return f"{type(error).__name__}: {error.args!a}".encode()
    return SAID


def _read_all(descriptor: int) -> bytes:
    told = b""
    while select.select([descriptor], [], [], PATIENCE)[0]:
        piece = os.read(descriptor, 4096)
        if not piece:
            return told
        told += piece
    raise RuntimeError("the child hangs")
