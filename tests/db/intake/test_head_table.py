"""The table about the document beside a notice: it says what the letter does not, never over the letter."""

from collections.abc import Sequence
from datetime import date

import pytest

from db.intake.edits import SetHead
from db.intake.head_table import about_document, with_table
from db.intake.reading import Doubt, Head
from db.intake.replay import replayed
from tests.db.intake.small import grid, paragraphs, source

PAIRS = (
    ("索引号", "000-1", "发布机构", "甲县乙局"),
    ("文号", "甲乙〔2026〕5号", "成文日期", "2026-02-10"),
    ("标题", "甲县乙局关于印发2026年任务表的通知", "主题词", ""),
)
ROWS = (
    ("索引号", "发文机关", "文号", "标题", "发布日期"),
    ("000-1", "甲县乙局", "甲乙〔2026〕5号", "关于任务表的通知", "2026年2月10日"),
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (PAIRS, ["索引号", "发布机构", "文号", "成文日期", "标题"]),
        (ROWS, ["索引号", "发文机关", "文号", "标题", "发布日期"]),
        ((("文号：甲乙〔2026〕5号", "发布日期：2026-02-10"),), ["文号", "发布日期"]),
        ((("文号", "", "发布日期", "无"),), []),
        ((("文号", "文号"),), []),
        ((("甲", "乙"),), []),
        ((("", ""),), []),
    ],
)
def test_pairs_are_read_along_a_row_or_below_a_row_of_labels(
    rows: Sequence[Sequence[str]], expected: list[str]
) -> None:
    assert [label for label, _ in about_document(grid(rows, native=True))] == expected


OWN = Head("甲县乙局", "甲县乙局关于印发任务表的通知", "甲乙〔2026〕5号", None, date(2026, 2, 10))


@pytest.mark.parametrize(
    ("about", "unsure"),
    [
        ((), []),
        ((("发文机关", "甲县乙局"), ("文号", "甲乙[2026]5号"), ("标题", "关于印发任务表的通知")), []),
        ((("发布日期", "2026-02-14"), ("索引号", "1")), []),
        ((("发布日期", "2026-02-01"),), ["印发日期 2026-02-10"]),
        ((("成文日期", "2026-02-14"),), ["印发日期 2026-02-10"]),
        ((("文号", "甲乙〔2026〕6号"),), ["文号 甲乙〔2026〕5号"]),
        ((("标题", "另一份通知"), ("发布机构", "丙局")), ["发文机关 甲县乙局", "标题 甲县乙局关于印发任务表的通知"]),
        ((("成文日期", "2026-02-30"),), []),
    ],
)
def test_the_letter_is_never_gone_over_and_a_difference_is_a_doubt(
    about: Sequence[tuple[str, str]], unsure: list[str]
) -> None:
    doubts: list[Doubt] = []
    assert with_table(OWN, about, doubts) == OWN
    assert [(one.kind, one.assumed, one.blocks) for one in doubts] == [("head_unsure", one, False) for one in unsure]


TASKS = grid((("序号", "具体要求", "责任单位"), ("1", "公开甲。", "法规科")), native=True)


@pytest.mark.parametrize(("rows", "unsure"), [(PAIRS, []), (ROWS, ["以网页的发布日期为印发日期"])])
def test_a_notice_without_a_head_has_that_of_the_table(rows: Sequence[Sequence[str]], unsure: list[str]) -> None:
    reading = replayed(source(grid(rows, native=True), *paragraphs("各科室："), TASKS), ())
    head = reading.head
    assert (head.agency, head.document_number, head.issued_on) == ("甲县乙局", "甲乙〔2026〕5号", date(2026, 2, 10))
    assert head.title is not None
    assert head.year == 2026
    assert [one.assumed for one in reading.problems if one.kind == "head_unsure"] == unsure


def test_a_doubt_about_a_number_goes_once_the_clerk_has_set_it() -> None:
    letter = paragraphs("甲乙〔2026〕7号", "甲县乙局关于2026年任务的通知", "各科室：")
    both = source(grid(PAIRS, native=True), *letter, TASKS)
    assert "文号 甲乙〔2026〕7号" in [one.assumed for one in replayed(both, ()).problems]
    set_by_clerk = replayed(both, (SetHead("document_number", "甲乙〔2026〕5号"),))
    assert [one for one in set_by_clerk.problems if one.assumed.startswith("文号")] == []
