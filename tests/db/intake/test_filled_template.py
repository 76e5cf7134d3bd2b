"""The template filled in and read again: its cover is the head, what is no year or date is asked."""

import io
from collections.abc import Mapping
from datetime import date

import pytest
from openpyxl import load_workbook

from db.export.template import template
from db.intake.accepting import notice_draft
from db.intake.edits import SetIssued, SetYear
from db.intake.filled_template import head_of, sheet, without_cover, year_of
from db.intake.readers import xlsx
from db.intake.replay import replayed
from db.intake.source import Cell, Grid, Paragraph, Place, Source
from db.rules.template_words import COLUMNS, COVER, COVER_LINES, GUIDE, TASKS

COVERED: Mapping[str, object] = {
    "发文机关": "某市文旅局",
    "标题": "关于分解任务的通知",
    "文号": "文旅办〔2026〕7号",
    "年份": "2026",
    "印发日期": "2026年3月1日",
    "统一时限": "12月3日前",
    "报送要求": "各单位于12月6日前将工作总结报办公室。",
}
ROWS = (
    ("1", "一、平台", "", "做好日常检查。", "财务科", "法规科、文物中心", "", "11月底前", ""),
    ("2", "", "", "每季度不少于2条。", "法规科", "", "", "", "按季度整理"),
)


def filled(cover: Mapping[str, object], rows: tuple[tuple[str, ...], ...] = ROWS) -> Source:
    """The template as an office fills it in, read by our reader."""
    book = load_workbook(io.BytesIO(template()))
    for row, words in enumerate(rows, 2):
        for column, text in enumerate(words, 1):
            if text:
                book[TASKS].cell(row, column).value = text
    for row, (_, label, _) in enumerate(COVER_LINES, 1):
        if label in cover:
            book[COVER].cell(row, 2).value = cover[label]
    held = io.BytesIO()
    book.save(held)
    return xlsx.read(io.BytesIO(held.getvalue()), "填好.xlsx", lambda part, words: None)


def test_a_filled_in_template_is_read_whole() -> None:
    reading = replayed(filled(COVERED), ())
    assert (reading.head.agency, reading.head.title) == ("某市文旅局", "关于分解任务的通知")
    assert (reading.head.document_number, reading.head.year) == ("文旅办〔2026〕7号", 2026)
    assert reading.head.issued_on == date(2026, 3, 1)
    assert [one.task.number for one in reading.tasks] == ["1", "2"]
    assert [(one.month, one.day) for one in reading.tasks[0].task.deadlines] == [(11, None)]
    assert [(one.month, one.day, one.source) for one in reading.tasks[1].task.deadlines] == [(12, 3, "notice")]
    assert [(one.role, one.name) for one in reading.tasks[0].task.responsibilities] == [
        ("lead", "财务科"),
        ("responsible", "法规科"),
        ("responsible", "文物中心"),
    ]
    assert [(one.what, one.to, one.month, one.day) for one in reading.reports] == [("工作总结", "办公室", 12, 6)]
    assert reading.blocking == ()
    draft = notice_draft(reading)
    assert [task.remark for task in draft.tasks] == [None, "按季度整理"]


def test_an_empty_template_has_no_tasks_and_the_guide_is_no_notice() -> None:
    reading = replayed(filled({}, ()), ())
    assert reading.tasks == ()
    assert {one.kind for one in reading.blocking} >= {"year_unknown", "no_tasks"}
    assert reading.rules == ()


@pytest.mark.parametrize(
    ("written", "year", "kinds"),
    [
        ("2026", 2026, []),
        ("2026年", 2026, []),
        (" ２０２６ 年 ", 2026, []),
        (2026, 2026, []),
        ("2000", 2000, []),
        ("1999", None, ["year_unknown"]),
        ("2101", None, ["year_unknown"]),
        ("26", None, ["year_unknown"]),
        ("今年", None, ["year_unknown"]),
    ],
)
def test_the_year_of_the_cover_is_a_year_or_is_asked(written: object, year: int | None, kinds: list[str]) -> None:
    reading = replayed(filled({**COVERED, "年份": written}), ())
    assert reading.head.year == year
    assert [one.kind for one in reading.blocking if one.kind.startswith("year")] == kinds
    assert replayed(filled({**COVERED, "年份": written}), (SetYear(2026),)).blocking == ()


@pytest.mark.parametrize(
    ("written", "expected", "asked"),
    [
        ("2026年3月1日", date(2026, 3, 1), False),
        ("2026-03-01", date(2026, 3, 1), False),
        ("2026/3/1", date(2026, 3, 1), False),
        ("２０２６．３．１", date(2026, 3, 1), False),
        ("2026年2月30日", None, True),
        ("三月一日", None, True),
        ("", None, False),
    ],
)
def test_the_date_of_the_cover_is_a_date_or_is_asked(written: str, expected: date | None, asked: bool) -> None:
    head, doubts = head_of(
        {"year": "2026", "agency": "甲", "title": "乙", "document_number": "丙"}
        | ({"issued_on": written} if written else {})
    )
    assert head.issued_on == expected
    assert [doubt.kind for doubt in doubts] == (["head_unsure"] if asked else [])


def test_a_date_of_the_cover_that_the_clerk_sets_is_not_asked_any_more() -> None:
    wrong = filled({**COVERED, "印发日期": "三月"})
    assert any(one.kind == "head_unsure" for one in replayed(wrong, ()).problems)
    reading = replayed(wrong, (SetIssued(date(2026, 3, 1)),))
    assert not [one for one in reading.problems if one.kind == "head_unsure"]


def test_what_the_cover_does_not_say_is_missing_and_told_once() -> None:
    head, doubts = head_of({"year": "2026"})
    assert (head.agency, head.title, head.document_number, head.issued_on) == (None, None, None, None)
    assert [(doubt.kind, doubt.text) for doubt in doubts] == [("head_missing", "发文机关、标题、文号")]


def test_only_one_sheet_of_that_name_is_a_cover() -> None:
    cover = Grid(Place(sheet(COVER)), 1, 2, (Cell(0, 0, " 发文 机关", Place("")), Cell(0, 1, "某局", Place(""))))
    guide = Paragraph("说明", Place(sheet(GUIDE)))
    other = Paragraph("正文", Place("正文"))
    found = without_cover((other, cover, guide))
    assert found.said == {"agency": "某局"}
    assert [block.text if isinstance(block, Paragraph) else "" for block in found.blocks] == ["正文", "", ""]
    assert without_cover((cover, cover, other)).said == {}
    assert without_cover((other, guide)).blocks == (other, guide)
    assert without_cover(()).blocks == ()


@pytest.mark.parametrize(
    ("words", "year"), [(None, None), ("", None), ("2026 年", 2026), ("02026", None), ("-2026", None)]
)
def test_a_year_is_four_digits(words: str | None, year: int | None) -> None:
    assert year_of(words) == year


def test_every_column_of_the_template_has_a_role() -> None:
    reading = replayed(filled(COVERED), ())
    (table,) = reading.tables
    assert table.headings == tuple(words for words, _, _ in COLUMNS)
    assert "other" not in table.roles
