"""Deadlines of a reading: the notice's default, a task's own, and the dates of several parties."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from db.intake.plan_recurrence import recurrence
from db.intake.plan_table import Table
from db.rules.notice import Deadline
from db.rules.squeezed import squeezed
from db.rules.words import DeadlineKind, DeadlineSource

LATEST_YEAR_OFFSET: Final = 5
"""A five-year plan is the longest reach that a yearly notice has."""

LEAP_YEAR: Final = 2020
DATE_KEYS: Final = ("month", "day", "year_offset", "start_month", "start_day")
DEADLINE_KEYS: Final = ("text", "kind", "source", *DATE_KEYS, "recurrence", "dates", "quote", "also")
NEEDED_KEYS: Final[Mapping[DeadlineKind, tuple[str, ...]]] = {
    "on_day": ("month", "day"),
    "month_end": ("month",),
    "window": ("start_month", "month"),
    "standing": (),
    "recurring": (),
    "none": (),
}
ALLOWED_KEYS: Final[Mapping[DeadlineKind, tuple[str, ...]]] = {
    "on_day": ("year_offset",),
    "month_end": ("year_offset",),
    "window": ("start_day", "day", "year_offset"),
    "standing": (),
    "recurring": ("month", "day", "year_offset"),
    "none": (),
}


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A date without a year: day None is the month's end, month None no date."""

    month: int | None
    day: int | None


def default_deadline(root: Table) -> Deadline | None:
    """[default_deadline]: on_day with source notice; None where the notice sets none."""
    table = root.optional_table("default_deadline")
    if table is None:
        return None
    table.only("text", "month", "day", "quote", "also")
    text, quote = sentence(table)
    month, day = month_day(table)
    return Deadline(text, "on_day", "notice", quote, month=month, day=day)


def task_deadlines(task: Table, default: Deadline | None) -> tuple[Deadline, ...]:
    """The deadlines of one task: its own, else the notice's default, else ()."""
    repeats = recurrence(task) if task.has("recurrence") else None
    own = task.optional_table("deadline")
    if own is not None:
        if repeats:
            task.refuse("recurrence", "有 deadline 的任务不在这里写周期", "请把 recurrence 写进 deadline 里。")
        return own_deadlines(own)
    if default is None:
        if repeats:
            task.refuse("recurrence", "通知没有统一时限，周期没有着落", "请写成 deadline，kind 为 recurring。")
        return ()
    return (_recurring(default, repeats) if repeats else default,)


def _recurring(default: Deadline, rule: str) -> Deadline:
    return Deadline(
        default.text, "recurring", "notice", default.quote, month=default.month, day=default.day, recurrence=rule
    )


def own_deadlines(table: Table) -> tuple[Deadline, ...]:
    """A `deadline` table: one date, or one a party under `dates`."""
    table.only(*DEADLINE_KEYS)
    text, quote = sentence(table)
    kind: DeadlineKind = table.word("kind", get_args(DeadlineKind))
    source: DeadlineSource = table.word("source", get_args(DeadlineSource))
    if source == "none":
        table.refuse("source", "写了时限就要写明出处", "可以写：cell、requirement、notice。")
    if table.has("dates"):
        return _party_dates(table, text, kind, source, quote)
    return (_single(table, text, kind, source, quote),)


def _single(table: Table, text: str, kind: DeadlineKind, source: DeadlineSource, quote: str) -> Deadline:
    rule = recurrence(table) if table.has("recurrence") else None
    if (kind == "recurring") != (rule is not None):
        table.refuse("recurrence", "kind 为 recurring 时要写周期，其他 kind 不写")
    _keys_fit(table, kind)
    point = end_day(table)
    start = start_day(table)
    offset = table.whole("year_offset", 0, LATEST_YEAR_OFFSET, 0)
    if start.month and point.month and (0, start.month, start.day or 1) > (offset, point.month, point.day or 31):
        table.refuse("start_month", "开始晚于结束", "跨年的时段请写 year_offset。")
    return Deadline(
        text,
        kind,
        source,
        quote,
        month=point.month,
        day=point.day,
        year_offset=offset,
        start_month=start.month,
        start_day=start.day,
        recurrence=rule,
    )


def _keys_fit(table: Table, kind: DeadlineKind) -> None:
    """Which date keys a kind must and may have."""
    for key in NEEDED_KEYS[kind]:
        if not table.has(key):
            table.refuse(key, f"缺少这个键，kind 为 {kind} 时要写")
    for key in DATE_KEYS:
        if table.has(key) and key not in NEEDED_KEYS[kind] and key not in ALLOWED_KEYS[kind]:
            table.refuse(key, f"kind 为 {kind} 时不写这个键")
    for key, needs in (("day", "month"), ("year_offset", "month")):
        if table.has(key) and not table.has(needs):
            table.refuse(needs, f"缺少这个键，写了 {key} 就要写")


def _party_dates(
    table: Table, text: str, kind: DeadlineKind, source: DeadlineSource, quote: str
) -> tuple[Deadline, ...]:
    if kind not in ("on_day", "month_end"):
        table.refuse("kind", f"有 dates 时不能是 {kind}", "可以写：on_day、month_end。")
    for key in (*DATE_KEYS, "recurrence"):
        if table.has(key):
            table.refuse(key, "有 dates 时不写这个键", "请把各方的日期写在 dates 里。")
    dates = table.tables("dates")
    if not dates:
        table.refuse("dates", "不能是空的")
    found = tuple(_party_date(one, text, kind, source, quote) for one in dates)
    parties = [one.party for one in found]
    if len(set(parties)) < len(parties):
        table.refuse("dates", "同一方写了两次")
    if sum(one.ours for one in found) != 1:
        table.refuse("dates", "本单位的日期应有且只有一个", "不是本单位的日期请写 ours = false。")
    return found


def _party_date(one: Table, text: str, kind: DeadlineKind, source: DeadlineSource, quote: str) -> Deadline:
    one.only("party", "month", "day", "year_offset", "ours")
    party = one.verbatim("party")
    _keys_fit(one, kind)
    point = end_day(one)
    offset = one.whole("year_offset", 0, LATEST_YEAR_OFFSET, 0)
    return Deadline(
        text,
        kind,
        source,
        quote,
        month=point.month,
        day=point.day,
        year_offset=offset,
        party=party,
        ours=one.flag("ours", True),
    )


def sentence(table: Table) -> tuple[str, str]:
    """text and quote of a deadline: the phrase stands in its sentence, both in the notice."""
    text, quote = table.verbatim("text"), table.verbatim("quote")
    if squeezed(text) not in squeezed(quote):
        table.refuse("quote", "出处里没有 text 的话", "quote 是写着这个时限的那句话。")
    table.verbatims("also")
    return text, quote


def month_day(table: Table) -> tuple[int, int]:
    """month and day of a date that exists; 29 February does, in some years."""
    month = table.whole("month", 1, 12)
    return month, _existing_day(table, "day", month)


def end_day(table: Table) -> MonthDay:
    """month, and day where it is written."""
    if not table.has("month"):
        return MonthDay(None, None)
    if table.has("day"):
        return MonthDay(*month_day(table))
    return MonthDay(table.whole("month", 1, 12), None)


def start_day(table: Table) -> MonthDay:
    if not table.has("start_month"):
        return MonthDay(None, None)
    month = table.whole("start_month", 1, 12)
    return MonthDay(month, _existing_day(table, "start_day", month) if table.has("start_day") else None)


def _existing_day(table: Table, key: str, month: int) -> int:
    day = table.whole(key, 1, 31)
    last = monthrange(LEAP_YEAR, month)[1]
    if day > last:
        table.refuse(key, f"没有 {month} 月 {day} 日这一天", f"{month} 月最多 {last} 天。")
    return day
