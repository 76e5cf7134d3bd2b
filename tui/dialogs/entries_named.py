"""How a dialog names the entries that it is about, and how it puts two sentences together."""

from collections.abc import Sequence
from typing import Final

from db.rules.rows import EntryRow
from tui.text import cut

_LINES: Final = 4
_WIDTH: Final = 66


def title_words(what: str, entries: Sequence[EntryRow]) -> str:
    """销账：第 12 项, or 销账：共 3 项."""
    if len(entries) == 1:
        return f"{what}：{number_words(entries[0])}"
    return f"{what}：共 {len(entries)} 项"


def subject_words(title: str, entries: Sequence[EntryRow]) -> str:
    """What tells the draft of a window over these entries from that over as many others."""
    return title if len(entries) == 1 else f"{title}（{'、'.join(entry.number for entry in entries)}）"


def number_words(entry: EntryRow) -> str:
    """第 12 项; an own task's number says itself what it is."""
    return f"自增事项 {entry.number}" if entry.own else f"第 {entry.number} 项"


def entry_lines(entries: Sequence[EntryRow]) -> str:
    """The first entries, a line each, and how many more there are."""
    shown = entries if len(entries) <= _LINES else entries[: _LINES - 1]
    lines = [cut(f"{entry.number}  {entry.requirement}", _WIDTH) for entry in shown]
    if len(entries) > len(shown):
        lines.append(f"以及另外 {len(entries) - len(shown)} 项")
    return "\n".join(lines)


def said(sentence: str) -> str:
    """A sentence with its full stop, '' for none: messages come with and without it."""
    return sentence.rstrip("。") + "。" if sentence else ""
