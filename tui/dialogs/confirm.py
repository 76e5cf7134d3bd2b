"""A question with yes or no."""

from textual.app import ComposeResult

from tui.dialogs.dialog import Dialog
from tui.dialogs.prose import Prose
from tui.text import Shown


class ConfirmDialog(Dialog[bool]):
    """True when confirmed, else False."""

    def __init__(self, title: Shown, text: str) -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        yield Prose(self._text)

    def answer(self) -> bool:
        return True

    def action_cancel(self) -> None:
        if not self._answered:
            self.close(False)
