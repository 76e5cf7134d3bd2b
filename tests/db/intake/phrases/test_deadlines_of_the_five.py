"""Deadlines, amounts and clocks of the five notices against the reviewed readings."""

import pytest

from db.intake.phrases.clocks import clocks
from db.intake.phrases.deadlines import deadlines, default_deadline
from db.intake.phrases.quotas import quotas, unit_wide
from db.rules.notice import ClockRule, Deadline, Task
from tests.db.intake.phrases.golds import PLANS, gold

ASKED = {("jiangmen-2021", "29"): "deadline_parties"}
"""Which of two parties' dates is the bureau's own is the clerk's to say."""

LATE = {("jiading-2021", number) for number in ("6", "15", "32")}
"""Due before the notice was issued."""

OTHER_TRIGGER = {("jiading-2021", "19")}
"""开展相关活动: which activities is said by another sentence of the row."""


def default(plan: str) -> Deadline | None:
    found = [default_deadline(line, year=gold(plan).year)[0] for line in gold(plan).text.splitlines()]
    return next((one for one in found if one is not None), None)


def cell(task: Task) -> str | None:
    return next((one.text for one in task.deadlines if one.source == "cell"), None)


@pytest.mark.parametrize("plan", PLANS)
def test_every_deadline_is_that_of_the_reviewed_reading(plan: str) -> None:
    draft = gold(plan)
    asked: dict[tuple[str, str], str] = {}
    for task in draft.tasks:
        found, doubts = deadlines(
            cell(task), task.requirement, year=draft.year, default=default(plan), issued_on=draft.issued_on
        )
        assert found == task.deadlines, task.number
        for doubt in doubts:
            asked[(plan, task.number)] = doubt.kind
    late = dict.fromkeys((one for one in LATE if one[0] == plan), "due_before_issue")
    assert asked == {one: kind for one, kind in ASKED.items() if one[0] == plan} | late


def test_only_one_of_the_five_sets_a_date_for_every_task() -> None:
    defaults = {plan: default(plan) for plan in PLANS}
    assert {plan: one.text for plan, one in defaults.items() if one} == {"jiangmen-2021": "12月3日前"}


@pytest.mark.parametrize("plan", PLANS)
def test_every_amount_is_that_of_the_reviewed_reading(plan: str) -> None:
    draft = gold(plan)
    kinds: list[tuple[str, str]] = []
    for task in draft.tasks:
        found, doubts = quotas(task.requirement)
        assert found == task.quotas, task.number
        kinds.extend((task.number, doubt.kind) for doubt in doubts)
    assert kinds == ([("四(二)", "quota_range")] if plan == "liupanshui-2020" else [])
    wide = tuple(quota for task in draft.tasks for quota in unit_wide(task.requirement)[0])
    assert wide == draft.unit_quotas


def letter(plan: str) -> list[str]:
    """The lines of a notice that are no row of its table."""
    lines = gold(plan).text.splitlines()
    rows = {task.requirement[:12] for task in gold(plan).tasks}
    return [line for line in lines if not line.startswith("\t") and not any(row in line for row in rows)]


@pytest.mark.parametrize("plan", PLANS)
def test_every_clock_is_that_of_the_reviewed_reading(plan: str) -> None:
    draft = gold(plan)
    found: list[ClockRule] = []
    for task in draft.tasks:
        rules, doubts = clocks(task.requirement, task.number)
        assert not doubts
        found.extend(rules)
    if plan == "hubei-2022":
        found.extend(rule for line in letter(plan) for rule in clocks(line, None)[0])
    assert len(found) == len(draft.clock_rules)
    for rule, expected in zip(found, draft.clock_rules, strict=True):
        if (plan, expected.task) in OTHER_TRIGGER:
            assert rule.trigger == "开展相关活动"
        else:
            assert rule == expected
        assert (rule.days, rule.day_kind, rule.direction, rule.bound, rule.quote, rule.task) == (
            *(expected.days, expected.day_kind, expected.direction),
            *(expected.bound, expected.quote, expected.task),
        )
