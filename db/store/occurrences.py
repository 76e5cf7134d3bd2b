"""期次: one period of a recurring deadline settled (本期销账), or taken up again."""

from datetime import date, datetime

from sqlmodel import col, select

from db.errors import InvalidInputError
from db.file import LedgerFile
from db.models.counting import Occurrence
from db.models.ledger import Entry
from db.rules.occurrences import spans
from db.store.change import Change, change
from db.store.inputs import SettlingPeriod, refuse_future, validated
from db.store.reaching import refuse_not_ours
from db.store.timing import deadline_of, ledger_of


def settle_occurrence(
    file: LedgerFile,
    ledger_id: int,
    entry_id: int,
    *,
    start: date,
    done_on: date,
    what_was_done: str | None,
    today: date,
    at: datetime,
) -> None:
    """Settle the period that begins on `start`; one that is settled takes the new day and words.

    It is done on no day before the period: what was done then belongs to another one.
    """
    given = validated(SettlingPeriod, start=start, done_on=done_on, what_was_done=what_was_done)
    refuse_future("办结日期", given.done_on, today)
    with change(file, ledger_id, "settle_occurrence", at) as open_change:
        entry = open_change.entry(entry_id)
        refuse_not_ours(open_change.session, entry, "本期销账")
        _check_period(open_change, entry, given.start, today)
        _refuse_before(given.start, given.done_on)
        row = _occurrence(open_change, entry_id, given.start)
        if row is None:
            open_change.add(
                Occurrence(
                    entry_id=entry_id,
                    start=given.start,
                    done_on=given.done_on,
                    what_was_done=given.what_was_done,
                )
            )
            return
        with open_change.edit(row):
            row.done_on, row.what_was_done = given.done_on, given.what_was_done


def reopen_occurrence(file: LedgerFile, ledger_id: int, entry_id: int, *, start: date, at: datetime) -> None:
    """恢复本期: the period that begins on `start` is not settled after all."""
    with change(file, ledger_id, "reopen_occurrence", at) as open_change:
        open_change.entry(entry_id)
        row = _occurrence(open_change, entry_id, start)
        if row is None:
            raise InvalidInputError(f"{start} 起的这一期还没有销账，无需恢复。", "没有改变任何内容。")
        open_change.remove(row)


def _check_period(open_change: Change, entry: Entry, start: date, today: date) -> None:
    deadline = deadline_of(open_change.session, entry)
    if deadline is None or deadline.recurrence is None:
        raise InvalidInputError("这一项没有按期重复的时限，不能按期销账。", "请用销账办结整项任务。")
    year = ledger_of(open_change.session, entry.ledger_id).year
    if start not in {first for first, _ in spans(deadline.recurrence, year)}:
        raise InvalidInputError(f"{start} 不是这一项在 {year} 年任何一期的第一天。", "请回到列表，重新选择一期。")
    if start > today:
        raise InvalidInputError(f"{start} 起的这一期还没有开始（今天是 {today}），不能销账。", "请到本期开始后再办。")


def _refuse_before(start: date, done_on: date) -> None:
    if done_on < start:
        raise InvalidInputError(
            f"办结日期 {done_on} 早于本期的第一天（{start}），没有保存。",
            f"请填 {start} 或更晚的日期；办的是上一期的，请回到列表给上一期销账。",
        )


def _occurrence(open_change: Change, entry_id: int, start: date) -> Occurrence | None:
    return open_change.session.exec(
        select(Occurrence).where(col(Occurrence.entry_id) == entry_id, col(Occurrence.start) == start)
    ).first()
