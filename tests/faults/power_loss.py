"""Power losses at any moment of a recording: what is left is opened by the program itself and compared.

What was said to be kept before the power went must be there; the one thing that was on its way may be there whole or
not at all. The ledger is compared row by row; every other file that bears a name of its own (a backup, a content, an
export, what an export has put aside) byte by byte.
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from db.errors import TaizhangError
from db.file import open_file
from tests.faults.disk import Disk, lay_out
from tests.faults.recording import Recording
from tests.faults.states import Broken, check_sound, state_of
from tests.world import NOW

LEDGER_FILE: Final = "台账.db"
OF_THE_LEDGER: Final = (LEDGER_FILE, LEDGER_FILE + "-journal")


Wrong = tuple[str, str] | None
"""What is wrong with an image: lost, corrupt or inconsistent, and what of it."""


@dataclass
class Images:
    """How many images were looked at, and what was wrong with which."""

    images: int = 0
    different: int = 0
    """Some power losses leave the same: these are looked at once."""
    wrong: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def count(self, where: str, wrong: Wrong) -> None:
        self.images += 1
        if wrong:
            self.wrong[wrong[0]] += 1
            self.examples.append(f"{where}: {wrong[0]}, {wrong[1]}")

    def __str__(self) -> str:
        lost, corrupt, inconsistent = (self.wrong[kind] for kind in ("lost", "corrupt", "inconsistent"))
        return (
            f"{self.images} power losses ({self.different} different images): {lost} acknowledged lost, "
            f"{corrupt} corrupt, {inconsistent} inconsistent"
        )


@dataclass(frozen=True)
class _Said:
    """The folder at the moment when something was said to be kept."""

    state: str
    """Of the ledger; '' where there is none yet."""
    others: dict[str, bytes]
    """The hashes of the other files by their names."""


def power_losses(recording: Recording, number: int, seed: int, folder: Path) -> Images:
    """Look at `number` images, spread evenly over the moments of the recording, each under its own chance."""
    said = _said(recording, folder)
    moments = Counter(1 + at * len(recording.ops) // number for at in range(number))
    disk, done, images = Disk(), 0, Images()
    seen: dict[object, Wrong] = {}
    for at, op in enumerate(recording.ops, 1):
        disk.take(op)
        done += op.kind == "said"
        for turn in range(moments[at]):
            left = disk.after_power_loss(random.Random(repr((seed, at, turn))))
            key = (done, *sorted((name, sha256(content).digest()) for name, content in left.items()))
            if key not in seen:
                seen[key] = _wrong_with(left, said, done, folder / "image")
            images.count(f"call {at}, turn {turn}", seen[key])
    images.different = len(seen)
    return images


def _said(recording: Recording, folder: Path) -> list[_Said]:
    """What stands in the folder at the beginning, and whenever something was said to be kept."""
    disk, found = Disk(), [_Said("", {})]
    for op in recording.ops:
        disk.take(op)
        if op.kind != "said":
            continue
        files = disk.standing()
        lay_out(files, folder / "said")
        try:
            state = state_of(folder / "said" / LEDGER_FILE)
            check_sound(folder / "said" / LEDGER_FILE, state)
        finally:
            shutil.rmtree(folder / "said")
        found.append(_Said(state, _others(files)))
    return found


def _others(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that bear a name of their own, besides the ledger: what begins with a point is unfinished."""
    return {
        name: sha256(content).digest()
        for name, content in files.items()
        if name not in OF_THE_LEDGER and not Path(name).name.startswith(".") and not name.endswith(".lock")
    }


def _wrong_with(files: dict[str, bytes], said: list[_Said], done: int, folder: Path) -> Wrong:
    """What is wrong with an image after so many things were said to be kept."""
    lay_out(files, folder)
    try:
        return _wrong_ledger(files, said, done, folder / LEDGER_FILE) or _wrong_others(_others(files), said[done:][:2])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wrong_ledger(files: dict[str, bytes], said: list[_Said], done: int, path: Path) -> Wrong:
    try:
        if LEDGER_FILE not in files and not said[done].state:
            return None
        open_file(path, NOW, write=True).close()
        state = state_of(path)
        check_sound(path, state)
    except (TaizhangError, Broken) as error:
        return "corrupt", str(error)
    states = [moment.state for moment in said]
    if state in states[done : done + 2]:
        return None
    return ("lost", "an older ledger") if state in states[:done] else ("inconsistent", "another ledger")


def _wrong_others(found: dict[str, bytes], said: list[_Said]) -> Wrong:
    for name, content in found.items():
        if content not in [moment.others.get(name) for moment in said]:
            return "corrupt", name
    for name in said[0].others:
        if name not in found and all(name in moment.others for moment in said):
            return "lost", name
    return None
