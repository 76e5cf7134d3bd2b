"""The sentences in which the clerk reads of backups, of what a restore changes and of the full check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from db.care.spots import PLACE_NAMES
from db.rules.sizes import size_words

if TYPE_CHECKING:
    from db.care.backups import Made
    from db.care.checkup import Finding
    from db.care.comparing import Changes
    from db.care.finding import Backup, Counts
    from db.care.restoring import Restored
    from db.care.salvaging import Salvaged

LEVELS: Final = {"damage": "损坏", "warning": "提醒", "remark": "说明"}
"""How grave a finding of the full check is, the gravest first."""
HEAD: Final = "流水校验码"


def at_words(at: datetime) -> str:
    """2026-11-22 09:30."""
    return f"{at:%Y-%m-%d %H:%M}"


def why_words(backup: Backup) -> str:
    """自动备份, 升级前备份, 整份备份."""
    return f"{backup.why}备份"


def backup_words(backup: Backup) -> str:
    """2026-11-22 09:30 自动备份（台账旁边）."""
    return f"{at_words(backup.at)} {why_words(backup)}（{PLACE_NAMES[backup.place]}）"


def counts_words(counts: Counts) -> str:
    """台账 1 本，事项 22 项（办结 3 项），记事 8 条，公开记录 2 条，佐证 4 件；通知 5 份."""
    return (
        f"台账 {counts.ledgers} 本，事项 {counts.entries} 项（办结 {counts.done} 项），记事 {counts.notes} 条，"
        f"公开记录 {counts.publications} 条，佐证 {counts.evidence} 件；通知 {counts.notices} 份"
    )


def brief_counts(counts: Counts) -> str:
    """办结 3/22，记事 8, for the end of a line."""
    return f"办结 {counts.done}/{counts.entries} 记事 {counts.notes}"


def whole_words(backup: Backup) -> str:
    """Whether the bytes of the evidence stand in the backup itself."""
    if backup.counts is not None and not backup.counts.evidence:
        return "没有佐证材料"
    return "完整备份，佐证的内容也在里面" if backup.whole else "佐证的内容另存在备份文件夹的“佐证”里，恢复时取回"


def made_words(made: Made) -> str:
    """What the clerk is told of a backup that was asked for."""
    if not made.paths and not made.failures:
        return "上次备份以后没有改动，不用再备份。"
    where = f"已备份到 {len(made.paths)} 处" if made.paths else "没有备份成"
    contents = f"，新存佐证内容 {made.contents_copied} 份" if made.contents_copied else ""
    missed = f"。没有存成的：{'；'.join(made.failures)}" if made.failures else "。"
    return f"{where}{contents}{missed}"


def found_words(findings: Sequence[Finding]) -> str:
    """没有问题; 2 处损坏，1 处提醒."""
    counted = [
        f"{number} 处{LEVELS[level]}"
        for level in ("damage", "warning")
        if (number := sum(1 for finding in findings if finding.level == level))
    ]
    return "，".join(counted) or "没有问题"


def whole_line(path: str, size: int, stamp: str) -> str:
    """The one line of --backup."""
    return f"已备份：{path}（{size_words(size)}，{HEAD} {stamp}）"


def restore_words(changes: Changes) -> str:
    """What a restore would take back and change, and what is kept, before the clerk says yes."""
    lines = "\n".join(changes.lines)
    return f"{lines}\n\n现在的文件不删除，移到备份文件夹的“换下”里保留。恢复后程序自己重新打开。"


def restored_words(restored: Restored) -> str:
    """After a restore: where the former file is, and which contents of the evidence are nowhere."""
    # The folder is empty where nothing lay in the ledger's place.
    is_kept = any(restored.replaced.glob("*"))
    words = f"已恢复。换下的文件留在 {restored.replaced}。" if is_kept else "已恢复。"
    if restored.missing:
        words += f"有 {len(restored.missing)} 份佐证的内容没有找到：{'、'.join(restored.missing[:3])}。"
    return words


def salvaged_words(salvaged: Salvaged) -> str:
    """What was saved of a damaged file, and what of it differs, before the clerk decides."""
    lines = "\n".join(salvaged.lines) or "全部读了出来，与办理流水一致。"
    return (
        f"装有：{counts_words(salvaged.counts)}\n\n{lines}\n\n"
        f"用它代替：原文件移到备份文件夹的“换下”里保留。取消：它留在 {salvaged.path}，什么也不换。"
    )
