"""The sentences of what is missing (自查), for the self-check, for 销账 and beside an export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from db.rules.completeness import GAP_KINDS, Gap, GapKind, as_settled, gaps_of_entry, to_mend
from db.rules.rows import EntryRow, QuotaRow
from db.rules.words import RATE
from tui.wording import countdown_words
from tui.wording_board import number_of
from tui.wording_counted import missing_words, quota_period_words, quota_rule_words
from tui.wording_periods import missed_words
from tui.wording_timed import clock_countdown, report_countdown

READY: Final = "没有待补的，可以报送"
COMPLETE: Final = "材料齐全。"
KEY: Final = "9"
"""The key that opens 自查 from the checklist and the other views."""

_LACKING: Final[dict[GapKind, str]] = {
    "no_note": "没有记事",
    "no_evidence": "没有佐证材料",
    "quota_short": "数量不足",
    "missed_period": "有漏办的期次",
    "possible": "没有确认是否由本单位办理",
}
"""What an entry that is settled may still lack, in the order in which it is told."""

HOW_TO_MEND: Final[dict[GapKind, str]] = {
    "possible": "Enter 到本项看依据；Ctrl+B 确认由本单位办理，Ctrl+N 定为非本单位。",
    "date_waits": "Enter 到「年度换算」核对这一项的日期。",
    "overdue": "Enter 到本项；办了按 F2 销账，改期按 F6，不用办按 F8。",
    "missed_period": "Enter 到本项；Ctrl+D 把漏办的各期销账，+ 补记公开。",
    "quota_short": "Enter 到「量化指标」的这一期；+ 记公开，Ctrl+K 记次数。",
    "unit_quota": "Enter 到「量化指标」的这一期；+ 记公开。",
    "not_done": "Enter 到本项；办了按 F2 销账，不用办按 F8。",
    "no_note": "Enter 写记事；也可以按 F2 补写工作做法及成效。",
    "no_evidence": "Enter 附佐证材料：文件或网址。",
    "publication_bare": "Enter 给这条公开记录附佐证：截图、文件或网址。",
    "clock": "Enter 到「计时」的这一行；办完按 F3 了结。",
    "report": "Enter 到「报送」的这一行；报送以后按 F2 登记。",
}


def how_many_words(found: Sequence[Gap]) -> str:
    """23 处待补; 没有待补的，可以报送: the handing in itself is not counted."""
    left = len(to_mend(found))
    return f"{left} 处待补" if left else READY


def group_words(found: Iterable[Gap]) -> list[tuple[str, tuple[Gap, ...]]]:
    """逾期（3） with its gaps, for each kind that has some, in the order in which to mend."""
    by_kind: dict[GapKind, list[Gap]] = {}
    for gap in found:
        by_kind.setdefault(gap.kind, []).append(gap)
    return [(f"{name}（{len(by_kind[kind])}）", tuple(by_kind[kind])) for kind, name in GAP_KINDS if kind in by_kind]


def gap_words(gap: Gap) -> str:
    """第 3 项  公开…; 自1  …; 第 3 项  每月不少于 2 条：公开…; 本单位  …; 计时  申请：答复; 报送  工作总结."""
    if gap.report is not None:
        return f"报送  {gap.subject}"
    if gap.clock is not None:
        return f"计时  {gap.subject}：{gap.clock.rule.action}"
    whose = "本单位" if gap.number is None else number_of(gap.number)
    if gap.publication is not None:
        return f"{gap.publication.day.isoformat()}  {whose}  {gap.subject}"
    rule = f"{quota_rule_words(gap.quotas[0])}：" if gap.quotas else ""
    return f"{whose}  {rule}{gap.subject}"


def state_words(gap: Gap, entry: EntryRow | None) -> str:
    """What stands at the right: 逾期 3 天; 11月缺 2 条; 1月—10月 10 期未办; 换算为 2026-12-31; 已办结 10-28."""
    if gap.report is not None:
        return report_countdown(gap.report) or "日期待核对"
    if gap.clock is not None:
        return clock_countdown(gap.clock)
    if gap.publication is not None:
        return gap.publication.channel
    if gap.missed:
        return missed_words(gap.missed)
    if gap.quotas:
        return short_words(gap.quotas)
    if entry is None or gap.kind == "possible":
        return ""
    if gap.kind == "date_waits":
        return f"换算为 {entry.deadline.due.isoformat()}" if entry.deadline.due else "这一年没有这一天"
    return countdown_words(entry)


def short_words(quotas: Sequence[QuotaRow]) -> str:
    """11月缺 2 条; of several periods of one quota 3 期共缺 5 条."""
    if len(quotas) == 1:
        return f"{quota_period_words(quotas[0])}{missing_words(quotas[0])}"
    counter = "条" if quotas[0].counter == RATE else quotas[0].counter
    return f"{len(quotas)} 期共缺 {sum(quota.missing for quota in quotas)} {counter}"


# 销账


def lacking_words(entries: Sequence[EntryRow], what_was_done: str | None, today: date) -> str:
    """还缺：没有记事、没有佐证材料; of several 还缺：3 项没有记事、2 项数量不足; 材料齐全。 where nothing is missing.

    What the entries will lack once they are settled with those words.
    """
    lacking = [gap for entry in entries for gap in gaps_of_entry(as_settled(entry, what_was_done), today)]
    parts = _lacking_of_one(lacking) if len(entries) == 1 else _lacking_of_many(lacking)
    return f"还缺：{'、'.join(parts)}" if parts else COMPLETE


def _lacking_of_one(lacking: Iterable[Gap]) -> list[str]:
    found = [gap for kind in _LACKING for gap in lacking if gap.kind == kind]
    return [_lack_words(gap) for gap in found]


def _lack_words(gap: Gap) -> str:
    if gap.missed:
        return missed_words(gap.missed)
    if gap.quotas:
        return f"{_LACKING[gap.kind]}（{quota_rule_words(gap.quotas[0])}，{short_words(gap.quotas)}）"
    return _LACKING[gap.kind]


def _lacking_of_many(lacking: Iterable[Gap]) -> list[str]:
    # An entry with two short quotas is one entry.
    counts = Counter(kind for kind, _ in {(gap.kind, gap.entry) for gap in lacking})
    return [f"{counts[kind]} 项{words}" for kind, words in _LACKING.items() if counts[kind]]
