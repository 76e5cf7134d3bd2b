"""The screen from beginning to end: the ledger, or what stands in its place while its file cannot be opened."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from db.errors import DamagedError, NoLedgerError, TaizhangError
from db.rules.rows import LedgerRow
from tui.arguments import Arguments
from tui.care import CarePlaces, FileCare
from tui.output import complain

if TYPE_CHECKING:
    from db.file import LedgerFile

Said = tuple[str, bool]
"""What the status line says at first, and whether it is an alarm."""


def show(
    given: Arguments,
    now: Callable[[], datetime],
    ready: Callable[[], "tuple[LedgerFile, LedgerRow | None]"],
    care: FileCare,
    *,
    was_here: Callable[[], bool],
) -> int:
    """Runs the screen until the clerk leaves; returns the exit code.

    ready: opens the file and chooses the ledger. was_here: whether there was a ledger at this path before. After a
    restore the file is opened anew, and the screen with it.
    """
    _ready_textual()
    said: Said | None = None
    was_mended = False
    while True:
        try:
            file, chosen = ready()
            try:
                said, code = _run(file, now, given, chosen, care.places, said, was_mended=was_mended)
            finally:
                file.close()
        except (DamagedError, NoLedgerError) as error:
            if isinstance(error, NoLedgerError) and not was_here():
                raise
            words, code = _rescued(care, error)
            if not words:
                complain(error)
                return code
            said, was_mended = (words, False), True
            continue
        if said is None:
            return code
        # Read once: what was to be gone through is not asked for again.
        given, was_mended = given.without_import(), False


def _ready_textual() -> None:
    """Textual reads these variables while it is imported."""
    os.environ.setdefault("ESCDELAY", "50")
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ["TEXTUAL_ANIMATIONS"] = "none"


def _run(
    file: "LedgerFile",
    now: Callable[[], datetime],
    given: Arguments,
    chosen: LedgerRow | None,
    places: CarePlaces,
    said: Said | None,
    *,
    was_mended: bool,
) -> tuple[Said | None, int]:
    """One run of the ledger's screen: what is to be said when it is opened again (None: it is not), the exit code.

    Raises the DamagedError by which nothing of the ledger could be shown.
    """
    from tui.app import TaizhangApp
    from tui.desk import Desk
    from tui.ending import run_screen

    desk: Desk = Desk(file, now, given.today, chosen, places)
    if was_mended:
        # The clerk has chosen this file in place of the one that was seen.
        desk.keep_head()
    app = TaizhangApp(desk, given.import_file, said)
    try:
        run_screen(app)
    finally:
        desk.drop_copies()
    if app.fault is not None:
        # Whoever runs the whole writes it down; the terminal is given back by now.
        raise app.fault
    if app.damage is not None:
        raise app.damage
    if app.reopening is None:
        # Closed by a restore it could not be asked any more.
        with suppress(TaizhangError):
            desk.keep_head()
    return app.reopening, app.return_code or 0


def _rescued(care: FileCare, error: TaizhangError) -> tuple[str, int]:
    """What is said when the file can be opened again ('': the clerk left it as it is), and the exit code then."""
    from tui.ending import run_screen
    from tui.rescue_app import RescueApp

    # A ledger that is only gone is not damaged: a stick may be plugged in again.
    code = DamagedError.exit_code if os.path.lexists(care.path) else error.exit_code
    app = RescueApp(care, error, code=code)
    run_screen(app)
    if app.fault is not None:
        raise app.fault
    return app.words, app.return_code or 0
