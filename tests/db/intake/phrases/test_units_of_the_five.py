"""The unit cells of the five shipped notices against their reviewed readings."""

import pytest

from db.intake.phrases.assignments import names, responsibilities
from db.intake.phrases.roster import roster
from db.intake.phrases.subjects import subject_names, subjects
from db.rules.notice import Task
from tests.db.intake.phrases.golds import PLANS, address, gold

DOUBTED = {
    ("jiangmen-2021", "5"): ["units_clause"],
    ("jiangmen-2021", "16"): ["units_clause"],
    ("hubei-2022", "5"): ["units_open"],
    ("hubei-2022", "19"): ["units_citation"],
}
"""The only cells of the 146 rows that leave a doubt: free clauses, an open list, a cited document."""


def written(plan: str) -> list[Task]:
    return [task for task in gold(plan).tasks if task.assignment is not None]


@pytest.mark.parametrize("plan", PLANS)
def test_every_unit_cell_is_read_as_reviewed(plan: str) -> None:
    units = gold(plan).units
    for task in written(plan):
        cell = task.assignment or ""
        expected = tuple(one for one in task.responsibilities if one.listed or one.quote == cell)
        found, doubts = responsibilities(((None, cell),), units)
        assert (task.number, found) == (task.number, expected)
        assert [one.kind for one in doubts] == DOUBTED.get((plan, task.number), [])


@pytest.mark.parametrize("plan", PLANS)
def test_the_roster_is_the_reviewed_one(plan: str) -> None:
    cells = [(task.assignment or "", names(task.assignment or "", None)) for task in written(plan)]
    for task in gold(plan).tasks:
        if _speaks(task):
            cells.extend((quote, (name,)) for name, quote in subject_names(task.requirement))
    found, doubts = roster(cells, address(plan))
    assert {(one.name, one.kind) for one in found} == {(one.name, one.kind) for one in gold(plan).units}
    assert doubts == ()


def _speaks(task: Task) -> bool:
    return task.assignment is None and any(one.through != "inherited" for one in task.responsibilities)


def test_a_task_without_a_bracket_has_the_units_that_its_sentences_name() -> None:
    tasks = [task for task in gold("liupanshui-2020").tasks if _speaks(task)]
    assert [task.number for task in tasks] == ["四(一)", "四(二)"]
    for task in tasks:
        found, doubts = subjects(task.requirement, gold("liupanshui-2020").units)
        assert found == task.responsibilities
        assert [one.kind for one in doubts] == ["units_clause"]
