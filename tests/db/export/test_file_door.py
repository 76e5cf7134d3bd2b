"""Text into files: whatever stands in whatever field of a ledger, every form is made, reads back equal and holds
nothing unseen, no formula and no cut text. Fields are found by their types: a new one is tried without a word here."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.errors import ExportError
from db.export.csv_form import parsed
from db.export.form import forms
from db.export.package import Package
from db.export.text import file_text, json_safe
from db.rules.rows import HistoryRow, LedgerSheet
from tests.db.export.conftest import AT
from tests.db.export.packed import PACKED, contents
from tests.hostile import PAYLOADS, spoilt

UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef"
    "\ufeff\ufffe\uffff\U000e0000-\U000e007f\U0010ffff]"
)
HISTORY: Final = HistoryRow(
    1, 1, "2026-03-02T10:00:00+08:00", "甲", "note", "note:1", None, {"text": "甲", "entry_id": 1}, None
)
SHEET: Final = replace(PACKED, history=(HISTORY,))


def ledger_of(text: str) -> LedgerSheet:
    made: LedgerSheet = spoilt(SHEET, text)
    return made


def parts_of(name: str, payload: bytes) -> Iterator[tuple[str, str]]:
    """Every text in a file, by member and, in XML, by what a reader makes of it."""
    if payload[:2] != b"PK":
        yield name, payload.decode("utf-8-sig")
        return
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        for member in archive.infolist():
            yield f"{name} name", member.filename
            content = archive.read(member)
            if member.filename.endswith((".xml", ".rels")):
                for node in ElementTree.fromstring(content).iter():
                    yield from ((member.filename, text) for text in (node.text, *node.attrib.values()) if text)
            elif content[:2] == b"PK" or member.filename.endswith((".html", ".csv", ".md", ".json")):
                yield from parts_of(member.filename, content)


def formulas(payload: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return [name for name in sheets if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]


def check(suffix: str, sheet: LedgerSheet) -> None:
    document = forms[suffix](sheet, AT)
    assert document.differs(document.payload) is None
    unseen = [(where, text) for where, text in parts_of(suffix, document.payload) if UNSEEN.search(text)]
    assert unseen == []
    if suffix == ".xlsx":
        assert formulas(document.payload) == []
    if suffix == ".csv":
        starts = [cell for row in parsed(document.payload) for cell in row if cell[:1] in set("=+-@\t\r\n＝＋－＠")]
        assert [cell for cell in starts if cell] == []


@pytest.mark.parametrize("suffix", forms)
def test_every_hostile_text_in_every_field_goes_into_every_form_and_comes_back(suffix: str) -> None:
    for text in PAYLOADS.values():
        check(suffix, ledger_of(text))


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".md"])
def test_a_form_that_leaves_the_door_out_is_found(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check(suffix, SHEET)
    for name, module in list(sys.modules.items()):
        if name.startswith("db.export.") and hasattr(module, "file_text"):
            monkeypatch.setattr(module, "file_text", str)
    with pytest.raises((AssertionError, ValueError, ExportError, ElementTree.ParseError)):
        check(suffix, ledger_of("甲\u202e乙\x9b2J"))


ANY: Final = st.text(
    st.characters()
    | st.characters(categories=("Cc", "Cf", "Cs", "Cn", "Zs", "Mn"))
    | st.sampled_from("=+-@\t\r\n[]<>&|`'\""),
    max_size=30,
)


@pytest.mark.parametrize("suffix", forms)
@settings(max_examples=12)
@given(text=ANY)
@example(text="")
@example(text="\r\n")
def test_any_text_in_every_field_goes_into_every_form_and_comes_back(suffix: str, text: str) -> None:
    check(suffix, ledger_of(text))


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".md", ".json"])
def test_a_text_beyond_every_limit_of_a_cell_is_nowhere_cut(suffix: str) -> None:
    long = "".join(f"第{at}句。" for at in range(6_000))
    assert len(long) > 32_767
    entry = replace(SHEET.entries[0], what_was_done=long)
    document = forms[suffix](replace(SHEET, entries=(entry,), evidence=(), publications=()), AT)
    assert document.differs(document.payload) is None
    texts = [text for _, text in parts_of(suffix, document.payload)]
    whole = "".join(texts)
    assert all(f"第{at}句。" in whole for at in (0, 2_000, 4_095, 5_999))
    if suffix == ".xlsx":
        assert max(map(len, texts)) <= 32_767


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_every_hostile_text_in_names_and_captions_makes_a_whole_package(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.getbasetemp() / "hostile.zip"
    sheet = replace(SHEET, evidence=tuple(replace(row, name=text, caption=text) for row in SHEET.evidence))
    sheet = replace(sheet, ledger=replace(sheet.ledger, unit=text))
    package = Package(sheet, AT, contents(), lambda done, total: None)
    target.touch()
    package.write(target)
    assert package.differs(target) is None
    names = zipfile.ZipFile(target).namelist()
    assert [name for name in names if UNSEEN.search(name) or "\n" in name or ".." in name or name[0] == "/"] == []


@given(text=ANY)
def test_both_doors_are_idempotent_and_encodable(text: str) -> None:
    for door in (file_text, json_safe):
        once = door(text)
        assert door(once) == once
        assert not UNSEEN.search(once)
        once.encode("utf-8")


def test_a_csv_can_be_read_by_the_library_as_it_is_written() -> None:
    document = forms[".csv"](ledger_of('甲"\r\n=1+1'), AT)
    rows = list(csv.reader(io.StringIO(document.payload.decode("utf-8-sig"), newline="")))
    assert rows == parsed(document.payload)
