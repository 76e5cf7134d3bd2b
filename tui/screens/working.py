"""What every screen over entries shares: reading, answering, changing, and what goes wrong with these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import events
from textual.message import Message
from textual.screen import Screen

from db.errors import TaizhangError
from db.rules.rows import ClockRuleRow, EntryRow
from tui.commands import EVERYWHERE, Command
from tui.text import shown
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from datetime import date

    from textual.widget import Widget

    from tui.desk import Desk
    from tui.dialogs.dialog import Dialog

T = TypeVar("T")
A = TypeVar("A")

DAY_CHECK_SECONDS: Final = 30.0
SMALLEST: Final = (40, 10)
"""Columns and lines below which nothing but 「窗口太小」 is shown."""


class WorkScreen(Screen[T]):
    """A screen over the entries of the open ledger.

    A subclass shows them in `show_entries`. Whatever changes something asks `writable` first; an error is shown and
    nothing else happens; afterwards everything is read again from the file.
    """

    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (("各个画面", EVERYWHERE),)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.entries: tuple[EntryRow, ...] = ()
        self.today: date = desk.today()
        self._clock_rules: tuple[ClockRuleRow, ...] | None = None
        self._focused_before: Widget | None = None

    class ChangeComing(Message):
        """The clerk is about to change something: the store will be needed."""

    # What a subclass gives

    def show_entries(self) -> None:
        """Shows `entries` as they are now."""
        raise TypeError(f"{type(self).__name__} shows nothing")

    def after(self, verb: str, entries: Sequence[EntryRow]) -> None:
        """Called after a change, before everything is read again."""

    def after_taking_back(self, entries: Sequence[int]) -> None:
        """Called after undo or redo touched these entries, before everything is read again."""

    # Reading and saying

    def on_mount(self) -> None:
        self.set_interval(DAY_CHECK_SECONDS, self._check_day)

    def reread(self) -> None:
        """Reads the entries from the file and shows them; on an error what was shown stays."""
        try:
            self.entries = self.desk.entries()
        except TaizhangError as error:
            self.complain(error)
            return
        self.today = self.desk.today()
        self.show_entries()

    def say(self, text: str, *, alarm: bool = False) -> None:
        """Answers the clerk in the status line."""
        self.query_one(StatusLine).say(shown(text), alarm=alarm)

    def standing_words(self) -> str:
        """What the status line says while there is nothing to answer."""
        return ""

    def on_screen_suspend(self) -> None:
        # Another command begins: the answer to the one before must not be taken for its own.
        self.say(self.standing_words())

    def complain(self, error: TaizhangError) -> None:
        self.say("  ".join(part for part in (error.message, error.hint) if part), alarm=True)

    @property
    def clock_rules_read(self) -> bool:
        return self._clock_rules is not None

    def clock_rules(self) -> tuple[ClockRuleRow, ...]:
        """The notice's clock rules, read once: a notice does not change."""
        if self._clock_rules is None:
            try:
                self._clock_rules = self.desk.clock_rules()
            except TaizhangError as error:
                self.complain(error)
                return ()
        return self._clock_rules

    def entry(self, entry_id: int | None) -> EntryRow | None:
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def _check_day(self) -> None:
        if self.desk.today() != self.today:
            self.reread()

    def on_resize(self, event: events.Resize) -> None:
        too_small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if too_small and self.focused is not None:
            # What is hidden loses the focus, and without it no key would arrive afterwards.
            self._focused_before = self.focused
        self.set_class(too_small, "-too-small")
        if not too_small and self._focused_before is not None:
            self.call_after_refresh(self.set_focus, self._focused_before)
            self._focused_before = None

    # Changing

    def writable(self) -> bool:
        """Whether something can be changed; if not, says why."""
        if self.desk.read_only:
            self.say(f"只读，不能改动：{self.desk.read_only_reason}", alarm=True)
        else:
            self.post_message(self.ChangeComing())
        return not self.desk.read_only

    def change(self, verb: str, entries: Sequence[EntryRow], do: Callable[[], object], said: str) -> bool:
        """Does it, reads everything again and says so. Whether it was done."""
        try:
            do()
        except TaizhangError as error:
            self.reread()
            self.complain(error)
            return False
        self.changed(verb, entries, said)
        return True

    def changed(self, verb: str, entries: Sequence[EntryRow], said: str) -> None:
        """After a change that succeeded."""
        self.after(verb, entries)
        self.reread()
        self.say_saved(said)

    def say_saved(self, said: str) -> None:
        """Answers after something was saved, also what was stored otherwise than it was typed."""
        self.say("  ".join(part for part in (said, self.desk.tidied()) if part))

    def ask(self, dialog: Dialog[A], attempt: Callable[[A], None], done: Callable[[], None]) -> None:
        """Shows a dialog that closes only when `attempt` succeeds with its answer; then calls `done`."""
        from tui.screens.asking import attempting

        happened = False

        def attempt_once(answer: A) -> None:
            nonlocal happened
            attempt(answer)
            happened = True

        def closed(_: A | None) -> None:
            if happened:
                done()

        self.app.push_screen(attempting(dialog, attempt_once), closed)

    def action_back(self) -> None:
        self.dismiss(None)
