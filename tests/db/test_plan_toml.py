"""The strict reader: what it makes of a right reading, and what it says of a wrong one."""

from dataclasses import replace
from datetime import date

import pytest

from db.errors import ReadingError
from db.intake.plan_toml import LARGEST_FILE, read_plan
from db.rules.notice import ClockRule, Deadline, NoticeUnit, OtherNumber, Quota, Report, Responsibility, Rule, Scope
from tests.db.plan_sample import NOTICE, READING, changed

NAME = "sample-2024.toml"


def refusal(toml_text: str, notice_text: str = NOTICE) -> ReadingError:
    with pytest.raises(ReadingError) as refused:
        read_plan(NAME, toml_text, notice_text)
    assert refused.value.hint
    assert refused.value.exit_code == 3
    return refused.value


def test_a_right_reading_becomes_the_notice_as_written() -> None:
    draft = read_plan(NAME, READING, NOTICE)
    assert (draft.plan, draft.agency, draft.title) == ("sample-2024", "某局", "关于印发2024年要点的通知")
    assert (draft.document_number, draft.year, draft.issued_on) == ("某局办〔2024〕1号", 2024, date(2024, 1, 5))
    assert draft.text == NOTICE
    assert draft.units[2] == NoticeUnit("服务中心", "中心", "服务中心")
    assert [task.number for task in draft.tasks] == ["1", "2", "3", "4"]
    first = draft.tasks[0]
    assert (first.section, first.matter, first.assignment) == ("一、公开规划", None, "办公室牵头，法规科配合")
    assert (first.remark, first.remark_source) == ("备注甲", "cell")
    assert first.responsibilities == (
        Responsibility("lead", "办公室", "name"),
        Responsibility("support", "法规科", "name"),
    )
    assert first.deadlines == (Deadline("6月底前", "month_end", "cell", "6月底前", month=6),)
    assert first.quotas == draft.unit_quotas == (Quota(2, "条", "quarter", "每季度不少于2条"),)
    assert draft.clock_rules == (
        ClockRule(5, "workday", "after", "max", "收到申请", "答复", "收到申请后5个工作日内答复", "1"),
    )
    assert draft.reports == (Report("总结", "办公室", 12, 6, "各单位于12月6日前将总结报办公室。", 0, ("台账",)),)
    assert draft.rules == (Rule("ledger", "要建立台账。"),)
    assert draft.other_numbers == (OtherNumber("26个领域", "count_of_things"),)


def test_the_headings_are_the_notice_s_words_for_its_columns_in_the_table_s_order() -> None:
    assert read_plan(NAME, READING, NOTICE).headings == (
        ("section", "任务"),
        ("requirement", "具体要求"),
        ("assignment", "责任科室"),
        ("deadline", "时限"),
        ("remark", "备注"),
    )
    last_first = changed('section = "任务"\n', "").replace(
        'remark = "备注"\n', 'remark = "备注"\nsection = "任务"\n', 1
    )
    assert [column for column, _ in read_plan(NAME, last_first, NOTICE).headings][-2:] == ["remark", "section"]


def test_a_notice_without_a_table_has_no_headings() -> None:
    headings = READING[READING.index("[headings]") : READING.index("[default_deadline]")]
    assert read_plan(NAME, changed(headings, ""), NOTICE).headings == ()


def test_a_task_without_its_own_deadline_takes_the_notice_s() -> None:
    default = Deadline("11月30日前", "on_day", "notice", "未写时限的均在11月30日前完成。", month=11, day=30)
    draft = read_plan(NAME, READING, NOTICE)
    assert draft.tasks[2].deadlines == (default,)
    assert draft.tasks[1].deadlines == (replace(default, kind="recurring", recurrence="FREQ=MONTHLY"),)


def test_an_inherited_row_has_the_responsibilities_of_the_row_above_as_inherited_with_their_scope() -> None:
    draft = read_plan(NAME, READING, NOTICE)
    assert draft.tasks[2].responsibilities == (Responsibility("responsible", "各科室", "inherited", Scope(("科室",))),)
    assert draft.tasks[2].assignment is None


def test_the_dates_of_two_parties_are_two_deadlines_and_one_is_ours() -> None:
    deadlines = read_plan(NAME, READING, NOTICE).tasks[3].deadlines
    assert [(one.party, one.month, one.day, one.ours) for one in deadlines] == [
        ("市直部门", 5, 1, True),
        ("镇街", 6, 1, False),
    ]
    assert {one.text for one in deadlines} == {"分别于5月1日前和6月1日前"}


def test_what_only_the_body_names_keeps_its_quote_and_is_not_listed() -> None:
    found = read_plan(NAME, READING, NOTICE).tasks[3].responsibilities[1]
    assert found == Responsibility("support", "办公室", "related", Scope((), ("办公室",)), False, "报办公室")


def test_a_notice_without_agency_title_number_and_date_has_none() -> None:
    bare = READING
    for key in ("agency", "title", "document_number", "issued_on"):
        bare = "\n".join(line for line in bare.split("\n") if not line.startswith(f"{key} ="))
    draft = read_plan(NAME, bare, NOTICE)
    assert (draft.agency, draft.title, draft.document_number, draft.issued_on) == (None, None, None, None)


def test_quotes_are_compared_without_white_space_and_with_their_punctuation() -> None:
    spaced = NOTICE.replace("法规科配合", "法规\n  科　配合")
    assert read_plan(NAME, READING, spaced).tasks[0].assignment == "办公室牵头，法规科配合"
    error = refusal(READING, NOTICE.replace("牵头，法规科", "牵头,法规科"))
    assert error.message == f"{NAME}：task[1].assignment：通知原文里没有“办公室牵头，法规科配合”"
    assert "全角半角" in error.hint


WRONG = [
    # the whole file
    ("format = 1", "format = 2", "format：应是 1，写的是 2"),
    ("format = 1", "", "format：缺少这个键"),
    ("format = 1", "format = 1\nformat = 1", "第 3 行第 11 列：不是合法的 TOML"),
    ("format = 1", "format = 1\nfomat = 1", "fomat：没有这个键"),
    ("format = 1", "format = true", "format：应是整数，写的是真假值"),
    ("format = 1", "format = " + "9" * 5000, "文件末尾或某个数值：不是合法的 TOML"),
    ("format = 1", "format = 0x" + "f" * 400, "format：应是 1，写的是 一个过大的数"),
    ("format = 1", "format = 1\nx = " + "[" * 5000, "括号套得太深"),
    ("format = 1", "a" + ".a" * 200 + " = 1", "第 2 行：英文句点过多"),
    ('plan = "sample-2024"', 'plan = "样本"', "plan：短名“样本”不合写法"),
    ('plan = "sample-2024"', 'plan = "../x"', "plan：短名“../x”不合写法"),
    ('plan = "sample-2024"', 'plan = ""', "plan：不能是空的"),
    ('agency = "某局"', 'agency = "  "', "agency：不能是空的"),
    ('agency = "某局"', 'agency = "某厅"', "agency：通知原文里没有“某厅”"),
    ("year = 2024", 'year = "2024"', "year：应是整数，写的是字符串"),
    ("year = 2024", "year = 24", "year：应在 2000 到 2100 之间，写的是 24"),
    ("issued_on = 2024-01-05", "issued_on = 2024-02-30", "第 8 行第 13 列：不是合法的 TOML"),
    (
        "issued_on = 2024-01-05",
        'issued_on = "2024-01-05"',
        "issued_on：应是日期（如 2021-10-28，不加引号），写的是字符串",
    ),
    (
        "issued_on = 2024-01-05",
        "issued_on = 2024-01-05T08:00:00",
        "issued_on：应是日期（如 2021-10-28，不加引号），写的是日期或时间",
    ),
    # the columns
    ('section = "任务"', 'section = "事务"', "headings.section：通知原文里没有“事务”"),
    ('section = "任务"', "section = 1", "headings.section：应是字符串，写的是整数"),
    ('section = "任务"', 'section = ""', "headings.section：不能是空的"),
    ('section = "任务"', 'lead = "任务"', "headings.lead：没有这个键"),
    ('requirement = "具体要求"\n', "", "headings.requirement：缺少这个键"),
    ("[headings]", "[[headings]]", "headings：应是表，写的是数组"),
    # the roster
    ('kind = "中心"', 'kind = "中心组"', "unit[3].kind：不认识“中心组”"),
    ('kind = "中心"', "", "unit[3].kind：缺少这个键"),
    ('name = "法规科"', 'name = "办公室"', "unit[2].name：“办公室”写了两次"),
    ('name = "法规科"', 'name = "财务科"', "unit[2].name：通知原文里没有“财务科”"),
    ('quote = "法规科配合"', 'quote = "办公室牵头"', "unit[2].quote：出处里没有“法规科”"),
    # tasks
    ('number = "2"', 'number = "1"', "task[2].number：编号 1 写了两次"),
    ('number = "2"', "number = 2", "task[2].number：应是字符串，写的是整数"),
    ('requirement = "公开决算。"', "", "task[3].requirement：缺少这个键"),
    ('requirement = "公开决算。"', 'requirement = "公开结算。"', "task[3].requirement：通知原文里没有“公开结算。”"),
    (
        'requirement = "公开决算。"',
        'requirement = """公开\n决算。"""',
        "task[3].requirement：含有换行或控制字符",
    ),
    ('section = "一、公开规划"', 'sction = "一、公开规划"', "task[1].sction：没有这个键"),
    ('section = "一、公开规划"', 'matter = "二、公开规划"', "task[1].matter：通知原文里没有“二、公开规划”"),
    ('remark = "备注甲"', 'remark = "备注乙"', "task[1].remark：通知原文里没有“备注乙”"),
    ('remark = "备注甲"', 'remark_source = "cell"', "task[1].remark：缺少这个键，写了 remark_source 就要写"),
    (
        'remark = "备注甲"',
        'remark = "备注甲"\nremark_source = "table"',
        "task[1].remark_source：不认识“table”",
    ),
    ('inherits = "2"', 'inherits = "4"', "task[3].inherits：前面没有编号 4 的任务"),
    ('inherits = "2"', 'inherits = "3"', "task[3].inherits：前面没有编号 3 的任务"),
    ('inherits = "2"', 'inherits = "9"', "task[3].inherits：前面没有编号 9 的任务"),
    ('inherits = "2"', 'inherits = "2"\nassignment = "各科室"', "task[3].assignment：写了 inherits 就不写这个键"),
    ('inherits = "2"', 'inherits = "2"\nresponsibilities = []', "task[3].responsibilities：写了 inherits 就不写这个键"),
    ('inherits = "2"', 'assignment = "各科室"', "task[3].responsibilities：有责任栏却没有责任单位"),
    # responsibilities
    ('{ role = "lead", name = "办公室" }', '"办公室"', "task[1].responsibilities[1]：应是表，写的是字符串"),
    ('role = "lead"', 'role = "head"', "task[1].responsibilities[1].role：不认识“head”"),
    ('role = "lead", name = "办公室"', 'role = "lead"', "task[1].responsibilities[1].name：缺少这个键"),
    ('name = "法规科" },', 'name = "各科室" },', "task[1].responsibilities[2].name：责任栏里没有“各科室”"),
    ('name = "法规科" },', 'name = "配合" },', "task[1].responsibilities[2].name：单位名册里没有“配合”"),
    (
        'role = "support", name = "法规科" }',
        'role = "lead", name = "办公室" }',
        "task[1].responsibilities：同一单位以同一角色写了两次",
    ),
    ('through = "group"', 'through = "inherited"', "task[2].responsibilities[1].through：不认识“inherited”"),
    (', through = "group"', "", "task[2].responsibilities[1].kinds：点名的单位不写范围"),
    (', kinds = ["科室"]', "", "task[2].responsibilities[1].kinds：缺少这个键，统称要写明包括哪几类单位"),
    ('kinds = ["科室"]', 'kinds = ["处室"]', "task[2].responsibilities[1].kinds[1]：不认识“处室”"),
    ('kinds = ["科室"]', 'kinds = ["科室", "科室"]', "task[2].responsibilities[1].kinds：有重复的词"),
    ('kinds = ["科室"]', 'kinds = "科室"', "task[2].responsibilities[1].kinds：应是数组，写的是字符串"),
    (
        'kinds = ["科室"]',
        'kinds = ["科室"], except_named = 1',
        "task[2].responsibilities[1].except_named：应是 true 或 false，写的是整数",
    ),
    ('units = ["办公室"]', 'units = ["法规处"]', "task[4].responsibilities[2].units[1]：单位名册里没有“法规处”"),
    ('units = ["办公室"]', 'units = ["办公室", "办公室"]', "task[4].responsibilities[2].units：有重复的单位"),
    (
        'listed = false, quote = "报办公室"',
        "listed = false",
        "task[4].responsibilities[2].quote：缺少这个键，listed 为 false 时要写",
    ),
    (
        'quote = "报办公室"',
        'quote = "报党组"',
        "task[4].responsibilities[2].quote：通知原文里没有“报党组”",
    ),
    # quotas, clocks, reports, rules, other numbers
    ("target = 2, counter", "target = 0, counter", "task[1].quotas[1].target：应在 1 到 100000 之间，写的是 0"),
    (
        'target = 2, counter = "条"',
        'target = 101, counter = "%"',
        "task[1].quotas[1].target：应在 1 到 100 之间，写的是 101",
    ),
    ("target = 2, counter", "target = 2.5, counter", "task[1].quotas[1].target：应是整数，写的是小数"),
    ('period = "quarter", quote', 'period = "week", quote', "task[1].quotas[1].period：不认识“week”"),
    ('"每季度不少于2条" }', '"每季度不少于3条" }', "task[1].quotas[1].quote：通知原文里没有“每季度不少于3条”"),
    ('"每季度不少于2条" }', '"每季度不少于2条", also = ["两条"] }', "task[1].quotas[1].also[1]：通知原文里没有“两条”"),
    (
        "[[unit_quota]]\ntarget = 2",
        "[[unit_quota]]\ntarget = -1",
        "unit_quota[1].target：应在 1 到 100000 之间，写的是 -1",
    ),
    ("[[unit_quota]]", "[unit_quota]", "unit_quota：应是数组，写的是表"),
    ("days = 5", "days = 0", "clock_rule[1].days：应在 1 到 3660 之间，写的是 0"),
    ('day_kind = "workday"', 'day_kind = "work"', "clock_rule[1].day_kind：不认识“work”"),
    ('direction = "after"', 'direction = "since"', "clock_rule[1].direction：不认识“since”"),
    ('bound = "max"', 'bound = "most"', "clock_rule[1].bound：不认识“most”"),
    ('trigger = "收到申请"', 'trigger = ""', "clock_rule[1].trigger：不能是空的"),
    ('task = "1"', 'task = "5"', "clock_rule[1].task：没有编号 5 的任务"),
    ("month = 12\nday = 6", "month = 12\nday = 32", "report[1].day：应在 1 到 31 之间，写的是 32"),
    ("month = 12\nday = 6", "month = 12", "report[1].day：缺少这个键"),
    ("day = 6", "day = 6\nyear_offset = 9", "report[1].year_offset：应在 0 到 5 之间，写的是 9"),
    ('attachments = ["台账"]', "attachments = [1]", "report[1].attachments[1]：应是字符串，写的是整数"),
    ('kind = "ledger"', 'kind = "duties"', "rule[1].kind：不认识“duties”"),
    ('text = "要建立台账。"', 'text = "要建立账册。"', "rule[1].text：通知原文里没有“要建立账册。”"),
    ('reason = "count_of_things"', 'reason = "other"', "other_number[1].reason：不认识“other”"),
    ('text = "26个领域"', 'text = "27个领域"', "other_number[1].text：通知原文里没有“27个领域”"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_reading_is_refused_naming_file_key_and_reason(old: str, new: str, said: str) -> None:
    assert refusal(changed(old, new)).message == f"{NAME}：{said}"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('name = "办公室"\nkind', 'nmae = 1\nname = "办公室"\nkind', "unit[1]"),
        ('role = "lead"', 'nmae = 1, role = "lead"', "task[1].responsibilities[1]"),
        ("{ target = 2", "{ nmae = 1, target = 2", "task[1].quotas[1]"),
        ('{ party = "镇街"', '{ nmae = 1, party = "镇街"', "task[4].deadline.dates[2]"),
        ("days = 5", "days = 5\nnmae = 1", "clock_rule[1]"),
        ("month = 12", "month = 12\nnmae = 1", "report[1]"),
        ('text = "要建立台账。"', 'text = "要建立台账。"\nnmae = 1', "rule[1]"),
        ('reason = "count', 'nmae = 1\nreason = "count', "other_number[1]"),
    ],
)
def test_an_unknown_key_is_refused_in_every_table(old: str, new: str, place: str) -> None:
    assert refusal(changed(old, new)).message == f"{NAME}：{place}.nmae：没有这个键"


@pytest.mark.parametrize(("old", "place"), [("days = 5", "clock_rule[1]"), ("month = 12", "report[1]")])
def test_other_wordings_must_stand_in_the_text_too(old: str, place: str) -> None:
    message = refusal(changed(old, old + '\nalso = ["5个工作日内答复", "七日"]')).message
    assert message == f"{NAME}：{place}.also[2]：通知原文里没有“七日”"


def test_a_reading_without_tasks_is_refused() -> None:
    assert refusal(READING[: READING.index("[[task]]")]).message == f"{NAME}：task：一项任务也没有"


def test_an_empty_file_is_refused() -> None:
    assert refusal("").message == f"{NAME}：format：缺少这个键"


def test_the_whole_bureau_cannot_be_a_unit() -> None:
    error = refusal(changed('name = "服务中心"\nkind', 'name = "全局"\nkind'), NOTICE + "全局")
    assert error.message == f"{NAME}：unit[3].name：“全局”不能作单位名"


def test_an_unknown_word_s_hint_names_the_known_ones() -> None:
    assert refusal(changed('kind = "中心"', 'kind = "中心组"')).hint == "可以写：科室、所队、中心、属下单位、其他。"


def test_an_unknown_key_s_hint_names_the_known_ones() -> None:
    assert "requirement" in refusal(changed('section = "一、公开规划"', 'sction = "一、公开规划"')).hint


@pytest.mark.parametrize("spare", [0, 1])
def test_a_reading_or_a_text_over_one_megabyte_is_refused_and_one_of_exactly_that_size_is_not(spare: int) -> None:
    reading = READING + "#" + "x" * (LARGEST_FILE - len(READING.encode()) - 1 + spare)
    notice = NOTICE + "x" * (LARGEST_FILE - len(NOTICE.encode()) + spare)
    if spare:
        assert refusal(reading).message == f"{NAME}：超过 1 MB，不像是一份通知"
        assert refusal(READING, notice).message == f"{NAME} 的通知原文：超过 1 MB，不像是一份通知"
    else:
        assert len(read_plan(NAME, reading, notice).tasks) == 4


def test_a_message_repeats_a_wrong_value_cut_and_without_what_could_move_the_cursor() -> None:
    error = refusal(changed('agency = "某局"', 'agency = "\u202e' + "长" * 100 + '"'))
    assert error.message == f"{NAME}：agency：通知原文里没有“�{'长' * 39}…”"
