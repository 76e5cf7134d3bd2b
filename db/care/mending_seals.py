"""Sealed tables from a backup: the one that bears the same seal holds exactly what must stand there."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from db.backup_names import as_text
from db.care.finding import backups_of
from db.care.opened import opened_backup
from db.chain import head_of
from db.errors import TaizhangError
from db.file import LedgerFile
from db.places import local_backups
from db.reads.check_seals import NAMES
from db.rules.backups import SECOND_PLACE
from db.seals import broken_seals, seal, seal_of

_TYPED: Final = frozenset({"draft", "intake_draft"})
"""What a clerk may have typed: a row too many stays, and the table with it."""
_LOOKED_INTO: Final = 10
_FLIPPED: Final = 16
"""Of the 64 digits of a seal so many may differ, and it is still that of the table as it stands."""

Rows = dict[tuple[Any, ...], tuple[Any, ...]]


def mend_seals(connection: sqlite3.Connection, file: LedgerFile, overwritten: list[dict[str, Any]]) -> list[str]:
    """Bring each table whose seal is broken to the rows of a backup with that seal, in the caller's transaction.

    What is overwritten or taken out goes to `overwritten`. Returns what was done, in Chinese.
    """
    broken = broken_seals(connection)
    if not broken:
        return []
    meant = dict(connection.execute("SELECT name, sha256 FROM seal").fetchall())
    done: list[str] = []
    for table in tuple(broken):
        if _has_flipped(meant.get(table), seal_of(connection, table)):
            seal(connection, [table])
            done.append(f"{NAMES[table]}没有变，坏的只是校验值，已改正它的校验值")
            broken.remove(table)
    for path in _backups(connection, file.path):
        with suppress(TaizhangError, OSError), opened_backup(path) as backup:
            for table in tuple(broken):
                name = as_text(path.name)
                if table not in meant and _is_as_backed_up(connection, backup, table):
                    seal(connection, [table])
                    done.append(f"{NAMES[table]}与备份 {name} 一致，已补上它的校验值")
                elif _has_seal(backup, table, meant.get(table)) and _brought(connection, backup, table, overwritten):
                    done.append(f"{NAMES[table]}已按备份 {name} 改回")
                else:
                    continue
                broken.remove(table)
        if not broken:
            break
    return done


def _backups(connection: sqlite3.Connection, path: Path) -> list[Path]:
    second = connection.execute("SELECT value FROM setting WHERE key = ?", (SECOND_PLACE,)).fetchone()
    found = backups_of(path, Path(second[0]) if second else None, local_backups())
    return [backup.path for backup in found[:_LOOKED_INTO]]


def _has_flipped(stored: str | None, made: str) -> bool:
    """Whether it is the seal that is damaged: of another table hardly one digit in sixteen is the same."""
    return stored is not None and sum(one != other for one, other in zip(stored, made, strict=True)) <= _FLIPPED


def _has_seal(backup: sqlite3.Connection, table: str, meant: str | None) -> bool:
    try:
        return meant is not None and seal_of(backup, table) == meant
    except sqlite3.Error:
        return False


def _is_as_backed_up(connection: sqlite3.Connection, backup: sqlite3.Connection, table: str) -> bool:
    """Whether the table is what a backup of this very state holds under a good seal: then only the seal is lost."""
    try:
        if head_of(backup) != head_of(connection):
            return False
        (meant,) = backup.execute("SELECT sha256 FROM seal WHERE name = ?", (table,)).fetchone() or (None,)
        return meant is not None and seal_of(connection, table) == meant == seal_of(backup, table)
    except sqlite3.Error:
        return False


def _brought(
    connection: sqlite3.Connection, backup: sqlite3.Connection, table: str, overwritten: list[dict[str, Any]]
) -> bool:
    """Write the backup's rows. False, and nothing written, where rows of other tables would not fit any more."""
    columns = backup.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (table,)).fetchall()
    names = [name for name, _ in columns]
    keys = [place for place, (_, key) in enumerate(columns) if key]
    now, then = _rows(connection, table, keys), _rows(backup, table, keys)
    surplus = [key for key in now if key not in then]
    if surplus and table in _TYPED:
        return False
    changed = [key for key in then if now.get(key) != then[key]]
    connection.execute("SAVEPOINT sealed")
    is_brought = False
    try:
        where = " AND ".join(f'"{names[place]}" = ?' for place in keys)
        connection.executemany(f'DELETE FROM "{table}" WHERE {where}', surplus)
        listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
        key_names = ", ".join(f'"{names[place]}"' for place in keys)
        connection.executemany(
            f'INSERT INTO "{table}" ({listed}) VALUES ({marks}) ON CONFLICT ({key_names}) DO UPDATE SET {sets}',
            [then[key] for key in changed],
        )
        _bring_sequence(connection, backup, table)
        is_whole = not broken_seals(connection, [table])
        is_brought = is_whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.IntegrityError:
        is_brought = False
    finally:
        if not is_brought:
            connection.execute("ROLLBACK TO sealed")
        connection.execute("RELEASE sealed")
    if is_brought:
        gone = (now[key] for key in (*surplus, *changed) if key in now)
        overwritten += [{"table": table, "row": dict(zip(names, row, strict=True))} for row in gone]
    return is_brought


def _rows(connection: sqlite3.Connection, table: str, keys: list[int]) -> Rows:
    rows = connection.execute(f'SELECT * FROM "{table}" NOT INDEXED').fetchall()
    return {tuple(row[place] for place in keys): row for row in rows}


def _bring_sequence(connection: sqlite3.Connection, backup: sqlite3.Connection, table: str) -> None:
    number = backup.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    if number is not None:
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number[0]))
