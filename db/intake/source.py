"""A document as plain structure: paragraphs and grids of cells, each with its place in the source.

Every reader (docx, xlsx, xls, html, pdf, txt, md) gives this and nothing else; what understands a notice knows no
format. What a reader could not carry over stands in `losses`, never nowhere.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

SourceForm = Literal["docx", "xlsx", "xls", "html", "pdf", "txt", "md"]
LossKind = Literal[
    "hidden_rows",
    "hidden_sheet",
    "hidden_text",
    "inserted",
    "deleted",
    "nested_table",
    "text_box",
    "footnote",
    "picture",
    "formula",
    "number",
    "unread_text",
    "encoding",
    "clamped_span",
    "page_joint",
    "menu",
    "page_noise",
]
"""What was found beside plain text: rows, sheets or text that the document hides (read all the same, and named);
tracked insertions (read) and deletions (left out); tables inside a cell (read, as grids of their own); text boxes and
footnotes (read behind the paragraph they hang on); pictures (left out); formulas never calculated (no value); automatic
numbers of a kind that was not resolved; characters that the walk did not meet; an encoding that was guessed; spans
beyond the table; cells that go on over a page's end (joined); a page's menus (left out); page numbers and running
heads (left out)."""

LOSS_NAMES: Final[dict[LossKind, str]] = {
    "hidden_rows": "隐藏的行（已读入）",
    "hidden_sheet": "隐藏的工作表（已读入）",
    "hidden_text": "隐藏的文字（已读入）",
    "inserted": "修订中插入的文字（已读入）",
    "deleted": "修订中删除的文字（未读入）",
    "nested_table": "单元格里套着的表（已单独读入）",
    "text_box": "文本框（已读入）",
    "footnote": "脚注尾注（已读入）",
    "picture": "图片（未读入）",
    "formula": "没有计算结果的公式（未读入）",
    "number": "没有认出的自动编号",
    "unread_text": "没有认出位置的文字",
    "encoding": "推定的文字编码",
    "clamped_span": "超出表格的合并单元格",
    "page_joint": "跨页接上的单元格",
    "menu": "网页的菜单和栏目（未读入）",
    "page_noise": "页码、页眉页脚（未读入）",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. part: 正文, 表 2, 工作表“分工”, 第 3 页; row, column and line count from 1 within it."""

    part: str
    row: int | None = None
    column: int | None = None
    line: int | None = None

    def words(self) -> str:
        """The place for the clerk: 表 2 第 3 行第 4 列, 正文第 12 段."""
        words = f"{self.part} " if self.part[-1:].isdigit() else self.part
        if self.row is not None:
            words += f"第 {self.row} 行"
        if self.column is not None:
            words += f"第 {self.column} 列"
        if self.line is not None:
            words += f"第 {self.line} {'行' if self.part.startswith('第') else '段'}"
        return words.rstrip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of a text file or a page, as written: white space at both ends kept."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its upper left corner, row and column from 0; rows x columns is what it spans (1 x 1: not merged).

    text: its paragraphs and line breaks by '\\n', '' where it is empty.
    """

    row: int
    column: int
    text: str
    place: Place
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. native: its merges and empty cells are the document's own (docx, xlsx, html, ruled pdf); in a grid that
    was put together from lines of text an empty cell and a merged one look alike, and `native` is False.

    cells: in reading order, one for each merged area; an area without any cell is empty. height, width: rows, columns.
    """

    place: Place
    height: int
    width: int
    cells: tuple[Cell, ...]
    native: bool = True
    hidden_rows: tuple[int, ...] = ()

    @cached_property
    def _by_area(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this position, from 0; a merged one for each position that it spans."""
        return self._by_area.get((row, column))


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Loss:
    """What a reader met beside plain text. text: the first words of it, '' where it has none; count: how many."""

    kind: LossKind
    place: Place
    text: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read. name: the file's; sha256: of its bytes."""

    form: SourceForm
    name: str
    sha256: str
    blocks: tuple[Block, ...]
    losses: tuple[Loss, ...] = ()


def plain_text(source: Source) -> str:
    """The whole document as text, in order: a paragraph a line, a table row a line with its cells by tabs, a merged
    cell once where it begins. What is quoted from one paragraph or cell stands in it, white space aside."""
    lines: list[str] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        rows: list[list[str]] = [[] for _ in range(block.height)]
        for cell in block.cells:
            rows[cell.row].append(cell.text)
        lines.extend("\t".join(row) for row in rows)
    return "\n".join(lines)
