"""导出: where the ledger is written; the suffix decides the form."""

import os
from pathlib import Path
from typing import Final

from textual.app import ComposeResult
from textual.widgets import Input

from tui.dialogs.dialog import Dialog
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.prose import Prose
from tui.text import shown

FORMS: Final[dict[str, str]] = {
    ".xlsx": "电子表格",
    ".csv": "表格数据",
    ".md": "文字稿",
    ".json": "供程序读取",
}
_PATH_LIMIT: Final = 1000


class ExportDialog(Dialog[Path | None]):
    """suggested: the path that stands there at first; a name alone is put into its folder."""

    def __init__(self, suggested: Path) -> None:
        super().__init__(shown("导出台账"))
        self._suggested = suggested
        self._path = Field("文件（后缀决定格式）", str(suggested), limit=_PATH_LIMIT, id="path")

    def body(self) -> ComposeResult:
        yield Prose("　".join(f"{suffix} {words}" for suffix, words in FORMS.items()), classes="dialog--entries")
        yield self._path
        yield Prose(classes="export--there")

    def on_mount(self) -> None:
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._look()

    def answer(self) -> Path:
        target = self._target()
        try:
            self._refuse(target)
        except OSError as error:
            raise FieldProblem(self._path, f"这个位置不能用：{error.strerror or error}") from error
        return target

    def _target(self) -> Path:
        typed = self._path.needed("没有填文件名")
        if "\x00" in typed:
            raise FieldProblem(self._path, "文件名里有不能用的字符")
        return self._suggested.parent / os.path.expanduser(typed)

    def _refuse(self, target: Path) -> None:
        if target.is_dir():
            raise FieldProblem(self._path, f"「{target}」是文件夹，请写上文件名，例如 {target / self._suggested.name}")
        if target.suffix.lower() not in FORMS:
            raise FieldProblem(self._path, f"后缀「{target.suffix}」不是能写的格式", "能写：" + "、".join(FORMS))
        if not target.parent.is_dir():
            raise FieldProblem(self._path, f"没有文件夹「{target.parent}」")

    def _look(self) -> None:
        """Say what lies there already."""
        words = ""
        try:
            if (target := self._target()).is_file():
                words = f"那里已有这个文件：先改名为「{target.stem}.旧-年月日-时分秒{target.suffix}」保存，再写新的"
        except (FieldProblem, OSError):
            words = ""
        self.query_one(".export--there", Prose).write(words)
