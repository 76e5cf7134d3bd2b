"""Stepping by strace finds a planted fault, and goes through an ordinary verb and an export."""

from pathlib import Path

import pytest

from tests.db.store.cases import CASES
from tests.faults.states import Broken
from tests.faults.stepping import prepare
from tests.release import stepping
from tests.release.faults import planted_in
from tests.release.stepped_works import exporting, verb
from tests.release.stepping import Work, step_through

pytestmark = [
    pytest.mark.skipif(bool(stepping.why_not()), reason=stepping.why_not() or "-"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def test_a_verb_and_an_export_go_through(tmp_path: Path) -> None:
    note = verb(prepare("add_note", CASES["add_note"], planted_in(tmp_path), tmp_path))
    found = step_through([note, exporting(".csv", tmp_path)], tmp_path, most=4)
    assert found.wrong == []
    assert set(found.steps) == set(stepping.CALLS)


def test_what_writes_over_the_old_file_is_found(tmp_path: Path) -> None:
    def lay(place: Path) -> None:
        place.mkdir()
        (place / "a").write_bytes(b"old")

    def check(place: Path, acknowledged: bool | None) -> None:
        if (place / "a").read_bytes() not in (b"old", b"new"):
            raise Broken("neither old nor new")

    naive = Work("naive", lay, lambda place: place / "a", lambda target: target.write_bytes(b"new"), check)
    found = step_through([naive], tmp_path)
    assert any("neither old nor new" in wrong for wrong in found.wrong)


def test_what_is_said_to_be_saved_though_it_is_not_is_found(tmp_path: Path) -> None:
    of = prepare("add_note", CASES["add_note"], planted_in(tmp_path), tmp_path)
    honest = verb(of)

    def deaf(file: object) -> None:
        try:
            honest.run(file)
        except Exception:
            return

    found = step_through([Work("deaf", honest.lay, honest.ready, deaf, honest.check)], tmp_path, most=3)
    assert any("it is not" in wrong for wrong in found.wrong)
