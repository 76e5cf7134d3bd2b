"""选文件: folders and files, several marked with the space bar; what is typed filters."""

from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from db.errors import InvalidInputError
from db.intake.folders import Folder, FolderLine, list_folder, nearest_folder
from db.rules.order import folded, holds, words_of
from db.rules.sizes import size_words
from tui.commands import Command, bindings, space_bar
from tui.dialogs.dialog import CANCEL, Dialog
from tui.dialogs.foreign_path import typed_folder, typed_path_words
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.pick_line import SPACES, PickLine
from tui.dialogs.prose import Prose
from tui.text import cells, cut, one_line, pad_left, shown
from tui.wording import failure_words
from tui.wording_evidence import RAISE_LIMIT, many_words

TAKE: Final = Command("take", ("enter",), "打开或选定", "打开文件夹；在文件上则选定。", "Enter", True)
MARK: Final = Command("mark", space_bar(), "选中", "选中几个文件，再按 F2 一起选定。", "空格", True)
CHOOSE: Final = Command("confirm", ("f2",), "选定", "选定选中的文件。", "F2", True)
PARENT: Final = Command("parent", ("left", "backspace"), "上一级", "到上一级文件夹。", "左", True)
_UP: Final = "../"
_AROUND: Final = 6
_AROUND_SMALL: Final = 2
"""Lines of the window around its body. In that the list leaves room for what is said below it."""
_SIZE_FROM: Final = 30
_DAY_FROM: Final = 50
"""Columns of the screen from which size and day stand beside a name."""
_NAME_CELLS: Final = 12
_FOLDER_FROM: Final = 8
"""Lines of the screen from which the folder is named."""


class PickerDialog(Dialog[tuple[Path, ...] | None]):
    """Begins in `start`. limit: bytes above which a file cannot be chosen. The answer is one path or several.

    A folder is read in a thread: a share may take its time.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((MARK,)),
        Binding("left,backspace", "parent", show=False),
        Binding("enter", "take", show=False),
    ]
    DEFAULT_CSS = """
    PickerDialog > .dialog--box { width: 100; }
    PickerDialog LineList { height: 1fr; min-height: 1; }
    PickerDialog LineList > .line-list--cursor { background: $primary-muted; }
    PickerDialog .dialog--body { height: auto; }
    PickerDialog .picker--folder { color: $text-accent; height: 1; }
    """

    def __init__(self, start: Path, *, limit: int) -> None:
        super().__init__(shown("选文件：输入几个字筛选"))
        self._limit = limit
        self._wanted = start
        self._came_from: str | None = None
        self._folder = Folder(start, ())
        self._found: tuple[FolderLine, ...] = ()
        self._marked: dict[Path, FolderLine] = {}
        self._where = Prose(classes="picker--folder")
        self._line = PickLine(self.action_parent)
        self._list = LineList()
        self._count = Prose()

    def commands(self) -> tuple[Command, ...]:
        return (TAKE, MARK, CHOOSE, PARENT, CANCEL)

    def body(self) -> ComposeResult:
        yield self._where
        yield self._line
        yield self._list
        yield self._count

    def on_mount(self) -> None:
        super().on_mount()
        self._enter(self._wanted)

    def on_resize(self) -> None:
        super().on_resize()
        self._name_folder()
        self._fill(self._list.cursor or 0)

    def _fit(self) -> None:
        super()._fit()
        # As high as the window lets it: nothing moves when another folder has fewer files.
        height = self.app.size.height
        self._where.display = height >= _FOLDER_FROM
        around = _AROUND_SMALL if self.has_class("-small") else _AROUND
        self.query_one(".dialog--body").styles.height = max(height - around, 1)

    # A folder

    def _enter(self, folder: Path) -> None:
        self._wanted = folder
        self._found = ()
        self._line.value = ""
        self._list.fill(())
        self.say("")
        self._name_folder()
        self._count.write("正在读取…")
        self.run_worker(lambda: list_folder(folder), thread=True, exclusive=True, group="folder", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        result, error = event.worker.result, event.worker.error
        if event.state is WorkerState.SUCCESS and isinstance(result, Folder):
            self._listed(result)
        elif event.state is WorkerState.ERROR and error is not None:
            self._listed(Folder(self._wanted, (), failure_words(error)))

    def _listed(self, folder: Folder) -> None:
        self._folder = folder
        self._wanted = folder.path
        self._name_folder()
        self._fill()
        # Going up, the cursor stands on the folder that was left.
        came_from, self._came_from = self._came_from, None
        at = next((at for at, line in enumerate(self._found) if line.path.name == came_from), None)
        if at is not None:
            self._list.go(at + self._rows_above)

    @property
    def _rows_above(self) -> int:
        return 0 if self._line.value.strip() or self._folder.path == self._folder.path.parent else 1

    def _fill(self, cursor: int = 0) -> None:
        words = words_of(self._line.value)
        self._found = tuple(line for line in self._folder.lines if not words or holds(folded(line.name), words))
        above = [Choice(f"    {_UP}  上一级")] if self._rows_above else []
        # The first file or folder, not the way back: that has a key of its own.
        self._list.fill([*above, *map(self._choice, self._found)], cursor or (len(above) if self._found else 0))
        self._tell()

    def _choice(self, line: FolderLine) -> Choice:
        if line.is_folder:
            return Choice(f"    {one_line(line.name)}/")
        mark = "[x] " if line.path in self._marked else "[ ] "
        right = pad_left(self._size_words(line), 8)
        if self.app.size.width >= _DAY_FROM:
            right += f"  {line.modified:%Y-%m-%d}" if line.modified else " " * 12
        return Choice(
            f"{mark}{one_line(line.name)}",
            right if self.app.size.width >= _SIZE_FROM else "",
            look="" if self._fits(line) else "muted",
        )

    def _size_words(self, line: FolderLine) -> str:
        if not line.fits:
            return "不能附"
        return "超过上限" if line.size > self._limit else size_words(line.size)

    def _fits(self, line: FolderLine) -> bool:
        return line.fits and line.size <= self._limit

    def _tell(self) -> None:
        if words := typed_path_words(self._line.value):
            self._count.write(words)
            return
        if self._marked:
            sizes = [line.size for line in self._marked.values()]
            self._count.write(f"已选 {many_words(sizes)}，F2 选定")
            return
        if self._folder.refused:
            self._count.write(f"注意：{self._folder.refused}")
            return
        files = sum(1 for line in self._found if not line.is_folder)
        more = "（太多了，没有全部列出，请输入几个字或换文件夹）" if self._folder.more else ""
        none = "没有含这些字的文件" if self._line.value.strip() else "这里没有文件"
        self._count.write(f"{files} 个文件{more}" if self._found else none)

    def _name_folder(self) -> None:
        room = max(self._where.size.width or self.app.size.width - 6, 4)
        self._where.write(_end_of(str(self._wanted), room))

    def say(self, text: str) -> None:
        """In the line below the list: the window is as high as the screen and has no other one to spare."""
        self._count.set_class(bool(text), "dialog--error")
        if text:
            self._count.write(text)
        else:
            self._tell()

    # Keys

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.say("")
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        # Enter on a folder opens it and confirms nothing, whatever is marked.
        event.prevent_default()
        self.action_take()

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_take()

    def on_key(self, event: events.Key) -> None:
        if event.character in SPACES:
            # Not for the line, to which every other sign goes.
            event.prevent_default()

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def action_page(self, direction: int) -> None:
        self._list.action_page(direction)

    def action_parent(self) -> None:
        folder = self._folder.path
        if folder != folder.parent:
            self._came_from = folder.name
            self._enter(folder.parent)

    def action_take(self) -> None:
        """Open the folder under the cursor, or the one that is typed; on a file choose."""
        if (typed := typed_folder(self._line.value)) is not None:
            self._enter(nearest_folder(typed))
            return
        line = self._under_cursor()
        if typed_path_words(self._line.value):
            # Another machine's: it is said already.
            self._tell()
        elif line is not None and line.is_folder:
            self._enter(line.path)
        elif line is None and self._list.cursor is not None:
            self.action_parent()
        else:
            self.action_confirm()

    def action_mark(self) -> None:
        line = self._under_cursor()
        if line is None or line.is_folder:
            self.say("文件夹不能选中，Enter 打开它")
        elif line.path in self._marked:
            del self._marked[line.path]
            self._marked_changed()
        elif self._may_choose(line):
            self._marked[line.path] = line
            self._marked_changed()

    def _marked_changed(self) -> None:
        self.say("")
        cursor = self._list.cursor or 0
        self._fill(cursor)
        self._list.action_move(1)

    def _may_choose(self, line: FolderLine) -> bool:
        if not self._fits(line):
            self.say(f"注意：{self._why_not(line)}")
        return self._fits(line)

    def _why_not(self, line: FolderLine) -> str:
        if line.fits:
            return f"「{cut(line.name, _NAME_CELLS)}」超过 {size_words(self._limit)} 的上限；{RAISE_LIMIT}"
        return f"「{one_line(line.name)}」不是普通文件，或是空的"

    def answer(self) -> tuple[Path, ...]:
        if self._marked:
            return tuple(self._marked)
        line = self._under_cursor()
        if line is None or line.is_folder:
            raise InvalidInputError("没有选中文件", "空格选中，或把光标移到文件上")
        if not self._fits(line):
            raise InvalidInputError(self._why_not(line))
        return (line.path,)

    def _under_cursor(self) -> FolderLine | None:
        at = self._list.cursor
        if at is None or at < self._rows_above:
            return None
        return self._found[at - self._rows_above]

    def save_draft_now(self) -> bool:
        """What is typed here only filters."""
        return True


def _end_of(path: str, room: int) -> str:
    """The end of a path that is too long for the line: where the clerk is, not where the disk begins."""
    plain = one_line(path)
    if cells(plain) <= room:
        return plain
    while plain and cells(plain) > room - 1:
        plain = plain[max(1, (len(plain) - room) // 2) :] if len(plain) > 2 * room else plain[1:]
    return f"…{plain}"
