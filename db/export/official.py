"""An official document in the layout of GB/T 9704-2012, as .docx: what every .docx of a ledger is built with.

A4, 22 lines of 28 characters, the title 2号 小标宋, headings 一、 黑体, （一） 楷体, 1. 仿宋, the body 3号 仿宋, page
numbers outside. python-docx and lxml are loaded when a document is begun, not before.
"""

import io
import math
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal
from xml.sax.saxutils import escape

from db.export.measure import cells
from db.export.official_pages import HEIGHTS, WIDTHS, Orientation, Side, footer, header, section
from db.export.official_styles import CHARACTER, LINE, W, fonts, settings, styles
from db.export.official_table import Head, fill_run, table
from db.export.text import file_text, one_line

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

__all__ = ["Head", "Official", "attachment_lines"]

_SIDES: Final[tuple[Side, ...]] = ("odd", "even")
_TITLE_CHARACTER: Final = 440
_ATTACHED: Final = "附件："
_PROPERTY_LIMIT: Final = 255
"""Characters that a property of the file may have."""
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_ABOUT: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>taizhang</Application></Properties>"
)


class Official:
    """The document while it is written, from top to bottom. It begins on a portrait page.

    Every text goes through file_text. title and author are the file's properties, `at` its time of creation.
    """

    def __init__(self, title: str, author: str, at: datetime) -> None:
        from docx import Document

        self._document = Document()
        self._orientation: Orientation = "portrait"
        _clear(self._document)
        _set_properties(self._document, title, author, at)
        self._body = self._document.element.body
        del self._body[:]
        part: Any = self._document.part  # the library gives these two no types
        self._headers = [part.add_header_part() for _ in _SIDES]
        self._footers = {(orientation, side): part.add_footer_part() for orientation in WIDTHS for side in _SIDES}
        for (orientation, side), (footers, _) in self._footers.items():
            _replace_content(footers.element, footer(orientation, side))
        self.mark("")
        self._is_new = True

    def mark(self, text: str) -> None:
        """A mark in the header of every page (草稿); '' takes it away."""
        for part, _ in self._headers:
            _replace_content(part.element, header(escape(one_line(text))))

    def title(self, text: str) -> None:
        """The title, centred; one that needs more lines is parted evenly (梯形或菱形, 7.3.1).

        Called again at once, it goes on in a line of its own.
        """
        line = one_line(text)
        most = WIDTHS["portrait"] // _TITLE_CHARACTER - 1  # between digits and 汉字 there is a space of its own
        needed = math.ceil(cells(line) / 2)
        of_line = math.ceil(needed / math.ceil(needed / most)) + 1 if needed > most else most
        free = (WIDTHS["portrait"] - of_line * _TITLE_CHARACTER) // 2
        indent = f'<w:ind w:left="{free}" w:right="{free}"/>' if of_line < most else ""
        if self._goes_on("Title"):
            self._body[-1][0].insert(1, _parsed(f'<w:spacing xmlns:w="{W}" w:after="0"/>'))
            indent = '<w:spacing w:before="0"/>' + indent
        self._add("Title", line, indent)

    def heading(self, level: Literal[1, 2, 3], text: str) -> None:
        """一、 (1), （一） (2) or 1. (3); the number is part of the text."""
        self._add(f"Heading{level}", one_line(text))

    def body(self, text: str) -> None:
        """A paragraph for each line of the text, its first line two characters in."""
        for line in file_text(text).split("\n"):
            self._add("Body", line)

    def remark(self, text: str) -> None:
        """The same in 4号: what explains and is not said itself."""
        for line in file_text(text).split("\n"):
            self._add("Remark", line)

    def attachments(self, names: Sequence[str]) -> None:
        """附件： a free line below the text, two characters in, a long name going on below its first character (7.3.4).

        The lines, what stands above them and the signature below them stay together. Nothing for no names.
        """
        for at, (lead, name) in enumerate(_led(names)):
            hanging = round(cells(lead) * CHARACTER / 2)
            left = 2 * CHARACTER + hanging + (0 if at == 0 else round(cells(_ATTACHED) * CHARACTER / 2))
            above = "" if at else f'<w:spacing w:before="{LINE}"/>'
            if not at:
                self._keep_last()
            self._add("Attachment", lead + name, f'{above}<w:ind w:left="{left}" w:hanging="{hanging}"/>')

    def signature(self, unit: str, day: date) -> None:
        """The date four characters in from the right, the unit above it, centred over it (7.3.5.1), never alone."""
        name, said = one_line(unit), f"{day.year}年{day.month}月{day.day}日"
        middle = max(4 * 2 + cells(said) / 2, min(cells(name), 56) / 2)  # half characters from the right edge
        self._keep_last()
        for style, text in (("Unit", name), ("Day", said)):
            free = max(0, round((middle - cells(text) / 2) * CHARACTER / 2))
            self._add(style, text, f'<w:ind w:right="{free}"/>')

    def table(self, heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> None:
        """A table as wide as the page. A row of one text, where there are more columns, goes over all of them.

        Raises ValueError at the beginning of a section: LibreOffice loses the page's orientation where no paragraph
        stands before the table.
        """
        if self._is_new and len(self._body):
            raise ValueError("a section begins with a paragraph, not with a table")
        if self._ends_with("tbl"):
            self._add("Gap", "")  # two tables without one would be one
        safe_heads = [replace(head, title=file_text(head.title)) for head in heads]
        safe_rows = [tuple(map(file_text, row)) for row in rows]
        room = (WIDTHS[self._orientation], HEIGHTS[self._orientation])
        self._body.append(table(safe_heads, safe_rows, *room))
        self._is_new = False

    def landscape(self) -> None:
        """From here on pages lie on their side; a paragraph has to stand before a table."""
        self._turn("landscape")

    def portrait(self) -> None:
        """From here on pages stand upright again."""
        self._turn("portrait")

    def payload(self) -> bytes:
        """The file's bytes: the same for the same document and `at`."""
        if self._ends_with("sectPr"):
            self._body.remove(self._body[-1])
        if not self._ends_with("p"):
            self._add("Gap", "")
        self._body.append(self._section())
        written = io.BytesIO()
        self._document.save(written)
        return _without_times(written)

    def _turn(self, orientation: Orientation) -> None:
        if not self._is_new:
            if self._ends_with("tbl"):
                self._add("Gap", "")
            self._body[-1][0].append(self._section())
            self._is_new = True
        self._orientation = orientation

    def _ends_with(self, tag: str) -> bool:
        return len(self._body) > 0 and self._body[-1].tag == f"{{{W}}}{tag}"

    def _section(self) -> "_Element":
        references = {("header", side): id_ for side, (_, id_) in zip(_SIDES, self._headers, strict=True)}
        references |= {("footer", side): self._footers[self._orientation, side][1] for side in _SIDES}
        return _parsed(section(self._orientation, references))

    def _add(self, style: str, text: str, extra: str = "") -> None:
        paragraph = _parsed(
            f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"<w:r/>" if text else ""}</w:p>'
        )
        if text:
            fill_run(paragraph[1], text)
        self._body.append(paragraph)
        self._is_new = False

    def _goes_on(self, style: str) -> bool:
        """Whether the last thing is a paragraph of that style."""
        return self._ends_with("p") and not self._is_new and self._body[-1][0][0].get(f"{{{W}}}val") == style

    def _keep_last(self) -> None:
        """The last paragraph goes to the next page with what follows it."""
        if self._ends_with("p") and not self._is_new:
            self._body[-1][0].insert(1, _parsed(f'<w:keepNext xmlns:w="{W}"/>'))


def attachment_lines(names: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of the style Attachment that Official.attachments writes: 附件：1．甲 and 2．乙, or 附件：甲."""
    return tuple(lead + name for lead, name in _led(names))


def _led(names: Sequence[str]) -> list[tuple[str, str]]:
    """What stands before each name, and the name."""
    numbers = [f"{at}．" for at in range(1, len(names) + 1)] if len(names) > 1 else [""] * len(names)
    leads = [number if at else _ATTACHED + number for at, number in enumerate(numbers)]
    return list(zip(leads, map(one_line, names), strict=True))


def _parsed(xml: str) -> "_Element":
    from lxml.etree import fromstring

    return fromstring(xml)


def _replace_content(root: "_Element", *contents: str) -> None:
    del root[:]
    for content in contents:
        root.append(_parsed(content))


def _clear(document: "Document") -> None:
    """The library's own template without its fonts, styles, pictures and English: ours in their place."""
    package, part = document.part.package, document.part
    for relations in (package.rels, part.rels):
        for id_, relation in list(relations.items()):
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in ("thumbnail", "customXml", "stylesWithEffects", "webSettings", "theme", "numbering"):
                del relations[id_]
            elif kind == "fontTable":
                relation.target_part._blob = fonts()
            elif kind == "extended-properties":
                relation.target_part._blob = _ABOUT
    for root, xml in ((document.styles.element, styles()), (document.settings.element, settings())):
        root[:] = list(_parsed(xml))


def _set_properties(document: "Document", title: str, author: str, at: datetime) -> None:
    created = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    properties = document.core_properties
    properties.title = one_line(title)[:_PROPERTY_LIMIT]
    properties.author = properties.last_modified_by = one_line(author)[:_PROPERTY_LIMIT]
    properties.created = properties.modified = created
    properties.language = "zh-CN"
    properties.comments = properties.keywords = ""
    properties.revision = 1


def _without_times(written: io.BytesIO) -> bytes:
    """The same archive without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
