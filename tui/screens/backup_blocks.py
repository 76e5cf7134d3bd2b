"""What 备份 shows: its lines, and the whole text of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from db.care.spots import PLACE_NAMES
from db.rules.value import value
from tui.dialogs.line_list import Choice
from tui.text import cells, pad
from tui.widgets.reading_pane import Block, Look
from tui.wording import moment_words
from tui.wording_care import (
    HEAD,
    LEVELS,
    at_words,
    brief_counts,
    counts_words,
    found_words,
    whole_words,
    why_words,
)

if TYPE_CHECKING:
    from db.care.checkup import Checkup
    from db.care.comparing import Changes
    from db.care.finding import Backup

FILE: Final = "file"
CHECK: Final = "check"
SECOND: Final = "second"
"""The lines that are about no backup."""
_LOOKS: Final[dict[str, Look]] = {"damage": "alarm", "warning": "mark", "remark": "muted"}


@value
class Kept:
    """Everything that the screen shows, as it was read. is_read: it was."""

    backups: tuple[Backup, ...] = ()
    second: str | None = None
    stamp: str = ""
    at: str = ""
    checked_at: str | None = None
    checkup: Checkup | None = None
    troubles: tuple[str, ...] = ()
    path: str = ""
    read_only: str = ""
    is_read: bool = False


def choices_of(kept: Kept) -> tuple[tuple[Backup | str | None, ...], tuple[Choice, ...]]:
    """What each line is about, and the lines."""
    if not kept.is_read:
        return (), ()
    stands: list[tuple[Backup | str | None, Choice]] = [
        (None, Choice("台账文件", heading=True)),
        (FILE, Choice("备份情况", _newest_words(kept), look="mark" if kept.troubles else "")),
        (CHECK, Choice("体检", _check_words(kept))),
        (SECOND, Choice("第二备份位置", kept.second or "没有设")),
        (None, Choice(f"备份（{len(kept.backups)} 份，新的在前）", heading=True)),
    ]
    width = max((cells(why_words(backup)) for backup in kept.backups), default=0)
    stands += [(backup, _choice(backup, width)) for backup in kept.backups]
    return tuple(line for line, _ in stands), tuple(choice for _, choice in stands)


def _choice(backup: Backup, width: int) -> Choice:
    counts = brief_counts(backup.counts) if backup.counts else f"第 {backup.seq} 条"
    left = f"{at_words(backup.at)}  {pad(why_words(backup), width)}  {PLACE_NAMES[backup.place]}"
    return Choice(left, "不能用" if backup.problem else counts, look="alarm" if backup.problem else "")


def _newest_words(kept: Kept) -> str:
    newest = f"最近 {at_words(kept.backups[0].at)}" if kept.backups else "还没有备份"
    return f"没有存全，{newest}" if kept.troubles else newest


def _check_words(kept: Kept) -> str:
    if kept.checkup is not None:
        return found_words(kept.checkup.findings)
    return f"上次 {moment_words(kept.checked_at)}" if kept.checked_at else "还没有做过"


def file_blocks(kept: Kept) -> Sequence[Block]:
    """The file as it is now, and why a backup did not reach a place."""
    blocks = [Block("现在的台账文件", look="heading"), Block(kept.path, "文件"), Block(kept.stamp, HEAD)]
    if kept.at:
        blocks.append(Block(moment_words(kept.at), "最后一步"))
    if kept.troubles:
        blocks.append(Block("最近一次备份没有存全", look="heading"))
        blocks += [Block(words, look="mark") for words in kept.troubles]
    if kept.read_only:
        blocks.append(Block(f"这个窗口只能查看，不备份：{kept.read_only}", look="mark"))
    words = "打开后、每半小时、退出前有改动就自动备份；导入通知前、导出报送包前也各备份一次。按 F2 立即备份。"
    blocks.append(Block(words, look="muted"))
    return blocks


def check_blocks(kept: Kept) -> Sequence[Block]:
    """The findings of the full check, the gravest first."""
    blocks = [Block("体检", look="heading")]
    if kept.checked_at:
        blocks.append(Block(moment_words(kept.checked_at), "上次"))
    if kept.checkup is None:
        blocks.append(Block("逐页、逐字节检查台账文件、佐证和备份。每周自动做一次，按 F3 现在就做。", look="muted"))
        return blocks
    blocks.append(Block(found_words(kept.checkup.findings), "结果"))
    if kept.checkup.hint:
        blocks.append(Block(kept.checkup.hint, "怎么办", "mark"))
    for level, name in LEVELS.items():
        for finding in kept.checkup.findings:
            if finding.level == level:
                blocks.append(Block(finding.words, name, _LOOKS[level]))
                if finding.hint:
                    blocks.append(Block(finding.hint, "怎么办", "muted"))
    if any(finding.mendable for finding in kept.checkup.findings):
        words = "有能自动修好的：退出后运行 taizhang --check --mend，先备份，不删您写的内容。"
        blocks.append(Block(words, look="mark"))
    return blocks


def second_blocks(kept: Kept) -> Sequence[Block]:
    """Where every backup goes too, and why."""
    return (
        Block("第二备份位置", look="heading"),
        Block(kept.second or "没有设", "文件夹"),
        Block(
            "选另一个磁盘上的文件夹（U 盘、移动硬盘、网络盘），每次备份也存一份到那里。"
            "没有插上时不影响办理，插上后下一次备份补上。按 F4 选。",
            look="muted",
        ),
    )


def backup_blocks(backup: Backup, found: tuple[Backup, Changes | None] | None) -> Sequence[Block]:
    """One backup; found: as it was looked into, None while that is not done."""
    checked, changes = found or (backup, None)
    blocks = [
        Block(f"{at_words(backup.at)} {why_words(backup)}", look="heading"),
        Block(PLACE_NAMES[backup.place], "存放"),
        Block(f"第 {backup.seq} 条，{HEAD} {backup.stamp}", "流水"),
        Block(whole_words(checked), "内容"),
    ]
    if checked.counts:
        blocks.append(Block(counts_words(checked.counts), "装有"))
    if found is None:
        blocks.append(Block("正在打开核对…", look="muted"))
    elif changes is None:
        blocks.append(Block(checked.problem or "打不开", "不能用", "alarm"))
    else:
        blocks.append(Block("恢复成这一份，会改变：", look="heading"))
        blocks += [Block(line) for line in changes.lines]
    blocks.append(Block(str(backup.path), "文件", "muted"))
    return blocks
