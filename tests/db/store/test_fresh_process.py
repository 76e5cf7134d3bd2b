"""Each part of the store as the first one that a process loads: pytest itself has always loaded the others before."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.starter import started
from tests.world import TABLES, World

MODULES = sorted(path.stem for path in Path("db/store").glob("*.py") if path.stem != "__init__")
RESOLVED = """
import importlib, os, sys
from sqlmodel import SQLModel
for module in sys.argv[1:]:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        assert not any(name.split(".")[0] == "db" for name in sys.modules)
        importlib.import_module(f"db.store.{module}")
        keys = [key.column for table in SQLModel.metadata.tables.values() for key in table.foreign_keys]
        print(module, len(SQLModel.metadata.tables), len(keys), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""
"""A child for each module, of a process that has loaded SQLModel and nothing of ours. No line: it failed."""

RACE = """
import sys, threading
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from db.file import open_file
from tui.desk import Desk
from db.reads.ledgers import last_opened
moment = lambda: datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=8)))
file = open_file(Path(sys.argv[1]), moment(), write=True)
desk = Desk(file, moment, None, last_opened(file))
sys.setswitchinterval(1e-5)
thread = threading.Thread(target=desk.warm)
thread.start()
first = desk.entries()[0].id
{verb}
thread.join()
print("done")
"""
VERBS = [
    "desk.add_note(first, '记')",
    "desk.save_draft('note', first, '写到一半')",
    "desk.remember(desk.place())",
    "desk.undo()",
    "desk.add_own('补报', None, '电话')",
    "desk.hand_over('某乙')",
    "desk.add_count(first, date(2026, 1, 5), 1, None, None)",
    "desk.hand_in('本年度政务公开工作总结情况', date(2026, 1, 5), None)",
]


def _run(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, encoding="utf-8")


def test_there_are_parts_of_the_store_to_try() -> None:
    assert {"entries", "notes", "places", "undo"} <= set(MODULES)


def test_each_part_of_the_store_loaded_first_knows_every_table() -> None:
    done = _run(RESOLVED, *MODULES)
    found = {module: (int(tables), int(keys)) for module, tables, keys in map(str.split, done.stdout.splitlines())}
    assert list(found) == MODULES, done.stderr[-600:]
    # All of them, or none where no table is needed.
    assert {(tables, keys > 10) for tables, keys in found.values()} <= {(len(TABLES), True), (0, False)}, found


@pytest.mark.parametrize("verb", VERBS)
def test_a_change_while_the_store_is_being_loaded_waits_for_it(world: World, verb: str) -> None:
    world.file.close()
    # A child of a process that has loaded SQLModel and nothing of ours.
    done = started("-c", RACE.format(verb=verb), str(world.path))
    assert (done.returncode, done.stdout.decode().strip()) == (0, "done"), done.stderr.decode()[-600:]
