"""A desk that cares for its file, as the program opens it, and files that are damaged."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from db.file import open_file
from tests.tui.desks import NOW, TODAY
from tui.care import CarePlaces, FileCare
from tui.desk import Desk


def places(folder: Path) -> CarePlaces:
    return CarePlaces(folder / "state" / "heads.json", folder / "state" / "备份")


def caring(desk: Desk, folder: Path, now: datetime = NOW) -> Desk:
    """The same desk, with places for backups."""
    return Desk(desk._file, lambda: now, TODAY, desk.ledger, places(folder))


def care_of(path: Path) -> FileCare:
    return FileCare(path, places(path.parent), lambda: NOW)


def opened(path: Path, now: datetime = NOW) -> Desk:
    """A desk over a file that is opened for it; close it."""
    file = open_file(path, now, write=True)
    desk = Desk(file, lambda: now, TODAY, None, places(path.parent))
    desk.open(desk.ledgers()[0].id)
    return desk


def halve(path: Path) -> None:
    """What a stick leaves that was pulled."""
    os.truncate(path, path.stat().st_size // 8192 * 4096)


def overwrite_a_note(path: Path, text: str = "x") -> None:
    """Text that is not what the clerk wrote: no opening check sees it, the full check does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE note SET text = ?", (text,))


def backup_names(path: Path) -> list[str]:
    folder = path.with_name(f"{path.name}.备份")
    return sorted(found.name for found in folder.glob("*.db"))
