"""Signs between the words that are none of them, taken out before the lines are read (notice-patterns.md section 6).

    pinyin   ::= Han '(' letters with a tone ')'        發(fā)布 is 發布; (VOCs) and (km) are text
    heading  ::= '#'{1,6} white words                   of a markdown file
The source keeps them: what is quoted without them is marked as put together (db.intake.accepting).
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from db.intake.source import Block, Grid, Paragraph, Source

_TONES: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN: Final = re.compile(rf"(?<=[\u3400-\u9fff])[(（](?=[a-zü]{{0,6}}[{_TONES}])[a-zü{_TONES}]{{1,7}}[)）]")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+")


def without_asides(source: Source) -> tuple[Block, ...]:
    """The blocks of the document without them."""
    return tuple(_cleared(source.blocks, source.form == "md"))


def _cleared(blocks: Iterable[Block], markdown: bool) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, Paragraph):
            text = without_pinyin(block.text)
            if markdown and (mark := _HEADING.match(text)):
                text = text[mark.end() :]
            yield block if text == block.text else replace(block, text=text)
        elif any(_may_have_tones(cell.text) for cell in block.cells):
            cells = tuple(replace(cell, text=without_pinyin(cell.text)) for cell in block.cells)
            yield Grid(block.place, block.height, block.width, cells, block.native, block.hidden_rows)
        else:
            yield block


def without_pinyin(text: str) -> str:
    """The text without readings in brackets."""
    return _PINYIN.sub("", text) if _may_have_tones(text) else text


def _may_have_tones(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in _TONES)
