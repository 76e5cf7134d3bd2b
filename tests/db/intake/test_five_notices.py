"""The five shipped notices through the same door as any other: intake's reading of each against its reviewed one.

The figures are those of `tests/bench/reading.py`; the bounds are those of issue 4/5.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import ReadingError
from db.intake.accepting import notice_draft
from db.intake.draft_file import draft_toml, open_lines, read_draft
from db.intake.edits import AcceptProblem, SetHead
from db.intake.readers.txt import read
from db.intake.replay import replayed
from db.intake.source import Source
from seeds import plant
from seeds.plant import readings
from tests.db.intake.gold import Figures, compared

GOLDS = {draft.plan: replace(draft, other_numbers=()) for draft in readings()}
PLANS = sorted(GOLDS)
MOST_PROBLEMS = 0.2
"""For each row: one problem in five."""


def source_of(plan: str) -> Source:
    path = Path(plant.FOLDER) / f"{plan}.txt"
    with path.open("rb") as stream:
        return read(stream, path.name, lambda part, words: None)


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    return {plan: compared(replayed(source_of(plan), ()), GOLDS[plan]) for plan in PLANS}


@pytest.mark.parametrize("plan", PLANS)
def test_every_row_is_read_and_no_other(plan: str, figures: dict[str, Figures]) -> None:
    found = figures[plan]
    assert (found.rows_right, found.rows_read) == (found.rows, found.rows)


@pytest.mark.parametrize("plan", PLANS)
def test_no_wrong_value_is_without_a_problem(plan: str, figures: dict[str, Figures]) -> None:
    assert figures[plan].silent == []


@pytest.mark.parametrize("plan", PLANS)
def test_there_is_at_most_one_problem_for_five_rows(plan: str, figures: dict[str, Figures]) -> None:
    assert figures[plan].problems <= figures[plan].rows * MOST_PROBLEMS


def test_units_with_their_roles_and_deadlines_are_right_in_98_of_100(figures: dict[str, Figures]) -> None:
    found = figures.values()
    units, right = sum(one.units for one in found), sum(one.units_right for one in found)
    assert right >= 0.98 * units
    assert right >= 0.98 * sum(one.units_read for one in found)
    assert sum(one.deadlines_right for one in found) >= 0.98 * sum(one.deadlines for one in found)


@pytest.mark.parametrize("plan", PLANS)
def test_a_draft_is_accepted_once_its_questions_are_answered_and_not_before(plan: str) -> None:
    source = source_of(plan)
    reading = replayed(source, ())
    if reading.blocking:
        with pytest.raises(ReadingError, match="必须核对的问题"):
            notice_draft(reading)
    answers = tuple(AcceptProblem(problem.key) for problem in reading.problems)
    answered = replayed(source, (SetHead("plan", plan), *answers))
    assert [problem.key for problem in answered.problems if not problem.answered] == []
    draft = notice_draft(answered)
    assert [task.requirement for task in draft.tasks] == [task.requirement for task in GOLDS[plan].tasks]
    assert draft.plan == plan


@pytest.mark.parametrize("plan", PLANS)
def test_a_draft_written_as_toml_says_its_questions_and_is_taken_in_without_them(plan: str) -> None:
    reading = replayed(source_of(plan), ())
    text = draft_toml(reading, "读稿.toml")
    assert len(open_lines(text)) == len(reading.blocking)
    left = "\n".join(line for line in text.split("\n") if not line.startswith("#! "))
    taken = read_draft("读稿.toml", left)
    assert [(task.number, task.requirement) for task in taken.tasks] == [
        (task.number, task.requirement) for task in GOLDS[plan].tasks
    ]
