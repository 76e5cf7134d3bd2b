"""kill -9 while a backup is made: under every name lies a whole file, and what was there before still is."""

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from db.backup_names import CONTENTS, folder_of, parsed
from db.care.backups import back_up
from db.care.whole import whole_copy
from db.file import LedgerFile, open_file
from tests.db.store.samples import attached, paper
from tests.faults.states import state_of
from tests.killing.one_run import kill_after, seconds_of
from tests.world import NOW, World, later

# The children do nothing but one backup.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
KILLS = 10
ENOUGH = 60
"""Kills that surely hit a backup that is written under its own name."""
PAGE = 4096
Copying = Callable[[LedgerFile, Path], object]


def by_the_program(file: LedgerFile, target: Path) -> None:
    whole_copy(file, target, NOW)


def backing_up(file: LedgerFile) -> None:
    back_up(file, later(2), "导入前")


def under_its_name(file: LedgerFile, target: Path) -> None:
    """The planted fault: what copies to where the copy is to lie."""
    if target.exists():
        target.with_name("放在一边.db").write_bytes(target.read_bytes())
    with file.reading_apart() as reader, target.open("wb", buffering=0) as stream:
        copy = reader.serialize()
        for start in range(0, len(copy), PAGE):
            stream.write(copy[start : start + PAGE])
            os.fdatasync(stream.fileno())


def opened(path: Path) -> LedgerFile:
    return open_file(path, later(2), write=True)


def killed_copies(world: World, folder: Path, kills: int, copying: Copying) -> Counter[str]:
    """Kill copies over an older one; how often which state was left. Raises AssertionError for any other."""
    folder.mkdir()
    old = folder / "旧.db"
    whole_copy(world.file, old, NOW)
    attached(world, paper(), entry=world.ours(1)[0])
    world.file.close()
    states = {"old": state_of(old), "new": state_of(world.path)}
    ready = partial(opened, world.path)
    took = seconds_of(partial(copying, target=folder / "先.db"), ready)
    chance, seen = random.Random(1), Counter[str]()
    for turn in range(kills):
        target = folder / str(turn) / "备份.db"
        target.parent.mkdir()
        target.write_bytes(old.read_bytes())
        kill_after(chance.uniform(0, took), partial(copying, target=target), ready)
        found = {path.name: _state_in(path) for path in target.parent.iterdir() if not path.name.startswith(".")}
        assert set(found.values()) <= set(states.values()), "what lies there is no whole copy"
        assert states["old"] in found.values()
        seen["the new one lies there" if found.get(target.name) == states["new"] else "killed before the exchange"] += 1
    return seen


def _state_in(path: Path) -> str:
    try:
        return state_of(path)
    except sqlite3.Error as error:
        return str(error)


def test_a_killed_copy_of_the_whole_file_destroys_nothing(world: World, tmp_path: Path) -> None:
    seen = killed_copies(world, tmp_path / "copies", KILLS, by_the_program)
    print(dict(seen))
    assert seen["killed before the exchange"] > 0


def test_a_copy_that_is_written_under_its_name_is_found_out(world: World, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no whole copy"):
        killed_copies(world, tmp_path / "copies", ENOUGH, under_its_name)


def test_a_killed_backup_leaves_only_whole_ones_and_the_next_one_clears_up(world: World) -> None:
    attached(world, paper(size=1_100_000), entry=world.ours(1)[0])
    world.file.close()
    ready = partial(opened, world.path)
    took = seconds_of(backing_up, ready)
    chance, folder = random.Random(2), folder_of(world.path)
    for _ in range(KILLS):
        for content in (folder / CONTENTS).glob("*"):
            content.unlink()
        kill_after(chance.uniform(0, took), backing_up, ready)
        check_backups(folder)
    world.reopen()
    backing_up(world.file)
    check_backups(folder)
    assert [path.name for path in folder.rglob("*") if path.name.startswith(".")] == []
    assert len(list((folder / CONTENTS).iterdir())) == 1


def check_backups(folder: Path) -> None:
    """Every backup opens and is of its row; every content is what its name says."""
    for path in folder.iterdir():
        told = parsed(path.name)
        if told is None:
            assert path.name.startswith(".") or path.name == CONTENTS
            continue
        file = open_file(path, later(3), write=False)
        try:
            assert file.head().stamp == told.stamp
        finally:
            file.close()
    for content in (folder / CONTENTS).glob("[!.]*"):
        assert sha256(content.read_bytes()).hexdigest() == content.name
