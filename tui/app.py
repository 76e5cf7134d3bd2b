"""The clerk's screen: which screen is shown first, what every screen can do, how the program ends."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.timer import Timer

from tui.commands import EVERYWHERE, Command, bindings
from tui.keeping import Keeping
from tui.screens.checklist import ChecklistScreen

if TYPE_CHECKING:
    from db.rules.rows import LedgerRow
    from tui.desk import Desk
    from tui.screens.walk import WalkScreen

WARM_AFTER: Final = 1.0
"""Seconds without a key, or until the first command that changes something, before the store is loaded."""


ESCAPE_HELD: Final = 0.5
"""Seconds after a window has closed by itself in which Esc closes nothing else."""


class TaizhangApp(Keeping):
    """Starts on the checklist of the open ledger, without one on the choice of it."""

    CSS_PATH = "app.tcss"
    TITLE = "台账"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(EVERYWHERE))

    def __init__(self, desk: Desk, importing: Path | None = None, said: tuple[str, bool] | None = None) -> None:
        """importing: a document to be read and gone through as soon as the screen stands (--import). said: what the
        status line says at first, and whether it is an alarm."""
        super().__init__()
        self.desk = desk
        self.importing = importing
        self._said = said
        self.is_warm = False
        self._warm_timer: Timer | None = None
        self._asked_to_lose = False
        self._escape_held: Timer | None = None

    def get_default_screen(self) -> Screen[None]:
        # The checklist itself is the bottom screen: one screen less to mount before the first frame.
        return ChecklistScreen(self.desk) if self.desk.ledger is not None else super().get_default_screen()

    def on_mount(self) -> None:
        self.hear_signals()
        if self.desk.ledger is None:
            self._choose()
        self.set_timer(WARM_AFTER, gc.enable)
        if not self.desk.read_only:
            self._warm_timer = self.set_timer(WARM_AFTER, self.warm_up)
        self.call_after_refresh(self._begin)

    def heard(self, event: events.Key | events.Paste) -> bool:
        # Loading the store would make the first keys after the start wait: it takes the first quiet second.
        if isinstance(event, events.Key):
            if self._warm_timer is not None:
                self._warm_timer.reset()
            self.note_key(event)
            # Only a second Ctrl+Q at once gives up what could not be saved.
            self._asked_to_lose = self._asked_to_lose and event.key == "ctrl+q"
            if self._escape_held is not None and event.key == "escape":
                return False
        return super().heard(event)

    def hold_escape(self) -> None:
        """A window has closed by itself: an Esc that was meant for it must not close the screen below."""
        if self._escape_held is not None:
            self._escape_held.stop()
        self._escape_held = self.set_timer(ESCAPE_HELD, self._let_escape)

    def _let_escape(self) -> None:
        self._escape_held = None

    def on_work_screen_change_coming(self) -> None:
        self.warm_up()

    def warm_up(self) -> None:
        """Loads the store in a thread, once."""
        if self._warm_timer is not None:
            self._warm_timer.stop()
            self._warm_timer = None
            self.run_worker(self._warm, thread=True, group="warm", exit_on_error=False)

    def _warm(self) -> None:
        try:
            self.desk.warm()
            # What was loaded stays: the collector need not look through it again and again, 20 ms each time.
            gc.freeze()
        finally:
            # What waits for it must not wait for ever.
            self.is_warm = True

    def _begin(self) -> None:
        """After the first frame."""
        if self._said is not None:
            self.answer(self._said[0], alarm=self._said[1])
        self.tell_if_older(self._import)

    def _import(self) -> None:
        """Reads what was given by --import over the checklist, or over the choice of a ledger."""
        begin: Callable[[Path], None] | None = getattr(self.screen, "import_document", None)
        if begin is not None and self.importing is not None:
            begin(self.importing)

    def _choose(self) -> None:
        from tui.screens.choice import ChoiceScreen

        self.push_screen(ChoiceScreen(self.desk), self._chosen)

    def _chosen(self, ledger: LedgerRow | None) -> None:
        if ledger is None:
            self.exit()
        else:
            # Over the blank screen of a first run: it was not pushed, so it cannot be switched.
            self.push_screen(ChecklistScreen(self.desk))

    def on_walk_screen_stands(self, event: WalkScreen.Stands) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ChecklistScreen):
                screen.walk_stands_at(event.entry_id)

    # Everywhere

    @property
    def command_groups(self) -> Sequence[tuple[str, Sequence[Command]]]:
        """The commands of the screen on top, by heading."""
        return getattr(self.screen, "COMMAND_GROUPS", (("各个画面", EVERYWHERE),))

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.action_help()
        else:
            self.push_screen(HelpScreen(self.command_groups))

    def action_palette(self) -> None:
        from tui.dialogs.palette import PaletteDialog

        commands = [command for _, group in self.command_groups for command in group]
        self.push_screen(PaletteDialog(commands), self._run_command)

    async def _run_command(self, command: Command | None) -> None:
        if command is None:
            return
        where = "screen" if hasattr(self.screen, f"action_{command.name}") else "app"
        await self.run_action(f"{where}.{command.name}")

    def action_help_quit(self) -> None:
        """Ctrl+C, where nothing is selected to be copied."""
        self.answer("要退出请按 Ctrl+Q。")

    # The end

    async def action_quit(self) -> None:
        if self.save_drafts() or self._asked_to_lose:
            self.leave()
        else:
            self._asked_to_lose = True
            lost = "这里填写的还没有办" if isinstance(self.screen, ModalScreen) else "草稿没有存上"
            self.answer(f"{lost}，退出就会丢掉这些文字。再按一次 Ctrl+Q 放弃并退出。", alarm=True)

    def stop_work(self) -> None:
        # A backup or a full check must not keep the process.
        self.desk.is_ending = True
