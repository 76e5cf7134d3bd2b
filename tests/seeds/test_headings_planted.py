"""The notice's own words for its columns in the ledger file: of a new file, and of one that an older program made."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from db.store.entries import settle
from db.store.planting import plant
from seeds.plant import days_off, digest, readings, statute
from tests.db.test_step_2 import at_step_1
from tests.seeds.shelf import FOLDER, PLANS, draft
from tests.world import NOW, PLAN, TODAY, UNIT, World, dump, later, planted, rows, tamper, world

__all__ = ["planted", "world"]

CLERKS = ("ledger", "entry", "note", "task", "unit")


def headings(path: Path) -> dict[str, list[tuple[str, str]] | None]:
    """What stands in the file, by plan, each in its order."""
    stored = {row["plan"]: row["headings"] for row in rows(path, "notice")}
    return {plan: None if words is None else list(json.loads(words).items()) for plan, words in stored.items()}


EXPECTED = {plan: list(draft(plan).headings) or None for plan in PLANS}


def test_each_notice_s_headings_are_planted_in_their_order_and_prose_has_none(world: World) -> None:
    assert headings(world.path) == EXPECTED
    assert EXPECTED["liupanshui-2020"] is None
    stored = next(row["headings"] for row in rows(world.path, "notice", "plan = 'jiangmen-2021'"))
    assert "责任科室、单位（谁制作、谁发布）" in stored


def test_a_file_of_other_readings_gets_the_headings_and_keeps_the_work(world: World) -> None:
    settle(world.file, world.ledger, world.ours(2), done_on=TODAY, today=TODAY, what_was_done="已报", at=NOW)
    without = tuple(replace(one, headings=()) for one in readings())
    assert plant(world.file, without, days_off(), statute(), "older", later(1))
    assert headings(world.path) == dict.fromkeys(PLANS)
    before = world.dump(*CLERKS)
    assert plant(world.file, readings(), days_off(), statute(), digest(), later(2))
    assert headings(world.path) == EXPECTED
    assert world.dump(*CLERKS) == before


def test_a_file_of_an_older_program_gets_the_headings_when_a_command_opens_it(world: World, tmp_path: Path) -> None:
    settle(world.file, world.ledger, world.ours(2), done_on=TODAY, today=TODAY, what_was_done="已报", at=NOW)
    world.file.close()
    before = dump(world.path, *CLERKS)
    folder = tmp_path / "旧"
    folder.mkdir()
    path = at_step_1(world.path, folder / "台账.db")
    tamper(path, "UPDATE setting SET value = 'older' WHERE key = 'readings_digest'")
    command = [sys.executable, "-m", "tui", "--db", str(path), "--plan", PLAN, "--unit", UNIT, "--list"]
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent), "LANG": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, timeout=60, env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert headings(path) == EXPECTED
    assert dump(path, *CLERKS) == before
