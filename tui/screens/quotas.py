"""量化指标: what each quota asks, period by period: filled, short, missed, still to come."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from textual.binding import BindingType

from db.rules.rows import EntryRow, ItemTally, QuotaRow
from db.rules.words import TIMES
from tui.commands import COUNT, EVERYWHERE, PUBLISH, Command, bindings
from tui.dialogs.entries_named import number_words
from tui.dialogs.line_list import Choice, LineLook
from tui.screens.counted_blocks import Beside, look_of, quota_blocks
from tui.screens.counting_work import CountingWork
from tui.screens.rows_screen import RowsScreen
from tui.view_commands import QUOTAS
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block
from tui.wording_counted import (
    UNCOUNTED,
    is_current,
    is_short,
    is_uncounted,
    quota_groups,
    quota_period_words,
    quota_rule_words,
    quota_state_words,
)
from tui.wording_periods import span_words

_BY_TIMES: Final = (
    replace(COUNT, in_key_line=True),
    *(replace(each, in_key_line=False) if each is PUBLISH else each for each in QUOTAS if each is not COUNT),
)
"""The keys on a quota that is counted in 次: what is published does not fill it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """quota None: the heading. item: one of a quota that is counted by items."""

    rows: tuple[QuotaRow, ...]
    entry: EntryRow | None
    quota: QuotaRow | None = None
    item: ItemTally | None = None


class QuotasScreen(RowsScreen, CountingWork["str | None"]):
    """Each quota of the tasks, then those of the unit; a line a period, and a line an item where it counts by items."""

    NAME = "quotas"
    KEYS: ClassVar[tuple[Command, ...]] = QUOTAS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(QUOTAS))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("量化指标", QUOTAS),
        ("各个画面", EVERYWHERE),
    )

    _unit_quotas: tuple[QuotaRow, ...] = ()
    _lines: tuple[_Line, ...] = ()

    def read(self) -> None:
        self._unit_quotas = self.desk.unit_quotas()

    def title_words(self) -> str:
        short = sum(1 for line in self._lines if line.quota and not line.item and is_short(line.quota, self.today))
        return f"量化指标  今天 {self.today.isoformat()}  " + (f"本期不足 {short} 项" if short else "本期没有不足")

    def empty_words(self) -> str:
        return "通知没有给本单位的任务定数量指标。"

    def choices(self) -> Sequence[Choice]:
        self._lines = tuple(self._all_lines())
        return [self._choice(line) for line in self._lines]

    def first(self) -> int:
        # The clerk comes for what is short now, else for the present period.
        for wanted in (is_short, is_current):
            for at, line in enumerate(self._lines):
                if line.quota and wanted(line.quota, self.today):
                    return at
        return 0

    def _all_lines(self) -> Iterator[_Line]:
        for entry in self.entries:
            if entry.counted:
                yield from _lines_of(entry.quotas, entry)
        yield from _lines_of(self._unit_quotas, None)

    def _choice(self, line: _Line) -> Choice:
        rows = line.rows
        if line.quota is None:
            of = number_words(line.entry) if line.entry else _whose(rows)
            return Choice(f"{of}  {quota_rule_words(rows[0])}：「{rows[0].quote}」", heading=True)
        if line.item is not None:
            missing = line.quota.target - line.item.tally
            words = "达到" if line.item.met else f"缺 {missing} {line.quota.counter}"
            look: LineLook = "" if line.item.met else "mark"
            return Choice(f"    {line.item.name}", f"{line.item.tally}/{line.quota.target} {words}", look=look)
        span = span_words(line.quota.period_start, line.quota.period_end)
        look = _LOOKS.get(look_of(line.quota, self.today), "")
        words = quota_state_words(line.quota, self.today, self.calendar())
        return Choice(f"{quota_period_words(line.quota)}  {span}", words, look=look)

    def key(self, index: int) -> Hashable:
        line = self._lines[index]
        if line.quota is None:
            return None
        return quota_key(line.entry.id if line.entry else None, line.quota, line.item)

    def entry_at(self, index: int) -> int | None:
        entry = self._lines[index].entry
        return entry.id if entry else None

    def blocks(self, index: int) -> Sequence[Block]:
        line = self._lines[index]
        beside = Beside(self.today, self.calendar())
        if line.entry is None and is_uncounted(line.rows[0]):
            heading = f"{_whose(line.rows)}  {quota_rule_words(line.rows[0])}"
            return [Block(heading, look="heading"), Block(UNCOUNTED), Block(f"「{line.rows[0].quote}」", "指标原文")]
        blocks = list(quota_blocks(line.rows, beside))
        if line.entry is None:
            return [Block(f"{_whose(line.rows)}：全部公开记录都计入", look="heading"), *blocks]
        return [Block(f"{number_words(line.entry)}  {line.entry.requirement}", look="heading"), *blocks]

    def _show_text(self) -> None:
        super()._show_text()
        self.query_one(KeyLine).show(_BY_TIMES if self._counts_times() else QUOTAS)

    def _counts_times(self) -> bool:
        """Whether on the line under the cursor a count is what fills the quota, and no publication."""
        line = self._line()
        return line is not None and line.entry is not None and line.rows[0].counter == TIMES

    def _line(self) -> _Line | None:
        return self._lines[self.current] if self.current is not None else None

    def action_open(self) -> None:
        line = self._line()
        if line is None:
            return
        if line.entry is None:
            self.say(f"这是{_whose(line.rows)}的指标，不属于哪一项任务。+ 记公开，2 看公开记录。")
            return
        from tui.screens.detail import DetailScreen

        ids = list(dict.fromkeys(each.entry.id for each in self._lines if each.entry))
        self.app.push_screen(DetailScreen(self.desk, ids, line.entry.id), lambda _: self.reread())

    def action_publish(self) -> None:
        line = self._line()
        if line is not None and line.entry is None:
            self.publish_for(None)
        else:
            super().action_publish()

    def action_count(self) -> None:
        line = self._line()
        if line is None or line.entry is None:
            self.say("这是单位的指标，按公开记录计：+ 记公开。", alarm=line is not None)
        elif line.item is not None and self.writable():
            self.count_for(line.entry, line.item)
        else:
            super().action_count()

    def action_items(self) -> None:
        line = self._line()
        if line is not None and line.entry is None:
            self.say("这是单位的指标，没有事项。")
        else:
            super().action_items()


def quota_key(entry: int | None, quota: QuotaRow, item: ItemTally | None = None) -> Hashable:
    """The key of the line of a period, or of an item of it; entry None: the quota is the unit's."""
    rule = quota.quote, quota.target, quota.counter, quota.period
    return entry, rule, quota.period_start, item.id if item else None


def _whose(rows: Sequence[QuotaRow]) -> str:
    """Whom a quota binds that is no task's."""
    return "各责任单位" if is_uncounted(rows[0]) else "本单位"


_LOOKS: dict[str, LineLook] = {"alarm": "alarm", "mark": "mark"}


def _lines_of(quotas: Sequence[QuotaRow], entry: EntryRow | None) -> Iterator[_Line]:
    for rows in quota_groups(quotas):
        yield _Line(rows, entry)
        for row in rows:
            yield _Line(rows, entry, row)
            yield from (_Line(rows, entry, row, item) for item in row.items)
