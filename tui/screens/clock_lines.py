"""The lines of the clocks and of the register of applications: their order, their columns, how they look."""

from collections.abc import Sequence
from typing import Final

from db.rules.rows import ClockRow
from db.rules.words import STAGE_NAMES, STAGES
from tui.dialogs.line_list import Choice, LineLook
from tui.text import pad
from tui.widgets.reading_pane import Look
from tui.wording_timed import clock_countdown, is_minimum, stage_words

_STAGE_CELLS: Final = 8
"""申请登记, and wider than 02-28."""


def in_turn(clocks: Sequence[ClockRow]) -> tuple[ClockRow, ...]:
    """Running by due day, then paused, then closed, the last closed first."""

    def turn(clock: ClockRow) -> tuple[int, int, int]:
        if clock.closed_on is not None:
            return 2, -clock.closed_on.toordinal(), clock.id
        return (0, clock.due.toordinal(), clock.id) if clock.due else (1, clock.start.toordinal(), clock.id)

    return tuple(sorted(clocks, key=turn))


def clock_choice(clock: ClockRow, width: int) -> Choice:
    due = clock.due.isoformat() if clock.due else "未定"
    stage = f"【{stage_words(clock)}】" if clock.stages else ""
    left = f"{stage}{clock.subject}：{clock.rule.action}"
    return Choice(left, f"{pad(due, 10)}  {pad(clock_countdown(clock), width)}", look=look_of(clock))


def register_heading() -> Choice:
    return Choice("  申请", _columns([*(STAGE_NAMES[stage] for stage in STAGES), "答复期限"]), heading=True)


def register_choice(clock: ClockRow) -> Choice:
    days = {reached.stage: f"{reached.on:%m-%d}" for reached in clock.stages}
    left = clock_countdown(clock).partition(" · ")[0].partition("，")[0]
    columns = [*(days.get(stage, "—") for stage in STAGES), left]
    return Choice(clock.subject, _columns(columns), look=look_of(clock))


def _columns(texts: Sequence[str]) -> str:
    *stages, last = texts
    widths = (_STAGE_CELLS, 5, 5, 5, 5)
    return "  ".join([*(pad(text, width) for text, width in zip(stages, widths, strict=True)), pad(last, 12)])


def look_of(clock: ClockRow) -> LineLook:
    if clock.closed_on is not None:
        return "muted"
    if clock.countdown is None:
        return ""
    if clock.countdown.overdue:
        return "alarm"
    return "mark" if clock.countdown.days <= 7 and not is_minimum(clock.rule) else ""


def text_look_of(clock: ClockRow) -> Look:
    look = look_of(clock)
    return look if look == "alarm" or look == "mark" else "plain"
