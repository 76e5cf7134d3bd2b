"""Reading an .xlsx back: what another library finds on the sheets, against what was laid out."""

import io
import zipfile
from collections.abc import Sequence

from db.export.summary import Cell
from db.export.xlsx_layout import Page


def difference(written: bytes, made: Sequence[Page]) -> str | None:
    """What a reader finds on the sheets that is not as laid out; None where all is."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    if book.sheet_names != [page.name for page in made]:
        return "工作表不一致"
    for page in made:
        found = book.get_sheet_by_name(page.name).to_python(skip_empty_area=False)
        if wrong := _wrong_row(found, page.grid()):
            return f"工作表“{page.name}”{wrong}"
    # What a chart draws are cells of its sheet, compared above; that it is there says the archive.
    parts = zipfile.ZipFile(io.BytesIO(written)).namelist()
    drawn = sum(name.startswith("xl/charts/chart") for name in parts)
    return None if drawn == sum(len(page.charts) for page in made) else "图表缺失或多余"


def _wrong_row(found: Sequence[Sequence[object]], meant: Sequence[tuple[Cell, ...]]) -> str | None:
    for row, cells in enumerate(meant):
        read = found[row] if row < len(found) else []
        if read != [*cells] and _without_empty_end(read) != _without_empty_end(cells):
            return f"第 {row + 1} 行不一致"
    if any(cell != "" for row in found[len(meant) :] for cell in row):
        return "多出了内容"
    return None


def _without_empty_end(row: Sequence[object]) -> list[object]:
    cells = list(row)
    while cells and cells[-1] == "":
        cells.pop()
    return cells
