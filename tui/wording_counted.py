"""The sentences of what is counted: quotas by period, and what of an entry presses most.

calendar None: workdays are not told, as the checklist reads the calendar only when something needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.rules.order import is_open
from db.rules.rows import ClockRow, Countdown, EntryRow, QuotaRow
from db.rules.value import value
from db.rules.words import OCCURRENCE_STATE_NAMES, PERIOD_NAMES, RATE, TIMES
from tui.wording import countdown_words, days_words
from tui.wording_periods import current_occurrence, missed, period_words
from tui.wording_timed import clock_countdown

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar

CURRENT: Final = "本期"
UNCOUNTED: Final = "逐单位计，全局台账不计数"
"""Of a unit's quota in the ledger of the whole bureau, where the publications of several units stand together."""


@value
class Pressing:
    """What of an entry comes first. brief is for a narrow column; days are left until its day, None without one."""

    words: str
    brief: str
    days: int | None = None


# Periods


def left_words(today: date, end: date, calendar: WorkCalendar | None) -> str:
    """剩 40 天 · 28 个工作日; 今天到期; of days gone by, how many."""
    days = (end - today).days
    if days < 0:
        return f"已过 {-days} 天"
    if days == 0:
        return "今天到期"
    if calendar is None:
        return f"剩 {days} 天"
    return f"剩 {days} 天 · {_workdays_words(today, end, calendar)}"


def _workdays_words(today: date, end: date, calendar: WorkCalendar) -> str:
    about = "约 " if calendar.is_estimate(today, end) else ""
    return f"{about}{calendar.workdays_until(today, end)} 个工作日"


def _left_briefly(today: date, end: date, calendar: WorkCalendar | None) -> str:
    """剩 6 个工作日; without a calendar the days."""
    if calendar is None or end <= today:
        return left_words(today, end, None)
    return f"剩 {_workdays_words(today, end, calendar)}"


def left_words_of(countdown: Countdown) -> str:
    """剩 6 个工作日; 今天到期: how long a period lasts, briefly."""
    if countdown.days <= 0:
        return days_words(countdown)
    return f"剩 {'约 ' if countdown.estimated else ''}{countdown.workdays} 个工作日"


# Quotas


def is_current(quota: QuotaRow, today: date) -> bool:
    return quota.period_start <= today <= quota.period_end


def is_short(quota: QuotaRow, today: date) -> bool:
    """Whether more is needed in the present period."""
    return quota.met is False and is_current(quota, today)


def quota_rule_words(quota: QuotaRow) -> str:
    """每季度不少于 2 条, 每年不少于 60%."""
    counter = quota.counter if quota.counter == RATE else f" {quota.counter}"
    return f"{PERIOD_NAMES[quota.period]}不少于 {quota.target}{counter}"


def quota_period_words(quota: QuotaRow) -> str:
    return "逐项" if quota.period == "item" else period_words(quota.period_start, quota.period_end)


def tally_words(quota: QuotaRow) -> str:
    """1/2; of a rate 3/5（60%）; of items how many of them have enough."""
    if quota.period == "item":
        enough = sum(1 for item in quota.items if item.met)
        return f"{enough}/{len(quota.items)} 个事项达到" if quota.items else "还没有登记事项"
    if quota.tally is None:
        return UNCOUNTED if is_uncounted(quota) else "还没有公开记录"
    if quota.counter == RATE:
        return f"{quota.part}/{quota.whole}（{quota.tally}%）"
    return f"{quota.tally}/{quota.target}"


def is_uncounted(quota: QuotaRow) -> bool:
    """Whether nothing is counted for it at all; of a rate without publications the whole is 0."""
    return quota.tally is None and quota.period != "item" and quota.whole is None


def missing_words(quota: QuotaRow) -> str:
    """缺 2 条."""
    return f"缺 {quota.missing} {'条' if quota.counter == RATE else quota.counter}"


def quota_state_words(quota: QuotaRow, today: date, calendar: WorkCalendar | None) -> str:
    """2/2 达到; 1/2，缺 1 条，剩 40 天 · 28 个工作日; 未达到（1/2）; 未到."""
    if is_uncounted(quota):
        return UNCOUNTED
    if quota.met:
        return f"{tally_words(quota)} 达到"
    if is_current(quota, today):
        left = left_words(today, quota.period_end, calendar)
        missing = f"，{missing_words(quota)}" if quota.met is False else ""
        return f"{tally_words(quota)}{missing}，{left}"
    if quota.period_start > today:
        return f"未到（{tally_words(quota)}）" if quota.tally else "未到"
    return f"未达到（{tally_words(quota)}）" if quota.met is False else tally_words(quota)


def shortage_words(quota: QuotaRow, today: date, calendar: WorkCalendar | None, joint: str = "，") -> str:
    """缺 2 条，剩 6 个工作日."""
    return f"{missing_words(quota)}{joint}{_left_briefly(today, quota.period_end, calendar)}"


def how_to_count_words(quota: QuotaRow) -> str:
    """What feeds the quota, and with which key."""
    if quota.period == "item":
        return "按事项计数：Ctrl+X 增加事项，Ctrl+K 记次数。"
    if quota.counter == TIMES:
        return "按次数计：Ctrl+K 记次数。"
    if quota.counter == RATE:
        return "按公开记录计：形式不是「文字」的占全部的比例，+ 记公开。"
    return "按公开记录计：+ 记公开。"


def quota_groups(quotas: Iterable[QuotaRow]) -> list[tuple[QuotaRow, ...]]:
    """The periods of each quota together, in order."""
    grouped = groupby(quotas, key=lambda quota: (quota.quote, quota.target, quota.counter, quota.period))
    return [tuple(rows) for _, rows in grouped]


# What presses most


def needs_calendar(entry: EntryRow, today: date) -> bool:
    """Whether `pressing` would tell workdays of this entry that its countdown does not hold."""
    return is_open(entry) and (shortage(entry, today) is not None or current_occurrence(entry) is not None)


def shortage(entry: EntryRow, today: date) -> QuotaRow | None:
    """The quota that is short in the present period, of several the one that ends first."""
    short = [quota for quota in entry.quotas if is_short(quota, today)]
    return min(short, key=lambda quota: quota.period_end, default=None)


def pressing(entry: EntryRow, today: date, calendar: WorkCalendar | None = None) -> Pressing:
    """The first of its own date, its clocks and its shortage; without these what was missed, then the present period.

    A closed entry, and one that nothing presses, keeps the words of its countdown.
    """
    own = countdown_words(entry)
    plain = Pressing(own, own.partition(" · ")[0], entry.countdown.days if entry.countdown else None)
    if not is_open(entry) or not (entry.quotas or entry.clocks or entry.occurrences):
        return plain
    coming = [(plain.days, plain)] if plain.days is not None else []
    coming += [(each.days, each) for clock in entry.clocks if (each := _of_clock(clock)) and each.days is not None]
    short = shortage(entry, today)
    if short is not None:
        days = (short.period_end - today).days
        words = shortage_words(short, today, calendar, " · ")
        coming.append((days, Pressing(words, missing_words(short), days)))
    if coming:
        return min(coming, key=lambda pair: pair[0])[1]
    return _of_occurrences(entry, today, calendar) or plain


def pressing_words(entry: EntryRow, today: date, calendar: WorkCalendar | None = None) -> str:
    """The words of `pressing`, for a list without columns to fit."""
    return pressing(entry, today, calendar).words


def clock_left_words(clock: ClockRow) -> str:
    """剩 2 天 · 2 个工作日; of a minimum 还差 12 天满 30 天, 已满，可以截止; 已暂停."""
    if clock.state == "paused":
        return "已暂停"
    return clock_countdown(clock) if clock.countdown is not None else "已了结"


def _of_clock(clock: ClockRow) -> Pressing | None:
    if clock.countdown is None:
        return None
    words = f"计时 {clock_left_words(clock)}"
    # A minimum is never overdue: once over it waits since today.
    days = clock.countdown.days if clock.countdown.overdue else max(clock.countdown.days, 0)
    return Pressing(words, words.partition(" · ")[0].partition("满 ")[0], days)


def _of_occurrences(entry: EntryRow, today: date, calendar: WorkCalendar | None) -> Pressing | None:
    gone, current = len(missed(entry)), current_occurrence(entry)
    left = (current.end - today).days if current else None
    if gone:
        brief = f"漏 {gone} 期"
        rest = f" · {CURRENT}{left_words(today, current.end, None)}" if current else ""
        return Pressing(brief + rest, brief, -1)
    if current is None:
        now = next((row for row in entry.occurrences if row.start <= today <= row.end), None)
        over = f"{CURRENT}{OCCURRENCE_STATE_NAMES[now.state]}" if now else ""
        return Pressing(over, over) if over else None
    words = CURRENT + left_words(today, current.end, calendar)
    return Pressing(words, words.partition(" · ")[0], left)
