"""工作总结（草稿）: what notes and figures say, section by section, as an official document that is clearly a draft.

Nothing is invented and nothing is left out: the clerk's words stand whole, everything else is counted off the ledger.
Only what an application is about is not told (work_summary_timed), as it may name the applicant.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from db.export.document import Document
from db.export.docx_reading import Paragraph, read
from db.export.heading import author, signer
from db.export.official import Official, attachment_lines
from db.export.text import one_line
from db.export.work_summary_entries import sections
from db.export.work_summary_figures import spread, standing
from db.export.work_summary_notes import notes
from db.export.work_summary_open import problems, to_come
from db.export.work_summary_timed import reported, timed, timed_name
from db.export.work_summary_words import Kind, Line, numeral
from db.rules.rows import LedgerSheet

MARK: Final = "草稿——由台账自动汇编，须核实修改后报送"
"""In the header of every page."""
_NESTED: Final = {"《": "〈", "》": "〉"}
"""Within 《》 (GB/T 15834)."""
_INNER: Final = re.compile("[《》]")
_STYLES: Final[dict[Kind, str]] = {
    "heading 1": "Heading1",
    "heading 2": "Heading2",
    "heading 3": "Heading3",
    "body": "Body",
    "note": "Remark",
}


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The draft's bytes, the same for the same ledger and `at`."""
    made, below = _safe(lines(sheet)), _safe(notes(sheet))
    heading, today = [one_line(part) for part in title(sheet)], sheet.today
    expected = (
        *(Paragraph("Title", part) for part in heading),
        *(Paragraph(_STYLES[line.kind], line.text) for line in made),
        *(Paragraph("Attachment", line) for line in attachment_lines(attached(sheet))),
        Paragraph("Unit", signer(sheet.ledger)),
        Paragraph("Day", f"{today.year}年{today.month}月{today.day}日"),
        *(Paragraph(_STYLES[line.kind], line.text) for line in below),
    )

    def differs(written: bytes) -> str | None:
        return _difference(written, expected)

    return Document(_payload(sheet, made, below, at), differs)


def title(sheet: LedgerSheet) -> tuple[str, str]:
    """Its two lines: 草稿 stands by itself, so that no line end parts it."""
    return f"{sheet.ledger.year}年{signer(sheet.ledger)}政务公开工作总结", "（草稿）"


def lines(sheet: LedgerSheet) -> Iterator[Line]:
    """Its paragraphs below the title, in order; a part of which there is nothing to say is left out."""
    yield Line(
        "body", f"根据{_basis(sheet)}，现将{signer(sheet.ledger)}{sheet.ledger.year}年政务公开工作情况总结如下。"
    )
    found = [
        ("总体情况", tuple(standing(sheet))),
        ("任务落实情况", tuple(sections(sheet))),
        ("公开数量与形式", tuple(spread(sheet))),
        (timed_name(sheet.clocks), tuple(timed(sheet))),
        ("报送情况", tuple(reported(sheet))),
        ("存在问题", tuple(problems(sheet))),
        ("下一步", tuple(to_come(sheet))),
    ]
    for at, (name, part) in enumerate(((name, part) for name, part in found if part), start=1):
        yield Line("heading 1", f"{numeral(at)}、{name}")
        yield from part


def attached(sheet: LedgerSheet) -> list[str]:
    """What is handed in with it, by its names in 附件."""
    return ["政务公开工作台账", "佐证材料"] if sheet.evidence else ["政务公开工作台账"]


def _basis(sheet: LedgerSheet) -> str:
    ledger = sheet.ledger
    within = _INNER.sub(lambda mark: _NESTED[mark[0]], ledger.title or "")
    named = f"《{within}》" if ledger.title else "有关通知"
    other = f"{ledger.notice_year}年通知，按{ledger.year}年办理" if ledger.notice_year != ledger.year else None
    about = "；".join(part for part in (ledger.document_number, other) if part)
    return named + (f"（{about}）" if about else "")


def _payload(sheet: LedgerSheet, made: tuple[Line, ...], below: tuple[Line, ...], at: datetime) -> bytes:
    heading = [one_line(part) for part in title(sheet)]
    paper = Official("".join(heading), author(sheet.ledger), at)
    paper.mark(MARK)
    for part in heading:
        paper.title(part)
    _write(paper, made)
    paper.attachments(attached(sheet))
    paper.signature(signer(sheet.ledger), sheet.today)
    paper.portrait()  # what is deleted before it is handed in begins a page of its own
    _write(paper, below)
    return paper.payload()


def _write(paper: Official, made: tuple[Line, ...]) -> None:
    for kind, text in made:
        if kind == "heading 1":
            paper.heading(1, text)
        elif kind == "heading 2":
            paper.heading(2, text)
        elif kind == "heading 3":
            paper.heading(3, text)
        elif kind == "note":
            paper.remark(text)
        else:
            paper.body(text)


def _difference(written: bytes, expected: tuple[Paragraph, ...]) -> str | None:
    found = read(written)
    if found == expected:
        return None
    if len(found) != len(expected):
        return f"应有 {len(expected)} 段，读回 {len(found)} 段"
    at = next(at for at, (one, other) in enumerate(zip(found, expected, strict=True), start=1) if one != other)
    return f"第 {at} 段不一致"


def _safe(made: Iterator[Line]) -> tuple[Line, ...]:
    return tuple(Line(line.kind, one_line(line.text)) for line in made)
