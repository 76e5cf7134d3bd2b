"""办理流水: what was done, when and by whom, of one entry or of the whole ledger."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from db.errors import TaizhangError
from db.rules.rows import EntryRow
from tui.commands import EVERYWHERE, READING, Command, bindings
from tui.desk import Desk
from tui.dialogs.entries_named import number_words
from tui.screens.history_words import history_blocks
from tui.text import shown
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine


class HistoryScreen(Screen[None]):
    """Newest first. entry None: the whole ledger."""

    DEFAULT_CSS = """
    HistoryScreen > .history--title {
        height: 1; padding: 0 1; background: $panel; color: $text-primary; text-style: bold;
    }
    HistoryScreen > StatusLine { dock: none; }
    HistoryScreen > KeyLine { dock: none; }
    """
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("办理流水", READING),
        ("各个画面", EVERYWHERE),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(READING)]

    def __init__(self, desk: Desk, entry: EntryRow | None) -> None:
        super().__init__()
        self._desk = desk
        self._entry = entry

    def compose(self) -> ComposeResult:
        of = number_words(self._entry) if self._entry else "全部事项"
        yield Static(shown(f"办理流水：{of}"), classes="history--title")
        yield ReadingPane(self._blocks())
        yield StatusLine()
        yield KeyLine(READING, more=False)

    def _blocks(self) -> tuple[Block, ...]:
        try:
            rows = self._desk.history(self._entry.id if self._entry else None)
            entries = self._desk.entries()
        except TaizhangError as error:
            return Block("没有读出办理流水。", look="heading"), Block(error.message), Block(error.hint)
        return tuple(history_blocks(rows, entries)) or (Block("还没有办理记录。"),)

    def action_back(self) -> None:
        self.dismiss(None)
