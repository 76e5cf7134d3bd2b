import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from db.rules.order import FILTERS, found, list_order, matches
from db.rules.rows import Adjusted
from tests.db.rules.entries import TODAY, entry, note

IN_ORDER = [
    entry(9, due=date(2021, 2, 28)),  # overdue the longest
    entry(8, due=date(2021, 9, 9), applicability="possible"),
    entry(7, due=TODAY),
    entry(20, due=date(2021, 9, 11), kind="recurring"),
    entry(21, due=date(2021, 9, 11)),  # the same day: as the notice numbers them
    entry(3, due=date(2021, 9, 1), adjusted=date(2021, 9, 12)),  # the clerk's date counts
    entry(6, kind="standing", adjusted=date(2021, 11, 1)),  # a standing one with a date goes by it
    entry(5, due=date(2021, 12, 3), status="in_progress"),
    entry(4, kind="recurring"),
    entry(30),
    entry(1, kind="standing"),
    entry(2, kind="standing"),
    entry(11, due=date(2021, 2, 1), status="done", done_on=date(2021, 9, 1)),
    entry(12, status="done", done_on=date(2021, 3, 1)),
    entry(13, kind="standing", status="done", done_on=date(2021, 3, 1)),
    entry(10, status="done"),
    entry(14, due=date(2021, 1, 31), status="not_applicable"),
    entry(15, status="not_applicable"),
    entry(16, due=date(2021, 1, 31), applicability="not_ours"),
    entry(17, status="done", done_on=date(2021, 9, 2), applicability="not_ours"),
]


def test_the_list_runs_from_the_longest_overdue_to_what_needs_no_work() -> None:
    mixed = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert [one.position for one in sorted(mixed, key=list_order)] == [one.position for one in IN_ORDER]


SHOWN_UNDER: list[tuple[str, dict[str, Any], set[str]]] = [
    ("open without a date", {}, {"all", "open"}),
    ("in progress", {"status": "in_progress"}, {"all", "open"}),
    ("due yesterday", {"due": TODAY - timedelta(days=1)}, {"all", "open", "overdue"}),
    ("due today", {"due": TODAY}, {"all", "open", "week"}),
    ("due in seven days", {"due": TODAY + timedelta(days=7)}, {"all", "open", "week"}),
    ("due in eight days", {"due": TODAY + timedelta(days=8)}, {"all", "open"}),
    ("put off", {"due": date(2021, 9, 1), "adjusted": date(2021, 12, 1)}, {"all", "open"}),
    ("brought forward", {"due": date(2021, 12, 1), "adjusted": date(2021, 9, 1)}, {"all", "open", "overdue"}),
    ("possible", {"due": TODAY, "applicability": "possible"}, {"all", "open", "week", "possible"}),
    ("standing", {"kind": "standing"}, {"all", "open", "standing"}),
    ("standing and done", {"kind": "standing", "status": "done"}, {"all", "standing", "done"}),
    ("done late", {"due": date(2021, 1, 1), "status": "done"}, {"all", "done"}),
    (
        "not applicable",
        {"kind": "standing", "due": TODAY, "status": "not_applicable", "applicability": "possible"},
        {"all", "not_applicable"},
    ),
    ("not ours", {"due": date(2021, 1, 1), "applicability": "not_ours"}, {"not_ours"}),
    ("not ours though done", {"status": "done", "applicability": "not_ours"}, {"not_ours"}),
]


@pytest.mark.parametrize(("fields", "keys"), [(f, k) for _, f, k in SHOWN_UNDER], ids=[n for n, _, _ in SHOWN_UNDER])
def test_an_entry_is_shown_under_its_filters_and_no_other(fields: dict[str, Any], keys: set[str]) -> None:
    row = entry(**fields)
    assert {key for key, _ in FILTERS if matches(row, key, TODAY)} == keys


def test_the_filters_are_the_clerks_nine_in_order() -> None:
    names = ["全部", "未办结", "7 天内", "逾期", "待确认", "常态化", "已办结", "不适用", "非本单位"]
    assert [name for _, name in FILTERS] == names
    assert len({key for key, _ in FILTERS}) == 9


@pytest.mark.parametrize("applicability", ["ours", "not_ours"])
def test_an_unknown_filter_is_refused(applicability: str) -> None:
    with pytest.raises(KeyError):
        matches(entry(applicability=applicability), "soon", TODAY)


def test_a_week_at_the_end_of_the_calendar_does_not_overflow() -> None:
    assert matches(entry(due=date.max), "week", date.max)


FULL = replace(
    entry(
        section="一、加强政策解读",
        matter="（二）政府信息公开",
        requirement="编制 Annual 年度报告（ＰＤＦ版），3 月底前\n公布12315指挥中心热线",
        assignment="办公室牵头,各科室配合",
        leads=("广电旅游和公共服务股(行政审批服务股)",),
        responsible=("执法监督科",),
        supports=("信息中心",),
        remark="见附件",
        what_was_done="已上网公示",
        reason="重复事项",
        notes=(note("电话联系"), note("已送审\u200b稿")),
    ),
    number="一(四)3",
)
FULL = replace(FULL, deadline=replace(FULL.deadline, text="9月底前", adjusted=Adjusted(TODAY, "局长批示")))


@pytest.mark.parametrize(
    "query",
    [
        "一(四)3",
        "一（四）３",  # full width
        "加强政策解读",
        "(二)",
        "annual",
        "ANNUAL",
        "ａｎｎｕａｌ",
        "pdf",
        "12315",
        "办公室牵头，各科室",
        "广电旅游和公共服务股（行政审批服务股）",
        "执法监督科",
        "信息中心",
        "9月底前",
        "局长批示",
        "见附件",
        "上网公示",
        "重复事项",
        "电话联系",
        "送审稿",  # a zero-width space in the note
        "送\u200b审稿",  # and one in the query
        "3月底前",  # a space inside the notice's date
        "底前公布",  # and a line break
        "年度 热线",  # two words, apart
        "热线　年度",  # full-width space, other order, other fields too
        "电话 附件",
        "",
        "   ",
        "　",
        "\u200b",
    ],
)
def test_a_search_finds_each_word_in_any_text_whatever_its_width(query: str) -> None:
    assert found(FULL, query)


@pytest.mark.parametrize(
    "query",
    [
        "季度",
        "年度 季度",  # every word must be found
        "见附件已上网",  # not across two texts
        "[",
        ".*",
        "lead",
        "possible",
    ],
)
def test_a_search_finds_nothing_else(query: str) -> None:
    assert not found(FULL, query)


def test_an_entry_with_few_words_is_searched_without_its_missing_ones() -> None:
    assert found(entry(), "政府")
    assert not found(entry(), "None")
