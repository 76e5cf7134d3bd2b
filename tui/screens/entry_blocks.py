"""Everything about one entry, in the order in which a clerk asks: what, by when, how far, who, which figures."""

from collections.abc import Iterator, Sequence

from db.rules.assigned import blank_words
from db.rules.rows import ClockRuleRow, EntryRow, HistoryRow
from tui.commands import NOT_OURS, OURS
from tui.screens.counted_blocks import (
    Beside,
    clock_blocks,
    occurrence_blocks,
    publication_blocks,
    quota_blocks,
    shift_blocks,
)
from tui.screens.evidence_blocks import evidence_blocks
from tui.widgets.reading_pane import Block, Look
from tui.wording import (
    ADJUSTED,
    OWN,
    clock_words,
    countdown_note,
    deadline_words,
    due_words,
    moment_words,
    reach_words,
    recurrence_words,
    role_words,
    status_words,
)
from tui.wording_counted import pressing


def card_blocks(entry: EntryRow, beside: Beside, clock_rules: Sequence[ClockRuleRow] = ()) -> list[Block]:
    """The card of the walk: everything but the history."""
    return [
        *_what(entry, beside),
        *_when(entry),
        *occurrence_blocks(entry, beside),
        *_state(entry),
        *_who(entry),
        *quota_blocks(entry.quotas, beside),
        *clock_blocks(entry.clocks),
        *_clock_rules(entry, clock_rules),
        *publication_blocks(entry, beside),
        *evidence_blocks(entry.evidence, beside.evidence),
        *_remark(entry),
        *_notes(entry),
    ]


def detail_blocks(
    entry: EntryRow,
    beside: Beside,
    clock_rules: Sequence[ClockRuleRow] = (),
    history: Sequence[HistoryRow] = (),
) -> list[Block]:
    """The detail pane: the card and below it the history of the entry, newest first."""
    blocks = card_blocks(entry, beside, clock_rules)
    if history:
        # What an untouched ledger does not need is not on the way to its first list.
        from tui.screens.history_words import history_blocks

        blocks += [Block(""), Block("办理流水", look="heading"), *history_blocks(history, [entry])]
    return blocks


def marks(entry: EntryRow) -> str:
    """【自增】 and 【调整】, what is the clerk's and not the notice's."""
    words = [OWN] if entry.own else []
    words += [ADJUSTED] if entry.deadline.adjusted else []
    return "".join(f"【{word}】" for word in words)


def _what(entry: EntryRow, beside: Beside) -> Iterator[Block]:
    number = f"自增事项 {entry.number}" if entry.own else f"第 {entry.number} 项"
    first = pressing(entry, beside.today, beside.calendar)
    words = (f"{number}{marks(entry)}", role_words(entry), status_words(entry), first.words)
    # What is closed says so in status and countdown alike.
    yield Block("  ".join(dict.fromkeys(word for word in words if word)), look=_urgency(first.days) or "heading")
    yield Block(entry.requirement, "自增事项" if entry.own else "具体要求")


def _urgency(days: int | None) -> Look | None:
    if days is None:
        return None
    if days < 0:
        return "alarm"
    return "mark" if days <= 7 else None


def _when(entry: EntryRow) -> Iterator[Block]:
    deadline = entry.deadline
    yield Block(deadline_words(entry), "完成时限", "mark" if deadline.adjusted else "plain")
    if deadline.adjusted:
        yield Block(
            f"{deadline.adjusted.due.isoformat()}（办理人调整）：{deadline.adjusted.reason}", "调整时限", "mark"
        )
    if not entry.own:
        yield Block(due_words(deadline), "通知时限")
        yield from shift_blocks(entry)
        if deadline.quote and deadline.quote not in (entry.requirement, deadline.text):
            yield Block(f"「{deadline.quote}」", "时限原文")
    if len(deadline.dates) > 1 or any(date.party for date in deadline.dates):
        for each in deadline.dates:
            due = each.due.isoformat() if each.due else "没有具体日期"
            yield Block(f"{each.party or '未写明对象'}：{due}", "各方时限")
    if deadline.recurrence:
        yield Block(recurrence_words(deadline.recurrence), "周期")
    if note := countdown_note(entry):
        yield Block(note, "倒计时")


def _state(entry: EntryRow) -> Iterator[Block]:
    if entry.done_on:
        yield Block(entry.done_on.isoformat(), "办结日期")
    if entry.what_was_done:
        yield Block(entry.what_was_done, "工作做法")
    if entry.own_reason:
        yield Block(entry.own_reason, "自增理由")
    if entry.reason:
        yield Block(entry.reason, "不适用理由" if entry.status == "not_applicable" else "理由")


def _who(entry: EntryRow) -> Iterator[Block]:
    if entry.section:
        yield Block(entry.section, "工作任务")
    if entry.matter:
        yield Block(entry.matter, "工作事项")
    if entry.assignment:
        yield Block(entry.assignment, "责任分工")
    elif not entry.own:
        parties = entry.leads, entry.responsible, entry.supports
        yield Block(blank_words(entry.units_from, *parties, named=False), "责任分工")
    for label, names in (("牵头", entry.leads), ("责任", entry.responsible), ("配合", entry.supports)):
        if names:
            yield Block("、".join(names), label)
    if entry.applicability == "possible":
        yield Block(
            f"{reach_words(entry)}。{OURS.shown_key} {OURS.label}，{NOT_OURS.shown_key} {NOT_OURS.label}。",
            "依据",
            "mark",
        )
    else:
        yield Block(reach_words(entry), "依据")


def _clock_rules(entry: EntryRow, clock_rules: Sequence[ClockRuleRow]) -> Iterator[Block]:
    for rule in clock_rules:
        if rule.task == entry.number and not entry.own:
            yield Block(clock_words(rule), "时限规则")
            yield Block(f"「{rule.quote}」", "规则原文")


def _remark(entry: EntryRow) -> Iterator[Block]:
    if entry.remark:
        yield Block(entry.remark, "正文补充" if entry.remark_source == "body" else "通知备注")


def _notes(entry: EntryRow) -> Iterator[Block]:
    if entry.notes:
        yield Block(f"记事（{len(entry.notes)} 条）", look="heading")
    for note in entry.notes:
        yield Block(f"{moment_words(note.at)}{f'  {note.officer}' if note.officer else ''}", look="muted")
        yield Block(note.text)
