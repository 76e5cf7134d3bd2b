"""What 抢救 shows: what is wrong, the newest good backup, and a line for each way on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.rules.value import value
from tui.widgets.reading_pane import Block
from tui.wording_care import backup_words, counts_words

if TYPE_CHECKING:
    from db.care.comparing import Changes
    from db.care.finding import Backup

RESTORE: Final = "restore"
ANOTHER: Final = "another"
ELSEWHERE: Final = "elsewhere"
SALVAGE: Final = "salvage"
LEAVE: Final = "leave"
"""The ways on."""
_KEPT: Final = "原来的文件原样留着，没有改动；下面每一项都先问一遍，换下的文件也都保留。"
_GONE: Final = (
    "文件也许在没有接上的 U 盘、网络盘里，也许被移走、改了名：先退出，接上或者找回来，再打开。"
    "找不回来的，用备份恢复；下面每一项都先问一遍。"
)


@value
class Known:
    """What is known so far. newest: the newest backup that passed every check, with what restoring it would change;
    has_content: something lies at the path from which could be salvaged; is_searched: the backups were looked for;
    is_gone: nothing lies at the path."""

    message: str
    hint: str
    path: str
    backups: tuple[Backup, ...] = ()
    newest: tuple[Backup, Changes] | None = None
    has_content: bool = False
    is_searched: bool = False
    is_gone: bool = False

    def with_backups(
        self, backups: tuple[Backup, ...], newest: tuple[Backup, Changes] | None, *, has_content: bool
    ) -> Known:
        """After the search."""
        return replace(self, backups=backups, newest=newest, has_content=has_content, is_searched=True)


def offers(known: Known) -> Sequence[tuple[str, str]]:
    """Each way on that is open, and its line."""
    found: list[tuple[str, str]] = []
    if known.newest is not None:
        found.append((RESTORE, f"恢复最近一份完好的备份：{backup_words(known.newest[0])}"))
    if known.backups:
        found.append((ANOTHER, f"选另一份备份（找到 {len(known.backups)} 份）"))
    if known.is_searched:
        found.append((ELSEWHERE, "从别处选一份备份（U 盘、旧电脑）"))
    if known.has_content:
        found.append((SALVAGE, "抢救：把还读得出的存成新文件，看看有什么再决定"))
    found.append((LEAVE, "退出，什么也不改"))
    return found


def rescue_blocks(known: Known) -> Sequence[Block]:
    """What is wrong, that nothing was changed, and what the newest good backup holds."""
    blocks = [
        Block(known.message, look="alarm"),
        Block(_GONE if known.is_gone else _KEPT),
        Block(known.path, "文件"),
    ]
    if not known.is_searched:
        return [*blocks, Block("正在查找备份…", look="muted")]
    if known.newest is None:
        words = "找到的备份都打不开。" if known.backups else "台账旁边、第二备份位置和这台电脑上都没有找到备份。"
        return [*blocks, Block(words, look="mark"), Block(known.hint, "怎么办")]
    backup, changes = known.newest
    blocks += [Block("最近一份完好的备份", look="heading"), Block(backup_words(backup), "备份")]
    if backup.counts:
        blocks.append(Block(counts_words(backup.counts), "装有"))
    return [*blocks, Block("恢复成它，会改变：", look="heading"), *(Block(line) for line in changes.lines)]
