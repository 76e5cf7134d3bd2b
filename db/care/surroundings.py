"""What is around the ledger file: its kind, owner and modes, foreign journals, leftovers, the disk, the clock.

Looks only; what is found here is to be looked after and no damage yet.
"""

import os
import re
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from db.care.disks import risky_disk
from db.connecting import SQLITE_SUFFIXES
from db.lock import is_held
from db.rules.evidence import MEGABYTE
from db.rules.findings import Finding, warning
from db.rules.sizes import size_words

LEAST_FREE: Final = 100 * MEGABYTE
"""Bytes that the disk should have over: a change, its journal and the next backups."""
_OLD: Final = timedelta(days=1)
"""How long ago a temporary file was last written that nobody can be writing any more."""
_SKEW: Final = timedelta(minutes=5)
_OURS: Final = re.compile(r"\.taizhang-backup-[0-9a-f]{12}(?:\.lock|-journal)?")


def of_the_file(path: Path) -> list[Finding]:
    """Who else may read, change or replace the file."""
    found = []
    status = path.stat()
    if status.st_nlink > 1:
        found.append(
            warning(
                "file",
                f"台账文件还有别的名称（共 {status.st_nlink} 个硬链接），从别的名称打开会绕过锁和日志",
                "请删去多余的链接，只留一个名称。",
            )
        )
    # A file system that knows no owners shows the same for all files.
    if os.name == "nt" or risky_disk(path) is not None:
        return found
    if status.st_uid != os.geteuid():
        found.append(warning("file", "台账文件属于另一个用户", "请由本人另存一份再使用，或请管理员改正。"))
    elif status.st_mode & 0o077:
        mode = stat.S_IMODE(status.st_mode)
        found.append(
            warning(
                "file",
                f"台账文件别人也能读写（权限 {mode:03o}），应为仅本人可读写（600）",
                "运行 taizhang --check --mend 改正。",
                mendable=True,
            )
        )
    folder = path.parent.stat()
    if folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
        found.append(
            warning("file", f"文件夹 {path.parent} 谁都能写，台账可能被别人换掉", "请放到只有本人能写的文件夹。")
        )
    return found


def journals(path: Path) -> list[Finding]:
    """What SQLite believes when it finds it beside the file, and that this program does not leave there."""
    # The rollback journal is there while a window writes.
    suffixes = SQLITE_SUFFIXES[1:] if is_held(path) else SQLITE_SUFFIXES
    return [
        warning(
            "journal",
            f"台账旁边有 {path.name}{suffix}，不是本程序留下的：别的工具打开过，或从别处拷来",
            "请先备份，再把它移到别的文件夹；不要删去，也不要用别的工具打开台账。",
        )
        for suffix in suffixes
        if os.path.lexists(path.with_name(path.name + suffix))
    ]


def leftover_files(path: Path, folders: Iterable[Path], at: datetime) -> list[Path]:
    """Temporary files of this program, beside the file and among its backups, that nobody writes any more."""
    own = re.compile(re.escape(f".{path.name}.new-") + r"\d+")
    found = []
    for folder in dict.fromkeys((path.parent, *folders)):
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if (own.fullmatch(entry.name) or _OURS.fullmatch(entry.name)) and _is_old(entry, at):
                    found.append(Path(entry.path))
    return sorted(found)


def leftovers(path: Path, folders: Iterable[Path], at: datetime) -> list[Finding]:
    found = leftover_files(path, folders, at)
    if not found:
        return []
    words = f"有 {len(found)} 个没有写完的临时文件（{found[0].name}），是程序被中断时留下的"
    return [warning("leftovers", words, "运行 taizhang --check --mend 清除；不影响台账。", mendable=True)]


def disk(path: Path) -> list[Finding]:
    """Room, and a disk that may lose what was saved."""
    found = []
    with suppress(OSError):
        free = shutil.disk_usage(path.parent).free
        if free < LEAST_FREE:
            found.append(
                warning("disk", f"台账所在的磁盘只剩 {size_words(free)}", "请腾出空间；满了就不能保存，也不能备份。")
            )
    kind = risky_disk(path)
    if kind is not None:
        found.append(
            warning(
                "disk",
                f"台账放在网络盘、U 盘一类的磁盘上（{kind}），断开或断电时可能丢失刚保存的内容",
                "能放在本机硬盘上最好；放在这里的，请每天备份并设好第二备份位置。",
            )
        )
    return found


def clock(newest_at: str | None, at: datetime) -> list[Finding]:
    """Whether the machine's clock is behind what stands in the 办理流水 already."""
    try:
        last = datetime.fromisoformat(newest_at) if newest_at else None
        if last is None or last <= at + _SKEW:
            return []
    except (ValueError, TypeError):
        return []  # told by the shape of the column
    return [
        warning(
            "clock",
            f"电脑的时间（{at:%Y-%m-%d %H:%M}）早于台账最后一步（{last:%Y-%m-%d %H:%M}）",
            "请校正电脑的日期和时间；倒计时和登记的日期都以它为准。",
        )
    ]


def _is_old(entry: os.DirEntry[str], at: datetime) -> bool:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and at.timestamp() - status.st_mtime > _OLD.total_seconds()
