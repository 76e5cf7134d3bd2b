"""The readings against tables typed from the notices by hand: roles, units, scopes, dates, quotas, clocks."""

import pytest

from db.rules.notice import Scope
from db.rules.words import UNIT_KINDS
from tests.seeds.golden import DEADLINES, RESPONSIBILITIES
from tests.seeds.shelf import NUMBERS, PLANS, bare, brief_task, draft, notice_text, task

on_every_plan = pytest.mark.parametrize("plan", PLANS)

ROSTERS = {
    "jiangmen-2021": {
        "科室": "办公室 综合规划科 登记注册科 执法监督科 价监竞争科 财审科 认证信息科 协调应急科 食品市场科 政策法规科",
        "属下单位": "市质计所 市标码所 省特检院江门检测院",
        "其他": "消委会",
    },
    "liupanshui-2020": {
        "科室": "办公室 登记注册科 应急宣传科 政策法规科 信用监管科 科技与信息化科 网络值班科室",
        "所队": "执法支队",
        "其他": "局政务公开领导小组办公室",
    },
    "jiangmen-culture-2021": {"科室": "办公室 广电旅游和公共服务股(行政审批服务股) 市场执法股 计划财务股"},
    "hubei-2022": {
        "科室": "办公室 综合处 信用处 稽查处 反垄断处 价监竞争处 特设处 质量监督处 法规处 宣传处 人事处 注册处",
        "中心": "信息中心 12315指挥中心",
        "属下单位": "省纤检局 食品稽查局",
        "其他": "机关党委",
    },
    "jiading-2021": {"科室": "注册许可科 办公室 法规科 信用监管科"},
}

ANY = Scope(UNIT_KINDS)
OFFICES = Scope(("科室",))
SCOPES = {
    **dict.fromkeys(
        ("各科室、单位", "各科室、各单位", "各处室、单位", "各业务科室、单位", "各相关处室、单位", "等"), ANY
    ),
    "疫情防控各工作组、各专班及相关科室、单位": ANY,
    **dict.fromkeys(
        ("各科室", "各处室", "各股室", "各业务科室", "各涉及科室", "各相关科室", "各相关业务科室"), OFFICES
    ),
    **dict.fromkeys(("各专项规划涉及科室", "食品相关处室", "政策文件起草处室", "文件起草部门"), OFFICES),
    "属下单位": Scope(("属下单位",)),
    "其他股室及属下单位": Scope(("科室", "属下单位"), except_named=True),
    "各直属事业单位": Scope(("中心", "属下单位")),
    "局机关科室、中心、执法支队": Scope(("科室", "中心"), ("执法支队",)),
    "局机关科室、中心": Scope(("科室", "中心")),
    "办公室": Scope((), ("办公室",)),
}


def same_members(one: Scope, other: Scope) -> bool:
    return (set(one.kinds), set(one.units), one.except_named) == (
        set(other.kinds),
        set(other.units),
        other.except_named,
    )


@on_every_plan
def test_each_task_has_the_units_and_roles_of_the_notice(plan: str) -> None:
    assert set(RESPONSIBILITIES[plan]) == set(NUMBERS[plan])
    read = {number: sorted(brief_task(plan, number).split(" ")) for number in NUMBERS[plan]}
    assert read == {number: sorted(RESPONSIBILITIES[plan][number].split(" ")) for number in NUMBERS[plan]}


@on_every_plan
def test_each_group_phrase_takes_in_the_kinds_that_its_words_say(plan: str) -> None:
    for one in (one for row in draft(plan).tasks for one in row.responsibilities if one.scope):
        expected = ANY if one.name.startswith("按照《") else SCOPES[one.name]
        assert one.scope is not None
        assert same_members(one.scope, expected), one.name


@on_every_plan
def test_the_roster_is_that_of_the_notice(plan: str) -> None:
    read = {(unit.kind, unit.name) for unit in draft(plan).units}
    assert read == {(kind, name) for kind, names in ROSTERS[plan].items() for name in names.split(" ")}


@on_every_plan
def test_each_task_has_the_dates_of_the_notice(plan: str) -> None:
    read = {
        row.number: (row.deadlines[0].kind, tuple((one.month, one.day) for one in row.deadlines if one.month))
        for row in draft(plan).tasks
        if row.deadlines
    }
    assert read == DEADLINES[plan]


def test_jiangmen_takes_its_default_date_from_the_notice_and_only_two_rows_have_their_own() -> None:
    own = {row.number for row in draft("jiangmen-2021").tasks if row.deadlines[0].source != "notice"}
    assert own == {"24", "29"}
    parties = [(one.party, one.ours) for one in task("jiangmen-2021", "29").deadlines]
    assert parties == [("市直有关部门", True), ("各市（区）基层部门", False)]
    rules = {n: task("jiangmen-2021", n).deadlines[0].recurrence for n in ("9", "12", "34")}
    assert rules == {"9": "FREQ=YEARLY", "12": "FREQ=MONTHLY", "34": "FREQ=YEARLY"}


def test_only_the_january_of_hubei_lies_in_the_next_year() -> None:
    late = [
        (plan, row.number) for plan in PLANS for row in draft(plan).tasks for one in row.deadlines if one.year_offset
    ]
    assert late == [("hubei-2022", "21")]
    assert [report.year_offset for report in draft("hubei-2022").reports] == [1]


QUOTAS = {
    ("jiangmen-2021", "9", 1, "次", "year"),
    ("jiangmen-2021", "12", 2, "条", "month"),
    ("jiangmen-2021", "34", 1, "次", "year"),
    ("liupanshui-2020", "四(二)", 1, "次", "year"),
    ("liupanshui-2020", None, 2, "条", "quarter"),
    ("liupanshui-2020", None, 10, "条", "year"),
    ("jiangmen-culture-2021", "7", 1, "次", "year"),
    ("jiangmen-culture-2021", "28", 1, "次", "year"),
    ("jiading-2021", "9", 60, "%", "year"),
    ("jiading-2021", "18", 1, "次", "item"),
}
CLOCKS = {
    ("hubei-2022", None, 20, "workday", "after", "max"),
    ("hubei-2022", None, 30, "calendar", "after", "min"),
    ("hubei-2022", None, 5, "workday", "after", "max"),
    ("hubei-2022", None, 7, "workday", "after", "max"),
    ("jiading-2021", "13", 5, "workday", "after", "max"),
    ("jiading-2021", "13", 1, "workday", "after", "max"),
    ("jiading-2021", "17", 10, "workday", "after", "max"),
    ("jiading-2021", "19", 3, "workday", "before", "max"),
}


def test_the_quotas_are_these_ten_and_no_number_of_things_is_one() -> None:
    of_tasks = [
        (p, row.number, q.target, q.counter, q.period) for p in PLANS for row in draft(p).tasks for q in row.quotas
    ]
    of_units = [(p, None, q.target, q.counter, q.period) for p in PLANS for q in draft(p).unit_quotas]
    assert len(of_tasks) + len(of_units) == len(QUOTAS)
    assert {*of_tasks, *of_units} == QUOTAS


def test_the_clock_rules_are_these_eight() -> None:
    found = [(p, r.task, r.days, r.day_kind, r.direction, r.bound) for p in PLANS for r in draft(p).clock_rules]
    assert len(found) == len(CLOCKS)
    assert set(found) == CLOCKS


def test_two_notices_ask_for_a_report_to_the_office() -> None:
    found = [(p, r.to, r.year_offset, r.month, r.day) for p in PLANS for r in draft(p).reports]
    assert found == [("jiangmen-2021", "办公室", 0, 12, 6), ("hubei-2022", "办公室", 1, 1, 10)]
    attachments = [bare(name) for name in draft("jiangmen-2021").reports[0].attachments]
    assert attachments == ["政务公开工作台账", "在媒体和网站公开的图片资料"]


def test_the_rules_for_everybody_have_the_kinds_that_the_notices_set() -> None:
    kinds = {plan: {rule.kind for rule in draft(plan).rules} for plan in PLANS}
    assert kinds["jiangmen-2021"] >= {"ledger", "evidence", "assessment", "duty"}
    assert kinds["liupanshui-2020"] >= {"ledger", "look_back", "assessment", "training", "quota", "duty"}
    assert kinds["hubei-2022"] >= {"time_limit", "ledger", "look_back", "review", "interpretation"}
    assert kinds["jiangmen-culture-2021"] == set()


def test_what_the_body_of_jiading_adds_is_a_remark_and_the_notice_s_own_remarks_are_cells() -> None:
    body = {row.number for row in draft("jiading-2021").tasks if row.remark_source == "body"}
    assert body >= {"15", "23"}
    assert {row.remark_source for row in draft("jiading-2021").tasks} == {None, "body"}
    assert "3月31日前" in (task("jiading-2021", "15").remark or "")
    cells = {row.number for row in draft("jiangmen-2021").tasks if row.remark}
    assert cells == {"9", "10", "13"}


def test_the_sections_of_jiading_are_the_whole_headings_of_its_body() -> None:
    first_rows = {
        "一、进一步夯实政务公开工作基础": 1,
        "二、进一步提高解读和回应实效": 7,
        "三、进一步推进更高水平决策公开和公众参与": 15,
        "四、进一步加强政务公开标准化规范化建设": 21,
        "五、进一步优化重点领域信息公开": 25,
        "六、进一步强化平台建设和工作保障": 30,
    }
    expected = {n: max((row, name) for name, row in first_rows.items() if row <= n)[1] for n in range(1, 33)}
    assert {int(row.number): row.section for row in draft("jiading-2021").tasks} == expected
    assert set(first_rows) <= set(notice_text("jiading-2021").splitlines())
