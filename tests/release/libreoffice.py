"""Every golden .docx and .xlsx through LibreOffice: does it open, on how many pages, and is all of it to be read.

    .venv/bin/python -m tests.release.libreoffice [--keep FOLDER]

The documents inside the golden packages are converted too, and papers of tests.release.papers full of long codes,
addresses and words. A PDF counts when every paragraph and every cell of its paper stands in it to the last character,
and for every entry of the ledger the beginning of its requirement on the same page as its number.
--keep leaves the PDFs in FOLDER, and each page as a picture where pdftoppm is there. Exit code 1: something is missing.
"""

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from db.export.docx_reading import Grid, read
from tests.release.papers import hard_papers

GOLDEN: Final = Path(__file__).parents[1] / "golden"
SUFFIXES: Final = (".docx", ".xlsx")
BEGINNING: Final = 20
"""How many characters of a requirement have to be found."""
SECONDS: Final = 600
WINDOW: Final = 6
"""Characters of a text that are looked for together."""
SHOWN: Final = 8
"""Places that are shown where text is cut off."""

Entry = tuple[str, str]
"""Number and requirement."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be converted: its name here, its bytes, the entries that it must show."""

    name: str
    content: bytes
    entries: tuple[Entry, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every paragraph and every cell."""
        if self.name.endswith(".xlsx"):
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
            for name in book.sheet_names:
                yield from (
                    each for row in book.get_sheet_by_name(name).to_python() for each in row if isinstance(each, str)
                )
            return
        for part in read(self.content):
            if isinstance(part, Grid):
                yield from chain(part.header, *part.rows)
            else:
                yield part.text


def papers() -> Iterator[Paper]:
    """All that lies in the golden folders, by plan, and the papers that are hard to break into lines."""
    for folder in sorted(path.parent for path in GOLDEN.glob("*/ledger.json")):
        ledger = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
        entries = tuple((entry["number"], entry["requirement"]) for entry in ledger["entries"])
        for suffix in SUFFIXES:
            yield Paper(f"{folder.name}{suffix}", (folder / f"ledger{suffix}").read_bytes(), entries)
        with ZipFile(folder / "ledger.zip") as package:
            for member in package.namelist():
                name = PurePosixPath(member)
                if name.suffix in SUFFIXES and len(name.parts) == 2:
                    is_ledger = "台账" in name.name
                    shown = f"{folder.name}-{name.name}"
                    yield Paper(shown, package.read(member), entries if is_ledger else ())
    yield from (Paper(name, content) for name, content in hard_papers())


def converted(soffice: str, found: list[Paper], work: Path) -> dict[str, Path]:
    """The PDF of each paper by its name; one that was not made is left out."""
    given, made = work / "given", work / "pdf"
    given.mkdir()
    made.mkdir()
    pdfs = {}
    for at, paper in enumerate(found):
        # Names of our own: two papers that differ only in their suffix would become one PDF.
        path = given / f"{at:02}{Path(paper.name).suffix}"
        path.write_bytes(paper.content)
        pdfs[paper.name] = made / f"{at:02}.pdf"
    profile = (work / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    files = sorted(str(path) for path in given.iterdir())
    done = subprocess.run([*command, "--outdir", str(made), *files], capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
    return {name: path for name, path in pdfs.items() if path.exists()}


def pages(pdf: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page(?![a-zA-Z])", pdf.read_bytes()))


def text_of(pdf: Path) -> list[str] | None:
    """The text of each page in the order in which it was drawn, so that a cell is in one piece; None without
    pdftotext."""
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        return None
    done = subprocess.run([pdftotext, "-raw", str(pdf), "-"], capture_output=True, check=True, timeout=SECONDS)
    return done.stdout.decode("utf-8").split("\f")


def missing(entries: tuple[Entry, ...], text: list[str]) -> list[str]:
    """The entries whose requirement stands on no page with its number as a number of its own."""
    lost = []
    for number, requirement in entries:
        # A cell's lines break anywhere, and signs of two fonts stand apart (自 1); the digits of a number do not.
        beginning = _spaced(*"".join(requirement.split())[:BEGINNING])
        token = re.compile(rf"(?<!\d){_spaced(*re.findall(r'[0-9]+|[^0-9]', number)).pattern}(?!\d)")
        if not any(beginning.search(page) and token.search(page) for page in text):
            lost.append(number)
    return lost


def lost(texts: Iterable[str], pages_: list[str]) -> list[str]:
    """What of the texts stands nowhere: where it is, up to 20 characters of each place, white space aside.

    A place is more than WINDOW - 1 windows after one another that no page has: a text that goes on on another page
    loses so many of them, and each character that is not there one more. So the last five of a text, when only they
    are missing, are not told from a text that goes on.
    """
    whole = "".join(map(_bare, pages_))
    there = {whole[at : at + WINDOW] for at in range(len(whole) - WINDOW + 1)}
    found = []
    for text in set(map(_bare, texts)):
        if len(text) < WINDOW:
            found += [text] * (text not in whole)
            continue
        run = 0
        for at in range(len(text) - WINDOW + 1):
            run = 0 if text[at : at + WINDOW] in there else run + 1
            if run == WINDOW:
                found.append(text[max(0, at - 5) : at + 15])
    return sorted(found)


def _bare(text: str) -> str:
    """Without white space; signs that a font draws as another of the same look are one."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _spaced(*pieces: str) -> re.Pattern[str]:
    """The pieces with any white space between them."""
    return re.compile(r"\s*".join(map(re.escape, pieces)))


def keep(pdfs: dict[str, Path], folder: Path) -> None:
    """The PDFs under the names of their papers, and their pages as pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    pdftoppm = shutil.which("pdftoppm")
    for name, pdf in pdfs.items():
        kept = folder / f"{name}.pdf"
        shutil.copy(pdf, kept)
        if pdftoppm:
            subprocess.run([pdftoppm, "-r", "60", "-png", str(kept), str(folder / name)], check=True, timeout=SECONDS)


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.release.libreoffice", description="Convert golden files.")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the PDFs and pictures of pages there")
    kept = parser.parse_args(arguments).keep
    soffice = shutil.which("soffice")
    if soffice is None:
        print("SKIPPED: soffice (LibreOffice) is not on this machine, nothing was converted")
        return 0
    found, failed = list(papers()), 0
    with tempfile.TemporaryDirectory() as name:
        pdfs = converted(soffice, found, Path(name))
        for paper in found:
            said = report(paper, pdfs.get(paper.name))
            failed += said.startswith("FAILED")
            print(f"{paper.name}: {said}")
        if kept:
            keep(pdfs, kept)
    print(f"{len(found)} documents, {failed} failed")
    return 1 if failed or not found else 0


def report(paper: Paper, pdf: Path | None) -> str:
    """What became of one paper."""
    if pdf is None:
        return "FAILED: not converted"
    text = text_of(pdf)
    if text is None:
        return f"{pages(pdf)} pages; text SKIPPED: pdftotext is not on this machine"
    without = missing(paper.entries, text)
    if without:
        return f"FAILED: {pages(pdf)} pages, without the entries {', '.join(without)}"
    cut = lost(paper.texts(), text)
    if cut:
        return f"FAILED: {pages(pdf)} pages, cut off at {len(cut)} places: {' | '.join(cut[:SHOWN])}"
    characters = sum(len("".join(page.split())) for page in text)
    return f"{pages(pdf)} pages, {characters} characters, {len(paper.entries)} entries found"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
