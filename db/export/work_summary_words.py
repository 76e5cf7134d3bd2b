"""What the parts of the draft 工作总结 share: a line and its kind, days, periods, numerals, how an entry is called."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from db.export.columns import number
from db.export.text import file_text
from db.rules.rows import EntryRow

Kind = Literal["heading 1", "heading 2", "heading 3", "body", "note"]
_DIGITS: Final = "〇一二三四五六七八九"
_NUMERAL: Final = re.compile(
    r"\A\s*(?:[一二三四五六七八九十百]+[、.．]|[（(][一二三四五六七八九十百]+[）)][、.．]?)\s*"
)
_ENDED: Final = "。！？!?…；;：:，,、.．"
_CLOSING: Final = "”’\"'）)》〉】]」』"
_PARAGRAPH: Final = 160
"""Characters from which on what follows begins a paragraph of its own."""


class Line(NamedTuple):
    """One paragraph of the draft. A note is for the clerk and no part of the summary."""

    kind: Kind
    text: str


def closed(line: str) -> str:
    """The line with a 。 where it ends without a mark."""
    bare_end = line.rstrip(_CLOSING) or line
    return line if bare_end.endswith(tuple(_ENDED)) else f"{line}。"


def bodies(texts: Iterable[str]) -> Iterator[Line]:
    """Sentences as paragraphs: short ones together, what the clerk wrote in lines with a paragraph for each line."""
    paragraph = ""
    for text in texts:
        found = [closed(line.strip()) for line in file_text(text).split("\n") if line.strip()]
        for at, line in enumerate(found):
            if paragraph and (at or len(found) > 1 or len(paragraph) + len(line) > _PARAGRAPH or not _ends(paragraph)):
                yield Line("body", paragraph)
                paragraph = ""
            paragraph += line
        if len(found) > 1:
            yield Line("body", paragraph)
            paragraph = ""
    if paragraph:
        yield Line("body", paragraph)


def counted_off(texts: Sequence[str]) -> list[str]:
    """1．甲, 2．乙; one alone has no number."""
    return [f"{at}．{text}" for at, text in enumerate(texts, start=1)] if len(texts) > 1 else list(texts)


def day(on: date, year: int) -> str:
    """3月9日; of another year than the ledger's 2027年1月8日."""
    said = f"{on.month}月{on.day}日"
    return said if on.year == year else f"{on.year}年{said}"


def span(start: date, end: date, year: int) -> str:
    """10月, 第4季度, 上半年, 全年; another span by its days."""
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    is_whole = months > 0 and (start.day, after.day) == (1, 1) and (start.month - 1) % months == 0
    if start.year == year and is_whole:
        names = {1: f"{start.month}月", 3: f"第{(start.month + 2) // 3}季度", 12: "全年"}
        names[6] = "上半年" if start.month == 1 else "下半年"
        if months in names:
            return names[months]
    return f"{day(start, year)}至{day(end, year)}"


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
    """序号2、5、自1."""
    return "序号" + "、".join(number(entry) for entry in entries)


def listed(parts: Iterable[str]) -> str:
    """The parts as one sentence: a；b。"""
    return "；".join(parts) + "。"


def _ends(paragraph: str) -> bool:
    """Whether a sentence is over: the next one may stand beside it."""
    return (paragraph.rstrip(_CLOSING) or paragraph).endswith(("。", "！", "？", "!", "?"))
