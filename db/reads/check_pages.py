"""What SQLite itself finds in the file: pages, indexes, types, conditions, references, pages that belong to nothing."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from db.errors import DamagedError
from db.reads.apart import asked
from db.reads.check_contents import PIECES
from db.rules.evidence import MEGABYTE
from db.rules.findings import Finding, damage, remark

WHOLE_AT_MOST: Final = 64 * MEGABYTE
"""Up to this size the whole file is walked through in one statement though a window may want to save meanwhile."""
_MOST_LINES: Final = 20
_NAMED: Final = 3
"""How many rows that are wrong in one way are named; the others are counted."""
_OF_AN_INDEX: Final = re.compile(
    r"row \d+ missing from index|wrong # of entries in index|non-unique entry in index|out of order in index"
    r"|index \S+ stores an imprecise|row \d+ values differ from index"
)
_STRANGE_NAMES: Final = (
    "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND (name, sql) IS NOT ('sqlite_sequence', 'CREATE TABLE sqlite_sequence(name,seq)')"
    " AND (sql IS NOT NULL OR name NOT GLOB 'sqlite_autoindex_' || tbl_name || '_[0-9]*')"
)
"""What the structure that is compared at opening leaves out: SQLite's own names."""
_LOST: Final = re.compile(r"(?:^|: )(?:Page \d+(?:: | is )never used|Page \d+ is never used)")


def pages(connection: sqlite3.Connection, tables: Sequence[str]) -> list[Finding]:
    """SQLite's integrity check, table by table; the evidence's pieces are left out, they are read with their bytes."""
    return [damage("pages", f"数据库：目录里的名称不对：{line}") for line in _findings(connection, _STRANGE_NAMES)] + [
        damage("pages", f"数据库：表 {name}：{line}", mendable=bool(_OF_AN_INDEX.search(line)))
        for name in ("sqlite_schema", *tables)
        if name != PIECES
        for line in _findings(connection, f'PRAGMA integrity_check("{name}")')
    ]


def lost_pages(connection: sqlite3.Connection, known: Sequence[Finding], *, undisturbed: bool) -> list[Finding]:
    """What only a walk through the whole file shows: pages of no table, the list of the free ones, one page used twice.

    It is one statement, and nobody can save while it lasts: a big file is walked through only where no window has it
    open (undisturbed).
    """
    size = asked(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[0][0]
    if size > WHOLE_AT_MOST and not undisturbed:
        return [remark("pages", "台账文件较大又开着窗口，空闲的页没有核对；关闭窗口后再体检一次即可")]
    told = {finding.words.rpartition("：")[2] for finding in known}
    lines = [line for line in _findings(connection, "PRAGMA integrity_check") if line not in told]
    found = [damage("pages", f"数据库：{line}", mendable=bool(_LOST.search(line))) for line in lines[:_MOST_LINES]]
    more = len(lines) - _MOST_LINES
    return [*found, damage("pages", f"数据库：另有 {more} 处同类问题")] if more > 0 else found


def references(connection: sqlite3.Connection, tables: Sequence[str]) -> list[Finding]:
    """The rows that refer to one that is not there; evidence without its content is told with the contents."""
    told = []
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in tables:
        try:
            for table, row, parent, _ in asked(connection, f'PRAGMA foreign_key_check("{name}")'):
                if (table, parent) != ("evidence", "content"):
                    rows[table, parent].append("?" if row is None else str(row))
        except DamagedError as error:
            told.append(damage("references", f"数据库：表 {name}：{error.message}"))
    return told + [
        damage(
            "references",
            f"数据库：表 {table} 有 {len(numbers)} 行指向 {parent} 里没有的行（第 {_some(numbers)} 行）",
        )
        for (table, parent), numbers in rows.items()
    ]


def _findings(connection: sqlite3.Connection, question: str) -> list[str]:
    """The lines of SQLite's answer; [] where it finds nothing."""
    try:
        rows = asked(connection, question)
    except DamagedError as error:
        return [error.message]
    # SQLite puts several findings on one page into one row, below a line that names the database.
    lines = [line for (text,) in rows for line in str(text).splitlines() if not line.startswith("*** in database")]
    return [] if lines == ["ok"] else lines


def _some(words: list[str]) -> str:
    return "、".join(words[:_NAMED]) + (f" 等 {len(words)} 处" if len(words) > _NAMED else "")
