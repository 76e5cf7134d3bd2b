"""One stream out of an old compound file (MS-CFB): the container of .xls.

Sectors are chained by a table; a chain that runs in a circle or out of the file ends there. Nothing is built that is
larger than the file.
"""

import struct
from collections.abc import Iterator
from typing import Final

_HEADER: Final = 512
_ENTRY: Final = 128
_LAST: Final = 0xFFFFFFFA
"""From here on a sector number is a mark, not a number."""
_STREAM: Final = 2
_ROOT: Final = 5


def stream_of(content: bytes, *names: str) -> bytes | None:
    """The first stream of one of these names, in the order of the directory; None where there is none."""
    if len(content) < _HEADER:
        return None
    sector, small_sector = (1 << min(shift, 16) for shift in struct.unpack_from("<HH", content, 30))
    first_entry, limit, first_small = struct.unpack_from("<I4xII", content, 48)
    table = _table(content, sector)
    directory = _chained(content, table, first_entry, sector, sector)
    root: tuple[int, int] | None = None
    for name, kind, start, size in _entries(directory):
        if kind == _ROOT and root is None:
            root = start, size
        elif kind == _STREAM and name in names:
            if size >= limit or root is None:
                return _chained(content, table, start, sector, sector)[:size]
            small = _numbers(_chained(content, table, first_small, sector, sector))
            holder = _chained(content, table, root[0], sector, sector)[: root[1]]
            return _chained(holder, small, start, small_sector, 0)[:size]
    return None


def _table(content: bytes, sector: int) -> tuple[int, ...]:
    """The allocation table: for each sector the one that follows it."""
    wanted = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // sector + 1)):
        more = _numbers(content[sector * (following + 1) :][:sector])
        if following >= _LAST or len(more) < 2:
            break
        wanted.extend(more[:-1])
        following = more[-1]
    parts = [content[sector * (one + 1) :][:sector] for one in dict.fromkeys(wanted) if one < _LAST]
    return _numbers(b"".join(parts))


def _numbers(text: bytes) -> tuple[int, ...]:
    count = len(text) // 4
    return struct.unpack_from(f"<{count}I", text)


def _chained(content: bytes, table: tuple[int, ...], first: int, sector: int, offset: int) -> bytes:
    parts: list[bytes] = []
    seen = bytearray(len(table))
    while first < len(table) and not seen[first]:
        seen[first] = 1
        begin = offset + first * sector
        parts.append(content[begin : begin + sector])
        first = table[first]
    return b"".join(parts)


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of each entry."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        yield name, kind, start, size
