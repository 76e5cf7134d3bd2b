"""The desk's part for what has a time: clocks, reports, days off, the day's board."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from db.reads.office import calendar
from tui.desk_base import DeskBase

if TYPE_CHECKING:
    from db.intake.day_off_draft import DayOffDraft
    from db.reads.office import DayRow
    from db.rules.board import Board
    from db.rules.calendar import DayOffKind, WorkCalendar
    from db.rules.rows import ClockRow, ClockRuleRow, ReportRow
    from db.rules.words import DayKind, RuleSource, Stage


class DeskTime(DeskBase):
    """What concerns the ledger is one undo step each; days off and the statute's rules are of the file."""

    # Reading

    def calendar(self) -> WorkCalendar:
        """The file's work calendar."""
        return calendar(self._file)

    def board(self) -> Board:
        """今日."""
        from db.reads.sheet import sheet
        from db.rules.board import board

        return board(sheet(self._file, self._open, self.today(), publications=False), self.calendar())

    def clocks(self) -> tuple[ClockRow, ...]:
        """All clocks of the ledger, closed ones too."""
        from db.reads.clocks import clocks

        return clocks(self._file, self._open, self.today())

    def open_clocks(self) -> int:
        """How many clocks are not closed."""
        from db.reads.clocks import open_clocks

        return open_clocks(self._file, self._open)

    def statute_rules(self) -> tuple[ClockRuleRow, ...]:
        """The clock rules of 政府信息公开条例, as the office may have corrected them."""
        from db.reads.clocks import statute_rules

        return statute_rules(self._file)

    def reports(self) -> tuple[ReportRow, ...]:
        """The notice's reports and those that the clerk added, each with its state."""
        from db.reads.reports import reports

        return reports(self._file, self._open, self.today())

    def day_rows(self, year: int) -> tuple[DayRow, ...]:
        """The days off and make-up workdays of a year, each with the notice that sets it."""
        from db.reads.office import day_rows

        return day_rows(self._file, year)

    def day_source(self, notice: str) -> str | None:
        """The text that the office pasted for a notice."""
        from db.reads.office import day_source

        return day_source(self._file, notice)

    def clock_due(self, rule: ClockRuleRow, start: date) -> date | None:
        """The due day that a clock by this rule would have."""
        from db.rules.clocks import due_of

        return due_of(rule, start, (), (), self.calendar())

    # Clocks

    def start_clock(self, rule: ClockRuleRow, subject: str, start: date, entry: int | None) -> int:
        """起计时. Returns the clock's id."""
        self.changing()
        from db.store.clocks import start_clock

        return start_clock(
            self._file,
            self._open,
            rule=rule,
            subject=subject,
            start=start,
            entry=entry,
            today=self.today(),
            at=self.now(),
        )

    def edit_clock(self, clock: int, subject: str, start: date, entry: int | None) -> None:
        """Change what a clock is about, its start day or its entry."""
        self.changing()
        from db.store.clocks import edit_clock

        edit_clock(
            self._file,
            self._open,
            clock,
            subject=subject,
            start=start,
            entry=entry,
            today=self.today(),
            at=self.now(),
        )

    def pause_clock(self, clock: int, on: date, anew: bool, reason: str) -> None:
        """Stop counting after that day; anew: afterwards the whole limit runs again."""
        self.changing()
        from db.store.clocks import pause_clock

        pause_clock(self._file, self._open, clock, on=on, anew=anew, reason=reason, today=self.today(), at=self.now())

    def resume_clock(self, clock: int, on: date) -> None:
        """Count again from the day after that day."""
        self.changing()
        from db.store.clocks import resume_clock

        resume_clock(self._file, self._open, clock, on=on, today=self.today(), at=self.now())

    def extend_clock(self, clock: int, days: int, reason: str, on: date) -> None:
        """Give a clock more days."""
        self.changing()
        from db.store.clocks import extend_clock

        extend_clock(self._file, self._open, clock, days=days, reason=reason, on=on, today=self.today(), at=self.now())

    def close_clock(self, clock: int, on: date, outcome: str | None) -> None:
        """End a clock."""
        self.changing()
        from db.store.clocks import close_clock

        close_clock(self._file, self._open, clock, on=on, outcome=outcome, today=self.today(), at=self.now())

    def reopen_clock(self, clock: int) -> None:
        """Let a closed clock run again."""
        self.changing()
        from db.store.clocks import reopen_clock

        reopen_clock(self._file, self._open, clock, at=self.now())

    def move_stage(self, clock: int, stage: Stage, on: date) -> None:
        """Bring an application to a later stage."""
        self.changing()
        from db.store.clocks import move_stage

        move_stage(self._file, self._open, clock, stage=stage, on=on, today=self.today(), at=self.now())

    def remove_clock(self, clock: int) -> None:
        """Take a clock out."""
        self.changing()
        from db.store.clocks import remove_clock

        remove_clock(self._file, self._open, clock, at=self.now())

    # Reports

    def hand_in(self, what: str, on: date, remark: str | None) -> None:
        """报送: a report was handed in."""
        self.changing()
        from db.store.reports import hand_in

        hand_in(self._file, self._open, what=what, on=on, remark=remark, today=self.today(), at=self.now())

    def take_back_report(self, what: str) -> None:
        """It was not handed in after all."""
        self.changing()
        from db.store.reports import take_back_report

        take_back_report(self._file, self._open, what=what, at=self.now())

    def add_report(self, what: str, to: str, due: date, reason: str, source: RuleSource) -> None:
        """Add a report that the notice does not ask for."""
        self.changing()
        from db.store.reports import add_report

        add_report(self._file, self._open, what=what, to=to, due=due, reason=reason, source=source, at=self.now())

    def edit_report(self, report: int, what: str, to: str, due: date, reason: str) -> None:
        """Change a report that was added."""
        self.changing()
        from db.store.reports import edit_report

        edit_report(self._file, self._open, report, what=what, to=to, due=due, reason=reason, at=self.now())

    def remove_report(self, report: int) -> None:
        """Take a report out that was added."""
        self.changing()
        from db.store.reports import remove_report

        remove_report(self._file, self._open, report, at=self.now())

    # Days off and the statute, of the file

    def read_days(self, text: str) -> DayOffDraft:
        """What a pasted notice, or a TOML list, says of days off; nothing is stored."""
        from db.intake.day_off_notice import read_day_off_notice
        from db.intake.day_off_toml import looks_like_toml, read_day_off_toml

        return read_day_off_toml(text) if looks_like_toml(text) else read_day_off_notice(text)

    def take_days(self, draft: DayOffDraft, text: str) -> None:
        """Put the days of a confirmed draft into the file, with the text that they come from."""
        self.changing()
        from db.store.days import take_days

        take_days(self._file, draft.rows, notice=draft.notice, text=text, at=self.now())

    def set_day(self, day: date, kind: DayOffKind, notice: str) -> None:
        """Make one day a day off or a workday by hand."""
        self.changing()
        from db.store.days import set_day

        set_day(self._file, day=day, kind=kind, notice=notice, at=self.now())

    def restore_day(self, day: date) -> None:
        """Give one day back to the schedule that ships with the program, or to its weekday."""
        self.changing()
        from db.store.days import restore_day

        restore_day(self._file, day=day, at=self.now())

    def remove_days(self, notice: str) -> None:
        """Take all days of a notice out that the office put in."""
        self.changing()
        from db.store.days import remove_days

        remove_days(self._file, notice=notice, at=self.now())

    def correct_rule(self, key: str, days: int, day_kind: DayKind, may_extend: int | None) -> None:
        """Correct a rule of the statute that ships with the program."""
        self.changing()
        from db.store.days import correct_rule

        correct_rule(self._file, key=key, days=days, day_kind=day_kind, may_extend=may_extend, at=self.now())
