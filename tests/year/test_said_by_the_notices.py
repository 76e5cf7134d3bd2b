"""Every quota, rate, clock, minimum and report of the five notices, as read from the documents by a second reader.

Nothing more and nothing less must stand in a ledger, each with its sentence.
"""

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.export.json_form import as_dict
from db.reads.sheet import sheet
from db.rules.rows import LedgerSheet
from tests.db.reads import slow
from tests.year.begun import opened

QUOTAS: dict[str, list[tuple[str, int, str, str, int, str]]] = {
    "liupanshui-2020": [
        ("四(二)", 1, "次", "year", 1, "每年至少组织1—2次政务公开专题培训"),
        ("各责任科室", 2, "条", "quarter", 4, "各责任科室需严格做到每季度不少于2条公开信息、每年不少于10条公开信息"),
        ("各责任科室", 10, "条", "year", 1, "各责任科室需严格做到每季度不少于2条公开信息、每年不少于10条公开信息"),
    ],
    "jiading-2021": [
        ("9", 60, "%", "year", 1, "多元化解读率不得低于 60%"),
        (
            *("18", 1, "次", "item", 1),
            "年内邀请企业代表、市民代表等利益相关方代表列席本单位决策会议,每项决策不得少于1次",
        ),
    ],
    "jiangmen-2021": [
        ("9", 1, "次", "year", 1, "市直有关部门每年至少更新一次“开放江门”数据集"),
        ("12", 2, "条", "month", 12, "专栏每月至少更新2条信息"),
        ("34", 1, "次", "year", 1, "市直各部门、各市（区）政府主要负责同志每年至少听取1次政务公开工作汇报"),
    ],
    "jiangmen-culture-2021": [
        ("7", 1, "次", "year", 1, "市直有关部门每年至少更新一次“开放江门”数据集"),
        ("28", 1, "次", "year", 1, "市直各部门、各镇(街)主要负责同志每年至少听取1次政务公开工作汇报"),
    ],
    "hubei-2022": [],
}
"""Where, target, counter, period, how many periods a year has, sentence; 各责任科室 is every responsible unit."""

CLOCKS: dict[str, list[tuple[str | None, int, str, str, str, str]]] = {
    "liupanshui-2020": [],
    "jiading-2021": [
        (
            *("13", 5, "workday", "after", "max"),
            "通过网上领导信箱、人民建议征集信箱、网上信访、12345 网上受理平台、网站留言等渠道收到的"
            "对政策文件的投诉建议、政策咨询，在 5 个工作日内作出首次回复",
        ),
        ("13", 1, "workday", "after", "max", "简单问题在 1 个工作日内完成答复"),
        (
            *("17", 10, "workday", "after", "max"),
            "在决策文件出台后的10个工作日内向社会公开前期意见的收集、采纳情况及较为集中意见不予采纳的原因",
        ),
        ("19", 3, "workday", "before", "max", "开展相关活动前提前3个工作日向办公室备案"),
    ],
    "jiangmen-2021": [],
    "jiangmen-culture-2021": [],
    "hubei-2022": [
        (None, 20, "workday", "after", "max", "一般政府信息20个工作日内公开"),
        (None, 30, "calendar", "after", "min", "重大决策草案公开征求意见一般不少于30天"),
        (None, 5, "workday", "after", "max", "主动公开文件5个工作日内报送"),
        (None, 7, "workday", "after", "max", "行政许可和行政处罚信息7个工作日内上网公开"),
    ],
}
"""Task (None: everybody), days, kind of days, direction, bound, sentence."""

REPORTS: dict[str, list[tuple[str, str, date, tuple[str, ...], str]]] = {
    "liupanshui-2020": [],
    "jiading-2021": [],
    "jiangmen-2021": [
        (
            *("本年度政务公开工作总结情况", "办公室", date(2021, 12, 6)),
            ("政务公开工作台账", "在媒体和网站公开的图片资料"),
            "各单位要于12月6日前将本年度政务公开工作总结情况（包括工作做法及成效，并附上政务公开工作台账及在媒体和网站公开的图片资料等）"
            "报办公室，以便汇总整理后报市政府办公室。",
        )
    ],
    "jiangmen-culture-2021": [],
    "hubei-2022": [
        (
            *("《2022年省市场监管局政务公开工作重点任务分解表》落实情况", "办公室", date(2023, 1, 10), ()),
            "请各处室、单位于2023年1月10日前将《2022年省市场监管局政务公开工作重点任务分解表》落实情况报办公室",
        )
    ],
}
"""What, to whom, by when, with what, sentence."""


@pytest.fixture(params=slow.PLANS)
def whole(request: pytest.FixtureRequest, planted: Path, tmp_path: Path) -> LedgerSheet:
    """The sheet of the whole bureau in the notice's own year."""
    plan = request.param
    file, ledger = opened(planted, tmp_path, plan, "全局", slow.notice(plan)["year"])
    try:
        return sheet(file, ledger, date(2021, 1, 1))
    finally:
        file.close()


def compact(text: str) -> str:
    """Without white space, which the documents break lines with; 全角 as 半角."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_every_quota_is_there_with_its_sentence_and_no_other(whole: LedgerSheet) -> None:
    plan = whole.ledger.plan
    rows = [(entry.number, row) for entry in whole.entries for row in entry.quotas]
    rows += [("各责任科室", row) for row in whole.unit_quotas]
    found: dict[tuple[Any, ...], int] = {}
    for where, row in rows:
        key = (where, row.target, row.counter, row.period, row.quote)
        found[key] = found.get(key, 0) + 1
    assert [(*key[:4], times, key[4]) for key, times in found.items()] == QUOTAS[plan]


def test_every_clock_rule_is_there_with_its_sentence_and_no_other(whole: LedgerSheet) -> None:
    found = [
        (rule.task, rule.days, rule.day_kind, rule.direction, rule.bound, rule.quote) for rule in whole.clock_rules
    ]
    assert found == CLOCKS[whole.ledger.plan]
    assert all(rule.trigger and rule.action and rule.source == "notice" for rule in whole.clock_rules)


def test_every_report_is_there_with_its_sentence_and_no_other(whole: LedgerSheet) -> None:
    found = [(report.what, report.to, report.due, report.attachments, report.quote) for report in whole.reports]
    assert found == REPORTS[whole.ledger.plan]


def test_the_json_carries_the_same(whole: LedgerSheet) -> None:
    plan, shape = whole.ledger.plan, json_of(whole)
    quotas = [(entry["number"], row) for entry in shape["entries"] for row in entry["quotas"]]
    quotas += [("各责任科室", row) for row in shape["unit_quotas"]]
    for where, target, counter, period, times, quote in QUOTAS[plan]:
        said = {"target": target, "counter": counter, "period": period, "quote": quote}
        assert sum(at == where and said.items() <= row.items() for at, row in quotas) == times
    assert len(quotas) == sum(row[4] for row in QUOTAS[plan])
    keys = ("days", "day_kind", "direction", "bound", "quote")
    assert [tuple(rule[key] for key in keys) for rule in shape["clock_rules"]] == [row[1:] for row in CLOCKS[plan]]
    assert [
        (row["what"], row["to"], row["due"], tuple(row["attachments"]), row["quote"]) for row in shape["reports"]
    ] == [(what, to, due.isoformat(), attached, quote) for what, to, due, attached, quote in REPORTS[plan]]


def test_every_sentence_stands_in_the_document(whole: LedgerSheet) -> None:
    plan = whole.ledger.plan
    text = compact((slow.FOLDER / f"{plan}.txt").read_text(encoding="utf-8"))
    sentences = [row[-1] for table in (QUOTAS, CLOCKS, REPORTS) for row in table[plan]]
    assert [sentence for sentence in sentences if compact(sentence) not in text] == []


def json_of(whole: LedgerSheet) -> Any:
    return as_dict(whole)
