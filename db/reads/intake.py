"""Drafts that wait for the clerk, and notices as they were taken in, to hold a new reading against."""

import json
import sqlite3
from dataclasses import replace
from datetime import date

from db.errors import UnknownNameError
from db.file import LedgerFile
from db.reads.said import clock_rules_of, rules_of, tasks_of, unit_quotas_of
from db.rules.notice import ClockRule, NoticeDraft, NoticeUnit, Report, Rule, Task
from db.rules.rows_intake import IntakeRow, KnownNotice


def intake_drafts(file: LedgerFile) -> tuple[IntakeRow, ...]:
    """The drafts, the one changed last first; without their contents."""
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT id, name, sha256, begun_at, changed_at FROM intake_draft ORDER BY changed_at DESC, id DESC"
        ).fetchall()
    return tuple(IntakeRow(*row) for row in rows)


def intake_draft(file: LedgerFile, draft_id: int) -> tuple[str, str]:
    """Source and steps of a draft, both as JSON. Raises UnknownNameError where it is gone."""
    with file.reading() as connection:
        row = connection.execute("SELECT source, edits FROM intake_draft WHERE id = ?", (draft_id,)).fetchone()
    if row is None:
        raise UnknownNameError("这份待确认稿已不在文件里。", "请重新导入原来的文件。")
    return row[0], row[1]


def known_notices(file: LedgerFile) -> tuple[KnownNotice, ...]:
    """What tells every notice of the file from another."""
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT plan, origin, agency, title, document_number, year, text FROM notice ORDER BY plan"
        ).fetchall()
    return tuple(KnownNotice(*row) for row in rows)


def notice_said(file: LedgerFile, plan: str) -> NoticeDraft:
    """A notice as it stands in the file. Raises UnknownNameError where there is none of that short name."""
    with file.reading() as connection:
        row = connection.execute(
            "SELECT id, agency, title, document_number, year, issued_on, text, headings FROM notice WHERE plan = ?",
            (plan,),
        ).fetchone()
        if row is None:
            raise UnknownNameError(f"文件里没有短名为 {plan} 的通知。", "用 taizhang --plans 查看有哪些通知。")
        number, agency, title, document_number, year, issued_on, text, headings = row
        return NoticeDraft(
            plan=plan,
            agency=agency,
            title=title,
            document_number=document_number,
            year=year,
            issued_on=date.fromisoformat(issued_on) if issued_on else None,
            text=text,
            units=_units(connection, number),
            tasks=_tasks(connection, number),
            unit_quotas=unit_quotas_of(connection, number),
            clock_rules=_clock_rules(connection, number),
            reports=_reports(connection, number),
            rules=_rules(connection, number),
            headings=tuple(json.loads(headings).items()) if headings else (),
        )


def notice_to_keep(file: LedgerFile, plan: str) -> NoticeDraft:
    """A notice as notice_said gives it, with every unit that its tasks name: those of tasks kept from a former reading
    are on the roster as the office's own."""
    said = notice_said(file, plan)
    known = {unit.name for unit in said.units}
    named = {
        name
        for task in said.tasks
        for one in task.responsibilities
        for name in ((one.name,) if one.scope is None else one.scope.units)
    }
    with file.reading() as connection:
        rows = connection.execute(
            "SELECT u.name, u.kind FROM unit u JOIN notice n ON n.id = u.notice_id"
            " WHERE n.plan = ? ORDER BY u.position",
            (plan,),
        ).fetchall()
    more = tuple(NoticeUnit(name, kind, name) for name, kind in rows if name in named - known)
    return replace(said, units=(*said.units, *more))


def _units(connection: sqlite3.Connection, notice_id: int) -> tuple[NoticeUnit, ...]:
    """The notice's own; a unit that joined in the office says no sentence."""
    rows = connection.execute(
        "SELECT name, kind, quote FROM unit WHERE notice_id = ? AND origin = 'notice' ORDER BY position", (notice_id,)
    ).fetchall()
    return tuple(NoticeUnit(name, kind, quote or name) for name, kind, quote in rows)


def _tasks(connection: sqlite3.Connection, notice_id: int) -> tuple[Task, ...]:
    return tuple(
        Task(
            number=one.number,
            section=one.section,
            matter=one.matter,
            requirement=one.requirement,
            assignment=one.assignment,
            remark=one.remark,
            remark_source=one.remark_source,
            responsibilities=one.responsibilities,
            deadlines=one.deadlines,
            quotas=one.quotas,
        )
        for one in tasks_of(connection, notice_id)
    )


def _clock_rules(connection: sqlite3.Connection, notice_id: int) -> tuple[ClockRule, ...]:
    return tuple(ClockRule(*row) for row in clock_rules_of(connection, notice_id))


def _reports(connection: sqlite3.Connection, notice_id: int) -> tuple[Report, ...]:
    rows = connection.execute(
        "SELECT what, recipient, month, day, quote, year_offset, attachments FROM report"
        " WHERE notice_id = ? ORDER BY position",
        (notice_id,),
    ).fetchall()
    return tuple(
        Report(what, to, month, day, quote, year_offset, tuple(json.loads(attachments)))
        for what, to, month, day, quote, year_offset, attachments in rows
    )


def _rules(connection: sqlite3.Connection, notice_id: int) -> tuple[Rule, ...]:
    return tuple(Rule(*row) for row in rules_of(connection, notice_id))
