"""What the clerk does with entries: 销账, 恢复, 推进中, 不适用, 本单位/非本单位, 调整时限, 确认换算日期."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session, col, select

from db.errors import InvalidInputError
from db.file import LedgerFile
from db.models.counting import Count, Publication
from db.models.evidence import Evidence
from db.models.ledger import Entry, Note
from db.store.change import Change, change
from db.store.inputs import Adjusting, Reasoned, Settling, validated
from db.store.reaching import applicability_of, refuse_not_ours
from db.store.timing import deadline_of


def settle(
    file: LedgerFile,
    ledger_id: int,
    entries: Sequence[int],
    *,
    done_on: date,
    today: date,
    what_was_done: str | None,
    at: datetime,
) -> None:
    """销账: mark entries done on a day, none in the future. A done entry takes the new day and text."""
    given = validated(Settling, done_on=done_on, today=today, what_was_done=what_was_done)
    if given.done_on > given.today:
        raise InvalidInputError(
            f"办结日期 {given.done_on} 晚于今天（{given.today}），没有销账。", "请填今天或更早的日期。"
        )
    with change(file, ledger_id, "settle", at) as open_change:
        for entry in open_change.entries(entries):
            refuse_not_ours(open_change.session, entry, "销账")
            _refuse_status(entry, "not_applicable", "不适用的事项不能销账。")
            with open_change.edit(entry):
                entry.status = "done"
                entry.done_on = given.done_on
                entry.what_was_done = given.what_was_done


def reopen(file: LedgerFile, ledger_id: int, entries: Sequence[int], *, at: datetime) -> None:
    """恢复: take up again what was done, not applicable, or decided 本单位/非本单位."""
    with change(file, ledger_id, "reopen", at) as open_change:
        for entry in open_change.entries(entries):
            if entry.status not in ("done", "not_applicable") and entry.decision is None:
                raise InvalidInputError("选中的事项还没有办结，也没有标为不适用，无需恢复。", "没有改变任何事项。")
            with open_change.edit(entry):
                if entry.status in ("done", "not_applicable"):
                    entry.status = "in_progress" if _was_begun(open_change, entry) else "not_started"
                    entry.done_on = entry.what_was_done = entry.reason = None
                else:
                    entry.decision = None


def start(file: LedgerFile, ledger_id: int, entries: Sequence[int], *, at: datetime) -> None:
    """推进中: work on the entries has begun."""
    with change(file, ledger_id, "start", at) as open_change:
        for entry in open_change.entries(entries):
            refuse_not_ours(open_change.session, entry, "标为推进中")
            _refuse_status(entry, "done", "已办结的事项不能标为推进中。")
            _refuse_status(entry, "not_applicable", "不适用的事项不能标为推进中。")
            with open_change.edit(entry):
                entry.status = "in_progress"


def mark_not_applicable(file: LedgerFile, ledger_id: int, entries: Sequence[int], *, reason: str, at: datetime) -> None:
    """不适用: the entries need not be done this year, for a reason."""
    given = validated(Reasoned, reason=reason)
    with change(file, ledger_id, "not_applicable", at) as open_change:
        for entry in open_change.entries(entries):
            refuse_not_ours(open_change.session, entry, "标为不适用")
            _refuse_status(entry, "done", "已办结的事项不能标为不适用。")
            with open_change.edit(entry):
                entry.status = "not_applicable"
                entry.reason = given.reason


def decide(
    file: LedgerFile,
    ledger_id: int,
    entries: Sequence[int],
    *,
    applicability: Literal["ours", "not_ours"],
    at: datetime,
) -> None:
    """本单位/非本单位: the clerk's word on entries that only possibly reach the unit."""
    with change(file, ledger_id, "ours" if applicability == "ours" else "not_ours", at) as open_change:
        for entry in open_change.entries(entries):
            if entry.task_id is None or not _is_open(open_change.session, entry):
                raise InvalidInputError(
                    "只有“待确认”的事项（相关单位、空白沿用上栏、没有写责任单位）才需要确认；选中的事项里有通知已点明的。",
                    "没有改变任何事项。确实不用办的，请标为不适用并写明理由。",
                )
            if applicability == "not_ours":
                _refuse_status(entry, "done", "已办结的事项不能标为非本单位。")
            with open_change.edit(entry):
                entry.decision = applicability


def adjust_due(file: LedgerFile, ledger_id: int, entry_id: int, *, due: date | None, reason: str, at: datetime) -> None:
    """调整时限: the clerk's own due date beside the notice's, with a reason; due None takes it back."""
    given = None if due is None else validated(Adjusting, due=due, reason=reason)
    with change(file, ledger_id, "adjust_due", at) as open_change:
        entry = open_change.entry(entry_id)
        if given is None and entry.adjusted_due is None:
            raise InvalidInputError("这一项没有调整过时限。", "没有改变任何内容。")
        refuse_not_ours(open_change.session, entry, "调整时限")
        with open_change.edit(entry):
            entry.adjusted_due = given.due if given else None
            entry.adjusted_reason = given.reason if given else None


def confirm_shift(file: LedgerFile, ledger_id: int, entries: Sequence[int], *, at: datetime) -> None:
    """确认换算日期: the clerk's word on dates that a printed year or 29 February leaves open in another year."""
    with change(file, ledger_id, "confirm_shift", at) as open_change:
        for entry in open_change.entries(entries):
            deadline = deadline_of(open_change.session, entry)
            if deadline is None or deadline.shift is None or not deadline.shift.waits:
                raise InvalidInputError(
                    "选中的事项里有不需要确认换算日期的。", "没有改变任何事项；请只选换算日期待确认的。"
                )
            with open_change.edit(entry):
                entry.shift_confirmed = True


def _refuse_status(entry: Entry, status: str, message: str) -> None:
    if entry.status == status:
        raise InvalidInputError(message, "请先恢复，再办理。没有改变任何事项。")


def _is_open(session: Session, entry: Entry) -> bool:
    """Whether the notice leaves it to the clerk: possible, or not named any more and kept for its work (put_notice)."""
    said = applicability_of(session, entry, decided=False)
    return said == "possible" or (said == "not_ours" and entry.decision is not None)


def _was_begun(open_change: Change, entry: Entry) -> bool:
    """Whether the entry has what makes it 推进中: a note, a publication, a count, evidence."""
    return any(
        open_change.session.exec(select(table.id).where(col(table.entry_id) == entry.id).limit(1)).first() is not None
        for table in (Note, Publication, Count, Evidence)
    )
