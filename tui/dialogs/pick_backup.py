"""选备份: the picker of files for one backup, wherever it lies."""

from pathlib import Path
from typing import Final

from db.intake.folders import FolderLine
from tui.dialogs.pick_document import DocumentPicker
from tui.dialogs.picker import PickerDialog
from tui.text import cut, shown

_NAME_CELLS: Final = 24
_MOST_BYTES: Final = 1 << 62
"""A whole backup is as large as its evidence."""


class BackupPicker(DocumentPicker):
    """Any file that is not empty; whether it is a backup is told when it is opened."""

    def __init__(self, start: Path) -> None:
        PickerDialog.__init__(self, start, limit=_MOST_BYTES)
        self._title = shown("选备份文件：输入几个字筛选")

    def _fits(self, line: FolderLine) -> bool:
        return PickerDialog._fits(self, line)

    def _size_words(self, line: FolderLine) -> str:
        return PickerDialog._size_words(self, line) if line.fits else "不是文件"

    def _why_not(self, line: FolderLine) -> str:
        return f"「{cut(line.name, _NAME_CELLS)}」不是普通文件，或是空的"
