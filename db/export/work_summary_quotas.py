"""Quotas as sentences of the draft 工作总结: each with the periods that have begun, and what lacks something."""

from collections.abc import Iterable, Iterator
from datetime import date

from db.export.columns import number
from db.export.counted_words import NOT_YET, missing_of, outcome, quota_words
from db.rules.rows import LedgerSheet, QuotaRow
from db.rules.words import WHOLE_BUREAU


def quota_lines(quotas: Iterable[QuotaRow], today: date) -> Iterator[str]:
    """每月2条：10月完成1条，未达到，缺1条；11月完成2条，达到. What has not begun is left out."""
    found: dict[tuple[str, str], list[QuotaRow]] = {}
    for quota in quotas:
        if quota.period_start <= today:
            found.setdefault((bare_quota(quota), quota.quote), []).append(quota)
    for (name, _), periods in found.items():
        yield f"{name}：{'；'.join(_stand(quota, today) for quota in periods)}"


def lacking(sheet: LedgerSheet) -> Iterator[tuple[str, QuotaRow]]:
    """What lacks something, and whose it is; over the whole bureau no unit's own are known."""
    if sheet.ledger.unit != WHOLE_BUREAU:
        yield from (("本单位", quota) for quota in sheet.unit_quotas if quota.missing)
    for entry in sheet.entries:
        if entry.counted:
            yield from ((f"序号{number(entry)}", quota) for quota in entry.quotas if quota.missing)


def lack(quota: QuotaRow) -> str:
    """每月2条，10月缺1条."""
    if quota.items:
        each = (f"{item.name}缺{missing_of(item, quota.target)}{quota.counter}" for item in quota.items if not item.met)
        return f"{bare_quota(quota)}，{'、'.join(each)}"
    return f"{bare_quota(quota)}，{_period(quota)}缺{quota.missing}{_counter(quota)}"


def bare_quota(quota: QuotaRow) -> str:
    """每季度2条."""
    return quota_words(quota).replace(" ", "")


def _stand(quota: QuotaRow, today: date) -> str:
    if quota.items:
        named = (
            f"{item.name}{item.tally}{quota.counter}" + ("" if item.met else f"（缺{missing_of(item, quota.target)}）")
            for item in quota.items
        )
        return "、".join(named)
    if quota.tally is None:
        return f"{_period(quota)}无可计"
    done = f"{quota.tally}{quota.counter}"
    if quota.part is not None and quota.whole is not None:
        done = f"{quota.part}/{quota.whole}（{done}）"
    stands = outcome(quota.met, quota.period_end, today)
    short = f"，缺{quota.missing}{_counter(quota)}" if quota.missing else ""
    return f"{_period(quota)}完成{done}，{'尚' if stands == NOT_YET else ''}{stands}{short}"


def _counter(quota: QuotaRow) -> str:
    # A rate lacks publications that are not 文字.
    return "条" if quota.part is not None else quota.counter


def _period(quota: QuotaRow) -> str:
    """10月, 第4季度, 全年; '' for a quota of items."""
    month = quota.period_start.month
    names = {"month": f"{month}月", "quarter": f"第{(month + 2) // 3}季度", "year": "全年"}
    return names.get(quota.period, "")
