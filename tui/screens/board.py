"""今日: what the clerk opens in the morning. What is late, what is due, what is short, what runs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.rules.rows import ClockRow, EntryRow
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.line_list import Choice, LineLook
from tui.screens.rows_screen import RowsScreen
from tui.view_commands import BOARD
from tui.widgets.reading_pane import Block
from tui.wording import clock_words, day_words
from tui.wording_board import NOTHING, Subjects, group_words, line_words, rule_words, state_words, subjects
from tui.wording_counted import quota_period_words

if TYPE_CHECKING:
    from db.rules.board import Board, BoardLine


class BoardScreen(RowsScreen):
    """The groups of the board with their lines. Enter opens what the line is about."""

    NAME = "board"
    KEYS: ClassVar[tuple[Command, ...]] = BOARD
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(BOARD))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (("今日", BOARD), ("各个画面", EVERYWHERE))

    _board: Board | None = None
    _clocks: tuple[ClockRow, ...] = ()
    _about: Subjects = Subjects()
    _lines: tuple[BoardLine | None, ...] = ()
    """One for each line of the screen, None for a heading."""

    def read(self) -> None:
        self._clocks = self.desk.clocks()
        self._board = self.desk.board()

    def title_words(self) -> str:
        unit = f"  {self.desk.ledger.unit}" if self.desk.ledger else ""
        return f"今日  {self.today.isoformat()}{unit}"

    def empty_words(self) -> str:
        return NOTHING

    def choices(self) -> Sequence[Choice]:
        pairs = list(self._pairs())
        self._lines = tuple(line for line, _ in pairs)
        return [choice for _, choice in pairs]

    def _pairs(self) -> Iterator[tuple[BoardLine | None, Choice]]:
        if self._board is None:
            return
        self._about = about = subjects(self.entries, self._clocks)
        for name, lines in group_words(self._board):
            yield None, Choice(name, heading=True)
            for line in lines:
                yield line, Choice(line_words(line, about), state_words(line, about), look=_look(line))

    def key(self, index: int) -> Hashable:
        line = self._lines[index]
        if line is None:
            return None
        period = (line.quota.period, line.quota.period_start) if line.quota else None
        return line.kind, line.entry, line.clock, line.text, period, bool(line.missed)

    def entry_at(self, index: int) -> int | None:
        line = self._lines[index]
        return line.entry if line else None

    def blocks(self, index: int) -> Sequence[Block]:
        line = self._lines[index]
        if line is None:
            return ()
        # An entry's lines say first why they stand here, then everything about it.
        blocks = list(_line_blocks(line, self._about))
        entry = self.entry(line.entry)
        if line.kind in ("clock", "report") or entry is None:
            return [*blocks, *self._more(line)]
        return [*blocks, Block(""), *self.blocks_of(entry)]

    def _more(self, line: BoardLine) -> Iterator[Block]:
        if line.kind == "report":
            for report in (report for report in self.desk.reports() if report.what == line.text):
                yield Block(report.to, "报给")
                yield Block("、".join(report.attachments) or "无", "附件")
                yield Block(f"「{report.quote}」", "原文")
        if line.kind == "clock":
            for clock in (clock for clock in self._clocks if clock.id == line.clock):
                yield Block(clock_words(clock.rule), "计时规则")
                yield Block(clock.start.isoformat(), "起算")
                yield Block(f"「{clock.rule.quote}」", "原文")

    def action_open(self) -> None:
        line = self._lines[self.current] if self.current is not None else None
        if line is None:
            return
        if line.kind == "clock":
            from tui.screens.clocks import ClocksScreen

            self.app.push_screen(ClocksScreen(self.desk, line.clock), self.came_back)
        elif line.kind == "report":
            from tui.screens.reports import ReportsScreen

            self.app.push_screen(ReportsScreen(self.desk, line.text), self.came_back)
        elif line.entry is None:
            from tui.screens.quotas import QuotasScreen, quota_key

            at = quota_key(None, line.quota) if line.quota else None
            self.app.push_screen(QuotasScreen(self.desk, at), self.came_back)
        else:
            self._open_entry(line.entry)

    def _open_entry(self, entry_id: int) -> None:
        from tui.screens.detail import DetailScreen

        ids = list(dict.fromkeys(line.entry for line in self._lines if line and line.entry and line.kind != "clock"))
        entries: list[EntryRow] = [entry for entry in map(self.entry, ids) if entry]
        self.app.push_screen(
            DetailScreen(self.desk, [entry.id for entry in entries], entry_id), lambda _: self.reread()
        )


def _line_blocks(line: BoardLine, about: Subjects) -> Iterator[Block]:
    look = _look(line)
    words = "  ".join(part for part in (rule_words(line), state_words(line, about)) if part)
    yield Block(words, look="alarm" if look == "alarm" else "mark" if look == "mark" else "heading")
    if line.due is not None and not line.missed:
        yield Block(day_words(line.due), "到期")
    if line.quota is not None:
        yield Block(quota_period_words(line.quota), "期间")
    if line.number is None:
        yield Block(line.text)


def _look(line: BoardLine) -> LineLook:
    if line.group == "overdue":
        return "alarm"
    return "mark" if line.group == "due_today" else ""
