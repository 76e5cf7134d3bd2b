"""The contents of the evidence, read again: numbering, sizes, SHA-256. What is wrong is named by what is attached."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256 as new_digest
from itertools import count, islice
from typing import Final

from db.errors import DamagedError
from db.reads.apart import asked
from db.rules.evidence import PIECE, Progress
from db.rules.value import value

PIECES: Final = "piece"
CONTENT_TABLES: Final = frozenset({"content", PIECES, "evidence"})
_NAMED: Final = 3
"""How many of the things that are wrong in one way are named; the others are counted."""
_ATTACHED: Final = "SELECT sha256, name FROM evidence WHERE sha256 IS NOT NULL ORDER BY id"
# The number of a piece stands before its bytes: neither question reads these.
_ROWS: Final = "SELECT rowid, sha256, n FROM piece NOT INDEXED"
_INDEX: Final = "SELECT rowid, sha256, n FROM piece INDEXED BY sqlite_autoindex_piece_1"


@dataclass
class Found:
    """files, bytes: what was read and compared; unread: how many could not be, None: not known; loose: attached
    nowhere; mendable: what goes once the file is attached again; broken: what does not; digests: the SHA-256 of the
    contents that would have to come back for that."""

    files: int = 0
    bytes: int = 0
    unread: int | None = 0
    loose: int = 0
    mendable: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)


@value
class _Content:
    """What is registered of a content, and the names under which it is attached (empty: detached)."""

    sha256: str
    size: int
    names: tuple[str, ...]

    @property
    def called(self) -> str:
        return f"佐证{_called(self.names)}（SHA-256 {self.sha256[:12]}…）"


def contents_as_found(connection: sqlite3.Connection, progress: Progress | None) -> Found:
    """Read every content, one short statement a piece. progress is told bytes, done and of how many there are to read:
    what is not whole is not read, and what is registered wrongly promises nothing."""
    found = Found()
    found.broken += _numbering(connection)
    try:
        contents = _contents(connection, found)
    except DamagedError as error:
        found.broken.append(f"佐证目录：{error.message}，佐证没有核对")
        found.unread = None
        return found
    whole = [content for content in contents if _is_whole(connection, content, found)]
    total, done = sum(content.size for content in whole), 0
    for content in whole:
        _compare(connection, content, found, done, total, progress)
        done += content.size
    found.unread = len(contents) - found.files + (found.unread or 0)
    return found


def _numbering(connection: sqlite3.Connection) -> list[str]:
    """Whether the index of the pieces is theirs. The table's other pages are read with the bytes."""
    try:
        rows, index = asked(connection, _ROWS), asked(connection, _INDEX)
    except DamagedError as error:
        return [f"数据库：表 {PIECES}：{error.message}"]
    is_one = set(rows) == set(index) and len({row[1:] for row in rows}) == len(rows) == len(index)
    return [] if is_one else [f"数据库：表 {PIECES}：索引与内容段不一致"]


def _contents(connection: sqlite3.Connection, found: Found) -> list[_Content]:
    """What is registered; evidence whose content is not, is told."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for digest, name in asked(connection, _ATTACHED):
        names[digest][name] = None
    rows = asked(connection, "SELECT sha256, size FROM content ORDER BY sha256")
    # A flipped bit may call a number a text, or nothing.
    sizes = {digest: size for digest, size in rows if isinstance(digest, str) and isinstance(size, int)}
    if len(sizes) < len(rows):
        found.broken.append(f"佐证目录：有 {len(rows) - len(sizes)} 行读不出来")
    without = [digest for digest in names if digest not in sizes]
    found.mendable += [
        f"佐证{_called(tuple(names[digest]))}没有内容（SHA-256 {digest[:12]}… 不在文件里）" for digest in without
    ]
    found.digests += without
    found.unread = len(without)
    found.loose = sum(digest not in names for digest in sizes)
    return [_Content(digest, size, tuple(names.get(digest, ()))) for digest, size in sizes.items()]


def _is_whole(connection: sqlite3.Connection, content: _Content, found: Found) -> bool:
    try:
        # length() of a blob is read from the row's head: no byte of the content is.
        rows = asked(connection, "SELECT n, length(bytes) FROM piece WHERE sha256 = ?", content.sha256)
    except DamagedError as error:
        found.broken.append(f"{content.called}：{error.message}")
        return False
    wrong = _wrong_pieces(content, {n: length for n, length in rows if isinstance(n, int)})
    found.mendable += [f"{content.called}：{words}" for words in wrong]
    found.digests += [content.sha256] if wrong else []
    return not wrong


def _wrong_pieces(content: _Content, lengths: dict[int, int]) -> list[str]:
    """What is wrong with the pieces that are there, by number. Counted, not listed: a damaged size may promise any."""
    meant = -(-content.size // PIECE)
    there = sorted(n for n in lengths if 0 <= n < meant)
    missing = meant - len(there)
    first_missing = list(islice((n for n in count() if n not in lengths), min(missing, _NAMED)))
    extra = sorted(n for n in lengths if not 0 <= n < meant)
    wrong = [n for n in there if lengths[n] != min(PIECE, content.size - n * PIECE)]
    return [
        *([f"共 {meant} 段，缺{_numbered(first_missing, missing)}"] if missing else []),
        *([f"登记为 {content.size} 字节、{meant} 段，却有{_numbered(extra, len(extra))}"] if extra else []),
        *([f"登记为 {content.size} 字节，{_numbered(wrong, len(wrong))}长度不对"] if wrong else []),
    ]


def _compare(
    connection: sqlite3.Connection, content: _Content, found: Found, before: int, total: int, progress: Progress | None
) -> None:
    digest = new_digest()
    try:
        for n in range(-(-content.size // PIECE)):
            question = "SELECT CAST(bytes AS BLOB) FROM piece WHERE sha256 = ? AND n = ?"
            for (piece,) in asked(connection, question, content.sha256, n):
                digest.update(piece)
            if progress is not None:
                progress(before + min((n + 1) * PIECE, content.size), total)
    except DamagedError as error:
        found.broken.append(f"{content.called}：{error.message}")
        return
    found.files += 1
    found.bytes += content.size
    if digest.hexdigest() != content.sha256:
        found.mendable.append(f"{content.called}：内容与附上时不一致（SHA-256 不符）")
        found.digests.append(content.sha256)


def _called(names: tuple[str, ...]) -> str:
    if not names:
        return "（已移除）"
    more = f" 等 {len(names)} 处" if len(names) > _NAMED else ""
    return "、".join(f"“{name}”" for name in names[:_NAMED]) + more


def _numbered(pieces: list[int], total: int) -> str:
    """第 2、3、4 段等 8191 段: the pieces counted from 1, the first by number."""
    named = f"第 {'、'.join(str(n + 1) for n in pieces[:_NAMED])} 段"
    return f"{named}等 {total} 段" if total > _NAMED else named
