"""What stands beside a unit in its cell and is no unit: brackets, marks, words on who is left out, short forms."""

import pytest

from db.intake.phrases.assignments import names, responsibilities
from db.intake.phrases.roster import roster


def read(cell: str) -> tuple[list[str], list[str]]:
    """Each responsibility as 'role name', '~' before a related one; the kinds of doubt. The roster is the cell's."""
    units, _ = roster([(cell, names(cell, None))], None)
    found, doubts = responsibilities(((None, cell),), units)
    spoken = [f"{one.role} {'~' if one.through == 'related' else ''}{one.name}" for one in found]
    return spoken, [doubt.kind + ("!" if doubt.blocks else "") for doubt in doubts]


@pytest.mark.parametrize(
    ("cell", "expected", "doubts"),
    [
        # a second name is part of the name
        ("机关党委（人事科）", ["responsible 机关党委（人事科）"], []),
        ("信息中心（数据中心）牵头", ["lead 信息中心（数据中心）"], []),
        ("各科室（单位）", ["responsible 各科室（单位）"], []),
        ("各科（室）", ["responsible 各科（室）"], []),
        ("各科室（中心）按职责负责", ["responsible 各科室（中心）"], []),
        # a remark is none, and takes nothing with it
        ("办公室（组长单位）、法规科", ["responsible 办公室", "responsible 法规科"], ["units_clause"]),
        ("办公室（内设机构）", ["responsible 办公室"], ["units_clause"]),
        ("办公室（网站）", ["responsible 办公室"], ["units_clause"]),
        ("公开办公室（设在秘书科）", ["responsible 公开办公室"], ["units_clause"]),
        ("规划科（含项目办）、财务科", ["responsible 规划科", "responsible 财务科"], ["units_clause"]),
        ("办公室（张三）、财务科", ["responsible 办公室", "responsible 财务科"], ["units_clause"]),
        ("办公室（政务公开）牵头，财务科配合", ["lead 办公室", "support 财务科"], ["units_clause"]),
        # who is left out is not who is in
        ("各科室（不含办公室）", ["responsible 各科室"], ["units_clause"]),
        ("各科室（办公室除外）", ["responsible 各科室"], ["units_clause"]),
        ("各科室（除办公室外）", ["responsible 各科室"], ["units_clause"]),
        ("除办公室外的各科室", [], ["units_unread!"]),
        # units of their own, without a word on what they do
        (
            "办公室（信访办、法制办）",
            ["responsible 办公室", "responsible 信访办", "responsible 法制办"],
            ["units_clause"],
        ),
        ("办公室（会同法规科）", ["responsible 办公室", "support 法规科"], ["units_clause"]),
        ("规划科（财务科配合）", ["responsible 规划科", "support 财务科"], []),
    ],
)
def test_a_bracket_behind_a_unit_is_its_second_name_or_a_remark(
    cell: str, expected: list[str], doubts: list[str]
) -> None:
    assert read(cell) == (expected, doubts)


@pytest.mark.parametrize("cell", ["★办公室、法规科", "办公室★、法规科", "办公室*、法规科", "※办公室、△法规科"])
def test_a_mark_that_a_legend_explains_is_no_part_of_a_name(cell: str) -> None:
    assert read(cell) == (["responsible 办公室", "responsible 法规科"], ["units_clause"])


@pytest.mark.parametrize(
    ("cell", "doubts"),
    [
        ("稽查一科、二科", ["units_near"]),
        ("执法一大队、二大队", ["units_near"]),
        ("一科、二科", []),
        ("第一分局、第二分局", []),
        ("稽查一科、办公室", []),
    ],
)
def test_a_number_alone_may_be_short_for_the_name_before_it(cell: str, doubts: list[str]) -> None:
    assert read(cell) == ([f"responsible {name}" for name in cell.split("、")], doubts)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("具体由办公室实施", ["responsible 办公室"]),
        ("统一由办公室牵头", ["lead 办公室"]),
        ("综合科牵头各科室配合", ["lead 综合科", "support 各科室"]),
        ("按职责分工，各科室负责", ["responsible 各科室"]),
        ("牵头单位为办公室，责任单位为财务科", ["lead 办公室", "responsible 财务科"]),
        (
            "牵头单位办公室、法规科，配合单位财务科、人事科",
            ["lead 办公室", "lead 法规科", "support 财务科", "support 人事科"],
        ),
        ("办公室[牵头]、财务科", ["lead 办公室", "responsible 财务科"]),
        ("办公室（负总责）、财务科（具体负责）", ["lead 办公室", "responsible 财务科"]),
        ("办公室配合", ["support 办公室"]),
        ("县残联、县工商联", ["responsible 县残联", "responsible 县工商联"]),
        ("各学校、幼儿园", ["responsible ~各学校、幼儿园"]),
    ],
)
def test_plain_words_around_units_are_read_without_a_doubt(cell: str, expected: list[str]) -> None:
    assert read(cell) == (expected, [])


def test_a_list_that_only_supports_is_asked_whom() -> None:
    assert read("办公室、财务科配合") == (["support 办公室", "support 财务科"], ["units_clause"])
    assert read("法规科牵头，办公室、财务科配合")[1] == []


@pytest.mark.parametrize("cell", ["各园区", "第三方机构", "各村（社区）", "各县（市、区）"])
def test_bodies_outside_are_candidates_at_most(cell: str) -> None:
    assert read(cell) == ([f"responsible ~{cell}"], ["other_level"])


@pytest.mark.parametrize("cell", ["分管局长", "局长", "张三"])
def test_a_person_is_no_unit(cell: str) -> None:
    assert read(cell) == ([], ["units_unread!"])


@pytest.mark.parametrize("cell", ["\\", "暂无", "---"])
def test_a_stroke_is_nobody(cell: str) -> None:
    assert read(cell) == ([], [])
