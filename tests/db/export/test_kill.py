"""kill -9 at random while exporting over an existing file: old or new, whole, under one of its names."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.export.form import PACKAGE, export, forms
from db.rules.rows import LedgerSheet
from tests.db.export.conftest import AT, ENTRIES, SHEET
from tests.db.export.packed import EVIDENCE, contents

# The children do nothing but one export.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
KILLS = 12
NEW = replace(
    SHEET,
    entries=tuple(replace(ENTRIES[at % 5], id=at, position=at) for at in range(300)),
    evidence=EVIDENCE,
)


@pytest.mark.parametrize("suffix", [*forms, PACKAGE])
def test_an_export_killed_at_random_destroys_nothing(tmp_path: Path, suffix: str) -> None:
    old = export(SHEET, tmp_path / f"旧{suffix}", AT).path.read_bytes()
    first = tmp_path / f"先{suffix}"
    took = _seconds(lambda: export(NEW, first, AT, contents=contents()))
    new = first.read_bytes()
    chance = random.Random(f"kill{suffix}")
    seen: Counter[str] = Counter()
    for turn in range(KILLS):
        folder = tmp_path / str(turn)
        folder.mkdir()
        target = folder / f"台账{suffix}"
        target.write_bytes(old)
        _export_and_kill(target, NEW, chance.uniform(0, 1.1 * took))
        seen[_state(target, old, new)] += 1
    assert sum(seen.values()) == KILLS
    assert seen["killed before the exchange"] > 0, "no kill hit the export: the delays are wrong"
    print(f"{suffix}: {dict(seen)}")


def _export_and_kill(target: Path, sheet: LedgerSheet, after: float) -> None:
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready)
        os.write(go, b".")
        try:
            export(sheet, target, AT, contents=contents())
        finally:
            os._exit(0)
    os.close(go)
    with os.fdopen(ready, "rb") as said:
        assert said.read(1) == b"."
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _state(target: Path, old: bytes, new: bytes) -> str:
    """Which whole files stand in the folder; anything else is a failure."""
    found = {path.name: path.read_bytes() for path in target.parent.iterdir() if not path.name.startswith(".")}
    kept = found.pop(f"{target.stem}.旧-20261122-090507{target.suffix}", None)
    assert set(found) == {target.name}
    if found[target.name] == new:
        assert kept == old
        return "new stands, old kept"
    assert found[target.name] == old
    assert kept in (None, old)
    return "killed before the exchange"


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
