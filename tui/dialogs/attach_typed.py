"""What stands in the path line of 附佐证, looked at: files that can be attached, and web addresses."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db.errors import InvalidInputError
from db.intake.evidence_source import FileSource
from db.rules.limits import ADDRESS_LIMIT
from db.rules.typed_paths import PathText, Typed, WebAddress, read_typed
from tui.dialogs.foreign_path import foreign_words
from tui.text import cut, one_line
from tui.wording_evidence import many_words, size_words

_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
_BEFORE_ADDRESS: Final = re.compile(r"(?<!\s)\s++(?=https?://)", re.IGNORECASE)
_BEHIND_ADDRESS: Final = re.compile(r"\s*\n\s*|\s+(?=['\"“‘]|/|~/|file:/|www\.|ftp://)", re.IGNORECASE)
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_JOINED: Final = re.compile(r"[，、；]\s*https?://", re.IGNORECASE)
_LINES: Final = 3
_NAME_CELLS: Final = 50

Look = Callable[[Path], FileSource]
"""Raises InvalidInputError where a path leads to nothing that can be attached."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What is to be attached."""

    sources: tuple[FileSource, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[FileSource, ...]:
        """The files that a symbolic link leads to: the clerk has named another one."""
        return tuple(source for source in self.sources if source.link is not None)


def meant_by(given: str | Sequence[Path], look: Look, folder: Path) -> Meant | None:
    """What a text or chosen paths mean; a path that is not whole counts from `folder`. None for a blank text.

    Raises InvalidInputError for the first file or address that cannot be attached.
    """
    if not isinstance(given, str):
        return Meant(tuple(map(look, given)))
    typed = _there(given, folder)
    if typed is None:
        return None
    _refuse_unusable(typed, folder)
    paths = dict.fromkeys(_path(each, folder) for each in typed if isinstance(each, PathText))
    addresses = dict.fromkeys(each.text for each in typed if isinstance(each, WebAddress))
    return Meant(tuple(map(look, paths)), tuple(addresses))


def is_there(given: str | Sequence[Path], folder: Path) -> bool:
    """Whether every file that is meant exists: half a path is no reason to complain."""
    if not isinstance(given, str):
        return True
    typed = _there(given, folder)
    return typed is not None and _exist(typed, folder)


def is_larger(path: Path, limit: int) -> bool:
    """Whether there is a file of more than so many bytes."""
    try:
        return path.stat().st_size > limit
    except OSError:
        return False


def wrong_words(given: str | Sequence[Path], folder: Path) -> str:
    """What is wrong for certain with a text by which not every file is there, '' while it may become right."""
    typed = None if not isinstance(given, str) else _there(given, folder)
    try:
        _refuse_unusable(typed or (), folder)
    except InvalidInputError as error:
        return error.message + error.hint
    return ""


def meant_words(meant: Meant) -> str:
    """What will be attached, a line each, as far as there is room; where a link leads."""
    lines = [_source_words(source) for source in meant.sources]
    lines += [f"网址  {cut(address, _NAME_CELLS)}" for address in meant.addresses]
    if len(lines) > _LINES:
        rest = len(lines) - _LINES + 1
        lines[_LINES - 1 :] = [f"以及另外 {rest} 个"]
    if len(meant.sources) + len(meant.addresses) > 1:
        lines.insert(0, many_words([source.size for source in meant.sources], len(meant.addresses)) + "：")
    return "\n".join(lines)


def link_words(meant: Meant) -> str:
    """Where the links lead."""
    where = "；".join(f"「{one_line(str(source.path))}」" for source in meant.links[:_LINES])
    more = f"等 {len(meant.links)} 个文件" if len(meant.links) > _LINES else ""
    return f"这是链接，指向{where}{more}"


def _source_words(source: FileSource) -> str:
    changes = f"（{'；'.join(source.changes)}）" if source.changes else ""
    link = f"  链接，指向 {one_line(str(source.path))}" if source.link is not None else ""
    return f"{cut(source.name, _NAME_CELLS)}  {size_words(source.size)}{changes}{link}"


def _there(text: str, folder: Path) -> Typed | None:
    """The first way to read the text by which every file is there, else the likeliest; None for a blank text."""
    ways = read_typed(text)
    there = next((way for way in ways if _exist(way, folder) and not any(map(_has_blank, way))), None)
    if there is not None or not ways:
        return there
    # No address has a blank in it: what stands behind one may be another thing.
    pieces = _apart(text)
    return tuple(each for piece in pieces for each in _there(piece, folder) or ()) if len(pieces) > 1 else ways[-1]


def _apart(text: str) -> list[str]:
    """The text, divided before and behind each web address."""
    pieces: list[str] = []
    for piece in _BEFORE_ADDRESS.split(text.strip()):
        parts = _BEHIND_ADDRESS.split(piece, maxsplit=1) if _ADDRESS.match(piece) else [piece]
        pieces += filter(None, map(str.strip, parts))
    return pieces


def _has_blank(each: PathText | WebAddress) -> bool:
    return isinstance(each, WebAddress) and bool(_BLANK.search(each.text))


def _refuse_unusable(typed: Typed, folder: Path) -> None:
    """Raises InvalidInputError for an address, or what was meant as one, that no browser would take."""
    for each in typed:
        if isinstance(each, WebAddress):
            _refuse_address(each.text)
        elif (words := foreign_words(each.text)) and not os.path.lexists(_path(each, folder)):
            raise InvalidInputError(f"{words}。")


def _refuse_address(address: str) -> None:
    if _BLANK.search(address):
        raise InvalidInputError("网址里有空格。", "请从浏览器的地址栏重新复制；几个网址之间用空格或换行隔开。")
    if _JOINED.search(address):
        raise InvalidInputError("几个网址连在了一起。", "请用空格或换行隔开。")
    if len(address) > ADDRESS_LIMIT:
        raise InvalidInputError(f"网址有 {len(address)} 个字，最多 {ADDRESS_LIMIT} 个。", "请改用较短的网址。")


def _exist(typed: Typed, folder: Path) -> bool:
    return all(isinstance(each, WebAddress) or os.path.lexists(_path(each, folder)) for each in typed)


def _path(each: PathText | WebAddress, folder: Path) -> Path:
    if "\x00" in each.text:
        raise InvalidInputError("路径里有不能使用的字符", "请核对路径")
    return folder / os.path.expanduser(each.text)
