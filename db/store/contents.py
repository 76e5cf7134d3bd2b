"""The content of a file on its way into the ledger: read once to know its SHA-256, once more to be copied."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256 as new_digest
from typing import Final

from sqlmodel import Session

from db.errors import InvalidInputError
from db.rules.evidence import MEGABYTE, PIECE, Progress, Source

HELD_IN_MEMORY: Final = 128 * MEGABYTE
"""Up to so many bytes a change waits in memory until it is committed."""


@dataclass
class Telling:
    """How far the work is: the bytes of all passes over all sources. What `progress` raises ends the work."""

    progress: Progress | None
    total: int
    done: int = 0
    _begun: int = field(default=0, repr=False)

    def begin(self) -> None:
        """A further pass begins."""
        self._begun = self.done

    def reached(self, count: int) -> None:
        """So many bytes of this pass are done. What is told never goes back."""
        self.done = max(self.done, self._begun + count)
        if self.progress is not None:
            self.progress(self.done, self.total)


def hashed(source: Source, telling: Telling) -> str:
    """The SHA-256 of a source, lower-case hex. Raises InvalidInputError when it is not the size it said."""
    digest, count = new_digest(), 0
    telling.begin()
    for piece in _pieces(source):
        digest.update(piece)
        count += len(piece)
        telling.reached(count)
    return digest.hexdigest()


def keep_out_only_at_the_end(session: Session, total: int) -> None:
    """Let others read until the commit of the open transaction, which will store so many bytes.

    SQLite else writes into the file as soon as its small cache is full, and nobody reads from then on.
    """
    if total <= HELD_IN_MEMORY:
        # A number of pages, more than there can be: plain OFF takes no effect in an open transaction.
        session.connection().exec_driver_sql(f"PRAGMA cache_spill={HELD_IN_MEMORY // 2_048}")


def keep(session: Session, source: Source, sha256: str, telling: Telling) -> bool:
    """See to it that the content stands in the file, whole, in the open transaction. Returns whether it was copied.

    One that stands already is read again instead of copied; where it is not what its SHA-256 says, it is mended.
    Raises InvalidInputError when the source is not what was hashed.
    """
    telling.begin()
    if _stands(session, sha256, source.size, telling):
        return False
    _copy(session, source, sha256, telling)
    return True


def _pieces(source: Source) -> Iterator[bytes]:
    """The source's pieces, each of the length that its size makes of it."""
    left = source.size
    for piece in source.pieces():
        if not piece or len(piece) != min(PIECE, left):
            raise _changed(source)
        left -= len(piece)
        yield piece
    if left:
        raise _changed(source)


def _stands(session: Session, sha256: str, size: int, telling: Telling) -> bool:
    connection = session.connection()
    found = connection.exec_driver_sql("SELECT size FROM content WHERE sha256 = ?", (sha256,)).scalar()
    count = connection.exec_driver_sql("SELECT count(*) FROM piece WHERE sha256 = ?", (sha256,)).scalar()
    if found != size or count != -(-size // PIECE):
        return False
    digest, read = new_digest(), 0
    for n in range(count):
        asked = "SELECT CAST(bytes AS BLOB) FROM piece WHERE sha256 = ? AND n = ?"
        piece = connection.exec_driver_sql(asked, (sha256, n)).scalar()
        if piece is None or len(piece) != min(PIECE, size - read):
            return False
        digest.update(piece)
        read += len(piece)
        telling.reached(read)
    return digest.hexdigest() == sha256


def _copy(session: Session, source: Source, sha256: str, telling: Telling) -> None:
    connection = session.connection()
    connection.exec_driver_sql(
        "INSERT INTO content (sha256, size) VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET size = excluded.size",
        (sha256, source.size),
    )
    connection.exec_driver_sql("DELETE FROM piece WHERE sha256 = ?", (sha256,))
    digest, count = new_digest(), 0
    for n, piece in enumerate(_pieces(source)):
        connection.exec_driver_sql("INSERT INTO piece (sha256, n, bytes) VALUES (?, ?, ?)", (sha256, n, piece))
        digest.update(piece)
        count += len(piece)
        telling.reached(count)
    if digest.hexdigest() != sha256:
        raise _changed(source)


def _changed(source: Source) -> InvalidInputError:
    return InvalidInputError(
        f"文件在读取过程中有变化：{source.name}，没有附上。", "请等它保存完、关闭打开它的程序后再附；台账没有改变。"
    )
