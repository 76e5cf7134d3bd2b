"""Every golden .docx and .xlsx through LibreOffice: does it open, on how many pages, and is the ledger in it.

    .venv/bin/python -m tests.release.libreoffice [--keep FOLDER]

The documents inside the golden packages are converted too. A PDF counts when it holds, for every entry of the ledger,
the beginning of its requirement and on the same page its number; of the draft of the 工作总结 only that it converts.
--keep leaves the PDFs in FOLDER, and each page as a picture where pdftoppm is there. Exit code 1: something is missing.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import ZipFile

GOLDEN: Final = Path(__file__).parents[1] / "golden"
SUFFIXES: Final = (".docx", ".xlsx")
BEGINNING: Final = 20
"""How many characters of a requirement have to be found."""
SECONDS: Final = 600

Entry = tuple[str, str]
"""Number and requirement."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be converted: its name here, its bytes, the entries that it must show."""

    name: str
    content: bytes
    entries: tuple[Entry, ...]


def papers() -> Iterator[Paper]:
    """All that lies in the golden folders, by plan."""
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
    lost = missing(paper.entries, text)
    if lost:
        return f"FAILED: {pages(pdf)} pages, without the entries {', '.join(lost)}"
    characters = sum(len("".join(page.split())) for page in text)
    return f"{pages(pdf)} pages, {characters} characters, {len(paper.entries)} entries found"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
