"""A real desk over a real file with the shipped readings, and bare apps that show one screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from db.file import make_file, open_file
from db.rules.rows import EntryRow
from seeds.plant import plant
from tests.tui.quiet import wait_for_quiet
from tui.desk import Desk
from tui.in_turn import KeysInTurn

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING)
TODAY = date(2026, 11, 22)

HOSTILE = (
    "[/]",
    "[@click=app.quit]点我[/]",
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b[2J\x9b2J",
    "\u202e倒\u2066写",
    "零\u200b宽\ufeff",
    "甲" + "\u0301" * 60,
    "长" * 300,
    "",
)
"""Texts that crash, act, escape or smear where they are shown raw."""


@cache
def _planted() -> bytes:
    """A new file with the shipped readings: planted once, for they are the same for every test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "taizhang.db"
        make_file(path)
        file = open_file(path, NOW, write=True)
        try:
            plant(file, NOW)
        finally:
            file.close()
        return path.read_bytes()


@contextmanager
def real_desk(folder: Path, now: Callable[[], datetime] = lambda: NOW) -> Iterator[Desk]:
    """A desk over a new file, no ledger open."""
    path = folder / "taizhang.db"
    path.write_bytes(_planted())
    path.chmod(0o600)
    file = open_file(path, NOW, write=True)
    try:
        yield Desk(file, now, None, None)
    finally:
        file.close()


def first_entry(desk: Desk) -> EntryRow:
    """The first entry of a ledger of jiangmen-2021 for 2026, opened here."""
    if desk.ledger is None:
        desk.begin("jiangmen-2021", 2026, "全局", None, None)
    return desk.entries()[0]


class Stage(KeysInTurn):
    """Shows the screen that `make` makes and keeps its answer."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, make: Callable[[], Screen[Any]]) -> None:
        super().__init__()
        self._make = make
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        self.push_screen(self._make(), self.answers.append)


def seen(app: App[Any]) -> str:
    """What stands on the terminal now, line by line, without the spaces at the ends."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(line.text.rstrip() for line in lines)


async def type_in(app: App[Any], pilot: Pilot[Any], text: str) -> None:
    """Characters as the terminal sends them: Pilot's own `press` knows no full-width punctuation."""
    for character in text:
        app.post_message(events.Key(character, character))
    await settled(pilot)


async def settled(pilot: Pilot[Any]) -> None:
    """Until messages that messages have sent, and what these have drawn, are there too."""
    await pilot.pause()
    await wait_for_quiet()
