"""Signs between the words that are none of them: readings in brackets, markdown's heading marks."""

import pytest

from db.intake.layouts.asides import without_asides, without_pinyin
from db.intake.source import Cell, Grid, Paragraph, Place, Source

HERE = Place("正文", line=1)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("發(fā)布信息", "發布信息"),
        ("按時（shí）完成(chéng)。", "按時完成。"),
        ("綠(lǜ)色發(fā)展", "綠色發展"),
        ("治理(VOCs)废气", "治理(VOCs)废气"),
        ("长(km)度", "长(km)度"),
        ("公开(一)内容", "公开(一)内容"),
        ("(fā)开头", "(fā)开头"),
        ("x(fā)布", "x(fā)布"),
        ("發(fā布", "發(fā布"),
        ("發()布", "發()布"),
        ("咖啡(café)店", "咖啡店"),
        ("發(fāfāfāfā)布", "發(fāfāfāfā)布"),
        ("", ""),
    ],
)
def test_a_reading_with_its_tone_is_taken_out_and_nothing_else(text: str, left: str) -> None:
    assert without_pinyin(text) == left


def test_cells_and_paragraphs_lose_them_and_keep_their_places() -> None:
    grid = Grid(HERE, 1, 2, (Cell(0, 0, "發(fā)布", HERE), Cell(0, 1, "辦公室", HERE)))
    source = Source("docx", "通知.docx", "0" * 64, (Paragraph("# 發(fā)布", HERE), grid))
    paragraph, table = without_asides(source)
    assert paragraph == Paragraph("# 發布", HERE)
    assert isinstance(table, Grid)
    assert [cell.text for cell in table.cells] == ["發布", "辦公室"]
    assert (table.at(0, 1), table.native) == (grid.at(0, 1), True)


@pytest.mark.parametrize(
    ("form", "text", "left"),
    [
        ("md", "# 分工表", "分工表"),
        ("md", "  ### 一、做好公开", "一、做好公开"),
        ("md", "#分工表", "#分工表"),
        ("md", "####### 七级", "####### 七级"),
        ("txt", "# 分工表", "# 分工表"),
    ],
)
def test_the_marks_of_a_heading_go_in_markdown_only(form: str, text: str, left: str) -> None:
    source = Source(form, f"通知.{form}", "0" * 64, (Paragraph(text, HERE),))  # type: ignore[arg-type]
    assert without_asides(source) == (Paragraph(left, HERE),)


def test_a_megabyte_of_brackets_is_looked_through_at_once() -> None:
    assert without_pinyin("發(" * 400_000 + "ā") == "發(" * 400_000 + "ā"
