"""The .csv: opens right in a spreadsheet and no cell can become a formula."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.columns import table
from db.export.csv_form import document, guarded, parsed
from db.rules.rows import LedgerSheet
from tests.db.export.attached import ATTACHED, attached_texts
from tests.db.export.conftest import AT, ENTRY, HEAD, SHEET, with_texts


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("'=1", "'=1"),
        ("1=1", "1=1"),
        (" =1", " =1"),
        ("—一", "—一"),
        ("", ""),
        ("001234", "001234"),
        (-5, "-5"),
        (0.25, "0.25"),
        (-0.5, "-0.5"),
    ],
)
def test_a_text_that_starts_like_a_formula_gets_one_apostrophe_and_a_number_none(
    cell: str | int | float, written: str
) -> None:
    assert guarded(cell) == written


def test_the_file_has_a_bom_crlf_and_one_row_for_each_entry(sheet: LedgerSheet) -> None:
    written = document(sheet, AT).payload
    assert written.startswith(b"\xef\xbb\xbf" + "序号,工作任务,具体要求,".encode())
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows == [[*table(sheet).header, "流水校验码"], *([*row, HEAD] for row in table(sheet).rows)]
    assert written.endswith(b"\r\n")
    # A line end inside a cell stays LF, so the rows can be told from it.
    assert written.count(b"\r\n") == len(rows)


def test_no_cell_of_hostile_text_starts_like_a_formula(hostile_sheet: LedgerSheet) -> None:
    written = document(hostile_sheet, AT)
    assert written.differs(written.payload) is None
    cells = [cell for row in parsed(written.payload) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert "'=1+1" in cells


def test_a_cell_above_the_librarys_limit_is_written_and_read_back() -> None:
    limit = csv.field_size_limit()
    long = "公" * (limit + 1)
    written = document(replace(SHEET, entries=(replace(ENTRY, what_was_done=long),)), AT)
    assert written.differs(written.payload) is None
    assert long in parsed(written.payload)[1]
    assert csv.field_size_limit() == limit


def test_the_names_of_evidence_stand_in_a_column_of_their_own() -> None:
    header, first, second, *_ = parsed(document(ATTACHED, AT).payload)
    at = header.index("佐证材料")
    assert (first[at], second[at]) == ("001234.png\n通知.pdf", "")


def test_a_changed_cell_is_noticed(sheet: LedgerSheet) -> None:
    written = document(sheet, AT)
    assert written.differs(written.payload.replace(b"2026-03-09", b"2026-03-08", 1)) is not None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=4))
def test_any_text_goes_in_and_comes_back(texts: list[str]) -> None:
    written = document(attached_texts(with_texts(tuple(texts)), tuple(texts)), AT)
    assert written.differs(written.payload) is None
