"""A backup before something large is done to the file, under a window where it takes long. It stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from tui.text import shown

if TYPE_CHECKING:
    from db.care.backups import Made
    from tui.desk import Desk
    from tui.desk_care import Why
    from tui.dialogs.progress import Outcome


def back_up_first(app: App[Any], desk: Desk, why: Why, then: Callable[[], None], stays: Callable[[], None]) -> None:
    """Makes a backup, then goes on: also where it failed, which `Desk.troubles` keeps. stays: the clerk pressed Esc."""
    if not desk.cares:
        then()
        return
    from tui.dialogs.progress import ProgressDialog

    def made(outcome: Outcome[Made] | None) -> None:
        if outcome is not None and outcome.is_cancelled:
            stays()
        else:
            then()

    work: ProgressDialog[Made] = ProgressDialog(shown("先备份"), lambda tell: desk.back_up(why, tell))
    app.push_screen(work, made)
