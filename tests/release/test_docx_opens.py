"""An official document through LibreOffice: every page the right way round, its number on it, all of the text."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from db.export.docx import document
from tests.db.export.conftest import AT, ENTRY
from tests.db.export.worked import WORKED
from tests.release.libreoffice import lost

NEEDED = ("soffice", "pdfinfo", "pdftotext")
LONG = "".join(chr(0x4E00 + at) for at in range(3_000))


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked ledger and one entry that needs several pages, converted."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not on this machine: {'、'.join(missing)}")
    folder = tmp_path_factory.mktemp("opens")
    sheet = replace(WORKED, entries=(*WORKED.entries, replace(ENTRY, id=9, number="9", what_was_done=LONG)))
    (folder / "ledger.docx").write_bytes(document(sheet, AT).payload)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "ledger.docx")], check=True, capture_output=True, timeout=300)
    return folder / "ledger.pdf"


def said_by(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode("utf-8")


def pages(pdf: Path) -> list[str]:
    return said_by("pdftotext", "-raw", str(pdf), "-").split("\f")[:-1]


def test_the_first_and_the_last_pages_stand_and_those_of_the_table_lie(pdf: Path) -> None:
    sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", said_by("pdfinfo", "-l", "999", str(pdf)))
    ways = "".join("L" if float(width) > float(height) else "P" for width, height in sizes)
    assert re.fullmatch(r"P+L{4,}P+", ways)
    assert all({round(float(width)), round(float(height))} == {595, 842} for width, height in sizes)


def test_no_page_is_empty_and_each_has_its_number(pdf: Path) -> None:
    for at, text in enumerate(pages(pdf), start=1):
        bare = "".join(text.split())
        assert f"—{at}—" in bare
        assert len(bare) > len(f"—{at}—") + 5


def test_every_page_of_the_table_has_its_header_and_no_letter_is_cut_off(pdf: Path) -> None:
    found = [text for text in pages(pdf) if "完成情况" in text]
    assert len(found) >= 4
    assert all("落实情况" in text and "具体要求" in text for text in found)
    assert lost([LONG], pages(pdf)) == []
