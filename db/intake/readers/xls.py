"""An old Excel workbook (.xls) as a Source: text and merges by python-calamine, formats of numbers by xls_records."""

import hashlib
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from db.errors import ReadingError
from db.intake.readers.limits import Progress
from db.intake.readers.losses import Losses
from db.intake.readers.number_formats import plain, shown, worded
from db.intake.readers.sheets import Sheet
from db.intake.readers.xls_records import BookRecords, SheetRecords, records_of
from db.intake.source import Block, Source

_AGAIN = "请用 WPS 或 Excel 打开，另存为 .xlsx 再导入。"


def read(stream: BinaryIO, name: str, progress: Progress) -> Source:
    """The workbook in this stream. Raises ReadingError where it is broken, locked, too large, empty or too old."""
    content = stream.read()
    records = records_of(content)
    if records is None:
        raise ReadingError(f"无法读取“{name}”：不是 Excel 97 以后的工作簿，或者文件已损坏。", _AGAIN)
    if records.is_locked:
        raise ReadingError(
            f"无法读取“{name}”：文件加了密码。", "请用 WPS 或 Excel 打开，去掉密码，另存为 .xlsx 再导入。"
        )
    losses = Losses()
    blocks: list[Block] = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        found = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        for at, one in enumerate(found):
            progress(0.1 + 0.85 * at / len(found), f"正在读第 {at + 1} 张表…")
            sheet = Sheet(one.name, name, is_hidden=one.visible != SheetVisibleEnum.Visible)
            own = records.sheets[at] if at < len(records.sheets) else SheetRecords()
            _read_sheet(book.get_sheet_by_name(one.name), records, own, sheet, losses)
            grid = sheet.grid(losses)
            blocks.extend([grid] if grid is not None else [])
    except CalamineError as error:
        raise ReadingError(f"无法读取“{name}”：文件损坏，打不开其中的工作表。", _AGAIN) from error
    if not blocks:
        raise ReadingError(f"无法读取“{name}”：工作簿里没有内容。", "请核对是否选对了文件。")
    return Source("xls", name, hashlib.sha256(content).hexdigest(), tuple(blocks), tuple(losses))


def _read_sheet(found: CalamineSheet, book: BookRecords, own: SheetRecords, sheet: Sheet, losses: Losses) -> None:
    for row in own.hidden_rows:
        sheet.hide_row(row + 1)
    for first, last in own.hidden_columns:
        sheet.hide_columns(first + 1, last + 1)
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        sheet.merge(top + 1, left + 1, bottom + 1, right + 1)
    if found.start is None:
        return
    for row, values in enumerate(found.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            if value == "" or value is None:
                if (row, column) in own.formulas:
                    losses.add("formula", sheet.place(row + 1, column + 1), count=1)
                continue
            number = own.numbers.get((row, column))
            if isinstance(value, bool):
                text = "TRUE" if value else "FALSE"
            elif isinstance(value, str):
                text = worded(value, "").replace("\r\n", "\n").replace("\r", "\n")
            elif number is None:
                text = _unformatted(value)
                losses.add("number", sheet.place(row + 1, column + 1), text, 1)
            else:
                shape = shown(number[0], book.code(number[1]), from_1904=book.from_1904)
                text = shape.text
                if not shape.sure:
                    losses.add("number", sheet.place(row + 1, column + 1), f"{text}（{book.code(number[1])}）", 1)
            sheet.write(row + 1, column + 1, text)


def _unformatted(value: object) -> str:
    """A value whose format is not known."""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    return plain(value) if isinstance(value, int | float) else str(value)
