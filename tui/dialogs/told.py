"""Something that the clerk has to know before going on: what, why, what to do."""

from textual.app import ComposeResult

from db.errors import TaizhangError
from tui.commands import Command
from tui.dialogs.dialog import CONFIRM, Dialog
from tui.dialogs.prose import Prose
from tui.text import Shown, shown

SEEN = Command(CONFIRM.name, CONFIRM.keys, "知道了", "关上这个窗口。", CONFIRM.shown_key, True)


class ToldDialog(Dialog[None]):
    """Enter, F2 and Esc all close it."""

    def __init__(self, title: Shown, text: str) -> None:
        super().__init__(title)
        self._text = text

    def commands(self) -> tuple[Command, ...]:
        return (SEEN,)

    def body(self) -> ComposeResult:
        yield Prose(self._text)

    def answer(self) -> None:
        return None


def told_error(title: str, error: TaizhangError) -> ToldDialog:
    """What went wrong, and below it what to do."""
    return ToldDialog(shown(title), "\n\n".join(part for part in (error.message, error.hint) if part))
