"""工作总结（草稿）: what notes and figures say, section by section, as an official document that is clearly a draft.

Nothing is invented and nothing is left out: the clerk's words stand whole, everything else is counted off the ledger.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from db.export.document import Document
from db.export.docx_reading import Paragraph, read
from db.export.heading import author
from db.export.official import Official
from db.export.text import file_text
from db.export.work_summary_entries import sections
from db.export.work_summary_figures import overall, published, timed
from db.export.work_summary_open import problems, to_come
from db.export.work_summary_words import Kind, Line, numeral
from db.rules.rows import LedgerSheet

MARK: Final = "草稿——由台账自动汇编，须核实修改后报送"
"""In the header of every page."""
_STYLES: Final[dict[Kind, str]] = {
    "heading 1": "Heading1",
    "heading 2": "Heading2",
    "heading 3": "Heading3",
    "body": "Body",
}


def document(sheet: LedgerSheet, at: datetime) -> Document:
    """The draft's bytes, the same for the same ledger and `at`."""
    made = tuple(Line(line.kind, _one_line(line.text)) for line in lines(sheet))
    heading, today = [_one_line(part) for part in title(sheet)], sheet.today
    expected = (
        *(Paragraph("Title", part) for part in heading),
        *(Paragraph(_STYLES[line.kind], line.text) for line in made),
        Paragraph("Unit", _one_line(sheet.ledger.unit)),
        Paragraph("Day", f"{today.year}年{today.month}月{today.day}日"),
    )

    def differs(written: bytes) -> str | None:
        return _difference(written, expected)

    return Document(_payload(sheet, heading, made, at), differs)


def title(sheet: LedgerSheet) -> tuple[str, str]:
    """Its two lines: 草稿 stands by itself, so that no line end parts it."""
    return f"{sheet.ledger.year}年{sheet.ledger.unit}政务公开工作总结", "（草稿）"


def lines(sheet: LedgerSheet) -> Iterator[Line]:
    """Its paragraphs below the title, in order."""
    today = sheet.today
    yield Line(
        "body",
        f"本稿由台账自动汇编，须核实修改后报送。文字为办理人在台账中的记载，数字截至{today.year}年{today.month}月{today.day}日。",
    )
    yield Line("body", f"根据{_basis(sheet)}，现将{sheet.ledger.unit}{sheet.ledger.year}年政务公开工作情况总结如下。")
    found = [
        ("总体情况", tuple(overall(sheet))),
        ("任务落实情况", tuple(sections(sheet))),
        ("公开数量与形式", tuple(published(sheet))),
        ("依申请公开和计时", tuple(timed(sheet))),
        ("存在问题", tuple(problems(sheet))),
        ("下一步", tuple(to_come(sheet))),
    ]
    for at, (name, part) in enumerate(((name, part) for name, part in found if part), start=1):
        yield Line("heading 1", f"{numeral(at)}、{name}")
        yield from part
    yield Line("body", "附件：1．政务公开工作台账")
    if sheet.evidence:
        yield Line("body", "　　　2．佐证材料")


def _basis(sheet: LedgerSheet) -> str:
    ledger = sheet.ledger
    named = f"《{ledger.title}》" if ledger.title else f"来文（{ledger.plan}，未载标题）"
    other = f"{ledger.notice_year}年通知，按{ledger.year}年办理" if ledger.notice_year != ledger.year else None
    about = "；".join(part for part in (ledger.document_number, other) if part)
    return named + (f"（{about}）" if about else "")


def _payload(sheet: LedgerSheet, heading: Sequence[str], made: tuple[Line, ...], at: datetime) -> bytes:
    paper = Official("".join(heading), author(sheet.ledger), at)
    paper.mark(MARK)
    for part in heading:
        paper.title(part)
    for kind, text in made:
        if kind == "heading 1":
            paper.heading(1, text)
        elif kind == "heading 2":
            paper.heading(2, text)
        elif kind == "heading 3":
            paper.heading(3, text)
        else:
            paper.body(text)
    paper.signature(_one_line(sheet.ledger.unit), sheet.today)
    return paper.payload()


def _difference(written: bytes, expected: tuple[Paragraph, ...]) -> str | None:
    found = read(written)
    if found == expected:
        return None
    if len(found) != len(expected):
        return f"应有 {len(expected)} 段，读回 {len(found)} 段"
    at = next(at for at, (one, other) in enumerate(zip(found, expected, strict=True), start=1) if one != other)
    return f"第 {at} 段不一致"


def _one_line(text: str) -> str:
    return " ".join(file_text(text).split("\n"))
