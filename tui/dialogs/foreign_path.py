"""What looks like a path or an address and cannot be used as it stands, with what to do instead."""

import re
from pathlib import Path
from typing import Final

_WINDOWS: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\[^\\\s]")
_NO_WEB: Final = re.compile(r"www\.|(?!https?:|file:)[a-z][a-z0-9+.-]+://|https?：", re.IGNORECASE)
WINDOWS_PATH: Final = "这是 Windows 的路径；先用 U 盘或共享文件夹把文件拷到这台电脑"
BEGINS_WRONG: Final = "网址要以 http:// 或 https:// 开头"


def is_windows_path(text: str) -> bool:
    r"""Whether it is a path of another machine, C:\… or \\…; on Windows itself it is none."""
    return _WINDOWS.match(text) is not None and not Path(text).is_absolute()


def foreign_words(text: str) -> str:
    """Why a text that is no file here can be none, '' where nothing is known against it."""
    if is_windows_path(text):
        return WINDOWS_PATH
    return BEGINS_WRONG if _NO_WEB.match(text) else ""


def typed_folder(text: str) -> Path | None:
    """The path that a clerk types in the picker, None where the text only filters.

    Under a Chinese input method the first sign comes as ／ or ～. Further ／ may belong to a name: that is tried first.
    """
    plain = text.strip()
    if plain.startswith(("～／", "～/")):
        plain = "~/" + plain[2:]
    elif plain.startswith("／"):
        plain = "/" + plain[1:]
    if not (plain.startswith(("/", "~")) or Path(plain).is_absolute()):
        return None
    literal, halved = Path(plain).expanduser(), Path(plain.replace("／", "/")).expanduser()
    return literal if literal == halved or literal.is_dir() else halved


def typed_path_words(text: str) -> str:
    """What the picker says of a whole path that is typed in it, '' for what only filters."""
    if typed_folder(text) is not None:
        return "按 Enter 到这个文件夹"
    return f"注意：{WINDOWS_PATH}" if is_windows_path(text.strip()) else ""
