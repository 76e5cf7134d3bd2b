"""A notice that comes a second time: recognised, matched task by task, and what is different."""

from dataclasses import replace

import pytest

from db.rules.differences import SUPPLEMENT, TaskChange, differences, likeness, recognised
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


def reworded(text: str) -> str:
    return text.replace("做好", "切实做好") + "年内完成。"


def test_a_row_put_in_and_others_reworded_leave_each_task_its_own() -> None:
    """Where every row says nearly the same, the number alone does not make a reworded row another one's."""
    texts = [
        f"做好{name}领域政府信息主动公开工作，按要求及时更新。"
        for name in ("财政预算", "食品安全", "教育招生", "养老服务")
    ]
    former = replace(JIANGMEN, tasks=tuple(Task(str(n), None, None, text, None) for n, text in enumerate(texts, 1)))
    rows = ["新增一项完全不同的内容。", *map(reworded, texts)]
    new = replace(JIANGMEN, tasks=tuple(Task(str(n), None, None, text, None) for n, text in enumerate(rows, 1)))
    found = differences(former, new)
    assert found.matches == {"2": "1", "3": "2", "4": "3", "5": "4"}
    assert found.changes[0] == TaskChange(None, "1")


def test_of_rows_with_the_same_words_each_keeps_its_number() -> None:
    former = replace(JIANGMEN, tasks=tuple(Task(n, None, None, "做好公开。", None) for n in ("1", "2")))
    new = replace(JIANGMEN, tasks=tuple(Task(n, None, None, "做好公开。", None) for n in ("3", "1")))
    assert differences(former, new).matches == {"1": "1", "3": "2"}


def test_what_an_import_adds_to_the_text_does_not_make_it_another_notice() -> None:
    culture = GOLDS["jiangmen-culture-2021"]
    mended = replace(culture, text=f"{culture.text}\n\n{SUPPLEMENT}\n改写的要求。\n")
    found = recognised(mended, KNOWN)
    assert found is not None
    assert found.plan == "jiangmen-culture-2021"
    other = replace(culture, text=f"{SUPPLEMENT}\n别的")
    assert recognised(other, (known(replace(culture, text=f"{SUPPLEMENT}\n又别的")),)) is None
