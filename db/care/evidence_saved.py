"""The contents of the evidence of a damaged file: from its own pages where they are whole, else from where they are."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.care.contents import Source, put
from db.care.pages import Cell, Pages
from db.care.records import BadRecord
from db.care.salvage_words import Report, named_files
from db.care.trees import FileRead, piece_bytes
from db.rules.evidence import Progress


def save_evidence(
    connection: sqlite3.Connection,
    pages: Pages,
    read: FileRead,
    backup: Mapping[str, Sequence[Mapping[str, Any]]],
    sources: Sequence[Source],
    report: Report,
    progress: Progress | None,
) -> tuple[str, ...]:
    """Put the contents into the new file, whose evidence stands in it already; in the caller's transaction.

    Of one that is nowhere whole the pieces that can be read are kept as they are, and it is told by the names under
    which it is attached (returned): attached once more, it is whole again. Raises sqlite3.Error.
    """
    names = _names(connection)
    sizes = {row["sha256"]: row["size"] for row in (*backup.get("content", ()), *read.rows("content").values())}
    digests = sorted({*sizes, *names, *read.pieces})
    total, done, missing, loose = sum(sizes.values()), 0, dict[str, None](), 0
    for digest in digests:
        own = read.pieces.get(digest, {})
        is_whole = put(connection, digest, _pieces(pages, own)) or any(
            put(connection, digest, _asked(source, digest)) for source in sources
        )
        if not is_whole and digest in names:
            _keep_what_is_there(connection, pages, digest, sizes.get(digest, 1), own)
            missing.update(dict.fromkeys(names[digest]))
        elif not is_whole and digest in read.tables["content"].rows.keys() | read.pieces.keys():
            loose += 1
        done += sizes.get(digest, 0)
        if progress is not None:
            progress(done, max(done, total))
    if missing:
        report.general.append(f"佐证{named_files(missing)}的内容不完整，名称还在：请用原文件在原处再附一次")
    if loose:
        report.general.append(f"已移除的佐证有 {loose} 份内容读不出来：撤销移除时找不回")
    return tuple(missing)


def _names(connection: sqlite3.Connection) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for digest, name in connection.execute("SELECT sha256, name FROM evidence WHERE sha256 IS NOT NULL ORDER BY id"):
        names.setdefault(digest, []).append(name)
    return names


def _pieces(pages: Pages, cells: Mapping[int, Cell]) -> Iterator[bytes]:
    return (piece_bytes(pages, cells[number]) for number in sorted(cells))


def _asked(source: Source, digest: str) -> Iterator[bytes]:
    """Asked only inside `put`, which knows what a source may raise."""
    yield from source(digest)


def _keep_what_is_there(
    connection: sqlite3.Connection, pages: Pages, digest: str, size: int, cells: Mapping[int, Cell]
) -> None:
    connection.execute("INSERT OR IGNORE INTO content (sha256, size) VALUES (?, ?)", (digest, max(size, 1)))
    for number in sorted(cells):
        try:
            piece = piece_bytes(pages, cells[number])
            connection.execute("INSERT INTO piece (sha256, n, bytes) VALUES (?, ?, ?)", (digest, number, piece))
        except (BadRecord, sqlite3.IntegrityError):
            continue
