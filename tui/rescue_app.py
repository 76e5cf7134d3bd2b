"""What opens in place of the ledger when its file is damaged or gone: a small program of its own."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from db.errors import TaizhangError
from tui.care import FileCare
from tui.commands import EVERYWHERE, bindings
from tui.enduring import Enduring
from tui.screens.rescue import RescueScreen

_HERE: tuple[str, ...] = ("help", "quit")


class RescueApp(Enduring):
    """Ends with `words` set where the file can be opened again; else with the error's exit code, nothing changed."""

    CSS_PATH = "app.tcss"
    TITLE = "台账"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = list(bindings([one for one in EVERYWHERE if one.name in _HERE]))

    def __init__(self, care: FileCare, error: TaizhangError, *, code: int) -> None:
        """code: the exit code where the clerk leaves."""
        super().__init__()
        self.words = ""
        """What the ledger's screen says when it opens after this; '' where the file is as it was."""
        self._care = care
        self._error = error
        self._code = code

    def on_mount(self) -> None:
        self.hear_signals()
        self.push_screen(RescueScreen(self._care, self._error), self._ended)

    def _ended(self, words: str | None) -> None:
        self.words = words or ""
        self.exit(return_code=0 if words else self._code)

    async def action_quit(self) -> None:
        self.exit(return_code=self._code)

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen.COMMAND_GROUPS if isinstance(self.screen, RescueScreen) else ()))

    def action_help_quit(self) -> None:
        """Ctrl+C: said where it is looked for."""
        if isinstance(self.screen, RescueScreen):
            self.screen.say("要退出请按 Ctrl+Q。")
