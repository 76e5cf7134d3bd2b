"""How quick a notice is read, its child process included, and what it takes: a .docx, .xlsx and .xls of N rows.

    .venv/bin/python tests/bench/intake.py [--rows 300] [--repeat 5] [--hostile]

The budget is that of issue 4/5: a .docx of 300 rows in under 3 s on two cores. --hostile also reads what is as large as
the checks let through, to see that an answer comes within 30 s and 1 GB. This prints and never fails.
"""

import argparse
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import xlwt
from docx import Document
from openpyxl import Workbook

from db.errors import TaizhangError
from db.intake.readers import zip_checks
from db.intake.readers.asking import read_document
from db.intake.source import Grid

BUDGET = 3.0
"""Seconds for 300 rows of .docx."""
HEADER = ("序号", "工作任务", "工作事项", "具体要求", "责任单位", "完成时限")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--hostile", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name, made in (("通知.docx", _docx), ("通知.xlsx", _xlsx), ("通知.xls", _xls)):
            made(home / name, given.rows)
            _measure(home / name, given.repeat)
        print(f"budget for a .docx of 300 rows: {BUDGET} s")
        if given.hostile:
            for name, hostile in HOSTILE:
                hostile(home / name)
                _measure(home / name, 1)


def _measure(path: Path, repeat: int) -> None:
    times = []
    said = ""
    for _ in range(repeat):
        began = time.perf_counter()
        try:
            source = read_document(path, progress=lambda part, word: None, cancelled=bool, own=lambda status: False)
        except TaizhangError as error:
            said = error.message
        else:
            grids = [block for block in source.blocks if isinstance(block, Grid)]
            said = f"{len(source.blocks)} blocks, {sum(grid.height for grid in grids)} rows"
        times.append(time.perf_counter() - began)
    peak = _peak(path)
    size = path.stat().st_size / 1024
    print(f"{path.name:20} {size:8.0f} KB  {median(times):6.2f} s  child up to {peak:5.0f} MB  {said}")


MEASURED = """
import sys
from pathlib import Path
from db.intake.readers.child import main
main(sys.argv[1:3])
said = Path("/proc/self/status").read_text()
Path(sys.argv[3]).write_text(said.partition("VmHWM:")[2].split()[0])
"""
"""The child, which writes down at its end how much memory it had at most (Linux). What a process counts of its own
(ru_maxrss) includes the one that started it."""


def _peak(path: Path) -> float:
    """MB that the child held at most; 0 where that is not to be known: not on Linux, or it was ended."""
    if not sys.platform.startswith("linux"):
        return 0.0
    note = path.with_suffix(".peak")
    command = [sys.executable, "-I", "-X", "utf8", "-c", MEASURED, path.suffix[1:], path.name, str(note)]
    with path.open("rb") as stream:
        subprocess.run(command, stdin=stream, capture_output=True, check=False, timeout=60)
    return int(note.read_text()) / 1024 if note.exists() else 0.0


def _row(number: int) -> tuple[str, ...]:
    return (
        str(number),
        f"{number // 10}、主动公开重点领域信息",
        f"（{number % 10}）规范公开行政审批事项",
        "加强重点领域信息公开，及时更新公开目录，" * 4,
        "办公室牵头，各科室、单位按职责落实",
        f"{number % 12 + 1}月底前",
    )


def _docx(path: Path, rows: int) -> None:
    document = Document()
    document.add_paragraph("关于印发政务公开工作要点分工方案的通知")
    table = document.add_table(rows=0, cols=len(HEADER))
    for row in (HEADER, *map(_row, range(rows))):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))


def _xlsx(path: Path, rows: int) -> None:
    book = Workbook()
    for row in (HEADER, *map(_row, range(rows))):
        book.active.append(row)
    book.save(path)


def _xls(path: Path, rows: int) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("分工")
    for at, row in enumerate((HEADER, *map(_row, range(rows)))):
        for column, text in enumerate(row):
            page.write(at, column, text)
    book.save(str(path))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FULL = zip_checks.MEMBER_BYTES - 10_000


def _zip(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def _document(inside: str) -> Callable[[Path], None]:
    def made(path: Path) -> None:
        repeated = inside * (FULL // len(inside.encode()))
        _zip(path, {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{repeated}</w:body></w:document>'})

    return made


def _sheet(inside: str, strings: str = "") -> Callable[[Path], None]:
    def made(path: Path) -> None:
        room = 30_000_000 if strings else FULL
        cells = inside * (room // len(inside.encode()))
        shared = strings * (room // max(1, len(strings.encode())))
        relations = "".join(
            f'<Relationship Id="r{at}" Type="{R}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate((("worksheet", "sheet.xml"), ("sharedStrings", "strings.xml")))
        )
        pages = '<sheets><sheet name="a" r:id="r0"/></sheets>'
        members = {
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{pages}</workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{relations}</Relationships>',
            "xl/sheet.xml": f'<worksheet xmlns="{S}"><sheetData>{cells}</sheetData></worksheet>',
            "xl/strings.xml": f'<sst xmlns="{S}">{shared}</sst>',
        }
        _zip(path, members)

    return made


HOSTILE: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("runs.docx", _document("<w:p><w:r><w:t>a</w:t></w:r></w:p>")),
    ("elements.docx", _document("<w:x/>")),
    ("rows.docx", _document("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")),
    ("text.docx", _document("<w:p><w:r><w:t>" + "甲乙" * 1000 + "</w:t></w:r></w:p>")),
    ("cells.xlsx", _sheet('<row><c t="str"><v>a</v></c></row>')),
    ("empty.xlsx", _sheet("<c/>")),
    ("strings.xlsx", _sheet('<row><c t="s"><v>1</v></c></row>', "<si><t>a</t></si>")),
)
"""As large as the checks let through, made when asked for."""

if __name__ == "__main__":
    main()
