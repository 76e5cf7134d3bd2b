"""The lines of 今日 in words, for the screen and for --board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db.rules.board import GROUPS, Board, BoardLine
from db.rules.shift import waits
from tui.wording import days_words
from tui.wording_counted import left_words_of, missing_words, quota_rule_words
from tui.wording_periods import missed_words
from tui.wording_shift import TO_CHECK
from tui.wording_timed import clock_countdown

if TYPE_CHECKING:
    from db.rules.rows import ClockRow, EntryRow

_KINDS: Final = {"clock": "计时", "report": "报送"}
NOTHING: Final = "没有逾期、到期的，本期数量没有不足，没有计时和待报送的。"


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the lines of a board are about, by id: a line alone does not know what of it waits for the clerk's word."""

    entries: Mapping[int, EntryRow] = field(default_factory=dict)
    clocks: Mapping[int, ClockRow] = field(default_factory=dict)


def subjects(entries: Iterable[EntryRow], clocks: Iterable[ClockRow]) -> Subjects:
    return Subjects({entry.id: entry for entry in entries}, {clock.id: clock for clock in clocks})


def group_words(board: Board) -> list[tuple[str, tuple[BoardLine, ...]]]:
    """逾期（3） with its lines, for each group that has some."""
    grouped = [(name, board.of(key)) for key, name in GROUPS]
    return [(f"{name}（{len(lines)}）", lines) for name, lines in grouped if lines]


def line_words(line: BoardLine, about: Subjects) -> str:
    """第 3 项 公开…; 第 4 项？ 待核对 公开…; 自1 …; 计时 某申请：答复; 报送 工作总结; 本单位 每季度不少于 2 条：…."""
    if line.kind in _KINDS:
        return f"{_KINDS[line.kind]}  {line.text}"
    # One task may have two quotas: the rule tells them apart.
    rule = f"{rule_words(line)}：" if line.quota else ""
    whose = "本单位" if line.number is None else number_of(line.number) + _marks(line, about)
    return f"{whose}  {rule}{line.text}"


def _marks(line: BoardLine, about: Subjects) -> str:
    """？ while the clerk has not confirmed that the task is the unit's; 待核对 beside a date of another year's plan."""
    entry = about.entries.get(line.entry) if line.entry is not None else None
    if entry is None:
        return ""
    possible = "？" if entry.applicability == "possible" else ""
    # Ends of periods and of quotas are no dates that were taken over.
    return possible + (f" {TO_CHECK}" if line.kind == "entry" and waits(entry) else "")


def number_of(number: str) -> str:
    """第 12 项; an own task's number says itself what it is."""
    return number if number.startswith("自") else f"第 {number} 项"


def state_words(line: BoardLine, about: Subjects) -> str:
    """What stands at the right: 逾期 3 天; 缺 2 条，剩 6 个工作日; 1月—10月 10 期未办; 还差 12 天满 30 天."""
    if line.missed:
        return missed_words(line.missed)
    clock = about.clocks.get(line.clock) if line.clock is not None else None
    if clock is not None:
        return clock_countdown(clock)
    if line.countdown is None:
        return "日期待核对"
    if line.quota is not None:
        return f"{missing_words(line.quota)}，{left_words_of(line.countdown)}"
    return days_words(line.countdown)


def rule_words(line: BoardLine) -> str:
    """The rule of a quota line; '' of others."""
    return quota_rule_words(line.quota) if line.quota else ""
