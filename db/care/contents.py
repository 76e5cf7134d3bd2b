"""The contents of the evidence filled in by their SHA-256, from wherever each lies whole: nothing else is believed."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256 as new_digest
from pathlib import Path
from typing import Final

from db.backup_names import CONTENTS, REPLACED, folder_of
from db.care.known import known_tables
from db.care.pages import Pages
from db.care.records import BadRecord
from db.care.spots import spots_known
from db.care.tables_read import read_tables
from db.care.trees import PIECE, piece_bytes
from db.errors import DamagedError, FileRefusedError
from db.places import local_backups
from db.reads.office import second_place_of
from db.rules.evidence import PIECE as PIECE_BYTES
from db.rules.evidence import Progress

Source = Callable[[str], Iterator[bytes]]
"""The bytes under a SHA-256 in pieces of PIECE; () where there are none. Raises OSError or BadRecord."""

_NAMED: Final = 5
_ATTACHED: Final = "SELECT name FROM evidence WHERE sha256 = ? GROUP BY name ORDER BY min(id)"


def fill_in(
    connection: sqlite3.Connection, sources: Sequence[Source], progress: Progress | None = None
) -> tuple[str, ...]:
    """Fill in every content whose pieces are not whole, in the caller's transaction.

    What no source has whole stays as it was. Returns its file names, as they are attached (what is attached nowhere any
    more is not named). progress is told bytes, done and of how many. Raises sqlite3.Error.
    """
    contents = connection.execute("SELECT sha256, size FROM content ORDER BY sha256").fetchall()
    done, total, missing = 0, sum(size for _, size in contents), dict[str, None]()
    for digest, size in contents:
        if not is_whole(connection, digest) and not _filled(connection, digest, sources):
            missing.update((name, None) for (name,) in connection.execute(_ATTACHED, (digest,)).fetchall())
        done += size
        if progress is not None:
            progress(done, total)
    return tuple(missing)


def is_whole(connection: sqlite3.Connection, digest: str) -> bool:
    """Whether the pieces that stand in the file are the content of this SHA-256."""
    total, numbers = new_digest(), []
    rows = connection.execute("SELECT n, CAST(bytes AS BLOB) FROM piece WHERE sha256 = ? ORDER BY n", (digest,))
    for number, piece in rows:
        numbers.append(number)
        total.update(piece)
    return numbers == list(range(len(numbers))) and total.hexdigest() == digest


def put(connection: sqlite3.Connection, digest: str, pieces: Iterable[bytes]) -> bool:
    """Put the pieces in as the content of a SHA-256, in place of what stood there; not where they are not it."""
    connection.execute("SAVEPOINT content")
    is_it, total, size = False, new_digest(), 0
    try:
        connection.execute("DELETE FROM piece WHERE sha256 = ?", (digest,))
        connection.execute("INSERT OR IGNORE INTO content (sha256, size) VALUES (?, 1)", (digest,))
        for number, piece in enumerate(pieces):
            connection.execute("INSERT INTO piece (sha256, n, bytes) VALUES (?, ?, ?)", (digest, number, piece))
            total.update(piece)
            size += len(piece)
        is_it = size > 0 and total.hexdigest() == digest
        if is_it:
            connection.execute("UPDATE content SET size = ? WHERE sha256 = ?", (size, digest))
    except (OSError, BadRecord, sqlite3.IntegrityError):
        is_it = False
    finally:
        if not is_it:
            connection.execute("ROLLBACK TO content")
        connection.execute("RELEASE content")
    return is_it


def in_folder(folder: Path) -> Source:
    """A folder of contents, each in a file that is named by its SHA-256; no link is followed."""

    def pieces(digest: str) -> Iterator[bytes]:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(folder / digest, flags), "rb") as stream:
            if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                while piece := stream.read(PIECE_BYTES):
                    yield piece

    return pieces


def in_pages(pages: Pages) -> Source:
    """The pieces in a ledger file that may be damaged."""
    found = read_tables(pages, {PIECE: known_tables()[PIECE]}).pieces

    def read(digest: str) -> Iterator[bytes]:
        cells = found.get(digest, {})
        return (piece_bytes(pages, cells[number]) for number in sorted(cells))

    return read


def content_folders(path: Path, connection: sqlite3.Connection) -> list[Path]:
    """The folders that hold contents of the ledger file at `path`: beside it, at the second place that the setting in
    `connection` names, on this machine. They may not be there."""
    named = second_place_of(connection)
    spots = spots_known(path, Path(named) if named else None, local_backups(), None)
    return [folder / CONTENTS for folder in dict.fromkeys((folder_of(path), *(spot.folder for spot in spots)))]


@contextmanager
def sources_for(path: Path, folders: Iterable[Path]) -> Iterator[list[Source]]:
    """The folders, then the ledger file at `path` itself and those that were replaced there before.

    The caller holds its lock; nobody in this process has it open.
    """
    replaced = sorted((folder_of(path) / REPLACED).glob(f"*/{_plain(path.name)}"), reverse=True)
    with ExitStack() as stack:
        found = [in_folder(folder) for folder in dict.fromkeys(folders)]
        for ledger in (path, *replaced):
            found.append(_when_asked(ledger, stack))
        yield found


def _when_asked(ledger: Path, stack: ExitStack) -> Source:
    """The pieces of a ledger file that is opened when the first content is asked of it."""
    opened: list[Source] = []

    def read(digest: str) -> Iterator[bytes]:
        if not opened:
            opened.append(lambda _: iter(()))
            with suppress(OSError, FileRefusedError, DamagedError):
                pages = Pages(ledger)
                stack.callback(pages.close)
                opened[0] = in_pages(pages)
        return opened[0](digest)

    return read


def _filled(connection: sqlite3.Connection, digest: str, sources: Sequence[Source]) -> bool:
    return any(put(connection, digest, _begun(source, digest)) for source in sources)


def _begun(source: Source, digest: str) -> Iterator[bytes]:
    """Asked only inside `put`, which knows what a source may raise."""
    yield from source(digest)


def _plain(name: str) -> str:
    """A name for glob, which would take brackets and stars for more."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)
