"""Every number and date of a notice is either carried by the reading or listed as setting nothing, with a reason.

The reasons are a closed list, and each is checked against a pattern, so that no limit hides among them.
"""

import re
from datetime import date

import pytest

from db.intake.plan_toml import OTHER_NUMBER_REASONS
from tests.seeds.shelf import PLANS, bare, bare_text, draft, raw, strings_under
from tests.seeds.tables import row_number_places

NUMERAL = "一二三四五六七八九十两"
MEASURE = "次|条|个|项|天|日|件|张|份|家|户|名|种|类|期|遍|页|篇|章|季度|周年"
NUMBER = re.compile(rf"\d+(?:[—-]\d+)?|[{NUMERAL}]+(?:[—-][{NUMERAL}]+)?(?:{MEASURE})|百分之[{NUMERAL}]+")
"""Any digits, and a Chinese numeral before a measure word (the numeral of 一网通办 or 一、 counts nothing)."""

LIMIT = re.compile(r"至少|不少于|不得|不低于|工作日|每[年月季周日项]|\d月|\d+日|月底|年底|\d天|\d%|\d条|\d次")
"""Words that set a limit: none of them may stand in a number that is said to set nothing."""

REASONS = {
    "cited_document": re.compile(
        r"〔\d{4}〕\d+号|《[^》]*\d{4}年[^》]*》|附件\d|\d{4}年(?:度|以来)?[^，,]*(?:要点|方案|任务|要求|文件)$"
    ),
    "count_of_things": re.compile(rf"(?:\d+|[{NUMERAL}]+)(?:{MEASURE})"),
    "name": re.compile(
        rf"12345|12315|“[^”]*[{NUMERAL}][^”]*”|\d{{4}}年度?[^，,]*(?:要点|分工方案|分解表|台账|考核|工作)$"
        rf"|[{NUMERAL}](?:网|次|件|方|年度|中、)"
    ),
    "issue_date": re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?:印发)?$"),
}

on_every_plan = pytest.mark.parametrize("plan", PLANS)


def annotations(plan: str) -> set[str]:
    """The pieces of text that the reading carries a number from: not its rules and not its requirements."""
    document = raw(plan)
    carriers = [document.get(key) for key in ("default_deadline", "unit_quota", "clock_rule", "report")]
    carriers += [task.get(key) for task in document["task"] for key in ("deadline", "quotas")]
    found = {value for _, value in strings_under(carriers, frozenset({"text", "quote", "also"}))}
    found |= {value for key, value in document.items() if key in ("title", "document_number")}
    issued = draft(plan).issued_on
    if issued:
        found.add(f"{issued.year}年{issued.month}月{issued.day}日")
    return {bare(piece) for piece in found}


def covered_by(pieces: set[str], text: str) -> set[int]:
    found: set[int] = set()
    for piece in pieces:
        at = text.find(piece)
        while at >= 0:
            found.update(range(at, at + len(piece)))
            at = text.find(piece, at + 1)
    return found


def uncovered(text: str, covered: set[int]) -> list[str]:
    """Every number with a sign outside, shown with what stands around it."""
    return [
        text[max(0, found.start() - 8) : found.end() + 8]
        for found in NUMBER.finditer(text)
        if not covered.issuperset(range(found.start(), found.end()))
    ]


@on_every_plan
def test_every_number_of_the_text_is_carried_or_listed_with_a_reason(plan: str) -> None:
    listed = {bare(one.text) for one in draft(plan).other_numbers}
    text = bare_text(plan)
    covered = covered_by(annotations(plan) | listed, text) | row_number_places(plan)
    assert uncovered(text, covered) == []


@on_every_plan
def test_every_listed_number_has_a_reason_that_its_words_bear_out(plan: str) -> None:
    wrong = [one for one in draft(plan).other_numbers if not REASONS[one.reason].search(bare(one.text))]
    assert wrong == []


@on_every_plan
def test_no_limit_is_listed_as_a_number_that_sets_nothing(plan: str) -> None:
    others = [one.text for one in draft(plan).other_numbers if one.reason != "issue_date"]
    assert [text for text in others if LIMIT.search(bare(text))] == []


@on_every_plan
def test_an_issue_date_is_the_day_of_issue_or_of_printing_within_the_week(plan: str) -> None:
    for one in draft(plan).other_numbers:
        if one.reason == "issue_date":
            year, month, day = (int(number) for number in re.findall(r"\d+", one.text))
            issued = draft(plan).issued_on
            assert issued is not None
            assert 0 <= (date(year, month, day) - issued).days <= 7


@on_every_plan
def test_no_number_is_listed_twice_and_every_listed_one_holds_a_number(plan: str) -> None:
    texts = [bare(one.text) for one in draft(plan).other_numbers]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if not re.search(rf"[\d{NUMERAL}]", text)] == []


def test_the_patterns_cover_exactly_the_closed_list_of_reasons() -> None:
    assert set(REASONS) == set(OTHER_NUMBER_REASONS)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("每年至少更新一次数据集", ["一次"]),
        ("组织1—2次培训", ["1—2"]),
        ("不得低于60%", ["60"]),
        ("3月31日前", ["3", "31"]),
        ("办公开办函〔2019〕60号", ["2019", "60"]),
        ("百分之六十以上", ["百分之六十"]),
        ("三个重点栏目、十五天", ["三个", "十五天"]),
        ("一网通办、一、统一平台、“六稳”", []),
    ],
)
def test_a_number_is_seen(text: str, numbers: list[str]) -> None:
    assert NUMBER.findall(text) == numbers


def test_a_number_half_covered_is_not_covered() -> None:
    text = "在10个工作日内答复"
    assert uncovered(text, covered_by({"0个工作日"}, text)) == [text[:11]]
    assert uncovered(text, covered_by({"10个工作日"}, text)) == []


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("cited_document", "12月3日前"),
        ("count_of_things", "2021年"),
        ("name", "60%"),
        ("issue_date", "11月20日前"),
        ("issue_date", "2021年11月20日前"),
    ],
)
def test_a_reason_that_the_words_do_not_bear_out_is_seen(reason: str, text: str) -> None:
    assert REASONS[reason].search(text) is None


@pytest.mark.parametrize("text", ["不少于10条", "3月31日", "9月底", "5个工作日", "每年1次", "30天", "60%"])
def test_a_limit_is_seen(text: str) -> None:
    assert LIMIT.search(text)
