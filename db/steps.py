"""The numbered schema steps: which there are, what they make, and how a file is brought to the newest."""

import hashlib
import secrets
import sqlite3
from functools import cache
from pathlib import Path
from typing import Final

from db.chain import link_all
from db.seals import seal

APPLICATION_ID = 0x54415A48
"""'TAZH' in the file's header: what tells a taizhang ledger from any other SQLite file."""


@cache
def steps() -> tuple[str, ...]:
    """The SQL of every step, in order. Step n brings user_version from n-1 to n."""
    paths = sorted((Path(__file__).parent / "schema").glob("*.sql"))
    for number, path in enumerate(paths, 1):
        if not path.name.startswith(f"{number:04d}_"):
            raise RuntimeError(f"schema step {number} is missing: {path.name}")
    return tuple(path.read_text(encoding="utf-8") for path in paths)


def newest() -> int:
    """The user_version of a file that this program writes."""
    return len(steps())


CHAINED: Final = 5
"""The step from which the file has its identity and the 办理流水 is a chain."""


def new_identity() -> str:
    """What tells this file from every other, for as long as it lives: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def apply_steps(connection: sqlite3.Connection, version: int, identity: str | None = None) -> None:
    """Bring a file from `version` to the newest in one transaction: all of it or nothing.

    identity: of a file that is made anew from what could be saved of it; a new one without it.
    The connection must be in autocommit (isolation_level None): executescript would else commit what is pending.
    """
    script = "\n".join(steps()[version:])
    mark = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {newest()};"
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\n{mark}")
        if version < CHAINED <= newest():
            connection.execute("INSERT INTO identity (only, id) VALUES (1, ?)", (identity or new_identity(),))
            link_all(connection)
            seal(connection)
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def structure(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """What the file is made of: (type, name, sql) of everything in its schema but SQLite's own tables."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    # A flipped bit may call a name a number, or bytes.
    return frozenset((str(kind), str(name), str(sql or "")) for kind, name, sql in rows.fetchall())


FINGERPRINTS = (
    "4451e307f7ae8deb39fa7d54c38f48d95c682280bb39b581eff88c3241c2f192",
    "2a1929a258c0933445ac9b017c15d334c66dfb2f7fa1dbd56a570afca6823f99",
    "cb797dc9329fb0ea2dc089812ea0a9270ed7d213ebcf2022775da372b353fdc1",
    "8a7e5fa6fef4699b394fbfcc160f1c04cecf1b9c9f359d9a3329793f975c5b13",
    "4879258a71c36319b3ff17b8979a8e7f0f413d7f2c5cd76f06b544992a32e0d3",
)
"""The fingerprint of each step's structure. Making it anew, in memory, costs a start more than reading the ledger."""


def fingerprint(parts: frozenset[tuple[str, str, str]]) -> str:
    """SHA-256 over a structure, in the order of type, name and sql."""
    return hashlib.sha256(repr(sorted(parts)).encode()).hexdigest()


def expected_fingerprint(version: int) -> str:
    """What the fingerprint of a file of that step must be."""
    return FINGERPRINTS[version - 1] if version <= len(FINGERPRINTS) else fingerprint(expected_structure(version))


def expected_structure(version: int) -> frozenset[tuple[str, str, str]]:
    """What a file of that step is made of."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        memory.executescript("\n".join(steps()[:version]))
        return structure(memory)
    finally:
        memory.close()
