"""Names that every system takes: what a clerk calls a thing, made fit to be the name of a file or folder.

Windows is the strictest: no / \\ : * ? " < > |, no trailing dot or space, no device names (CON, NUL.txt), no two names
that differ in case alone. macOS holds two spellings of one letter (NFC, NFD) for one name. Linux counts bytes: 255, so
that 60 characters of four bytes each still fit.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LIMIT: Final = 60
"""Characters (code points) of a name."""
_NAMELESS: Final = "未命名"
# unzip takes ;1 at the end of a name for a version and drops it.
_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|;]')
# Letters by Unicode that show nothing: fillers of Hangul, the grapheme joiner, the empty Braille cell.
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SUFFIX: Final = re.compile(r"(?<=.)\.[0-9A-Za-z]{1,10}\Z")
# Up to the first dot, whatever follows it: NUL.tar.gz is the device too.
_DEVICE: Final = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE)


def safe_name(text: str, *, limit: int = LIMIT) -> str:
    """The text as one name of at most `limit` (at least 16) characters; idempotent, never empty.

    NFC. A suffix of at most ten letters and digits is kept when the rest has to be cut.
    """
    name = unicodedata.normalize("NFC", "".join(map(_seen, text)))
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(". ")
    name = re.sub(r"\A-+", "_", name) or _NAMELESS
    stem, suffix = split(name)
    stem = _cut(stem, limit - len(suffix))
    if _DEVICE.match(stem + suffix):
        stem = _cut(f"_{stem}", limit - len(suffix))
    return stem + suffix


def unique(names: Iterable[str], *, limit: int = LIMIT) -> list[str]:
    """The names in their order, none twice: a further one gets ' (2)' before its suffix.

    Two names are one where a system holds them for one: whatever their case and their spelling in Unicode.
    """
    taken: set[str] = set()
    turns: dict[str, int] = {}
    made = []
    for name in names:
        key, found = _key(name), name
        while _key(found) in taken:
            turns[key] = turns.get(key, 1) + 1
            found = _numbered(name, turns[key], limit)
        taken.add(_key(found))
        made.append(found)
    return made


def split(name: str) -> tuple[str, str]:
    """The name without its suffix, and the suffix with its dot ('' where there is none)."""
    found = _SUFFIX.search(name)
    return (name[: found.start()], found[0]) if found else (name, "")


def _seen(char: str) -> str:
    """The character, a space for what breaks a line, '' for what shows nothing or is none."""
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    code = ord(char)
    is_none = kind in ("Cf", "Cs") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "" if is_none or char in _FILLERS else char


def _cut(stem: str, room: int) -> str:
    return stem if len(stem) <= room else stem[:room].rstrip(". ") or stem[:1]


def _numbered(name: str, turn: int, limit: int) -> str:
    stem, suffix = split(name)
    mark = f" ({turn})"
    return _cut(stem, limit - len(mark) - len(suffix)) + mark + suffix


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.upper().casefold())
