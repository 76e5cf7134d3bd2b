"""Every verb of the store broken off, on a full disk, on a broken one and killed: all of it or nothing, and told so."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import NotSavedError
from db.file import LedgerFile, open_file
from db.store.notes import add_note
from tests.db.store.cases import CASES
from tests.db.store.verbs import verbs_of_the_store
from tests.faults.states import Broken
from tests.faults.stepping import DISKS, SAID, Call, Fault, Step, prepare, sampled, take, watched
from tests.faults.system_calls import why_out_of_reach
from tests.world import LEDGER, NOW, World, later

# The children do nothing but one verb.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
STEPS = 200


def two_transactions(world: World) -> Call:
    """A planted fault: a verb that commits in between."""
    one, two = world.ours(2)

    def call(file: LedgerFile, ledger: int) -> None:
        add_note(file, ledger, one, text="前半", at=later(1))
        add_note(file, ledger, two, text="后半", at=later(1))

    return call


def swallowed(world: World) -> Call:
    """A planted fault: what is not saved is not told."""
    (one,) = world.ours(1)

    def call(file: LedgerFile, ledger: int) -> None:
        with suppress(NotSavedError):
            add_note(file, ledger, one, text="记下", at=later(1))

    return call


@pytest.mark.parametrize("name", CASES)
def test_a_verb_under_a_fault_is_whole_or_not_there_and_said_so(name: str, planted: Path, tmp_path: Path) -> None:
    verb = prepare(name, CASES[name], planted, tmp_path)
    steps = sampled(verb)
    assert {step.fault for step in steps} == set(Fault)
    assert verb.commit in {step.statement for step in steps}
    for step in steps:
        if not (why_out_of_reach() and step.fault in DISKS):
            take(step, verb, tmp_path)


@pytest.mark.skipif(bool(why_out_of_reach()), reason=why_out_of_reach() or "-")
def test_the_full_and_the_broken_disk_are_among_the_steps(planted: Path, tmp_path: Path) -> None:
    verb = prepare("add_note", CASES["add_note"], planted, tmp_path)
    for fault, disk in DISKS.items():
        file = open_file(verb.path, NOW, write=True)
        with watched(file, Step(verb.commit, fault)) as watch, pytest.raises(NotSavedError, match=SAID[fault]):
            verb.call(file, LEDGER)
        file.close()
        assert watch.calls.failed > 0, disk


def test_every_verb_is_stepped_through_in_two_hundred_steps_or_more(planted: Path, tmp_path: Path) -> None:
    assert verbs_of_the_store() == set(CASES)
    verb = prepare("add_note", CASES["add_note"], planted, tmp_path)
    assert len(CASES) * len(sampled(verb)) >= STEPS


PLANTED = [
    (two_transactions, Step(1, Fault.KILL), "neither before nor after"),
    (two_transactions, Step(1, Fault.EXCEPTION), "something of it is there"),
    (two_transactions, Step(1, Fault.IO_ERROR), "something of it is there"),
    (swallowed, Step(1, Fault.DISK_FULL), "said to be saved, and it is not"),
    (swallowed, Step(1, Fault.IO_ERROR), "said to be saved, and it is not"),
]
"""Planted faults, which fault at COMMIT finds them, and as what."""


@pytest.mark.parametrize(("case", "step", "words"), PLANTED)
def test_a_planted_fault_is_found(
    case: Callable[[World], Call], step: Step, words: str, planted: Path, tmp_path: Path
) -> None:
    if why_out_of_reach() and step.fault in DISKS:
        pytest.skip(why_out_of_reach())
    verb = prepare(case.__name__, case, planted, tmp_path)
    with pytest.raises(Broken, match=words):
        take(replace(step, statement=verb.commit), verb, tmp_path)
