"""kill -9 while a backup is made: what bears a backup's name is whole, and the next one clears up."""

import os
import random
import select
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

import db.copying
from db.backup_names import CONTENTS, folder_of, parsed
from db.care.backups import back_up
from db.care.finding import backups_of, verified
from db.connecting import open_still
from db.file import open_file
from tests.db.store.samples import Paper, attached
from tests.world import NOW, World, dump

KILLS = 10
PATIENCE = 20.0
KEPT = ("history", "evidence", "task")
BYTES = b"a" * 3_000_000
CONTENT = sha256(BYTES).hexdigest()


class HalfDone(AssertionError):
    """Something half done bears the name of a whole thing."""


def killed(path: Path, generator: random.Random, *, in_place: bool) -> None:
    """Start a child that backs up again and again, and kill it at a random moment once it is at work."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _work(path, writing, in_place=in_place)
        finally:
            os._exit(1)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], PATIENCE)
        assert ready, "the child did nothing"
        end = time.perf_counter() + generator.uniform(0, 0.05)
        while time.perf_counter() < end:
            pass
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"


def _work(path: Path, writing: int, *, in_place: bool) -> None:
    if in_place:
        db.copying.temporary = _in_place  # type: ignore[assignment]
    file = open_file(path, NOW, write=True)
    os.write(writing, b"+")
    for turn in count():
        back_up(file, NOW + timedelta(minutes=turn), "导入前")
        # The content anew each time: it takes longest.
        for name in (folder_of(path) / CONTENTS).iterdir():
            name.unlink()


@contextmanager
def _in_place(folder: Path) -> Iterator[Path]:
    """The planted fault: what is being written bears a good name from the beginning."""
    name = CONTENT if folder.name == CONTENTS else f"台账-20211122-093000-000001-{'0' * 16}-自动.db"
    (folder / name).unlink(missing_ok=True)
    (folder / name).touch(0o600)
    yield folder / name


def look(path: Path) -> int:
    """Look at all that bears the name of a whole thing. Returns how many temporary files lie about. Raises HalfDone."""
    folder, left, whole = folder_of(path), 0, dump(path, *KEPT)
    for found in folder.rglob("*"):
        told = parsed(found.name)
        if told is not None:
            with closing(open_still(found)) as copy:
                pages = copy.execute("PRAGMA quick_check").fetchall()
            if pages != [("ok",)] or dump(found, *KEPT) != whole:
                raise HalfDone(found.name)
        elif found.parent.name == CONTENTS and not found.name.startswith("."):
            if sha256(found.read_bytes()).hexdigest() != found.name:
                raise HalfDone(found.name)
        elif found.is_file():
            left += found.name.startswith(".taizhang-backup-")
    return left


def test_whatever_a_killed_backup_leaves_is_whole_and_the_next_one_clears_up(world: World) -> None:
    attached(world, Paper("甲.pdf", BYTES), entry=world.ours(1)[0])
    world.file.close()
    generator, unfinished = random.Random(20211122), 0
    for turn in range(KILLS):
        killed(world.path, generator, in_place=False)
        unfinished += bool(look(world.path))
        world.file = open_file(world.path, NOW, write=True)
        assert not world.file.read_only
        assert back_up(world.file, NOW + timedelta(days=1, minutes=turn), "导入前").failures == ()
        newest, *_ = backups_of(world.path, None, None)
        assert verified(newest, world.file.identity).problem is None
        world.file.close()
        assert look(world.path) == 0, "the next backup has cleared up"
        for found in backups_of(world.path, None, None):
            found.path.unlink()
    assert unfinished > KILLS / 4, "the kills came at the wrong moments"


def test_a_backup_that_is_written_under_its_own_name_is_found_out(world: World) -> None:
    attached(world, Paper("甲.pdf", BYTES), entry=world.ours(1)[0])
    world.file.close()
    with pytest.raises((HalfDone, sqlite3.DatabaseError)):
        _kill_and_look(world.path, 2 * KILLS)


def _kill_and_look(path: Path, kills: int) -> None:
    generator = random.Random(7)
    for _ in range(kills):
        killed(path, generator, in_place=True)
        look(path)
