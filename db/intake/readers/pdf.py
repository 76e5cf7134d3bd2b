"""A PDF -> paragraphs and grids: ruled tables as native grids, the rest as paragraphs in the order of the page.

pdfplumber (pdfminer.six) reads signs, rules and boxes; lines, tables and paragraphs are put together here
(pdf_lines.py, pdf_tables.py, pdf_text.py). Refused with advice: encrypted, broken, scanned and turned pages, pages
whose fonts do not say which sign is which, and files beyond the limits (H15 of reliability.md). This module is loaded
by the reading child alone: pdfplumber is imported with it, before the child shuts itself in.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from db.errors import ReadingError
from db.intake.readers.encodings import cleaned, refusals_of, whole
from db.intake.readers.pdf_columns import lines_in_columns
from db.intake.readers.pdf_joints import table_of
from db.intake.readers.pdf_lines import Char, Line, is_note_mark
from db.intake.readers.pdf_tables import Part, agree, part_of
from db.intake.readers.pdf_text import Sheet, Text, paragraphs, without_noise
from db.intake.source import Block, Loss, Paragraph, Place, Source

MAX_PAGES: Final = 300
MAX_CHARACTERS: Final = 1_000_000
MAX_RULES: Final = 6_000
"""Edges of one page; 60 rows of 10 columns have 3,000. Finding the boxes between them takes quadratic time."""
MAX_INFLATED: Final = 100 * 1024 * 1024
FEW: Final = 10
"""Signs on a page that may be a stamp or a page number over a scan."""

BETTER: Final = "请向发文单位要 Word 文件，或者用 WPS 的 PDF 转 Word 存成 .docx，核对后再导入。"
FEWER: Final = "请把通知正文和分工表的那几页另存为一个 PDF。"
SCANNED: Final = "请找来文的 Word 或可以选中文字的 PDF；没有的话用 WPS 的图片转文字另存为 .docx，核对后再导入。"

_STREAM: Final = re.compile(rb"stream\r?\n")
BROKEN: Final = (
    PdfminerException, PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, ArithmeticError, RecursionError, EOFError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip
"""What pdfminer raises for files that are no good PDF (seen, or to be found in its source)."""


def read(stream: BinaryIO, name: str, progress: Callable[[float, str], None]) -> Source:
    """The document as blocks. Raises ReadingError for what is no PDF, or one that cannot be read, with what to do."""
    with refusals_of(name):
        raw = whole(stream)
        if b"%PDF-" not in raw[:1024]:
            raise ReadingError("文件不是 PDF", "请核对是否选对了文件，或重新下载一次。")
        _refuse_bomb(raw)
        try:
            sheets, losses = _sheets(raw, progress)
        except BROKEN as error:
            if isinstance(error, PDFPasswordIncorrect) or isinstance(_cause(error), PDFPasswordIncorrect):
                raise ReadingError("PDF 加了密码", "请用 WPS 或阅读器打开，取消密码后另存一份再导入。") from error
            raise ReadingError("PDF 文件坏了", f"请重新下载一次；仍不行，{BETTER}") from error
        except MemoryError as error:
            raise ReadingError("PDF 展开后太大", BETTER) from error
        taken = without_noise(sheets)
        losses.extend(_noise_losses(taken))
        blocks, more = _blocks(paragraphs(sheets))
        return Source("pdf", name, hashlib.sha256(raw).hexdigest(), tuple(blocks), (*losses, *more))


def _sheets(raw: bytes, progress: Callable[[float, str], None]) -> tuple[list[Sheet], list[Loss]]:
    """The pages with their lines and tables."""
    sheets: list[Sheet] = []
    losses: list[Loss] = []
    scans: list[int] = []
    signs = unknown = 0
    with pdfplumber.open(BytesIO(raw)) as document:
        count = sum(1 for _ in islice(PDFPage.create_pages(document.doc), MAX_PAGES + 1))
        if count > MAX_PAGES:
            raise ReadingError(f"PDF 页数太多（超过 {MAX_PAGES} 页）", FEWER)
        for page in document.pages:
            number = len(sheets) + 1
            progress((number - 1) / max(1, count), f"读取第 {number}/{count} 页")
            chars, strange, notes = _signs_of(page, number)
            if notes:
                losses.append(Loss("footnote", Place(f"第 {number} 页"), notes[:60], len(notes)))
            signs, unknown = signs + len(chars), unknown + strange
            if signs > MAX_CHARACTERS:
                raise ReadingError(
                    f"PDF 文字太多（超过 {MAX_CHARACTERS} 字）", "请把通知正文和分工表的那几页另存为一个 PDF。"
                )
            if len(chars) < FEW and _is_scan(page):
                scans.append(number)
            elif page.images:
                losses.append(Loss("picture", Place(f"第 {number} 页"), "", len(page.images)))
            sheets.append(_sheet(page, number, chars))
            page.close()
    if not signs or (scans and len(scans) == len(sheets)):
        what = "是扫描件，无法识别文字" if scans else "里没有文字"
        raise ReadingError(f"PDF {what}", SCANNED)
    if unknown * 5 > signs:
        raise ReadingError("PDF 的字体没有标明是什么字，读出来是乱码", BETTER)
    losses.extend(Loss("picture", Place(f"第 {number} 页"), "整页是图片，无法识别文字") for number in scans)
    if unknown:
        losses.append(Loss("unread_text", Place("正文"), "字体没有标明的字，读成 \ufffd", unknown))
    return sheets, losses


def _signs_of(page: Any, number: int) -> tuple[list[Char], int, str]:
    """The signs of a page, how many of them the file does not name, and the raised numbers of footnotes left out."""
    chars: list[Char] = []
    strange = turned = 0
    notes = ""
    for char in page.chars:
        text, dropped = cleaned(str(char["text"]).replace("\n", " "))
        if chars and is_note_mark(text, char, chars[-1]):
            notes += text
            continue
        if text.startswith("(cid:") or (dropped and not text) or "\ue000" <= text[:1] <= "\uf8ff":
            strange += 1
            text = "\ufffd"
        if text:
            turned += not char["upright"] and bool(text.strip())
            chars.append({**char, "text": text})
    if turned * 2 > len(chars):
        raise ReadingError(f"PDF 第 {number} 页的文字是横着的", "请在 WPS 或阅读器里把这一页转正，另存后再导入。")
    return chars, strange, notes


def _is_scan(page: Any) -> bool:
    """Whether pictures cover more than half of a page."""
    whole_page = float(page.width) * float(page.height)
    return sum(abs(float(one["width"]) * float(one["height"])) for one in page.images) * 2 > whole_page


def _sheet(page: Any, number: int, chars: list[Char]) -> Sheet:
    if len(page.edges) > MAX_RULES:
        raise ReadingError(f"PDF 第 {number} 页的线条太多，认不出表格", BETTER)
    parts: list[Part] = []
    for table in page.find_tables():
        boxes = [tuple(float(one) for one in box) for box in table.cells if box is not None]
        if len({box[0] for box in boxes}) > 1:
            part, chars = part_of(number, boxes, chars)  # type: ignore[arg-type]  # four floats each
            parts.append(part)
    items: list[Line | Part] = [*lines_in_columns(number, chars), *parts]
    return Sheet(number, float(page.height), sorted(items, key=lambda item: item.top))


def _blocks(items: list[Text | Part]) -> tuple[list[Block], list[Loss]]:
    """Paragraphs and grids; parts of a table on following pages, with nothing between them, are one grid."""
    blocks: list[Block] = []
    losses: list[Loss] = []
    tables = 0
    parts: list[Part] = []
    for item in [*items, None]:
        if isinstance(item, Part) and parts and item.page == parts[-1].page + 1 and agree(parts[-1], item):
            parts.append(item)
            continue
        if parts:
            tables += 1
            grid, more = table_of(parts, f"表 {tables}")
            blocks.append(grid)
            losses.extend(more)
        parts = [item] if isinstance(item, Part) else []
        if isinstance(item, Text):
            blocks.append(Paragraph(item.text, Place(f"第 {item.page} 页", line=item.line)))
    return blocks, losses


def _noise_losses(taken: list[tuple[int, str]]) -> list[Loss]:
    if not taken:
        return []
    words = " ".join(dict.fromkeys(text for _, text in taken))
    return [Loss("page_noise", Place(f"第 {taken[0][0]} 页"), words[:40], len(taken))]


def _cause(error: BaseException) -> object:
    return error.args[0] if error.args and isinstance(error.args[0], BaseException) else error.__cause__


def _refuse_bomb(raw: bytes) -> None:
    """Count what the compressed streams inflate to, without keeping it; pictures are never inflated here."""
    total = 0
    for found in _STREAM.finditer(raw):
        begin = raw.rfind(b"obj", max(0, found.start() - 4096), found.start())
        if b"/Image" in raw[begin : found.start()] or raw[found.end() : found.end() + 1] != b"\x78":
            continue
        inflater = zlib.decompressobj()
        rest: bytes = raw[found.end() :] if len(raw) - found.end() < 65536 else raw[found.end() : found.end() + 65536]
        at = found.end() + len(rest)
        try:
            while rest and not inflater.eof:
                total += len(inflater.decompress(rest, 1 << 20))
                if total > MAX_INFLATED:
                    raise ReadingError("PDF 展开后太大", BETTER)
                rest = inflater.unconsumed_tail
                if not rest:
                    rest = raw[at : at + 65536]
                    at += len(rest)
        except zlib.error:
            continue
