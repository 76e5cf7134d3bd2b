"""A file as the program of an earlier schema step would have left it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.steps import APPLICATION_ID, steps

Lines = list[dict[str, object]]


def unchained(lines: Lines) -> Lines:
    """Rows of the history without the hash that step 5 gives them."""
    return [{name: value for name, value in line.items() if name != "hash"} for line in lines]


def at_step(step: int, path: Path, target: Path, of: Callable[[str], str] = str) -> Path:
    """Copies into `target` what of `path` that step had. of(columns): what is selected for them, both as SQL."""
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for script in steps()[:step]:
            connection.executescript(script)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {step}")
        connection.execute("ATTACH ? AS later", (str(path),))
        found = connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall()
        for table in (name for (name,) in found if name != "sqlite_sequence"):
            names = [name for _, name, *_ in connection.execute(f'PRAGMA main.table_info("{table}")').fetchall()]
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {of(columns)} FROM later."{table}"')
        connection.execute("DELETE FROM main.sqlite_sequence")
        connection.execute(
            "INSERT INTO main.sqlite_sequence SELECT * FROM later.sqlite_sequence"
            " WHERE name IN (SELECT name FROM main.sqlite_schema)"
        )
    target.chmod(0o600)
    return target
