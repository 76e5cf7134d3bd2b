"""kill -9 during writes: nothing acknowledged is lost, nothing is half there, and the harness would notice."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

import db.steps
from db.backup_names import folder_of
from db.errors import FileRefusedError
from db.file import make_file, open_file
from db.reads.ledgers import notices
from db.reads.office import readings_digest
from db.steps import steps
from seeds.plant import digest, plant
from tests.killing.harness import Counts, Loss, run
from tests.world import NOW, World, copied, dump, rows

KILLS = 100


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(world: World, counted: list[Counts]) -> None:
    world.file.close()
    counts = run(world.path, world.ledger, KILLS, seed=20211122)
    counted.append(counts)
    print(counts)
    assert counts.kills >= KILLS
    assert counts.hot_journals >= counts.kills / 2
    assert counts.half_written > 0
    assert counts.acknowledged > KILLS


def test_an_acknowledgement_before_commit_is_found_out(world: World) -> None:
    world.file.close()
    with pytest.raises(Loss, match="neither before nor after"):
        run(world.path, world.ledger, 60, seed=7, early=True)


def killed_after(seconds: float, path: Path) -> None:
    """A first run that is killed: it makes the file, opens it and plants."""
    child = os.fork()
    if child == 0:
        try:
            make_file(path)
            file = open_file(path, NOW, write=True)
            plant(file, NOW)
            signal.pause()
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def test_a_killed_first_run_leaves_no_file_an_empty_ledger_or_all_of_it(tmp_path: Path) -> None:
    met = set()
    for number, seconds in enumerate((0.0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.8)):
        path = tmp_path / str(number) / "台账.db"
        killed_after(seconds, path)
        try:
            file = open_file(path, NOW, write=True)
        except FileRefusedError:
            assert not path.exists()
            met.add("nothing")
            make_file(path)  # what a killed run has left is in nobody's way
            file = open_file(path, NOW, write=True)
        try:
            assert not file.read_only
            held = readings_digest(file), len(notices(file))
            assert held in ((None, 0), (digest(), 5))
            met.add("planted" if held[1] else "empty")
            plant(file, NOW)
            assert (readings_digest(file), len(notices(file))) == (digest(), 5)
        finally:
            file.close()
    assert len(met) >= 2


def test_a_killed_migration_leaves_the_old_step_whole_or_the_new_one_whole(
    world: World,
) -> None:
    world.file.close()
    before = world.dump()
    columns = "".join(f"ALTER TABLE note ADD COLUMN a{number} TEXT;" for number in range(20))
    further = (*steps(), f"{columns} CREATE TABLE more AS SELECT a.* FROM task a, task b LIMIT 4000;")
    generator = random.Random(3)
    met = set()
    patience = 0.02
    for number in range(12):
        path = copied(world.path, world.path.with_name(f"{number}.db"))
        child = os.fork()
        if child == 0:
            try:
                db.steps.steps = lambda: further  # type: ignore[assignment]
                open_file(path, NOW, write=True)
                signal.pause()
            finally:
                os._exit(1)
        time.sleep(patience * generator.uniform(0.5, 1.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        (version,) = rows(path, "pragma_user_version")
        # Sooner after a step that was done, later after one that was not: the kills stay about the moment of change.
        patience *= 0.7 if version["user_version"] == len(further) else 1.4
        met.add(version["user_version"])
        left = dump(path)
        if version["user_version"] == len(further):
            assert len(rows(path, "more")) == 4000
            (copy,) = folder_of(path).glob("*-升级前.db")
            assert dump(copy) == before
        else:
            assert rows(path, "sqlite_schema", "name = 'more'") == []
        assert left == before
        assert rows(path, "pragma_integrity_check") == [{"integrity_check": "ok"}]
    assert met == {len(steps()), len(further)}
