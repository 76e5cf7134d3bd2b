"""另存为: where a file that is attached, or what is typed, is written."""

import os
from pathlib import Path
from typing import Final

from textual.app import ComposeResult
from textual.widgets import Input

from tui.dialogs.dialog import Dialog
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.prose import Prose
from tui.text import Shown, one_line, shown

_PATH_LIMIT: Final = 4_000


class SaveCopyDialog(Dialog[Path | None]):
    """suggested: the path that stands there at first; a folder alone gets the name of that, a name alone its folder."""

    KEEPS_DRAFT = False

    def __init__(self, suggested: Path, *, title: Shown | None = None) -> None:
        super().__init__(title or shown("另存佐证"))
        self._suggested = suggested
        self._path = Field("另存为（写文件夹则用原来的文件名）", str(suggested), limit=_PATH_LIMIT, id="path")

    def body(self) -> ComposeResult:
        yield self._path
        yield Prose(classes="save--there")

    def on_mount(self) -> None:
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._look()

    def answer(self) -> Path:
        target = self._target()
        if not target.parent.is_dir():
            raise FieldProblem(self._path, f"没有文件夹「{one_line(str(target.parent))}」")
        return target

    def _target(self) -> Path:
        typed = self._path.needed("没有填文件名")
        if "\x00" in typed:
            raise FieldProblem(self._path, "文件名里有不能用的字符")
        target = self._suggested.parent / os.path.expanduser(typed)
        try:
            return target / self._suggested.name if target.is_dir() else target
        except OSError as error:
            raise FieldProblem(self._path, f"这个位置不能用：{error.strerror or error}") from error

    def _look(self) -> None:
        """Say what lies there already."""
        words = ""
        try:
            if (target := self._target()).is_file():
                words = f"那里已有「{one_line(target.name)}」：先改名为“名称.旧-年月日-时分秒”保存，再写新的"
        except (FieldProblem, OSError):
            words = ""
        self.query_one(".save--there", Prose).write(words)
