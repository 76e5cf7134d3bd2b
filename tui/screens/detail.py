"""明细: everything about one entry over the whole screen, and the next and the one before."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from db.rules.rows import EntryRow
from tui.commands import DETAIL, EVERYWHERE, Command, bindings
from tui.desk import Desk
from tui.screens.counting_work import CountingWork
from tui.screens.evidence_work import TakesDrops
from tui.text import shown
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall


class DetailScreen(CountingWork[int | None], TakesDrops[int | None]):
    """ids: the entries of the list, in its order. The result is the entry that was looked at last."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(DETAIL))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("明细", DETAIL),
        ("各个画面", EVERYWHERE),
    )
    AUTO_FOCUS = "ReadingPane"

    def __init__(self, desk: Desk, ids: Sequence[int], entry_id: int) -> None:
        super().__init__(desk)
        self._ids = list(ids)
        self._at = self._ids.index(entry_id)
        self._pane = ReadingPane()
        self._title = Static(classes="title")

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._pane
        yield StatusLine()
        yield KeyLine(DETAIL)
        yield TooSmall()

    def on_mount(self) -> None:
        super().on_mount()
        self.reread()

    def chosen(self) -> tuple[EntryRow, ...]:
        entry = self.entry(self._ids[self._at])
        return (entry,) if entry else ()

    def show_entries(self) -> None:
        self._show(keep_place=True)

    def _show(self, *, keep_place: bool) -> None:
        entry = self.entry(self._ids[self._at])
        self._title.update(shown(f"明细  第 {self._at + 1} / {len(self._ids)} 条"))
        gone = "这一条已被删除。Ctrl+Z 撤销，Esc 返回。" if self.entries else "没有读出这一条，Esc 返回。"
        blocks = self.blocks_of(entry) if entry else [Block(gone)]
        self._pane.show(blocks, keep_place=keep_place)

    def action_next_entry(self) -> None:
        self._go(1)

    def action_previous_entry(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        at = self._at + step
        if not 0 <= at < len(self._ids):
            self.say("已到最后一条。" if step > 0 else "已到第一条。")
            return
        self._at = at
        self.say("")
        self._show(keep_place=False)

    def action_back(self) -> None:
        self.dismiss(self._ids[self._at])
