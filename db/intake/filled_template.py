"""A filled-in import template (db.export.template): its cover says what a letter would, its guide says nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.intake.phrases.signs import folded
from db.intake.reading import Doubt, Head
from db.intake.reading_words import YEARS
from db.intake.source import Block, Grid, Paragraph
from db.rules.template_words import COVER, COVER_LINES, GUIDE

DAY: Final = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
LABELS: Final = {label: field for field, label, _ in COVER_LINES}


@dataclass(frozen=True, slots=True)
class Cover:
    """The blocks without cover and guide (an empty paragraph in the place of each, so that numbers stay), and what
    the cover says by field; {} for any other document."""

    blocks: tuple[Block, ...]
    said: dict[str, str]


def without_cover(blocks: tuple[Block, ...]) -> Cover:
    """Take cover and guide out of a filled-in template; any other document stays as it is."""
    covers = [n for n, block in enumerate(blocks) if isinstance(block, Grid) and block.place.part == sheet(COVER)]
    if len(covers) != 1:
        return Cover(blocks, {})
    left_out = {covers[0], *(n for n, block in enumerate(blocks) if block.place.part == sheet(GUIDE))}
    kept = tuple(Paragraph("", block.place) if n in left_out else block for n, block in enumerate(blocks))
    return Cover(kept, _said(blocks[covers[0]]))


def sheet(name: str) -> str:
    """How a reader names the place of a worksheet."""
    return f"工作表“{name}”"


def _said(block: Block) -> dict[str, str]:
    found: dict[str, str] = {}
    if isinstance(block, Grid):
        for row in range(block.height):
            label, value = block.at(row, 0), block.at(row, 1)
            field = LABELS.get("".join(label.text.split())) if label is not None else None
            if field is not None and value is not None and value.text.strip():
                found[field] = value.text.strip()
    return found


def head_of(said: Mapping[str, str]) -> tuple[Head, tuple[Doubt, ...]]:
    """The head as the cover says it; what is no year or no date is asked, never guessed."""
    doubts: list[Doubt] = []
    year = year_of(folded(said.get("year", "")))
    if year is None:
        doubts.append(Doubt("year_unknown", said.get("year", ""), "没有年份", blocks=True))
    issued_on = None
    if "issued_on" in said:
        issued_on = _day(said["issued_on"])
        if issued_on is None:
            doubts.append(Doubt("head_unsure", said["issued_on"], "印发日期没有认出"))
    missing = [label for field, label, _ in COVER_LINES[:3] if field not in said]
    if missing:
        doubts.append(Doubt("head_missing", "、".join(missing), "留空"))
    head = Head(
        said.get("agency"),
        said.get("title"),
        said.get("document_number"),
        year,
        issued_on,
    )
    return head, tuple(doubts)


def year_of(words: str | None) -> int | None:
    """The year that words name ('2022 年'); None where it is none that a plan can be for."""
    digits = (words or "").strip().removesuffix("年").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    return int(digits) if int(digits) in YEARS else None


def _day(text: str) -> date | None:
    found = DAY.fullmatch(folded(text))
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
