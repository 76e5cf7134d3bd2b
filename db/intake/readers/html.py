"""A web page, or what Word and WPS save as one, -> paragraphs and grids.

bytes -> characters (encodings.py: BOM, the page's own charset, the ladder) -> tags (html_tokens.py) -> lines and tables
(html_walk.py) -> without the menus around (html_article.py) -> Paragraphs, and Grids with their spans (html_tables.py).
No step recurses, and all are linear in the page.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from db.errors import ReadingError
from db.intake.readers.encodings import decoded, encoding_losses, refusals_of, whole
from db.intake.readers.html_article import Article, article
from db.intake.readers.html_notes import without_marks
from db.intake.readers.html_page import AGAIN, Page, Table, Unit
from db.intake.readers.html_tables import flat, laid, layout_tables
from db.intake.readers.html_tokens import tokens
from db.intake.readers.html_walk import Walk
from db.intake.source import Block, Loss, Paragraph, Place, Source

PART: Final = "正文"
HEAD: Final = 8192
"""Bytes at the beginning in which the charset is looked for: browsers look at 1024, saved pages are less tidy."""
MAX_ITEMS: Final = 100_000
_NUMBERED: Final = 'class="odfLiEnd"'
"""LibreOffice's XHTML writes the numbers of its lists as text, too; this ends each."""

_CHARSET: Final = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""", re.I)


def read(stream: BinaryIO, name: str, progress: Callable[[float, str], None]) -> Source:
    """The page as blocks. Raises ReadingError for an unknown encoding, no text, or a page too deep or too large."""
    with refusals_of(name):
        return _read(stream, name, progress)


def _read(stream: BinaryIO, name: str, progress: Callable[[float, str], None]) -> Source:
    progress(0.0, "读取网页")
    raw = whole(stream)
    declared = _CHARSET.search(raw[:HEAD])
    characters = decoded(raw, declared.group(1).decode("ascii") if declared else None)
    walk = Walk(has_numbers=_NUMBERED in characters.text)
    page = walk.over(without_marks(tokens(characters.text), walk.page))
    progress(0.5, "找出正文和表格")
    layouts = layout_tables(page.tables)
    items = [item for item in flat(page.content, layouts) if isinstance(item, Unit) or any(r.cells for r in item.rows)]
    if len(items) > MAX_ITEMS:
        raise ReadingError(f"网页太大（{len(items)} 段，最多 {MAX_ITEMS} 段）", AGAIN)
    found = article(page, items)
    blocks, losses = _blocks(found.kept, layouts)
    if not any(_has_text(block) for block in blocks):
        raise ReadingError(
            "网页里没有文字（可能要联网才显示，或者全是图片）", "请在浏览器里复制正文，存成 .docx 再导入。"
        )
    losses = [*encoding_losses(characters, Place(PART)), *losses, *_page_losses(page, found)]
    progress(1.0, f"读到 {len(blocks)} 段和表")
    return Source("html", name, hashlib.sha256(raw).hexdigest(), tuple(blocks), tuple(losses))


def _blocks(items: list[Unit | Table], layouts: frozenset[int]) -> tuple[list[Block], list[Loss]]:
    """Paragraphs and grids in order; the tables inside a cell behind the one that holds them."""
    blocks: list[Block] = []
    losses: list[Loss] = []
    lines = tables = 0
    for item in _with_inner(items, layouts):
        if isinstance(item, Unit):
            lines += 1
            place = Place(PART, line=lines)
            blocks.append(Paragraph(item.text, place))
            if item.hidden:
                losses.append(Loss("hidden_text", place, item.hidden[:40]))
        else:
            tables += 1
            table = laid(item, f"表 {tables}", layouts)
            blocks.append(table.grid)
            losses.extend(table.losses)
    return blocks, losses


def _with_inner(items: list[Unit | Table], layouts: frozenset[int]) -> Iterator[Unit | Table]:
    ways: list[Iterator[Unit | Table]] = [iter(items)]
    while ways:
        for item in ways[-1]:
            yield item
            if isinstance(item, Table):
                cells = [one for row in item.rows for box in row.cells for one in box.content]
                ways.append(iter([one for one in flat(cells, layouts) if isinstance(one, Table)]))
                break
        else:
            ways.pop()


def _page_losses(page: Page, found: Article) -> Iterator[Loss]:
    if found.menu:
        words = " ".join(unit.text for unit in found.menu[:20])
        yield Loss("menu", Place(PART), words[:40], len(found.menu))
    pictures = _within(page, found.block, page.pictures)
    if pictures:
        yield Loss("picture", Place(PART), "", pictures)
    if page.notes:
        yield Loss("footnote", Place(PART), "", page.notes)
    if page.skipped:
        yield Loss("unread_text", Place(PART), " ".join(page.skipped.split())[:40])


def _within(page: Page, core: int, blocks: list[int]) -> int:
    """How many of the blocks lie in the article."""
    inside = [False] * len(page.parents)
    inside[core] = True
    for block in range(core + 1, len(inside)):
        inside[block] = inside[page.parents[block]]
    return sum(inside[block] for block in blocks)


def _has_text(block: Block) -> bool:
    return bool(block.text.strip()) if isinstance(block, Paragraph) else any(cell.text.strip() for cell in block.cells)
