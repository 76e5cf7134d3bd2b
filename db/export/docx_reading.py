"""What stands in a .docx that db.export.official wrote: its paragraphs and tables, read back from the bytes.

Read from the XML itself, not through the library that wrote it. 续行 rows are joined, a cell that is one with the
cell above says what that one says.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.export.official_styles import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT, _BREAK, _TAB = (
    f"{{{W}}}{tag}" for tag in ("p", "tbl", "tr", "tc", "t", "br", "tab")
)
_IN_WORDS: Final = {_BREAK: "\n", _TAB: "\t"}
_NAMES: Final = {"w": W}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """style: the id of its style (Title, Heading1, Body …)."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """header: the titles; rows: each as long as header, or of the one text that goes over the whole table."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read(payload: bytes) -> tuple[Paragraph | Grid, ...]:
    """The content from top to bottom, without the paragraphs that only part tables and sections."""
    from lxml.etree import XMLParser, fromstring

    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        body = fromstring(archive.read("word/document.xml"), XMLParser(huge_tree=True))[0]
    found: list[Paragraph | Grid] = []
    for element in body:
        if element.tag == _TABLE:
            found.append(_grid(element))
        elif element.tag == _PARAGRAPH and (style := _style(element)) != "Gap":
            found.append(Paragraph(style, _said(element)))
    return tuple(found)


def _grid(table: "_Element") -> Grid:
    header, *rows = table.iterchildren(_ROW)
    made: list[list[str]] = []
    for row in rows:
        cells = list(row.iterchildren(_CELL))
        marked = any(_style(paragraph) == "TableContinued" for cell in cells for paragraph in cell[1:])
        texts = ["".join(_said(each) for each in cell[1:] if _style(each) != "TableContinued") for cell in cells]
        if marked:
            made[-1] = [before + text for before, text in zip(made[-1], texts, strict=True)]
        else:
            made.append([made[-1][at] if _joins(cells[at]) else text for at, text in enumerate(texts)])
    titles = tuple("".join(map(_said, cell[1:])) for cell in header.iterchildren(_CELL))
    return Grid(titles, tuple(map(tuple, made)))


def _style(paragraph: "_Element") -> str:
    found = paragraph.find("w:pPr/w:pStyle", _NAMES)
    return "" if found is None else found.get(f"{{{W}}}val", "")


def _said(paragraph: "_Element") -> str:
    made = [
        (part.text or "") if part.tag == _TEXT else _IN_WORDS[part.tag] for part in paragraph.iter(_TEXT, _BREAK, _TAB)
    ]
    return "".join(made)


def _joins(cell: "_Element") -> bool:
    """Whether it is one with the cell above."""
    merged = cell.find("w:tcPr/w:vMerge", _NAMES)
    return merged is not None and merged.get(f"{{{W}}}val") != "restart"
