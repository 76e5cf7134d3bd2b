"""Writing a file so that nothing is lost: beside, synced, read back, the old one kept, then renamed.

Killed at any point, what stood at the target is whole under its own name or under 名称.旧-年月日-时分秒; the temporary
file that then stays is taken away by the next export into that folder.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from db.errors import ExportError
from db.export.text import file_text
from db.export.unfinished import remove_unfinished, temporary

_REASONS: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: ("磁盘已满", "请清理磁盘，或换一个位置再{verb}。"),
    errno.EDQUOT: ("磁盘配额已用完", "请清理个人空间，或换一个位置再{verb}。"),
    errno.EFBIG: ("文件超过了此处允许的大小", "请换一个位置再{verb}。"),
    errno.EACCES: ("没有写入权限", "请换一个可以写入的文件夹，或请管理员授权。"),
    errno.EPERM: ("系统不允许在此写入", "请换一个可以写入的文件夹。"),
    errno.EROFS: ("该磁盘是只读的", "请换一个可以写入的位置。"),
    errno.EIO: ("磁盘读写出错", "该磁盘可能已损坏或已断开，请换一个位置再{verb}。"),
    errno.ENAMETOOLONG: ("文件名太长", "请换一个短一些的文件名（旧文件保留时还要加上日期时间）。"),
    errno.ENOENT: ("文件夹不存在", "请先建好文件夹，或换一个位置。"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "请检查路径。"),
    errno.ELOOP: ("链接互相指向", "请写明真实的文件路径。"),
}
# A file system that knows no hard links answers one of these (FAT, some network folders).
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


Own = Callable[[os.stat_result], bool]
"""Whether a file is the ledger itself, its journal or its lock (LedgerFile.is_own)."""
OwnName = Callable[[Path], bool]
"""Whether a name is kept for one of these, also while nothing bears it (LedgerFile.owns_path)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the file now is, and the name under which what stood there before is kept (None: nothing stood there)."""

    path: Path
    kept_as: Path | None


def write_safely(
    target: Path,
    write: Callable[[Path], None],
    read_back: Callable[[Path], None],
    at: datetime,
    *,
    own: Own | None = None,
    owns_path: OwnName | None = None,
    verb: str = "导出",
    example: str = "台账.xlsx",
) -> Kept:
    """Put a new file at `target`; `write` fills the temporary file, `read_back` raises if that is not as meant.

    `at` is the local time for the kept name; `own` and `owns_path` tell the files and names of the ledger, over which
    nothing is written; `verb` is what the clerk calls this, `example` a file name for it. Raises ExportError, and
    whatever `write` and `read_back` raise (the clerk's cancelling, an interrupt); the temporary file is then gone and
    what stood at the target still stands there.
    """
    said = f"无法{verb}到 {file_text(str(target))}："
    with _named_reasons(said, verb):
        place = _fit(target, said, own, owns_path, example)
        remove_unfinished(place.parent, at, own)
        with temporary(place) as beside:
            write(beside)
            _sync(beside, os.O_RDWR)
            read_back(beside)
            kept = _exchange(beside, place, at)
    return Kept(place, kept)


@contextmanager
def _named_reasons(said: str, verb: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason, hint = _REASONS.get(
            error.errno or 0, (error.strerror or type(error).__name__, "请换一个位置再{verb}。")
        )
        raise ExportError(f"{said}{reason}。原有文件没有改动。", hint.format(verb=verb)) from error


def _fit(target: Path, said: str, own: Own | None, owns_path: OwnName | None, example: str) -> Path:
    """The real path to write; refuses whatever is no regular file, and a folder that cannot take one."""
    if not _can_be_a_name(target):
        raise ExportError(f"{said}文件名含有不能使用的字符。", "请换一个文件名。")
    place = Path(os.path.realpath(target)) if target.is_symlink() else target
    if target.is_symlink() and not place.exists():
        raise ExportError(f"{said}它是一个链接，指向的文件不存在。", "请写明真实的文件路径。")
    if place.is_dir():
        raise ExportError(f"{said}这是一个文件夹。", f"请在后面加上文件名，例如 {example}。")
    if place.exists() and not stat.S_ISREG(place.stat().st_mode):
        raise ExportError(f"{said}这不是普通文件（设备、管道等）。", "请换一个文件名。")
    if own is not None and place.exists() and own(place.stat()):
        # Put aside under another name, the ledger would lose the clerk's next change.
        raise ExportError(f"{said}它就是正在使用的台账文件。", "请换一个文件名。")
    if owns_path is not None and owns_path(place):
        # SQLite would take what lies there for the ledger's journal and roll it back into the ledger.
        raise ExportError(f"{said}这个文件名是台账文件自己要用的。", "请换一个文件名。")
    folder = place.parent
    if not folder.exists():
        raise ExportError(f"{said}文件夹不存在。", "请先建好文件夹，或换一个位置。")
    if not folder.is_dir():
        raise ExportError(f"{said}路径中有一段不是文件夹。", "请检查路径。")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ExportError(f"{said}这个文件夹不能写入。", "请换一个可以写入的文件夹。")
    return place


def _can_be_a_name(target: Path) -> bool:
    try:
        return b"\0" not in os.fsencode(target)
    except UnicodeEncodeError:
        return False


def _exchange(beside: Path, place: Path, at: datetime) -> Path | None:
    """Keep what stands at the target under another name, then put the new file there; undone if any step fails.

    An interrupt undoes it too: only a call that returns has changed anything.
    """
    kept = _keep(place, at) if place.exists() else None
    try:
        _sync_folder(place.parent)
        os.replace(beside, place)
        _sync_folder(place.parent)
    except BaseException:
        if kept is not None:
            # Replacing a name by another of the same file does nothing and leaves both, hence the unlink.
            os.replace(kept, place)
            kept.unlink(missing_ok=True)
        elif not beside.exists():
            place.unlink(missing_ok=True)
        raise
    return kept


def _keep(place: Path, at: datetime) -> Path:
    stamped = f"{place.stem}.旧-{at:%Y%m%d-%H%M%S}"
    for turn in count(1):
        kept = place.with_name(f"{stamped}{'' if turn == 1 else f'-{turn}'}{place.suffix}")
        try:
            _second_name(place, kept)
        except FileExistsError:
            continue
        return kept
    raise AssertionError("unreachable: count() has no end")


def _second_name(place: Path, kept: Path) -> None:
    """The old file under a name that nothing had: by a hard link, so that it keeps its own too, else by a rename."""
    try:
        os.link(place, kept)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Taking the name first means that the rename can never replace another kept file.
        os.close(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            os.replace(place, kept)
        except BaseException:
            kept.unlink()
            raise


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows cannot open a folder
        return
    try:
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that cannot sync a folder
            raise
