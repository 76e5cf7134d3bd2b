"""Names and folders: what the ledger file asks of the file system."""

import errno
import os
from pathlib import Path

from db.errors import FileRefusedError


def one_name(path: Path) -> Path:
    """A link's target: both must meet at the same lock."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise FileRefusedError(f"{path} 的链接绕回了自己，没有打开。", "请用 --db 指定台账文件。") from error


def inode(path: Path) -> tuple[int, int] | None:
    """Which file a name stands for now; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner reads, if it is not there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, "", str(folder)) from error


def move_without_overwriting(source: Path, target: Path) -> None:
    """Give a file its name for good. Raises FileExistsError where something bears it already."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT): look, then rename.
        if target.exists() or target.is_symlink():
            raise FileExistsError(target) from None
        os.rename(source, target)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
