"""The one table of the ledger: the notice's columns and the clerk's, used by .xlsx, .csv and .md.

Every cell is text, safe for a file (db.export.text), whole: cutting or splitting is the form's business.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from db.export.counted_words import progress
from db.export.shift_words import shift_words
from db.export.text import file_text
from db.rules.assigned import blank_words
from db.rules.rows import EntryRow, LedgerSheet
from db.rules.shift import waits
from db.rules.words import DEADLINE_SOURCE_NAMES, ROLE_NAMES, STATUS_NAMES, WHOLE_BUREAU

SECTION: Final = "工作任务"
STATUS: Final = "完成情况"


@dataclass(frozen=True, slots=True)
class Column:
    """A title, how to read the cell off an entry, and the widest it should be shown (in cells, 汉字 = 2).

    middle: the text is centred.
    """

    title: str
    cell: Callable[[EntryRow], str]
    widest: int
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """rows: one for each entry, in the ledger's order; each as long as columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)


def table(sheet: LedgerSheet) -> Table:
    """The ledger's table. 工作事项 stands only where the notice has that level, 本单位角色 only for one unit.

    数量指标, 公开记录 and 佐证材料 stand only where an entry has some.
    """
    left_out = set()
    if not any(entry.matter for entry in sheet.entries):
        left_out.add("工作事项")
    if sheet.ledger.unit == WHOLE_BUREAU:
        left_out.add("本单位角色")
    if not any(entry.quotas for entry in sheet.entries):
        left_out.add("数量指标")
    if not any(entry.published for entry in sheet.entries):
        left_out.add("公开记录")
    evidence = _evidence_names(sheet)
    if not any(entry.id in evidence for entry in sheet.entries):
        left_out.add("佐证材料")
    columns = tuple(column for column in _columns(sheet, evidence) if column.title not in left_out)
    cells = [column.cell for column in columns]
    safe = cache(file_text)  # most texts of a ledger come again and again
    return Table(columns, tuple(tuple([safe(cell(entry)) for cell in cells]) for entry in sheet.entries))


def section_name(entry: EntryRow) -> str:
    """The 工作任务 that an entry is counted under."""
    return entry.section or ("自增事项" if entry.own else "（通知未列工作任务）")


def number(entry: EntryRow) -> str:
    """序号 as the notice prints it; an own task carries 自 or 自增."""
    return entry.number if not entry.own or entry.number.startswith("自") else f"自增 {entry.number}"


def moment(at: str) -> str:
    """An ISO time to the minute: 2026-11-22 09:30."""
    return at[:16].replace("T", " ")


def _section(entry: EntryRow) -> str:
    if not entry.own:
        return entry.section or ""
    origin = own_source(entry)
    return f"{entry.section or ''}自增事项" + (f"（来源：{origin}）" if origin else "")


def own_source(entry: EntryRow) -> str | None:
    """Why the clerk took an own task up."""
    return entry.own_reason


def _assignment(entry: EntryRow) -> str:
    if entry.assignment or entry.own:
        return entry.assignment or ""
    return blank_words(entry.units_from, entry.leads, entry.responsible, entry.supports)


def _role(entry: EntryRow) -> str:
    if entry.own:
        return "自增"
    if entry.role is None:
        # Worked on before a later reading left the unit out: it stays by the clerk's word alone.
        return "办理人已确认" if entry.decided and entry.applicability == "ours" else ""
    return f"{ROLE_NAMES[entry.role]}（{_reach(entry)}）"


def _reach(entry: EntryRow) -> str:
    phrase = f"：{entry.reached_by}" if entry.reached_by else ""
    if entry.applicability == "possible":
        return f"待确认{phrase}"
    if entry.through == "group":
        return f"统称{phrase}"
    return "点名" if entry.through == "name" else "办理人已确认"


def _deadline(entry: EntryRow, year: int) -> str:
    """The phrase as written; the notice's own default, and a date that is read for another year, are said."""
    deadline = entry.deadline
    if not deadline.text:
        return "未写明"
    if entry.own:
        return f"{deadline.text}（办理人自增）"
    default = f"（{DEADLINE_SOURCE_NAMES['notice']}）" if deadline.source == "notice" else ""
    shifted = shift_words(deadline.shift, year, deadline.text, is_waiting=waits(entry))
    return deadline.text + default + (f"；{shifted}" if shifted else "")


def _due(entry: EntryRow) -> str:
    due = entry.deadline.effective
    return due.isoformat() if due else ""


def _adjusted(entry: EntryRow) -> str:
    adjusted = entry.deadline.adjusted
    return f"{adjusted.due.isoformat()}（办理人调整：{adjusted.reason}）" if adjusted else ""


def status_words(entry: EntryRow) -> str:
    """完成情况 in words."""
    name = STATUS_NAMES[entry.status]
    if entry.status == "not_applicable":
        return f"{name}（原因：{entry.reason}）" if entry.reason else name
    if entry.countdown and entry.countdown.overdue:
        return f"{name}，逾期 {-entry.countdown.days} 天"
    return name


def _done_on(entry: EntryRow) -> str:
    return entry.done_on.isoformat() if entry.done_on else ""


def _published(entry: EntryRow) -> str:
    return f"{entry.published} 条" if entry.published else ""


def _work(entry: EntryRow) -> str:
    notes = [f"{note.at[:10]}　{note.text}" for note in entry.notes]
    return "\n".join([entry.what_was_done, *notes] if entry.what_was_done else notes)


def _remark(entry: EntryRow) -> str:
    if not entry.remark:
        return ""
    return f"正文：{entry.remark}" if entry.remark_source == "body" else entry.remark


def _evidence_names(sheet: LedgerSheet) -> dict[int, str]:
    """The names of what is attached to each entry and to its publications, a line each; what is attached to both stands
    once.
    """
    names: dict[int, dict[tuple[str | None, ...], None]] = {}
    for row in sheet.evidence:
        if row.of_entry is not None:
            names.setdefault(row.of_entry, {})[row.name, row.sha256, row.address] = None
    return {entry: "\n".join(str(name) for name, *_ in found) for entry, found in names.items()}


def _columns(sheet: LedgerSheet, evidence: Mapping[int, str]) -> Sequence[Column]:
    deadline = partial(_deadline, year=sheet.ledger.year)
    return (
        Column("序号", number, 8, middle=True),
        Column(SECTION, _section, 15),
        Column("工作事项", lambda entry: entry.matter or "", 15),
        Column("具体要求", lambda entry: entry.requirement, 36),
        Column("责任分工", _assignment, 15),
        Column("本单位角色", _role, 11, middle=True),
        Column("完成时限", deadline, 11, middle=True),
        Column("到期日", _due, 11, middle=True),
        Column("调整时限", _adjusted, 12, middle=True),
        Column(STATUS, status_words, 11, middle=True),
        Column("办结日期", _done_on, 11, middle=True),
        Column("数量指标", partial(progress, today=sheet.today), 22),
        Column("公开记录", _published, 10, middle=True),
        Column("佐证材料", lambda entry: evidence.get(entry.id, ""), 16),
        Column("工作做法及成效", _work, 30),
        Column("备注", _remark, 12),
    )
