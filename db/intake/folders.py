"""What lies in a folder, for the clerk to pick from. Nothing in it is opened."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from db.intake.evidence_source import moment
from db.intake.file_names import decoded

MOST_LINES: Final = 10_000
_MOST_SEEN: Final = 10 * MOST_LINES
"""How many names are looked at in order to find the newest: a folder of a million must not hold the screen up."""

_REASONS: Final = {
    errno.ENOENT: "这个文件夹不存在。",
    errno.ENOTDIR: "这不是文件夹。",
    errno.EACCES: "没有权限查看这个文件夹。",
    errno.EPERM: "系统不允许查看这个文件夹。",
    errno.ELOOP: "链接互相指向，找不到文件夹。",
    errno.ENAMETOOLONG: "路径太长。",
    errno.EIO: "磁盘读取出错。",
}


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One file or folder. name: as text, not yet safe for a terminal; size in bytes and modified (UTC+8) of what a
    link leads to, 0 and None where they are not known; fits: a folder, or a regular file that is not empty."""

    name: str
    path: Path
    is_folder: bool
    size: int
    modified: datetime | None
    fits: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """path: without links; lines: folders by name, then files, the newest first; more: there were more than MOST_LINES;
    refused: in Chinese why nothing can be listed, '' when it could."""

    path: Path
    lines: tuple[FolderLine, ...]
    refused: str = ""
    more: bool = False


def list_folder(path: Path) -> Folder:
    """The files and folders in a folder but the hidden ones. What is wrong with the folder is said in `refused`."""
    try:
        real = Path(os.path.realpath(path))
        with os.scandir(real) as found:
            lines = list(islice(_lines(found), _MOST_SEEN + 1))
    except ValueError:
        return Folder(path, (), "路径里有不能使用的字符。")
    except OSError as error:
        return Folder(path, (), _REASONS.get(error.errno or 0, f"无法查看：{error.strerror or type(error).__name__}。"))
    lines.sort(key=_order)
    return Folder(real, tuple(lines[:MOST_LINES]), more=len(lines) > MOST_LINES)


def nearest_folder(path: Path | None) -> Path:
    """The folder, else the nearest above it that is there, else the clerk's home; never the bare root in its place."""
    home = Path(os.path.expanduser("~"))
    if path is not None and path.is_absolute():
        for folder in (path, *path.parents):
            if os.path.isdir(folder) and (folder != folder.parent or folder == path):
                return folder
    return home if os.path.isdir(home) else Path(home.anchor or os.sep)


def _lines(found: Iterator[os.DirEntry[str]]) -> Iterator[FolderLine]:
    return (_line(entry) for entry in found if not entry.name.startswith("."))


def _line(entry: os.DirEntry[str]) -> FolderLine:
    name, path = decoded(entry.name)[0], Path(entry.path)
    try:
        status = entry.stat()
    except OSError:
        # A link that leads nowhere, or what was removed meanwhile.
        return FolderLine(name, path, False, 0, None, False)
    is_folder = stat.S_ISDIR(status.st_mode)
    is_file = stat.S_ISREG(status.st_mode)
    size = status.st_size if is_file else 0
    return FolderLine(name, path, is_folder, size, moment(status.st_mtime_ns), is_folder or size > 0)


def _order(line: FolderLine) -> tuple[bool, float, str, str]:
    newest = line.modified.timestamp() if line.modified and not line.is_folder else 0.0
    return not line.is_folder, -newest, line.name.casefold(), line.name
