"""改这一天: one day made a day off or a workday by hand, with what says so; 恢复: the way back from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult

from tui.commands import Command
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.field import Field
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.prose import Prose
from tui.text import shown
from tui.wording_days import weekday_words

if TYPE_CHECKING:
    from db.reads.office import DayRow
    from db.rules.calendar import DayOffKind

NOTICE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class DayAnswer:
    kind: DayOffKind
    notice: str


class DayDialog(Dialog[DayAnswer | None]):
    """works: whether the day is worked as the calendar has it now; row: what the file holds for it."""

    DEFAULT_CSS = "DayDialog LineList { height: 2; margin: 1 0; } DayDialog.-small LineList { margin: 0; }"
    AUTO_FOCUS = "LineList"

    def __init__(self, day: date, works: bool, row: DayRow | None) -> None:
        super().__init__(shown(f"改这一天：{day.isoformat()} {weekday_words(day)}"))
        now = "上班" if works else "不上班"
        self._now = f"现在：{now}" + (f"，依据：{row.notice}" if row else "（按星期）")
        # What the clerk opens the window for is the other of the two.
        self._list = LineList([Choice("放假"), Choice("上班（补班）")], cursor=0 if works else 1)
        self._notice = Field("依据（哪一份通知、谁的决定）", "", limit=NOTICE_LIMIT, id="notice")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(self._now)
        yield self._list
        yield self._notice

    def answer(self) -> DayAnswer:
        return DayAnswer("work" if self._list.cursor else "off", self._notice.needed("请写明依据，以后好查"))

    def on_line_list_taken(self) -> None:
        # Enter on the line chooses it; the day is changed from the field below.
        self._notice.line.focus()


Restored = Literal["day", "notice"]


class RestoreDialog(Dialog[Restored | None]):
    """row: the day as the office has it; days: how many its pasted notice holds, 0 where it was no paste."""

    DEFAULT_CSS = "RestoreDialog LineList { height: 2; margin: 1 0; } RestoreDialog.-small LineList { margin: 0; }"
    AUTO_FOCUS = "LineList"

    def __init__(self, row: DayRow, days: int) -> None:
        super().__init__(shown(f"恢复：{row.day.isoformat()} {weekday_words(row.day)}"))
        self._now = f"现在：{'放假' if row.kind == 'off' else '上班'}，依据：{row.notice}（本单位录入）"
        self._answers: tuple[Restored, ...] = ("day", "notice") if days else ("day",)
        lines = {"day": "恢复这一天为随程序带来的安排（没有的按星期）", "notice": f"去掉整份通知，共 {days} 天"}
        self._list = LineList([Choice(lines[answer]) for answer in self._answers])

    def body(self) -> ComposeResult:
        yield Prose(self._now)
        yield self._list
        yield Prose("恢复以后要再改，须重新录入。")

    def answer(self) -> Restored:
        return self._answers[self._list.cursor or 0]

    def on_line_list_taken(self) -> None:
        self.action_confirm()
