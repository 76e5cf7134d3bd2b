"""Names and folders: what the ledger file asks of the file system."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from db.errors import BackupError, FileRefusedError

_KINDS: Final = (
    (stat.S_ISLNK, "链接"),
    (stat.S_ISREG, "文件"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
)


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
    """Give a file its name for good. Raises FileExistsError where something bears it already, else OSError; then
    nothing has changed. Where there are hard links, the source keeps its name too.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links (FAT): look, then rename.
        if target.exists() or target.is_symlink():
            raise FileExistsError(target) from None
        os.rename(source, target)
    try:
        sync_folder(target.parent)
    except OSError:
        # Who is told that it failed must find it as it was.
        if source.exists():
            target.unlink()
        else:
            os.rename(target, source)
        raise


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder outlive the power; nothing where the system cannot. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows cannot open a folder
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that cannot sync a folder
            raise
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """See to it that the content of a file outlives the power. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_backup_folder(folder: Path) -> None:
    """Make a folder for backups that only its owner reads, if it is not there. Its parent must be there.

    Raises BackupError where something else bears its name (a link too: it may lead anywhere), and OSError.
    """
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        sync_folder(folder.parent)
    mode = folder.lstat().st_mode
    if not stat.S_ISDIR(mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "别的东西")
        raise BackupError(f"{folder} 应当是放备份的文件夹，现在却是{kind}。", "请把它移走或改名，再备份一次。")
    if mode & 0o077:
        # Without effect on file systems that know no owners.
        with suppress(OSError):
            folder.chmod(0o700)
