"""What python-calamine does not tell of an .xls: formats of numbers, hidden rows and columns (MS-XLS, BIFF8).

Without the formats 60% would come as 0.6 and a padded 002 as 2. Only records of fixed shape are looked at; strings and
merges are calamine's.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from db.intake.readers.number_formats import BUILT_IN
from db.intake.readers.ole import stream_of

_BOF, _EOF, _FORMULA, _DATE_MODE, _PASSWORD, _COLUMNS, _SHEET = 0x809, 0x0A, 0x06, 0x22, 0x2F, 0x7D, 0x85
_MANY_SHORT, _STYLE, _NUMBER, _ROW, _SHORT, _FORMAT = 0xBD, 0xE0, 0x203, 0x208, 0x27E, 0x41E
_BIFF8: Final = 0x600
_HIDDEN_ROW: Final = 0x20
_CACHED_ELSEWHERE: Final = b"\xff\xff"

Record = tuple[int, bytes]


@dataclass(slots=True)
class SheetRecords:
    """numbers: value and style by row and column, from 0; hidden rows and column ranges from 0."""

    numbers: dict[tuple[int, int], tuple[float, int]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    """Those whose result is no number; an empty one was never calculated, or says nothing."""


@dataclass(slots=True)
class BookRecords:
    """is_locked: the workbook has a password; sheets in their order; `code` gives a style's format."""

    is_locked: bool = False
    from_1904: bool = False
    sheets: list[SheetRecords] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)

    def code(self, style: int) -> str:
        """The number format code of a style."""
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number, BUILT_IN.get(number, "General"))


def records_of(content: bytes) -> BookRecords | None:
    """The records of the workbook; None where it is no BIFF8 (Excel 97 and later)."""
    stream = stream_of(content, "Workbook")
    if stream is None or len(stream) < 8 or struct.unpack_from("<HHH", stream)[::2] != (_BOF, _BIFF8):
        return None
    book = BookRecords()
    offsets: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _PASSWORD:
            book.is_locked = True
        elif kind == _DATE_MODE and len(body) >= 2:
            book.from_1904 = body[0] == 1
        elif kind == _FORMAT and len(body) >= 5:
            book.formats.update([_format(body)])
        elif kind == _STYLE and len(body) >= 4:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET and len(body) >= 6 and body[5] == 0:
            # Byte 5 is the kind: 0 a worksheet, others charts and macros.
            offsets.append(struct.unpack_from("<I", body)[0])
    book.sheets = [_sheet(stream, offset) for offset in offsets[:1000]]
    return book


def _sheet(stream: bytes, offset: int) -> SheetRecords:
    found = SheetRecords()
    for kind, body in _records(stream, offset):
        if kind == _ROW and len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
            found.hidden_rows.append(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS and len(body) >= 10 and struct.unpack_from("<H", body, 8)[0] & 1:
            found.hidden_columns.append(struct.unpack_from("<HH", body))
        elif kind in (_NUMBER, _FORMULA) and len(body) >= 14:
            row, column, style = struct.unpack_from("<HHH", body)
            if kind == _NUMBER or body[12:14] != _CACHED_ELSEWHERE:
                found.numbers[row, column] = struct.unpack_from("<d", body, 6)[0], style
            else:
                found.formulas.add((row, column))
        elif kind == _SHORT and len(body) >= 10:
            row, column, style = struct.unpack_from("<HHH", body)
            found.numbers[row, column] = _short(body, 6), style
        elif kind == _MANY_SHORT and len(body) >= 12:
            row, column = struct.unpack_from("<HH", body)
            for at in range(4, len(body) - 7, 6):
                found.numbers[row, column] = _short(body, at + 2), struct.unpack_from("<H", body, at)[0]
                column += 1
    return found


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from here to the end of this part; those of charts set into it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, body


def _short(body: bytes, at: int) -> float:
    """A number in 30 bits: the upper ones of a double, or a whole one; either may be a hundredfold."""
    (raw,) = struct.unpack_from("<I", body, at)
    if raw & 2:
        value = float(struct.unpack_from("<i", body, at)[0] >> 2)
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0])
    return value / 100 if raw & 1 else value


def _format(body: bytes) -> tuple[int, str]:
    number, length, wide = struct.unpack_from("<HHB", body)
    if wide & 1:
        return number, body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return number, body[5 : 5 + length].decode("latin-1")
