"""How large a file is, in words."""

from typing import Final

from db.rules.evidence import MEGABYTE

_KILOBYTE: Final = 1 << 10


def size_words(size: int) -> str:
    """800 字节, 35 KB, 1.2 MB: of 1,024 each, never 0 for what is there. size in bytes."""
    if size < _KILOBYTE:
        return f"{size} 字节"
    if size < MEGABYTE:
        return f"{_tenths(size, _KILOBYTE)} KB"
    return f"{_tenths(size, MEGABYTE)} MB"


def _tenths(size: int, unit: int) -> str:
    """To a tenth below ten, whole above. Cut, so that what is under a limit never reads as over it."""
    return str(size // unit) if size >= 10 * unit or size % unit * 10 < unit else f"{size * 10 // unit / 10:.1f}"
