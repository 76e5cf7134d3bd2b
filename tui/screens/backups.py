"""备份: what the file is, its full check and second place, every backup with what restoring it would change."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType
from textual.timer import Timer

from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.line_list import Choice
from tui.screens.backup_blocks import (
    CHECK,
    FILE,
    SECOND,
    Kept,
    backup_blocks,
    check_blocks,
    choices_of,
    file_blocks,
    second_blocks,
)
from tui.screens.backup_work import BackupWork
from tui.screens.rows_screen import RowsScreen
from tui.view_commands import BACKUPS
from tui.widgets.reading_pane import Block

if TYPE_CHECKING:
    from db.care.comparing import Changes
    from db.care.finding import Backup

LOOK_AFTER: Final = 0.2
"""Seconds that the cursor rests on a backup before it is opened and compared."""


class BackupsScreen(RowsScreen, BackupWork):
    """It is about the whole file, and stands without an open ledger too. What takes long is read in threads."""

    NAME = "backups"
    KEYS: ClassVar[tuple[Command, ...]] = BACKUPS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(BACKUPS))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("备份", BACKUPS),
        ("各个画面", EVERYWHERE),
    )

    _kept = Kept()
    _lines: tuple[Backup | str | None, ...] = ()
    """One for each line of the screen, None for a heading."""
    _looked: dict[Path, tuple[Backup, Changes | None]] | None = None
    _looking: Timer | None = None

    # Reading

    def reread(self) -> None:
        """Reads everything again in a thread: the second place may be a share that takes its time."""
        if not self._kept.is_read:
            self.show_entries()
        self.in_thread("backups", self._read_all, self._all_read)

    def _read_all(self) -> Kept:
        stamp, at = self.desk.head_words()
        return Kept(
            backups=self.desk.backups(),
            second=self.desk.second_place(),
            stamp=stamp,
            at=at,
            checked_at=self.desk.checked_at(),
            checkup=self.desk.checkup,
            troubles=self.desk.troubles,
            path=self.desk.path,
            read_only=self.desk.read_only_reason,
            is_read=True,
        )

    def _all_read(self, kept: Kept) -> None:
        self._kept = kept
        self._looked = {}
        self.show_entries()

    # What is shown

    def choices(self) -> Sequence[Choice]:
        self._lines, choices = choices_of(self._kept)
        return choices

    def key(self, index: int) -> Hashable:
        line = self._lines[index]
        return line if line is None or isinstance(line, str) else line.path

    def first(self) -> int:
        """The newest backup, else the first line."""
        return next((at for at, line in enumerate(self._lines) if self.backup_of(line)), 0)

    def title_words(self) -> str:
        count = len(self._kept.backups)
        trouble = "，最近一次没有存全" if self._kept.troubles else ""
        return f"备份  {count} 份{trouble}" if self._kept.is_read else "备份  正在查找…"

    def empty_words(self) -> str:
        return "正在查找备份…"

    def blocks(self, index: int) -> Sequence[Block]:
        line = self._lines[index]
        if line == FILE:
            return file_blocks(self._kept)
        if line == CHECK:
            return check_blocks(self._kept)
        if line == SECOND:
            return second_blocks(self._kept)
        backup = self.backup_of(line)
        return backup_blocks(backup, self._found(backup)) if backup else ()

    @staticmethod
    def backup_of(line: Backup | str | None) -> Backup | None:
        return None if line is None or isinstance(line, str) else line

    @property
    def line(self) -> Backup | str | None:
        """What the line under the cursor is about."""
        return self._lines[self.current] if self.current is not None else None

    # What a backup holds, and what restoring it would change: looked into when the cursor rests on it

    def _found(self, backup: Backup) -> tuple[Backup, Changes | None] | None:
        return (self._looked or {}).get(backup.path)

    def on_line_list_moved(self) -> None:
        super().on_line_list_moved()
        self._look_soon()

    def show_entries(self) -> None:
        super().show_entries()
        self._look_soon()

    def _look_soon(self) -> None:
        if self._looking is not None:
            self._looking.stop()
        backup = self.backup_of(self.line)
        if backup is not None and self._found(backup) is None:
            self._looking = self.set_timer(LOOK_AFTER, lambda: self._look(backup))

    def _look(self, backup: Backup) -> None:
        self.in_thread("look", lambda: self.desk.looked_into(backup), lambda found: self._looked_into(backup, found))

    def _looked_into(self, backup: Backup, found: tuple[Backup, Changes | None]) -> None:
        if self._looked is not None:
            self._looked[backup.path] = found
        if self.backup_of(self.line) is backup:
            self._show_text()

    # Keys

    def action_open(self) -> None:
        line = self.line
        backup = self.backup_of(line)
        if backup is not None:
            self.ask_restore(backup, self._found(backup))
        elif line == SECOND:
            self.action_second_place()
        elif line == CHECK:
            self.action_check_now()
        elif line == FILE:
            self.action_back_up()
