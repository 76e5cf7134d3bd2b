"""Which files are opened at all, and the reasons why one is not: for evidence to attach, for notices to read.

A plain open() waits for ever on a pipe, follows a link that was put there meanwhile, and of the ledger itself drops
SQLite's locks when it is closed again. Hence both look first, and open without following or waiting.
"""

import errno
import os
import stat
import unicodedata
from collections.abc import Callable
from typing import Final

from db.intake.file_names import decoded

# O_BINARY is Windows' own; what a system lacks is 0.
FLAGS: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
FOLDER: Final = "是文件夹"
_KINDS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISDIR, FOLDER),
    (stat.S_ISFIFO, "是管道，不是普通文件"),
    (stat.S_ISSOCK, "是套接字，不是普通文件"),
    (stat.S_ISCHR, "是设备，不是普通文件"),
    (stat.S_ISBLK, "是设备，不是普通文件"),
)
_REASONS: Final[dict[int, tuple[str, str]]] = {
    errno.ENOENT: ("找不到这个文件", "请核对路径；U 盘或网络盘是否已接上？"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "请核对路径。"),
    errno.EACCES: ("没有读取权限", "请把文件复制到自己的文件夹{again}，或请管理员授权。"),
    errno.EPERM: ("系统不允许读取", "请把文件复制到自己的文件夹{again}。"),
    errno.ENAMETOOLONG: ("文件名或路径太长", "请先给文件改一个短一些的名称（汉字不超过 85 个）。"),
    errno.ELOOP: ("链接互相指向，或者在打开时被换掉了", "请选择真实的文件。"),
    errno.EIO: ("磁盘读取出错", "该磁盘可能已损坏或已断开，请把文件复制到别处{again}。"),
}


def unfit(status: os.stat_result) -> str | None:
    """What a file is that is no regular one (是文件夹); None for a regular one."""
    if stat.S_ISREG(status.st_mode):
        return None
    return next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "不是普通文件")


def reason(error: OSError, again: str) -> tuple[str, str]:
    """Why a file could not be opened or read, and what to do. again: 再附, 再导入."""
    words, hint = _REASONS.get(error.errno or 0, (error.strerror or type(error).__name__, "请核对这个文件。"))
    return words, hint.format(again=again)


def called(name: str) -> str:
    """A name as the system gives it, for a message."""
    return on_one_line(decoded(name)[0])


def on_one_line(text: str) -> str:
    """Foreign text for a message: no sign in it ends the line or speaks to the terminal."""
    return "".join("\ufffd" if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
