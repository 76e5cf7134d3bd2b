"""The table as .csv for a spreadsheet: UTF-8 with BOM, CRLF, quoted where needed.

No quoting stops a spreadsheet from running a cell: one that starts like a formula gets one apostrophe.
"""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from db.export.columns import table
from db.export.document import Document
from db.export.heading import CHAIN
from db.rules.rows import LedgerSheet

_FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The file's bytes. `at` is not used: a .csv has no properties."""
    made = table(sheet)
    # A table for a spreadsheet has no place above it: what ties it to the state of the file stands in each row.
    header = (*made.header, CHAIN)
    meant = [[guarded(cell) for cell in row] for row in (header, *((*row, sheet.head) for row in made.rows))]

    def differs(written: bytes) -> str | None:
        return None if parsed(written) == meant else "表格内容不一致"

    return Document(_bytes(meant), differs)


def guarded(cell: str | int | float) -> str:
    """A cell as it is written: text that could be taken for a formula with an apostrophe, numbers as they are."""
    if not isinstance(cell, str):
        return str(cell)
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def parsed(written: bytes) -> list[list[str]]:
    """The cells of such a file, apostrophes included."""
    # The library's limit of 131,072 characters a cell is for the whole interpreter.
    before = csv.field_size_limit(sys.maxsize)
    try:
        return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    finally:
        csv.field_size_limit(before)


def _bytes(rows: Iterable[Sequence[str]]) -> bytes:
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\r\n").writerows(rows)
    return page.getvalue().encode("utf-8-sig")
