"""Header words of notice-patterns.md section 2: each by its field, and the rows in which a neighbour changes a role."""

import pytest

from db.intake.headers import LONGEST_RAW, core, header_word, is_catalogue, is_metadata, left_out, roles_of

WORDS = {
    "number": "序号 抽查计划编号 编号 项次 NO. 序",
    "text": (
        "工作任务 区工作任务 任务名称 抽查任务名称 事项名称 决策事项名称 决策项目 重大行政决策事项名称 公开事项 "
        "工作事项 项目名称 考评项目 目标任务 重点任务 抽查类别 年度计划名称 工作要求 具体要求 抽查事项 公开内容 "
        "主要内容 任务内容 工作措施 局落实措施 具体内容 检查事项 检查内容 内容标准 民生实事 决策事项"
    ),
    "unit": (
        "牵头单位 牵头部门 发起部门 牵头科室 责任单位 区责任单位 责任科室 承办单位 责任部门 局责任部门 公开主体 "
        "责任科室、单位 责任处室(单位) 主责单位 申报单位 执行股室 股室 "
        "配合单位 配合部门 参与部门 协办单位 联查部门 组织单位"
    ),
    "deadline": (
        "完成时限 公开时限 决策时间 (拟)决策时间 时限要求 起止时间 (抽查检查)起止时间 时间节点 时间安排 检查时间 "
        "初步检查时间 计划开展时间 实施抽查时间段"
    ),
    "quota": "抽查比例 检查比例 抽查频次 比例及频次 抽查数量",
    "remark": "备注 其他",
    "person": "区政府分管领导 责任领导 牵头领导 检查主体 抽查主体 联系人 联系电话 责任人",
    "detail": "检查对象 公开依据 公开渠道和载体 公开方式",
    "unknown": "办公室 全年 甲 做好规划公开。",
}


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, line in WORDS.items() for word in line.split()])
def test_every_header_word_is_known_by_its_field(kind: str, word: str) -> None:
    assert header_word(word).kind == kind


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("牵头单位", "lead"),
        ("发起部门", "lead"),
        ("牵头", "lead"),
        ("配合单位", "support"),
        ("参与部门", "support"),
        ("协办单位", "support"),
        ("联查部门", "support"),
        ("责任单位", "responsible"),
        ("承办单位", "responsible"),
        ("主责单位", "responsible"),
        ("公开主体", "responsible"),
        ("股室", None),
        ("牵头及配合单位", None),
        ("责任分工", None),
    ],
)
def test_a_unit_word_says_the_role_when_it_names_one(word: str, base: str | None) -> None:
    assert header_word(word).base == base


@pytest.mark.parametrize(
    "word",
    ["工 作 任 務", "工作\n任务", "工作任务（大项）", "　工作任务　", "＊工作任务", "工作任务：", "工作任务[区]"],
)
def test_white_space_brackets_width_and_traditional_forms_do_not_matter(word: str) -> None:
    assert core(word) == "工作任务"


ROWS = [
    # columns of those who look at the work, or say something of it
    ("序号|具体工作|责任单位|督办单位|完成时限", "number requirement assignment other deadline"),
    ("序号|具体任务|验收科室|牵头科室|配合科室", "number requirement other lead support"),
    ("工作任务|责任科室|责任科室意见|科室负责人|完成时限", "requirement assignment other other deadline"),
    ("工作任务|审核科室|完成时限", "requirement assignment deadline"),
    ("工作任务|责任单位及责任人|完成时限", "requirement assignment deadline"),
    # the four tables of the shipped notices
    ("工作任务|具体要求|责任科室、单位\n\n（谁制作、谁发布）|备注", "section requirement assignment remark"),
    ("工作任务|具体要求|责任部门", "section requirement assignment"),
    (
        "工作任务|序号|工作\n事项|具体要求|责任处室（单位）|完成时限",
        "section number matter requirement assignment deadline",
    ),
    ("序号|任务名称|任务内容|责任科室|时间节点", "number matter requirement assignment deadline"),
    # 工作任务 is the requirement where no other text column exists
    ("序号|工作任务|责任单位|完成时限", "number requirement assignment deadline"),
    ("序号|事项名称|承办单位", "number requirement assignment"),
    ("序号|决策项目|承办单位|(拟)决策时间", "number requirement assignment deadline"),
    # 工作要求 is the requirement in one table, the outer heading in another
    ("序号|工作任务|工作要求|责任单位", "number section requirement assignment"),
    ("序号|工作要求|局落实措施|责任单位", "number section requirement assignment"),
    # a column of a role, and the one column whose phrases say it
    ("任务|牵头单位|配合单位|完成时限", "requirement lead support deadline"),
    ("任务|牵头单位|主责单位|协办单位", "requirement lead responsible support"),
    ("任务|牵头单位|责任单位", "requirement lead responsible"),
    ("任务|牵头单位", "requirement lead"),
    ("任务|责任单位", "requirement assignment"),
    # two levels: the inner one is ours
    ("序号|工作任务|区责任单位|局责任部门", "number requirement outer assignment"),
    ("工作任务|责任单位|责任科室", "requirement outer assignment"),
    ("工作任务|市牵头单位|局牵头科室|局配合科室", "requirement outer lead support"),
    ("工作任务|区责任单位", "requirement assignment"),
    # a person column, several heading columns, details, quotas
    ("重点任务|具体内容|责任领导|责任单位", "section requirement other assignment"),
    (
        "抽查计划编号|抽查任务名称|抽查类别|抽查事项|抽查比例|抽查频次|检查对象|发起部门|联查部门|起止时间",
        "number matter section requirement quota quota other lead support deadline",
    ),
    (
        "公开事项|公开内容|公开依据|公开时限|公开主体|公开渠道和载体",
        "matter requirement other deadline assignment other",
    ),
    ("一级指标|二级指标|工作措施|责任单位", "section matter requirement assignment"),
    ("|任务内容|责任单位", "other requirement assignment"),
    ("序號|工作任務|責任單位|完成時限|備註", "number requirement assignment deadline remark"),
    ("具体要求|完成时限", "requirement deadline"),
]


@pytest.mark.parametrize(("row", "roles"), ROWS)
def test_a_header_row_is_understood_as_a_whole(row: str, roles: str) -> None:
    assert roles_of(row.split("|")) == tuple(roles.split())


@pytest.mark.parametrize(
    "row",
    [
        "",
        "|||",
        "索引号|发布机构",
        "索引号|主要内容|责任单位",
        "姓名|电话|备注",
        "责任单位|完成时限",
        "具体要求|备注",
        "办公室|各科室|全年",
        "加强内容建设|各责任单位|按时间节点",
        "做好规划公开。|综合科|全年",
        "具体要求",
        "工作任务" * 40 + "|责任单位",
    ],
)
def test_what_has_no_task_word_and_unit_or_deadline_word_is_no_header(row: str) -> None:
    assert roles_of(row.split("|")) is None


def test_a_very_long_word_is_cut_and_never_known() -> None:
    assert header_word("具体要求" * 100_000).kind == "unknown"
    assert len(core("（" * 1_000_000)) <= LONGEST_RAW


def test_a_column_that_is_read_into_no_field_is_named_unless_it_holds_people() -> None:
    words = ["序号", "检查对象", "责任领导", "具体要求", "", "责任单位"]
    roles = roles_of(words)
    assert roles is not None
    assert left_out(words, roles) == (1,)


def test_a_standing_catalogue_and_a_table_of_metadata_are_told() -> None:
    assert is_catalogue(["公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道和载体"])
    assert not is_catalogue(["公开事项", "公开内容", "公开时限"])
    assert is_metadata(["索引号", "", "发布机构", ""])
    assert not is_metadata(["序号", "具体要求"])
