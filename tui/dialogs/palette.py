"""命令面板: every command of the screen with its key, found by a few characters."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from db.errors import InvalidInputError
from tui.commands import Command
from tui.dialogs.dialog import Dialog
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.typed_line import TypedLine
from tui.text import cut, pad, shown

_LINES: Final = 14


class PaletteDialog(Dialog[Command | None]):
    """The clerk types, the list keeps what contains every word; the arrows move in the list meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    DEFAULT_CSS = """
    PaletteDialog LineList { height: auto; max-height: 14; min-height: 1; margin: 1 0 0 0; }
    PaletteDialog LineList > .line-list--cursor { background: $primary-muted; }
    PaletteDialog.-small LineList { height: 1fr; margin: 0; }
    PaletteDialog .dialog--body { height: auto; max-height: 100%; }
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__(shown("命令面板：输入几个字查找"))
        self._commands = tuple(commands)
        self._found = self._commands
        self._line = TypedLine()
        self._list = LineList(_choices(self._commands))

    def body(self) -> ComposeResult:
        yield self._line
        yield self._list

    def answer(self) -> Command:
        if self._list.cursor is None:
            raise InvalidInputError("没有含这些字的命令")
        return self._found[self._list.cursor]

    def _fit(self) -> None:
        super()._fit()
        # The box keeps its size however few commands are found: nothing below it appears and goes again.
        self._list.styles.height = None if self.has_class("-small") else min(len(self._commands), _LINES)

    def action_move(self, step: int) -> None:
        self._list.action_move(step)

    def action_page(self, direction: int) -> None:
        self._list.action_page(direction)

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_confirm()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.say("")
        self._found = matching(self._commands, event.value)
        self._list.fill(_choices(self._found))


def matching(commands: Sequence[Command], typed: str) -> tuple[Command, ...]:
    """The commands whose label, key or help contains every word typed; those with it in the label come first."""
    words = typed.casefold().split()
    found = [
        command
        for command in commands
        if all(word in f"{command.label} {command.shown_key} {command.help}".casefold() for word in words)
    ]
    return tuple(sorted(found, key=lambda command: not all(word in command.label.casefold() for word in words)))


def _choices(commands: Sequence[Command]) -> list[Choice]:
    return [Choice(f"{pad(command.label, 14)}{cut(command.help, 60)}", command.shown_key) for command in commands]
