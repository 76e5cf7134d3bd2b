"""What the verbs of db.store.clocks find and refuse: a clock of the ledger, days out of order, a limit cut short."""

from datetime import date

from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.models.counting import Clock
from db.rules.clock_json import pauses_json, stored_extensions, stored_pauses, stored_stages
from db.rules.clocks import due_of, is_minimum
from db.rules.limits import DAYS_LIMIT
from db.rules.rows import ClockRuleRow, Pause
from db.store.change import Change
from db.store.inputs import refuse_future
from db.store.quoted import is_storable
from db.store.reaching import refuse_not_ours
from db.store.timing import calendar_of


def clock_of(open_change: Change, clock_id: int) -> Clock:
    """A clock of the ledger. Raises UnknownNameError."""
    row = open_change.session.exec(
        select(Clock).where(col(Clock.id) == clock_id, col(Clock.ledger_id) == open_change.ledger_id)
    ).first()
    if row is None:
        raise UnknownNameError("这件计时已不在台账里。", "请回到列表看最新内容。")
    return row


def open_clock_of(open_change: Change, clock_id: int) -> Clock:
    """A clock of the ledger that is not closed."""
    clock = clock_of(open_change, clock_id)
    if clock.closed_on is not None:
        raise InvalidInputError(f"这件计时已于 {clock.closed_on} 了结，没有改变任何内容。", "要改动请先恢复计时。")
    return clock


def end_clock(clock: Clock, on: date, what: str) -> None:
    """Close a clock on that day, not before what stands in it; a pause that lasts ends on the day too."""
    start = [clock.start_day] if clock.direction == "after" else []
    refuse_early(what, on, *start, *days_of(clock))
    clock.pauses = pauses_json(_ended(stored_pauses(clock.pauses), on))
    clock.closed_on = on


def refuse_early(what: str, on: date, *days: date) -> None:
    """Refuse a day (`what` names it) before one of these that stand in the clock already."""
    last = max(days, default=on)
    if on < last:
        raise InvalidInputError(f"{what} {on} 早于这件计时已有的记录（{last}），没有保存。", "请填这一天或更晚的日期。")


def refuse_backwards(clock: Clock, doing: str) -> None:
    """Refuse what only a clock that runs forwards knows."""
    if clock.direction == "before":
        raise InvalidInputError(f"倒着数的计时不能{doing}，没有保存。", "活动日期变了的，请修改这件计时的日期。")


def refuse_short(open_change: Change, clock: Clock, on: date) -> None:
    """Refuse to close a minimum before its day."""
    rule = _rule_of(clock)
    if not is_minimum(rule):
        return
    pauses = _ended(stored_pauses(clock.pauses), on)
    due = due_of(rule, clock.start_day, pauses, stored_extensions(clock.extensions), calendar_of(open_change.session))
    if due is not None and on < due:
        raise InvalidInputError(
            f"期限要到 {due} 才满，{on} 了结不足期限，没有保存。", "确要提前了结的，请在结果里写明原因。"
        )


def check_rule(rule: ClockRuleRow) -> None:
    """Refuse a rule that a clock cannot be started by."""
    words = (rule.trigger, rule.action, rule.quote)
    worded = all(text.strip() for text in words) and is_storable(*words, rule.article)
    if not worded or not 1 <= rule.days <= DAYS_LIMIT or (rule.source == "statute") != bool(rule.article):
        raise InvalidInputError("这条时限规则不完整，没有起计时。", "请换一条规则。")


def check_start(direction: str, start: date, today: date) -> None:
    """Refuse an event of the future, unless it is counted backwards from: the day of a meeting."""
    if direction == "after":
        refuse_future("起算日期", start, today)


def check_entry(open_change: Change, entry: int | None) -> None:
    """Refuse an entry that is not of the ledger, or not the unit's."""
    if entry is not None:
        refuse_not_ours(open_change.session, open_change.entry(entry), "起计时")


def days_of(clock: Clock) -> list[date]:
    """The days on which something happened to it after its start (which the first stage is)."""
    days = [reached.on for reached in stored_stages(clock.stages)[1:]]
    for pause in stored_pauses(clock.pauses):
        days.extend(day for day in (pause.start, pause.end) if day is not None)
    days.extend(extension.on for extension in stored_extensions(clock.extensions))
    if clock.closed_on is not None:
        days.append(clock.closed_on)
    return days


def _ended(pauses: tuple[Pause, ...], on: date) -> list[Pause]:
    return [Pause(pause.start, pause.end or on, pause.anew, pause.reason) for pause in pauses]


def _rule_of(clock: Clock) -> ClockRuleRow:
    return ClockRuleRow(
        days=clock.days,
        day_kind=clock.day_kind,  # type: ignore[arg-type]
        direction=clock.direction,  # type: ignore[arg-type]
        bound=clock.bound,  # type: ignore[arg-type]
        trigger=clock.trigger,
        action=clock.action,
        quote=clock.quote,
        task=None,
        source=clock.source,  # type: ignore[arg-type]
        article=clock.article,
        may_extend=clock.may_extend,
    )
