"""The pages of a ledger file that may be damaged in any way, read without SQLite: nothing of it is believed or run.

The format is that of SQLite's page "Database File Format", sections 1.3 to 1.6. Every number that stands in the file is
measured before it is used; what does not hold is left out and told by the caller.
"""

import io
import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from db.care.records import BadRecord, varint
from db.errors import FileRefusedError
from db.rules.value import value

TABLE_LEAF: Final = 0x0D
TABLE_INTERIOR: Final = 0x05
INDEX_LEAF: Final = 0x0A
INDEX_INTERIOR: Final = 0x02
_KINDS: Final = frozenset({TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR})
_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
"""Bytes before the first page's own head."""
USUAL_SIZE: Final = 4096
"""Of a page, as the program makes them: for a file whose header is gone."""
_SMALLEST_CELL: Final = 4


@value
class Cell:
    """What stands in one cell. child: the page below it (interior pages), else 0; key: the rowid (tables), else 0.

    length: bytes of the payload; local: those of it that stand in the page; overflow: the page where the rest begins.
    """

    child: int
    key: int
    length: int
    local: bytes
    overflow: int


@value
class Node:
    """A page of a tree. cells: those that can be read; bad: how many cannot; last: the rightmost page below, else 0."""

    kind: int
    cells: tuple[Cell, ...]
    bad: int
    last: int


class Pages:
    """The pages of one file, numbered from 1. Close it after use; nobody in this process may have the file open."""

    def __init__(self, path: Path, size: int | None = None) -> None:
        """size: bytes of a page, where the header is not to be asked. Raises OSError or FileRefusedError."""
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        self._stream = io.FileIO(descriptor, "r")
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            self._stream.close()
            raise FileRefusedError(f"{path} 不是普通文件，没有打开。", "请用 --db 指定台账文件。")
        self.length = status.st_size
        head = self._read(0, _HEADER)
        self.has_header = head[: len(_MAGIC)] == _MAGIC
        self.size = size or (_page_size(head) if self.has_header else USUAL_SIZE)
        self._usable = self.size - (head[20] if self.has_header and self.size - head[20] >= 480 else 0)
        self.count = -(-self.length // self.size)
        self.version = int.from_bytes(head[60:64], "big") if self.has_header else 0
        self._first_free = int.from_bytes(head[32:36], "big") if self.has_header else 0

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def node(self, number: int) -> Node | None:
        """The page of a tree; None where it is none, or not there."""
        page = self._page(number)
        start = _HEADER if number == 1 else 0
        if page is None or page[start] not in _KINDS:
            return None
        kind = page[start]
        is_interior = kind in (TABLE_INTERIOR, INDEX_INTERIOR)
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + (12 if is_interior else 8)
        if first + 2 * count > len(page):
            return None
        cells, bad = [], 0
        for (place,) in struct.iter_unpack(">H", page[first : first + 2 * count]):
            try:
                if not first + 2 * count <= place <= len(page) - _SMALLEST_CELL:
                    raise BadRecord("a cell outside of its page")
                cells.append(self._cell(page, place, kind))
            except BadRecord:
                bad += 1
        last = int.from_bytes(page[start + 8 : start + 12], "big") if is_interior else 0
        return Node(kind, tuple(cells), bad, last)

    def payload(self, cell: Cell) -> bytes:
        """All bytes of a cell. Raises BadRecord where the pages that carry them are not there."""
        parts, left, number, seen = [cell.local], cell.length - len(cell.local), cell.overflow, set[int]()
        while left > 0:
            page = self._page(number)
            if page is None or number in seen:
                raise BadRecord("the rest of a row is not there")
            seen.add(number)
            parts.append(page[4 : min(4 + left, self._usable)])
            left -= len(parts[-1])
            number = int.from_bytes(page[:4], "big")
        return b"".join(parts)

    def free(self) -> set[int]:
        """The pages that the file has freed, as far as its list of them can be followed."""
        found: set[int] = set()
        trunk = self._first_free
        while trunk and trunk not in found and (page := self._page(trunk)) is not None:
            found.add(trunk)
            count = min(int.from_bytes(page[4:8], "big"), (self._usable - 8) // 4)
            found.update(each for (each,) in struct.iter_unpack(">I", page[8 : 8 + 4 * count]))
            trunk = int.from_bytes(page[:4], "big")
        return found

    def leaves(self) -> Iterator[int]:
        """The numbers of all pages that look like the leaf of a tree."""
        for number in range(2, self.count + 1):
            if self._read((number - 1) * self.size, 1) in (bytes((TABLE_LEAF,)), bytes((INDEX_LEAF,))):
                yield number

    def _cell(self, page: bytes, place: int, kind: int) -> Cell:
        child = key = 0
        if kind in (TABLE_INTERIOR, INDEX_INTERIOR):
            child, place = int.from_bytes(page[place : place + 4], "big"), place + 4
        if kind == TABLE_INTERIOR:
            key, _ = varint(page, place)
            return Cell(child, key, 0, b"", 0)
        length, place = varint(page, place)
        if kind == TABLE_LEAF:
            key, place = varint(page, place)
        if not 0 <= length <= self.length:
            raise BadRecord("a row longer than the file")
        local = self._local(length, kind)
        end = place + local
        if end + (4 if local < length else 0) > self._usable:
            raise BadRecord("a row leads out of its page")
        overflow = int.from_bytes(page[end : end + 4], "big") if local < length else 0
        return Cell(child, key, length, page[place:end], overflow)

    def _local(self, length: int, kind: int) -> int:
        """How many bytes of a payload stand in the page itself."""
        most = self._usable - 35 if kind == TABLE_LEAF else (self._usable - 12) * 64 // 255 - 23
        if length <= most:
            return length
        least = (self._usable - 12) * 32 // 255 - 23
        fitting = least + (length - least) % (self._usable - 4)
        return fitting if fitting <= most else least

    def _page(self, number: int) -> bytes | None:
        """The bytes of a page; of the last one of a file that was cut, None."""
        if not 1 <= number <= self.count:
            return None
        page = self._read((number - 1) * self.size, self.size)
        return page if len(page) == self.size else None

    def _read(self, place: int, count: int) -> bytes:
        self._stream.seek(place)
        parts = []
        while count > 0 and (part := self._stream.read(count)):
            parts.append(part)
            count -= len(part)
        return b"".join(parts)


def _page_size(head: bytes) -> int:
    stored = int.from_bytes(head[16:18], "big")
    size = 65536 if stored == 1 else stored
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else USUAL_SIZE
