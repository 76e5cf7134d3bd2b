"""What stands in the path line of 附佐证, looked at: files that can be attached, and web addresses."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db.errors import InvalidInputError
from db.intake.evidence_source import FileSource
from db.rules.typed_paths import PathText, Typed, WebAddress, read_typed
from tui.text import cut, one_line
from tui.wording_evidence import many_words, size_words

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

    Raises InvalidInputError for the first file that cannot be attached.
    """
    if not isinstance(given, str):
        return Meant(tuple(map(look, given)))
    typed = _there(given, folder)
    if typed is None:
        return None
    paths = dict.fromkeys(_path(each, folder) for each in typed if isinstance(each, PathText))
    addresses = dict.fromkeys(each.text for each in typed if isinstance(each, WebAddress))
    return Meant(tuple(map(look, paths)), tuple(addresses))


def is_there(given: str | Sequence[Path], folder: Path) -> bool:
    """Whether every file that is meant exists: half a path is no reason to complain."""
    if not isinstance(given, str):
        return True
    typed = _there(given, folder)
    return typed is not None and _exist(typed, folder)


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
    """The first way to read the text by which every file is there, else the last; None for a blank text."""
    ways = read_typed(text)
    return next((way for way in ways if _exist(way, folder)), ways[-1] if ways else None)


def _exist(typed: Typed, folder: Path) -> bool:
    return all(isinstance(each, WebAddress) or os.path.lexists(_path(each, folder)) for each in typed)


def _path(each: PathText | WebAddress, folder: Path) -> Path:
    if "\x00" in each.text:
        raise InvalidInputError("路径里有不能使用的字符", "请核对路径")
    return folder / os.path.expanduser(each.text)
