"""The store against the plain model for two thousand steps; and a thousand steps taken back and done again."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from db.store.undo import redo, undo
from tests.plain_ledger import Op, Plain, random_op, stored_state
from tests.state.machine import OfficeMachine
from tests.state.office import Office
from tests.world import World, later, replayed, standing

STEPS = 2_000
RUNS, EACH = 13, 120
BETWEEN = {"restart", "a second window", "another program", "a full disk", "backup", "restore"}


def run_machine(planted: Path, runs: int, each: int) -> int:
    """Run the machine; returns how many steps it did."""
    OfficeMachine.planted, OfficeMachine.steps = planted, 0
    OfficeMachine.met.clear()
    # Without shrinking: a failure is told with all its steps, and a gate has no minutes to make them fewer.
    of_machine = settings(
        max_examples=runs,
        stateful_step_count=each,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        database=None,
    )
    run_state_machine_as_test(OfficeMachine, settings=of_machine)
    return OfficeMachine.steps


def test_two_thousand_steps_lead_where_the_model_leads_whatever_comes_in_between(planted: Path) -> None:
    assert run_machine(planted, RUNS, EACH) >= STEPS
    assert OfficeMachine.met == BETWEEN


def test_a_store_that_forgets_is_found(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Op.both

    def forgetful(self: Op, plain: Office, file: object) -> bool:
        return real(self, plain, file) if plain.steps % 3 else bool(self.alone(plain))  # type: ignore[arg-type]

    monkeypatch.setattr(Op, "both", forgetful)
    with pytest.raises(AssertionError):
        run_machine(planted, 4, 40)


def test_a_thousand_steps_are_taken_back_and_done_again_across_restarts(world: World) -> None:
    generator = random.Random(4)
    reach = {row.id: row.applicability for row in world.entries().values()}
    plain = Plain.of(world.path, world.ledger, reach)
    before = plain.state()
    while len(plain.undoable) < 1_000:
        op = random_op(plain, generator)
        if op.words not in ("undo", "redo") and "draft" not in op.words and "together" not in op.words:
            op.both(plain, world.file)
    after = plain.state()
    assert stored_state(world.path, world.ledger) == after
    for take, target in ((undo, before), (redo, after)):
        count = 0
        while take(world.file, world.ledger, later(count)) is not None:
            count += 1
            if count in (1, 400, 999):
                world.reopen()
                model = plain.undoable[-count] if take is undo else plain.undoable[count]
                assert stored_state(world.path, world.ledger) == {**model, "drafts": {}}
        assert count == 1_000
        assert stored_state(world.path, world.ledger) == target
    assert replayed(world.path) == standing(world.path)
