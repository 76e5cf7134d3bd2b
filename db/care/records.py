"""A record of SQLite's file format (its page "Database File Format", section 2.1) taken apart without SQLite."""

import struct
from typing import Final

Value = int | float | str | bytes | None

_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer by its serial type."""
_FLOAT: Final = 7
_CONSTANTS: Final = {0: None, 8: 0, 9: 1}
_FIRST_BLOB: Final = 12


class BadRecord(ValueError):
    """Bytes that are no record."""


def varint(content: bytes, start: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins. Raises BadRecord."""
    number = 0
    for place in range(start, min(start + 8, len(content))):
        number = number << 7 | content[place] & 0x7F
        if content[place] < 0x80:
            return number, place + 1
    if start + 8 >= len(content):
        raise BadRecord("a number is cut")
    return _signed(number << 8 | content[start + 8]), start + 9


def head_of(content: bytes) -> tuple[list[int], int]:
    """The serial types of a record's values, and where the values begin. Raises BadRecord."""
    length, place = varint(content, 0)
    if not place <= length <= len(content):
        raise BadRecord("the head is cut")
    kinds = []
    while place < length:
        kind, place = varint(content, place)
        if kind < 0 or kind in (10, 11):
            raise BadRecord("there is no such kind of value")
        kinds.append(kind)
    if place != length:
        raise BadRecord("the head has another length")
    return kinds, length


def size_of(kind: int) -> int:
    """The bytes of a value by its serial type."""
    if kind >= _FIRST_BLOB:
        return (kind - _FIRST_BLOB) // 2
    return 8 if kind == _FLOAT else _INTEGERS.get(kind, 0)


def values_of(content: bytes) -> tuple[list[Value], bool]:
    """The values of a whole record, and whether all text is UTF-8; text that is not is read as far as it is.

    Raises BadRecord.
    """
    kinds, place = head_of(content)
    if place + sum(map(size_of, kinds)) != len(content):
        raise BadRecord("the values have another length")
    values, is_text = [], True
    for kind in kinds:
        stored = content[place : place + size_of(kind)]
        place += len(stored)
        value = value_of(kind, stored)
        if isinstance(value, str) and "\ufffd" in value and value.encode() != stored:
            is_text = False
        values.append(value)
    return values, is_text


def value_of(kind: int, stored: bytes) -> Value:
    """A value by its serial type and its bytes; text that is no UTF-8 as far as it is."""
    if kind in _CONSTANTS:
        return _CONSTANTS[kind]
    if kind in _INTEGERS:
        return int.from_bytes(stored, "big", signed=True)
    if kind == _FLOAT:
        number: float = struct.unpack(">d", stored)[0]
        return number
    return stored.decode("utf-8", "replace") if kind % 2 else stored


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number
