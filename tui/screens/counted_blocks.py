"""What of an entry is counted and timed, as blocks: quotas by period, occurrences, clocks, publications, the shift."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from db.rules.rows import ClockRow, EntryRow, PublicationRow, QuotaRow
from db.rules.value import value
from db.rules.words import CLOCK_STATE_NAMES, PERIOD_NOW_NAMES
from tui.widgets.reading_pane import Block, Look
from tui.wording import clock_words
from tui.wording_counted import (
    clock_left_words,
    how_to_count_words,
    is_current,
    left_words,
    quota_groups,
    quota_period_words,
    quota_rule_words,
    quota_state_words,
)
from tui.wording_periods import current_occurrence, missed, missed_words, occurrence_lines
from tui.wording_shift import shift_words

if TYPE_CHECKING:
    from db.rules.calendar import WorkCalendar
    from db.rules.rows_evidence import EvidenceRow

PUBLICATIONS_SHOWN: Final = 3


@value
class Beside:
    """What the blocks of an entry need besides it. published: its publications, the newest first; evidence: its own
    and that of its publications; both as far as read."""

    today: date
    calendar: WorkCalendar | None = None
    published: Sequence[PublicationRow] = ()
    evidence: Sequence[EvidenceRow] = ()


def shift_blocks(entry: EntryRow) -> Iterator[Block]:
    """How the date was taken over into another year."""
    if words := shift_words(entry.deadline):
        yield Block(words, "年度换算", "mark" if "待核对" in words else "plain")


def occurrence_blocks(entry: EntryRow, beside: Beside) -> Iterator[Block]:
    """The present period, what was missed, the whole year."""
    if not entry.occurrences:
        return
    current = current_occurrence(entry)
    if current is not None:
        yield Block(left_words(beside.today, current.end, beside.calendar), "本期")
    gone = missed(entry)
    if gone and entry.status in ("not_started", "in_progress"):
        yield Block(f"{missed_words(gone)}。Ctrl+D 逐期销账", "漏办", "alarm")
    yield Block("；".join(occurrence_lines(entry.occurrences)), "期次")


def quota_blocks(quotas: Sequence[QuotaRow], beside: Beside) -> Iterator[Block]:
    """Each quota with its periods, the sentence below it."""
    for rows in quota_groups(quotas):
        yield Block(f"{quota_rule_words(rows[0])}。{how_to_count_words(rows[0])}", "量化指标")
        current = next((row for row in rows if is_current(row, beside.today)), None)
        if current is not None:
            label = PERIOD_NOW_NAMES[current.period]
            yield Block(
                quota_state_words(current, beside.today, beside.calendar), label, look_of(current, beside.today)
            )
        if len(rows) > 1:
            periods = (f"{quota_period_words(row)} {quota_state_words(row, beside.today, None)}" for row in rows)
            yield Block("；".join(periods), "各期")
        for item in current.items if current else rows[0].items:
            met = "达到" if item.met else f"未达到，缺 {rows[0].target - item.tally} {rows[0].counter}"
            yield Block(f"{item.name}：{item.tally}/{rows[0].target} {met}", "")
        yield Block(f"「{rows[0].quote}」", "指标原文")


def look_of(quota: QuotaRow, today: date) -> Look:
    """alarm for a period that was missed, mark for one that is short now; the words say it too."""
    if quota.met is not False:
        return "plain"
    if quota.period_end < today:
        return "alarm"
    return "mark" if is_current(quota, today) else "plain"


def clock_blocks(clocks: Sequence[ClockRow]) -> Iterator[Block]:
    """The clocks that run, each with its due day and its pauses."""
    for clock in clocks:
        due = f"{clock.due.isoformat()}，" if clock.due else ""
        pressed = clock.countdown is not None and clock.countdown.days <= 7
        late = clock.countdown is not None and clock.countdown.overdue
        look: Look = "alarm" if late else "mark" if pressed else "plain"
        yield Block(f"{clock.subject}：{due}{clock_left_words(clock)}", CLOCK_STATE_NAMES[clock.state], look)
        yield Block(f"{clock.start.isoformat()} 起，{clock_words(clock.rule)}", "计时规则", "muted")
        for pause in clock.pauses:
            until = f"至 {pause.end.isoformat()}" if pause.end else "起，尚未继续"
            anew = "，之后重新计算" if pause.anew else ""
            yield Block(f"{pause.start.isoformat()} {until}：{pause.reason}{anew}", "暂停", "muted")
        for extension in clock.extensions:
            words = f"{extension.on.isoformat()} 延长 {extension.days} 天：{extension.reason}"
            yield Block(words, "延长", "muted")


def publication_blocks(entry: EntryRow, beside: Beside) -> Iterator[Block]:
    """How many, and the last ones."""
    if not entry.published:
        return
    yield Block(f"{entry.published} 条（清单上按 2 看全部）", "公开记录")
    for row in beside.published[:PUBLICATIONS_SHOWN]:
        yield Block(f"{row.day.isoformat()} {row.title}（{row.channel}，{row.form}）", "")
