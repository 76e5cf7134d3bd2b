"""A notice put into the file, as it was read: new, or an earlier reading of it brought to this one in place.

Tasks keep their ids, so that the clerk's work stays on them.
"""

import dataclasses
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlmodel import Session, SQLModel, col, delete, select

from db.errors import ReadingError
from db.models.counting import Item, Occurrence, ReportState
from db.models.ledger import Entry, Ledger
from db.models.notice import ClockRule, Deadline, Notice, Quota, Report, Responsibility, Rule, Task, Unit
from db.rules import notice as said
from db.rules.occurrences import spans
from db.store.change import Change
from db.store.quoted import quoted
from db.store.timing import deadline_of
from db.store.work_kept import Stayed, keep_visible, visible_work, was_worked_on

NOT_TAKEN: Final = "通知的读法没有更新，仍用原来的；台账照常办理，没有改变。请把这句话反馈给程序的维护者。"


def put_notice(
    open_change: Change,
    draft: said.NoticeDraft,
    *,
    origin: str,
    matches: Mapping[str, str] | None = None,
    hint: str = NOT_TAKEN,
) -> tuple[Stayed, ...]:
    """Put the notice in; one of the same short name is brought to this reading.

    matches: the number that each task had in the former reading, by its new one (none: a new task); None where equal
    numbers are the same task. A task that is gone goes with its entries; where the clerk ever worked on one it is
    refused, or, with matches, kept behind the others as it was. What was worked on and by this reading is not its
    unit's any more is, with matches, decided 本单位 (returned). hint: what the clerk can do about a refusal.
    Raises ReadingError where the new reading would lose work.
    """
    session = open_change.session
    draft = quoted(draft)
    notice = session.exec(select(Notice).where(col(Notice.plan) == draft.plan)).first()
    if notice is None:
        notice = Notice(plan=draft.plan, year=draft.year, text=draft.text, origin=origin)
    notice.agency, notice.title, notice.document_number = draft.agency, draft.title, draft.document_number
    notice.year, notice.issued_on, notice.text = draft.year, draft.issued_on, draft.text
    notice.headings = json.dumps(dict(draft.headings), ensure_ascii=False) if draft.headings else None
    session.add(notice)
    session.flush()
    if notice.id is None:
        raise ReadingError(f"通知 {draft.plan} 没有入库。")
    visible = [] if matches is None else visible_work(session, notice.id)
    known = {row.number: row for row in session.exec(select(Task).where(col(Task.notice_id) == notice.id)).all()}
    former = {task.number: known.pop(_former(task.number, matches), None) for task in draft.tasks}
    kept = [] if matches is None else [row for row in known.values() if _was_task_worked_on(session, row)]
    gone = [row for row in known.values() if row not in kept]
    spared = [row.id for row in kept if row.id is not None]
    named = set(session.exec(select(Responsibility.name).where(col(Responsibility.task_id).in_(spared))).all())
    numbers = {row.id: row.number for row in kept}
    _clear(session, notice.id, spared)
    _put_units(session, notice.id, draft, named)
    for row in gone:
        _drop_task(open_change, draft, row, hint)
    _free_numbers(session, (*kept, *(row for number, row in former.items() if row and row.number != number)))
    _keep(session, draft, kept, numbers)
    ids = _put_tasks(open_change, notice.id, draft, former, hint)
    session.add_all(_rest(notice.id, draft, ids))
    session.flush()
    _refuse_lost_reports(session, notice.id, draft, hint)
    _refuse_lost_occurrences(session, notice.id, draft, hint)
    _refuse_lost_items(session, notice.id, draft, hint)
    open_change.record(f"notice:{notice.id}", None, {"plan": draft.plan, "tasks": len(draft.tasks)})
    return keep_visible(open_change, visible)


def _former(number: str, matches: Mapping[str, str] | None) -> str:
    """The number that the task had; '' (no task's) for a new one."""
    return number if matches is None else matches.get(number, "")


def _keep(session: Session, draft: said.NoticeDraft, kept: Collection[Task], numbers: Mapping[int | None, str]) -> None:
    """Tasks that the notice has no more and the clerk worked on: behind the others, under a number of their own.
    numbers: the one that each had, by its id."""
    taken = {task.number for task in draft.tasks}
    for position, row in enumerate(sorted(kept, key=lambda row: row.position), len(draft.tasks) + 1):
        number = numbers[row.id]
        while number in taken:
            number = f"原{number}"
        taken.add(number)
        row.position, row.number = position, number
        session.add(row)
    session.flush()


def _clear(session: Session, notice_id: int, spared: Collection[int]) -> None:
    """Take out what hangs on the tasks (but those spared) and the notice; no row of the clerk's refers to it."""
    tasks = select(Task.id).where(col(Task.notice_id) == notice_id, col(Task.id).not_in(spared))
    for of_task in (Responsibility, Deadline):
        session.exec(delete(of_task).where(col(of_task.task_id).in_(tasks)))
    for counted in (Quota, ClockRule):
        is_spared = col(counted.task_id).in_(spared)
        session.exec(
            delete(counted).where(col(counted.notice_id) == notice_id, col(counted.task_id).is_(None) | ~is_spared)
        )
    for of_notice in (Report, Rule):
        session.exec(delete(of_notice).where(col(of_notice.notice_id) == notice_id))


def _put_units(session: Session, notice_id: int, draft: said.NoticeDraft, named: Collection[str]) -> None:
    """The roster. named: units of tasks that are kept, which stay on it."""
    known = {row.name: row for row in session.exec(select(Unit).where(col(Unit.notice_id) == notice_id)).all()}
    for position, unit in enumerate(draft.units, 1):
        row = known.pop(unit.name, None) or Unit(
            notice_id=notice_id, position=position, name=unit.name, kind=unit.kind, origin="notice"
        )
        row.position, row.kind, row.origin, row.quote = position, unit.kind, "notice", unit.quote
        session.add(row)
    used = set(session.exec(select(Ledger.unit).where(col(Ledger.notice_id) == notice_id)).all()) | set(named)
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


def _put_tasks(
    open_change: Change, notice_id: int, draft: said.NoticeDraft, former: Mapping[str, Task | None], hint: str
) -> dict[str, int]:
    """The tasks in place; a new one gets an entry in every ledger of the notice. Returns their ids by number."""
    session = open_change.session
    found = session.exec(select(Ledger.id).where(col(Ledger.notice_id) == notice_id)).all()
    ledgers = [number for number in found if number is not None]
    ids: dict[str, int] = {}
    for position, task in enumerate(draft.tasks, 1):
        known = former[task.number]
        row = known or Task(notice_id=notice_id, position=position, number=task.number, requirement=task.requirement)
        row.position, row.number, row.section, row.matter = position, task.number, task.section, task.matter
        row.requirement, row.assignment = task.requirement, task.assignment
        row.remark, row.remark_source = task.remark, task.remark_source
        session.add(row)
        session.flush()
        if row.id is None:
            raise ReadingError(f"通知 {draft.plan} 的第 {task.number} 项没有入库。", hint)
        ids[task.number] = row.id
        for ledger in ledgers if known is None else ():
            open_change.add(Entry(ledger_id=ledger, task_id=row.id))
        session.add_all(_of_task(row.id, task))
    return ids


def _free_numbers(session: Session, rows: Iterable[Task]) -> None:
    """No two tasks of a notice have one number, not even while numbers change hands."""
    for row in rows:
        row.number = f"~{row.id}"
        session.add(row)
    session.flush()


def _drop_task(open_change: Change, draft: said.NoticeDraft, row: Task, hint: str) -> None:
    """Take out a task that the reading has no more, with its entries; not where the clerk ever worked on one."""
    session = open_change.session
    for entry in session.exec(select(Entry).where(col(Entry.task_id) == row.id)).all():
        if was_worked_on(session, entry):
            raise ReadingError(
                f"通知 {draft.plan} 的新读法里没有第 {row.number} 项，而台账里有它的办理记录。",
                hint,
            )
        open_change.remove(entry)
    session.delete(row)


def _refuse_lost_reports(session: Session, notice_id: int, draft: said.NoticeDraft, hint: str) -> None:
    """What was handed in is known by the report's words: under others it would stand nowhere any more."""
    of_notice = select(Ledger.id).where(col(Ledger.notice_id) == notice_id)
    states = select(ReportState.what).where(
        col(ReportState.source) == "notice", col(ReportState.ledger_id).in_(of_notice)
    )
    asked = {report.what for report in draft.reports}
    lost = next((what for what in session.exec(states).all() if what not in asked), None)
    if lost is not None:
        raise ReadingError(f"通知 {draft.plan} 的新读法里没有报送“{lost}”，而台账里已登记报出。", hint)


def _refuse_lost_occurrences(session: Session, notice_id: int, draft: said.NoticeDraft, hint: str) -> None:
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
                hint,
            )


def _refuse_lost_items(session: Session, notice_id: int, draft: said.NoticeDraft, hint: str) -> None:
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
            f"通知 {draft.plan} 的新读法里，第 {number} 项不再逐项计数，而台账里有它的事项“{name}”。", hint
        )


def _was_task_worked_on(session: Session, task: Task) -> bool:
    """Whether an entry of the task was worked on, in any ledger."""
    entries = session.exec(select(Entry).where(col(Entry.task_id) == task.id)).all()
    return any(was_worked_on(session, entry) for entry in entries)


def _of_task(task_id: int, task: said.Task) -> list[SQLModel]:
    rows: list[SQLModel] = [
        Responsibility(task_id=task_id, position=position, **{**values_of(item), "scope": _scope(item.scope)})
        for position, item in enumerate(task.responsibilities, 1)
    ]
    rows.extend(
        Deadline(task_id=task_id, position=position, **values_of(rule))
        for position, rule in enumerate(task.deadlines, 1)
    )
    return rows


def _rest(notice_id: int, draft: said.NoticeDraft, ids: dict[str, int]) -> list[SQLModel]:
    """Quotas, clock rules, reports and rules: those of a task name it, the others bind everybody."""
    quotas: list[tuple[int | None, said.Quota]] = [
        (ids[task.number], quota) for task in draft.tasks for quota in task.quotas
    ]
    quotas.extend((None, quota) for quota in draft.unit_quotas)
    rows: list[SQLModel] = [
        Quota(notice_id=notice_id, task_id=task_id, position=position, **values_of(quota))
        for position, (task_id, quota) in enumerate(quotas, 1)
    ]
    for position, clock in enumerate(draft.clock_rules, 1):
        values = values_of(clock)
        number = values.pop("task")
        task_id = ids[number] if number else None
        rows.append(ClockRule(notice_id=notice_id, task_id=task_id, position=position, **values))
    for position, report in enumerate(draft.reports, 1):
        values = values_of(report)
        values["recipient"] = values.pop("to")
        values["attachments"] = json.dumps(list(report.attachments), ensure_ascii=False)
        rows.append(Report(notice_id=notice_id, position=position, **values))
    rows.extend(
        Rule(notice_id=notice_id, position=position, **values_of(rule)) for position, rule in enumerate(draft.rules, 1)
    )
    return rows


def values_of(value: Any) -> dict[str, Any]:
    """The fields of a frozen value, by name."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _scope(scope: said.Scope | None) -> str | None:
    return None if scope is None else json.dumps(values_of(scope), ensure_ascii=False)
