"""Ledgers whose text is hard to break into lines: long codes, addresses, words and capitals in every column."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from db.export.docx import document as docx_document
from db.export.official import Head, Official
from db.export.xlsx import document as xlsx_document
from db.rules.rows import EntryRow, LedgerSheet
from tests.db.export.conftest import AT, ENTRY, SHEET, TODAY
from tests.db.export.worked import PUBLICATIONS

HEADINGS: Final = {
    "three": {"section": "工作任务", "requirement": "具体要求", "assignment": "责任科室、单位", "remark": "备注"},
    "six": {
        "section": "工作任务",
        "number": "序号",
        "matter": "工作事项",
        "requirement": "具体要求",
        "assignment": "责任处室（单位）",
        "deadline": "完成时限",
    },
    "none": {},
}
"""The columns of a notice's own table, by the paper's name."""
_SIZES: Final = (1, 3, 9, 14, 18, 22, 26, 34, 38, 42, 90)
"""How many words a text has: rows of less than a page, of about one, of several."""


def hard_papers() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each."""
    for name, headings in HEADINGS.items():
        yield f"hard-{name}.docx", docx_document(_sheet(headings), AT).payload
    yield "hard-commas.docx", _commas()
    yield "hard.xlsx", xlsx_document(_sheet({}), AT).payload


def _commas() -> bytes:
    """Paragraphs and cells whose lines end at commas of every kind of place, before a digit and before a 汉字.

    No two of them have a 汉字 in common: what one lacks is not found in another.
    """
    text = "至第7项，台账应办8项，7天应办，4项，7台账办，9，3台账应办事项，2台账应办，1事项，9台账，8应办，9事"
    words = sorted(set(text) - set("，0123456789"))
    paper = Official("逗号", "甲", AT)
    rows = []
    for at in range(3 * 59):
        signs = [chr(0x4E00 + at * len(words) + turn) for turn in range(len(words))]
        said = "".join(dict(zip(words, signs, strict=True)).get(sign, sign) for sign in "至" * (at // 3) + text)
        if at % 3 == 0:
            paper.body(said)
        elif at % 3 == 1:
            paper.remark(said)
        else:
            rows.append((str(at), said))
    paper.table((Head("序号", 8), Head("具体要求", 24)), rows)
    return paper.payload()


def _codes(start: int, number: int) -> str:
    """统一社会信用代码, 18 characters each, no two of them alike."""
    return "、".join(f"91440700MA4W{at:05d}X" for at in range(start, start + number))


def _texts(start: int, number: int) -> tuple[str, ...]:
    """So many words in each of the ways that text is hard to break."""
    every = range(start, start + number)
    return (
        f"已公开行政处罚决定，涉及统一社会信用代码：{_codes(start, number)}。",
        "\n".join(f"https://zwgk.example/xxgk/202111/t20211109_{at:06d}.html" for at in every),
        " ".join(f"Interoperability{at}" for at in every),
        "，".join(f"WWWWMMMM{at:06d}WWMM" for at in every),
        "".join(f"第{at}号（GB/T{at}—2012）" for at in every),
    )


def _sheet(headings: dict[str, str]) -> LedgerSheet:
    entries: list[EntryRow] = []
    for turn, number in enumerate(_SIZES):
        for text in _texts(1_000 * (turn + 1), number):
            entries.append(_entry(len(entries) + 1, text))
    for text in _texts(20_000, 20):
        entries.append(replace(_entry(len(entries) + 1, "短"), requirement=text))
        entries.append(replace(_entry(len(entries) + 1, "短"), assignment=text))
        entries.append(replace(_entry(len(entries) + 1, "短"), status="not_applicable", reason=text, done_on=None))
        entries.append(replace(_entry(len(entries) + 1, "短"), matter=text, remark=text, remark_source="cell"))
    publications = tuple(
        replace(PUBLICATIONS[0], id=at, entry=3, title=f"第{at}号公告", address=f"https://a.example/{'x' * 40}/{at}")
        for at in range(1, 30)
    )
    return replace(SHEET, entries=tuple(entries), publications=publications, headings=headings)


def _entry(at: int, text: str) -> EntryRow:
    """One of three entries of a 工作任务 done as the text says."""
    return replace(
        ENTRY,
        id=at,
        position=at,
        number=str(at),
        section=f"第{at // 3}项工作任务：推进行政执法信息公开",
        matter="事项",
        status="done",
        done_on=TODAY,
        countdown=None,
        what_was_done=text,
    )
