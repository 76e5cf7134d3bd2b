"""What office programs write that a notice does not say: numbers of footnotes, rows cut by a page, rules left out.

Found by tests.release.office_files, which has LibreOffice write the shipped notices; told here without it.
"""

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from db.errors import ReadingError
from db.intake import plain_files
from db.intake.readers import asking, html, other, pdf
from db.intake.source import Grid, Paragraph, Source
from tests.db.intake.readers.paper import Paper

FULL = "各科室要按照要求认真及时地公开信"
"""A line as wide as the column."""


def page(text: str) -> Source:
    return html.read(io.BytesIO(text.encode()), "通知.html", lambda part, words: None)


def printed(paper: Paper) -> Source:
    return pdf.read(io.BytesIO(paper.raw()), "通知.pdf", lambda part, words: None)


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def rows(source: Source) -> list[list[str]]:
    (grid,) = [block for block in source.blocks if isinstance(block, Grid)]
    found = []
    for row in range(grid.height):
        cells = [grid.at(row, column) for column in range(grid.width)]
        found.append(["" if cell is None else cell.text for cell in cells])
    return found


@pytest.mark.parametrize(
    ("mark", "expected", "notes"),
    [
        ('<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a>', "公众参与", 1),
        ('<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>', "公众参与", 1),
        ('<a href="#ftn1" id="body_ftn1">1</a>', "公众参与", 1),
        ('<a href="#_edn12">[12]</a>', "公众参与", 1),
        ('<a href="#_ftn1">见附件一所列各项</a>', "公众参与见附件一所列各项", 0),
        ('<a href="#_ftn1"></a>', "公众参与", 0),
        ('<a href="#_ftn1">1', "公众参与1", 0),
        ('<a href="#top">1</a>', "公众参与1", 0),
        ("<sup>1</sup>", "公众参与1", 0),
    ],
)
def test_the_number_of_a_footnote_is_no_text_of_a_page(mark: str, expected: str, notes: int) -> None:
    source = page(f"<p>公众参与{mark}</p><p>下一段</p>")
    assert texts(source) == [expected, "下一段"]
    assert sum(loss.count for loss in source.losses if loss.kind == "footnote") == notes


def test_a_page_that_writes_the_numbers_of_its_lists_itself_gets_no_second_ones() -> None:
    item = '<ol><li><p><span>9</span><span class="odfLiEnd"/> 公开</p></li></ol>'
    assert "".join(texts(page(item)).pop().split()) == "9公开"


def raised(first: str, size: float, rise: float) -> Source:
    paper = Paper()
    paper.line(100, 100, first)
    paper._canvas.setFont("STSong-Light", size)
    paper.line(100 + 12 * len(first), 100 - rise + size - 12, "1")
    return printed(paper)


@pytest.mark.parametrize(
    ("size", "rise", "expected"),
    [(7, 3, "做好公众参与"), (12, 0, "做好公众参与1"), (7, -5, "做好公众参与1")],
)
def test_a_small_raised_digit_behind_a_word_is_a_footnote_and_named(size: float, rise: float, expected: str) -> None:
    source = raised("做好公众参与", size, rise)
    assert texts(source) == [expected]
    assert [loss.kind for loss in source.losses] == ["footnote"] * (expected == "做好公众参与")


def two_pages(upper: list[str], lower: list[str]) -> list[list[str]]:
    paper = Paper()
    paper.table(80, 500, [90, 200, 192], [40] * 3, upper)
    paper.page()
    paper.table(80, 200, [90, 200, 192], [40] * 2, lower)
    return rows(printed(paper))


def test_a_row_whose_requirement_ended_on_the_page_before_is_joined_too() -> None:
    upper = ["任务", "要求", "单位", "甲", "一。", "科", "乙", "二。", FULL]
    assert two_pages(upper, ["", "", "息。", "丙", "三。", "股"])[2:] == [
        ["乙", "二。", f"{FULL}息。"],
        ["丙", "三。", "股"],
    ]


@pytest.mark.parametrize(("last", "top"), [("室", "息。"), (FULL, ""), (f"{FULL[:-1]}。", "息。"), (FULL, "3．息。")])
def test_a_row_without_requirement_stays_a_row_where_nothing_says_that_it_was_cut(last: str, top: str) -> None:
    upper = ["任务", "要求", "单位", "甲", "一。", "科", "乙", "二。", last]
    assert len(two_pages(upper, ["", "", top, "丙", "三。", "股"])) == 5


def test_text_beside_a_ruled_table_is_refused_and_not_read_as_a_paragraph() -> None:
    paper = Paper()
    paper.table(180, 100, [60, 200, 60], [40] * 2, ["1", "一。", "科", "2", "二。", "室"])
    paper.line(100, 120, "总任务")
    with pytest.raises(ReadingError, match="没有框线"):
        printed(paper)


def holding(left: float, top: float, widths: list[float], heights: list[float]) -> Paper:
    paper = Paper()
    outer = ["1", "一。", "科", "2", "二。", "室", "3", "三。", "股", "4", "四。", "所"]
    paper.table(80, 100, [60, 200, 60], [80] * 4, outer)
    paper.table(left, top, widths, heights, ["说明", "略"] * len(heights))
    return paper


@pytest.mark.parametrize("inner", [(140, 120, [100, 100], [30]), (142, 130, [60, 60], [30, 17])])
def test_a_table_inside_a_cell_whose_rules_part_the_outer_one_is_refused(
    inner: tuple[float, float, list[float], list[float]],
) -> None:
    with pytest.raises(ReadingError, match="分不清行和列"):
        printed(holding(*inner))


def test_a_table_inside_a_cell_with_rules_of_its_own_is_text_of_the_cell() -> None:
    source = printed(holding(150, 120, [60, 60], [30]))
    grid = next(block for block in source.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells[:3]] == ["1", "一。\n说明\t略", "科"]


@pytest.mark.parametrize(
    ("beginning", "name", "what", "advice"),
    [
        (
            b"PK\x03\x04[Content_Types].xml word/document.xml",
            "通知.doc",
            "Word 文档（.docx），后缀却是 .doc",
            "后缀改为 .docx",
        ),
        (b"PK\x03\x04[Content_Types].xml word/document.xml", "通知.wps", "后缀却是 .wps", "后缀改为 .docx"),
        (b"PK\x03\x04[Content_Types].xml xl/workbook.xml", "分工.et", "Excel 工作簿（.xlsx）", "后缀改为 .xlsx"),
        (b"PK\x03\x04something", "通知.doc", "旧格式的 Word 文档", "另存为 .docx"),
        (b"\xef\xbb\xbf<html>", "通知.doc", "网页，后缀却是 .doc", ".html"),
        (b"", "通知.wps", "这是 WPS 文字文档", "文件类型选"),
    ],
)
def test_a_file_under_an_older_suffix_is_called_what_it_is(beginning: bytes, name: str, what: str, advice: str) -> None:
    error = other.refusal(beginning, name)
    assert error is not None
    assert what in error.message
    assert advice in error.hint


@pytest.mark.parametrize("program", [None, ""])
def test_a_python_that_does_not_know_where_it_is_gets_a_clear_answer(
    program: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("甲", encoding="utf-8")
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(ReadingError, match="启动不了（找不到或不能运行 Python）"):
        asking.read_document(path, progress=lambda part, words: None, cancelled=bool, own=lambda status: False)


def test_what_a_child_says_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    said = 'print(chr(123) + \'"refusal": ["a\\\\u001b[31m\\\\n", "b"]\' + chr(125))'
    path = tmp_path / "a"
    path.write_bytes(b"")
    with path.open("rb") as stream, pytest.raises(ReadingError) as caught:
        asking.answer(
            [sys.executable, "-I", "-c", said], stream.fileno(), "a", progress=lambda a, b: None, cancelled=bool
        )
    assert caught.value.message == "a\ufffd[31m\ufffd"


def test_reasons_speak_of_what_the_clerk_was_doing() -> None:
    refused = OSError(errno.EACCES, os.strerror(errno.EACCES))
    assert plain_files.reason(refused, "再附")[1] == "请把文件复制到自己的文件夹再附，或请管理员授权。"
    assert plain_files.reason(refused, "再导入")[1] == "请把文件复制到自己的文件夹再导入，或请管理员授权。"
    assert plain_files.called("a\n\x1b\u3000b") == "a\ufffd\ufffd\u3000b"
