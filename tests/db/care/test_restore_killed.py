"""A restore killed before each of its calls to the system: the next start finds the old file whole or the new one.

The old file has a hot journal beside it, so that a journal that is lost, or left beside the other file, is seen.
"""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

import db.swap
from db.backup_names import REPLACED, folder_of
from db.care.finding import Backup, given
from db.care.known import known_tables
from db.care.restoring import restore
from db.errors import DamagedError
from db.file import open_file
from db.store.places import save_draft
from tests.db.care.small import rows_of
from tests.world import NOW, copied, later

CALLS: Final = ("rename", "fsync", "mkdir")
"""What a restore asks of the system by Python's os; SQLite's own calls go to a file that nobody believes yet."""
MOST: Final = 60


class Loss(AssertionError):
    """Neither the old file nor the new one."""


def killed_before(number: int, path: Path, backup: Backup) -> bool:
    """Restore in a child that dies before its call of this number; whether it came so far."""
    child = os.fork()
    if child == 0:
        _die_at(number)
        try:
            restore(path, backup, later(60))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die_at(number: int) -> None:
    calls: list[str] = []

    def counted(name: str) -> Callable[..., object]:
        real: Callable[..., object] = getattr(os, name)

        def call(*given: object, **named: object) -> object:
            calls.append(name)
            if len(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return call

    for name in CALLS:
        setattr(os, name, counted(name))


def with_hot_journal(small: Path, folder: Path) -> dict[str, bytes]:
    """A file in the middle of a change that was written half, by suffix: only with its journal it is what it was."""
    source = copied(small, folder / "source.db")
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE note SET text = 'half' || text")
        connection.execute("UPDATE rule SET text = 'half' || text")
        connection.execute("UPDATE piece SET bytes = zeroblob(length(bytes))")
        found = {suffix: source.with_name(source.name + suffix).read_bytes() for suffix in ("", "-journal")}
        connection.execute("ROLLBACK")
    return found


def looked_at(path: Path, old: object, new: object) -> str:
    """What the next start finds. Raises Loss."""
    open_file(path, later(90), write=True).close()
    found = rows_of(path)
    which = "old" if found == old else "new" if found == new else ""
    (kept,) = (folder_of(path) / REPLACED).glob(f"*/{path.name}") if which == "new" else (path,)
    if which == "new":
        # What was replaced is whole with its journal.
        open_file(kept, later(90), write=False).close()
    if not which or rows_of(kept) != old:
        raise Loss(f"what stands there is {which or 'neither'}")
    if [name for name in os.listdir(path.parent) if name.endswith(("-journal", "-wal", "-shm"))]:
        raise Loss("a journal was left")
    return which


def backup_of(small: Path, folder: Path) -> Backup:
    """A backup that differs in a draft."""
    path = copied(small, folder / "backup.db")
    file = open_file(path, NOW, write=True)
    save_draft(file, 1, "note", 1, "of the backup", at=NOW)
    file.close()
    return given(path)


def kills(small: Path, folder: Path, numbers: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """Kill a restore before the call of each number: what the next start found, and whether there was such a call."""
    backup = backup_of(small, folder)
    # Made once, not in every child.
    known_tables()
    old, new, half = rows_of(small), rows_of(backup.path), with_hot_journal(small, folder)
    for number in numbers:
        path = folder / str(number) / "台账.db"
        path.parent.mkdir()
        for suffix, content in half.items():
            path.with_name(path.name + suffix).write_bytes(content)
        was_killed = killed_before(number, path, backup)
        yield looked_at(path, old, new), was_killed


def test_a_restore_killed_at_any_call_leaves_the_old_file_or_is_completed(small: Path, tmp_path: Path) -> None:
    found = []
    for which, was_killed in kills(small, tmp_path, range(1, MOST)):
        found.append(which)
        if not was_killed:
            break
    assert len(found) > 10
    assert found.count("old") > 3
    assert found.count("new") > 3
    # Once the new one is found, it is found ever after; a restore that is not killed ends with it.
    assert found == sorted(found, reverse=True)


def test_what_a_killed_restore_left_is_taken_away_by_the_next_one(small: Path, tmp_path: Path) -> None:
    backup, path = backup_of(small, tmp_path), copied(small, tmp_path / "台账.db")
    assert killed_before(2, path, backup)
    assert [name for name in os.listdir(tmp_path) if name.startswith(".")]
    restore(path, backup, later(60))
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


def test_a_journal_that_stays_beside_the_new_file_is_found(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.swap, "SQLITE_SUFFIXES", ())
    with pytest.raises((Loss, DamagedError)):
        next(kills(small, tmp_path, [MOST]))
