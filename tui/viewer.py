"""The system's own programs for what the clerk attached: started only where there is a screen for them.

What was attached may come from anywhere. Only kinds of files that are documents to whatever opens them are handed over;
anything else may be a program, which a double click on it would start.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from db.errors import MendableError

DOCUMENTS: Final = frozenset(
    {
        # the office's papers
        *(
            ".pdf",
            ".ofd",
            ".ceb",
            ".doc",
            ".docx",
            ".wps",
            ".wpt",
            ".odt",
            ".rtf",
            ".uot",
            ".xls",
            ".xlsx",
            ".et",
            ".ods",
            ".csv",
            ".ppt",
            ".pptx",
            ".dps",
            ".odp",
            ".txt",
            ".md",
            ".log",
        ),
        # pictures
        *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"),
        # sound and film
        *(
            ".mp3",
            ".wav",
            ".m4a",
            ".aac",
            ".flac",
            ".ogg",
            ".wma",
            ".amr",
            ".mp4",
            ".m4v",
            ".avi",
            ".mov",
            ".wmv",
            ".mkv",
            ".flv",
            ".mpg",
            ".mpeg",
            ".webm",
            ".3gp",
        ),
        # letters and archives
        *(".eml", ".zip", ".rar", ".7z"),
    }
)
"""What is opened, by suffix."""
_FAILS_WITHIN: Final = 3.0
"""Seconds in which an opener says that it knows no program for a file; one that runs on has found one."""
_WEB: Final = ("http://", "https://")


def is_document(name: str) -> bool:
    """Whether a file of that name is opened by the system's viewer and never run."""
    return Path(name).suffix.lower() in DOCUMENTS


def opener(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """The command that hands a file to the desktop, '' on Windows, where it is a call; None where there is none."""
    if platform == "win32":
        return ""
    if platform == "darwin":
        return shutil.which("open", path=environ.get("PATH"))
    # Without a display xdg-open would start a browser in this very terminal.
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return None
    return shutil.which("xdg-open", path=environ.get("PATH"))


def open_document(path: Path) -> None:
    """Hand a file to its viewer, detached. For a thread: waits until the opener has had time to refuse.

    Raises MendableError where there is no desktop, no program for it, or the file may be a program itself.
    """
    if not is_document(path.name):
        raise MendableError("这种文件可能是程序，不在这里打开。", "需要时按 F3 另存，再自行处理。")
    _hand_over(os.fspath(path.absolute()))


def open_address(address: str) -> None:
    """Hand a web address to the browser. Raises MendableError as open_document does; http and https only."""
    if not address.lower().startswith(_WEB) or not address.isprintable():
        raise MendableError("只打开 http:// 和 https:// 的网址。", "请核对网址。")
    _hand_over(address)


def _hand_over(what: str) -> None:
    command = opener()
    if command is None:
        raise MendableError("这里没有图形界面，不能直接打开。")
    try:
        if command:
            _start([command, what])
        else:
            _start_on_windows(what)
    except OSError as error:
        raise MendableError(f"没有打开：{error.strerror or type(error).__name__}。") from error


def _start(command: list[str]) -> None:
    process = subprocess.Popen(  # a list: no shell reads the name
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(_FAILS_WITHIN)
    except subprocess.TimeoutExpired:
        # It lives as long as the clerk reads; nobody waits for it, but its end is taken note of.
        threading.Thread(target=process.wait, daemon=True).start()
        return
    if code:
        raise MendableError("没有打开：系统里没有能打开它的程序。")


def _start_on_windows(what: str) -> None:
    start = getattr(os, "startfile", None)
    if start is not None:
        start(what)
