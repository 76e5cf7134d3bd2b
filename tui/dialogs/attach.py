"""附佐证: files by path, by dropping or from the picker, or a web address; caption and day of publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from db.errors import InvalidInputError
from db.intake.evidence_source import FileSource
from db.intake.folders import nearest_folder
from db.rules.limits import CAPTION_LIMIT
from db.rules.rows import EntryRow
from tui.commands import Command, bindings
from tui.dialogs.attach_typed import Look, Meant, is_larger, is_there, link_words, meant_by, meant_words, wrong_words
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entry_field import EntryField
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.path_field import PathField
from tui.text import Shown
from tui.wording_evidence import RAISE_LIMIT

ATTACH_THIS: Final = Command(CONFIRM.name, CONFIRM.keys, "附上", "附上写明的文件；空着则选文件。", "Enter", True)
PICK: Final = Command("pick", ("f4", "down"), "选文件", "从文件夹里选，可以选几个。", "下", True)
_HOW: Final = "可以粘贴、拖入几个文件，或写 http(s) 网址；空着按 Enter 选"
_FOR_ALL: Final = "说明（可以不填，几个文件共用）"


@dataclass(frozen=True, slots=True)
class AttachAnswer:
    """entry: the one that was typed, None where the dialog does not ask for it."""

    sources: tuple[FileSource, ...]
    addresses: tuple[str, ...]
    caption: str | None
    day: date | None
    entry: int | None = None


class AttachDialog(Dialog[AttachAnswer | None]):
    """look: what a path leads to. folder: where the clerk last was. limit: bytes of a file.

    entries: among them the clerk chooses by number, beginning with `entry`; without them it is known what for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((PICK,))]
    DEFAULT_CSS = "AttachDialog Field { margin: 0; } AttachDialog DateField { margin: 0; }"

    def __init__(
        self,
        title: Shown,
        *,
        look: Look,
        folder: str | None,
        limit: int,
        today: date,
        day: date | None = None,
        given: str = "",
        entries: Sequence[EntryRow] = (),
        entry: int | None = None,
    ) -> None:
        super().__init__(title)
        self._look_at = look
        self._limit = limit
        self._folder = nearest_folder(Path(folder) if folder else None)
        self._path = PathField("文件路径或网址", given, remark=_HOW, id="path")
        self._caption = Field(_FOR_ALL, limit=CAPTION_LIMIT, id="caption")
        self._day = DateField("公开日期（可以不填）", day, today, latest=today, may_be_blank=True, id="day")
        self._entry = EntryField("所属事项的编号", entries, entry, blank="填清单最左一栏的编号", id="entry")
        self._asks_entry = bool(entries)
        self._allowed: Meant | None = None

    def commands(self) -> tuple[Command, ...]:
        return (ATTACH_THIS, PICK, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield self._path
        yield self._caption
        yield self._day
        if self._asks_entry:
            yield self._entry

    def on_mount(self) -> None:
        super().on_mount()
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input is self._path.line:
            self._allowed = None
            self.say("")
            self._tell()

    def answer(self) -> AttachAnswer:
        meant = self._meant()
        if meant is None:
            raise FieldProblem(self._path, "没有写文件或网址")
        if meant.links and self._allowed != meant:
            self._allowed = meant
            raise FieldProblem(self._path, f"{link_words(meant)}。附的是它指向的文件；确实要附，再按一次")
        return AttachAnswer(
            meant.sources, meant.addresses, self._caption.text() or None, self._day.day(), self._entry_typed()
        )

    def action_confirm(self) -> None:
        if not self._path.line.value.strip() and not self._answered:
            self.action_pick()
        else:
            super().action_confirm()

    def action_pick(self) -> None:
        from tui.dialogs.picker import PickerDialog

        def picked(paths: tuple[Path, ...] | None) -> None:
            if paths:
                self._path.line.put_paths(paths)
                self._path.line.focus()

        self.app.push_screen(PickerDialog(self._start(), limit=self._limit), picked)

    def _start(self) -> Path:
        """Where the picker begins: at what is typed, else where the clerk last was."""
        given = self._path.meant
        if not isinstance(given, str):
            return given[0].parent
        typed = Path(given.strip() or self._folder)
        return nearest_folder(typed) if typed.is_absolute() else self._folder

    def _meant(self) -> Meant | None:
        try:
            return meant_by(self._path.meant, self._look, self._folder)
        except InvalidInputError as error:
            raise FieldProblem(self._path, error.message, error.hint) from error

    def _look(self, path: Path) -> FileSource:
        """As look; where the file is too large it says where that can be changed."""
        try:
            return self._look_at(path)
        except InvalidInputError as error:
            if not is_larger(path, self._limit):
                raise
            raise InvalidInputError(
                error.message, f"请先压缩或截取需要的部分；也可以关上这个窗口，{RAISE_LIMIT}。"
            ) from error

    def _entry_typed(self) -> int | None:
        if not self._asks_entry:
            return None
        entry = self._entry.entry_id()
        if entry is None:
            raise FieldProblem(self._entry, "没有填编号", "佐证要附在一个事项上")
        return entry

    def _tell(self) -> None:
        """What the line means, as soon as the files are there."""
        try:
            if not is_there(self._path.meant, self._folder):
                if words := wrong_words(self._path.meant, self._folder):
                    self._path.complain(words)
                else:
                    self._path.tell("")
                return
            meant = meant_by(self._path.meant, self._look, self._folder)
            self._path.tell(meant_words(meant) if meant else "")
        except InvalidInputError as error:
            self._path.complain(error.message + error.hint)
