"""工作日历 and 条例的时限, as the office puts them in: of the file and not of a ledger, so no undo reaches them.

What the office overrode is in the History: restore_day and remove_days take it from there. They also let the next
start plant again: an edition that has come since then may ship these days otherwise.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.office import DayOffRow, DayOffSource, History, Setting, StatuteRule
from db.rules.calendar import DayOff, DayOffKind
from db.rules.words import DayKind
from db.store.change import Change, change
from db.store.inputs import CorrectedRule, DaySource, OneDay, validated
from db.store.planting import DIGEST_KEY

OF_NO_READINGS: Final = ""
"""In place of the digest of what was planted: the file has been planted, and is to be once more."""


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


def restore_day(file: LedgerFile, *, day: date, at: datetime) -> None:
    """Make a day what the program shipped it as; one that it did not ship counts by its weekday again.

    A day that the office took out of the calendar comes back to it.
    """
    with change(file, None, "restore_day", at) as open_change:
        if not _restore(open_change, day):
            raise InvalidInputError(f"{day} 没有由本单位改过，无需恢复。", "没有改变任何内容。")
        _plant_again(open_change)


def remove_days(file: LedgerFile, *, notice: str, at: datetime) -> None:
    """Take out a notice that the office has taken in: its days are what the program shipped, its text goes.

    The days that it took out of the calendar come back too. Days that another notice has set since then stay.
    """
    with change(file, None, "remove_days", at) as open_change:
        session = open_change.session
        source = session.get(DayOffSource, notice)
        of_office = select(DayOffRow).where(col(DayOffRow.notice) == notice, col(DayOffRow.origin) == "office")
        days = [row.day for row in session.exec(of_office.order_by(col(DayOffRow.day))).all()]
        if source is None and not days:
            raise UnknownNameError(f"本单位没有录入过名为“{notice}”的通知。", "请回到列表看最新内容。")
        gone = [day for day in _taken_out(open_change, notice) if session.get(DayOffRow, day) is None]
        for day in (*days, *gone):
            _restore(open_change, day)
        if source is not None:
            open_change.remove(source)
        _plant_again(open_change)


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


def _restore(open_change: Change, day: date) -> bool:
    """Undo what the office did to a day; False where it stands as shipped already."""
    row = open_change.session.get(DayOffRow, day)
    shipped = _shipped(open_change, day)
    if row is None:
        if shipped is None:
            return False
        open_change.add(shipped)
    elif row.origin == "shipped":
        return False
    elif shipped is None:
        open_change.remove(row)
    else:
        with open_change.edit(row):
            row.kind, row.notice, row.origin = shipped.kind, shipped.notice, shipped.origin
    return True


def _shipped(open_change: Change, day: date) -> DayOffRow | None:
    """The day as it was when the office last changed what was shipped; None where nothing was."""
    lines = select(History.before).where(col(History.subject) == f"day_off:{day}", col(History.before).is_not(None))
    for before in open_change.session.exec(lines.order_by(col(History.seq).desc())).all():
        image = json.loads(before or "")
        if image["origin"] == "shipped":
            return DayOffRow(day=day, kind=image["kind"], notice=image["notice"], origin="shipped")
    return None


def _taken_out(open_change: Change, notice: str) -> Iterator[date]:
    """The days that went when the office took in this notice without them."""
    lines = select(History.before).where(
        col(History.verb) == "take_days", col(History.subject).startswith("day_off:"), col(History.after).is_(None)
    )
    for before in open_change.session.exec(lines.order_by(col(History.seq))).all():
        image = json.loads(before or "")
        if image["notice"] == notice:
            yield date.fromisoformat(image["day"])


def _plant_again(open_change: Change) -> None:
    digest = open_change.session.get(Setting, DIGEST_KEY)
    if digest is not None:
        digest.value = OF_NO_READINGS
        open_change.session.add(digest)


def _keep_source(open_change: Change, source: DaySource) -> None:
    row = open_change.session.get(DayOffSource, source.notice)
    if row is None:
        open_change.add(DayOffSource(notice=source.notice, text=source.text, at=open_change.at))
        return
    with open_change.edit(row):
        row.text, row.at = source.text, open_change.at
