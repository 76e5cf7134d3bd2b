"""--check: the tables, the clerk's work and every byte of the evidence, read again and compared. Changes nothing."""

import sqlite3
from collections import defaultdict
from typing import Final

from db.errors import DamagedError
from db.file import LedgerFile
from db.reads.apart import asked, tables_of
from db.reads.check_contents import CONTENT_TABLES, PIECES, contents_as_found
from db.reads.check_work import work_as_told
from db.rules.evidence import Progress
from db.rules.value import value

FROM_BACKUP: Final = "请不要继续使用这个文件；把它另存一份，再从备份恢复。"
_ATTACH_AGAIN: Final = (
    "只是点到名的佐证内容坏了，其余完好。手里还有原文件的，在原处再附一次即可补好；没有的，再从备份恢复。"
)
_NAMED: Final = 3
"""How many rows that are wrong in one way are named; the others are counted."""


@value
class Checked:
    """files: contents whose bytes were read and compared, each once however often it is attached; bytes: theirs.
    unread: contents that could not be (not there, not whole); None: it is not even known how many there are.

    problems, in Chinese: what is damaged; () is a whole file. hint: what to do about them. remarks: what is worth
    knowing and no damage.
    """

    files: int
    bytes: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    unread: int | None = 0
    hint: str = FROM_BACKUP


def check(file: LedgerFile, progress: Progress | None = None) -> Checked:
    """Check the file: SQLite's integrity check of every table but the evidence's pieces, whose numbering, sizes and
    SHA-256 are compared instead; every reference; every row of the clerk's work against the newest image of it in the
    办理流水. Pages that belong to no table are not looked at. progress is told bytes of evidence, done and of how
    many; what it raises ends the check.

    What is damaged is no error here: it stands in `problems`, each with what it concerns. Table by table and piece by
    piece over a connection of its own, so that a screen that has the file open may read and write meanwhile.
    """
    with file.reading_apart() as connection:
        try:
            tables = tables_of(connection)
        except DamagedError as error:
            return Checked(0, 0, (f"数据库：{error.message}",), unread=None)
        work, remarks = work_as_told(connection, tables)
        problems = [*_pages(connection, tables), *_references(connection, tables), *work]
        if not CONTENT_TABLES.issubset(tables):
            # A file of an older program knows no evidence, and is not brought up to be checked.
            return Checked(0, 0, tuple(dict.fromkeys(problems)), tuple(remarks))
        found = contents_as_found(connection, progress)
    if found.loose:
        remarks.append(f"其中 {found.loose} 份现在没有用到（移除过的），留着供撤销")
    return Checked(
        found.files,
        found.bytes,
        tuple(dict.fromkeys([*problems, *found.broken, *found.mendable])),
        tuple(remarks),
        found.unread,
        _ATTACH_AGAIN if found.mendable and not problems and not found.broken else FROM_BACKUP,
    )


def _pages(connection: sqlite3.Connection, tables: list[str]) -> list[str]:
    """What SQLite itself finds: pages, indexes, types, the conditions of the tables."""
    return [
        f"数据库：表 {name}：{line}"
        for name in ("sqlite_schema", *tables)
        if name != PIECES
        for line in _findings(connection, name)
    ]


def _findings(connection: sqlite3.Connection, table: str) -> list[str]:
    """The lines of SQLite's integrity check of one table; [] where it finds nothing."""
    try:
        rows = asked(connection, f'PRAGMA integrity_check("{table}")')
    except DamagedError as error:
        return [error.message]
    # SQLite puts several findings on one page into one row, below a line that names the database.
    lines = [line for (text,) in rows for line in text.splitlines() if not line.startswith("*** in database")]
    return [] if lines == ["ok"] else lines


def _references(connection: sqlite3.Connection, tables: list[str]) -> list[str]:
    """The rows that refer to one that is not there; evidence without its content is told with the contents."""
    told = []
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in tables:
        try:
            for table, row, parent, _ in asked(connection, f'PRAGMA foreign_key_check("{name}")'):
                if (table, parent) != ("evidence", "content"):
                    rows[table, parent].append("?" if row is None else str(row))
        except DamagedError as error:
            told.append(f"数据库：表 {name}：{error.message}")
    return told + [
        f"数据库：表 {table} 有 {len(numbers)} 行指向 {parent} 里没有的行（第 {_some(numbers)} 行）"
        for (table, parent), numbers in rows.items()
    ]


def _some(words: list[str]) -> str:
    return "、".join(words[:_NAMED]) + (f" 等 {len(words)} 处" if len(words) > _NAMED else "")
