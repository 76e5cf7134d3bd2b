"""Which backups there are, newest first: beside the ledger file, at the second place, on this machine.

Told from names alone, so that it is quick and works while the ledger itself cannot be read; `verified` opens one.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from db.backup_names import BackupName, parsed, stem_of
from db.care.counts import Counts, counts_of
from db.care.opened import opened_backup
from db.care.spots import Place, Spot, spots_known
from db.chain import broken_links, head_of, identity_of
from db.copying import head_in
from db.errors import DamagedError, TaizhangError
from db.reads.office import second_place_of
from db.rules.value import value
from db.seals import broken_seals
from db.steps import CHAINED

__all__ = ["Backup", "Counts", "Place", "backups_of", "given", "known_second_place", "names_in", "verified"]

WHOLE: Final = "整份"
_LOCAL: Final = timezone(timedelta(hours=8))


@value
class Backup:
    """A backup as its name tells it; at: UTC+8; seq and stamp: the newest row of its 办理流水; why: 自动, 升级前, …,
    整份 for a whole copy. whole: it holds the bytes of the evidence itself; else they lie in 佐证 beside it.

    counts and identity ('': a file of an older program): None until `verified` has read them. problem: why it cannot
    be used, in Chinese; None: nothing is known against it.
    """

    path: Path
    at: datetime
    seq: int
    stamp: str
    why: str
    whole: bool
    place: Place
    counts: Counts | None = None
    identity: str | None = None
    problem: str | None = None


def backups_of(path: Path, second: Path | None, here: Path | None, identity: str | None = None) -> tuple[Backup, ...]:
    """The backups of a ledger file, newest first; opens none of them, and never fails.

    path: where the ledger file lies, or lay. second: the folder that the clerk chose as the second place; here: the
    folder of this machine's own backups (db.places.local_backups), both with a folder for each ledger file inside.
    identity: of the file, where it is known: what other files of the same name have there is then left out.
    """
    found = [
        Backup(spot.folder / name, told.at, told.seq, told.stamp, told.why, False, spot.place)
        for spot in spots_known(path, second, here, identity)
        for name, told in names_in(spot.folder)
        if _may_be_of(path, told, spot, identity)
    ]
    # The one beside first among those of one moment: the others are copies of it.
    places = ("beside", "second", "here")
    return tuple(sorted(found, key=lambda each: (each.at, each.seq, -places.index(each.place)), reverse=True))


def names_in(folder: Path) -> Iterator[tuple[str, BackupName]]:
    """The backups in a folder by their names; nothing where it is a link or cannot be read. Never fails."""
    with suppress(OSError):
        if stat.S_ISDIR(folder.lstat().st_mode):
            with os.scandir(folder) as entries:
                for entry in entries:
                    told = parsed(entry.name)
                    if told is not None and entry.is_file(follow_symlinks=False) and entry.stat().st_size:
                        yield entry.name, told


def verified(backup: Backup, identity: str | None = None) -> Backup:
    """The backup opened and checked: kind, header, structure, pages, the 办理流水's chain, the seals of the tables, its
    head as the name says, its identity as given. Returns it with counts, identity, whole and problem; never fails.

    The bytes of the evidence are not read. A second for 100,000 rows of history.
    """
    try:
        with opened_backup(backup.path) as connection:
            return _looked_into(backup, connection, identity)
    except TaizhangError as error:
        return replace(backup, problem=error.message)
    except OSError as error:
        return replace(backup, problem=f"读不出来（{error.strerror}）。")


def given(path: Path) -> Backup:
    """A file that the clerk named, checked as `verified` does: a whole copy, or a backup that lies elsewhere.

    Raises FileRefusedError and DamagedError.
    """
    path = path.absolute()
    told = parsed(path.name)
    with opened_backup(path) as connection:
        head = head_in(connection)
        at = told.at if told else datetime.fromtimestamp(path.stat().st_mtime, _LOCAL).replace(microsecond=0)
        backup = Backup(path, at, head.seq, head.stamp, told.why if told else WHOLE, False, "given")
        found = _looked_into(backup, connection, None)
    if found.problem is not None:
        raise DamagedError(f"{path}：{found.problem}", "请换一份备份。")
    return found


def known_second_place(path: Path, here: Path | None) -> Path | None:
    """The second place as the newest readable backup names it, for a ledger file that cannot be read; None: unknown."""
    for backup in backups_of(path, None, here):
        with suppress(TaizhangError, OSError), opened_backup(backup.path) as connection:
            named = second_place_of(connection)
            return None if named is None else Path(named)
    return None


def _may_be_of(path: Path, told: BackupName, spot: Spot, identity: str | None) -> bool:
    """The folder tells whose it is; but for one on this machine, which is called by the identity alone."""
    return spot.place != "here" or identity is not None or told.stem == stem_of(path)


def _looked_into(backup: Backup, connection: sqlite3.Connection, identity: str | None) -> Backup:
    is_chained = connection.execute("PRAGMA user_version").fetchone()[0] >= CHAINED
    own = identity_of(connection) if is_chained else ""
    found = replace(backup, counts=counts_of(connection), identity=own, whole=_holds_contents(connection))
    if not is_chained:
        return found
    if identity is not None and own != identity:
        return replace(found, problem="是另一本台账的备份。")
    if head_of(connection).stamp != backup.stamp:
        return replace(found, problem="内容与文件名里的流水校验码不符。")
    if broken := broken_links(connection):
        return replace(found, problem=f"办理流水有 {len(broken)} 处接不上，内容已不是备份时的样子。")
    if tables := broken_seals(connection):
        return replace(found, problem=f"内容已不是备份时的样子（{'、'.join(tables)}）。")
    return found


def _holds_contents(connection: sqlite3.Connection) -> bool:
    """Whether the bytes of every content stand in the file itself."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
    if "content" not in tables:
        return True
    missing = "SELECT 1 FROM content WHERE sha256 NOT IN (SELECT sha256 FROM piece) LIMIT 1"
    return connection.execute(missing).fetchone() is None
