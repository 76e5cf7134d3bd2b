"""kill -9 at random while exporting over an existing file: old or new, whole, under one of its names."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

import db.export.writing
from db.export.form import PACKAGE, export, forms
from tests.db.export.conftest import AT, ENTRIES, SHEET
from tests.db.export.packed import EVIDENCE, contents
from tests.killing.one_run import kill_after, seconds_of

# The children do nothing but one export.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
KILLS = 10
KEPT = ".旧-20261122-090507"
"""Behind the name under which an export keeps the older file."""
ENOUGH = 100
"""Kills that surely hit an export that writes at the target."""
NEW = replace(
    SHEET,
    entries=tuple(replace(ENTRIES[at % 5], id=at, position=at) for at in range(300)),
    evidence=EVIDENCE,
)


@pytest.mark.parametrize("suffix", [*forms, PACKAGE])
def test_an_export_killed_at_random_destroys_nothing(tmp_path: Path, suffix: str) -> None:
    seen = killed_exports(suffix, KILLS, tmp_path)
    assert sum(seen.values()) == KILLS
    assert seen["killed before the exchange"] > 0, "no kill hit the export: the delays are wrong"
    print(f"{suffix}: {dict(seen)}")


def test_an_export_that_writes_at_the_target_is_found_out(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="neither the old nor the new"):
        killed_exports(".zip", ENOUGH, tmp_path, naive)


def new(target: Path) -> None:
    export(NEW, target, AT, contents=contents())


def naive(target: Path) -> None:
    """The planted fault: what a program does that saves over the old file."""

    @contextmanager
    def at_the_target(place: Path) -> Iterator[Path]:
        if place.exists():
            place.with_name(f"{place.stem}{KEPT}{place.suffix}").write_bytes(place.read_bytes())
        place.write_bytes(b"")
        yield place

    with (
        patch.object(db.export.writing, "temporary", at_the_target),
        patch.object(db.export.writing, "_exchange", lambda *_: None),
    ):
        new(target)


def killed_exports(suffix: str, kills: int, folder: Path, run: Callable[[Path], None] = new) -> Counter[str]:
    """Kill exports over an existing file; how often which state was left. Raises AssertionError for any other."""
    old = export(SHEET, folder / f"旧{suffix}", AT).path.read_bytes()
    first = folder / f"先{suffix}"
    took = seconds_of(new, lambda: first)
    meant = first.read_bytes()
    chance = random.Random(f"kill{suffix}")
    seen: Counter[str] = Counter()
    for turn in range(kills):
        place = folder / str(turn)
        place.mkdir()
        target = place / f"台账{suffix}"
        target.write_bytes(old)
        kill_after(chance.uniform(0, 1.1 * took), run, partial(Path, target))
        seen[_state(target, old, meant)] += 1
    return seen


def _state(target: Path, old: bytes, new: bytes) -> str:
    """Which whole files stand in the folder; anything else is a failure."""
    found = {path.name: path.read_bytes() for path in target.parent.iterdir() if not path.name.startswith(".")}
    kept = found.pop(f"{target.stem}{KEPT}{target.suffix}", None)
    assert set(found) == {target.name}
    assert found[target.name] in (old, new), "what stands there is neither the old nor the new file"
    if found[target.name] == new:
        assert kept == old
        return "new stands, old kept"
    assert kept in (None, old)
    return "killed before the exchange"
