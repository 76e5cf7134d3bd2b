"""导出: what goes in, which form, where it is written. The suffix decides the form, a chosen form sets the suffix."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from db.errors import UsageError
from tui.commands import Command
from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.preview import FORMS, PACKAGE, Preview, preview_lines
from tui.dialogs.prose import Prose
from tui.dialogs.typed_line import TypedLine
from tui.text import shown

_PATH_LIMIT: Final = 1000
_FORM_KEYS: Final = Command("next_form", ("right",), "换格式", "换一种格式，后缀跟着换。", "左右", True)


class ExportDialog(Dialog[Path | None]):
    """suggested: the path that stands there at first; a name alone is put into its folder.

    package: the name suggested for the 报送包. preview None: nothing is told of what goes in. last: where the clerk's
    last export went.
    """

    DEFAULT_CSS = """
    ExportDialog .export--preview { margin: 0 0 1 0; }
    ExportDialog .export--last { color: $text-muted; }
    ExportDialog.-small .export--preview { margin: 0; }
    ExportDialog.-small ChoiceField { margin: 0; }
    """
    AUTO_FOCUS = "ChoiceField"
    KEEPS_DRAFT = False

    def __init__(
        self, suggested: Path, preview: Preview | None = None, *, package: str = "", last: str | None = None
    ) -> None:
        super().__init__(shown("导出台账"))
        self._suggested = suggested
        self._names = {suffix: suggested.stem + suffix for suffix, _ in FORMS}
        self._names[PACKAGE] = package or self._names[PACKAGE]
        self._preview = preview
        self._last = last
        self._form = ChoiceField("格式（左右键选）", FORMS, suggested.suffix, id="form")
        self._path = Field("文件（后缀决定格式）", str(suggested), limit=_PATH_LIMIT, id="path")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, _FORM_KEYS, NEXT_FIELD, CANCEL)

    def body(self) -> ComposeResult:
        yield self._form
        yield Prose(classes="export--preview")
        yield self._path
        yield Prose(classes="export--there")
        if self._last:
            yield Prose(f"上次导出在：{self._last}", classes="export--last")

    def on_mount(self) -> None:
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._follow_suffix()
        self._look()

    def on_choice_field_chosen(self, event: ChoiceField.Chosen) -> None:
        event.stop()
        self._follow_form()
        self._look()

    def on_paste(self, event: events.Paste) -> None:
        # A path that is pasted or dragged here means the file, wherever the cursor is.
        if not isinstance(self.focused, TypedLine):
            self._path.line.focus()
            self._path.line.put("")
            self._path.line.take(event.text)
            event.stop()
            event.prevent_default()

    def action_next_form(self) -> None:
        self._form.focus()
        self._form.action_step(1)

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
        from db.export.form import check_suffix

        if target.is_dir():
            raise FieldProblem(self._path, f"「{target}」是文件夹，请写上文件名，例如 {target / self._suggested.name}")
        try:
            check_suffix(target)
        except UsageError as error:
            built = "、".join(suffix for suffix, _ in FORMS)
            raise FieldProblem(self._path, f"后缀「{target.suffix}」不是能写的格式", f"能写：{built}") from error
        if not target.parent.is_dir():
            raise FieldProblem(self._path, f"没有文件夹「{target.parent}」")

    # Form and suffix say the same

    def _follow_suffix(self) -> None:
        suffixes = [suffix for suffix, _ in FORMS]
        suffix = os.path.splitext(self._path.line.value.rstrip())[1].lower()
        if suffix in suffixes:
            self._form.choose(suffixes.index(suffix))

    def _follow_form(self) -> None:
        """The suffix of the form; a name that was suggested becomes the one suggested for the form."""
        wanted = self._form.value
        folder, name = os.path.split(self._path.line.value.rstrip())
        stem, suffix = os.path.splitext(name)
        if suffix.lower() == wanted:
            return
        if name in self._names.values():
            name = self._names[wanted]
        else:
            name = (stem if suffix.lower() in self._names else name) + wanted
        self._path.line.put(os.path.join(folder, name))

    def _look(self) -> None:
        """Say what goes in, and what lies there already."""
        lines = preview_lines(self._form.value, self._preview) if self._preview else ()
        self.query_one(".export--preview", Prose).write("\n".join(lines))
        words = ""
        try:
            if (target := self._target()).is_file():
                words = f"那里已有这个文件：先改名为「{target.stem}.旧-年月日-时分秒{target.suffix}」保存，再写新的"
        except (FieldProblem, OSError):
            words = ""
        self.query_one(".export--there", Prose).write(words)
        self.call_after_refresh(self._bound_body)
