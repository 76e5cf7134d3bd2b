"""Rows of task tables that are easily lost or read for something else: notes, sums, signatures, units by lines."""

import pytest

from db.intake.source import Block, Source
from db.intake.understanding import understood
from tests.db.intake.drawn import asked, grid, kinds, read, tasks, text

HEADER = "序号|工作任务|责任单位|完成时限"


@pytest.mark.parametrize(
    "requirement",
    ["公开率达95%以上。", "以上信息均要公开。", "公开上述事项。", "说明：统一格式。", "公开本表所列项目。"],
)
def test_a_requirement_beside_merged_cells_is_a_task_whatever_its_words(requirement: str) -> None:
    table = grid("工作任务|具体要求|责任单位", "公开|公开甲。|办公室", f"^|{requirement}|^")
    assert [one.requirement for one in tasks(table)] == ["公开甲。", requirement]


@pytest.mark.parametrize(
    ("requirement", "found"), [("公开上述事项。", 2), ("公开率达95%以上。", 2), ("上述任务均按期完成。", 1)]
)
def test_without_merges_only_the_first_words_make_a_note(requirement: str, found: int) -> None:
    assert len(tasks(grid("工作任务|责任单位", "公开甲。|办公室", f"{requirement}|"))) == found


@pytest.mark.parametrize("row", ["小计|1项||", "合计|2项||", "|合计|2项|", "填报人：甲|<|审核人：乙|<"])
def test_sums_and_signatures_are_no_part_of_a_task(row: str) -> None:
    notice = read(grid(HEADER, "1|公开甲。|办公室|6月底前", row, "2|公开乙。|财务科|6月底前"))
    assert [(one.requirement, one.assignments) for one in notice.tasks] == [
        ("公开甲。", ((None, "办公室"),)),
        ("公开乙。", ((None, "财务科"),)),
    ]
    assert kinds(notice) == []


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("办公室\n财务科", ["办公室", "财务科"]),
        ("办公室（牵头）\n各科室", ["办公室", "各科室"]),
        ("1.办公室\n2.财务科", ["办公室", "财务科"]),
        ("政策法规\n科", ["政策法规科"]),
        ("政策法规科\n（审批科）", ["政策法规科（审批科）"]),
    ],
)
def test_lines_of_a_cell_part_units_and_do_not_cut_one(cell: str, names: list[str]) -> None:
    source = _source(grid(HEADER, f"1|公开甲。|{cell}|6月底前"))
    (task,) = understood(source).tasks
    assert [one.name for one in task.task.responsibilities] == names
    assert not [one for one in understood(source).problems if one.task or one.kind.startswith("units")]


def test_one_cell_over_two_columns_of_units_has_both_roles_with_a_doubt() -> None:
    table = grid("序号|工作任务|牵头科室|责任科室", "1|公开甲。|办公室|<", "2|公开乙。|办公室|各科室", "3|公开丙。||<")
    one, two, three = tasks(table)
    assert (one.assignments, asked(one)) == (
        (("lead", "办公室"), ("responsible", "办公室")),
        [("assignment", "row_unsure")],
    )
    assert (two.assignments, asked(two)) == ((("lead", "办公室"), ("responsible", "各科室")), [])
    assert (three.assignments, asked(three)) == ((), [])


def test_a_level_between_section_and_matter_is_said() -> None:
    notice = read(grid("序号|工作事项|具体要求|责任单位", "一、甲|<|<|<", "（一）子甲|<|<|<", "1|丙|做一。|办公室"))
    assert [(one.section, one.matter) for one in notice.tasks] == [("一、甲", "丙")]
    assert kinds(notice) == ["columns_unsure"]


@pytest.mark.parametrize("cell", ["—", "/", "无", "－"])
def test_a_row_whose_unit_cell_says_nobody_is_asked_about(cell: str) -> None:
    reading = understood(_source(grid(HEADER, "1|公开甲。|办公室|6月底前", f"2|公开乙。|{cell}|6月底前")))
    assert [(one.kind, one.covers) for one in reading.problems if one.kind == "units_missing"] == [
        ("units_missing", ("b0r2",))
    ]


@pytest.mark.parametrize(
    ("heading", "roles", "asks"),
    [
        ("责任单位（排名第一的为牵头单位）", ["lead", "responsible"], ["first_leads"]),
        ("责任单位（第一个为牵头单位）", ["lead", "responsible"], ["first_leads"]),
        ("责任单位（加粗的为牵头单位）", ["responsible", "responsible"], ["first_leads"]),
        ("责任单位（写全称）", ["responsible", "responsible"], []),
    ],
)
def test_what_the_header_says_of_the_lead_is_heeded(heading: str, roles: list[str], asks: list[str]) -> None:
    reading = understood(_source(grid(f"序号|工作任务|{heading}", "1|公开甲。|办公室、财务科")))
    assert [one.role for one in reading.tasks[0].task.responsibilities] == roles
    assert [one.kind for one in reading.problems if one.kind == "first_leads"] == asks


def test_bodies_outside_are_asked_about_once_for_the_document() -> None:
    rows = [f"{n}|公开事项{n}。|各镇（街道）、街道办事处|6月底前" for n in range(1, 9)]
    reading = understood(_source(grid(HEADER, *rows)))
    assert [len(one.covers) for one in reading.problems if one.kind == "other_level"] == [8]
    assert reading.units == ()


def _source(*blocks: Block) -> Source:
    return Source("docx", "通知.docx", "0" * 64, blocks)


@pytest.mark.parametrize(
    ("line", "units", "deadline"),
    [
        (
            "公开甲。责任单位：综合科、办公室。完成时限：6月底前。",
            "责任单位：综合科、办公室。完成时限：6月底前。",
            "6月底前",
        ),
        ("公开甲。完成时限：6月底前；责任单位：综合科。", "完成时限：6月底前；责任单位：综合科。", "6月底前"),
        ("公开甲（综合科）", "（综合科）", None),
    ],
)
def test_a_numbered_item_may_end_in_labels_or_in_one_unit(line: str, units: str, deadline: str | None) -> None:
    (task,) = tasks(*text(f"1.{line}"))
    assert (task.requirement.rstrip("。"), task.assignments, task.deadline) == ("公开甲", ((None, units),), deadline)


def test_several_units_in_brackets_of_one_paragraph_part_it() -> None:
    found = tasks(*text("一、一是公开甲（综合科）；二是公开乙（办公室）。"))
    assert [(one.number, one.requirement) for one in found] == [("一-1", "一是公开甲"), ("一-2", "二是公开乙")]


def test_a_bracket_in_mid_sentence_with_a_unit_is_asked_about() -> None:
    (task,) = tasks(*text("1.公开甲（综合科负责），定期更新（办公室负责）。"))
    assert (task.assignments, asked(task)) == (((None, "（办公室负责）"),), [("assignment", "units_clause")])


@pytest.mark.parametrize(
    "line",
    [
        "牵头科室：综合科  完成时限：9月底前",
        "完成时限：9月底前  责任科室：综合科",
        "责任科室：综合科；完成时限：9月底前。",
    ],
)
def test_a_line_of_labels_gives_units_and_deadline(line: str) -> None:
    (task,) = tasks(*text("（一）公开甲。", line))
    assert (task.assignments, task.deadline) == (((None, line),), "9月底前")


def test_a_title_that_ends_in_a_comma_is_the_first_half_of_its_item() -> None:
    task = tasks(*text("1.公开甲，", "包括乙。", "（综合科、办公室）", "2.公开丙。（办公室）"))[0]
    assert (task.requirement, task.matter) == ("公开甲，包括乙。", None)


def test_items_numbered_through_below_the_last_heading_with_units_are_told() -> None:
    notice = read(*text("一、甲（责任单位：综合科）", "1.做一。", "2.做二。", "二、乙（责任单位：办公室）", "3.做三。"))
    assert [doubt.assumed for _, doubt in notice.doubts] == ["3 条没有写责任单位，没有读成任务"]


def test_rows_said_twice_are_asked_about_once() -> None:
    again = ("序号|工作任务|责任单位|完成情况", "1|公开甲的目录。|办公室|", "2|公开乙的目录。|财务科|")
    notice = read(grid(*again), *text("附件2"), grid(*again, part="表 2"))
    assert [(doubt.kind, doubt.text) for _, doubt in notice.doubts] == [
        ("number_twice", ""),
        ("row_unsure", "2-1、2-2"),
    ]
    assert kinds(read(grid(*again))) == []


def test_two_columns_of_units_under_one_word_are_asked_about() -> None:
    notice = read(grid("序号|工作任务|责任单位|<|完成时限", "1|公开甲。|办公室|财务科|6月底前"))
    assert kinds(notice) == ["columns_unsure"]
