"""A question whose yes puts another file in the ledger's place: what changes, in full, and no yes by a second Enter."""

from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tui.commands import Command
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import CANCEL, CONFIRM
from tui.text import Shown

YES: Final = Command(CONFIRM.name, ("f2",), "恢复", "照上面列出的恢复。", "F2", True)
USE: Final = Command(CONFIRM.name, ("f2",), "用它代替", "用抢救出来的文件代替打不开的。", "F2", True)
UP_DOWN: Final = Command("scroll", ("down", "up"), "翻看", "上下翻看全部内容。", "上下", True)


class RestoreDialog(ConfirmDialog):
    """True when confirmed by F2. The text scrolls with the arrows where it does not fit."""

    DEFAULT_CSS = "RestoreDialog > .dialog--box { width: 90; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        # The Enter that opened this window must not confirm it too.
        Binding("enter", "enter", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
    ]

    def __init__(self, title: Shown, text: str, yes: Command = YES) -> None:
        super().__init__(title, text)
        self._yes = yes

    def commands(self) -> tuple[Command, ...]:
        return (self._yes, UP_DOWN, CANCEL)

    def action_enter(self) -> None:
        self.say(f"按 {self._yes.shown_key} {self._yes.label}，Esc 取消。")

    def action_scroll(self, lines: int = 1) -> None:
        body = self.query_one(".dialog--body", VerticalScroll)
        body.scroll_to(y=body.scroll_offset.y + lines, animate=False)
