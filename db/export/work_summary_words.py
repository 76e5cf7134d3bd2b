"""What the parts of the draft 工作总结 share: a line and its kind, days, numerals, how an entry is called."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, NamedTuple

from db.export.columns import number
from db.rules.rows import EntryRow

Kind = Literal["heading 1", "heading 2", "heading 3", "body"]
_DIGITS: Final = "〇一二三四五六七八九"
_NUMERAL: Final = re.compile(
    r"\A\s*(?:[一二三四五六七八九十百]+[、.．]|[（(][一二三四五六七八九十百]+[）)][、.．]?)\s*"
)


class Line(NamedTuple):
    """One paragraph of the draft."""

    kind: Kind
    text: str


def bodies(text: str) -> Iterable[Line]:
    """What the clerk wrote, a paragraph for each of its lines; empty lines are left out."""
    return (Line("body", line.strip()) for line in text.splitlines() if line.strip())


def day(on: date, year: int) -> str:
    """3月9日; of another year than the ledger's 2027年1月8日."""
    said = f"{on.month}月{on.day}日"
    return said if on.year == year else f"{on.year}年{said}"


def numeral(at: int) -> str:
    """一, 十, 十二, 二十, 二十一 … 九十九; further ones in digits."""
    if at > 99:
        return str(at)
    tens, ones = divmod(at, 10)
    said = ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
    return said or _DIGITS[0]


def bare(section: str) -> str:
    """The name of a section without the numeral it has in the notice and without a closing 。"""
    return _NUMERAL.sub("", section).strip().rstrip("。") or section.strip()


def called(entries: Iterable[EntryRow]) -> str:
    """序号 2、5、自1."""
    return "序号" + "、".join(number(entry) for entry in entries)


def days_words(days: int) -> str:
    """剩12天, 今天到期, 逾期3天."""
    if days < 0:
        return f"逾期{-days}天"
    return f"剩{days}天" if days else "今天到期"


def listed(parts: Iterable[str]) -> str:
    """The parts as one sentence: a；b。"""
    return "；".join(parts) + "。"
