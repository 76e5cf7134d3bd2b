"""The five shipped notices taken apart, row by row against their reviewed readings: as text, and with real merges."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

from db.intake.layouts.blocks import structured
from db.intake.parts import taken_apart
from db.intake.readers import txt
from db.intake.reading import RawNotice, RawTask
from db.rules.notice import NoticeDraft, Task
from seeds import plant
from seeds.plant import readings
from tests.db.intake import forms
from tests.db.intake.gold import with_merges

GOLDS = {draft.plan: draft for draft in readings()}
PLANS = sorted(GOLDS)
IN_THE_BODY = "jiading-2021"
"""Its sections stand in the letter, not in the table."""
Row = tuple[str | None, str | None, str | None, str, str | None, str | None, str | None]


def as_text(plan: str) -> RawNotice:
    path = Path(plant.FOLDER) / f"{plan}.txt"
    with path.open("rb") as stream:
        return taken_apart(structured(txt.read(stream, path.name, lambda part, words: None)), {})


def wanted(task: Task, plan: str) -> Row:
    """The reviewed row. A deadline of its requirement or of the whole notice is no cell."""
    cell = next((one.text for one in task.deadlines if one.source == "cell"), None)
    return (
        task.number,
        None if plan == IN_THE_BODY else task.section,
        task.matter,
        task.requirement,
        task.assignment,
        task.remark if task.remark_source == "cell" or task.remark_source is None else None,
        cell,
    )


def found(task: RawTask, by_key: Mapping[str, RawTask]) -> Row:
    """The row as taken apart; a cell that is missing altogether is the one that it inherits."""
    cells = task.assignments
    if task.state == "missing" and task.inherits is not None:
        cells = by_key[task.inherits].assignments
    text = cells[0][1] if cells else None
    return task.number, task.section, task.matter, task.requirement, text, task.remark, task.deadline


def rows(notice: RawNotice) -> list[Row]:
    by_key = {task.key: task for task in notice.tasks}
    assert len(by_key) == len(notice.tasks)
    return [found(task, by_key) for task in notice.tasks]


@pytest.mark.parametrize("plan", PLANS)
def test_every_row_of_the_text_is_the_reviewed_one(plan: str) -> None:
    assert rows(as_text(plan)) == [wanted(task, plan) for task in GOLDS[plan].tasks]


@pytest.mark.parametrize("plan", PLANS)
def test_a_row_that_inherits_its_units_says_from_which_row(plan: str) -> None:
    notice = as_text(plan)
    numbers = {task.key: task.number for task in notice.tasks}
    above: str | None = None
    for task, gold in zip(notice.tasks, GOLDS[plan].tasks, strict=True):
        if task.state == "written":
            above = task.number
        elif gold.assignment is None and all(one.through != "inherited" for one in gold.responsibilities):
            assert (task.state, task.inherits) == ("missing", None), gold.number
        else:
            assert task.inherits is not None
            assert numbers[task.inherits] == above
            inherited = any(one.through == "inherited" for one in gold.responsibilities)
            assert task.state == ("blank" if inherited else "missing")


SAID = {
    "jiangmen-2021": ("39 行，读出 39 项；大项编号缺 十三、十四", ["number_gap"]),
    "jiangmen-culture-2021": ("33 行，读出 33 项", []),
    "hubei-2022": ("28 行，读出 28 项", []),
    "jiading-2021": ("32 行，读出 32 项", []),
    "liupanshui-2020": ("17 条，读出 16 项", []),
}


@pytest.mark.parametrize("plan", PLANS)
def test_what_the_source_counts_is_said_and_little_is_asked(plan: str) -> None:
    notice = as_text(plan)
    said, asked = SAID[plan]
    assert notice.said == said
    assert [doubt.kind for _, doubt in notice.doubts] == asked
    unsure = [task.number for task in notice.tasks if task.doubts]
    assert unsure == {"jiangmen-2021": ["9", "13"], "liupanshui-2020": ["四(一)", "四(二)"]}.get(plan, [])


def test_the_note_below_the_table_and_the_letter_stay_text() -> None:
    notice = as_text("jiangmen-2021")
    assert any("均要求在12月3日前完成" in line for _, line in notice.after)
    assert any("于12月6日前" in line for _, line in notice.before)
    assert [table.headings for table in notice.tables] == [
        ("工作任务", "具体要求", "责任科室、单位（谁制作、谁发布）", "备注")
    ]


def test_the_repeated_headers_of_the_pages_are_known() -> None:
    assert len(as_text(IN_THE_BODY).tables[0].repeated) == 3


@pytest.mark.parametrize("form", forms.FORMS)
@pytest.mark.parametrize("plan", PLANS)
def test_every_row_of_the_same_notice_with_real_merges_is_the_reviewed_one(
    plan: str, form: str, tmp_path: Path
) -> None:
    draft: NoticeDraft = GOLDS[plan]
    path = tmp_path / f"{plan}.{form}"
    getattr(forms, f"as_{form}")(draft, path)
    with path.open("rb") as stream:
        source = import_module(f"db.intake.readers.{form}").read(stream, path.name, lambda part, words: None)
    notice = taken_apart(structured(source), {})
    expected = [wanted(task, plan) for task in with_merges(draft.tasks)]
    assert [_squeezed(row) for row in rows(notice)] == [_squeezed(row) for row in expected]
    assert notice.said == SAID[plan][0]
    assert {task.state for task in notice.tasks} <= {"written", "merged", "missing"}


def _squeezed(row: Row) -> list[str | None]:
    """White space aside: a page breaks lines where it likes."""
    return [None if text is None else "".join(text.split()) for text in row]
