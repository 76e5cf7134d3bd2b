"""改记事: the notes of one entry, to be changed or taken out."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from db.rules.rows import EntryRow, NoteRow
from tui.commands import EVERYWHERE, NOTE_LIST, Command, bindings
from tui.desk import Desk
from tui.dialogs.entries_named import number_words
from tui.dialogs.line_list import Choice, LineList
from tui.screens.entry_work import EntryWork
from tui.text import one_line, shown
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall
from tui.wording import moment_words


class NotesScreen(EntryWork[None]):
    """A line for each note, oldest first; below it the whole text of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NOTE_LIST))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("改记事", NOTE_LIST),
        ("各个画面", EVERYWHERE),
    )
    AUTO_FOCUS = "LineList"

    def __init__(self, desk: Desk, entry_id: int) -> None:
        super().__init__(desk)
        self._entry_id = entry_id
        self._title = Static(classes="title")
        self._list = LineList()
        self._pane = ReadingPane()

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._list
        yield self._pane
        yield StatusLine()
        yield KeyLine(NOTE_LIST)
        yield TooSmall()

    def on_mount(self) -> None:
        super().on_mount()
        self.reread()

    def chosen(self) -> tuple[EntryRow, ...]:
        entry = self.entry(self._entry_id)
        return (entry,) if entry else ()

    @property
    def notes(self) -> tuple[NoteRow, ...]:
        """The notes as they were last read, oldest first."""
        entries = self.chosen()
        return entries[0].notes if entries else ()

    def show_entries(self) -> None:
        entries = self.chosen()
        name = number_words(entries[0]) if entries else ""
        self._title.update(shown(f"改记事：{name}（{len(self.notes)} 条）"))
        self._list.fill([_choice(note) for note in self.notes])
        self._show_text()

    def on_line_list_moved(self) -> None:
        self._show_text()

    def on_line_list_taken(self) -> None:
        # Two Enter in one burst must not open two editors of one note.
        if self.is_active:
            self.action_edit()

    def _current(self) -> NoteRow | None:
        at = self._list.cursor
        return self.notes[at] if at is not None and at < len(self.notes) else None

    def _show_text(self) -> None:
        note = self._current()
        self._pane.show([Block(note.text)] if note else [Block("没有记事了，按 Esc 返回。", look="muted")])

    def action_edit(self) -> None:
        note, entries = self._current(), self.chosen()
        if note is None or not entries or not self.writable():
            return
        from tui.screens.note import NoteScreen

        def written(saved: bool | None) -> None:
            self.reread()
            if saved:
                self.say_saved("记事已修改。Ctrl+Z 撤销")

        self.app.push_screen(NoteScreen(self.desk, entries[0], note), written)

    def action_add(self) -> None:
        self.action_note()

    def action_remove(self) -> None:
        note, entries = self._current(), self.chosen()
        if note is None or not self.writable():
            return
        from tui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.change("remove_note", entries, lambda: self.desk.remove_note(note.id), "记事已删除。Ctrl+Z 撤销")

        self.app.push_screen(ConfirmDialog(shown("删除这条记事"), f"{note.text}\n\n将被删除，可以撤销。"), answered)


def _choice(note: NoteRow) -> Choice:
    officer = f"  {note.officer}" if note.officer else ""
    return Choice(one_line(note.text), f"{moment_words(note.at)}{officer}")
