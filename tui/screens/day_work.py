"""What changes the work calendar: a pasted notice, one day by hand, and the way back to the shipped schedule."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from db.errors import InvalidInputError, TaizhangError
from tui.screens.going import View
from tui.wording_days import Dated, moved_days, moved_words

if TYPE_CHECKING:
    from db.intake.day_off_draft import DayOffDraft
    from db.reads.office import DayRow
    from db.rules.calendar import WorkCalendar
    from tui.desk import Desk
    from tui.dialogs.day import DayAnswer, Restored

NO_UNDO = "放假安排属于整个文件，不能撤销；按 Del 恢复"


class DayWork(View):
    """Actions on the day under the cursor. Each answer says which countdowns it has changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._day = self.today
        self._work: WorkCalendar | None = None
        self._dated = Dated()
        self._moved: tuple[str, ...] = ()
        """The due days that the last change moved, until the cursor goes elsewhere."""

    # What a subclass gives

    def row_of(self, day: date) -> DayRow | None:
        """What the file holds for a day; None where it counts by its weekday."""
        raise TypeError(f"{type(self).__name__} reads no days")

    # Changing

    def _changed_days(self, verb: str, said: str) -> None:
        """After a change of days: everything again, and what of the clerk's work it moved."""
        before = self._dated
        self._moved = ()
        self.changed(verb, (), said)
        if self._dated is before:
            # It could not be read again; that has been said.
            return
        self._moved = moved_days(before, self._dated)
        self.say(f"{said}{moved_words(before, self._dated)}")
        self.show_entries()

    def action_set_day(self) -> None:
        if self._work is None or not self.writable():
            return
        from tui.dialogs.day import DayDialog

        day = self._day

        def put(answer: DayAnswer | None) -> None:
            if answer is not None:
                self.desk.set_day(day, answer.kind, answer.notice)

        self.ask(
            DayDialog(day, self._work.is_workday(day), self.row_of(day)),
            put,
            lambda: self._changed_days("set_day", f"{day.isoformat()} 已改。"),
        )

    def action_restore_day(self) -> None:
        if not self.writable():
            return
        day = self._day
        row = self.row_of(day)
        if row is None:
            # Perhaps a shipped day that a notice took out of the calendar; if not, the store says so.
            self._restore_plain(day)
            return
        if row.origin != "office":
            self.say(f"{day.isoformat()} 就是随程序带来的安排，没有改过。")
            return
        from tui.dialogs.day import RestoreDialog

        try:
            days = self._days_of_pasted(row.notice)
        except TaizhangError as error:
            self.complain(error)
            return
        said: list[str] = []

        def restore(answer: Restored | None) -> None:
            if answer == "notice":
                self.desk.remove_days(row.notice)
                said.append(f"已去掉《{row.notice}》录入的 {days} 天。")
            elif answer == "day":
                self.desk.restore_day(day)
                said.append(f"{day.isoformat()} 已恢复。")

        self.ask(RestoreDialog(row, days), restore, lambda: self._changed_days("restore_day", said[-1]))

    def _restore_plain(self, day: date) -> None:
        try:
            self.desk.restore_day(day)
        except TaizhangError as error:
            self.complain(error)
            return
        self._changed_days("restore_day", f"{day.isoformat()} 已恢复。")

    def _days_of_pasted(self, notice: str) -> int:
        """How many days the file holds by a notice that the office pasted; 0 where it was no paste."""
        if self.desk.day_source(notice) is None:
            return 0
        years = range(self._day.year - 1, self._day.year + 2)
        rows = (row for year in years for row in self.desk.day_rows(year))
        return sum(1 for row in rows if row.notice == notice and row.origin == "office")

    def action_undo(self) -> None:
        self.say(NO_UNDO)

    def action_paste_days(self) -> None:
        if self.writable():
            self._paste("")

    def _paste(self, text: str) -> None:
        """Asks for the notice; then shows what was read of it, and only then stores it."""
        from tui.dialogs.days import DaysDialog

        drafts: list[tuple[DayOffDraft, str]] = []

        def read(pasted: str | None) -> None:
            if pasted is None:
                return
            draft = self.desk.read_days(pasted)
            if not draft.rows:
                raise InvalidInputError("没有读出任何放假或上班的日期。", "".join(draft.problems))
            drafts.append((draft, pasted))

        self.ask(DaysDialog(text), read, lambda: self._check(*drafts[-1]))

    def _check(self, draft: DayOffDraft, text: str) -> None:
        from tui.dialogs.days import DaysCheckDialog

        years = sorted({row.day.year for row in draft.rows})
        try:
            before = tuple(row for year in years for row in self.desk.day_rows(year))
        except TaizhangError as error:
            self.complain(error)
            return
        taken: list[DayOffDraft] = []

        def take(checked: DayOffDraft | None) -> None:
            if checked is not None:
                self.desk.take_days(checked, text)
                taken.append(checked)

        from tui.screens.asking import attempting

        def closed(_: DayOffDraft | None) -> None:
            if not taken:
                # What was pasted is not lost: it can be mended and read again.
                self._paste(text)
                return
            self._day = min(row.day for row in taken[-1].rows)
            self._changed_days("take_days", f"已录入 {len(taken[-1].rows)} 天：{taken[-1].notice}。")

        self.app.push_screen(attempting(DaysCheckDialog(draft, before), take), closed)
