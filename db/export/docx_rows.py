"""The ledger's table as the official document has it: the notice's own columns, then 完成情况 and 落实情况.

Made from the one table of the ledger (db.export.columns): a column of it that the notice's table does not have is
said under 完成情况 or 落实情况, so that nothing which stands in the .xlsx is missing here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from db.export.columns import STATUS, table
from db.export.docx_reading import Grid
from db.export.docx_words import count_lines, evidence_lines, occurrence_lines, publication_lines
from db.export.official import Head
from db.export.text import file_text
from db.rules.rows import EntryRow, LedgerSheet
from db.rules.words import APPLICABILITY_NAMES

# The columns that a notice can have: its name in LedgerSheet.headings, our title, width in cells, centred.
_COLUMNS: Final = (
    ("section", "工作任务", 12, False),
    ("number", "序号", 8, True),
    ("matter", "工作事项", 12, False),
    ("requirement", "具体要求", 34, False),
    ("assignment", "责任分工", 14, False),
    ("deadline", "完成时限", 14, True),
    ("remark", "备注", 8, False),
)
WORK: Final = "落实情况"
Row = TypeVar("Row")
_MERGED: Final = frozenset({"section", "matter"})
_DONE_ON, _DUE, _ADJUSTED, _LIMIT = "办结日期", "到期日", "调整时限", "完成时限"
_ROLE, _WORK = "本单位角色", "工作做法及成效"
_TOLD_WHOLE: Final = frozenset({"公开记录", "佐证材料"})
"""What the one table only counts or names: here each is said with all there is to it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """heads: the columns; grid: what stands in them, a section that has no column as a row over all of them."""

    heads: tuple[Head, ...]
    grid: Grid


def rows(sheet: LedgerSheet) -> Rows:
    """Every entry of the sheet, in its order; texts fit for a file."""
    columns = _columns(sheet)
    own = frozenset(key for key, *_ in columns)
    heads = tuple(Head(file_text(title), width, middle, key in _MERGED) for key, title, width, middle in columns)
    heads += (Head(STATUS, 18), Head(WORK, 38))
    made = _said(sheet, own)
    lines: list[tuple[str, ...]] = []
    in_rows = "section" not in own and any(said["section"] for said in made)
    section: str | None = None
    for said in made:
        if in_rows and said["section"] != section:
            section = said["section"]
            lines.append((section or "（通知未列工作任务）",))
        lines.append(tuple(said[key] for key in (*(column[0] for column in columns), STATUS, WORK)))
    return Rows(heads, Grid(tuple(head.title for head in heads), tuple(lines)))


def _columns(sheet: LedgerSheet) -> list[tuple[str, str, int, bool]]:
    """The notice's own, in its order and words; where it has no table ours, the 工作任务 as rows."""
    if sheet.headings:
        known = {key: (width, middle) for key, _, width, middle in _COLUMNS}
        return [(key, title, *known[key]) for key, title in sheet.headings.items()]
    has = {
        "section": False,
        "matter": any(entry.matter for entry in sheet.entries),
        "remark": any(entry.remark for entry in sheet.entries),
    }
    return [column for column in _COLUMNS if has.get(column[0], True)]


def _said(sheet: LedgerSheet, own: frozenset[str]) -> list[dict[str, str]]:
    """For each entry its cells by column."""
    made = table(sheet)
    published = _by_entry(sheet.publications, lambda row: row.entry)
    attached = _by_entry(sheet.evidence, lambda row: row.of_entry)
    counted = _by_entry(sheet.counts, lambda row: row.entry)
    found = []
    for entry, row in zip(sheet.entries, made.rows, strict=True):
        cells = dict(zip(made.header, row, strict=True))
        said = {key: cells.pop(title, "") for key, title, *_ in _COLUMNS if key in own or key != "deadline"}
        _move_what_has_no_column(said, own)
        said[STATUS] = _state(entry, cells)
        lines = [cells.pop(_WORK, "")]
        lines += [file_text(line) for line in occurrence_lines(entry)]
        items = {item.id: item.name for quota in entry.quotas for item in quota.items}
        lines += [file_text(line) for line in count_lines(counted.get(entry.id, ()), items)]
        lines += [_labelled(title, text) for title, text in cells.items() if title not in _TOLD_WHOLE]
        lines += [file_text(line) for line in publication_lines(published.get(entry.id, ()))]
        lines += [file_text(line) for line in evidence_lines(attached.get(entry.id, ()), sheet.publications)]
        lines += [_labelled("备注", said["remark"])] if "remark" not in own else []
        said[WORK] = "\n".join(filter(None, lines))
        found.append(said)
    return found


def _move_what_has_no_column(said: dict[str, str], own: frozenset[str]) -> None:
    """Number, matter and assignment of a notice without such a column stand with the requirement, as notices do it."""
    before = said["number"]
    if "number" not in own and before:
        said["requirement"] = f"{before}．{said['requirement']}"
    if "matter" not in own and said["matter"]:
        said["requirement"] = f"{said['matter']}\n{said['requirement']}"
    if "assignment" not in own and said["assignment"]:
        said["requirement"] = f"{said['requirement']}\n（{said['assignment']}）"


def _state(entry: EntryRow, cells: dict[str, str]) -> str:
    """完成情况: how the entry stands, what it is to this unit, and its days."""
    done_on, due = cells.pop(_DONE_ON), cells.pop(_DUE)
    role = cells.pop(_ROLE, "")
    possible = APPLICABILITY_NAMES["possible"]
    if entry.applicability == "possible" and possible not in role:
        role = f"{role}（{possible}）" if role else possible
    lines = [
        cells.pop(STATUS),
        f"{done_on}办结" if done_on else "",
        role,
        _labelled(_LIMIT, cells.pop(_LIMIT, "")),
        f"{due}到期" if due else "",
        cells.pop(_ADJUSTED),  # says itself that it is the clerk's
    ]
    return "\n".join(filter(None, lines))


def _labelled(title: str, text: str) -> str:
    if not text:
        return ""
    return f"{title}：\n{text}" if "\n" in text else f"{title}：{text}"


def _by_entry(rows: tuple[Row, ...], entry_of: Callable[[Row], int | None]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        if (entry := entry_of(row)) is not None:
            found.setdefault(entry, []).append(row)
    return found
