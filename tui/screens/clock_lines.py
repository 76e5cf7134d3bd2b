"""The lines of the clocks and of the register of applications: their order, their columns, their whole text."""

from collections.abc import Iterator, Sequence
from typing import Final

from db.rules.clocks import is_minimum
from db.rules.rows import ClockRow, EntryRow
from db.rules.words import DAY_KIND_NAMES, STAGE_NAMES, STAGES
from tui.dialogs.entries_named import number_words
from tui.dialogs.line_list import Choice, LineLook
from tui.text import pad
from tui.widgets.reading_pane import Block, Look
from tui.wording_timed import (
    clock_countdown,
    clock_due_words,
    clock_state_words,
    dated,
    pause_words,
    pending_words,
    rule_words,
    source_words,
    stage_words,
    start_label,
)

_STAGE_CELLS: Final = 8
"""申请登记, and wider than 02-28."""
_DAYS_LEFT_FROM: Final = 96
"""Cells of a line from which the register says beside the due day how many days are left."""
_DAYS_LEFT_CELLS: Final = 14


def in_turn(clocks: Sequence[ClockRow]) -> tuple[ClockRow, ...]:
    """Running by due day, then paused, then closed, the last closed first."""

    def turn(clock: ClockRow) -> tuple[int, int, int]:
        if clock.closed_on is not None:
            return 2, -clock.closed_on.toordinal(), clock.id
        return (0, clock.due.toordinal(), clock.id) if clock.due else (1, clock.start.toordinal(), clock.id)

    return tuple(sorted(clocks, key=turn))


def clock_choice(clock: ClockRow, width: int) -> Choice:
    """width: the cells that the widest `line_countdown` of the list takes."""
    due = "已暂停" if clock.state == "paused" else clock.due.isoformat() if clock.due else "未定"
    return Choice(_about(clock), f"{pad(due, 10)}  {pad(line_countdown(clock), width)}", look=look_of(clock))


def line_countdown(clock: ClockRow) -> str:
    """The countdown as it stands behind the column of the due day, which says already that a clock is paused."""
    return pending_words(clock) if clock.state == "paused" else clock_countdown(clock)


def _about(clock: ClockRow) -> str:
    if not clock.stages:
        return f"{clock.subject}：{clock.rule.action}"
    # What the stage says was done is not to be done any more.
    return f"【{stage_words(clock)}】{clock.subject}" + ("" if _is_answered(clock) else f"：{clock.rule.action}")


def _is_answered(clock: ClockRow) -> bool:
    return any(reached.stage == "answered" for reached in clock.stages)


def clock_blocks(clock: ClockRow, entry: EntryRow | None) -> Iterator[Block]:
    """Everything about a clock; entry is the one to which it belongs."""
    yield Block(clock.subject, look="heading")
    yield Block(clock_state_words(clock), "状态", _text_look_of(clock))
    yield Block(dated(clock.start), start_label(clock.rule))
    yield Block(clock_due_words(clock), "到期")
    for pause in clock.pauses:
        yield Block(pause_words(pause), "暂停")
    for extension in clock.extensions:
        kind = DAY_KIND_NAMES[clock.rule.day_kind]
        yield Block(f"{extension.on.isoformat()} 延长 {extension.days} {kind}：{extension.reason}", "延长")
    for reached in clock.stages:
        yield Block(reached.on.isoformat(), STAGE_NAMES[reached.stage])
    # The answer, which closes an application, has its line among the stages.
    if clock.closed_on is not None and (clock.outcome or not _is_answered(clock)):
        yield Block(f"{clock.closed_on.isoformat()}{'：' + clock.outcome if clock.outcome else ''}", "了结")
    yield Block(rule_words(clock.rule), "规则")
    yield Block(f"{source_words(clock.rule)}：「{clock.rule.quote}」", "出处")
    yield Block(f"{number_words(entry)}：{entry.requirement}" if entry else "不属于某一项", "所属事项")


def shows_days_left(width: int) -> bool:
    """Whether a line of the register with so many cells has room for them."""
    return width >= _DAYS_LEFT_FROM


def register_heading(width: int) -> Choice:
    return Choice("  申请", _columns([*(STAGE_NAMES[stage] for stage in STAGES), "答复期限"], width), heading=True)


def register_choice(clock: ClockRow, width: int) -> Choice:
    """A line of the register: the day of each stage, then the last day for the answer."""
    days = {reached.stage: f"{reached.on:%m-%d}" for reached in clock.stages}
    last = "已暂停" if clock.state == "paused" else clock.due.isoformat() if clock.due else "未定"
    if shows_days_left(width) and clock.state == "running":
        last = f"{pad(last, 10)} {clock_countdown(clock).partition(' · ')[0]}"
    columns = [*(days.get(stage, "—") for stage in STAGES), last]
    return Choice(clock.subject, _columns(columns, width), look=look_of(clock))


def _columns(texts: Sequence[str], width: int) -> str:
    *stages, last = texts
    widths = (_STAGE_CELLS, 5, 5, 5, 5)
    room = 10 + (_DAYS_LEFT_CELLS if shows_days_left(width) else 0)
    return "  ".join([*(pad(text, wide) for text, wide in zip(stages, widths, strict=True)), pad(last, room)])


def look_of(clock: ClockRow) -> LineLook:
    if clock.closed_on is not None:
        return "muted"
    if clock.countdown is None:
        return ""
    if clock.countdown.overdue:
        return "alarm"
    return "mark" if clock.countdown.days <= 7 and not is_minimum(clock.rule) else ""


def _text_look_of(clock: ClockRow) -> Look:
    look = look_of(clock)
    return look if look == "alarm" or look == "mark" else "plain"
