"""选通知文件: the picker of files for one document of a kind that can be read."""

import os
from pathlib import Path
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from db.intake.folders import FolderLine
from db.rules.typed_paths import PathText, meant
from tui.commands import Command
from tui.dialogs.dialog import CANCEL
from tui.dialogs.path_field import looks_like_a_path
from tui.dialogs.picker import CHOOSE, PARENT, TAKE, PickerDialog
from tui.text import cut

FITTING: Final = (".docx", ".xlsx", ".xls", ".html", ".htm", ".pdf", ".txt", ".md", ".toml")
ASKED: Final = (".doc", ".wps", ".et", ".ofd", ".rtf", ".odt", ".ods")
"""Not read, but answered: the reader says how to save them so that they are."""
MOST_BYTES: Final = 20 << 20
_NAME_CELLS: Final = 24


class DocumentPicker(PickerDialog):
    """Only what may be a notice can be chosen, one at a time. A whole path may be typed or pasted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "confirm", show=False)]

    def __init__(self, start: Path) -> None:
        super().__init__(start, limit=MOST_BYTES)

    def commands(self) -> tuple[Command, ...]:
        return (TAKE, CHOOSE, PARENT, CANCEL)

    def _fits(self, line: FolderLine) -> bool:
        return super()._fits(line) and line.path.suffix.lower() in FITTING + ASKED

    def _size_words(self, line: FolderLine) -> str:
        if line.fits and line.path.suffix.lower() not in FITTING + ASKED:
            return "不是通知"
        return super()._size_words(line)

    def _why_not(self, line: FolderLine) -> str:
        name = cut(line.name, _NAME_CELLS)
        if line.fits and line.size > MOST_BYTES:
            return f"「{name}」超过 20 MB。请另存一份只有正文和任务分解表的"
        if line.fits and line.path.suffix.lower() not in FITTING:
            return f"「{name}」不是能读的格式：{' '.join(FITTING)}"
        return super()._why_not(line)

    def action_mark(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        typed = self._typed_file()
        if typed is None:
            super().action_take()
        elif not self._answered:
            self.close((typed,))

    def _typed_file(self) -> Path | None:
        """The one file whose path is typed, or was dropped on the window, perhaps in quotes."""
        text = self._line.value
        if not looks_like_a_path(text):
            return None
        found = meant(text, lambda path: os.path.isfile(os.path.expanduser(path)))
        paths = [Path(os.path.expanduser(one.text)) for one in found if isinstance(one, PathText)]
        return paths[0] if len(paths) == 1 and os.path.isfile(paths[0]) else None
