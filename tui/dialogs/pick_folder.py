"""选文件夹: the picker of files for a folder, such as the second place of the backups."""

from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from db.errors import InvalidInputError
from db.intake.folders import FolderLine
from tui.commands import Command, bindings
from tui.dialogs.dialog import CANCEL
from tui.dialogs.picker import PARENT, TAKE, PickerDialog
from tui.dialogs.prose import Prose
from tui.text import Shown

OPEN: Final = Command(TAKE.name, TAKE.keys, "打开", "打开光标所在的文件夹。", TAKE.shown_key, True)
USE: Final = Command("confirm", ("f2",), "用这个文件夹", "就用最上面写的这个文件夹。", "F2", True)
NONE: Final = Command("none", ("f8",), "不设", "不再用第二备份位置；已经存在那里的备份不动。", "F8", True)


class FolderPicker(PickerDialog):
    """The answer is one folder, () for none of them. said: what stands above; may_be_none: whether F8 takes none."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((USE, NONE))]

    def __init__(self, start: Path, title: Shown, said: str, *, may_be_none: bool) -> None:
        super().__init__(start, limit=0)
        self._title = title
        self._said = said
        self._may_be_none = may_be_none

    def commands(self) -> tuple[Command, ...]:
        return (OPEN, USE, *((NONE,) if self._may_be_none else ()), PARENT, CANCEL)

    def body(self) -> ComposeResult:
        yield Prose(self._said)
        yield from super().body()

    def _fits(self, line: FolderLine) -> bool:
        return line.is_folder

    def _size_words(self, line: FolderLine) -> str:
        return "文件"

    def _why_not(self, line: FolderLine) -> str:
        return "这里选的是文件夹，不是文件"

    def action_mark(self) -> None:
        self.action_take()

    def action_none(self) -> None:
        if self._may_be_none and not self._answered:
            self.close(())

    def action_take(self) -> None:
        line = self._under_cursor()
        if line is not None and not line.is_folder:
            self.say("这里选的是文件夹，不是文件")
        else:
            super().action_take()

    def answer(self) -> tuple[Path, ...]:
        if self._folder.refused:
            raise InvalidInputError(self._folder.refused)
        return (self._folder.path,)
