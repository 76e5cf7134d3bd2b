"""The two kinds of connection to a ledger file, each with its pragmas. No other module connects to one."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

# EXTRA also syncs the folder after the journal is deleted: with FULL an acknowledged commit can be lost at power loss.
WRITE_PRAGMAS = (
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=2000",
)
READ_PRAGMAS = (
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA busy_timeout=5000",
    "PRAGMA query_only=ON",
)
SQLITE_SUFFIXES = ("-journal", "-wal", "-shm")
"""Behind the ledger's name: what SQLite makes beside it, and believes when it finds it there."""


def open_writer(path: Path) -> sqlite3.Connection:
    """A connection in autocommit that may change the file. Raises sqlite3.Error."""
    return _connect(path, "rw", WRITE_PRAGMAS)


@contextmanager
def quick_writer(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a temporary file that nobody believes yet: it is synced once, at the end, by who made it."""
    with closing(open_writer(path)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        yield connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection in autocommit that only reads (query_only). Rolls a hot journal back. Raises sqlite3.Error."""
    # Reading one row rolls a hot journal back; query_only before it would forbid that.
    return _connect(path, "rw", ("SELECT 1 FROM sqlite_schema LIMIT 1", *READ_PRAGMAS))


def open_still(path: Path) -> sqlite3.Connection:
    """A connection to a finished copy that nobody writes: no lock is taken, no journal beside it is believed, nothing
    is made there. Raises sqlite3.Error."""
    return _connect(path, "ro&immutable=1", READ_PRAGMAS)


def open_as_it_lies(path: Path) -> sqlite3.Connection:
    """A connection that only reads and leaves all as it is: beside a hot journal, which would have to be rolled back
    first, SQLite refuses every question. Raises sqlite3.Error."""
    return _connect(path, "ro", READ_PRAGMAS)


def uri_of(path: Path, mode: str = "rw") -> str:
    """A file's name as SQLite takes it, every special character quoted: a '?' or '%41' must not name another file."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def _connect(path: Path, mode: str, first: Sequence[str]) -> sqlite3.Connection:
    """first: what is asked before the connection is given away; where that fails it is closed."""
    connection = sqlite3.connect(uri_of(path, mode), uri=True, isolation_level=None, check_same_thread=False)
    try:
        set_option = getattr(connection, "setconfig", None)
        if set_option is not None:
            # Python 3.12 and later: no SQL may write into the schema or switch the journal off.
            set_option(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined,unused-ignore]
        for statement in first:
            connection.execute(statement).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection
