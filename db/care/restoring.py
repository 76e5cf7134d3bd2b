"""A backup put in the place of the ledger file: made ready beside, verified, exchanged; what lay there is kept."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from db.backup_names import CONTENTS, as_text
from db.care.contents import content_folders, fill_in, sources_for
from db.care.finding import Backup
from db.care.opened import opened_backup
from db.care.own_errors import own_errors
from db.care.replaying import Line, linked
from db.care.rolled_back import read_history
from db.chain import COLUMNS, Head, append, identity_of, link
from db.connecting import SQLITE_SUFFIXES, quick_writer
from db.copying import refuse_full
from db.errors import FileRefusedError
from db.folder import inode, one_name, sync_file
from db.opening import check_header, check_kind, check_structure, check_tables
from db.rules.evidence import Progress
from db.rules.value import value
from db.seen import Seen, remember
from db.steps import CHAINED, apply_steps, newest
from db.swap import exchange, locked
from db.temporaries import remove_temporaries, temporary

RESTORE: Final = "restore"
"""The step in the 办理流水 that says that the file was restored."""
_SUBJECT: Final = "file:restore"
_NOT_RESTORED: Final = "没有恢复：{folder} 写不进去（{reason}）。原来的台账文件没有改变。"
_TRY_AGAIN: Final = "请检查磁盘空间和权限后再试。"


@value
class Restored:
    """replaced: the folder that keeps what was replaced, with its journals; missing: the names under which evidence is
    attached whose content was found nowhere; head: the newest row of the restored file."""

    replaced: Path
    missing: tuple[str, ...]
    head: Head


@value
class _Former:
    """What could be read of the file that is replaced."""

    identity: str | None
    lines: Sequence[Line]


def restore(
    path: Path,
    backup: Backup,
    at: datetime,
    *,
    sources: Iterable[Path] = (),
    heads: Path | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Put the backup in the place of the ledger file at `path`, which may be damaged or missing.

    Nobody in this process may have the file open. sources: folders of contents by their SHA-256 (佐证) besides those
    of the ledger's backups. heads: db.places.heads_file(), for the file to be known as what it is now.
    progress is told bytes of evidence, done and of how many. Raises FileLockedError, FileRefusedError, DamagedError
    (the backup is not whole), BackupError, NotSavedError, and what `progress` raises; then nothing has changed.
    """
    path = one_name(path)
    _refuse_unfit(path, backup.path)
    lock = locked(path, at)
    try:
        remove_temporaries(path.parent)
        with own_errors(path, _NOT_RESTORED, _TRY_AGAIN), temporary(path.parent) as ready:
            refuse_full(path.parent, backup.path.stat().st_size)
            _copied(backup.path, ready)
            with quick_writer(ready) as connection:
                former = _former(path)
                _brought_up(connection, former)
                folders = (*sources, backup.path.parent / CONTENTS, *content_folders(path, connection))
                missing, head = _completed(connection, path, backup, former, folders, at, progress)
                identity = identity_of(connection)
                _verify(connection, backup.path)
            sync_file(ready)
            replaced = exchange(path, ready, at)
    finally:
        lock.release()
    if heads is not None:
        remember(heads, Seen(str(path), identity, head.seq, head.hash, at.isoformat(timespec="seconds")))
    return Restored(replaced, missing, head)


def _refuse_unfit(path: Path, backup: Path) -> None:
    check_kind(backup)
    if inode(backup) == inode(path):
        raise FileRefusedError("要恢复的就是正在用的台账文件，没有改动。", "请选一份备份。")
    for suffix in SQLITE_SUFFIXES[:2]:
        journal = backup.with_name(backup.name + suffix)
        if journal.exists() and journal.stat().st_size:
            raise FileRefusedError(
                f"{backup} 旁边有没写完的日志（{journal.name}），没有用它恢复。",
                f"它不是备份而是用过的台账：先运行 taizhang --db {backup} --check 让它写回，再恢复。",
            )


def _copied(backup: Path, ready: Path) -> None:
    with opened_backup(backup) as source, quick_writer(ready) as target:
        source.backup(target)


def _former(path: Path) -> _Former:
    """What the file that is replaced says of itself, read without changing it or believing it."""
    identity, rows = read_history(path)
    return _Former(identity, linked(identity, rows.values()))


def _brought_up(connection: sqlite3.Connection, former: _Former) -> None:
    """Bring an older backup to the newest step; one of before the chain keeps the identity that its file has got."""
    version = _version(connection)
    if version < newest():
        apply_steps(connection, version, _same_identity(connection, former) if 1 < version < CHAINED else None)


def _same_identity(connection: sqlite3.Connection, former: _Former) -> str | None:
    """The identity of the replaced file, where the backup's history is the beginning of its own."""
    if former.identity is None:
        return None
    previous, seq = former.identity, 0
    for values in connection.execute(f"SELECT {', '.join(COLUMNS)} FROM history ORDER BY seq"):
        previous, seq = link(previous, values), values[0]
    return former.identity if any(line.seq == seq and line.hash == previous for line in former.lines) else None


def _completed(
    connection: sqlite3.Connection,
    path: Path,
    backup: Backup,
    former: _Former,
    folders: Iterable[Path],
    at: datetime,
    progress: Progress | None,
) -> tuple[tuple[str, ...], Head]:
    """The evidence filled in, and the restoring told in the history, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    with sources_for(path, folders) as sources:
        missing = fill_in(connection, sources, progress)
    last = former.lines[-1] if former.lines else None
    told = {
        "backup": as_text(backup.path.name),
        "stamp": backup.stamp,
        "replaced": None if last is None else Head(last.seq, last.hash or "0" * 64).stamp,
        "missing": list(missing),
    }
    words = json.dumps(told, ensure_ascii=False, sort_keys=True)
    head = append(connection, at=at.isoformat(timespec="seconds"), step=RESTORE, subject=_SUBJECT, after=words)
    connection.execute("COMMIT")
    return missing, head


def _verify(connection: sqlite3.Connection, backup: Path) -> None:
    """As the opening would. Raises DamagedError that names the backup."""
    version = check_header(connection, backup)
    check_structure(connection, backup, version)
    check_tables(connection, backup)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
