"""--list and --plans as plain text for a terminal or a file: no Textual, every text through tui.cells."""

from collections.abc import Iterable, Sequence
from datetime import date

from db.rules.calendar import WorkCalendar
from db.rules.order import list_order
from db.rules.rows import EntryRow, LedgerSheet, NoticeRow
from db.rules.shift import waits
from tui.cells import cells, cut, one_line, pad
from tui.wording import deadline_words, role_words, status_words
from tui.wording_counted import pressing_words
from tui.wording_shift import TO_CHECK
from tui.wording_timed import clock_countdown, report_countdown

_REQUIREMENT_CELLS = 48
_DEADLINE_CELLS = 30
Row = tuple[str, ...]


def list_text(sheet: LedgerSheet, calendar: WorkCalendar) -> str:
    """The entries, a line each, in the order of the screen; then clocks and reports that are open, the figures last."""
    ledger, figures = sheet.ledger, sheet.summary
    head = f"{ledger.agency or '来文未署名'}  {ledger.unit}  {ledger.year} 年  今天 {sheet.today.isoformat()}"
    rows: list[Row] = [("序号", "具体要求", "职责", "完成时限", "倒计时", "状态")]
    rows += [_cells_of(entry, sheet.today, calendar) for entry in sorted(sheet.entries, key=list_order)]
    lines = _aligned(rows)
    rate = "" if figures.completion_rate is None else f"，完成率 {figures.completion_rate:.0%}"
    tail = (
        f"共 {figures.total} 项，已办结 {figures.done} 项{rate}；逾期 {figures.overdue} 项，"
        f"7 天内到期 {figures.due_within_7_days} 项，常态化 {figures.standing} 项。"
    )
    if not sheet.entries:
        lines = [f"通知没有把任务分给{one_line(ledger.unit)}；全部任务请看 全局 台账。"]
    return "\n".join([one_line(head), *_year_lines(sheet), *lines, *_clock_lines(sheet), *_report_lines(sheet), tail])


def _aligned(rows: Sequence[Row]) -> list[str]:
    """The rows with their columns under one another."""
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _year_lines(sheet: LedgerSheet) -> list[str]:
    """That the plan is another year's, and how many dates the clerk has still to look at."""
    ledger = sheet.ledger
    if ledger.notice_year == ledger.year:
        return []
    waiting = sum(map(waits, sheet.entries))
    waiting += sum(report.shift is not None and report.shift.waits for report in sheet.reports)
    said = f"{ledger.notice_year} 年的通知，按 {ledger.year} 年办理：各项日期已换算"
    return [said + (f"，{waiting} 项{TO_CHECK}。" if waiting else "。")]


def _clock_lines(sheet: LedgerSheet) -> list[str]:
    """The clocks that are not closed, the nearest first."""
    running = [clock for clock in sheet.clocks if clock.state != "closed"]
    running.sort(key=lambda clock: clock.due or date.max)
    rows: list[Row] = [
        (
            "计时",
            cut(f"{clock.subject}：{clock.rule.action}", _REQUIREMENT_CELLS),
            one_line(clock.number or ""),
            clock.due.isoformat() if clock.due else "",
            clock_countdown(clock),
        )
        for clock in running
    ]
    return _aligned(rows) if rows else []


def _report_lines(sheet: LedgerSheet) -> list[str]:
    """What is still to be handed in, in the order of the notice."""
    rows: list[Row] = [
        (
            "报送",
            cut(report.what, _REQUIREMENT_CELLS),
            cut(report.to, _DEADLINE_CELLS),
            report.due.isoformat() if report.due else "",
            report_countdown(report),
        )
        for report in sheet.reports
        if report.handed_in_on is None
    ]
    return _aligned(rows) if rows else []


def _cells_of(entry: EntryRow, today: date, calendar: WorkCalendar) -> Row:
    return (
        one_line(entry.number),
        cut(entry.requirement, _REQUIREMENT_CELLS),
        one_line(role_words(entry)),
        cut(deadline_words(entry), _DEADLINE_CELLS),
        one_line(pressing_words(entry, today, calendar)),
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
    from db.export.json_form import json_text

    return json_text([_plan_shape(notice) for notice in notices], indent=2)


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
