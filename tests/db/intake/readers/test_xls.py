"""Old workbooks: what calamine tells, and what only the records tell."""

import datetime
import struct
from io import BytesIO

import pytest
import xlwt

from db.errors import ReadingError
from db.intake.readers import ole, xls
from db.intake.readers.xls_records import records_of
from db.intake.source import Grid, Source
from tests.db.intake.readers.docx_papers import areas, losses


def content(book: xlwt.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(raw: bytes) -> Source:
    return xls.read(BytesIO(raw), "表.xls", lambda part, word: None)


def grid_of(book: xlwt.Workbook) -> Grid:
    (grid,) = read(content(book)).blocks
    assert isinstance(grid, Grid)
    return grid


def shaped(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def test_merged_ranges_are_one_cell_each() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("分工")
    page.write_merge(0, 0, 0, 2, "分解表")
    page.write_merge(1, 3, 0, 0, "一、主动公开")
    for row in range(1, 4):
        page.write(row, 1, f"第{row}项\n下")
        page.write(row, 2, row)
    grid = grid_of(book)
    assert (grid.place.part, grid.height, grid.width) == ("工作表“分工”", 4, 3)
    assert areas(grid)[:3] == [(0, 0, 1, 3, "分解表"), (1, 0, 3, 1, "一、主动公开"), (1, 1, 1, 1, "第1项\n下")]
    assert [area[4] for area in areas(grid) if area[1] == 2] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.6, "0%", "60%"),
        (0.605, "0.0%", "60.5%"),
        (2, "000", "002"),
        (2.5, "General", "2.5"),
        (-3, "0", "-3"),
        (1234567.0, "#,##0", "1,234,567"),
        (datetime.date(2026, 3, 31), 'yyyy"年"m"月"d"日"', "2026年3月31日"),
        (datetime.date(2026, 3, 31), "yyyy/m/d", "2026/3/31"),
        (datetime.datetime(2026, 3, 31, 9, 30), "yyyy-mm-dd h:mm", "2026-03-31 9:30"),
    ],
)
def test_a_number_stands_as_its_cell_shows_it(value: object, code: str, text: str) -> None:
    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, value, shaped(code))
    assert areas(grid_of(book)) == [(0, 0, 1, 1, text)]


def test_numbers_side_by_side_in_one_record_each_have_their_format() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("甲")
    for column in range(6):
        page.write(2, column + 1, column + 1, shaped("00" if column % 2 else "0"))
    assert [area[4] for area in areas(grid_of(book))] == ["1", "02", "3", "04", "5", "06"]


def test_hidden_rows_columns_and_sheets_are_read_and_named() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("一")
    for row in range(3):
        page.write(row, 0, f"甲{row}")
        page.write(row, 1, f"乙{row}")
    page.row(1).hidden = True
    page.col(1).hidden = True
    book.add_sheet("二").write(0, 0, "子")
    book.get_sheet(1).visibility = 1
    source = read(content(book))
    assert losses(source) == [
        ("hidden_rows", "工作表“一”第 2 行", "甲1", 1),
        ("hidden_text", "工作表“一”第 2 列", "乙0", 3),
        ("hidden_sheet", "工作表“二”", "子", 1),
    ]


def test_a_formula_never_calculated_is_named() -> None:
    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, "甲")
    book.get_sheet(0).write(0, 1, xlwt.Formula("1+1"))
    assert losses(read(content(book))) == [("formula", "工作表“甲”第 1 行第 2 列", "", 1)]


def test_a_large_workbook_is_found_behind_many_sectors() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("甲")
    for row in range(3000):
        page.write(row, 0, row, shaped("0000"))
        page.write(row, 1, f"第{row}行的文字" * 3)
    grid = grid_of(book)
    assert grid.height == 3000
    assert areas(grid)[-2] == (2999, 0, 1, 1, "2999")


def test_a_small_workbook_is_found_among_the_small_sectors() -> None:
    raw = content(xlwt_small())
    size = len(ole.stream_of(raw, "Workbook") or b"")
    assert size
    assert ole.stream_of(raw, "nowhere") is None


def xlwt_small() -> xlwt.Workbook:
    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, "甲")
    return book


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000,
        b"<html>",
        b"\0" * 2000,
    ],
)
def test_what_is_no_workbook_is_a_clear_answer(raw: bytes) -> None:
    with pytest.raises(ReadingError, match=r"表\.xls") as caught:
        read(raw)
    assert ".xlsx" in caught.value.hint


def test_an_empty_workbook_is_a_clear_answer() -> None:
    book = xlwt.Workbook()
    book.add_sheet("甲")
    with pytest.raises(ReadingError, match="没有内容"):
        read(content(book))


def test_a_password_is_a_clear_answer() -> None:
    raw = content(xlwt_small())
    stream = ole.stream_of(raw, "Workbook")
    assert stream is not None
    # The record behind the first BOF becomes FILEPASS.
    at = raw.index(stream[:512]) + 4 + struct.unpack_from("<H", stream, 2)[0]
    locked = raw[:at] + struct.pack("<H", 0x2F) + raw[at + 2 :]
    with pytest.raises(ReadingError, match="密码"):
        read(locked)


def test_a_chain_of_sectors_that_runs_in_a_circle_ends() -> None:
    raw = bytearray(content(xlwt_small()))
    (first,) = struct.unpack_from("<I", raw, 76)
    at = 512 + first * 512
    raw[at : at + 512] = struct.pack("<128I", *([0] * 128))
    assert len(ole.stream_of(bytes(raw), "Workbook") or b"") <= len(raw)


@pytest.mark.parametrize("seed", range(12))
def test_turned_bytes_are_a_clear_answer_or_a_reading(seed: int) -> None:
    raw = bytearray(content(xlwt_small()))
    for at in range(seed * 40, len(raw), 701):
        raw[at] ^= 0x55
    found = records_of(bytes(raw))
    assert found is None or found.sheets is not None
