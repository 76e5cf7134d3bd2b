"""The samples of this folder: each a source file, its reviewed reading (TOML) beside it, a row of README.md about it.

A sample whose layout is native is kept as a drawing, NAME.docx.txt or NAME.xlsx.txt, and made into the document here:

    | a | b | c |      a row of a table; rows that follow each other are one table
    | ^ | < | 5 |      merged with the cell above, with the cell to the left; a whole number; an ISO date is a date
    ⏎                  a new line within a cell
    anything else      a paragraph; in a sheet a row merged over its width
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from db.intake.plan_toml import read_plan
from db.intake.readers import docx, html, txt, xlsx
from db.intake.source import Source
from db.rules.notice import NoticeDraft

FOLDER: Final = Path(__file__).parent
TABLE: Final = FOLDER / "README.md"
READERS: Final = {"docx": docx.read, "html": html.read, "md": txt.read, "txt": txt.read, "xlsx": xlsx.read}


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of the table. covers: names of layouts and traps; asks: kinds of problem that have to stand on its
    reading; problems: how many it may have at most; refused: it holds no task that could be read."""

    name: str
    covers: tuple[str, ...]
    asks: tuple[str, ...]
    problems: int
    refused: bool

    @property
    def reading(self) -> Path:
        return FOLDER / f"{self.name.removesuffix('.txt').rsplit('.', 1)[0]}.toml"


def samples() -> tuple[Sample, ...]:
    """The rows of the table in README.md."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 5 and cells[0].startswith("`"):
            name, layouts, traps, asks, problems = cells
            refused = problems == "refused"
            covers = tuple(one.strip() for one in f"{layouts},{traps}".split(",") if one.strip())
            asked = tuple(one.strip() for one in asks.split(",") if one.strip())
            found.append(Sample(name.strip("`"), covers, asked, 0 if refused else int(problems), refused))
    return tuple(found)


def source_of(sample: Sample) -> Source:
    """The sample as its reader gives it."""
    path = FOLDER / sample.name
    form = sample.name.removesuffix(".txt").rsplit(".", 1)[-1] if sample.name.count(".") > 1 else path.suffix[1:]
    raw = path.read_bytes()
    name = sample.name
    if form in ("docx", "xlsx"):
        lines = raw.decode("utf-8").rstrip("\n").split("\n")
        raw = (as_docx if form == "docx" else as_xlsx)(lines)
        name = sample.name.removesuffix(".txt")
    return READERS[form](BytesIO(raw), name, lambda part, words: None)


def expected(sample: Sample) -> NoticeDraft:
    """The reviewed reading."""
    return read_plan(sample.reading.name, sample.reading.read_text(encoding="utf-8"), None)


def as_docx(lines: Sequence[str]) -> bytes:
    """A .docx with vMerge and gridSpan as drawn."""
    import docx as word

    document = word.Document()
    for part in parts(lines):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for row, column, rows, columns, text in boxes(part):
            cell = table.cell(row, column)
            if rows > 1 or columns > 1:
                cell = cell.merge(table.cell(row + rows - 1, column + columns - 1))
            cell.text = text.replace("⏎", "\n")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_xlsx(lines: Sequence[str]) -> bytes:
    """A .xlsx with merged ranges as drawn, whole numbers and dates as such."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    at = 1
    for part in parts(lines):
        rows_of = [[part]] if isinstance(part, str) else part
        for row, column, rows, columns, text in boxes(rows_of):
            cell = sheet.cell(at + row, column + 1, value(text))
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            if rows > 1 or columns > 1:
                sheet.merge_cells(None, at + row, column + 1, at + row + rows - 1, column + columns)
        at += len(rows_of)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def value(text: str) -> str | int | date | None:
    """What a sheet's cell holds."""
    if text.isdecimal():
        return int(text)
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return text or None


def parts(lines: Sequence[str]) -> list[str | list[list[str]]]:
    """Paragraphs, and tables as rows of cells."""
    found: list[str | list[list[str]]] = []
    for line in lines:
        if not line.startswith("|"):
            found.append(line)
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if found and isinstance(found[-1], list) and len(found[-1][0]) == len(cells):
            found[-1].append(cells)
        else:
            found.append([cells])
    return found


def boxes(rows: Sequence[Sequence[str]]) -> list[tuple[int, int, int, int, str]]:
    """Row, column, rows and columns spanned, and text of each cell that is merged with none before it."""
    found = []
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text in ("^", "<"):
                continue
            below = next((n for n, other in enumerate(rows[row + 1 :]) if other[column] != "^"), len(rows) - row - 1)
            beside = next((n for n, other in enumerate(cells[column + 1 :]) if other != "<"), len(cells) - column - 1)
            found.append((row, column, below + 1, beside + 1, text))
    return found
