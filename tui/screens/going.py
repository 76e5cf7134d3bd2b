"""转到: from the checklist to the other views of the ledger, and from one of them to another."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeVar, cast

from tui.commands import VIEWS, Command
from tui.screens.working import WorkScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.desk import Desk

T = TypeVar("T")

_SCREENS: Final[dict[str, str]] = {
    "board": "BoardScreen",
    "publications": "PublicationsScreen",
    "quotas": "QuotasScreen",
    "clocks": "ClocksScreen",
    "reports": "ReportsScreen",
    "calendar": "CalendarScreen",
    "year": "YearScreen",
    "evidence": "EvidenceScreen",
    "self_check": "SelfCheckScreen",
    "backups": "BackupsScreen",
}
"""By the name of the command and of the module in tui.screens: loaded when it is opened first."""


def view(name: str, desk: Desk) -> WorkScreen[str | None]:
    """The screen of one of VIEWS. KeyError: there is no such view."""
    made = getattr(import_module(f"tui.screens.{name}"), _SCREENS[name])
    return cast("Callable[[Desk], WorkScreen[str | None]]", made)(desk)


class Going(WorkScreen[T]):
    """The screen below the views. The result of a view is the name of the view that takes its place, or None."""

    def action_go(self) -> None:
        from tui.dialogs.views import ViewsDialog

        too = self.menu_too()

        def chosen(command: Command | None) -> None:
            if command in too:
                getattr(self, f"action_{command.name}")()
            elif command is not None:
                self.go(command.name)

        self.app.push_screen(ViewsDialog((*VIEWS, *too)), chosen)

    def menu_too(self) -> tuple[Command, ...]:
        """The commands that stand in the menu behind the views."""
        return ()

    def action_board(self) -> None:
        self.go("board")

    def action_publications(self) -> None:
        self.go("publications")

    def action_quotas(self) -> None:
        self.go("quotas")

    def action_clocks(self) -> None:
        self.go("clocks")

    def action_reports(self) -> None:
        self.go("reports")

    def action_calendar(self) -> None:
        self.go("calendar")

    def action_year(self) -> None:
        self.go("year")

    def action_evidence(self) -> None:
        self.go("evidence")

    def action_self_check(self) -> None:
        self.go("self_check")

    def action_backups(self) -> None:
        self.go("backups")

    def go(self, name: str) -> None:
        """Opens a view over this screen."""
        # Two digits in one burst must not open two views over one another.
        if self.is_active:
            self.app.push_screen(view(name, self.desk), self.came_back)

    def came_back(self, name: str | None) -> None:
        """A view was left, for the one of that name or for this screen."""
        # Called before the screen below is the active one again.
        if name is None:
            self.reread()
        else:
            self.app.push_screen(view(name, self.desk), self.came_back)


class View(Going["str | None"]):
    """A view: another one takes its place, so that Esc always leads back to where the clerk came from."""

    NAME = ""
    """The name of its command in VIEWS; '' for what is no view of the whole ledger."""

    def go(self, name: str) -> None:
        if name != self.NAME and self.is_active:
            self.dismiss(name)

    def came_back(self, name: str | None) -> None:
        """What this view opened over itself was left; for another view this one goes too."""
        if name is None or name == self.NAME:
            self.reread()
        else:
            self.dismiss(name)
