"""计时: what runs, until when; and the register of applications (申请登记) with the stage of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.binding import BindingType

from db.errors import TaizhangError
from db.rules.rows import ClockRow, EntryRow
from db.rules.words import STAGE_NAMES
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.line_list import Choice
from tui.screens.clock_lines import (
    clock_blocks,
    clock_choice,
    in_turn,
    line_countdown,
    register_choice,
    register_heading,
    shows_days_left,
)
from tui.screens.counting_work import CountingWork
from tui.screens.rows_screen import RowsScreen
from tui.text import cells, shown
from tui.view_commands import CLOCKS
from tui.widgets.reading_pane import Block
from tui.wording_timed import why_not_extended

if TYPE_CHECKING:
    from tui.dialogs.clock_rules import RuleChoice
    from tui.dialogs.dialog import Dialog

Answer = TypeVar("Answer")


class ClocksScreen(RowsScreen, CountingWork["str | None"]):
    """Those that run first, by their due day; the closed ones last."""

    NAME = "clocks"
    KEYS: ClassVar[tuple[Command, ...]] = CLOCKS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CLOCKS))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("计时和申请登记", CLOCKS),
        ("各个画面", EVERYWHERE),
    )

    _clocks: tuple[ClockRow, ...] = ()
    _lines: tuple[ClockRow | None, ...] = ()
    """None is the heading of the register."""
    _registering = False
    _days_left = False

    def read(self) -> None:
        self._clocks = in_turn(self.desk.clocks())

    # What is shown

    def choices(self) -> Sequence[Choice]:
        if self._registering:
            applications = tuple(clock for clock in self._clocks if clock.is_application)
            self._lines = (None, *applications) if applications else ()
            room = self._list.size.width
            self._days_left = shows_days_left(room)
            return [register_choice(clock, room) if clock else register_heading(room) for clock in self._lines]
        self._lines = self._clocks
        width = max((cells(line_countdown(clock)) for clock in self._clocks), default=0)
        return [clock_choice(clock, width) for clock in self._clocks]

    def key(self, index: int) -> Hashable:
        clock = self._lines[index]
        return clock.id if clock else None

    def entry_at(self, index: int) -> int | None:
        clock = self._lines[index]
        return clock.entry if clock else None

    def title_words(self) -> str:
        running = [clock for clock in self._clocks if clock.closed_on is None]
        if self._registering:
            applications = [clock for clock in self._clocks if clock.is_application]
            opened = sum(1 for clock in applications if clock.closed_on is None)
            return f"申请登记  共 {len(applications)} 件，没有答复的 {opened} 件  F4 看全部计时"
        late = sum(1 for clock in running if clock.countdown and clock.countdown.overdue)
        return f"计时  共 {len(self._clocks)} 个，没有了结的 {len(running)} 个" + (f"，逾期 {late} 个" if late else "")

    def empty_words(self) -> str:
        if self._registering:
            return "还没有依申请公开的登记。按 Ins，选条例关于收到申请的一条；F4 看全部计时。"
        return "还没有计时。按 Ins 选一条规则，从收到之日或活动之日算起。"

    def blocks(self, index: int) -> Sequence[Block]:
        clock = self._lines[index]
        return list(clock_blocks(clock, self.entry(clock.entry))) if clock else ()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        # Only afterwards it is known what the text beside the lines leaves to them.
        self.call_after_refresh(self._fill_room)

    def _fill_room(self) -> None:
        if self._registering and self._days_left != shows_days_left(self._list.size.width):
            self.show_entries()

    # Commands

    def action_register(self) -> None:
        self._registering = not self._registering
        self.say("")
        self.show_entries()
        if self.current is not None:
            self._list.focus()

    def action_add(self) -> None:
        self.start_clock_for(None)

    def action_stage(self) -> None:
        from tui.dialogs.clock_act import StageAnswer, StageDialog, next_stages

        clock = self._current_clock()
        if clock is None or not self.writable():
            return
        if not clock.is_application:
            self.say("这不是依申请公开的登记，没有进度；了结按 F3，暂停按 F5。")
        elif not next_stages(clock):
            self.say("这件申请已经归档，没有下一步了。")
        else:

            def move(answer: StageAnswer | None) -> None:
                if answer is not None:
                    self.desk.move_stage(clock.id, answer.stage, answer.on)

            self._ask(StageDialog(clock, self.desk.today()), move, "move_stage", "进度已登记")

    def action_close(self) -> None:
        clock = self._open_clock()
        if clock is None:
            return
        from tui.dialogs.clock_act import CloseAnswer, CloseDialog

        def close(answer: CloseAnswer | None) -> None:
            if answer is not None:
                self.desk.close_clock(clock.id, answer.on, answer.outcome)

        self._ask(CloseDialog(clock, self.desk.today()), close, "close_clock", "计时已了结")

    def action_pause(self) -> None:
        clock = self._open_clock()
        if clock is None or not self._forwards(clock, "暂停"):
            return
        from tui.dialogs.clock_act import PauseAnswer, PauseDialog, ResumeDialog

        def resume(on: date | None) -> None:
            if on is not None:
                self.desk.resume_clock(clock.id, on)

        def pause(answer: PauseAnswer | None) -> None:
            if answer is not None:
                self.desk.pause_clock(clock.id, answer.on, answer.anew, answer.reason)

        if clock.pauses and clock.pauses[-1].end is None:
            self._ask(ResumeDialog(clock, self.desk.today()), resume, "resume_clock", "已继续计时")
        else:
            self._ask(PauseDialog(clock, self.desk.today()), pause, "pause_clock", "已暂停计时")

    def action_extend(self) -> None:
        clock = self._open_clock()
        if clock is None or not self._forwards(clock, "延长"):
            return
        if why := why_not_extended(clock):
            self.say(why, alarm=True)
            return
        from tui.dialogs.clock_act import ExtendAnswer, ExtendDialog

        def extend(answer: ExtendAnswer | None) -> None:
            if answer is not None:
                self.desk.extend_clock(clock.id, answer.days, answer.reason, answer.on)

        self._ask(ExtendDialog(clock, self.desk.today()), extend, "extend_clock", "期限已延长")

    def action_edit(self) -> None:
        clock = self._current_clock()
        if clock is None or not self.writable():
            return
        from tui.dialogs.clock import ClockAnswer, ClockDialog

        def edit(answer: ClockAnswer | None) -> None:
            if answer is not None:
                self.desk.edit_clock(clock.id, answer.subject, answer.start, answer.entry)

        try:
            due = self.due_previewer()
        except TaizhangError as error:
            self.complain(error)
            return
        dialog = ClockDialog(None, self.entries, clock.entry, self.desk.today(), due=due, row=clock)
        self._ask(dialog, edit, "edit_clock", "计时已修改")

    def action_reopen(self) -> None:
        clock = self._current_clock()
        if clock is None or not self.writable():
            return
        if clock.closed_on is None:
            self.say("这个计时还没有了结，不用恢复。")
        elif self.change("reopen_clock", (), lambda: self.desk.reopen_clock(clock.id), "计时已恢复。Ctrl+Z 撤销"):
            stand = next((each.stages for each in self._clocks if each.id == clock.id), ())
            gone = [f"{STAGE_NAMES[each.stage]}（{each.on.isoformat()}）" for each in clock.stages if each not in stand]
            if gone:
                self.say(f"计时已恢复，原来登记的{'、'.join(gone)}已去掉。Ctrl+Z 撤销")

    def action_remove(self) -> None:
        clock = self._current_clock()
        if clock is None or not self.writable():
            return
        from tui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.change("remove_clock", (), lambda: self.desk.remove_clock(clock.id), "计时已删除。Ctrl+Z 撤销")

        self.app.push_screen(
            ConfirmDialog(shown("删除这个计时"), f"{clock.subject}\n\n连同暂停、延长和进度一起删除，可以撤销。"),
            answered,
        )

    def action_correct_rule(self) -> None:
        if not self.writable():
            return
        try:
            statute = self.desk.statute_rules()
        except TaizhangError as error:
            self.complain(error)
            return
        from tui.dialogs.clock_rules import ClockRulesDialog

        dialog = ClockRulesDialog((), statute, None, title="改条例规则：改哪一条", own=False)
        self.app.push_screen(dialog, self._correct)

    def _correct(self, choice: RuleChoice | None) -> None:
        rule = choice.rule if choice else None
        if rule is None or rule.key is None:
            return
        from tui.dialogs.rule import RuleAnswer, RuleDialog

        key = rule.key

        def correct(answer: RuleAnswer | None) -> None:
            if answer is not None:
                self.desk.correct_rule(key, answer.days, answer.day_kind, answer.may_extend)

        self.ask(
            RuleDialog(rule),
            correct,
            lambda: self.changed("correct_rule", (), "条例规则已更正，以后开始的计时照此计算。"),
        )

    def after(self, verb: str, entries: Sequence[EntryRow]) -> None:
        if verb == "start_clock":
            newest = max(self.desk.clocks(), key=lambda clock: clock.id, default=None)
            self.put_cursor_on(newest.id if newest else None)

    def _ask(
        self, dialog: Dialog[Answer | None], attempt: Callable[[Answer | None], None], verb: str, said: str
    ) -> None:
        self.ask(dialog, attempt, lambda: self.changed(verb, (), f"{said}。Ctrl+Z 撤销"))

    def _current_clock(self) -> ClockRow | None:
        return self._lines[self.current] if self.current is not None else None

    def _open_clock(self) -> ClockRow | None:
        """The clock under the cursor, if it may be changed and is not closed; else says why not."""
        clock = self._current_clock()
        if clock is None or not self.writable():
            return None
        if clock.closed_on is not None:
            self.say("这个计时已经了结；要改先按 Ctrl+R 恢复。", alarm=True)
            return None
        return clock

    def _forwards(self, clock: ClockRow, doing: str) -> bool:
        if clock.rule.direction == "before":
            self.say(f"往前算的计时不能{doing}；活动日期变了，按 Ctrl+U 修改。", alarm=True)
        return clock.rule.direction == "after"
