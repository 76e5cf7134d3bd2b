"""Each part of the store as the first one that a process loads: pytest itself has always loaded the others before."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.world import TABLES, World

MODULES = sorted(path.stem for path in Path("db/store").glob("*.py") if path.stem != "__init__")
RESOLVED = """
import db.store.{module}
from sqlmodel import SQLModel
keys = [key.column for table in SQLModel.metadata.tables.values() for key in table.foreign_keys]
print(len(SQLModel.metadata.tables), len(keys))
"""
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


@pytest.mark.parametrize("module", MODULES)
def test_a_part_of_the_store_loaded_first_knows_every_table(module: str) -> None:
    done = _run(RESOLVED.format(module=module))
    assert done.returncode == 0, done.stderr[-600:]
    tables, keys = map(int, done.stdout.split())
    assert (tables, keys > 10) in ((len(TABLES), True), (0, False)), "all of them, or none where no table is needed"


@pytest.mark.parametrize("verb", VERBS)
def test_a_change_while_the_store_is_being_loaded_waits_for_it(world: World, verb: str) -> None:
    world.file.close()
    done = _run(RACE.format(verb=verb), str(world.path))
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr[-600:]
