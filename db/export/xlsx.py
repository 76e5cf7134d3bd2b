"""The ledger as .xlsx: the sheets of xlsx_pages, text as text, ready to print.

xlsxwriter writes (its guessing of formulas, links and numbers is off), python-calamine reads back. Both are loaded
only when a file is made.
"""

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from inspect import unwrap
from itertools import accumulate
from types import MethodType
from typing import TYPE_CHECKING, Final

from db.errors import ExportError
from db.export.collector import collector_paused
from db.export.document import Document
from db.export.heading import author, title
from db.export.summary import Cell
from db.export.xlsx_charts import draw
from db.export.xlsx_layout import Line, Page
from db.export.xlsx_pages import pages, running_heads
from db.export.xlsx_reading import difference
from db.rules.rows import LedgerSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Way = tuple[Callable[..., int], Cell | None, Format]
    Writes = dict[type, Callable[..., int]]

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4: Final = 9
_SCALE: Final = 75
"""Percent: a chart and its figures on one sheet of paper, also where columns come out a third wider (no Calibri)."""
_FORMULA_STARTS: Final = frozenset("=+-@\t\n＝＋－＠")
# xlsxwriter takes <r>…</r> for ready-made XML, and escapes only the first of two _xHHHH_ that share a sign.
_SHARED_ESCAPE: Final = re.compile(r"_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_ESCAPE: Final = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The file's bytes, the same for the same ledger and `at` (the time of creation in the file's properties)."""
    with collector_paused():
        made = pages(sheet)
        payload = _bytes(sheet, made, at)

    def differs(written: bytes) -> str | None:
        with collector_paused():
            return difference(written, made)

    return Document(payload, differs)


def _bytes(sheet: LedgerSheet, made: tuple[Page, ...], at: datetime) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        book = Workbook(file, OPTIONS)
        created = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
        book.set_properties({"title": title(sheet), "author": author(sheet.ledger), "created": created})
        styles = formats(book)
        for page in made:
            worksheet = book.add_worksheet(page.name)
            _fill(worksheet, page, styles)
            _set_print(worksheet, page, sheet)
            draw(book, worksheet, page)
        book.close()
        for worksheet in book.worksheets():
            # Sheets and formats hold one another: taken apart here, their cells go at once and not by the collector.
            vars(worksheet).clear()
    unsaid = [str(each.message) for each in said if issubclass(each.category, UserWarning)]
    if unsaid:
        raise ExportError(f"无法生成 .xlsx：{unsaid[0]}", "请改用 .csv 或 .json 格式导出。")
    return file.getvalue()


def formats(book: "Workbook") -> dict[str, "Format"]:
    """Formats by kind; those `as text` keep a text a text even when the clerk edits the cell (quote prefix)."""
    base = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    kinds: dict[str, dict[str, object]] = {
        "cover": {"font_name": "黑体", "font_size": 26, "align": "center"},
        "cover line": {"font_size": 13, "align": "center"},
        "title": {"font_name": "黑体", "font_size": 18, "align": "center"},
        "about": {"align": "left"},
        "block": {"font_name": "黑体", "font_size": 12, "align": "left"},
        "head": {"font_name": "黑体", "align": "center", "border": 1, "bg_color": "#E7EBF0"},
        "text": {"align": "left", "border": 1},
        "middle": {"align": "center", "border": 1},
        "late": {"align": "center", "border": 1, "bold": True, "font_color": "#B00020"},
        "link": {"align": "center", "border": 1, "underline": 1, "font_color": "#0B4F9E"},
    }
    made = {kind: book.add_format({**base, **looks}) for kind, looks in kinds.items()}
    for kind, looks in kinds.items():
        made[f"{kind} as text"] = book.add_format({**base, **looks, "quote_prefix": True})
    return made


def _fill(worksheet: "Worksheet", page: Page, styles: dict[str, "Format"]) -> None:
    for column, width in enumerate(page.widths):
        worksheet.set_column(column, column, width)
    # Most texts of a ledger come again and again: each is looked at once for its column.
    writes = _writes(worksheet)
    table = [cache(partial(_way, writes, page, styles, "row", column)) for column in range(len(page.widths))]
    aside = replace(page, middle=frozenset(), status=None)  # what spans columns is no line of the table
    spanned = cache(partial(_way, writes, aside, styles))
    pixels = cache(_pixels)
    for row, line in enumerate(page.lines):
        worksheet.set_row_pixels(row, pixels(line.height))
        if line.kind == "row" and not line.spans:
            for column, (way, cell) in enumerate(zip(table, line.cells, strict=False)):
                write, written, style = way(cell)
                if write(row, column, written, style):
                    raise _unwritten(row, column)
        else:
            _fill_spanned(worksheet, row, line, partial(spanned, line.kind))
    for row, column in page.links:
        name = str(page.lines[row].cells[column])
        worksheet.write_url(row, column, f"internal:'{name}'!A1", styles["link"], name)
    worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if page.head is not None:
        worksheet.freeze_panes(page.head + 1, 1)
        worksheet.autofilter(page.head, 0, page.last or page.head, len(page.widths) - 1)
        worksheet.repeat_rows(page.head)


def _pixels(points: float) -> int:
    """A row's height as the library keeps it."""
    return int(points * 4 / 3 + 0.5)


def _fill_spanned(worksheet: "Worksheet", row: int, line: Line, way: Callable[[int, Cell], "Way"]) -> None:
    spans = line.spans or (1,) * len(line.cells)
    for column, cell, span in zip(accumulate(spans, initial=0), line.cells, spans, strict=False):
        write, written, style = way(column, cell)
        if span > 1:
            worksheet.merge_range(row, column, row, column + span - 1, "", style)
        if write(row, column, written, style):
            raise _unwritten(row, column)


def _way(writes: "Writes", page: Page, styles: dict[str, "Format"], kind: str, column: int, cell: Cell) -> "Way":
    """How a cell is written: by which call, as what, in which format."""
    written, style = as_written(page, kind, column, cell)
    return writes[type(written)], written, styles[style]


def _writes(worksheet: "Worksheet") -> "Writes":
    """The call for each type, without the library's look at each cell for an address like A1."""
    calls = {str: worksheet.write_string, int: worksheet.write_number, type(None): worksheet.write_blank}
    return {kind: MethodType(unwrap(write), worksheet) for kind, write in calls.items()}


def as_written(page: Page, kind: str, column: int, cell: Cell) -> tuple[Cell | None, str]:
    """What the library is given for a cell (None: nothing but the format), and the name of its format.

    In a table figures, days and short columns are centred, 逾期 is set off. One function, as it is asked for every
    text of a ledger.
    """
    if isinstance(cell, int):
        return cell, "middle" if kind == "row" else kind
    if kind != "row":
        looks = kind
    elif len(cell) <= 10 and cell.isascii():
        looks = "middle"
    elif column == page.status and any(word in cell for word in page.late):
        looks = "late"
    else:
        looks = "middle" if column in page.middle else "text"
    if not cell:
        return None, looks
    return written_text(cell), f"{looks} as text" if cell[0] in _FORMULA_STARTS else looks


def _unwritten(row: int, column: int) -> ExportError:
    where = f"第 {row + 1} 行第 {column + 1} 列"
    return ExportError(f"无法生成 .xlsx：{where}写不进去。", "请改用 .csv 或 .json 格式导出。")


def written_text(text: str) -> str:
    """The text as xlsxwriter has to be given it so that a spreadsheet shows exactly this text."""
    if "_x" not in text and text[:3] != "<r>":  # nearly all of a ledger
        return text
    if not (text.startswith("<r>") and text.endswith("</r>")) and not _SHARED_ESCAPE.search(text):
        return text
    # Ready-made XML of our own. &#95; is the underscore, unseen by xlsxwriter's own escaping.
    coded = _ESCAPE.sub("_x005F_", text)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("_", "&#95;")):
        coded = coded.replace(char, entity)
    return f'<r><t xml:space="preserve">{coded}</t></r>'


def _set_print(worksheet: "Worksheet", page: Page, sheet: LedgerSheet) -> None:
    """A4 across, one page wide, the title, period and unit on every page."""
    # In a running head & begins a code; no escape of it is understood by every spreadsheet.
    name, period, unit, day = (part.replace("&", "＆") for part in running_heads(sheet))
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.print_area(0, 0, len(page.lines) - 1, len(page.widths) - 1)
    if page.fit == "scale":  # a spreadsheet that fits pages to the paper heeds no breaks
        worksheet.set_print_scale(_SCALE)
    else:
        worksheet.fit_to_pages(1, 1 if page.fit == "page" else 0)
    worksheet.center_horizontally()
    worksheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
    worksheet.set_header(f"&L{period}&C{name}&R{unit}")
    worksheet.set_footer(f"&L{day}&C第 &P 页，共 &N 页&R{page.name}")
