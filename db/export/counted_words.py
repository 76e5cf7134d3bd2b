"""What a file says of a quota: its period, how far it is, and whether that is enough."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from db.rules.rows import EntryRow, ItemTally, OccurrenceRow, QuotaRow
from db.rules.words import PERIOD_NAMES, RATE, STATUS_NAMES

ENOUGH: Final = "达到"
SHORT: Final = "未达到"
NOT_YET: Final = "未到期"
_CYCLES: Final = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}


def target_words(target: int, counter: str) -> str:
    """2 条, 60%."""
    return f"{target}{counter}" if counter == RATE else f"{target} {counter}"


def quota_words(quota: QuotaRow) -> str:
    """每季度 2 条."""
    return f"{PERIOD_NAMES[quota.period]} {target_words(quota.target, quota.counter)}"


def period_words(quota: QuotaRow) -> str:
    """2026-11, 2026 年第 4 季度, 2026 年; 逐项 for a quota of items."""
    start = quota.period_start
    if quota.period == "month":
        return f"{start:%Y-%m}"
    if quota.period == "quarter":
        return f"{start.year} 年第 {(start.month + 2) // 3} 季度"
    return f"{start.year} 年" if quota.period == "year" else "逐项"


def done_words(quota: QuotaRow) -> str:
    """How much was done: 1, of a rate 3/5（60%）; — where there is nothing to count."""
    if quota.tally is None:
        return "—"
    if quota.part is not None and quota.whole is not None:
        return f"{quota.part}/{quota.whole}（{quota.tally}%）"
    return str(quota.tally)


def outcome(met: bool | None, end: date, today: date, *, applies: bool = True) -> str:
    """达到, 未达到 once the period is over, else 未到期; 无可计 where nothing was to be counted in it.

    不适用 where it need not be reached (applies False).
    """
    if met:
        return ENOUGH
    if not applies:
        return STATUS_NAMES["not_applicable"]
    if end >= today:
        return NOT_YET
    return "无可计" if met is None else SHORT


def progress(entry: EntryRow, today: date) -> str:
    """A line for each period that has begun: 2026-11：1/2 条，缺 1; items each by its name.

    '' where the entry does not apply: nothing is missing then.
    """
    if not entry.counted:
        return ""
    return "\n".join(line for quota in entry.quotas if quota.period_start <= today for line in _progress_lines(quota))


def cycle_words(occurrences: Sequence[OccurrenceRow]) -> str:
    """每月, 每季度, 每半年, 每年 by the length of the first period; '' of another length."""
    first = occurrences[0]
    after = first.end + timedelta(days=1)
    if (first.start.day, after.day) != (1, 1):
        return ""
    months = (after.year - first.start.year) * 12 + after.month - first.start.month
    return _CYCLES.get(months, "")


def missing_of(item: ItemTally, target: int) -> int:
    """How many more an item needs."""
    return max(target - item.tally, 0)


def _progress_lines(quota: QuotaRow) -> list[str]:
    target = target_words(quota.target, quota.counter)
    if quota.items:
        return [f"{item.name}：{item.tally}/{target}{_lack(missing_of(item, quota.target))}" for item in quota.items]
    # 3/5（60%） has a stroke of its own.
    between = "，应 " if quota.counter == RATE else "/"
    return [f"{period_words(quota)}：{done_words(quota)}{between}{target}{_lack(quota.missing)}"]


def _lack(missing: int) -> str:
    return f"，缺 {missing}" if missing else ""
