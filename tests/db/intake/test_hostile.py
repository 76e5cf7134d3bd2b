"""Files that mean harm, or are none, asked of the process that reads, with the ledger open beside them.

Each gets an answer in Chinese with advice, within the time and memory that a reading has; the program that asked lives
on, and the ledger's bytes are what they were. What the readers and the zip checks refuse in detail is tested with them
(tests/db/intake/readers); here is the whole way.
"""

import os
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from db.errors import ReadingError
from db.intake.readers.asking import read_document
from db.intake.replay import replayed
from db.intake.source import Source
from tests.db.intake.readers.docx_papers import members, p, part, relations, zipped
from tests.world import World

MOST_SECONDS = 30.0
MOST_MEMORY = 1 << 30
"""Bytes that a child may hold (Linux tells them in KiB)."""
HUGE = 200 * 1024 * 1024

BOOK = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="分工" sheetId="1" r:id="r0"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
}
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 '哈哈'>"
    + "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"


def book(sheet: str) -> bytes:
    return zipped({**BOOK, "xl/worksheets/sheet1.xml": sheet}).getvalue()


def document(declared: str, inside: str) -> bytes:
    """A .docx whose document has a document type of its own."""
    body = part("document", f"<w:body>{p(inside)}</w:body>").replace("?>", f"?>{declared}", 1)
    return zipped({**members(""), "word/document.xml": body}).getvalue()


def nested_zips() -> bytes:
    """A zip in a zip in a zip, each of zeros a thousand times its size."""
    raw = bytes(30_000_000)
    for _ in range(3):
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for at in range(4):
                archive.writestr(f"word/{at}.xml", raw)
        raw = stream.getvalue()
    return raw


def many_bombs() -> bytes:
    """Members that each pass and are too much together."""
    filler = {f"xl/worksheets/sheet{at}.xml": " " * 30_000_000 for at in range(2, 12)}
    return zipped({**BOOK, "xl/worksheets/sheet1.xml": SHEET.format(""), **filler}).getvalue()


def pages_in_a_circle() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R 2 0 R]/Count 9>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 3 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\n"
        b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 5>>stream\n/F Do\n"
        b"endstream endobj\ntrailer<</Root 1 0 R/Size 6/Prev 0>>\n%%EOF"
    )


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a bomb in a workbook": ("炸.xlsx", lambda: book(SHEET.format(" " * 90_000_000))),
    "many bombs together": ("炸.xlsx", many_bombs),
    "zips in zips": ("套.docx", nested_zips),
    "laughs in a document": ("笑.docx", lambda: document(LAUGHS, "&a11;")),
    "laughs in a workbook": ("笑.xlsx", lambda: book(LAUGHS + SHEET.format("<row><c><v>&a11;</v></c></row>"))),
    "an entity from outside": ("外.docx", lambda: document(OUTSIDE, "&a;")),
    "pages in a circle": ("环.pdf", pages_in_a_circle),
    "a page 200,000 deep": ("深.html", lambda: b"<div>" * 200_000 + "任务".encode()),
    "a broken zip": ("断.docx", lambda: zipped(members(p("通知") * 400)).getvalue()[:-400]),
    "a zip in name only": ("假.xlsx", lambda: b"PK\x03\x04" + os.urandom(4096)),
    "a program as a text": ("程序.txt", lambda: b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 64),
    "zeros as a text": ("零.txt", lambda: bytes(4096)),
    "nothing at all": ("空.md", bytes),
    "a picture as a workbook": ("图.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    "a workbook as a page": ("表.html", lambda: book(SHEET.format("<row><c><v>1</v></c></row>"))),
    "a database as a document": ("库.docx", lambda: b"SQLite format 3\0" + bytes(4080)),
    "a workbook without cells": ("无.xlsx", lambda: book(SHEET.format(""))),
    "a page of tables without cells": ("无.html", lambda: b"<table></table><table><tr></tr></table>"),
}


@pytest.fixture(autouse=True)
def ledger(world: World) -> Iterator[World]:
    """A ledger that is open while the file is read: afterwards its bytes are the same, and it still takes work."""
    before = world.path.read_bytes()
    yield world
    assert world.path.read_bytes() == before
    assert not [path.name for path in world.path.parent.iterdir() if path.name.startswith("core")]


def read(path: Path, world: World) -> Source:
    began = time.monotonic()
    try:
        return read_document(path, progress=lambda *told: None, cancelled=bool, own=world.file.is_own)
    finally:
        assert time.monotonic() - began < MOST_SECONDS
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MOST_MEMORY


def refusal(path: Path, world: World) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read(path, world)
    error = caught.value
    assert path.name in error.message
    assert any("\u4e00" <= sign <= "\u9fff" for sign in error.hint)
    assert "Error" not in error.message
    assert "Traceback" not in error.message
    return error


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_file_that_means_harm_is_answered_and_nothing_else_happens(kind: str, tmp_path: Path, ledger: World) -> None:
    name, make = HOSTILE[kind]
    path = tmp_path / name
    path.write_bytes(make())
    refusal(path, ledger)


def test_what_stands_outside_of_a_document_is_never_read_into_it(tmp_path: Path, ledger: World) -> None:
    secret = tmp_path / "秘密.txt"
    secret.write_text("不可外传", encoding="utf-8")
    path = tmp_path / "外.html"
    uri = secret.as_uri()
    path.write_text(
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{uri}">]><p>正文&x;</p><iframe src="{uri}"></iframe><object data="{uri}">'
        f'</object><link href="{uri}"><p>通知</p>',
        encoding="utf-8",
    )
    source = read(path, ledger)
    assert "不可外传" not in repr(source)
    assert "通知" in repr(source.blocks)


@pytest.mark.parametrize("name", ["稀疏.txt", "稀疏.html", "稀疏.pdf", "稀疏.xlsx"])
def test_two_hundred_megabytes_of_any_form_are_refused_unread(name: str, tmp_path: Path, ledger: World) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(HUGE)
    began = time.monotonic()
    assert "200 MB" in refusal(path, ledger).message
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("suffix", ["", ".txt", ".docx"])
def test_the_ledger_itself_is_no_notice_under_any_name(suffix: str, tmp_path: Path, ledger: World) -> None:
    link = tmp_path / f"通知{suffix}"
    link.symlink_to(ledger.path)
    assert "台账" in refusal(link, ledger).message
    os.link(ledger.path, tmp_path / f"同一个{suffix}")
    assert "台账" in refusal(tmp_path / f"同一个{suffix}", ledger).message


def test_what_is_read_of_a_table_without_words_is_no_task(tmp_path: Path, ledger: World) -> None:
    rows = "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>" * 3
    path = tmp_path / "空表.docx"
    path.write_bytes(zipped(members(p("关于印发任务表的通知") + f"<w:tbl>{rows}</w:tbl>")).getvalue())
    reading = replayed(read(path, ledger), ())
    assert reading.tasks == ()
    assert "no_tasks" in [problem.kind for problem in reading.blocking]


def test_after_all_of_them_a_notice_is_still_read(tmp_path: Path, ledger: World) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(zipped(members(p("关于印发要点的通知"))).getvalue())
    assert read(path, ledger).form == "docx"
