"""Quotas as sentences of the draft 工作总结: each with the periods that have begun, and what lacks something."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from db.export.columns import number
from db.export.counted_words import ENOUGH, NOT_YET, missing_of, outcome, quota_words, target_words
from db.export.work_summary_words import span
from db.rules.rows import ItemTally, LedgerSheet, QuotaRow
from db.rules.words import PERIOD_NAMES, RATE, WHOLE_BUREAU

Told = Callable[[QuotaRow, ItemTally | None], str]
"""What is told of how a period, or an item of it, was counted: （11月10日，更新数据集）, or ''."""


def _nothing(quota: QuotaRow, item: ItemTally | None) -> str:
    return ""


def quota_lines(
    quotas: Iterable[QuotaRow], today: date, *, applies: bool = True, told: Told = _nothing
) -> Iterator[str]:
    """每月应不少于2条：10月1条，缺1条，未达到要求；11月2条，达到要求. What has not begun is left out, but for items.

    Where it need not be reached (applies False) only what was done is told.
    """
    found: dict[tuple[str, str], list[QuotaRow]] = {}
    for quota in quotas:
        if quota.items or quota.period_start <= today:
            found.setdefault((bare_quota(quota), quota.quote), []).append(quota)
    for rows in found.values():
        first, stands = rows[0], [_stand(quota, today, applies=applies, told=told) for quota in rows]
        if len(rows) == 1 and first.period == "year":
            yield f"{_period(first)}{_asked(first)}，{'' if first.tally is None else '实际'}{stands[0]}"
        else:
            runs = _runs(list(zip(rows, stands, strict=True)))
            yield f"{PERIOD_NAMES[first.period]}{_asked(first)}：" + "；".join(f"{when}{said}" for when, said in runs)


def lacking(sheet: LedgerSheet) -> Iterator[tuple[str, QuotaRow]]:
    """What lacks something, and whose it is; over the whole bureau no unit's own are known."""
    if sheet.ledger.unit != WHOLE_BUREAU:
        yield from (("本单位", quota) for quota in sheet.unit_quotas if quota.missing)
    for entry in sheet.entries:
        if entry.counted:
            yield from ((f"序号{number(entry)}", quota) for quota in entry.quotas if quota.missing)


def lacks(found: Iterable[tuple[str, QuotaRow]]) -> Iterator[str]:
    """序号12每月应不少于2条，1月至9月各缺2条、11月缺1条: a quota of somebody's once, with all its periods."""
    kinds: dict[tuple[str, str], list[QuotaRow]] = {}
    for whose, quota in found:
        kinds.setdefault((whose, bare_quota(quota)), []).append(quota)
    for (whose, _), rows in kinds.items():
        runs = _runs([(quota, _lack(quota)) for quota in rows])
        said = "、".join(f"{when}{lack}" for when, lack in runs)
        yield f"{whose}{PERIOD_NAMES[rows[0].period]}{_asked(rows[0])}，{said}"


def bare_quota(quota: QuotaRow) -> str:
    """每季度2条."""
    return quota_words(quota).replace(" ", "")


def _asked(quota: QuotaRow) -> str:
    """应不少于2条."""
    than = "应不低于" if quota.counter == RATE else "应不少于"
    return than + target_words(quota.target, quota.counter).replace(" ", "")


def _lack(quota: QuotaRow) -> str:
    if quota.items:
        missing = ((item.name, missing_of(item, quota.target)) for item in quota.items if not item.met)
        return "、".join(f"{name}缺{lack}{quota.counter}" for name, lack in missing)
    return f"缺{quota.missing}{_counter(quota)}"


def _runs(rows: list[tuple[QuotaRow, str]]) -> Iterator[tuple[str, str]]:
    """Periods one after the other of which the same is said, together: (1月至9月各, 缺2条)."""
    at = 0
    while at < len(rows):
        first, said = rows[at]
        last = first
        while at + 1 < len(rows) and rows[at + 1][1] == said and _follows(last, rows[at + 1][0]):
            at += 1
            last = rows[at][0]
        yield (_period(first) if last is first else f"{_period(first)}至{_period(last)}各"), said
        at += 1


def _follows(quota: QuotaRow, other: QuotaRow) -> bool:
    return quota.period != "item" and other.period_start == quota.period_end + timedelta(days=1)


def _stand(quota: QuotaRow, today: date, *, applies: bool, told: Told) -> str:
    if quota.items:
        named = (
            f"{item.name}{item.tally}{quota.counter}{told(quota, item)}"
            + ("" if item.met or not applies else f"（缺{missing_of(item, quota.target)}{quota.counter}）")
            for item in quota.items
        )
        return "、".join(named)
    if quota.tally is None:
        return "无可计"
    done = f"{quota.tally}{quota.counter}{told(quota, None)}"
    if quota.part is not None and quota.whole is not None:
        done = f"{quota.tally}{quota.counter}（{quota.whole}条中{quota.part}条）"
    if not applies:
        return done
    stands = outcome(quota.met, quota.period_end, today)
    if stands == ENOUGH:
        return f"{done}，{stands}要求"
    short = f"缺{quota.missing}{_counter(quota)}"
    return f"{done}，尚{short}" if stands == NOT_YET else f"{done}，{short}，{stands}要求"


def _counter(quota: QuotaRow) -> str:
    # A rate lacks publications that are not 文字.
    return "条" if quota.part is not None else quota.counter


def _period(quota: QuotaRow) -> str:
    """10月, 第4季度, 全年; '' for a quota of items."""
    if quota.period == "item":
        return ""
    return span(quota.period_start, quota.period_end, quota.period_start.year)
