"""工作日历 and 条例的时限, as the office puts them in: of the file and not of a ledger, so no undo reaches them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.office import DayOffRow, DayOffSource, StatuteRule
from db.rules.calendar import DayOff, DayOffKind
from db.rules.words import DayKind
from db.store.change import Change, change
from db.store.inputs import CorrectedRule, DaySource, OneDay, validated


def take_days(file: LedgerFile, rows: Sequence[DayOff], *, notice: str, text: str, at: datetime) -> None:
    """Take the days of a State Council notice, in place of all that stood for that notice or on these days.

    The text that they were read from is kept beside them.
    """
    source = validated(DaySource, notice=notice, text=text)
    if not rows:
        raise InvalidInputError("没有读出任何放假或调休的日期，没有保存。", "请核对粘贴的通知是否完整。")
    given = [validated(OneDay, day=row.day, day_off=row.kind, notice=source.notice) for row in rows]
    double = next((one.day for one in given if sum(other.day == one.day for other in given) > 1), None)
    if double is not None:
        raise InvalidInputError(f"{double} 在同一份通知里出现了两次，没有保存。", "请核对这一天是放假还是上班。")
    with change(file, None, "take_days", at) as open_change:
        days = {one.day for one in given}
        of_notice = select(DayOffRow).where(col(DayOffRow.notice) == source.notice)
        for row in open_change.session.exec(of_notice).all():
            if row.day not in days:
                open_change.remove(row)
        for one in given:
            _put(open_change, one)
        _keep_source(open_change, source)


def set_day(file: LedgerFile, *, day: date, kind: DayOffKind, notice: str, at: datetime) -> None:
    """Make one day a day off or a workday by hand, with the notice that says so."""
    given = validated(OneDay, day=day, day_off=kind, notice=notice)
    with change(file, None, "set_day", at) as open_change:
        _put(open_change, given)


def correct_rule(
    file: LedgerFile, *, key: str, days: int, day_kind: DayKind, may_extend: int | None, at: datetime
) -> None:
    """Correct a clock of the statute; planting leaves it so, and clocks that run keep the rule they began with."""
    given = validated(CorrectedRule, days=days, day_kind=day_kind, may_extend=may_extend)
    with change(file, None, "correct_rule", at) as open_change:
        rule = open_change.session.get(StatuteRule, key)
        if rule is None:
            raise UnknownNameError(f"没有名为“{key}”的条例时限。", "请回到列表看最新内容。")
        if (rule.days, rule.day_kind, rule.may_extend) == (given.days, given.day_kind, given.may_extend):
            return
        with open_change.edit(rule):
            rule.days, rule.day_kind, rule.may_extend = given.days, given.day_kind, given.may_extend
            rule.origin = "office"


def _put(open_change: Change, given: OneDay) -> None:
    row = open_change.session.get(DayOffRow, given.day)
    if row is None:
        open_change.add(DayOffRow(day=given.day, kind=given.day_off, notice=given.notice, origin="office"))
        return
    with open_change.edit(row):
        row.kind, row.notice, row.origin = given.day_off, given.notice, "office"


def _keep_source(open_change: Change, source: DaySource) -> None:
    row = open_change.session.get(DayOffSource, source.notice)
    if row is None:
        open_change.add(DayOffSource(notice=source.notice, text=source.text, at=open_change.at))
        return
    with open_change.edit(row):
        row.text, row.at = source.text, open_change.at
