"""Every verb on a disk with only a few kilobytes left: a small file system of its own where one can be mounted.

Where none can (no root), a limit on the size of files stands in for it; SQLite then tells an I/O error instead of a
full disk.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from db.errors import NotSavedError, TaizhangError
from db.file import open_file
from tests.faults.states import Broken, check_sound, state_of
from tests.faults.stepping import IN_CHINESE, Prepared
from tests.world import LEDGER, NOW

LEFT: Final = (0, 4, 12, 40, 120)
"""Kilobytes that are left beside the file."""


@dataclass
class SmallDisk:
    """What came of the verbs. kind: which disk it was."""

    kind: str
    tries: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.tries} verbs on {self.kind}: {self.refused} refused and whole, {len(self.wrong)} wrong"


def on_a_small_disk(verbs: Iterable[Prepared], folder: Path) -> SmallDisk:
    """Try each verb with each of LEFT; then make room and try again."""
    with ExitStack() as stack:
        try:
            place = stack.enter_context(_mounted(folder / "small"))
            found = SmallDisk("a small file system")
        except (OSError, subprocess.CalledProcessError):
            place = None
            found = SmallDisk("files of limited size (no file system can be mounted here)")
        for verb in verbs:
            for left in LEFT:
                found.tries += 1
                try:
                    found.refused += _tried(verb, left * 1024, place, folder / "limited")
                except (Broken, TaizhangError) as error:
                    found.wrong.append(f"{verb.name}, {left} KB left: {type(error).__name__}: {error}")
    return found


@contextmanager
def _mounted(place: Path) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def _tried(verb: Prepared, left: int, disk: Path | None, limited: Path) -> bool:
    """Whether the verb was refused. Raises Broken."""
    place = (disk or limited) / "step"
    place.mkdir(parents=True)
    path = place / "台账.db"
    shutil.copyfile(verb.path, path)
    path.chmod(0o600)
    file = open_file(path, NOW, write=True)
    try:
        with _filled(disk, left) if disk else _limit(path.stat().st_size + left):
            was_refused = _refused(lambda: verb.call(file, LEDGER), "磁盘已满" if disk else "无法读写")
        if was_refused:
            verb.call(file, LEDGER)
    finally:
        file.close()
    try:
        open_file(path, NOW, write=True).close()
        check_sound(path, state_of(path))
        if state_of(path) != verb.after:
            raise Broken("not what stands after it")
        return was_refused
    finally:
        shutil.rmtree(place)


def _refused(call: Callable[[], object], words: str) -> bool:
    try:
        call()
    except NotSavedError as error:
        if words not in error.message or not IN_CHINESE.search(error.hint):
            raise Broken(f"told as {error}") from error
        return True
    return False


@contextmanager
def _filled(disk: Path, left: int) -> Iterator[None]:
    """Fill the disk up until so many bytes are left."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    with filler.open("wb") as stream, suppress(OSError):
        stream.write(bytes(max(0, free.f_bavail * free.f_frsize - left)))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def _limit(size: int) -> Iterator[None]:
    """No file may be larger; a write behind that is answered with EFBIG (Python ignores the signal)."""
    former, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (former, hard))
