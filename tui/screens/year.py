"""年度换算: a plan taken for another year. Every date that was shifted, those that wait for the clerk's word first."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType

from db.rules.rows import EntryRow, ReportRow
from db.rules.shift import waits
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.entries_named import number_words
from tui.dialogs.line_list import Choice
from tui.screens.entry_work import named
from tui.screens.rows_screen import RowsScreen
from tui.text import cut
from tui.view_commands import YEAR
from tui.widgets.reading_pane import Block
from tui.wording_shift import how_many_wait, report_shift_words, shift_words

_PHRASE_CELLS = 16
_Thing = EntryRow | ReportRow | None


class YearScreen(RowsScreen):
    """A line each shifted date rule; reports stand last and need no word of their own."""

    NAME = "year"
    KEYS: ClassVar[tuple[Command, ...]] = YEAR
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(YEAR))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("年度换算", YEAR),
        ("各个画面", EVERYWHERE),
    )

    _reports: tuple[ReportRow, ...] = ()
    _things: tuple[_Thing, ...] = ()
    """One for each line of the screen, None for a heading."""

    def read(self) -> None:
        self._reports = self.desk.reports()

    def title_words(self) -> str:
        ledger = self.desk.ledger
        years = f"{ledger.notice_year} 年的通知，按 {ledger.year} 年办理" if ledger else ""
        waiting = how_many_wait(self.entries)
        return f"年度换算  {years}  " + (f"待核对 {waiting} 项" if waiting else "没有待核对的")

    def empty_words(self) -> str:
        ledger = self.desk.ledger
        if ledger is None or ledger.year == ledger.notice_year:
            return "这本台账就是通知的年度，没有换算任何日期。"
        return "没有要换算的日期。"

    def choices(self) -> Sequence[Choice]:
        pairs = list(self._pairs())
        self._things = tuple(thing for thing, _ in pairs)
        return [choice for _, choice in pairs]

    def _pairs(self) -> Iterator[tuple[_Thing, Choice]]:
        shifted = [entry for entry in self.entries if entry.deadline.shift and entry.applicability != "not_ours"]
        reports = [report for report in self._reports if report.shift]
        waiting = [entry for entry in shifted if waits(entry)]
        others = [entry for entry in shifted if not waits(entry)]
        for name, entries in (("待核对", waiting), ("其余换算的", others)):
            if entries:
                yield None, Choice(f"{name}（{len(entries)}）", heading=True)
            for entry in entries:
                yield entry, _entry_choice(entry)
        if reports:
            yield None, Choice(f"报送（{len(reports)}，到「报送」画面办理）", heading=True)
        for report in reports:
            due = report.due.isoformat() if report.due else "没有这一天"
            yield report, Choice(report.what, due, look="" if report.due else "mark")

    def key(self, index: int) -> Hashable:
        thing = self._things[index]
        if thing is None:
            return None
        return ("entry", thing.id) if isinstance(thing, EntryRow) else ("report", thing.what)

    def entry_at(self, index: int) -> int | None:
        thing = self._things[index]
        return thing.id if isinstance(thing, EntryRow) else None

    def blocks(self, index: int) -> Sequence[Block]:
        thing = self._things[index]
        if isinstance(thing, EntryRow):
            return [*_entry_blocks(thing), Block(""), *self.blocks_of(thing)]
        if thing is None:
            return ()
        return [
            Block(report_shift_words(thing), look="heading"),
            Block(thing.what, "报送内容"),
            Block(thing.to, "报给"),
            Block(f"「{thing.quote}」", "原文"),
        ]

    def _entry(self) -> EntryRow | None:
        """The entry under the cursor, None after saying that a report is not confirmed here."""
        chosen = self.chosen()
        if not chosen and self.current is not None:
            self.say("报送的日期不在这里核对：按 5 到「报送」。")
        return chosen[0] if chosen else None

    def action_confirm(self) -> None:
        entry = self._entry()
        if entry is None or not self.writable():
            return
        if not waits(entry):
            self.say(f"{number_words(entry)}不用核对；要另定日期按 F6。")
        elif entry.deadline.due is None:
            self.say(f"{number_words(entry)}：通知写的这一天本年度没有，不能确认，请按 F6 另定日期。", alarm=True)
        else:
            self._confirm([entry])

    def action_confirm_all(self) -> None:
        if not self.writable():
            return
        waiting = [entry for entry in self.entries if waits(entry)]
        # A day that does not exist has no date that could be confirmed.
        dated = [entry for entry in waiting if entry.deadline.due is not None]
        if dated:
            self._confirm(dated, len(waiting) - len(dated))
        else:
            self.say("没有可以确认的日期。" + (f"{len(waiting)} 项没有这一天，请按 F6 另定。" if waiting else ""))

    def _confirm(self, entries: Sequence[EntryRow], left: int = 0) -> None:
        ids = [entry.id for entry in entries]
        rest = f"；还有 {left} 项没有这一天，请按 F6 另定" if left else ""
        words = f"已确认换算的日期：{named(entries)}{rest}。Ctrl+Z 撤销"
        self.change("confirm_shift", entries, lambda: self.desk.confirm_shift(ids), words)

    def action_adjust(self) -> None:
        if self._entry() is not None:
            super().action_adjust()


def _entry_choice(entry: EntryRow) -> Choice:
    deadline = entry.deadline
    due = f"{deadline.due.isoformat()}" if deadline.due else "没有这一天"
    # The whole phrase stands in the text beside; here the task must stay to be known.
    right = f"{cut(deadline.text or '', _PHRASE_CELLS)} → {due}"
    if deadline.adjusted is not None:
        right += f"，调整为 {deadline.adjusted.due.isoformat()}"
    if deadline.shift is not None and deadline.shift.confirmed:
        right += " 已核对"
    return Choice(f"{number_words(entry)}  {entry.requirement}", right, look="mark" if waits(entry) else "")


def _entry_blocks(entry: EntryRow) -> Iterator[Block]:
    if not waits(entry):
        yield Block(shift_words(entry.deadline), look="heading")
        return
    how = "按 Enter 确认，按 F6 另定日期。" if entry.deadline.due else "按 F6 另定日期。"
    yield Block(f"{shift_words(entry.deadline, hint='')}。{how}", look="mark")
