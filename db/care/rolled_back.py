"""A damaged file beside which a journal lies: what it would be once SQLite has rolled the journal back, in a copy."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from db.care.known import is_taken, known_tables
from db.care.pages import Pages
from db.care.replaying import linked
from db.care.tables_read import read_tables
from db.care.trees import FileRead
from db.chain import COLUMNS
from db.connecting import SQLITE_SUFFIXES, open_reader
from db.errors import FileRefusedError
from db.temporaries import temporary


@contextmanager
def before_the_last_change(path: Path) -> Iterator[Path]:
    """The file to be read: the one at `path`, or a copy of it in which an unfinished change is taken back.

    The journal of another file rolls that one's pages into it: the copy counts only where its 办理流水 is whole, of the
    same file, and at most one change shorter. Raises OSError; the file and its journal are not changed.
    """
    journals = [path.with_name(path.name + suffix) for suffix in SQLITE_SUFFIXES[:2]]
    journals = [journal for journal in journals if journal.is_file() and journal.stat().st_size]
    if not journals:
        yield path
        return
    with temporary(path.parent) as copy:
        shutil.copyfile(path, copy)
        for journal in journals:
            shutil.copyfile(journal, copy.with_name(copy.name + journal.name.removeprefix(path.name)))
        yield copy if _is_rolled_back(copy) and _is_one_change_before(copy, path) else path


def history_of(read: FileRead) -> tuple[str | None, dict[int, tuple[Any, ...]]]:
    """The identity of the file and the rows of its history (db.chain.COLUMNS and hash), as they were read."""
    known = known_tables()["identity"]
    identity = next((str(row["id"]) for row in read.rows("identity").values() if is_taken(known, row)), None)
    rows = {row["seq"]: tuple(row[name] for name in (*COLUMNS, "hash")) for row in read.rows("history").values()}
    return identity, dict(sorted(rows.items()))


def read_history(path: Path) -> tuple[str | None, dict[int, tuple[Any, ...]]]:
    """The same of a file; nothing of one that cannot be opened."""
    with suppress(OSError, FileRefusedError):
        pages = Pages(path)
        try:
            return history_of(read_tables(pages, {name: known_tables()[name] for name in ("identity", "history")}))
        finally:
            pages.close()
    return None, {}


def _is_rolled_back(copy: Path) -> bool:
    with suppress(sqlite3.Error, UnicodeDecodeError):
        open_reader(copy).close()
        return True
    return False


def _is_one_change_before(copy: Path, path: Path) -> bool:
    identity, rows = read_history(copy)
    own, own_rows = read_history(path)
    moments = {row[COLUMNS.index("at")] for seq, row in own_rows.items() if seq > max(rows, default=0)}
    is_whole = bool(rows) and all(line.sound for line in linked(identity, rows.values()))
    return is_whole and identity is not None and own in (identity, None) and len(moments) <= 1
