"""Planting: the reviewed readings, the published days off and the statute's clocks, all of them or nothing.

A notice that is there already is brought to its reading in place: tasks keep their ids, so that the clerk's work
stays on them.
"""

import dataclasses
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, SQLModel, col, delete, select

from db.errors import ReadingError
from db.file import LedgerFile
from db.models.counting import Item, Occurrence, ReportState
from db.models.ledger import Entry, Ledger
from db.models.notice import ClockRule, Deadline, Notice, Quota, Report, Responsibility, Rule, Task, Unit
from db.models.office import DayOffRow, DayOffSource, Draft, History, Setting, StatuteRule
from db.rules import notice as said
from db.rules.calendar import DayOff
from db.rules.occurrences import spans
from db.store.change import Change, change
from db.store.timing import deadline_of

DIGEST_KEY = "readings_digest"
NOT_TAKEN: Final = "通知的读法没有更新，仍用原来的；台账照常办理，没有改变。请把这句话反馈给程序的维护者。"


def plant(
    file: LedgerFile,
    drafts: Sequence[said.NoticeDraft],
    days_off: Sequence[DayOff],
    statute: Sequence[said.StatuteRule],
    digest: str,
    at: datetime,
) -> bool:
    """Bring the file to these readings, days off and clocks of the statute in one transaction.

    What the office put in or corrected itself stays. Returns False when the file already holds all of it.
    """
    with change(file, None, "plant", at) as open_change:
        session = open_change.session
        stored = session.get(Setting, DIGEST_KEY)
        if stored is not None and stored.value == digest:
            return False
        for draft in drafts:
            _plant_notice(open_change, draft)
        _plant_days(session, days_off)
        _plant_statute(session, statute)
        session.merge(Setting(key=DIGEST_KEY, value=digest))
    return True


def _plant_notice(open_change: Change, draft: said.NoticeDraft) -> None:
    session = open_change.session
    notice = session.exec(select(Notice).where(col(Notice.plan) == draft.plan)).first()
    if notice is None:
        notice = Notice(plan=draft.plan, year=draft.year, text=draft.text, origin="shipped")
    notice.agency, notice.title, notice.document_number = draft.agency, draft.title, draft.document_number
    notice.year, notice.issued_on, notice.text = draft.year, draft.issued_on, draft.text
    notice.headings = json.dumps(dict(draft.headings), ensure_ascii=False) if draft.headings else None
    session.add(notice)
    session.flush()
    if notice.id is None:
        raise ReadingError(f"通知 {draft.plan} 没有入库。")
    _clear(session, notice.id)
    _plant_units(session, notice.id, draft)
    ids = _plant_tasks(open_change, notice.id, draft)
    session.add_all(_rest(notice.id, draft, ids))
    session.flush()
    _refuse_lost_reports(session, notice.id, draft)
    _refuse_lost_occurrences(session, notice.id, draft)
    _refuse_lost_items(session, notice.id, draft)
    open_change.record(f"notice:{notice.id}", None, {"plan": draft.plan, "tasks": len(draft.tasks)})


def _clear(session: Session, notice_id: int) -> None:
    """Take out what hangs on the tasks and the notice; no row of the clerk's refers to one of these."""
    tasks = select(Task.id).where(col(Task.notice_id) == notice_id)
    for of_task in (Responsibility, Deadline):
        session.exec(delete(of_task).where(col(of_task.task_id).in_(tasks)))
    for of_notice in (Quota, ClockRule, Report, Rule):
        session.exec(delete(of_notice).where(col(of_notice.notice_id) == notice_id))


def _plant_units(session: Session, notice_id: int, draft: said.NoticeDraft) -> None:
    known = {row.name: row for row in session.exec(select(Unit).where(col(Unit.notice_id) == notice_id)).all()}
    for position, unit in enumerate(draft.units, 1):
        row = known.pop(unit.name, None) or Unit(
            notice_id=notice_id, position=position, name=unit.name, kind=unit.kind, origin="notice"
        )
        row.position, row.kind, row.origin, row.quote = position, unit.kind, "notice", unit.quote
        session.add(row)
    used = set(session.exec(select(Ledger.unit).where(col(Ledger.notice_id) == notice_id)).all())
    left = sorted(known.values(), key=lambda row: row.position)
    for row in left:
        if row.origin == "notice" and row.name not in used:
            session.delete(row)
    kept = [row for row in left if row.origin == "office" or row.name in used]
    for position, row in enumerate(kept, len(draft.units) + 1):
        # The office's own come last. One that the notice names no more and a ledger bears becomes such a one.
        row.position, row.origin, row.quote = position, "office", None
        session.add(row)
    session.flush()


def _plant_tasks(open_change: Change, notice_id: int, draft: said.NoticeDraft) -> dict[str, int]:
    """The tasks in place, by their number; a new one gets an entry in every ledger of the notice."""
    session = open_change.session
    known = {row.number: row for row in session.exec(select(Task).where(col(Task.notice_id) == notice_id)).all()}
    found = session.exec(select(Ledger.id).where(col(Ledger.notice_id) == notice_id)).all()
    ledgers = [number for number in found if number is not None]
    ids: dict[str, int] = {}
    for position, task in enumerate(draft.tasks, 1):
        row = known.pop(task.number, None)
        is_new = row is None
        row = row or Task(notice_id=notice_id, position=position, number=task.number, requirement=task.requirement)
        row.position, row.section, row.matter = position, task.section, task.matter
        row.requirement, row.assignment = task.requirement, task.assignment
        row.remark, row.remark_source = task.remark, task.remark_source
        session.add(row)
        session.flush()
        if row.id is None:
            raise ReadingError(f"通知 {draft.plan} 的第 {task.number} 项没有入库。")
        ids[task.number] = row.id
        for ledger in ledgers if is_new else ():
            open_change.add(Entry(ledger_id=ledger, task_id=row.id))
        session.add_all(_of_task(row.id, task))
    for row in known.values():
        _drop_task(open_change, draft, row)
    return ids


def _drop_task(open_change: Change, draft: said.NoticeDraft, row: Task) -> None:
    """Take out a task that the reading has no more, with its entries; not where the clerk ever worked on one."""
    session = open_change.session
    for entry in session.exec(select(Entry).where(col(Entry.task_id) == row.id)).all():
        if _was_worked_on(session, entry):
            raise ReadingError(
                f"通知 {draft.plan} 的新读法里没有第 {row.number} 项，而台账里有它的办理记录。",
                NOT_TAKEN,
            )
        open_change.remove(entry)
    session.delete(row)


def _refuse_lost_reports(session: Session, notice_id: int, draft: said.NoticeDraft) -> None:
    """What was handed in is known by the report's words: under others it would stand nowhere any more."""
    of_notice = select(Ledger.id).where(col(Ledger.notice_id) == notice_id)
    states = select(ReportState.what).where(
        col(ReportState.source) == "notice", col(ReportState.ledger_id).in_(of_notice)
    )
    asked = {report.what for report in draft.reports}
    lost = next((what for what in session.exec(states).all() if what not in asked), None)
    if lost is not None:
        raise ReadingError(f"通知 {draft.plan} 的新读法里没有报送“{lost}”，而台账里已登记报出。", NOT_TAKEN)


def _refuse_lost_occurrences(session: Session, notice_id: int, draft: said.NoticeDraft) -> None:
    """What was settled is known by the first day of its period: another recurrence must have that period too."""
    settled = (
        select(Occurrence, Entry, Ledger.year, Task.number)
        .join(Entry, col(Entry.id) == col(Occurrence.entry_id))
        .join(Ledger, col(Ledger.id) == col(Entry.ledger_id))
        .join(Task, col(Task.id) == col(Entry.task_id))
        .where(col(Task.notice_id) == notice_id)
    )
    for occurrence, entry, year, number in session.exec(settled).all():
        deadline = deadline_of(session, entry)
        rule = deadline.recurrence if deadline else None
        if rule is None or occurrence.start not in {first for first, _ in spans(rule, year)}:
            raise ReadingError(
                f"通知 {draft.plan} 的新读法里，第 {number} 项没有 {occurrence.start} 起的一期，而台账里这一期已销账。",
                NOT_TAKEN,
            )


def _refuse_lost_items(session: Session, notice_id: int, draft: said.NoticeDraft) -> None:
    """Items stand under the quota that counts by them, and nowhere without one."""
    by_item = select(Quota.task_id).where(col(Quota.notice_id) == notice_id, col(Quota.period) == "item")
    lost = session.exec(
        select(Item.name, Task.number)
        .join(Entry, col(Entry.id) == col(Item.entry_id))
        .join(Task, col(Task.id) == col(Entry.task_id))
        .where(col(Task.notice_id) == notice_id, col(Task.id).not_in(by_item.where(col(Quota.task_id).is_not(None))))
    ).first()
    if lost is not None:
        name, number = lost
        raise ReadingError(
            f"通知 {draft.plan} 的新读法里，第 {number} 项不再逐项计数，而台账里有它的事项“{name}”。", NOT_TAKEN
        )


def _was_worked_on(session: Session, entry: Entry) -> bool:
    """Whether the clerk ever changed the entry or what hangs on it (also if undone: redo needs it), or has typed."""
    changed = select(History.seq).where(col(History.entry_id) == entry.id, col(History.ledger_id).is_not(None))
    typed = select(Draft.ledger_id).where(col(Draft.entry_id) == entry.id)
    return any(session.exec(asked.limit(1)).first() is not None for asked in (changed, typed))


def _of_task(task_id: int, task: said.Task) -> list[SQLModel]:
    rows: list[SQLModel] = [
        Responsibility(task_id=task_id, position=position, **{**_fields(item), "scope": _scope(item.scope)})
        for position, item in enumerate(task.responsibilities, 1)
    ]
    rows.extend(
        Deadline(task_id=task_id, position=position, **_fields(rule)) for position, rule in enumerate(task.deadlines, 1)
    )
    return rows


def _rest(notice_id: int, draft: said.NoticeDraft, ids: dict[str, int]) -> list[SQLModel]:
    """Quotas, clock rules, reports and rules: those of a task name it, the others bind everybody."""
    quotas: list[tuple[int | None, said.Quota]] = [
        (ids[task.number], quota) for task in draft.tasks for quota in task.quotas
    ]
    quotas.extend((None, quota) for quota in draft.unit_quotas)
    rows: list[SQLModel] = [
        Quota(notice_id=notice_id, task_id=task_id, position=position, **_fields(quota))
        for position, (task_id, quota) in enumerate(quotas, 1)
    ]
    for position, clock in enumerate(draft.clock_rules, 1):
        values = _fields(clock)
        number = values.pop("task")
        task_id = ids[number] if number else None
        rows.append(ClockRule(notice_id=notice_id, task_id=task_id, position=position, **values))
    for position, report in enumerate(draft.reports, 1):
        values = _fields(report)
        values["recipient"] = values.pop("to")
        values["attachments"] = json.dumps(list(report.attachments), ensure_ascii=False)
        rows.append(Report(notice_id=notice_id, position=position, **values))
    rows.extend(
        Rule(notice_id=notice_id, position=position, **_fields(rule)) for position, rule in enumerate(draft.rules, 1)
    )
    return rows


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _scope(scope: said.Scope | None) -> str | None:
    return None if scope is None else json.dumps(_fields(scope), ensure_ascii=False)


def _plant_days(session: Session, days_off: Sequence[DayOff]) -> None:
    """The published days; a day that the office has put in itself stays as the office has it.

    So does a whole notice that the office has taken in: a day that is no more in it must not come back, but for one
    that the office has restored to what is shipped.
    """
    of_program = select(DayOffRow).where(col(DayOffRow.origin) == "shipped")
    restored = {(row.day, row.notice) for row in session.exec(of_program).all()}
    session.exec(delete(DayOffRow).where(col(DayOffRow.origin) == "shipped"))
    kept = {row.day for row in session.exec(select(DayOffRow)).all()}
    taken = set(session.exec(select(DayOffSource.notice)).all())
    session.add_all(
        DayOffRow(day=item.day, kind=item.kind, notice=item.notice, origin="shipped")
        for item in days_off
        if item.day not in kept and (item.notice not in taken or (item.day, item.notice) in restored)
    )
    session.flush()


def _plant_statute(session: Session, statute: Sequence[said.StatuteRule]) -> None:
    """The clocks of the statute as they are shipped; one that the office has corrected stays as the office has it."""
    session.exec(delete(StatuteRule).where(col(StatuteRule.origin) == "shipped"))
    kept = set(session.exec(select(StatuteRule.key)).all())
    session.add_all(
        StatuteRule(position=position, origin="shipped", **_fields(rule))
        for position, rule in enumerate(statute, 1)
        if rule.key not in kept
    )
    session.flush()
