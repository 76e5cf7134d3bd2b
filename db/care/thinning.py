"""Thinning out one folder of backups by db.rules.rotation, after a new one came in and was verified."""

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from db.backup_names import BackupName
from db.care.finding import names_in
from db.chain import identity_of
from db.connecting import open_still
from db.folder import sync_folder
from db.rules.rotation import Copy, to_drop
from db.steps import CHAINED

_ANY: Final = 0
"""The step of every copy while none was opened: then none goes for being of an old one."""


def thin_out(folder: Path, made: Path, identity: str, now: datetime) -> None:
    """Remove the copies of this ledger file that rotation does not keep; what cannot be read or removed stays.

    made: the copy that was verified just now. Those of another ledger file that lay under this name are nobody's here
    to remove. Raises nothing.
    """
    names = dict(names_in(folder))
    # Most of the time the names alone say that nothing goes.
    if not to_drop(_copies(names, dict.fromkeys(names, _ANY), made), now):
        return
    steps = {name: step for name in names if (step := _step_of(folder / name, identity)) is not None}
    going = to_drop(_copies(names, steps, made), now)
    for copy in going:
        with suppress(OSError):
            (folder / copy.name).unlink()
    if going:
        with suppress(OSError):
            sync_folder(folder)


def _copies(names: Mapping[str, BackupName], steps: Mapping[str, int], made: Path) -> list[Copy]:
    return [
        Copy(name, told.at, told.seq, told.why, steps[name], verified=name == made.name)
        for name, told in names.items()
        if name in steps
    ]


def _step_of(path: Path, identity: str) -> int | None:
    """The schema step that a copy is of; None for one that is another file's, or cannot be read."""
    try:
        connection = open_still(path)
        try:
            step: int = connection.execute("PRAGMA user_version").fetchone()[0]
            # Before there was an identity, only the copies before a schema step were made.
            return step if step < CHAINED or identity_of(connection) == identity else None
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
