"""The shipped notices as a real office program writes them: saved by LibreOffice in every form, read again, compared.

    .venv/bin/python -m tests.release.office_files [--keep FOLDER] [--only WORD]

Each way is a notice in one form (tests.db.intake.forms, tests.release.dressed) and the forms in which it is saved one
after the other; the last is read in a child process and held against the reviewed reading. A way fails where a row or
a deadline is lost or a wrong value stands without a problem. Where a page has a table without rules, or one within
another, an answer that says so counts too, and is named.
Exit code 1: something failed; 2: soffice is not on this machine, nothing was tried.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Border, Side

from db.errors import ReadingError
from db.intake.readers.asking import read_document
from db.intake.replay import replayed
from db.rules.notice import NoticeDraft
from seeds.plant import readings
from tests.db.intake.forms import MAKERS, as_html, as_xlsx
from tests.db.intake.gold import compared
from tests.release.dressed import as_fodt, as_nested_fodt

SECONDS: Final = 300

FILTERS: Final = {
    "doc": "MS Word 97", "docx": "MS Word 2007 XML", "html": "HTML (StarWriter)", "html-sheet": "HTML (StarCalc)",
    "ods": "calc8", "odt": "writer8", "pdf": "writer_pdf_Export", "pdf-sheet": "calc_pdf_Export",
    "rtf": "Rich Text Format", "txt": "Text (encoded):UTF8", "xhtml": "XHTML Writer File", "xls": "MS Excel 97",
    "xlsx": "Calc MS Excel 2007 XML",
}  # fmt: skip
"""LibreOffice's name of each form; what stands before a hyphen is the suffix."""


def as_printed_xlsx(draft: NoticeDraft, path: Path) -> None:
    """A workbook set up to be printed: rules, wrapped lines, one page wide."""
    as_xlsx(draft, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    line = Side(style="thin")
    for number, row in enumerate(sheet.iter_rows(), 1):
        for cell in row:
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        longest = max((len(str(cell.value or "")) for cell in row), default=0)
        sheet.row_dimensions[number].height = min(400, 15 * (1 + longest // 12))
    for letter in "ABCDEFG":
        sheet.column_dimensions[letter].width = 24
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(path)


def as_ruled_html(draft: NoticeDraft, path: Path) -> None:
    """A page whose table has its rules as an attribute, as old office programs write them."""
    as_html(draft, path)
    path.write_text(path.read_text(encoding="utf-8").replace("<table>", '<table border="1">'), encoding="utf-8")


SOURCES: Final[dict[str, Callable[[NoticeDraft, Path], None]]] = {
    **MAKERS,
    "dressed.fodt": as_fodt,
    "nested.fodt": as_nested_fodt,
    "printed.xlsx": as_printed_xlsx,
    "ruled.html": as_ruled_html,
}


@dataclass(frozen=True, slots=True)
class Way:
    """source: of SOURCES; saved: forms of FILTERS in turn; bare: its tables may be refused for their rules."""

    source: str
    saved: tuple[str, ...]
    bare: bool = False

    @property
    def name(self) -> str:
        return " > ".join((self.source, *self.saved))


WAYS: Final = (
    Way("docx", ("docx",)),
    Way("docx", ("odt", "docx")),
    # LibreOffice 7.4 loses tables of a .docx that it saves as .doc at once; by way of .odt it keeps them.
    Way("docx", ("odt", "doc", "docx")),
    Way("docx", ("rtf", "docx")),
    Way("docx", ("html",)),
    Way("docx", ("xhtml",)),
    Way("docx", ("pdf",)),
    Way("docx", ("txt",)),
    Way("xlsx", ("ods", "xlsx")),
    Way("xlsx", ("xls",)),
    Way("xlsx", ("xls", "xlsx")),
    Way("xlsx", ("html-sheet",)),
    # A merged cell that goes over a page's end gets no rule there.
    Way("printed.xlsx", ("pdf-sheet",), bare=True),
    Way("html", ("docx",)),
    Way("html", ("odt", "docx")),
    Way("html", ("pdf",), bare=True),
    Way("ruled.html", ("pdf",)),
    Way("dressed.fodt", ("docx",)),
    Way("dressed.fodt", ("doc", "docx")),
    Way("dressed.fodt", ("rtf", "docx")),
    Way("dressed.fodt", ("docx", "odt", "docx")),
    Way("dressed.fodt", ("html",)),
    Way("dressed.fodt", ("xhtml",)),
    Way("dressed.fodt", ("pdf",)),
    Way("dressed.fodt", ("docx", "pdf")),
    Way("nested.fodt", ("docx",)),
    Way("nested.fodt", ("doc", "docx")),
    Way("nested.fodt", ("docx", "odt", "docx")),
    Way("nested.fodt", ("html",)),
    Way("nested.fodt", ("pdf",), bare=True),
)


class Office:
    """LibreOffice at work in a folder of its own; what was made is made once."""

    def __init__(self, soffice: str, work: Path, drafts: Sequence[NoticeDraft]) -> None:
        self._soffice = soffice
        self._work = work
        self._drafts = drafts
        self._made: dict[tuple[str, ...], Path] = {}

    def folder(self, source: str, saved: tuple[str, ...]) -> Path:
        """Where the notices lie that came this way."""
        key = (source, *saved)
        if key not in self._made:
            self._made[key] = folder = self._work / str(len(self._made))
            folder.mkdir()
            if saved:
                self._convert(self.folder(source, saved[:-1]), saved[-1], folder, (source, *saved)[-2])
            else:
                for draft in self._drafts:
                    SOURCES[source](draft, folder / f"{draft.plan}.{source.rpartition('.')[2]}")
        return self._made[key]

    def _convert(self, given: Path, form: str, into: Path, before: str) -> None:
        command = [self._soffice, f"-env:UserInstallation={(self._work / 'profile').as_uri()}", "--headless"]
        if before.endswith("html"):
            # Else Writer/Web opens it, which saves in fewer forms.
            command.append("--infilter=HTML (StarWriter)")
        suffix = "html" if form == "xhtml" else form.partition("-")[0]
        command += ["--norestore", "--convert-to", f"{suffix}:{FILTERS[form]}", "--outdir", str(into)]
        files = sorted(str(path) for path in given.iterdir())
        done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=SECONDS)
        if done.returncode:
            print(done.stderr.strip(), file=sys.stderr)


def judged(path: Path, draft: NoticeDraft, way: Way) -> tuple[bool, list[str]]:
    """Whether the notice came through, and what there is to say of it."""
    if not path.exists():
        return False, [f"{draft.plan:24} FAILED: LibreOffice made no such file"]
    try:
        source = read_document(path, progress=lambda part, words: None, cancelled=bool, own=lambda status: False)
    except ReadingError as error:
        is_told = way.bare and error.message.endswith("分不清行和列。")
        return is_told, [f"{draft.plan:24} {'refused' if is_told else 'FAILED'}: {error.message}"]
    # In plain text a merged cell and an empty one look alike, as in the texts of the shipped notices.
    figures = compared(replayed(source, ()), draft, merged=source.form != "txt")
    whole = figures.rows == figures.rows_read == figures.rows_right
    right = whole and not figures.silent and (figures.deadlines == figures.deadlines_right or source.form == "txt")
    said = [figures.line(), *(f"    silent: {words[:200]}" for words in figures.silent[:8])]
    return right, said if right else [f"FAILED {said[0]}", *said[1:]]


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.release.office_files", description=__doc__.split("\n")[0])
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the files that were read there")
    parser.add_argument("--only", default="", metavar="WORD", help="ways with this in their name")
    asked = parser.parse_args(arguments)
    soffice = shutil.which("soffice")
    if soffice is None:
        print("SKIPPED: soffice (LibreOffice) is not on this machine, nothing was tried")
        return 2
    drafts = [replace(draft, other_numbers=()) for draft in readings()]
    ways = [way for way in WAYS if asked.only in way.name]
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        office = Office(soffice, Path(name), drafts)
        for way in ways:
            folder = office.folder(way.source, way.saved)
            print(way.name)
            suffix = "html" if way.saved[-1] == "xhtml" else way.saved[-1].partition("-")[0]
            for draft in drafts:
                right, said = judged(folder / f"{draft.plan}.{suffix}", draft, way)
                failed += not right
                print(*(f"  {line}" for line in said), sep="\n", flush=True)
            if asked.keep:
                shutil.copytree(folder, asked.keep / way.name.replace(" > ", "-"), dirs_exist_ok=True)
    print(f"{len(ways)} ways, {len(ways) * len(drafts)} documents, {failed} failed")
    return 1 if failed or not ways else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
