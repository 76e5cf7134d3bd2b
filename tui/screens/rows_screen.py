"""What every view in lines shares: title, lines under a cursor, below or beside them the whole text of one line."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from db.errors import TaizhangError
from db.rules.rows import EntryRow
from tui.commands import Command
from tui.dialogs.line_list import Choice, LineList
from tui.screens.entry_work import EntryWork
from tui.screens.going import View
from tui.text import shown
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from tui.desk import Desk

BESIDE_FROM: Final = 110
"""Columns from which the text stands beside the lines."""
BELOW_FROM: Final = 16
"""Lines from which it stands below them; on a lower screen it is left out."""


class RowsScreen(View, EntryWork["str | None"]):
    """A subclass names its commands in KEYS (and in BINDINGS and COMMAND_GROUPS), reads in `read`, gives `choices`.

    After each change everything is read again and the cursor stays on the same thing, known by `key`; where that is
    gone, it stays on the line. Enter and a click on the line under the cursor do what the command with Enter does.
    """

    KEYS: ClassVar[tuple[Command, ...]] = ()
    AUTO_FOCUS = "LineList"

    def __init__(self, desk: Desk, at: Hashable | None = None) -> None:
        """at: the key of the line on which the cursor stands first."""
        super().__init__(desk)
        self._title = Static(classes="title")
        self._list = LineList()
        self._pane = ReadingPane()
        self._keys: list[Hashable] = []
        self._wanted = at

    # What a subclass gives

    def read(self) -> None:
        """Reads what is shown beside the entries. May raise TaizhangError; then what was shown stays."""

    def choices(self) -> Sequence[Choice]:
        """The lines, headings among them."""
        raise TypeError(f"{type(self).__name__} has no lines")

    def key(self, index: int) -> Hashable:
        """What the line at that index is about, the same after rereading."""
        raise TypeError(f"{type(self).__name__} does not know its lines")

    def blocks(self, index: int) -> Sequence[Block]:
        """The whole text of the line at that index."""
        raise TypeError(f"{type(self).__name__} has no text")

    def entry_at(self, index: int) -> int | None:
        """The entry that a command on the line acts upon."""
        return None

    def first(self) -> int:
        """The index of the line on which the cursor stands at first; asked after `choices`."""
        return 0

    def title_words(self) -> str:
        """The title; asked after each reading."""
        raise TypeError(f"{type(self).__name__} has no title")

    def empty_words(self) -> str:
        """What is said where there is no line: why, and which key makes one."""
        return "没有内容。"

    def above(self) -> ComposeResult:
        """Widgets between title and lines, such as a search box."""
        yield from ()

    # The screen

    def compose(self) -> ComposeResult:
        yield self._title
        yield from self.above()
        with Container(classes="rows"):
            yield self._list
            yield self._pane
        yield StatusLine()
        yield KeyLine(self.KEYS)
        yield TooSmall()

    def on_mount(self) -> None:
        super().on_mount()
        self.reread()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        beside = event.size.width >= BESIDE_FROM
        self.set_class(beside, "-beside")
        self.set_class(not beside and event.size.height < BELOW_FROM, "-low")

    def reread(self) -> None:
        try:
            self.read()
        except TaizhangError as error:
            self.complain(error)
            return
        super().reread()

    def show_entries(self) -> None:
        """The lines again, the cursor on the thing on which it stood."""
        before = self._wanted if self._wanted is not None else self.current_key
        self._wanted = None
        choices = self.choices()
        keys = [self.key(index) for index in range(len(choices))]
        stays = (self._list.cursor or 0) if self._keys else self.first()
        at = keys.index(before) if before is not None and before in keys else stays
        self._keys = keys
        self._title.update(shown(self.title_words()))
        self._list.fill(choices, at)
        self.set_class(self.current is None, "-empty")
        self._show_text()

    def show_text_of(self, index: int) -> Sequence[Block]:
        """`blocks`, unless reading them fails."""
        try:
            return self.blocks(index)
        except TaizhangError as error:
            return [Block(error.message), Block(error.hint)]

    @property
    def current(self) -> int | None:
        """The index of the line under the cursor, None where there is none."""
        at = self._list.cursor
        return at if at is not None and at < len(self._keys) else None

    @property
    def current_key(self) -> Hashable | None:
        """What the line under the cursor is about."""
        return self._keys[self.current] if self.current is not None else None

    def chosen(self) -> tuple[EntryRow, ...]:
        entry = self.entry(self.entry_at(self.current)) if self.current is not None else None
        return (entry,) if entry else ()

    def put_cursor_on(self, key: Hashable) -> None:
        """The cursor will stand there when the lines are shown next: on what was just added."""
        self._wanted = key

    def on_line_list_moved(self) -> None:
        self._show_text()

    async def on_line_list_taken(self) -> None:
        command = next((command for command in self.KEYS if "enter" in command.keys), None)
        # Two Enter in one burst must not open two windows.
        if command is not None and self.is_active:
            await self.run_action(f"screen.{command.name}")

    def _show_text(self) -> None:
        at = self.current
        self._pane.show(self.show_text_of(at) if at is not None else [Block(self.empty_words())])
