"""Phrases of unit cells, one table for each row of notice-patterns.md, section 4."""

import time

import pytest

from db.intake.phrases.assignments import names, responsibilities
from db.intake.phrases.roster import roster
from db.intake.reading import Doubt
from db.rules.notice import NoticeUnit
from db.rules.said import Responsibility, Scope
from db.rules.words import UNIT_KINDS, Role

UNITS = tuple(
    NoticeUnit(name, kind, name)
    for name, kind in (
        *((name, "科室") for name in ("办公室", "规划科", "财务科", "法制科", "登记科", "统筹规划科", "案件办理科")),
        ("广电和服务股(行政审批股)", "科室"),
        ("综合支队", "所队"),
        ("数据中心", "中心"),
        ("市计量所", "属下单位"),
        ("机关党委", "其他"),
        ("河东县人民政府", "其他"),
    )
)


def read(*cells: str | tuple[Role | None, str]) -> tuple[list[str], list[str]]:
    """Each responsibility as 'role name', '~' before a related one, '*' behind one that is not listed; the doubts."""
    pairs = tuple((None, cell) if isinstance(cell, str) else cell for cell in cells)
    found, doubts = responsibilities(pairs, UNITS)
    return [spoken(one) for one in found], [told(doubt) for doubt in doubts]


def spoken(one: Responsibility) -> str:
    return f"{one.role} {'~' if one.through == 'related' else ''}{one.name}{'' if one.listed else '*'}"


def told(doubt: Doubt) -> str:
    return doubt.kind + ("!" if doubt.blocks else "")


CASES: list[tuple[str, list[str]]] = [
    # a bare list or a single unit
    ("规划科", ["responsible 规划科"]),
    ("规划科、财务科", ["responsible 规划科", "responsible 财务科"]),
    ("规划科，财务科、法制科", ["responsible 规划科", "responsible 财务科", "responsible 法制科"]),
    ("规划科；财务科。", ["responsible 规划科", "responsible 财务科"]),
    ("规划科和财务科", ["responsible 规划科", "responsible 财务科"]),
    ("规划科以及财务科", ["responsible 规划科", "responsible 财务科"]),
    ("规划科\n财务科", ["responsible 规划科", "responsible 财务科"]),
    ("规划科 财务科", ["responsible 规划科", "responsible 财务科"]),
    ("办 公 室", ["responsible 办公室"]),
    ("规划科 / 财务科", ["responsible 规划科", "responsible 财务科"]),
    ("1.规划科 2.财务科", ["responsible 规划科", "responsible 财务科"]),
    ("1、规划科；2、财务科", ["responsible 规划科", "responsible 财务科"]),
    ("①规划科②财务科", ["responsible 规划科", "responsible 财务科"]),
    # lead alone
    ("规划科牵头", ["lead 规划科"]),
    ("规划科牵头办理。", ["lead 规划科"]),
    ("规划科牵头落实", ["lead 规划科"]),
    ("规划科 牵头", ["lead 规划科"]),
    ("规划科\n牵头，财务科\n配合", ["lead 规划科", "support 财务科"]),
    ("规划科为牵头单位，财务科为配合单位", ["lead 规划科", "support 财务科"]),
    ("以规划科为主，财务科配合", ["responsible 规划科", "support 财务科"]),
    ("规划科负责牵头", ["lead 规划科"]),
    ("规划科、财务科牵头", ["lead 规划科", "lead 财务科"]),
    ("规劃科牽頭，財务科配合", ["lead 规划科", "support 财务科"]),
    # lead and cooperating
    ("规划科牵头,财务科配合", ["lead 规划科", "support 财务科"]),
    ("规划科牵头办理，财务科、法制科协办。", ["lead 规划科", "support 财务科", "support 法制科"]),
    ("规划科牵头、各科室配合", ["lead 规划科", "support 各科室"]),
    ("由规划科牵头，其他科室配合", ["lead 规划科", "support 其他科室"]),
    ("规划科牵头（财务科配合）", ["lead 规划科", "support 财务科"]),
    ("规划科（牵头）、财务科", ["lead 规划科", "responsible 财务科"]),
    ("规划科牵头，财务科加强监管", ["lead 规划科", "support 财务科"]),
    # 会同 wins over 按职责
    ("规划科会同财务科按职责办理", ["lead 规划科", "support 财务科"]),
    ("规划科、法制科会同各科室、单位办理", ["lead 规划科", "lead 法制科", "support 各科室、单位"]),
    ("规划科牵头，会同财务科、有关科室办理", ["lead 规划科", "support 财务科", "support ~有关科室"]),
    ("规划科牵头会同财务科办理", ["lead 规划科", "support 财务科"]),
    # lead and responsible
    ("规划科牵头，各科室按职责落实", ["lead 规划科", "responsible 各科室"]),
    ("规划科统筹，各科室、各单位按职责分工负责", ["lead 规划科", "responsible 各科室、各单位"]),
    ("规划科牵头，各科室按照“谁执法、谁公示，谁主办、谁发布”的原则分工负责", ["lead 规划科", "responsible 各科室"]),
    ("规划科牵头，各科室按照谁执法谁公示、谁主办谁发布的原则分工负责", ["lead 规划科", "responsible 各科室"]),
    ("各科室按“谁编制、谁公开”原则", ["responsible 各科室"]),
    # labels
    ("牵头科室:规划科;责任科室:财务科", ["lead 规划科", "responsible 财务科"]),
    ("(牵头科室：规划科、法制科,责任科室：各科室)", ["lead 规划科", "lead 法制科", "responsible 各科室"]),
    ("牵头单位：规划科，责任单位：财务科；配合单位：法制科", ["lead 规划科", "responsible 财务科", "support 法制科"]),
    ("组织单位：规划科；参加单位：各科室", ["responsible 规划科", "support 各科室"]),
    ("牵头科室 规划科 责任科室 各科室", ["lead 规划科", "responsible 各科室"]),
    ("责任处室(单位)：规划科", ["responsible 规划科"]),
    ("责任单位：规划科；责任人：张三", ["responsible 规划科"]),
    # three roles, X负责, X办理
    ("规划科牵头,财务科配合,法制科负责落实", ["lead 规划科", "support 财务科", "responsible 法制科"]),
    ("规划科负责，财务科配合", ["responsible 规划科", "support 财务科"]),
    ("规划科承办，财务科协办", ["responsible 规划科", "support 财务科"]),
    ("规划科办理", ["responsible 规划科"]),
    ("规划科、财务科分别按职责办理", ["responsible 规划科", "responsible 财务科"]),
    ("规划科与财务科共同负责", ["responsible 规划科", "responsible 财务科"]),
    # brackets and role words inside names
    ("广电和服务股(行政审批股)牵头", ["lead 广电和服务股(行政审批股)"]),
    ("统筹规划科牵头，案件办理科配合", ["lead 统筹规划科", "support 案件办理科"]),
    # groups
    ("办公室、各股室、属下单位", ["responsible 办公室", "responsible 各股室", "responsible 属下单位"]),
    ("局机关科室、中心、综合支队", ["responsible 局机关科室、中心、综合支队"]),
    ("机关各科室、数据中心", ["responsible 机关各科室", "responsible 数据中心"]),
    ("其他股室及各科室", ["responsible 其他股室及各科室"]),
    ("各科室及相关单位", ["responsible 各科室", "responsible ~相关单位"]),
    ("业务科室、财务科", ["responsible ~业务科室", "responsible 财务科"]),
    ("防汛各工作组、各专班及相关科室、单位按职责办理", ["responsible ~防汛各工作组、各专班及相关科室、单位"]),
    ("规划科、财务科等2个科室", ["responsible 规划科", "responsible 财务科"]),
]


@pytest.mark.parametrize(("cell", "expected"), CASES)
def test_a_plain_phrase_is_read_without_a_doubt(cell: str, expected: list[str]) -> None:
    found, doubts = read(cell)
    assert (found, [one for one in doubts if one != "units_open"]) == (expected, [])


@pytest.mark.parametrize(
    ("cell", "expected", "doubt"),
    [
        ("规划科、财务科等", ["responsible 规划科", "responsible 财务科", "responsible ~等*"], "units_open"),
        ("规划科等单位牵头", ["lead 规划科", "lead ~等单位*"], "units_open"),
        (
            "规划科、财务科等3个科室",
            ["responsible 规划科", "responsible 财务科", "responsible ~等3个科室*"],
            "units_open",
        ),
        ("按照《某某意见》分工负责", ["responsible ~按照《某某意见》分工负责*"], "units_citation"),
        ("详见附件2", ["responsible ~详见附件2*"], "units_citation"),
        ("规划科加强指导，完善机制；各科室落实", ["lead 规划科", "responsible 各科室"], "units_clause"),
        ("规划科公开甲、财务科公开乙", ["responsible 规划科", "responsible 财务科"], "units_clause"),
        ("各科室公开甲，规划科公开乙", ["responsible 各科室", "responsible 规划科"], "units_clause"),
        ("规划科,财务科牵头", ["lead 规划科", "lead 财务科"], "units_clause"),
        ("规划科牵头组织各科室落实", ["lead 规划科"], "units_clause"),
        ("规划科(李四)", ["responsible 规划科"], "units_clause"),
        ("规划科指导各科室", ["responsible 规划科"], "units_clause"),
        ("规划科；牵头", ["responsible 规划科"], "units_clause"),
        ("规划科-财务科", ["responsible 规划科"], "units_clause"),
        ("(1)规划科(2)财务科", ["responsible 规划科"], "units_clause"),
        ("规划科负责处理投诉", ["responsible 规划科"], "units_clause"),
        ("配合财务科", ["support 财务科"], "units_clause"),
        ("河东县人民政府", ["responsible 河东县人民政府"], "other_level"),
        ("市直有关部门按职责分工负责", ["responsible ~市直有关部门"], "other_level"),
        ("各县(市、区)政府", ["responsible ~各县(市、区)政府"], "other_level"),
        ("市、县级林业主管部门", ["responsible ~市、县级林业主管部门"], "other_level"),
        ("临江、河东、洪河开发区管委会", ["responsible ~临江、河东、洪河开发区管委会"], "other_level"),
        ("登记、财务科", ["responsible 登记", "responsible 财务科"], "units_near"),
        ("中心", ["responsible ~中心"], "units_near"),
        ("各直属单位", ["responsible 各直属单位"], "units_open"),
    ],
)
def test_what_is_not_certain_is_read_with_one_doubt(cell: str, expected: list[str], doubt: str) -> None:
    assert read(cell) == (expected, [doubt])


@pytest.mark.parametrize(
    ("cell", "expected", "doubt"),
    [
        ("张三", [], "units_unread!"),
        ("同上", [], "units_unread!"),
        ("规划科、张三、财务科", ["responsible 规划科", "responsible 财务科"], "units_unread!"),
        ("谁制作、谁公开", [], "units_unread!"),
        ("牵头", [], "units_unread!"),
        ("水务科", [], "units_unread!"),
        ("财会科、综合规划科", [], "units_unread!"),
        ("综合规划科牵头", [], "units_near!"),
        ("很" * 3000, [], "units_unread!"),
    ],
)
def test_what_is_nobody_we_know_is_left_out_and_blocks(cell: str, expected: list[str], doubt: str) -> None:
    found, doubts = read(cell)
    assert found == expected
    assert doubt in doubts


@pytest.mark.parametrize("cell", ["", "  \n ", "/", "—", "无", "()", "。"])
def test_an_empty_cell_gives_nothing_and_no_doubt(cell: str) -> None:
    assert read(cell) == ([], [])


def test_a_column_gives_its_role_to_bare_units_and_a_verb_keeps_its_own() -> None:
    assert read(("lead", "规划科"), ("responsible", "各科室"), ("support", "财务科、法制科")) == (
        ["lead 规划科", "responsible 各科室", "support 财务科", "support 法制科"],
        [],
    )
    assert read(("support", "规划科负责"))[0] == ["support 规划科"]
    assert read(("responsible", "规划科牵头，各科室配合"))[0] == ["lead 规划科", "support 各科室"]


def test_the_same_unit_stands_once_in_a_role() -> None:
    assert read("规划科、规划科")[0] == ["responsible 规划科"]
    assert read(("lead", "规划科"), ("responsible", "规划科"))[0] == ["lead 规划科", "responsible 规划科"]


def test_a_group_carries_its_scope_and_an_open_list_its_quote() -> None:
    found, _ = responsibilities(((None, "办公室牵头，局机关科室、中心、综合支队配合"),), UNITS)
    assert found[1].scope == Scope(("科室", "中心"), ("综合支队",))
    found, _ = responsibilities(((None, "办公室牵头，其他科室及属下单位配合"),), UNITS)
    assert found[1].scope == Scope(("科室", "属下单位"), (), True)
    found, _ = responsibilities(((None, "规划科、财务科\n等"),), UNITS)
    assert (found[-1].scope, found[-1].quote) == (Scope(UNIT_KINDS), "规划科、财务科等")


def test_a_name_in_another_width_is_the_unit_of_the_roster_with_its_quote() -> None:
    found, doubts = responsibilities(((None, "广电和服务股（行政审批股）"),), UNITS)
    assert (found[0].name, found[0].quote, doubts) == ("广电和服务股(行政审批股)", "广电和服务股(行政审批股)", ())


def test_a_class_of_sections_that_reads_like_a_name_is_asked_unless_it_leads() -> None:
    units, _ = roster([("值守科室", ("值守科室",))], None)
    assert responsibilities(((None, "值守科室牵头"),), units)[1] == ()
    assert [one.kind for one in responsibilities(((None, "值守科室"),), units)[1]] == ["units_near"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("规划科会同各科室办理", ("规划科",)),
        ("局机关科室、中心、综合支队", ("综合支队",)),
        ("规划科、财务科等", ("规划科", "财务科")),
        ("按照《某某意见》分工负责", ()),
        ("各科室", ()),
        ("张三", ()),
        ("", ()),
        ("规 划 科", ("规划科",)),
    ],
)
def test_the_names_of_a_cell_are_the_bodies_it_names_one_by_one(cell: str, expected: tuple[str, ...]) -> None:
    assert names(cell, None) == expected


HOSTILE = (
    *(
        "(" * 990,
        "“" * 990,
        "科、" * 490,
        "谁、" * 490,
        "按照" * 490,
        "各" * 990 + "科",
        "牵头" * 490,
        "科(" * 490,
        "及科" * 490,
    ),
    *("按“" * 490, "会同科" * 330, "科" * 990, "\n科室" * 330, ")" * 990, "等" * 990, "科 " * 490, "(科牵头" * 240),
)


@pytest.mark.parametrize("cell", HOSTILE)
def test_hostile_cells_are_answered_in_time(cell: str) -> None:
    begun = time.process_time()
    responsibilities(((None, cell),), UNITS)
    assert names(cell * 1000, None) == ()
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("cell", "expected", "asked"),
    [
        ("会同财务科、人事科", [("support", "财务科"), ("support", "人事科")], ["units_clause"]),
        ("会同财务科办理", [("support", "财务科")], ["units_clause"]),
        ("办公室,会同财务科", [("lead", "办公室"), ("support", "财务科")], []),
        ("联合执法科", [("responsible", "联合执法科")], []),
    ],
)
def test_a_cell_that_begins_with_joining_names_no_leader_and_says_so(
    cell: str, expected: list[tuple[str, str]], asked: list[str]
) -> None:
    units, _ = roster([(cell, names(cell, None))], None)
    found, unsure = responsibilities(((None, cell),), units)
    assert [(one.role, one.name) for one in found] == expected
    assert [one.kind for one in unsure] == asked
