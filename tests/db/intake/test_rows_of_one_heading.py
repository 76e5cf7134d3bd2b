"""What a lone heading column holds; two roles of one unit; who is asked about a blank unit cell, and how often."""

import pytest

from db.intake.edits import AcceptProblem, SetBlank, SetColumn
from db.intake.replay import replayed
from db.intake.source import Source
from db.intake.task_reading import NO_UNITS, spoken_assignment
from db.rules.words import Role
from tests.db.intake.small import grid, paragraphs, source

TITLE = paragraphs("某市乙局2026年任务分解表")


def headed(word: str, texts: str, merged: tuple[tuple[int, int], ...] = ()) -> Source:
    rows = [(str(n), text, f"公开第{n}类信息。", "法规科") for n, text in enumerate(texts.split(), 1)]
    return source(*TITLE, grid((("序号", word, "具体要求", "责任单位"), *rows), native=True, merged=merged))


@pytest.mark.parametrize(
    ("word", "texts", "expected"),
    [
        ("任务", "目录公开 征求意见 会议开放 政策库", "matter"),
        ("工作任务", "目录公开 征求意见 会议开放 政策库", "matter"),
        ("任务名称", "决策公开 决策公开 会议开放 会议开放", "matter"),
        ("任务", "决策公开 决策公开 执行公开 执行公开", "section"),
        ("任务", "决策公开 征求意见 执行公开 执行公开", "section"),
        ("任务", "一、决策 二、执行 三、管理 四、服务", "section"),
        ("工作类别", "决策公开 执行公开 管理公开 服务公开", "section"),
        ("任务", "决策公开 执行公开 管理公开", "section"),
    ],
)
def test_a_lone_heading_that_differs_in_every_row_is_the_matter(word: str, texts: str, expected: str) -> None:
    reading = replayed(headed(word, texts), ())
    assert reading.tables[0].roles[1] == expected
    first = reading.tasks[0].task
    found = first.matter if expected == "matter" else first.section
    assert (found, first.section is None or first.matter is None) == (texts.split()[0], True)


def test_a_heading_that_is_merged_is_the_section_and_the_clerk_says_otherwise_for_all() -> None:
    assert replayed(headed("任务", "目录 - 征求 会议", ((1, 1),)), ()).tables[0].roles[1] == "section"
    told = replayed(headed("任务", "目录 征求 会议 政策"), (SetColumn(1, 1, "section"),))
    assert [one.task.section for one in told.tasks] == ["目录", "征求", "会议", "政策"]


def test_the_page_after_keeps_what_the_first_page_has_decided() -> None:
    header = ("序号", "任务", "具体要求", "责任单位")
    pages = [
        grid((header, *((str(n), f"第{n}件", f"公开{n}。", "法规科") for n in numbers)), native=True)
        for numbers in (range(1, 6), range(6, 8))
    ]
    reading = replayed(source(*TITLE, *pages), ())
    assert [one.task.matter for one in reading.tasks] == [f"第{n}件" for n in range(1, 8)]


@pytest.mark.parametrize(
    ("lead", "support", "expected"),
    [
        ("法规科", "财务科", []),
        ("办公室、法规科", "办公室", ["同一行里既牵头又配合，都照写列入"]),
        ("", "办公室", ["只有配合单位，没有牵头或责任单位"]),
        ("办公室", "", []),
    ],
)
def test_a_unit_that_supports_itself_and_a_row_that_nobody_leads_are_told(
    lead: str, support: str, expected: list[str]
) -> None:
    header = ("序号", "具体要求", "牵头单位", "配合单位")
    reading = replayed(source(*TITLE, grid((header, ("1", "公开甲。", lead, support)), native=True)), ())
    found = [one for one in reading.problems if one.kind == "units_clause"]
    assert [(one.assumed, one.blocks) for one in found] == [(words, False) for words in expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("lead", "牵头单位：法规科"), ("support", "财务科")], "牵头单位：法规科；配合：财务科"),
        ([("lead", "牵头:法规科"), ("support", "配合单位：财务科")], "牵头:法规科；配合单位：财务科"),
        ([("lead", "法规科"), ("responsible", "责任保险科")], "牵头：法规科；责任：责任保险科"),
        ([("responsible", "法规科")], "法规科"),
        ([("support", "")], None),
    ],
)
def test_a_cell_that_says_its_role_itself_gets_no_label(
    cells: list[tuple[Role | None, str]], expected: str | None
) -> None:
    assert spoken_assignment(cells) == expected


BLANK = source(
    *TITLE,
    grid(
        (
            ("任务", "具体要求", "责任单位"),
            ("一、甲", "1．公开甲。", "法规科"),
            ("", "2．公开乙。", ""),
            ("二、丙", "3．公开丙。", ""),
            ("", "4．公开丁。", "财务科"),
        ),
        native=False,
    ),
)


def test_a_blank_cell_at_the_start_of_a_section_is_asked_about_once() -> None:
    def asked(*edits: object) -> list[tuple[str, tuple[str, ...]]]:
        found = replayed(BLANK, edits).problems  # type: ignore[arg-type]
        return [(one.kind, one.covers) for one in found if one.field == "assignment" and not one.answered]

    assert asked() == [("blank_cells", ("b1r2", "b1r3"))]
    assert asked(AcceptProblem("doc.blank_cells", NO_UNITS)) == []
    assert asked(SetBlank(False)) == []
    assert asked(AcceptProblem("doc.blank_cells")) == [("row_unsure", ())], "the clerk's yes may not be for that row"
