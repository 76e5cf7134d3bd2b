"""The disk of the ledger goes while the screens are open: every one says so in words, and the program goes on."""

import sqlite3
from typing import NoReturn

import pytest

from tests.tui.office import Office, ids, office
from tui.commands import CHECKLIST, EVERYWHERE
from tui.desk import Desk

SCREENS = (
    ((), ("walk", "f4"), ("detail", "enter"), ("notes", "ctrl+e")),
    (("publications", "2"), ("quotas", "3"), ("clocks", "4"), ("reports", "5"), ("board", "1")),
    (("calendar", "6"), ("year", "7"), ("evidence", "8"), ("self_check", "9"), ("items", "ctrl+x")),
    (("ledger_info", "f11"), ("history", "ctrl+l"), ("choose", "f10"), ("backups", "minus")),
)
TRIED_ON_THE_CHECKLIST = {command.name for command in (*CHECKLIST, *EVERYWHERE)}
"""What is the same on every screen is tried on one."""
SAID = "无法读写台账文件"


class Pulled:
    """In place of a connection to a file whose disk is gone."""

    def execute(self, *_: object) -> NoReturn:
        gone()

    def close(self) -> None:
        """There is nothing to close."""


def gone(*_: object) -> NoReturn:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    raise error


class Stick:
    """The disk under a desk's file, to be pulled out and put in again."""

    def __init__(self, desk: Desk) -> None:
        self._file, self._patch = desk._file, pytest.MonkeyPatch()
        self._reader = self._file._reader

    def pull(self) -> None:
        self._file._reader = Pulled()  # type: ignore[assignment]
        self._patch.setattr("db.file.open_writer", gone)
        self._patch.setattr("db.file.open_reader", gone)

    def put_in(self) -> None:
        self._file._reader = self._reader
        self._patch.undo()


def at_peace(clerk: Office) -> bool:
    return clerk.app.fault is None and not clerk.app._exit


async def out_of_windows(clerk: Office, depth: int) -> None:
    """Type something in every window that has opened, try to do it, then leave it."""
    tried: set[object] = set()
    for _ in range(12):
        if len(clerk.app.screen_stack) <= depth:
            return
        if clerk.app.screen in tried or not clerk.app.screen.is_modal:
            await clerk.press("escape")
        else:
            tried.add(clerk.app.screen)
            await clerk.press("x", "enter")
        assert at_peace(clerk)
    raise AssertionError(f"no way out of {clerk.app.screen}")


@pytest.mark.parametrize("group", SCREENS, ids=lambda group: group[-1][0])
async def test_no_key_on_any_screen_ends_the_program_when_the_stick_is_pulled(
    desk: Desk, group: tuple[tuple[str, ...], ...]
) -> None:
    desk.add_note(ids(desk.entries(), "29")[0], "一条")
    stick = Stick(desk)
    told = False
    async with office(desk) as clerk:
        for opening in group:
            await clerk.press(*opening[1:])
            depth = len(clerk.app.screen_stack)
            stick.pull()
            for command in [one for _, commands in clerk.app.command_groups for one in commands]:
                if command.name in ("quit", "back", "clear") or (opening and command.name in TRIED_ON_THE_CHECKLIST):
                    continue
                await clerk.press(command.keys[0])
                # Drawing all of it once more costs as much as the key: once is enough.
                told = told or SAID in "".join(clerk.text().split())
                assert at_peace(clerk), command.name
                await out_of_windows(clerk, depth)
            stick.put_in()
            while clerk.app.screen is not clerk.checklist:
                await clerk.press("escape")
        assert told
        await clerk.press("f5", "1", "escape")
        assert SAID not in clerk.text()
