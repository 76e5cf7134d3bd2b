"""Prose that a page or a hard line break has cut, joined again.

    cut      a line of prose (it has a comma or a full stop) that does not end like a sentence, heading or label
    goes on  the next line, behind blank lines and page numbers too, if it opens with no number, heading or label and
             is itself prose or as full as the line before

A hard-wrapped line is as wide as the widest of its paragraph; one cut by a page is long. Anything else stays as it is:
a title of two lines is left to what reads the head.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from db.intake.layouts.lines import Line
from db.intake.layouts.signs_of_cells import cell_class
from db.intake.source import Block, Paragraph

LONG: Final = 36
"""Characters of a line that is no heading any more."""
NARROWEST: Final = 16
_ENDS: Final = ("。", "！", "？", "；", "：", "!", "?", ";", ":", ".", "…")
_CLOSERS: Final = "”’\"'）)】〕』」》"
_INNER: Final = re.compile(r"[，,。；;]")
_OPENS: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,3}[.．、](?![0-9])|[①-⑳]"
    r"|[0-9]{1,3}(?=[\u4e00-\u9fff])(?![0-9]{1,3}[年月日号个次条项天周季种类家户元万亿时分倍级届名位份期场])"
    r"|第[一二三四五六七八九十]{1,3}[条章节部]|附件|附表|附：|抄送|联系人|联系电话|主题词|[-*•●▪◆]|[^，。：:]{1,10}[：:]"
)
_DATE: Final = re.compile(r"[0-9〇○零一二三四五六七八九十]{4} ?年.{1,5}月.{1,4}日")


def joined(lines: Sequence[Line]) -> list[Block]:
    """The lines as paragraphs, cut ones joined; a page number between the halves comes behind them."""
    full = _width(lines)
    blocks: list[Block] = []
    pieces: list[Line] = []
    noise: list[Line] = []
    blanks = 0
    for line in lines:
        if line.kind == "blank":
            blanks += 1
        elif line.kind == "noise":
            noise.append(line)
        else:
            if not (pieces and _goes_on(pieces[-1], line, blanks > 0 or bool(noise), full)):
                _close(pieces, noise, blocks)
            pieces.append(line)
            blanks = 0
    _close(pieces, noise, blocks)
    return blocks


def _close(pieces: list[Line], noise: list[Line], blocks: list[Block]) -> None:
    if len(pieces) == 1:
        blocks.append(pieces[0].paragraph)
    elif pieces:
        texts = [pieces[0].text.rstrip()]
        for line in pieces[1:]:
            text = line.text.strip()
            texts.append(" " + text if _needs_space(texts[-1], text) else text)
        blocks.append(Paragraph("".join(texts), pieces[0].place))
    blocks.extend(line.paragraph for line in noise)
    pieces.clear()
    noise.clear()


def _needs_space(before: str, text: str) -> bool:
    """Words of letters are parted by a space, Chinese and numbers are not."""
    return before[-1:].isascii() and before[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha()


def _width(lines: Sequence[Line]) -> int:
    """How wide a full line is: nearly the widest, if many lines are about as wide as it; 0: nothing is hard-wrapped."""
    widths = sorted(cells(line.text) for line in lines if line.kind == "text")
    if not widths or widths[-1] > 160:
        return 0
    return widths[-1] - 6 if widths[-1] >= 2 * NARROWEST else 0


def cells(text: str) -> int:
    """The width in cells of a terminal: a Chinese character takes two."""
    plain = text.rstrip()
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in plain[:400])


def _goes_on(before: Line, line: Line, gap: bool, full: int) -> bool:
    first, second = before.text.rstrip(), line.text.strip()
    indented = before.kind == "tabs" and "\t" not in first.lstrip("\t")
    if not (before.kind == "text" or indented) or line.kind != "text" or "\n" in first or "\n" in second:
        return False
    if _is_closed(first) or _OPENS.match(second) or _DATE.match(second):
        return False
    if line.text[:2].isspace() or line.text[:1] in "\u3000\t":
        return False
    wrapped = not gap and full > 0 and cells(first) >= full
    if wrapped:
        return _is_prose(first) or (_is_prose(second) and not _OPENS.match(first.strip()))
    long = len(first.strip()) >= LONG and _is_prose(first)
    return long and _is_prose(second) and cell_class(second) != "unit"


def _is_closed(text: str) -> bool:
    """A line that ends like a sentence, or with units in brackets, as an item of prose does."""
    if text.rstrip(_CLOSERS).endswith(_ENDS):
        return True
    opening = max(text.rfind(sign) for sign in "（([〔【")
    inside = text[opening + 1 : -1] if opening >= 0 and text.endswith(("）", ")", "]", "〕", "】")) else ""
    return 0 < len(inside) <= 120 and cell_class(inside) == "unit"


def _is_prose(text: str) -> bool:
    return bool(_INNER.search(text))
