"""The ledger as .docx: an official document in the layout of GB/T 9704-2012.

Title, what it rests on, the figures in words; on landscape pages the table in the notice's own columns with what was
done; what belongs to no task, clocks, reports, what the marks mean; the unit and the day.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Final, Literal

from db.export.document import Document
from db.export.docx_reading import Grid, Paragraph, read
from db.export.docx_rows import Rows, rows
from db.export.docx_words import clock_line, evidence_lines, marks, report_line
from db.export.heading import author, basis, each_particular, signer, title
from db.export.official import Official
from db.export.summary import shift_line
from db.export.text import file_text
from db.export.work_summary_figures import overall, published, timed
from db.export.work_summary_words import numeral
from db.rules.rows import LedgerSheet

Turn = Literal["landscape", "portrait"]
Step = Paragraph | Rows | Turn
_BODY, _REMARK, _HEADING = "Body", "Remark", "Heading1"
_NOTHING: Final = "台账中没有事项。"


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The file's bytes, the same for the same ledger and `at` (the time of creation in the file's properties)."""
    steps = tuple(_steps(sheet))
    expected = [step.grid if isinstance(step, Rows) else step for step in steps if not isinstance(step, str)]
    expected += _signed(sheet)

    def differs(written: bytes) -> str | None:
        return _difference(read(written), expected)

    return Document(_payload(sheet, steps, at), differs)


def _steps(sheet: LedgerSheet) -> Iterator[Step]:
    """The content above the signature, in order; every text is fit for a file and of one line."""
    yield Paragraph("Title", title(sheet))
    yield from _said(_BODY, [basis(sheet.ledger), "　　".join(each_particular(sheet))])
    table = rows(sheet)
    parts: list[tuple[str, Iterable[Step]]] = [
        ("总体情况", _said(_BODY, [*(line.text for line in overall(sheet)), shift_line(sheet)])),
        ("任务落实情况", [table] if table.grid.rows else _said(_BODY, [_NOTHING])),
        ("公开数量与形式", _said(_BODY, _of_no_task(sheet))),
        ("计时事项", _said(_BODY, [*(line.text for line in timed(sheet)), *_numbered(map(clock_line, sheet.clocks))])),
        ("报送情况", _said(_BODY, _numbered(report_line(each, sheet.ledger.year) for each in sheet.reports))),
        ("说明", _said(_REMARK, _numbered(marks(sheet)))),
    ]
    filled = [(name, made) for name, steps in parts if (made := tuple(steps))]
    for at, (name, made) in enumerate(filled, start=1):
        is_wide = any(isinstance(step, Rows) for step in made)
        if is_wide:
            yield "landscape"
        yield Paragraph(_HEADING, f"{numeral(at)}、{name}")
        yield from made
        if is_wide:
            yield "portrait"


def _said(style: str, texts: Iterable[str]) -> Iterator[Paragraph]:
    """A paragraph for each line of the texts, nothing for an empty text."""
    for text in texts:
        if text:
            yield from (Paragraph(style, line) for line in file_text(text).split("\n"))


def _numbered(texts: Iterable[str]) -> list[str]:
    return [f"{at}．{text}" for at, text in enumerate(texts, start=1)]


def _of_no_task(sheet: LedgerSheet) -> list[str]:
    """What was published, and what is attached to no entry of the table."""
    known = {entry.id for entry in sheet.entries}
    rest = [row for row in sheet.evidence if row.of_entry not in known]
    return [*(line.text for line in published(sheet)), *evidence_lines(rest, sheet.publications)]


def _signed(sheet: LedgerSheet) -> list[Paragraph]:
    day = sheet.today
    return [Paragraph("Unit", signer(sheet.ledger)), Paragraph("Day", f"{day.year}年{day.month}月{day.day}日")]


def _payload(sheet: LedgerSheet, steps: Sequence[Step], at: datetime) -> bytes:
    paper = Official(title(sheet), author(sheet.ledger), at)
    ways: dict[str, Callable[[str], None]] = {
        "Title": paper.title,
        _HEADING: partial(paper.heading, 1),
        _BODY: paper.body,
        _REMARK: paper.remark,
    }
    for step in steps:
        if isinstance(step, Paragraph):
            ways[step.style](step.text)
        elif isinstance(step, Rows):
            paper.table(step.heads, step.grid.rows)
        elif step == "landscape":
            paper.landscape()
        else:
            paper.portrait()
    paper.signature(signer(sheet.ledger), sheet.today)
    return paper.payload()


def _difference(found: Sequence[Paragraph | Grid], expected: Sequence[Paragraph | Grid]) -> str | None:
    """Where what was read is not as meant."""
    for at, (read_back, meant) in enumerate(zip_longest(found, expected), start=1):
        if read_back == meant:
            continue
        if isinstance(read_back, Grid) and isinstance(meant, Grid) and read_back.header == meant.header:
            pairs = enumerate(zip_longest(read_back.rows, meant.rows), start=1)
            return f"表格第 {next(row for row, (one, other) in pairs if one != other)} 行不一致"
        return f"第 {at} 段不一致"
    return None
