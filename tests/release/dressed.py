"""The shipped notices as an office dresses them, as flat OpenDocument (.fodt) that LibreOffice saves in any other form.

Beside the paragraphs and the table of tests.db.intake.forms: numbers by automatic numbering, page heads and feet, a
landscape section for the table, header rows that repeat over pages, a tracked insertion and a tracked deletion, a
footnote, a text box, and in one dress a table inside a cell. None of it changes what the notice says.
"""

import re
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from db.rules.notice import NoticeDraft
from tests.db.intake.forms import Box, Laid, laid_out

DELETED: Final = "这句话已经删去"
NOTE: Final = "本表由起草单位整理。"
FRAMED: Final = "内部资料"
NESTED: Final = ("说明", "略")

_SPACES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_PAGE: Final = """<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}cm"
fo:page-height="{height}cm" style:print-orientation="{turn}" fo:margin-left="2cm" fo:margin-right="2cm"
fo:margin-top="2cm" fo:margin-bottom="2cm"/><style:header-style/><style:footer-style/></style:page-layout>"""
_MASTER: Final = """<style:master-page style:name="{name}" style:page-layout-name="{layout}"><style:header>
<text:p>政务公开文件</text:p></style:header><style:footer><text:p>— <text:page-number>1</text:page-number> —</text:p>
</style:footer></style:master-page>"""
_STYLES: Final = f"""<office:automatic-styles>
{_PAGE.format(name="upright", width="21", height="29.7", turn="portrait")}
{_PAGE.format(name="across", width="29.7", height="21", turn="landscape")}
<style:style style:name="first" style:family="paragraph" style:master-page-name="Standard"/>
<style:style style:name="prose" style:family="paragraph"><style:paragraph-properties fo:text-indent="0.85cm"/>
</style:style>
<style:style style:name="note" style:family="paragraph"><style:text-properties fo:font-size="9pt"
style:font-size-asian="9pt"/></style:style>
<style:style style:name="last" style:family="paragraph" style:master-page-name="Standard"/>
<style:style style:name="wide" style:family="table" style:master-page-name="Across">
<style:table-properties style:width="25cm" table:align="margins"/></style:style>
<style:style style:name="small" style:family="table"><style:table-properties style:width="3cm"/></style:style>
<style:style style:name="ruled" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
fo:padding="0.1cm"/></style:style>
<style:style style:name="box" style:family="graphic"><style:graphic-properties style:wrap="none"/></style:style>
<text:list-style style:name="bare"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
<text:list-style style:name="wide_stop"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="．"/></text:list-style>
<text:list-style style:name="stop"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="."/></text:list-style>
</office:automatic-styles>
<office:master-styles>{_MASTER.format(name="Standard", layout="upright")}
{_MASTER.format(name="Across", layout="across")}
</office:master-styles>"""
_CHANGES: Final = f"""<text:tracked-changes><text:changed-region text:id="in"><text:insertion><office:change-info/>
</text:insertion></text:changed-region><text:changed-region text:id="out"><text:deletion><office:change-info/>
<text:p>{DELETED}</text:p></text:deletion></text:changed-region></text:tracked-changes>"""
_HANGING: Final = f"""<text:change text:change-id="out"/><text:note text:id="n1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p text:style-name="note">{NOTE}</text:p>
</text:note-body></text:note>
<draw:frame draw:style-name="box" text:anchor-type="paragraph" svg:width="4cm" svg:height="1cm"><draw:text-box>
<text:p>{FRAMED}</text:p></draw:text-box></draw:frame>"""
_LEAD: Final = re.compile(r"([0-9]{1,3})([．.])\s*")


def as_nested_fodt(draft: NoticeDraft, path: Path) -> None:
    """The notice with its dress, and a table inside a cell."""
    as_fodt(draft, path, nested=True)


def as_fodt(draft: NoticeDraft, path: Path, *, nested: bool = False) -> None:
    """The notice with its dress."""
    laid = laid_out(draft)
    parts = [_paragraph(text, at, len(laid.before)) for at, text in enumerate(laid.before)]
    if laid.boxes:
        parts.append(_table(laid, draft, nested=nested))
    for at, text in enumerate(laid.after):
        parts.append(f"<text:p{_style('prose' if at else 'last')}>{escape(text)}</text:p>")
    body = "".join(parts)
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_SPACES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_STYLES}<office:body><office:text>{_CHANGES}{body}'
        "</office:text></office:body></office:document>",
        encoding="utf-8",
    )


def _style(name: str) -> str:
    return f' text:style-name="{name}"'


def _paragraph(text: str, at: int, count: int) -> str:
    """A paragraph before the table; what hangs on a paragraph hangs on the longest place of the letter: its middle."""
    shown = escape(text)
    if at == count // 2:
        half = len(text) // 2
        start, end = '<text:change-start text:change-id="in"/>', '<text:change-end text:change-id="in"/>'
        shown = f"{escape(text[:half])}{start}{escape(text[half:])}{end}{_HANGING}"
    return f"<text:p{_style('prose' if at else 'first')}>{shown}</text:p>"


def _table(laid: Laid, draft: NoticeDraft, *, nested: bool) -> str:
    covered = {
        (row, column)
        for box in laid.boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    } - {(box.row, box.column) for box in laid.boxes}
    numbers = _Numbers({at for at, (name, _) in enumerate(draft.headings) if name == "number"})
    boxes = {(box.row, box.column): box for box in laid.boxes}
    requirement = next(at for at, (name, _) in enumerate(draft.headings) if name == "requirement")
    rows = []
    for row in range(laid.height):
        cells = []
        for column in range(laid.width):
            box = boxes.get((row, column))
            if box is None:
                is_covered = (row, column) in covered
                cells.append("<table:covered-table-cell/>" if is_covered else _cell(Box(row, column, ""), ""))
                continue
            inner = _nested() if nested and (row, column) == (1, requirement) else ""
            cells.append(_cell(box, numbers.paragraphs(box) + inner))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return (
        f'<table:table table:style-name="wide"><table:table-column table:number-columns-repeated="{laid.width}"/>'
        f"<table:table-header-rows>{rows[0]}</table:table-header-rows>{''.join(rows[1:])}</table:table>"
    )


def _cell(box: Box, content: str) -> str:
    spans = f' table:number-rows-spanned="{box.rows}" table:number-columns-spanned="{box.columns}"'
    return f'<table:table-cell table:style-name="ruled"{spans}>{content or "<text:p/>"}</table:table-cell>'


def _nested() -> str:
    cells = "".join(_cell(Box(0, at, text), f"<text:p>{text}</text:p>") for at, text in enumerate(NESTED))
    return (
        '<table:table table:style-name="small"><table:table-column table:number-columns-repeated="2"/>'
        f"<table:table-row>{cells}</table:table-row></table:table><text:p/>"
    )


class _Numbers:
    """Numbers of the table by automatic numbering: those of a number column, and those in front of requirements."""

    def __init__(self, columns: set[int]) -> None:
        self._columns = columns
        self._last: dict[str, int] = {}

    def paragraphs(self, box: Box) -> str:
        """The text of a cell as paragraphs, its number taken out of it."""
        if box.row and box.column in self._columns and box.text.isdecimal():
            return self._item("bare", int(box.text), "")
        found = _LEAD.match(box.text) if box.row else None
        if found is not None:
            style = "wide_stop" if found[2] == "．" else "stop"
            return self._item(style, int(found[1]), box.text[found.end() :])
        return "".join(f"<text:p>{escape(line)}</text:p>" for line in box.text.split("\n"))

    def _item(self, style: str, number: int, text: str) -> str:
        goes_on = self._last.get(style, 0) == number - 1
        self._last[style] = number
        start = "" if goes_on else f' text:start-value="{number}"'
        return (
            f'<text:list{_style(style)} text:continue-numbering="true"><text:list-item{start}>'
            f"<text:p>{escape(text)}</text:p></text:list-item></text:list>"
        )
