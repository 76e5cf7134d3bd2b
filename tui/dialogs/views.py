"""转到: the other views of the ledger, a line each; the digit opens one at once."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from tui.commands import Command
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.line_list import Choice, LineList
from tui.text import pad, shown


class ViewsDialog(Dialog[Command | None]):
    """The answer is the command that opens the view."""

    DEFAULT_CSS = "ViewsDialog LineList { height: auto; max-height: 12; }"
    AUTO_FOCUS = "LineList"

    def __init__(self, views: Sequence[Command]) -> None:
        super().__init__(shown("转到"))
        self._views = tuple(views)
        self._list = LineList([Choice(f"{view.shown_key} {pad(view.label, 10)}{view.help}") for view in self._views])

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL)

    def body(self) -> ComposeResult:
        yield self._list

    def answer(self) -> Command | None:
        at = self._list.cursor
        return self._views[at] if at is not None else None

    def on_line_list_taken(self) -> None:
        self.action_confirm()

    def on_key(self, event: events.Key) -> None:
        view = next((view for view in self._views if event.key in view.keys), None)
        if view is not None and not self._answered:
            event.stop()
            self.close(view)
