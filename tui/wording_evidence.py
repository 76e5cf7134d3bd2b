"""Words for 佐证材料: names, sizes, what a piece of evidence is."""

from collections.abc import Sequence
from typing import Final

from db.rules.rows_evidence import EvidenceRow
from db.rules.sizes import size_words

__all__ = ["RAISE_LIMIT", "evidence_brief", "evidence_size_words", "many_words", "size_words"]


RAISE_LIMIT: Final = "按 8 到佐证材料，再按 Ctrl+T 可改上限"
"""Where the clerk goes with a file that is too large."""


def evidence_size_words(row: EvidenceRow) -> str:
    """Its size, 网址 for a link."""
    return "网址" if row.size is None else size_words(row.size)


def evidence_brief(row: EvidenceRow) -> str:
    """Name, caption and size on one line."""
    caption = f"：{row.caption}" if row.caption and row.caption != row.name else ""
    day = f"，{row.day.isoformat()}" if row.day else ""
    return f"{row.name}{caption}（{evidence_size_words(row)}{day}）"


def many_words(sizes: Sequence[int], addresses: int = 0) -> str:
    """3 个文件共 4.2 MB、1 个网址."""
    together = "共 " if len(sizes) > 1 else "，"
    files = f"{len(sizes)} 个文件{together}{size_words(sum(sizes))}" if sizes else ""
    return "、".join(filter(None, (files, f"{addresses} 个网址" if addresses else "")))
