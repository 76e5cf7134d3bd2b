"""Amounts: notice-patterns.md, section 5, and whom a sentence asks."""

import pytest

from db.intake.phrases.quotas import quotas, unit_wide
from db.rules.said import Quota


def shapes(found: tuple[Quota, ...]) -> list[tuple[int, str, str]]:
    return [(one.target, one.counter, one.period) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每季度不少于2条", [(2, "条", "quarter")]),
        ("每年不少于10条公开信息", [(10, "条", "year")]),
        ("每季度不少于2条公开信息、每年不少于10条公开信息", [(2, "条", "quarter"), (10, "条", "year")]),
        ("专栏每月至少更新2条信息", [(2, "条", "month")]),
        ("每 月至少更新 2 条信息", [(2, "条", "month")]),
        ("每年至少更新一次", [(1, "次", "year")]),
        ("每年至少听取1次", [(1, "次", "year")]),
        ("每项不得少于1次", [(1, "次", "item")]),
        ("每项决策不得少于1次", [(1, "次", "item")]),
        ("解读率不得低于 60%", [(60, "%", "year")]),
        ("解读率不低于６０％", [(60, "%", "year")]),
        ("多形式解读率达到80%", [(80, "%", "year")]),
        ("多元化解读，不低于60%", [(60, "%", "year")]),
        ("每季度解读材料比例不低于50%", [(50, "%", "quarter")]),
        ("公开率靠前，解读率不低于60%", [(60, "%", "year")]),
        ("每季度不少于1次；多元化解读率不低于60%。", [(1, "次", "quarter"), (60, "%", "year")]),
        ("2次/年", [(2, "次", "year")]),
        ("1次/季度", [(1, "次", "quarter")]),
        ("全年开展活动2次以上", [(2, "次", "year")]),
        ("每季度召开1次会议", [(1, "次", "quarter")]),
        ("每月一期", [(1, "期", "month")]),
        ("每个月至少十二篇", [(12, "篇", "month")]),
        ("年内举办不少于3场", [(3, "场", "year")]),
        ("每月≥2条", [(2, "条", "month")]),
    ],
)
def test_an_amount_is_read_without_a_doubt(text: str, expected: list[tuple[int, str, str]]) -> None:
    found, doubts = quotas(text)
    assert shapes(found) == expected
    assert not doubts


@pytest.mark.parametrize(
    "text",
    [
        "26个领域",
        "三个重点栏目",
        "〔2019〕60号",
        "12345热线、“12315”平台",
        "一项重要工作",
        "完成一项、销账一项",
        "开展二次解读",
        "信息一次入库",
        "第一个检索结果页面",
        "每年第一次会议",
        "每年评选10个先进",
        "《每年不少于2次》",
        "办结时间压缩50%",
        "利率5%",
        "征求意见不少于30天",
        "至少提前3个工作日",
        "每年3月底前",
        "每月5日前",
        "至少",
        "",
    ],
)
def test_a_number_that_asks_for_nothing_is_no_amount(text: str) -> None:
    assert quotas(text) == ((), ())


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("每年至少组织1—2次专题培训", [(1, "次", "year")], "quota_range"),
        ("每年至少组织一至两次专题培训", [(1, "次", "year")], "quota_range"),
        ("至少1次", [(1, "次", "year")], "quota_unread"),
        ("不少于3家媒体", [(3, "家", "year")], "quota_unread"),
        ("20户", [(20, "户", "year")], "quota_unread"),
        ("每季度开展自查,查找问题不少于3个", [(3, "个", "quarter")], "quota_unread"),
        ("每周至少1篇", [], "quota_unread"),
        ("每两个月组织1次", [], "quota_unread"),
        ("每双月1期", [], "quota_unread"),
        ("半年不少于1次", [], "quota_unread"),
        ("一月一次", [], "quota_unread"),
        ("上半年、下半年各1次", [], "quota_unread"),
        ("每年3月、9月各开展1次", [(1, "次", "year")], "quota_unread"),
        ("每名干部每年至少1次", [(1, "次", "year")], "quota_unread"),
        ("人均每年不少于2篇", [(2, "篇", "year")], "quota_unread"),
        ("公开率100%", [], "quota_unread"),
        ("答复率为100%", [], "quota_unread"),
        ("全面核对办事指南，准确率达到100%。", [], "quota_unread"),
        ("每季度抽查比例不低于5%", [], "quota_unread"),
        ("按时办结率不低于95%", [], "quota_unread"),
        ("政策解读覆盖率达到100%", [], "quota_unread"),
        ("政策解读满意度不低于90%", [], "quota_unread"),
        ("不低于5%", [], "quota_unread"),
        ("每半年不少于1次；多元化解读率不低于60%。", [(60, "%", "year")], "quota_unread"),
        ("每半年多元化解读率不低于60%。", [], "quota_unread"),
        ("解读率100%", [(100, "%", "year")], "quota_unread"),
        ("信息量增长不低于10%", [], "quota_unread"),
        ("公开率达到百分之九十五以上", [], "quota_unread"),
        ("每年不少于1.5万条", [], "quota_unread"),
        ("每年不少于1,000条", [], "quota_unread"),
        ("每年培训不少于4学时", [], "quota_unread"),
        ("每半年至少1次", [], "quota_unread"),
        ("每月不超过5条", [], "quota_unread"),
        (">=1", [], "quota_unread"),
        ("=1", [], "quota_unread"),
        ("每月不少于2", [], "quota_unread"),
        ("不少于1.5%", [], "quota_unread"),
        ("每年至少1 0次", [], "quota_unread"),
        ("每年至少0次", [], "quota_unread"),
        ("解读率不低于101%", [], "quota_unread"),
        ("每年不少于1000000条", [], "quota_unread"),
        ("每年至少2-1次", [], "quota_unread"),
    ],
)
def test_an_amount_that_is_not_sure_is_told(text: str, expected: list[tuple[int, str, str]], kind: str) -> None:
    found, (doubt,) = quotas(text)
    assert shapes(found) == expected
    assert (doubt.kind, doubt.blocks) == (kind, False)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("按要求,甲部门每年至少更新一次“数据”集。做好公开。", "甲部门每年至少更新一次“数据”集"),
        ("设立专栏（专栏每月至少更新2条信息）。", "专栏每月至少更新2条信息"),
        ("邀请代表列席会议,每项决策不得少于1次,向社会公开。", "邀请代表列席会议,每项决策不得少于1次"),
        ("每项决策不得少于1次,向社会公开。", "每项决策不得少于1次"),
        ("合理选择形式，解读率不得低于 60%。", "解读率不得低于 60%"),
    ],
)
def test_the_quote_is_the_clause_as_written(text: str, quote: str) -> None:
    assert quotas(text)[0][0].quote == quote


@pytest.mark.parametrize(
    "text",
    [
        "各责任科室需严格做到每季度不少于2条公开信息",
        "各科室每季度不少于2条",
        "各处室、单位每季度至少报送2条",
        "各股室、属下单位每季度不少于2条",
        "各责任处室（单位）每季度不少于2条",
        "请各直属单位每季度不少于2条",
        "全局各科、所、队每季度不少于2条",
        "各科室要高度重视,每季度不少于2条",
        "每个科室每季度不少于2条",
    ],
)
def test_an_amount_of_every_unit_is_none_of_the_row(text: str) -> None:
    assert shapes(unit_wide(text)[0]) == [(2, "条", "quarter")]
    assert quotas(text) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "市直有关部门每季度不少于2条",
        "市直各部门、各市（区）政府主要负责同志每季度不少于2条",
        "各镇（街）每季度不少于2条",
        "各相关科室每季度不少于2条",
        "各涉及单位每季度不少于2条",
        "办公室每季度不少于2条",
        "各科室要高度重视,由办公室组织,每季度不少于2条",
        "各科室做好公开。每季度不少于2条",
        "每季度不少于2条",
    ],
)
def test_an_amount_of_anybody_else_is_that_of_the_row(text: str) -> None:
    assert shapes(quotas(text)[0]) == [(2, "条", "quarter")]
    assert unit_wide(text) == ((), ())


def test_a_doubt_of_an_amount_goes_with_it() -> None:
    text = "各科室每年至少组织1—2次培训"
    assert quotas(text) == ((), ())
    assert [doubt.kind for doubt in unit_wide(text)[1]] == ["quota_range"]


def test_the_texts_of_several_columns_of_amounts_are_each_read() -> None:
    assert shapes(quotas("20户 每季度1次")[0]) == [(20, "户", "year"), (1, "次", "quarter")]
    found, (doubt,) = quotas("每季度1次 20户")
    assert shapes(found) == [(1, "次", "quarter"), (20, "户", "year")]
    assert (doubt.kind, doubt.text) == ("quota_unread", "20户")


def test_the_same_amount_twice_in_a_clause_is_one() -> None:
    assert len(quotas("每年至少1次、每年至少1次")[0]) == 1


def test_a_text_that_is_too_long_is_read_in_part_and_asked_about() -> None:
    found, (doubt,) = quotas("每年至少1次。" + "公" * 60_000)
    assert len(found) == 1
    assert (doubt.kind, doubt.blocks) == ("quota_unread", True)
