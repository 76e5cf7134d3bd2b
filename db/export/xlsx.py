"""The ledger as .xlsx: the sheets of xlsx_layout, text as text, ready to print.

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
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from db.errors import ExportError
from db.export.document import Document
from db.export.heading import author, title
from db.export.summary import Cell
from db.export.xlsx_layout import Line, Page, pages, running_heads
from db.rules.rows import LedgerSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Way = tuple[Callable[..., int], Cell | None, Format]

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4: Final = 9
_FORMULA_STARTS: Final = tuple("=+-@\t\n＝＋－＠")
# xlsxwriter takes <r>…</r> for ready-made XML, and escapes only the first of two _xHHHH_ that share a sign.
_SHARED_ESCAPE: Final = re.compile(r"_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_ESCAPE: Final = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The file's bytes, the same for the same ledger and `at` (the time of creation in the file's properties)."""
    made = pages(sheet)

    def differs(written: bytes) -> str | None:
        return _difference(written, made)

    return Document(_bytes(sheet, made, at), differs)


def _bytes(sheet: LedgerSheet, made: tuple[Page, ...], at: datetime) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        book = Workbook(file, _OPTIONS)
        created = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
        book.set_properties({"title": title(sheet), "author": author(sheet.ledger), "created": created})
        styles = _styles(book)
        for page in made:
            worksheet = book.add_worksheet(page.name)
            _fill(worksheet, page, styles)
            _set_print(worksheet, page, sheet)
        book.close()
    unsaid = [str(each.message) for each in said if issubclass(each.category, UserWarning)]
    if unsaid:
        raise ExportError(f"无法生成 .xlsx：{unsaid[0]}", "请改用 .csv 或 .json 格式导出。")
    return file.getvalue()


def _styles(book: "Workbook") -> dict[str, "Format"]:
    """Formats by kind; those `as text` keep a text a text even when the clerk edits the cell (quote prefix)."""
    base = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    kinds: dict[str, dict[str, object]] = {
        "title": {"font_name": "黑体", "font_size": 18, "align": "center"},
        "about": {"align": "left"},
        "block": {"font_name": "黑体", "font_size": 12, "align": "left"},
        "head": {"font_name": "黑体", "align": "center", "border": 1, "bg_color": "#E7EBF0"},
        "text": {"align": "left", "border": 1},
        "middle": {"align": "center", "border": 1},
        "late": {"align": "center", "border": 1, "bold": True, "font_color": "#B00020"},
    }
    made = {kind: book.add_format({**base, **looks}) for kind, looks in kinds.items()}
    for kind, looks in kinds.items():
        made[f"{kind} as text"] = book.add_format({**base, **looks, "quote_prefix": True})
    return made


def _fill(worksheet: "Worksheet", page: Page, styles: dict[str, "Format"]) -> None:
    for column, width in enumerate(page.widths):
        worksheet.set_column(column, column, width)
    # Most texts of a ledger come again and again: each is looked at once for its column.
    aside = replace(page, middle=frozenset(), status=None)  # what spans columns is no line of the table
    table = [cache(partial(_way, worksheet, page, styles, "row", column)) for column in range(len(page.widths))]
    for row, line in enumerate(page.lines):
        worksheet.set_row(row, line.height)
        if line.kind == "row" and not line.spans:
            for column, (cell, way) in enumerate(zip(line.cells, table, strict=True)):
                write, written, style = way(cell)
                if write(row, column, written, style):
                    raise _unwritten(row, column)
        else:
            _fill_spanned(worksheet, row, line, partial(_way, worksheet, aside, styles, line.kind))
    worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if page.head is not None:
        worksheet.freeze_panes(page.head + 1, 1)
        worksheet.autofilter(page.head, 0, page.last or page.head, len(page.widths) - 1)
        worksheet.repeat_rows(page.head)


def _fill_spanned(worksheet: "Worksheet", row: int, line: Line, way: Callable[[int, Cell], "Way"]) -> None:
    spans = line.spans or (1,) * len(line.cells)
    for column, cell, span in zip(accumulate(spans, initial=0), line.cells, spans, strict=False):
        write, written, style = way(column, cell)
        if span > 1:
            worksheet.merge_range(row, column, row, column + span - 1, "", style)
        if write(row, column, written, style):
            raise _unwritten(row, column)


def _way(worksheet: "Worksheet", page: Page, styles: dict[str, "Format"], kind: str, column: int, cell: Cell) -> "Way":
    """How a cell is written: by which call, as what, in which format."""
    looks = _looks(cell, column, page) if kind == "row" else kind
    if isinstance(cell, int):
        return worksheet.write_number, cell, styles[looks]
    if cell == "":
        return worksheet.write_blank, None, styles[looks]
    guarded = f"{looks} as text" if cell.startswith(_FORMULA_STARTS) else looks
    return worksheet.write_string, written_text(cell), styles[guarded]


def _looks(cell: Cell, column: int, page: Page) -> str:
    """How a cell of a table looks: figures, days and short columns centred, 逾期 set off."""
    if isinstance(cell, int) or (len(cell) <= 10 and cell.isascii()):
        return "middle"
    if column == page.status and any(word in cell for word in page.late):
        return "late"
    return "middle" if column in page.middle else "text"


def _unwritten(row: int, column: int) -> ExportError:
    where = f"第 {row + 1} 行第 {column + 1} 列"
    return ExportError(f"无法生成 .xlsx：{where}写不进去。", "请改用 .csv 或 .json 格式导出。")


def written_text(text: str) -> str:
    """The text as xlsxwriter has to be given it so that a spreadsheet shows exactly this text."""
    if not (text.startswith("<r>") and text.endswith("</r>")) and not ("_x" in text and _SHARED_ESCAPE.search(text)):
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
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
    worksheet.set_header(f"&L{period}&C{name}&R{unit}")
    worksheet.set_footer(f"&L{day}&C第 &P 页，共 &N 页&R{page.name}")


def _difference(written: bytes, made: tuple[Page, ...]) -> str | None:
    """What a reader finds on the sheets that is not as laid out."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    if book.sheet_names != [page.name for page in made]:
        return "工作表不一致"
    for page in made:
        found = book.get_sheet_by_name(page.name).to_python(skip_empty_area=False)
        for row, meant in enumerate(page.grid()):
            read = found[row] if row < len(found) else []
            if read[: len(meant)] != meant or any(cell != "" for cell in read[len(meant) :]):
                return f"工作表“{page.name}”第 {row + 1} 行不一致"
        if any(cell != "" for row in found[len(page.lines) :] for cell in row):
            return f"工作表“{page.name}”多出了内容"
    return None
