"""The .xlsx: text stays text, nothing is cut, and it is ready to print."""

import io
import re
import sys
import warnings
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from db.errors import ExportError
from db.export.columns import table
from db.export.text import file_text
from db.export.xlsx import document
from db.export.xlsx_layout import Page
from db.export.xlsx_pages import pages
from db.rules.rows import LedgerSheet
from tests.db.export.attached import attached_texts
from tests.db.export.conftest import AT, ENTRIES, ENTRY, HEAD, HOSTILE, LEDGER, SHEET, with_texts
from tests.db.export.worked import WORKED


def opened(sheet: LedgerSheet) -> Any:
    return load_workbook(io.BytesIO(document(sheet, AT).payload))


def ledger_page(sheet: LedgerSheet) -> Page:
    return next(page for page in pages(sheet) if page.name == "台账")


def part(sheet: LedgerSheet, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(document(sheet, AT).payload)).read(name).decode("utf-8")


def test_the_sheet_has_title_basis_particulars_header_and_one_row_for_each_entry(sheet: LedgerSheet) -> None:
    book = opened(sheet)
    assert book.sheetnames == ["封面", "汇总", "图表", "台账", "量化指标", "报送"]
    rows = [["" if cell is None else cell for cell in row] for row in book["台账"].iter_rows(values_only=True)]
    assert rows[0][0] == "2026年执法监督科政务公开工作台账"
    assert rows[1][0].startswith("依据：《关于印发")
    assert "某市监办〔2021〕233号" in rows[1][0]
    assert rows[1][0].endswith("2021年通知，按2026年办理")
    assert (
        rows[2][0] == "期间：2026年1月1日至12月31日　　办理单位：执法监督科　　办理人：经办人甲　　导出日期：2026-11-22"
        f"　　流水校验码：{HEAD}"
    )
    made = table(sheet)
    assert [tuple(row) for row in rows[3:]] == [made.header, *made.rows]


def test_a_notice_without_title_and_agency_is_named_by_its_short_name() -> None:
    ledger = replace(LEDGER, title=None, agency=None, document_number=None, year=2021, officer=None)
    rows = list(opened(replace(SHEET, ledger=ledger))["台账"].iter_rows(values_only=True))
    assert rows[1][0] == "依据：plan-2021（来文未载标题）　来文未署名"
    assert "办理人：未填写" in rows[2][0]


def test_the_summary_counts_by_section_and_lists_what_everybody_owes(sheet: LedgerSheet) -> None:
    rows = [[cell for cell in row if cell is not None] for row in opened(sheet)["汇总"].iter_rows(values_only=True)]
    assert ["应办事项", 4] in rows
    assert ["办结率", "25.0%"] in rows
    assert ["一、做好各类规划主动公开。", 2, 1, 0, "50.0%"] in rows
    # The one that does not apply is in no total.
    assert ["二、推进行政执法信息公开。", 1, 0, 1, "0.0%"] in rows
    assert ["二、推进行政执法信息公开。", "3", "2026-11-19", "逾期 3 天", ENTRY.requirement] in rows
    assert ["工作总结（附：台账、图片资料）", "办公室", "2026-12-06", "12月6日前报办公室"] in rows
    assert ["序号 3", "每季度 2 条", "每季度不少于2条"] in rows
    assert ["台账", "要建立政务公开工作台账。"] in rows
    assert {"待确认", "自增", "调整时限", "约"} <= {row[0] for row in rows if row}


def test_a_further_sheet_stands_only_where_it_has_something_to_say() -> None:
    bare = replace(SHEET, entries=(ENTRY,), unit_quotas=(), reports=())
    assert opened(bare).sheetnames == ["封面", "汇总", "图表", "台账"]
    names = ["封面", "汇总", "图表", "台账", "公开记录", "量化指标", "周期", "计时", "报送"]
    assert opened(WORKED).sheetnames == names
    only_counts = replace(bare, counts=WORKED.counts)
    assert opened(only_counts).sheetnames == ["封面", "汇总", "图表", "台账", "量化指标"]
    written = document(only_counts, AT)
    assert written.differs(written.payload) is None


def test_a_further_sheet_is_a_table_with_its_header_kept_a_filter_and_the_same_print() -> None:
    book = opened(WORKED)
    for page in book.worksheets[4:]:
        rows = list(page.iter_rows(values_only=True))
        assert rows[0][0] == f"2026年执法监督科政务公开工作台账：{page.title}"
        assert rows[1][0].startswith("期间：2026年1月1日至12月31日")
        assert page.freeze_panes == "B4"
        assert page.print_title_rows == "$3:$3"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.oddFooter.right.text == page.title
    assert book["公开记录"].auto_filter.ref == "A3:F7"
    # The counts below are no part of the filtered table.
    quotas = [["" if cell is None else cell for cell in row] for row in book["量化指标"].iter_rows(values_only=True)]
    assert book["量化指标"].auto_filter.ref == "A3:J10"
    assert [row[0] for row in quotas[10:]] == ["", "次数记录", "序号", "1", "3"]


def test_numbers_of_a_further_sheet_are_numbers_and_texts_are_texts() -> None:
    book = opened(WORKED)
    monthly = next(row for row in book["量化指标"].iter_rows(min_row=4) if row[2].value == "2026-10")
    assert [cell.value for cell in monthly[5:9]] == ["2 条", 1, 1, "未达到"]
    assert monthly[8].font.b
    titles = [row[2] for row in book["公开记录"].iter_rows(min_row=4)]
    assert (titles[0].value, titles[0].data_type) == ("001 号公告", "s")
    coded = replace(WORKED, publications=(replace(WORKED.publications[0], title="001"),))
    cell = opened(coded)["公开记录"]["C4"]
    assert (cell.value, cell.data_type) == ("001", "s")


def test_a_long_text_of_a_further_sheet_goes_on_and_nothing_is_cut() -> None:
    long = "".join(chr(0x4E00 + at % 5000) for at in range(40_000))
    quotas = (replace(WORKED.entries[2].quotas[0], quote=long),)
    sheet = replace(WORKED, unit_quotas=quotas, publications=(replace(WORKED.publications[0], title=long),))
    written = document(sheet, AT)
    assert written.differs(written.payload) is None
    book = load_workbook(io.BytesIO(written.payload))
    rows = list(book["公开记录"].iter_rows(min_row=4, values_only=True))
    assert "".join(row[2] or "" for row in rows) == long
    assert rows[1][0] == "2026-03-09 续行"
    first = next(book["量化指标"].iter_rows(min_row=4, values_only=True))
    assert first[6:8] == (1, 1)


def test_a_cell_that_changed_on_a_further_sheet_is_noticed() -> None:
    written = document(WORKED, AT)
    for changed in (
        replace(WORKED, publications=(*WORKED.publications[:1], *WORKED.publications[2:])),
        replace(WORKED, counts=WORKED.counts[:1]),
        replace(WORKED, clocks=WORKED.clocks[:3]),
        replace(WORKED, reports=(replace(WORKED.reports[0], remark="别的"), *WORKED.reports[1:])),
    ):
        assert written.differs(document(changed, AT).payload) is not None


def test_no_text_becomes_a_formula_a_link_or_a_number(hostile_sheet: LedgerSheet) -> None:
    hostile_sheet = attached_texts(hostile_sheet, HOSTILE)
    archive = zipfile.ZipFile(io.BytesIO(document(hostile_sheet, AT).payload))
    sheets = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    assert len(sheets) == len(pages(hostile_sheet)) == 11
    for name in sheets:
        xml = archive.read(name).decode("utf-8")
        assert "<f>" not in xml
        assert "<f " not in xml
        # Only the cover leads to the sheets, inside the book.
        assert ("<hyperlink" in xml) is (name == "xl/worksheets/sheet1.xml")
        assert "r:id" not in re.findall("<hyperlink [^>]*>", xml)
    cells = [cell for row in opened(hostile_sheet)["台账"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_text_like_a_formula_stays_text_when_the_clerk_edits_the_cell(hostile_sheet: LedgerSheet) -> None:
    cells = [cell for row in opened(hostile_sheet)["台账"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert cells
    assert all(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("text", [file_text(text) for text in HOSTILE])
def test_hostile_text_is_read_back_exactly(text: str) -> None:
    written = document(with_texts((text,)), AT)
    assert written.differs(written.payload) is None
    rows = CalamineWorkbook.from_filelike(io.BytesIO(written.payload)).get_sheet_by_name("台账").to_python()
    assert rows[4][3] == text


def test_ready_made_markup_in_a_text_does_not_reach_the_file(hostile_sheet: LedgerSheet) -> None:
    assert "<t>&x</t>" not in part(hostile_sheet, "xl/sharedStrings.xml")


def test_a_number_with_leading_zeros_and_a_date_stay_text() -> None:
    rows = list(opened(replace(SHEET, entries=(replace(ENTRIES[0], number="001234"),)))["台账"].iter_rows(min_row=5))
    assert rows[0][0].value == "001234"
    assert [cell.value for cell in rows[0]].count("2026-03-09") == 1
    assert part(SHEET, "xl/worksheets/sheet4.xml").count("numberStoredAsText") == 1


@pytest.mark.parametrize("length", [32_766, 32_767, 32_768, 70_000])
def test_a_text_beyond_a_cells_limit_goes_on_in_further_rows_and_nothing_is_cut(length: int) -> None:
    long = "".join(chr(0x4E00 + at % 5000) for at in range(length))
    written = document(replace(SHEET, entries=(replace(ENTRY, what_was_done=long), ENTRIES[1])), AT)
    assert written.differs(written.payload) is None
    rows = list(load_workbook(io.BytesIO(written.payload))["台账"].iter_rows(min_row=5, values_only=True))
    assert "".join(row[10] or "" for row in rows) == long
    assert [row[0] for row in rows] == ["1", *["1 续行"] * (len(rows) - 2), "2"]
    assert all(line.height <= 409 for line in ledger_page(SHEET).lines)


def test_a_row_is_as_high_as_its_longest_cell_needs_and_no_higher_than_a_row_can_be() -> None:
    entries = (ENTRY, replace(ENTRY, requirement="公" * 100), replace(ENTRY, requirement="公" * 5000))
    heights = [line.height for line in ledger_page(replace(SHEET, entries=entries)).lines[4:]]
    assert heights[0] < heights[1] < heights[2] <= 409
    assert len(heights) > 3


def test_a_long_number_of_a_long_row_is_not_lost() -> None:
    long = "".join(map(str, range(200)))
    made = ledger_page(replace(SHEET, entries=(replace(ENTRY, number=long, requirement="公" * 900),)))
    assert "".join(str(line.cells[0]).removesuffix(" 续行") for line in made.lines[4:]).startswith(long)


def test_it_prints_across_a4_with_its_title_period_unit_and_page_numbers(sheet: LedgerSheet) -> None:
    book = opened(sheet)
    for page in (book["台账"], book["汇总"]):
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        # One page wide is the format's default and not written.
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
        assert page.oddHeader.left.text == "期间：2026年1月1日至12月31日"
        assert page.oddHeader.center.text == "2026年执法监督科政务公开工作台账"
        assert page.oddHeader.right.text == "办理单位：执法监督科"
        assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    ledger = book["台账"]
    assert ledger.print_title_rows == "$4:$4"
    assert ledger.freeze_panes == "B5"
    assert ledger.auto_filter.ref == "A4:M9"


def test_a_unit_of_codes_and_great_length_leaves_the_running_heads_whole() -> None:
    ledger = replace(LEDGER, unit="&G&[Picture]&P" + "科" * 300)
    header = re.search("<oddHeader>(.*)</oddHeader>", part(replace(SHEET, ledger=ledger), "xl/worksheets/sheet4.xml"))
    assert header is not None
    assert re.findall("&amp;.", header[1]) == ["&amp;L", "&amp;C", "&amp;R"]
    assert len(header[1].replace("&amp;", "&")) <= 255


def test_columns_are_as_wide_as_their_text_within_limits(sheet: LedgerSheet) -> None:
    page = ledger_page(sheet)
    widths = dict(zip(table(sheet).header, page.widths, strict=True))
    assert widths["序号"] < widths["工作任务"] < widths["具体要求"] <= 36
    assert widths["到期日"] == 11
    # Every title is whole on one line.
    assert all(width >= 2 * len(title) for title, width in widths.items())


def test_the_same_ledger_gives_the_same_bytes(sheet: LedgerSheet) -> None:
    assert document(sheet, AT).payload == document(sheet, AT).payload


@pytest.mark.parametrize(
    ("at", "created"),
    [
        (AT, datetime(2026, 11, 22, 9, 5, 7)),
        (AT.replace(tzinfo=timezone(timedelta(hours=8))), datetime(2026, 11, 22, 1, 5, 7)),
        (AT.replace(tzinfo=UTC), datetime(2026, 11, 22, 9, 5, 7)),
    ],
)
def test_the_file_says_when_it_was_made(sheet: LedgerSheet, at: datetime, created: datetime) -> None:
    properties = load_workbook(io.BytesIO(document(sheet, at).payload)).properties
    assert properties.created == created
    assert properties.creator == "经办人甲"


def test_a_changed_cell_is_noticed(sheet: LedgerSheet) -> None:
    other = document(replace(SHEET, entries=(replace(ENTRIES[0], requirement="别的要求"), *ENTRIES[1:])), AT)
    assert "第 5 行" in (document(sheet, AT).differs(other.payload) or "")


def test_what_the_library_only_warns_of_is_an_error(sheet: LedgerSheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.export.xlsx.running_heads", lambda _: ("科" * 300, "", "", ""))
    with pytest.raises(ExportError, match="无法生成"):
        document(sheet, AT)


def test_nothing_is_said_on_standard_error(hostile_sheet: LedgerSheet, capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        document(hostile_sheet, AT)
    assert capsys.readouterr().err == ""
    assert "xlsxwriter" in sys.modules


def test_a_ledger_without_entries_is_a_file_too() -> None:
    written = document(replace(SHEET, entries=()), AT)
    assert written.differs(written.payload) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=4))
def test_any_text_goes_in_and_comes_back(texts: list[str]) -> None:
    written = document(attached_texts(with_texts(tuple(texts)), tuple(texts)), AT)
    assert written.differs(written.payload) is None


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("_x0041F<r>/&t \n"), max_size=24))
def test_what_looks_like_the_formats_own_escapes_comes_back_as_typed(text: str) -> None:
    written = document(with_texts((text,)), AT)
    assert written.differs(written.payload) is None
