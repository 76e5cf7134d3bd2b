"""The workbook as a whole: the cover, the charts, what is printed, and what reading back notices."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from db.export.text import file_text
from db.export.xlsx import document
from db.export.xlsx_layout import Line, Page
from db.export.xlsx_pages import pages
from db.export.xlsx_reading import difference
from db.rules.rows import LedgerSheet
from tests.db.export.attached import ATTACHED, attached_texts
from tests.db.export.conftest import AT, ENTRIES, HOSTILE, SHEET, with_texts

SHEETS = ["封面", "汇总", "图表", "台账", "公开记录", "量化指标", "周期", "计时", "报送", "佐证材料", "办理流水"]
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(sheet: LedgerSheet) -> Any:
    return load_workbook(io.BytesIO(document(sheet, AT).payload))


def page(sheet: LedgerSheet, name: str) -> Page:
    return next(made for made in pages(sheet) if made.name == name)


def charts(payload: bytes) -> Iterator[ElementTree.Element]:
    archive = zipfile.ZipFile(io.BytesIO(payload))
    for name in sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart")):
        yield ElementTree.fromstring(archive.read(name))


def test_the_sheets_stand_in_their_order_and_the_cover_lists_them() -> None:
    book = opened(ATTACHED)
    assert book.sheetnames == SHEETS
    assert book.active.title == "封面"
    rows = [tuple(cell for cell in row if cell is not None) for row in book["封面"].iter_rows(values_only=True)]
    assert ("2026年执法监督科政务公开工作台账",) in rows
    for words in ("期间：2026年1月1日至12月31日", "办理单位：执法监督科", "办理人：经办人甲", "导出日期：2026-11-22"):
        assert (words,) in rows
    assert any(row and str(row[0]).startswith("依据：《关于印发") for row in rows)
    listed = [row for row in rows if len(row) >= 3 and isinstance(row[0], int)]
    assert [row[1] for row in listed] == SHEETS[1:]
    assert {row[1]: row[3] for row in listed if len(row) == 4} == {
        **{"台账": 5, "公开记录": 4, "量化指标": 7, "周期": 4, "计时": 4, "报送": 4},
        **{"佐证材料": 6, "办理流水": 6},
    }


def test_a_line_of_the_contents_leads_to_its_sheet() -> None:
    sheet = opened(ATTACHED)["封面"]
    links = {cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in SHEETS[1:]}


def test_every_sheet_prints_all_of_its_cells_across_a4() -> None:
    book = opened(ATTACHED)
    for sheet, made in zip(book.worksheets, pages(ATTACHED), strict=True):
        last = f"{get_column_letter(len(made.widths))}${len(made.lines)}"
        assert sheet.print_area == f"'{sheet.title}'!$A$1:${last}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        fits = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert bool(fits) is (sheet.title != "图表")
    assert book["图表"].page_setup.scale == 75
    assert book["封面"].page_setup.fitToHeight is None  # one, which is the format's default


def test_each_chart_begins_a_printed_page_and_its_figures_follow_it() -> None:
    made = page(ATTACHED, "图表")
    assert [chart.title for chart in made.charts] == [
        "各工作任务办结情况",
        "各月到期和办结",
        "量化指标完成情况（期或项）",
    ]
    assert len(made.breaks) == 2
    book = opened(ATTACHED)
    assert [at.id for at in book["图表"].row_breaks.brk] == list(made.breaks)
    starts = [0, *made.breaks, len(made.lines)]
    for chart, start, end in zip(made.charts, starts, starts[1:], strict=False):
        assert start < chart.at < chart.head < chart.first <= chart.last < end
        assert made.lines[chart.head].kind == "head"
        room = sum(line.height for line in made.lines[chart.at : chart.head])
        assert room * 4 / 3 >= chart.height


def test_a_chart_draws_the_cells_that_stand_below_it() -> None:
    written = document(ATTACHED, AT).payload
    made = page(ATTACHED, "图表")
    for chart, tree in zip(made.charts, charts(written), strict=True):
        series = tree.findall(f".//{CHART}ser")
        assert len(series) == len(chart.series)
        for at, (column, _) in enumerate(chart.series):
            values = series[at].findall(f"./{CHART}val//{CHART}pt/{CHART}v")
            drawn = [int(value.text or "") for value in values]
            assert drawn == [line.cells[column] for line in made.lines[chart.first : chart.last + 1]]
            formula = series[at].find(f"./{CHART}val//{CHART}f")
            assert formula is not None
            letter = "ABCD"[column]
            assert formula.text == f"图表!${letter}${chart.first + 1}:${letter}${chart.last + 1}"


def test_many_sections_are_drawn_in_several_charts_of_one_scale() -> None:
    entries = tuple(replace(ENTRIES[at % 2], id=at, section=f"第{at // 3 if at < 9 else at}部分") for at in range(30))
    made = page(replace(SHEET, entries=entries), "图表")
    of_sections = [chart for chart in made.charts if chart.title.startswith("各工作任务")]
    assert [chart.title[-5:] for chart in of_sections] == ["（1/3）", "（2/3）", "（3/3）"]
    assert [chart.last - chart.first + 1 for chart in of_sections] == [8, 8, 8]
    assert {chart.most for chart in of_sections} == {3}


def test_a_ledger_with_nothing_to_draw_has_no_charts() -> None:
    empty = replace(SHEET, entries=(), unit_quotas=())
    written = document(empty, AT)
    assert "图表" not in opened(empty).sheetnames
    assert list(charts(written.payload)) == []
    assert written.differs(written.payload) is None


def test_hostile_names_leave_the_charts_readable() -> None:
    written = document(with_texts(HOSTILE), AT).payload
    assert len(list(charts(written))) >= 3


def without_a_chart(payload: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name != "xl/charts/chart1.xml":
                new.writestr(name, old.read(name))
    return made.getvalue()


def test_a_missing_chart_is_noticed() -> None:
    written = document(ATTACHED, AT)
    assert "图表" in (written.differs(without_a_chart(written.payload)) or "")


def changed(name: str, lines: tuple[Line, ...]) -> tuple[Page, ...]:
    return tuple(replace(made, lines=lines) if made.name == name else made for made in pages(ATTACHED))


@pytest.mark.parametrize("name", SHEETS)
def test_a_changed_missing_or_further_line_of_any_sheet_is_noticed(name: str) -> None:
    payload = document(ATTACHED, AT).payload
    lines = page(ATTACHED, name).lines
    last = lines[-1]
    assert difference(payload, pages(ATTACHED)) is None
    other = replace(last, cells=("别的", *last.cells[1:]))
    assert f"“{name}”第 {len(lines)} 行" in (difference(payload, changed(name, (*lines[:-1], other))) or "")
    assert f"“{name}”多出了内容" in (difference(payload, changed(name, lines[:-1])) or "")
    assert f"“{name}”第 {len(lines) + 1} 行" in (difference(payload, changed(name, (*lines, last))) or "")


def test_a_missing_sheet_is_noticed() -> None:
    payload = document(replace(ATTACHED, history=()), AT).payload
    assert difference(payload, pages(ATTACHED)) == "工作表不一致"


def test_evidence_and_history_are_tables_of_text_with_their_header_kept() -> None:
    book = opened(ATTACHED)
    evidence = book["佐证材料"]
    assert (evidence.freeze_panes, evidence.auto_filter.ref) == ("B4", "A3:J9")
    first = [cell.value for cell in evidence[4]]
    assert first[1] == "001234.png"
    assert (first[5], first[6]) == ("1.1 MB", 1_234_567)
    assert {cell.data_type for cell in evidence[4]} == {"s", "n"}
    history = book["办理流水"]
    assert (history.freeze_panes, history.auto_filter.ref) == ("B4", "A3:E9")
    assert history["A4"].data_type == "s"


def found_whole(book: Any, name: str, column: int) -> str:
    """The texts of a column below the header, joined: what goes on in 续行 rows is one text again."""
    rows = book[name].iter_rows(min_row=4, values_only=True)
    return "".join("" if row[column] is None else str(row[column]) for row in rows)


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.sampled_from("公开=+-@1 \n<r>&_x0041_\t\u202e\x07"), min_size=1, max_size=60),
    st.sampled_from([1, 2, 700]),
)
def test_hostile_and_very_long_texts_are_whole_and_no_formulas(text: str, times: int) -> None:
    long = text * times
    sheet = attached_texts(SHEET, (long,))
    written = document(sheet, AT)
    assert written.differs(written.payload) is None
    book = load_workbook(io.BytesIO(written.payload))
    assert {cell.data_type for made in book for row in made.iter_rows() for cell in row} <= {"s", "n"}
    assert found_whole(book, "佐证材料", 1) == file_text(long)
    assert found_whole(book, "办理流水", 4) == "记事：" + file_text(long)


def test_codes_and_numbers_of_evidence_stay_text() -> None:
    texts = ("001234", "110105199001011234", "1E5", "2026-01-01", "TRUE", "=1+1")
    rows = list(opened(attached_texts(SHEET, texts))["佐证材料"].iter_rows(min_row=4))
    assert [(row[1].value, row[1].data_type) for row in rows] == [(text, "s") for text in texts]
    assert rows[-1][1].quotePrefix


def test_the_running_heads_of_every_sheet_name_it() -> None:
    archive = zipfile.ZipFile(io.BytesIO(document(ATTACHED, AT).payload))
    for at, name in enumerate(SHEETS, 1):
        xml = archive.read(f"xl/worksheets/sheet{at}.xml").decode("utf-8")
        footer = re.search("<oddFooter>(.*)</oddFooter>", xml)
        assert footer is not None
        assert footer[1].endswith(f"&amp;R{name}")
