"""帮助: every key of the screen the clerk came from, out of the same declaration as the keys themselves."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from tui.commands import READING, Command, bindings
from tui.text import cells, pad, shown
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine

_LEAST_KEYS = 8


class HelpScreen(Screen[None]):
    """groups: a heading and its commands, in the order in which they are read."""

    DEFAULT_CSS = """
    HelpScreen > .help--title { height: 1; padding: 0 1; background: $panel; color: $text-primary; text-style: bold; }
    HelpScreen > StatusLine { dock: none; }
    HelpScreen > KeyLine { dock: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(READING)]

    def __init__(self, groups: Sequence[tuple[str, Sequence[Command]]]) -> None:
        super().__init__()
        self._groups = tuple(groups)

    def compose(self) -> ComposeResult:
        yield Static(shown("帮助"), classes="help--title")
        yield ReadingPane(tuple(help_blocks(self._groups)))
        yield StatusLine()
        yield KeyLine(READING, more=False)

    def action_back(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        """F1 again closes the help."""
        self.dismiss(None)


def help_blocks(groups: Sequence[tuple[str, Sequence[Command]]]) -> Iterator[Block]:
    """A heading for each group, then key, name and sentence of each command."""
    width = max([_LEAST_KEYS, *(cells(command.shown_key) for _, commands in groups for command in commands)])
    for index, (heading, commands) in enumerate(groups):
        if index:
            yield Block("")
        yield Block(heading, look="heading")
        for command in commands:
            letters = "、".join(key for key in command.keys if len(key) == 1)
            label = f"{command.label}（{letters}）" if letters else command.label
            yield Block(f"{label}：{command.help}", label=pad(command.shown_key, width))
    yield Block("")
    yield Block("括号里的字母键在中文输入法打开时不起作用，左边的键都能用。底行的按键也可以用鼠标点。", look="muted")
