"""An older file than this machine has seen, or another one under its name: both as far as known, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.commands import Command
from tui.dialogs.dialog import CONFIRM
from tui.dialogs.line_list import Choice
from tui.dialogs.lines import LinesDialog, Listed
from tui.text import shown
from tui.wording import moment_words
from tui.wording_care import HEAD

if TYPE_CHECKING:
    from db.seen import Seen

LOOK, GO_ON, QUIT = range(3)
"""The lines, in order."""
_THIS: Final = Command(CONFIRM.name, CONFIRM.keys, "选这一项", "照光标所在的一行办。", CONFIRM.shown_key, True)
_LINES: Final = (
    Listed(Choice("看看备份"), "打开备份画面，找一份较新的；现在的文件不动。"),
    Listed(Choice("接着用这个文件"), "比它新的那些办理记录不在这个文件里。以后不再提醒。"),
    Listed(Choice("退出"), "退出程序，先找到较新的文件（U 盘、网络盘、另一台电脑）。"),
)


class OlderDialog(LinesDialog):
    """seen: what this machine saw last; stamp and at: of the file as it is now. The answer's index is one of the three;
    Esc leaves it open and asks again at the next start."""

    def __init__(self, seen: Seen, stamp: str, at: str, *, is_same: bool) -> None:
        """is_same: it is the same ledger, only older; else another file lies under the name."""
        what = "这份台账比这台电脑上次看到的旧" if is_same else "这里放着的是另一份台账，不是上次的那一份"
        super().__init__(shown(what), _LINES, above=_above(seen, stamp, at), confirm=_THIS)


def _above(seen: Seen, stamp: str, at: str) -> str:
    newest = f"最后一步 {moment_words(at)}" if at else "还没有办理记录"
    return (
        f"上次：第 {seen.seq} 条，{moment_words(seen.at)} 看到，{HEAD} {seen.stamp}\n"
        f"现在：第 {int(stamp.partition('-')[0])} 条，{newest}，{HEAD} {stamp}\n"
        "可能是用旧的复制件或同步软件换掉了文件。"
    )
