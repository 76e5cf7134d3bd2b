"""--list and --plans as plain text for a terminal or a file: no Textual, every text through tui.cells."""

import json
from collections.abc import Iterable

from db.rules.order import list_order
from db.rules.rows import EntryRow, LedgerSheet, NoticeRow
from tui.cells import cells, cut, one_line, pad
from tui.wording import countdown_words, deadline_words, role_words, status_words

_REQUIREMENT_CELLS = 48
_DEADLINE_CELLS = 30


def list_text(sheet: LedgerSheet) -> str:
    """The entries, a line each, in the order of the screen; the figures last."""
    ledger, figures = sheet.ledger, sheet.summary
    head = f"{ledger.agency or '来文未署名'}  {ledger.unit}  {ledger.year} 年  今天 {sheet.today.isoformat()}"
    rows: list[tuple[str, ...]] = [("序号", "具体要求", "职责", "完成时限", "倒计时", "状态")]
    rows += [_cells_of(entry) for entry in sorted(sheet.entries, key=list_order)]
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    rate = "" if figures.completion_rate is None else f"，完成率 {figures.completion_rate:.0%}"
    tail = (
        f"共 {figures.total} 项，已办结 {figures.done} 项{rate}；逾期 {figures.overdue} 项，"
        f"7 天内到期 {figures.due_within_7_days} 项，常态化 {figures.standing} 项。"
    )
    if not sheet.entries:
        lines = [f"通知没有把任务分给{one_line(ledger.unit)}；全部任务请看 全局 台账。"]
    return "\n".join([one_line(head), *lines, tail])


def _cells_of(entry: EntryRow) -> tuple[str, ...]:
    return (
        one_line(entry.number),
        cut(entry.requirement, _REQUIREMENT_CELLS),
        one_line(role_words(entry)),
        cut(deadline_words(entry), _DEADLINE_CELLS),
        one_line(countdown_words(entry)),
        status_words(entry),
    )


def plans_text(notices: Iterable[NoticeRow]) -> str:
    """The notices with their units and numbers of tasks."""
    return "\n\n".join("\n".join(_plan_lines(notice)) for notice in notices)


def _plan_lines(notice: NoticeRow) -> list[str]:
    issued = f"，{notice.issued_on.isoformat()} 印发" if notice.issued_on else ""
    number = f"，{notice.document_number}" if notice.document_number else ""
    lines = [
        f"{notice.plan}  {notice.agency or '来文未署名'}  {notice.year} 年  {notice.tasks} 项",
        f"  {notice.title or '（来文无标题）'}{number}{issued}",
    ]
    width = max((cells(unit.name) for unit in notice.units), default=0)
    for unit in notice.units:
        possible = f"，另有待确认 {unit.possible} 项" if unit.possible else ""
        added = "，本单位加入" if unit.added else ""
        lines.append(f"    {pad(unit.name, width)}  {unit.kind}  {unit.tasks} 项{possible}{added}")
    return [one_line(lines[0]), "  " + one_line(lines[1]).strip(), *lines[2:]]


def plans_json(notices: Iterable[NoticeRow]) -> str:
    """The notices as JSON, one object each."""
    return json.dumps([_plan_shape(notice) for notice in notices], ensure_ascii=False, indent=2)


def _plan_shape(notice: NoticeRow) -> dict[str, object]:
    return {
        "plan": notice.plan,
        "agency": notice.agency,
        "title": notice.title,
        "document_number": notice.document_number,
        "year": notice.year,
        "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
        "tasks": notice.tasks,
        "units": [
            {"name": unit.name, "kind": unit.kind, "tasks": unit.tasks, "possible": unit.possible, "added": unit.added}
            for unit in notice.units
        ],
    }
