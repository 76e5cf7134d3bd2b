"""佐证材料 as a table: every file and web address, with what proves that a file is the one that was attached."""

from collections.abc import Mapping
from typing import Final

from db.export.columns import moment
from db.export.part import Head, Part, number_of, numbers
from db.export.summary import Cell
from db.rules.rows import EvidenceRow, LedgerSheet
from db.rules.sizes import size_words

EVIDENCE: Final = "佐证材料"


def evidence(sheet: LedgerSheet) -> Part:
    """佐证材料 by the entry's position, those of the unit last; 公开记录 names the publication that one belongs to."""
    heads = (
        Head("序号", 15, middle=True),
        Head("名称", 30),
        Head("说明", 24, optional=True),
        Head("公开记录", 26, optional=True),
        Head("日期", 12, middle=True, optional=True),
        Head("大小", 11, middle=True, optional=True),
        Head("字节数", 12, middle=True, optional=True),
        Head("网址", 30, optional=True),
        Head("SHA-256", 34, optional=True),
        Head("附加时间", 18, middle=True),
    )
    known, titles = numbers(sheet), publication_titles(sheet)
    return Part(EVIDENCE, heads, tuple(_row(row, known, titles) for row in sheet.evidence))


def publication_titles(sheet: LedgerSheet) -> dict[int, str]:
    """The title of each publication by its id."""
    return {row.id: row.title for row in sheet.publications}


def _row(row: EvidenceRow, known: dict[int, str], titles: Mapping[int, str]) -> tuple[Cell, ...]:
    return (
        number_of(known, row.of_entry),
        row.name,
        row.caption or "",
        "" if row.publication is None else titles.get(row.publication, ""),
        row.day.isoformat() if row.day else "",
        "" if row.size is None else size_words(row.size),
        "" if row.size is None else row.size,
        row.address or "",
        row.sha256 or "",
        moment(row.added_at),
    )
