"""A Word document (.docx) as a Source: our own walk over the parts.

python-docx loses content controls, tracked insertions, nested tables, text boxes and automatic numbers without a word
(libraries.md section 4). What is carried is compared with all w:t of the document at the end.

Blocks in order: paragraphs and tables of the body; behind each of them the text boxes, footnotes and endnotes that
hang on it; behind a table the tables inside its cells. A line break in a paragraph of the body parts it in two with
the same place, in a cell it is '\\n'. Headers, footers and comments are left out and named.
"""

import hashlib
from io import BytesIO
from typing import BinaryIO, Final

from db.errors import ReadingError
from db.intake.readers.docx_numbering import Numbering, Styles, W
from db.intake.readers.docx_tables import grid, inside
from db.intake.readers.docx_text import Hung, Reading, T
from db.intake.readers.limits import CELLS, PARAGRAPHS, TABLES, Progress
from db.intake.readers.losses import Losses
from db.intake.readers.package import Element, Package, Relation
from db.intake.readers.zip_checks import checked
from db.intake.source import Block, Grid, Paragraph, Place, Source

_BLOCKS: Final = frozenset((W + "p", W + "tbl", W + "altChunk"))
_NOTE_NAMES: Final = {"footnotes": "脚注", "endnotes": "尾注"}
_STEP: Final = 100
"""Blocks between two words of progress."""


def read(stream: BinaryIO, name: str, progress: Progress) -> Source:
    """The document in this stream. Raises ReadingError where it is broken, too large, or no Word document."""
    content = stream.read()
    sha256 = hashlib.sha256(content).hexdigest()
    with checked(BytesIO(content), name) as archive:
        package = Package(archive, name)
        part, root = package.main("word/document.xml", W + "document")
        body = root.find(W + "body")
        if body is None:
            raise ReadingError(f"无法读取“{name}”：Word 文档里没有正文。", "请用 WPS 或 Word 打开，另存一份再导入。")
        walk = _Walk(package, part)
        walk.story(body, "正文", progress=progress)
        walk.reading.name_unread(root, Place("正文"))
        walk.name_surroundings()
    if not any(_is_written(block) for block in walk.blocks):
        raise ReadingError(
            f"无法读取“{name}”：文档里没有文字（可能全是图片）。", "扫描件请先识别成文字，另存为 .docx 再导入。"
        )
    return Source("docx", name, sha256, tuple(walk.blocks), tuple(walk.losses))


def _is_written(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() for cell in block.cells)


class _Walk:
    """One document on its way into blocks."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._relations = package.relations(part)
        self.losses = Losses()
        self.blocks: list[Block] = []
        styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"), styles)
        self.reading = Reading(styles, self.losses)
        self._notes: dict[tuple[str, str], Element] = {}
        for kind in _NOTE_NAMES:
            root = self._related(kind)
            for note in root if root is not None else ():
                if note.get(W + "type", "normal") == "normal":
                    self._notes.setdefault((kind, note.get(W + "id", "")), note)
        self._tables = self._boxes = self._area = self._paragraphs = 0

    def story(self, container: Element, part: str, *, progress: Progress | None = None) -> None:
        """Append the blocks of a body, a text box or a note, and behind each what hangs on it."""
        whole, line, kept = len(container) or 1, 0, ""
        for at, element in enumerate(inside(container, _BLOCKS, self.reading)):
            if progress is not None and at % _STEP == 0:
                words = f"正在读第 {self._tables + 1} 张表…" if element.tag == W + "tbl" else "正在读正文…"
                progress(0.1 + 0.85 * min(at / whole, 1.0), words)
            hung = Hung()
            if element.tag == W + "tbl":
                self._table(element)
                continue
            line += 1
            self._paragraphs += 1
            if self._paragraphs > PARAGRAPHS:
                raise self._too_much(f"超过 {PARAGRAPHS} 段")
            place = Place(part, line=line)
            if element.tag == W + "p":
                text = kept + self._paragraph(element, place, hung, joined=bool(kept))
                kept = text if _is_end_deleted(element) else ""
                if not _is_end_deleted(element):
                    self.blocks.extend(Paragraph(one, place) for one in text.split("\n"))
            else:
                self.losses.add("unread_text", place, "嵌入的另一份文档", 1)
            self._hang(hung)
        if kept:
            self.blocks.extend(Paragraph(one, Place(part, line=line)) for one in kept.split("\n"))

    def name_surroundings(self) -> None:
        """Headers, footers and comments: what they say is named, not read."""
        for kind, words in (("header", "页眉"), ("footer", "页脚"), ("comments", "批注")):
            for relation in self._relations:
                if relation.kind != kind or not relation.target:
                    continue
                root = self._package.tree(relation.target)
                text = "" if root is None else "".join(one.text or "" for one in root.iter(T))
                if text.strip():
                    count = len("".join(text.split())) if kind == "comments" else 1
                    self.losses.add("unread_text" if kind == "comments" else "page_noise", Place(words), text, count)

    def _related(self, kind: str) -> Element | None:
        found: Relation | None = next((one for one in self._relations if one.kind == kind and one.target), None)
        return None if found is None else self._package.tree(found.target)

    def _paragraph(self, element: Element, place: Place, hung: Hung, *, joined: bool = False) -> str:
        """The paragraph with its automatic number. joined: it goes on after another one, and has none of its own."""
        text = self.reading.text(element, place, hung)
        if joined or _is_end_deleted(element):
            return text
        label = self._numbering.label(element.find(W + "pPr"))
        if label is None:
            return text
        if not label.sure:
            self.losses.add("number", place, text, 1)
        return label.text + text if text else label.text.rstrip()

    def _table(self, table: Element) -> None:
        """The grid of a table, then those of the tables inside it; each followed by what hangs on its cells."""
        waiting = [(table, False)]
        while waiting:
            element, is_nested = waiting.pop()
            self._tables += 1
            if self._tables > TABLES:
                raise self._too_much(f"有超过 {TABLES} 张表")
            part = f"表 {self._tables}"
            hung = Hung()
            nested: list[Element] = []

            def cell_text(
                cell: Element, place: Place, hung: Hung = hung, nested: list[Element] = nested
            ) -> str:  # Bound now: each table has its own.
                return self._cell(cell, place, hung, nested)

            found = grid(element, part, self.reading, self.losses, cell_text, self._package.name)
            if is_nested:
                first = next((cell.text for cell in found.cells if cell.text), "")
                self.losses.add("nested_table", Place(part), first, 1)
            self._count(found)
            if found.height and found.width:
                self.blocks.append(found)
            self._hang(hung)
            waiting.extend((one, True) for one in reversed(nested))

    def _cell(self, cell: Element, place: Place, hung: Hung, nested: list[Element]) -> str:
        lines: list[str] = []
        kept = ""
        for element in inside(cell, _BLOCKS, self.reading):
            if element.tag == W + "tbl":
                nested.append(element)
            elif element.tag == W + "p":
                kept += self._paragraph(element, place, hung, joined=bool(kept))
                if not _is_end_deleted(element):
                    lines.append(kept)
                    kept = ""
            else:
                self.losses.add("unread_text", place, "嵌入的另一份文档", 1)
        text = "\n".join([*lines, kept] if kept else lines)
        return text.strip("\n") if text.strip() else ""

    def _hang(self, hung: Hung) -> None:
        for box in hung.boxes:
            self._boxes += 1
            part = f"文本框 {self._boxes}"
            first = "".join(one.text or "" for one in box.iter(T))
            if first.strip():
                self.losses.add("text_box", Place(part), first, 1)
                self.story(box, part)
        for kind, number in hung.notes:
            # Taken out: a note that refers to itself is read once.
            note = self._notes.pop((kind, number), None)
            if note is not None:
                part = f"{_NOTE_NAMES[kind]} {number}"
                self.losses.add("footnote", Place(part), "".join(one.text or "" for one in note.iter(T)), 1)
                self.story(note, part)
                self.reading.name_unread(note, Place(part))

    def _count(self, found: Grid) -> None:
        self._area += sum(cell.rows * cell.columns for cell in found.cells)
        if self._area > CELLS:
            raise self._too_much(f"表格超过 {CELLS} 格")

    def _too_much(self, what: str) -> ReadingError:
        return ReadingError(f"无法读取“{self._package.name}”：{what}。", "请另存一份，只留正文和任务分解表。")


def _is_end_deleted(paragraph: Element) -> bool:
    """Whether a tracked deletion has taken the paragraph's end: it goes on into the next one."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom"))
