"""--backup and --restore: what the commands print, and what they ask."""

import gc
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from db.errors import DamagedError, FileRefusedError, MendableError
from tui.cells import one_line, safe
from tui.output import print_text
from tui.progress_line import progress_line

if TYPE_CHECKING:
    from db.care.comparing import Changes
    from db.care.finding import Backup
    from db.file import LedgerFile
    from tui.care import FileCare

WORD: Final = "恢复"
"""What is typed out in order to restore."""
_BRIEF: Final = 4
"""How many lines of what would change stand in the list; the rest is told before the restore."""


def back_up_whole(file: "LedgerFile", target: Path, at: datetime) -> None:
    """--backup FILE: path, size and stamp in one line."""
    from db.care.whole import whole_copy
    from tui.wording_care import whole_line

    gc.enable()
    with progress_line("正在备份") as progress:
        whole = whole_copy(file, target.expanduser(), at, progress)
    print_text(one_line(whole_line(str(whole.path), whole.bytes, whole.head.stamp)))
    if whole.kept_as:
        print_text(one_line(f"原有文件保留为：{whole.kept_as}"))


def back_up_before(file: "LedgerFile", at: datetime, why: Literal["导入前", "年终"]) -> None:
    """A backup before something large is done; what went wrong is said on standard error and stops nothing."""
    from db.care.backups import back_up

    try:
        failures = back_up(file, at, why).failures
    except (MendableError, DamagedError) as error:
        failures = (error.message,)
    for words in failures:
        print(f"taizhang：{safe(words)}", file=sys.stderr)


def list_backups(care: "FileCare") -> None:
    """--restore: every backup that was found with what it holds; of each that is good what would change."""
    from tui.wording_care import backup_words, counts_words

    backups = care.backups()
    if not backups:
        print_text(one_line(f"没有找到 {care.path} 的备份（台账旁边、第二备份位置和本机）。"))
        return
    print_text(one_line(f"{care.path} 的备份 {len(backups)} 份，新的在前："))
    for backup in backups:
        checked, changes = care.looked_into(backup)
        print_text(f"\n{backup_words(checked)}\n  {one_line(str(checked.path))}")
        if changes is None:
            print_text(f"  不能用：{one_line(checked.problem or '打不开')}")
            continue
        if checked.counts:
            print_text(f"  装有：{counts_words(checked.counts)}")
        print_text("\n".join(f"  {one_line(line)}" for line in changes.lines[:_BRIEF]))
    print_text("\n恢复成其中一份：taizhang --restore 备份文件（写列出的路径或文件名）")


def restore_backup(care: "FileCare", words: str, *, yes: bool) -> None:
    """--restore BACKUP: tells what will change, asks, restores. MendableError where nobody can be asked."""
    from tui.wording_care import backup_words, counts_words, restored_words

    backup, changes = _good(care, words)
    print_text(f"恢复成 {backup_words(backup)}：{one_line(str(backup.path))}")
    if backup.counts:
        print_text(f"装有：{counts_words(backup.counts)}")
    print_text("\n".join(one_line(line) for line in changes.lines))
    print_text("现在的文件不删除，移到备份文件夹的“换下”里保留。")
    if not yes:
        _ask()
    gc.enable()
    with progress_line("正在恢复") as progress:
        restored = care.restore(backup, progress)
    print_text(one_line(restored_words(restored)))


def _good(care: "FileCare", words: str) -> "tuple[Backup, Changes]":
    """The backup, opened and checked. Raises FileRefusedError where it cannot be used."""
    backup, changes = care.looked_into(care.named(words))
    if changes is None:
        raise FileRefusedError(
            f"{backup.path} 不能用：{backup.problem or '打不开'}",
            "什么也没有改动。用 taizhang --restore 列出别的备份。",
        )
    return backup, changes


def _ask() -> None:
    """Raises MendableError unless the word is typed out."""
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()):
        raise MendableError(
            "没有恢复：要在终端里确认，这里不是终端。", "核对上面列出的改变；确要恢复，在命令后加 --yes。"
        )
    sys.stdout.write(f"确要恢复，请输入“{WORD}”两个字再按回车：")
    sys.stdout.flush()
    try:
        typed = sys.stdin.readline()
    except UnicodeDecodeError:
        typed = ""
    if typed.strip() != WORD:
        raise MendableError("没有恢复，什么也没有改动。", f"确要恢复时输入“{WORD}”两个字，或在命令后加 --yes。")
