"""佐证材料: what is attached to the entries and publications of a ledger, and the content of the files."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from hashlib import sha256 as new_digest
from typing import Final

from db.errors import DamagedError
from db.file import LedgerFile
from db.rules.evidence import DEFAULT_LIMIT_MB, FOLDER_KEYS, LIMIT_KEY, MEGABYTE, PIECE, Contents, Use
from db.rules.rows_evidence import EvidenceRow
from db.rules.value import value

_ROWS: Final = (
    "SELECT v.id, v.entry_id, v.publication_id, coalesce(v.entry_id, p.entry_id), v.name, v.sha256, c.size,"
    " v.address, v.caption, v.day, v.added_at, v.modified_at FROM evidence v"
    " LEFT JOIN publication p ON p.id = v.publication_id LEFT JOIN content c ON c.sha256 = v.sha256"
    " LEFT JOIN entry e ON e.id = coalesce(v.entry_id, p.entry_id) LEFT JOIN task t ON t.id = e.task_id"
    " WHERE v.ledger_id = ?"
    " ORDER BY e.id IS NULL, e.own_number IS NOT NULL, coalesce(t.position, e.own_number), v.id"
)
_ATTACHED: Final = (
    "SELECT coalesce(v.entry_id, p.entry_id), count(*) FROM evidence v"
    " LEFT JOIN publication p ON p.id = v.publication_id"
    " WHERE v.ledger_id = ? AND coalesce(v.entry_id, p.entry_id) IS NOT NULL GROUP BY 1"
)
# A damaged row's head may call its bytes a number or a text.
_PIECE: Final = "SELECT CAST(bytes AS BLOB) FROM piece WHERE sha256 = ? AND n = ?"


@value
class Stored:
    """How much content the file holds, each once: files, and their bytes. What was detached is still there."""

    files: int
    bytes: int


def evidence(file: LedgerFile, ledger_id: int) -> tuple[EvidenceRow, ...]:
    """All of a ledger: by the entry's position, then the unit's, each in the order of attaching."""
    with file.reading() as connection:
        return evidence_of(connection, ledger_id)


def evidence_of(connection: sqlite3.Connection, ledger_id: int) -> tuple[EvidenceRow, ...]:
    """The same over an open connection."""
    rows = connection.execute(_ROWS, (ledger_id,)).fetchall()
    return tuple(
        EvidenceRow(
            *(number, entry, publication, of_entry, name, sha256, size, address, caption),
            *(date.fromisoformat(day) if day else None, added, modified),
        )
        for number, entry, publication, of_entry, name, sha256, size, address, caption, day, added, modified in rows
    )


def attached_of(connection: sqlite3.Connection, ledger_id: int) -> dict[int, int]:
    """How many pieces of evidence each entry has, those of its publications too; entries without any are left out."""
    return dict(connection.execute(_ATTACHED, (ledger_id,)).fetchall())


def contents(file: LedgerFile) -> Contents:
    """Reads contents piece by piece, each piece by a short read of its own: no statement waits for whoever writes it.

    What was read is right only once the last piece has come: then the SHA-256 is compared.
    Raises DamagedError, naming the SHA-256, for a content that is not there, not whole, or not what it was.
    """

    def read(sha256: str) -> Iterator[bytes]:
        size = _size(file, sha256)
        digest = new_digest()
        for n, start in enumerate(range(0, size, PIECE)):
            piece = _piece(file, sha256, n)
            if piece is None or len(piece) != min(PIECE, size - start):
                raise _damaged(sha256, f"的第 {n + 1} 段缺失或长度不对")
            digest.update(piece)
            yield piece
        if _piece(file, sha256, -(-size // PIECE)) is not None:
            raise _damaged(sha256, f"比登记的 {size} 字节长")
        if digest.hexdigest() != sha256:
            raise _damaged(sha256, "与附上时不一致")

    return read


def evidence_limit(file: LedgerFile) -> int:
    """How many bytes a file may have to be attached."""
    with file.reading() as connection:
        found = _setting(connection, LIMIT_KEY)
        return (DEFAULT_LIMIT_MB if found is None else int(found)) * MEGABYTE


def folder(file: LedgerFile, use: Use) -> str | None:
    """The folder that the clerk was last in for this; None: not yet."""
    with file.reading() as connection:
        return _setting(connection, FOLDER_KEYS[use])


def stored(file: LedgerFile) -> Stored:
    """How much content the whole file holds."""
    with file.reading() as connection:
        # Added up here: SQLite's sum fails on what a damaged size may come to.
        sizes = [size for (size,) in connection.execute("SELECT size FROM content").fetchall()]
    return Stored(len(sizes), sum(sizes))


def _size(file: LedgerFile, sha256: str) -> int:
    with file.reading() as connection:
        row = connection.execute("SELECT size FROM content WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise _damaged(sha256, "不在台账文件里")
    return int(row[0])


def _piece(file: LedgerFile, sha256: str, n: int) -> bytes | None:
    with file.reading() as connection:
        row = connection.execute(_PIECE, (sha256, n)).fetchone()
    return None if row is None else bytes(row[0])


def _damaged(sha256: str, how: str) -> DamagedError:
    return DamagedError(
        f"佐证的内容已损坏：{sha256} {how}。",
        "请用 --check 查明有哪些；手里还有原文件的，在原处再附一次即可补好，否则从备份恢复。",
    )


def _setting(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])
