"""The sentences of what is counted: quotas by period, occurrences, and what of an entry presses most.

calendar None: workdays are not told, as the checklist reads the calendar only when something needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.rules.order import is_open
from db.rules.rows import ClockRow, Countdown, EntryRow, OccurrenceRow, QuotaRow
from db.rules.words import OCCURRENCE_STATE_NAMES, PERIOD_NAMES, RATE, TIMES
from tui.cells import cells
from tui.wording import countdown_brief, countdown_words, day_words, days_words
from tui.wording_timed import clock_countdown

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar

_QUARTERS: Final = ("一季度", "二季度", "三季度", "四季度")
CURRENT: Final = "本期"
UNCOUNTED: Final = "逐单位计，全局台账不计数"
"""Of a unit's quota in the ledger of the whole bureau, where the publications of several units stand together."""
_PERIODS_CELLS: Final = 24
"""What the names of the missed periods may take of a line."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """What of an entry comes first. brief is for a narrow column; days are left until its day, None without one."""

    words: str
    brief: str
    days: int | None = None


# Periods


def span_words(start: date, end: date, year: int | None = None) -> str:
    """01-01—03-31; with the year where it is not `year`."""
    return f"{day_words(start, year or start.year)}—{day_words(end, year or start.year)}"


def period_words(start: date, end: date) -> str:
    """3月, 一季度, 上半年, 全年, else the days."""
    if start.day != 1 or (end.month, end.year) == (start.month, start.year):
        whole_month = start.day == 1 and end.day >= 28 and (end.month, end.year) == (start.month, start.year)
        return f"{start.month}月" if whole_month else span_words(start, end)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 3 and start.month % 3 == 1:
        return _QUARTERS[start.month // 3]
    if months == 6 and start.month in (1, 7):
        return "上半年" if start.month == 1 else "下半年"
    return "全年" if (months, start.month) == (12, 1) else span_words(start, end)


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


# Occurrences


def missed(entry: EntryRow) -> tuple[OccurrenceRow, ...]:
    return tuple(row for row in entry.occurrences if row.state == "missed")


def current_occurrence(entry: EntryRow) -> OccurrenceRow | None:
    return next((row for row in entry.occurrences if row.state == "current"), None)


def missed_words(rows: Sequence[OccurrenceRow]) -> str:
    """一季度未办; 1月—10月 10 期未办; 1、2、4—11月 10 期未办; where that is too long 10 期未办（最早 1月）."""
    if len(rows) == 1:
        return f"{period_words(rows[0].start, rows[0].end)}未办"
    names = _names_of(_runs(rows))
    if cells(names) > _PERIODS_CELLS:
        return f"{len(rows)} 期未办（最早 {period_words(rows[0].start, rows[0].end)}）"
    return f"{names} {len(rows)} 期未办"


def _runs(rows: Sequence[OccurrenceRow]) -> list[list[OccurrenceRow]]:
    """Rows that follow one another without a gap together."""
    runs: list[list[OccurrenceRow]] = []
    for row in rows:
        if runs and row.start == runs[-1][-1].end + timedelta(days=1):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _names_of(runs: Sequence[Sequence[OccurrenceRow]]) -> str:
    """1月—10月; 1、2、4—11月; 一季度、三季度."""
    named = [[period_words(row.start, row.end) for row in run] for run in runs]
    if len(named) == 1:
        return f"{named[0][0]}—{named[0][-1]}"
    months = all(name.endswith("月") for names in named for name in names)
    if months:
        named = [[name.removesuffix("月") for name in names] for names in named]
    # Two that follow one another are no shorter as a span.
    parts = [f"{names[0]}—{names[-1]}" if len(names) > 2 else "、".join(names) for names in named]
    return "、".join(parts) + ("月" if months else "")


def occurrence_lines(rows: Sequence[OccurrenceRow]) -> list[str]:
    """The periods of a year, those of one state together: 1月—10月 未办（10 期）; 11月 已办 11-20."""
    lines = []
    for _, group in groupby(rows, key=lambda row: (row.state, row.done_on, row.what_was_done)):
        run = tuple(group)
        name = period_words(run[0].start, run[0].end)
        if len(run) > 1:
            name += f"—{period_words(run[-1].start, run[-1].end)}"
        done = f" {day_words(run[0].done_on, run[0].start.year)}" if run[0].done_on else ""
        what = f"：{run[0].what_was_done}" if run[0].what_was_done else ""
        many = f"（{len(run)} 期）" if len(run) > 1 else ""
        lines.append(f"{name} {OCCURRENCE_STATE_NAMES[run[0].state]}{done}{what}{many}")
    return lines


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
    plain = Pressing(countdown_words(entry), countdown_brief(entry), entry.countdown.days if entry.countdown else None)
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
