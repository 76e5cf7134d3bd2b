"""Reporting dates of the covering letter."""

import time

import pytest

from db.intake.phrases.reports import reports
from tests.db.intake.phrases.golds import PLANS, gold


def read(text: str, year: int | None = 2022) -> tuple[list[tuple[str, str, int, int, int]], list[str]]:
    found, doubts = reports(text, year)
    return [(one.what, one.to, one.month, one.day, one.year_offset) for one in found], [one.kind for one in doubts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各单位要于12月6日前将工作总结报办公室。", [("工作总结", "办公室", 12, 6, 0)]),
        (
            "请于2023年1月10日前将《2022年分解表》落实情况报办公室，由办公室汇总。",
            [("《2022年分解表》落实情况", "办公室", 1, 10, 1)],
        ),
        ("请将工作总结于12月6日前以书面形式报送至局办公室汇总。", [("工作总结", "局办公室", 12, 6, 0)]),
        (
            "请于11月15日前，将自查报告和整改情况表报送综合处（邮箱略）。",
            [("自查报告和整改情况表", "综合处", 11, 15, 0)],
        ),
        ("请于次年1月10日前将总结反馈给综合处。", [("总结", "综合处", 1, 10, 1)]),
        ("请于年底前将总结报办公室。", [("总结", "办公室", 12, 31, 0)]),
        ("请于6月底前将信息公开年报报送办公室。", [("信息公开年报", "办公室", 6, 30, 0)]),
        ("请于2月底前将总结报办公室。", [("总结", "办公室", 2, 28, 0)]),
        ("请于4月20日（星期三）前将总结报综合处。", [("总结", "综合处", 4, 20, 0)]),
        ("请于4月20日前向综合处报送总结。", [("总结", "综合处", 4, 20, 0)]),
        ("2月3日前将名单、2月7日前将总结报送办公室。", [("名单", "办公室", 2, 3, 0), ("总结", "办公室", 2, 7, 0)]),
        (
            "各单位每季度末月20日前将进展情况报办公室。",
            [("进展情况", "办公室", month, 20, 0) for month in (3, 6, 9, 12)],
        ),
        ("请于 2022 年 12 月 6 日前将总结报办公室。", [("总结", "办公室", 12, 6, 0)]),
        ("请于2022.12.6前将总结报办公室。", [("总结", "办公室", 12, 6, 0)]),
        ("请于十二月六日前将总结报办公室。", [("总结", "办公室", 12, 6, 0)]),
        ("请于12月6日下班前将总结报办公室。", [("总结", "办公室", 12, 6, 0)]),
        ("请于12月6日17：00前将总结（电子版）发至办公室邮箱。", [("总结", "办公室", 12, 6, 0)]),
        ("请于12月6日前，将方案以正式文件形式报送综合处。", [("方案", "综合处", 12, 6, 0)]),
        ("11月30日前完成自查，12月6日前将结果报办公室。", [("结果", "办公室", 12, 6, 0)]),
        ("12月6日前，各科室将情况报办公室汇总后报市政府办公厅。", [("情况", "办公室", 12, 6, 0)]),
        ("于6月底、12月底前将情况报办公室。", [("情况", "办公室", 6, 30, 0), ("情况", "办公室", 12, 31, 0)]),
        ("每月28日前向办公室报送数据。", [("数据", "办公室", month, 28, 0) for month in range(1, 13)]),
    ],
)
def test_what_is_handed_in_to_whom_by_when(text: str, expected: list[tuple[str, str, int, int, int]]) -> None:
    assert read(text) == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        "请于4月20日（星期五）前将总结报综合处。",
        "请于2月30日前将总结报办公室。",
        "每月30日前将数据报办公室。",
        "请于2019年4月20日前将总结报综合处。",
        "请各科室6月底前报送总结。",
        "请于12月6日前报送。",
        "请于12月6日前报，逾期不候。",
        "总结于12月6日前报市公开办备案。",
        "请于12.6前将总结报办公室。",
        "请于1 2月6日前将总结报办公室。",
        "请于12月6日0时前将总结报办公室。",
        "请于12月中旬将总结报办公室。",
        "请于3月、6月、9月底前分别将进展报办公室。",
        "每季度首月10日前将情况报办公室。",
        "每季度末将进展报办公室。",
        "办公室每季度向市公开办报送一次进展。",
        "请于印发之日起一个月内将方案报办公室。",
        "报送时间：每月25日前。",
    ],
)
def test_a_report_that_is_not_certain_is_told_and_not_made(text: str) -> None:
    assert read(text) == ([], ["report_unread"])


def test_a_second_thing_with_a_date_of_its_own_is_told() -> None:
    text = "请将总结于12月10日前报送办公室，台账于12月20日前报送办公室。"
    assert read(text) == ([("总结", "办公室", 12, 10, 0)], ["report_unread"])


def test_several_things_on_several_dates_are_told() -> None:
    found, doubts = read("请于7月5日和12月5日前将半年总结和全年总结报办公室。")
    assert [(month, day) for _, _, month, day, _ in found] == [(7, 5), (12, 5)]
    assert doubts == ["report_unread"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "上述任务均要求在12月3日前完成。",
        "按要求及时向综合处报送主动公开文件。",
        "主动公开文件5个工作日内报送。",
        "由办公室于3月31日前向社会公开。",
        "根据《关于12月6日前报送总结的通知》要求，认真落实。",
        "2022年10月28日",
        "附上报告、报表和年报。",
    ],
)
def test_what_asks_for_no_report_gives_none(text: str) -> None:
    assert read(text) == ([], [])


def test_a_bracket_says_what_is_attached_and_the_sentence_is_the_quote() -> None:
    text = "第一句。请于12月6日前将总结（包括成效，并附上工作台账及照片等）报办公室。第三句。"
    found, _ = reports(text, 2022)
    assert found[0].attachments == ("工作台账", "照片")
    assert found[0].what == "总结"
    assert found[0].quote == "请于12月6日前将总结（包括成效，并附上工作台账及照片等）报办公室。"


@pytest.mark.parametrize("plan", PLANS)
def test_the_reports_of_the_five_are_the_reviewed_ones(plan: str) -> None:
    found, doubts = reports(gold(plan).text, gold(plan).year)
    assert [(one.what, one.to, one.month, one.day, one.year_offset, one.attachments) for one in found] == [
        (one.what, one.to, one.month, one.day, one.year_offset, one.attachments) for one in gold(plan).reports
    ]
    assert doubts == ()


@pytest.mark.parametrize(
    "text", ["12月6日前将" * 20_000, "报" * 100_000, "将（" * 60_000, "12月6日报送" * 40_000 + "。", "《12月" * 60_000]
)
def test_hostile_letters_are_answered_in_time(text: str) -> None:
    begun = time.process_time()
    reports(text, None)
    assert time.process_time() - begun < 2
