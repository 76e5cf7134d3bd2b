"""A notice that comes a second time: recognised, matched task by task, and what is different."""

from dataclasses import replace

import pytest

from db.rules.differences import TaskChange, differences, likeness, recognised
from db.rules.notice import NoticeDraft, Responsibility, Task
from db.rules.rows_intake import KnownNotice
from seeds.plant import readings

GOLDS = {draft.plan: replace(draft, other_numbers=()) for draft in readings()}
JIANGMEN = GOLDS["jiangmen-2021"]


def known(draft: NoticeDraft) -> KnownNotice:
    return KnownNotice(draft.plan, "office", draft.agency, draft.title, draft.document_number, draft.year, draft.text)


KNOWN = tuple(known(draft) for draft in GOLDS.values())


@pytest.mark.parametrize("plan", sorted(GOLDS))
def test_the_same_text_is_the_same_notice_whatever_its_short_name(plan: str) -> None:
    again = replace(GOLDS[plan], plan="notice-1", text=f" {GOLDS[plan].text}\n", title=None, document_number=None)
    found = recognised(again, KNOWN)
    assert found is not None
    assert found.plan == plan


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "jiangmen-2021"),
        ({"document_number": None}, "jiangmen-2021"),
        ({"document_number": "江市监办〔2021〕999号", "title": "别的通知"}, None),
        ({"document_number": None, "title": None}, None),
        ({"document_number": None, "agency": None}, None),
        ({"year": 2022}, None),
    ],
)
def test_a_notice_is_known_by_year_and_number_or_by_agency_and_title(more: dict[str, object], expected: str) -> None:
    found = recognised(replace(JIANGMEN, text="另一份扫描的文字", **more), KNOWN)
    assert (found and found.plan) == expected


def test_a_notice_without_number_agency_or_title_is_only_known_by_its_text() -> None:
    culture = GOLDS["jiangmen-culture-2021"]
    assert recognised(replace(culture, text=culture.text + "又一行"), KNOWN) is None


@pytest.mark.parametrize("plan", sorted(GOLDS))
def test_nothing_differs_from_itself(plan: str) -> None:
    found = differences(GOLDS[plan], GOLDS[plan])
    assert found.changes == ()
    assert found.notice == ()
    assert found.matches == {task.number: task.number for task in GOLDS[plan].tasks}


def test_a_row_put_in_at_the_top_moves_numbers_and_not_tasks() -> None:
    first = Task("1", None, None, "全新的一项，与别的都不同。", None)
    moved = tuple(replace(task, number=str(int(task.number) + 1)) for task in JIANGMEN.tasks)
    found = differences(JIANGMEN, replace(JIANGMEN, tasks=(first, *moved)))
    assert found.matches == {str(n + 1): str(n) for n in range(1, 40)}
    assert found.changes[0] == TaskChange(None, "1")
    assert set(found.changes[1:]) == {TaskChange(str(n), str(n + 1), ("number",)) for n in range(1, 40)}


def test_a_task_that_is_gone_is_said_and_one_reworded_is_the_same() -> None:
    tasks = [task for task in JIANGMEN.tasks if task.number != "5"]
    reworded = tasks[0].requirement.replace("主动公开", "及时主动公开")
    tasks[0] = replace(tasks[0], number="40", requirement=reworded)
    found = differences(JIANGMEN, replace(JIANGMEN, tasks=tuple(tasks)))
    assert found.matches["40"] == "1"
    assert TaskChange("1", "40", ("number", "requirement")) in found.changes
    assert found.changes[-1] == TaskChange("5", None)


def test_another_task_under_an_old_number_does_not_take_its_work() -> None:
    other = Task("5", None, None, "开展青少年科普夏令营。", None)
    tasks = tuple(other if task.number == "5" else task for task in JIANGMEN.tasks)
    found = differences(JIANGMEN, replace(JIANGMEN, tasks=tasks))
    assert "5" not in found.matches
    assert found.changes == (TaskChange(None, "5"), TaskChange("5", None))


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("section", {"section": "别的大项"}),
        ("matter", {"matter": "事项"}),
        ("assignment", {"responsibilities": (Responsibility("lead", "财审科", "name"),)}),
        ("deadline", {"deadlines": ()}),
        ("remark", {"remark": "备注", "remark_source": "cell"}),
    ],
)
def test_each_field_that_differs_is_named(field: str, more: dict[str, object]) -> None:
    tasks = (replace(JIANGMEN.tasks[0], **more), *JIANGMEN.tasks[1:])
    found = differences(JIANGMEN, replace(JIANGMEN, tasks=tasks))
    assert found.changes == (TaskChange("1", "1", (field,)),)


def test_the_notices_own_fields_are_compared() -> None:
    other = replace(JIANGMEN, title="另一个标题", reports=(), units=JIANGMEN.units[:-1])
    assert differences(JIANGMEN, other).notice == ("title", "units", "reports")


def test_two_equal_requirements_keep_their_numbers() -> None:
    twins = tuple(Task(str(n), None, None, "同样的一句话。", None) for n in (1, 2))
    draft = replace(JIANGMEN, tasks=twins)
    assert differences(draft, draft).matches == {"1": "1", "2": "2"}
    assert differences(draft, replace(draft, tasks=twins[::-1])).matches == {"2": "2", "1": "1"}


@pytest.mark.parametrize(("one", "other", "share"), [("甲乙丙", "甲乙丙", 1.0), ("甲乙", "丙丁", 0.0), ("", "", 1.0)])
def test_likeness_is_the_share_of_common_pairs(one: str, other: str, share: float) -> None:
    assert likeness(one, other) == share
