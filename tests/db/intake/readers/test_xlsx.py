"""Workbooks: merges, several sheets, what is hidden, values as shown, and sheets meant to do harm."""

import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from db.errors import ReadingError
from db.intake.readers import xlsx
from db.intake.readers.xlsx import unescaped
from db.intake.source import Grid, Source
from tests.db.intake.readers.docx_papers import areas, losses, relations, zipped

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(stream: BytesIO) -> Source:
    return xlsx.read(stream, "表.xlsx", lambda part, word: None)


def saved(book: Any) -> Source:
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return read(stream)


def grids(source: Source) -> list[Grid]:
    return [block for block in source.blocks if isinstance(block, Grid)]


def sheet(inside: str, *, strings: str = "", styles: str = "", before: str = "", behind: str = "") -> BytesIO:
    """A workbook from raw XML: inside is what sheetData holds."""
    one = '<sheet name="甲" sheetId="1" r:id="r0"/>'
    page = f"{before}<sheetData>{inside}</sheetData>{behind}"
    found = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{one}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}">{page}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>',
    }
    return zipped(found)


def text(where: str, inside: str, more: str = "") -> str:
    return f'<c r="{where}" t="inlineStr"{more}><is><t>{inside}</t></is></c>'


def test_merged_ranges_are_one_cell_each_and_title_rows_stay() -> None:
    book = Workbook()
    page = book.active
    page.title = "分工"
    for row in (["政务公开任务分解表"], ["序号", "任务", "单位"], [1.0, "主动公开", "办公室"], [2, "政策解读"], []):
        page.append(row)
    page.merge_cells("A1:C1")
    page.merge_cells("C3:C4")
    (grid,) = grids(saved(book))
    assert (grid.place.part, grid.height, grid.width, grid.native) == ("工作表“分工”", 4, 3, True)
    assert areas(grid) == [
        (0, 0, 1, 3, "政务公开任务分解表"),
        (1, 0, 1, 1, "序号"), (1, 1, 1, 1, "任务"), (1, 2, 1, 1, "单位"),
        (2, 0, 1, 1, "1"), (2, 1, 1, 1, "主动公开"), (2, 2, 2, 1, "办公室"),
        (3, 0, 1, 1, "2"), (3, 1, 1, 1, "政策解读"),
    ]  # fmt: skip
    cell = grid.at(3, 2)
    assert cell is not None
    assert cell.place.words() == "工作表“分工”第 3 行第 3 列"


def test_a_table_that_begins_further_down_keeps_its_places() -> None:
    (grid,) = grids(read(sheet(f'<row r="5">{text("C5", "甲")}{text("E5", "乙")}</row>')))
    assert (grid.height, grid.width) == (1, 3)
    assert [cell.place.words() for cell in grid.cells] == ["工作表“甲”第 5 行第 3 列", "工作表“甲”第 5 行第 5 列"]


def test_every_sheet_is_a_grid_and_hidden_things_are_read_and_named() -> None:
    book = Workbook()
    page = book.active
    page.title = "一"
    for row in (["甲", "乙"], ["丙", "丁"], ["戊", "己"]):
        page.append(row)
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    other = book.create_sheet("二")
    other["A1"] = "子"
    other.sheet_state = "veryHidden"
    book.create_sheet("空")
    source = saved(book)
    assert [grid.place.part for grid in grids(source)] == ["工作表“一”", "工作表“二”"]
    assert grids(source)[0].hidden_rows == (1,)
    assert losses(source) == [
        ("hidden_rows", "工作表“一”第 2 行", "丙", 1),
        ("hidden_text", "工作表“一”第 2 列", "乙", 3),
        ("hidden_sheet", "工作表“二”", "子", 1),
    ]


def test_values_stand_as_the_cell_shows_them() -> None:
    book = Workbook()
    page = book.active
    page.append([datetime.date(2026, 3, 31), 0.6, 3.0, 2.5, True, "甲\n乙", datetime.datetime(2026, 6, 30)])
    page["A1"].number_format = 'yyyy"年"m"月"d"日"'
    page["B1"].number_format = "0%"
    page["G1"].number_format = "yyyy/m/d"
    (grid,) = grids(saved(book))
    assert [cell.text for cell in grid.cells] == ["2026年3月31日", "60%", "3", "2.5", "TRUE", "甲\n乙", "2026/6/30"]


def test_the_dates_of_a_chinese_excel_are_dates() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="57"/><xf numFmtId="31"/></cellXfs>'
    cells = '<c r="A1" s="1"><v>46112</v></c><c r="B1" s="2"><v>46112</v></c><c r="C1" s="9"><v>1</v></c>'
    (grid,) = grids(read(sheet(f"<row>{cells}</row>", styles=styles)))
    assert [cell.text for cell in grid.cells] == ["2026年3月", "2026年3月31日", "1"]


def test_a_formula_never_calculated_has_no_value_and_is_named() -> None:
    book = Workbook()
    book.active.append(["甲", "=1+1"])
    source = saved(book)
    assert [cell.text for cell in grids(source)[0].cells] == ["甲"]
    assert losses(source) == [("formula", "工作表“Sheet”第 1 行第 2 列", "=1+1", 1)]


def test_a_formula_that_was_calculated_is_its_value() -> None:
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>2条</v></c>'
        '<c r="C1" t="str"><f>""</f><v/></c>'
    )
    source = read(sheet(f"<row>{cells}</row>"))
    assert [cell.text for cell in grids(source)[0].cells] == ["2", "2条"]
    assert source.losses == ()


def test_a_number_whose_format_is_beyond_us_is_plain_and_named() -> None:
    styles = '<numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
    source = read(sheet('<row><c r="A1"><v>1.5</v></c></row>', styles=styles))
    assert losses(source) == [("number", "工作表“甲”第 1 行第 1 列", "1.5（[h]:mm）", 1)]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', "富文本"),
        ('<c r="A1" t="s"><v>1</v></c>', "公开"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="d"><v>2026-03-31T00:00:00</v></c>', "2026年3月31日"),
        ('<c r="A1" t="d"><v>某日</v></c>', "某日"),
        ('<c r="A1"><v>不是数</v></c>', "不是数"),
        ('<c r="A1"><v>1e999</v></c>', "1e999"),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
        (text("A1", "上_x000D__x000A_下"), "上\n下"),
        (text("A1", "一").replace('r="A1" ', ""), "一"),
    ],
)
def test_every_kind_of_cell_is_read(cell: str, shown: str) -> None:
    strings = "<si><r><t>富</t></r><r><t>文本</t></r></si><si><t>公开</t><rPh><t>gong kai</t></rPh></si>"
    (grid,) = grids(read(sheet(f"<row>{cell}</row>", strings=strings)))
    assert areas(grid) == [(0, 0, 1, 1, shown)]


def test_escapes_never_make_control_characters_or_half_ones() -> None:
    assert unescaped("a_x0007_b_x005F_x000A_c_xD800_d\r\ne") == "ab_x000A_c_xD800_d\ne"


def test_a_string_that_is_not_there_is_a_clear_answer() -> None:
    for number in ("5", "-1", "x", "9" * 30):
        with pytest.raises(ReadingError, match="文字不在文件里"):
            read(sheet(f'<row><c r="A1" t="s"><v>{number}</v></c></row>'))


def test_rows_and_cells_that_do_not_say_where_they_are_follow_each_other() -> None:
    rows = "".join(
        f"<row><c t='inlineStr'><is><t>{a}</t></is></c><c t='inlineStr'><is><t>{b}</t></is></c></row>"
        for a, b in ("甲乙", "丙丁")
    )
    (grid,) = grids(read(sheet(rows)))
    assert [area[:2] + area[4:] for area in areas(grid)] == [(0, 0, "甲"), (0, 1, "乙"), (1, 0, "丙"), (1, 1, "丁")]


def test_comments_are_named() -> None:
    book = Workbook()
    book.active["B2"] = "甲"
    book.active["B2"].comment = Comment("按新时限", "某")
    assert losses(saved(book)) == [("unread_text", "工作表“Sheet”第 2 行第 2 列", "按新时限", 4)]


def test_a_header_of_the_page_is_named() -> None:
    book = Workbook()
    book.active["A1"] = "甲"
    book.active.oddHeader.center.text = "内部"
    ((kind, _, words, _),) = losses(saved(book))
    assert (kind, "内部" in words) == ("page_noise", True)


def test_text_under_a_merge_is_named_not_read() -> None:
    cells = (
        f'<row r="1">{text("A1", "甲")}{text("B1", "藏")}</row><row r="2">{text("A2", "乙")}{text("B2", "丙")}</row>'
    )
    source = read(sheet(cells, behind='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    assert areas(grids(source)[0])[0] == (0, 0, 1, 2, "甲")
    assert losses(source) == [("unread_text", "工作表“甲”第 1 行第 2 列", "藏", 1)]


def test_merges_upon_each_other_are_read_once_and_named() -> None:
    cells = f'<row r="1">{text("A1", "甲")}</row><row r="3">{text("C3", "乙")}</row>'
    source = read(sheet(cells, behind='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C2"/></mergeCells>'))
    assert areas(grids(source)[0]) == [(0, 0, 2, 2, "甲"), (2, 2, 1, 1, "乙")]
    assert [loss[0] for loss in losses(source)] == ["clamped_span"]


def test_cells_in_opposite_corners_are_refused_at_once() -> None:
    cells = f'<row r="1">{text("A1", "甲")}</row><row r="1048576">{text("XFD1048576", "乙")}</row>'
    with pytest.raises(ReadingError, match="XFD1048576") as caught:
        read(sheet(cells, before='<dimension ref="A1:B2"/>'))
    assert "删去" in caught.value.hint


def test_empty_cells_far_out_and_a_lying_dimension_do_no_harm() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/><c r="A1048576" t="inlineStr"><is><t> </t></is></c></row>'
    (grid,) = grids(read(sheet(f'<row r="1">{text("A1", "甲")}</row>{far}', before='<dimension ref="A1:XFD1048576"/>')))
    assert (grid.height, grid.width) == (1, 1)


def test_a_merge_over_the_whole_sheet_does_no_harm() -> None:
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    (grid,) = grids(read(sheet(f'<row r="1">{text("A1", "甲")}</row>', behind=merge)))
    assert areas(grid) == [(0, 0, 1, 1, "甲")]


def test_a_merge_over_more_cells_than_allowed_is_refused() -> None:
    cells = f'<row r="1">{text("A1", "甲")}</row><row r="90000">{text("IV90000", "乙")}</row>'
    with pytest.raises(ReadingError, match="1000000 格"):
        read(sheet(cells, behind='<mergeCells><mergeCell ref="A1:IV80000"/></mergeCells>'))


@pytest.mark.parametrize("wrong", ["", "A", "1:2", "A1:", "ZZZZZ1:B2", "A99999999999:B2", "A0:B0"])
def test_a_merge_that_is_none_is_passed_over(wrong: str) -> None:
    source = read(
        sheet(f'<row r="1">{text("A1", "甲")}</row>', behind=f'<mergeCells><mergeCell ref="{wrong}"/></mergeCells>')
    )
    assert areas(grids(source)[0]) == [(0, 0, 1, 1, "甲")]


def test_more_framed_cells_than_any_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "EMPTY_CELLS", 1000)
    assert read(sheet(f'<row r="1">{text("A1", "甲")}{"<c/>" * 999}</row>')).blocks
    with pytest.raises(ReadingError, match="空格子"):
        read(sheet(f'<row r="1">{text("A1", "甲")}{"<c/>" * 1000}</row>'))


def test_an_empty_workbook_is_a_clear_answer() -> None:
    with pytest.raises(ReadingError, match="没有内容"):
        saved(Workbook())


@pytest.mark.parametrize("inside", ["<row", '<row r="1"><c r="A1"><v>1</v></row>'])
def test_a_broken_sheet_is_a_clear_answer(inside: str) -> None:
    with pytest.raises(ReadingError, match="损坏"):
        read(sheet(inside))


def test_what_is_read_agrees_with_openpyxl() -> None:
    book = Workbook()
    page = book.active
    for row in range(1, 41):
        page.append([f"{row}号", row, row / 4 if row % 4 else None, None, f"第{row}行\n二" if row % 3 else None])
    for row in range(2, 40, 5):
        page.merge_cells(start_row=row, end_row=row + 2, start_column=1, end_column=1)
        page.merge_cells(start_row=row, end_row=row, start_column=4, end_column=5)
    stream = BytesIO()
    book.save(stream)
    found = load_workbook(stream).active
    (grid,) = grids(read(BytesIO(stream.getvalue())))
    expected = {
        (c.row - 1, c.column - 1): str(c.value) for line in found.iter_rows() for c in line if c.value is not None
    }
    assert {(cell.row, cell.column): cell.text for cell in grid.cells if cell.text} == expected
    merged = {
        (one.min_row - 1, one.min_col - 1, one.size["rows"], one.size["columns"]) for one in found.merged_cells.ranges
    }
    assert {area[:4] for area in areas(grid) if area[2:4] != (1, 1)} == merged
