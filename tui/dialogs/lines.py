"""Some lines of which one is taken, or acted upon: the answer says what is to be done with which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.commands import Command, bindings
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.prose import Prose
from tui.text import Shown

ADD = Command("add", ("insert", "f7"), "增加", "增加一行。", "Ins", True)
DROP = Command("drop", ("delete", "f8"), "去掉", "去掉光标所在的一行。", "Del", True)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line, and what is said below the list while the cursor stands on it."""

    choice: Choice
    about: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """command: confirm, or the name of another command of the dialog; index: of the line, -1 where there is none."""

    command: str
    index: int


class LinesDialog(Dialog[Taken | None]):
    """does: what can be done with a line beside taking it. cursor: the line on which it begins."""

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    LinesDialog > .dialog--box { width: 96; }
    LinesDialog LineList { height: auto; min-height: 1; max-height: 14; }
    LinesDialog .lines--above { margin: 0 0 1 0; }
    LinesDialog .lines--about { margin: 1 0 0 0; color: $text-muted; max-height: 8; }
    LinesDialog.-small .lines--above { margin: 0; max-height: 1; }
    LinesDialog.-small .lines--about { margin: 0; max-height: 1; }
    LinesDialog.-small LineList { max-height: 100%; }
    """
    AUTO_FOCUS = "LineList"

    def __init__(
        self,
        title: Shown,
        lines: Sequence[Listed],
        *,
        above: str = "",
        confirm: Command = CONFIRM,
        cursor: int = 0,
    ) -> None:
        super().__init__(title)
        self._lines = tuple(lines)
        self._above = above
        self._confirm = confirm
        self._list = LineList([line.choice for line in lines], cursor=cursor)
        self._about = Prose(classes="lines--about")

    def acts(self) -> tuple[Command, ...]:
        """What can be done beside taking a line; a subclass binds the keys."""
        return ()

    def commands(self) -> tuple[Command, ...]:
        return (self._confirm, *self.acts(), CANCEL)

    def body(self) -> ComposeResult:
        if self._above:
            yield Prose(self._above, classes="lines--above")
        yield self._list
        yield self._about

    def on_mount(self) -> None:
        super().on_mount()
        self._tell()

    def answer(self) -> Taken | None:
        at = self._list.cursor
        return Taken("confirm", at) if at is not None else None

    def take(self, command: str) -> None:
        """Leave to do that with the line under the cursor."""
        at = self._list.cursor
        if not self._answered:
            self.close(Taken(command, -1 if at is None else at))

    def on_line_list_taken(self) -> None:
        self.action_confirm()

    def on_line_list_moved(self) -> None:
        self._tell()

    def _tell(self) -> None:
        at = self._list.cursor
        self._about.write(self._lines[at].about if at is not None else "")
        self.call_after_refresh(self._bound_body)


class DroppableLines(LinesDialog):
    """Lines that can be taken out."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings((DROP,)))

    def acts(self) -> tuple[Command, ...]:
        return (DROP,)

    def action_drop(self) -> None:
        if self._list.cursor is not None:
            self.take("drop")


class EditableLines(DroppableLines):
    """Lines that can be taken out and added."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings((ADD,)))

    def acts(self) -> tuple[Command, ...]:
        return (ADD, DROP)

    def action_add(self) -> None:
        self.take("add")
