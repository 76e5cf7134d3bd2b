"""The table about the document itself that stands beside a notice: 索引号 | 发文机关 | 文号 | 标题 | 发布日期.

    grid  := (label value)*                   in pairs along a row
           | label* row, value* row           a row of labels, the values below them
    cell  := label ':' value                  both in one cell
It gives what the letter does not say and never goes over the letter; where the two differ, that is a doubt. The day on
which a page was put out (发布日期) may be later than the notice's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from db.intake.head_dates import dates_in
from db.intake.headers import LONGEST, METADATA, core
from db.intake.phrases.signs import folded, normal
from db.intake.reading import Doubt, Head
from db.intake.rows import joined, rows_of
from db.intake.source import Grid

Part = Literal["agency", "title", "document_number", "issued", "put_out"]

LABELS: Final[dict[str, Part]] = {
    **dict.fromkeys(("发文机关", "发文单位", "发布机构", "发布单位", "制发机关", "制发单位"), "agency"),
    **dict.fromkeys(("标题", "名称", "文件标题", "信息名称"), "title"),
    **dict.fromkeys(("文号", "发文字号", "发文文号", "文件编号"), "document_number"),
    **dict.fromkeys(("成文日期", "发文日期", "印发日期"), "issued"),
    **dict.fromkeys(("发布日期", "公开日期", "发布时间", "生成日期"), "put_out"),
}
NAMES: Final = {"agency": "发文机关", "title": "标题", "document_number": "文号"}
LONGEST_VALUE: Final = 200
_NOTHING: Final = ("无", "/", "-", "—")
_NUMBER_SIGNS: Final = str.maketrans("〔[【（(〕]】）)", "((((()))))")


def about_document(grid: Grid) -> Iterator[tuple[str, str]]:
    """Label and value of each pair of the table, in order; those that are empty are left out."""
    rows = [[joined(text) for text in row.texts()] for row in rows_of(grid, grid.width)]
    for at, texts in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        cells = [column for column, text in enumerate(texts) if text and (column == 0 or text != texts[column - 1])]
        is_head = len(cells) > 1 and all(_is_label(texts[column]) for column in cells)
        for place, column in enumerate(cells):
            label, sign, value = texts[column].replace("：", ":").partition(":")
            if not _is_label(label):
                continue
            if not sign or not value:
                behind = texts[cells[place + 1]] if place + 1 < len(cells) else ""
                value = (below[column] if below else "") if is_head else behind
            if value and not _is_label(value) and value not in _NOTHING and len(value) <= LONGEST_VALUE:
                yield core(label), value


def _is_label(text: str) -> bool:
    word = core(text)
    return 0 < len(word) <= LONGEST and (word in LABELS or word in METADATA)


def with_table(head: Head, about: Sequence[tuple[str, str]], doubts: list[Doubt]) -> Head:
    """The head with what the table says where the letter does not; a doubt for each difference."""
    said: dict[Part, str] = {}
    for label, value in about:
        part = LABELS.get(label)
        if part is not None:
            said.setdefault(part, value)
    agency = _text("agency", head.agency, said, doubts)
    title = _text("title", head.title, said, doubts)
    number = _text("document_number", head.document_number, said, doubts)
    return replace(head, agency=agency, title=title, document_number=number, issued_on=_day(head, said, doubts))


def _text(
    part: Literal["agency", "title", "document_number"],
    own: str | None,
    said: dict[Part, str],
    doubts: list[Doubt],
) -> str | None:
    value = said.get(part)
    if own is None or value is None:
        return own or value
    one, other = (folded(text).translate(_NUMBER_SIGNS) for text in (own, value))
    if one != other and (part == "document_number" or (one not in other and other not in one)):
        others = (value,) if part == "agency" else ()
        doubts.append(Doubt("head_unsure", f"{own}、{value}", f"{NAMES[part]} {own}", others))
    return own


def _day(head: Head, said: dict[Part, str], doubts: list[Doubt]) -> date | None:
    own = head.issued_on
    for part in ("issued", "put_out"):
        found = next((day for _, _, day in dates_in(normal(said.get(part, "")).text) if day is not None), None)
        if found is None:
            continue
        if own is None:
            if part == "put_out":
                doubts.append(Doubt("head_unsure", found.isoformat(), "以网页的发布日期为印发日期"))
            return found
        if found != own and not (part == "put_out" and found > own):
            words = f"{own.isoformat()}、{found.isoformat()}"
            doubts.append(Doubt("head_unsure", words, f"印发日期 {own}", (found.isoformat(),)))
    return own
