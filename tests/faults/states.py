"""What stands in a ledger file, as one hash, and whether anything is wrong with it."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

from db.chain import broken_links
from db.file import LedgerFile
from tests.world import replayed, standing


class Broken(AssertionError):
    """Something is lost, half there, or said to be saved and is not."""


def state_of(path: Path) -> str:
    """Everything that stands in the file, as one hash, by a connection that knows nothing of the program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return state_in(connection)


def state_read(file: LedgerFile) -> str:
    """The same as the program reads it: it must be able to go on with the file that it has open."""
    with file.reading() as connection:
        return state_in(connection)


def state_in(connection: sqlite3.Connection) -> str:
    whole = sha256()
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for (name,) in names:
        whole.update(name.encode())
        for row in connection.execute(f'SELECT * FROM "{name}"'):
            whole.update(repr(row).encode())
    return whole.hexdigest()


_SOUND: Final[dict[bytes, str]] = {}
"""The state of each file that was found sound, by the hash of its bytes: these are not looked through again."""


def check_sound(path: Path, expected: str) -> None:
    """That the file, which nobody has open, is in that state and no check finds fault with it. Raises Broken."""
    digest = sha256(path.read_bytes()).digest()
    if digest not in _SOUND:
        _SOUND[digest] = _sound_state(path)
    if _SOUND[digest] != expected:
        raise Broken("after the next start something else stands there")


def _sound_state(path: Path) -> str:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Broken("the file is damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise Broken("rows point to nothing")
        if broken := broken_links(connection):
            raise Broken(f"the chain of the history is broken at {broken}")
        found = state_in(connection)
    if replayed(path) != standing(path):
        raise Broken("the history does not lead to what stands")
    return found
