"""What an entry is called in the draft: never cut in the middle of a phrase, a bracket or a quotation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.export.work_summary_titles import title
from db.export.work_summary_words import bare, closed, day, numeral, span

LONG = "按照《某市工作细则（试行）》相关要求，健全政策解读工作机制，规范工作流程，确保解读方案与政策文件同步。"


@pytest.mark.parametrize(
    ("requirement", "most", "called"),
    [
        ("加强公开。其他要求。", 40, "加强公开"),
        ("3．加强公开", 40, "加强公开"),
        # A clause that says only according to what is no task.
        (LONG, 20, "按照《某市工作细则（试行）》相关要求，健全政策解读工作机制"),
        (LONG, 38, "按照《某市工作细则（试行）》相关要求，健全政策解读工作机制，规范工作流程"),
        # Too short to say which task it is.
        (
            "设立专栏，重点围绕疫情发布信息，及时更新栏目。",
            20,
            "设立专栏，重点围绕疫情发布信息，及时更新栏目",
        ),
        # The comma and the 。 within brackets or quotes are no end.
        (
            "做好各类留言（含热线，不含来信。另有规定的除外）办理工作，解决问题。",
            10,
            "做好各类留言（含热线，不含来信。另有规定的除外）办理工作",
        ),
        ("回应“一件事，一次办”等社会关切的问题，并公开。", 12, "回应“一件事，一次办”等社会关切的问题"),
        # A subject is not parted from what it does.
        ("需要公开征求意见的决策草案,要通过网站发布,并反馈采纳情况。", 14, "需要公开征求意见的决策草案,要通过网站发布"),
        ("每年公开不少于1,000条政策信息，及时更新目录。", 12, "每年公开不少于1,000条政策信息"),
        # Nothing ends before: the whole sentence.
        ("做好（一个没有写完的括号，后面还有很多很多内容", 10, "做好（一个没有写完的括号，后面还有很多很多内容"),
        ("没有逗号的很长很长很长很长的一句话", 5, "没有逗号的很长很长很长很长的一句话"),
        ("", 10, ""),
    ],
)
def test_a_title_ends_where_it_stands_for_itself(requirement: str, most: int, called: str) -> None:
    assert title(requirement, most) == called


@given(requirement=st.text(alphabet="甲乙（）“”，。、；,1《》", max_size=80), most=st.integers(1, 60))
def test_a_title_is_a_piece_of_the_requirement_and_opens_nothing_that_it_does_not_close(
    requirement: str, most: int
) -> None:
    called = title(requirement, most)
    assert called in requirement
    assert "…" not in called
    if called != title(requirement, len(requirement)):  # cut at a comma
        assert sum(called.count(mark) for mark in "（“《") <= sum(called.count(mark) for mark in "）”》")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("已上网", "已上网。"),
        ("已上网。", "已上网。"),
        ("他说“已上网。”", "他说“已上网。”"),
        ("已上网（按期）", "已上网（按期）。"),
        ("下列：", "下列："),
        ("”", "”。"),
    ],
)
def test_a_sentence_is_closed_once(text: str, shown: str) -> None:
    assert closed(text) == shown


@pytest.mark.parametrize(
    ("start", "end", "called"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "10月"),
        (date(2026, 10, 1), date(2026, 12, 31), "第4季度"),
        (date(2026, 7, 1), date(2026, 12, 31), "下半年"),
        (date(2026, 1, 1), date(2026, 12, 31), "全年"),
        (date(2026, 2, 1), date(2026, 4, 30), "2月1日至4月30日"),
        (date(2026, 1, 5), date(2026, 1, 31), "1月5日至1月31日"),
        (date(2026, 1, 1), date(2026, 1, 1), "1月1日至1月1日"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025年1月1日至2025年12月31日"),
    ],
)
def test_a_period_is_called_by_its_name(start: date, end: date, called: str) -> None:
    assert span(start, end, 2026) == called


@pytest.mark.parametrize(
    ("at", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "100")],
)
def test_numerals(at: int, words: str) -> None:
    assert numeral(at) == words


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("一、做好规划公开。", "做好规划公开"),
        ("（十二）做好规划公开", "做好规划公开"),
        ("十一、做好", "做好"),
        ("一网通办", "一网通办"),
        ("做好", "做好"),
        ("一、", "一、"),
        ("", ""),
    ],
)
def test_a_section_loses_the_notices_numeral(section: str, name: str) -> None:
    assert bare(section) == name


def test_a_day_of_another_year_says_so() -> None:
    assert (day(date(2026, 3, 9), 2026), day(date(2027, 1, 8), 2026)) == ("3月9日", "2027年1月8日")
