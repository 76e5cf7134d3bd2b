"""An Excel workbook (.xlsx) as a Source: a grid for each worksheet, our own walk over its parts.

Each sheet is read once, as a stream, with the limits counted on the way: openpyxl, which would build every cell of a
merged range (A1:XFD1048576 is seventeen thousand million), knows a formula's text or its result but not both, and takes
a Chinese Excel's own dates (formats 27 to 58) for numbers. The tests hold what is read here against openpyxl.

A grid begins at the first row and column that hold anything, and ends with the last; places count as Excel does.
Hidden rows, columns and sheets are read and named.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO, Final

from lxml import etree

from db.errors import ReadingError
from db.intake.readers.limits import EMPTY_CELLS, Progress
from db.intake.readers.losses import Losses
from db.intake.readers.number_formats import BUILT_IN, shown, worded
from db.intake.readers.package import RELATION_ID, Element, Package, raise_for_memory, transitional
from db.intake.readers.sheets import Sheet
from db.intake.readers.zip_checks import checked
from db.intake.source import Block, Place, Source

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}pic"
_WALKED: Final = tuple(S + name for name in ("col", "row", "c", "mergeCell", "oddHeader", "oddFooter"))
_ON: Final = ("1", "true", "on")
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]{5,15}Z?)?")


@dataclass(slots=True)
class _Book:
    """What the sheets share. strings: the string items, read where they are asked for; formats: the number format
    code by style."""

    package: Package
    strings: list[Element]
    formats: list[str]
    from_1904: bool
    losses: Losses = field(default_factory=Losses)
    cells: int = 0


def read(stream: BinaryIO, name: str, progress: Progress) -> Source:
    """The workbook in this stream. Raises ReadingError where it is broken, too large, empty, or no workbook."""
    content = stream.read()
    sha256 = hashlib.sha256(content).hexdigest()
    blocks: list[Block] = []
    with checked(BytesIO(content), name) as archive:
        package = Package(archive, name)
        part, root = package.main("xl/workbook.xml", S + "workbook")
        book = _book(package, part, root)
        sheets = list(_sheets(package, part, root))
        for at, (title, state, target) in enumerate(sheets):
            progress(0.1 + 0.85 * at / len(sheets), f"正在读第 {at + 1} 张表…")
            sheet = Sheet(title, name, is_hidden=state in ("hidden", "veryHidden"))
            _read_sheet(book, target, sheet)
            grid = sheet.grid(book.losses)
            blocks.extend([grid] if grid is not None else [])
            _name_around(book, target, sheet)
    if not blocks:
        raise ReadingError(f"无法读取“{name}”：工作簿里没有内容。", "请核对是否选对了文件。")
    return Source("xlsx", name, sha256, tuple(blocks), tuple(book.losses))


def _book(package: Package, part: str, root: Element) -> _Book:
    targets = {one.kind: one.target for one in package.relations(part) if one.target}
    table = package.tree(targets["sharedStrings"]) if "sharedStrings" in targets else None
    strings = [] if table is None else list(table.iterfind(S + "si"))
    styles = package.tree(targets["styles"]) if "styles" in targets else None
    properties = root.find(S + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904", "") in _ON
    return _Book(package, strings, [] if styles is None else _formats(styles), from_1904)


def _formats(styles: Element) -> list[str]:
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iterfind(f"{S}numFmts/{S}numFmt")}
    found = []
    for style in styles.iterfind(f"{S}cellXfs/{S}xf"):
        number = style.get("numFmtId", "0")
        built_in = BUILT_IN.get(int(number), "General") if number.isdecimal() and len(number) < 6 else "General"
        found.append(own.get(number, built_in))
    return found


def _sheets(package: Package, part: str, root: Element) -> Iterator[tuple[str, str, str]]:
    """Title, state and part of each worksheet, in the workbook's order."""
    targets = {one.id: one.target for one in package.relations(part) if one.kind == "worksheet"}
    for sheet in root.iterfind(f"{S}sheets/{S}sheet"):
        target = targets.get(sheet.get(RELATION_ID, ""))
        if target:
            yield sheet.get("name", ""), sheet.get("state", "visible"), target


def _read_sheet(book: _Book, target: str, sheet: Sheet) -> None:
    text = book.package.text(target)
    if text is None:
        raise ReadingError(f"无法读取“{sheet.file}”：{sheet.part}的内容不在文件里。", "请另存为一份新的再导入。")
    row = column = 0
    try:
        walked = etree.iterparse(
            BytesIO(transitional(text)), events=("start", "end"), tag=_WALKED, resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for event, element in walked:
            tag = element.tag
            if tag == S + "row":
                if event == "start":
                    row, column = _row_number(element.get("r"), row), 0
                    if element.get("hidden", "") in _ON or element.get("ht") == "0":
                        sheet.hide_row(row)
                else:
                    element.clear()
            elif event == "end" and tag == S + "c":
                row, column = _position(element.get("r"), row, column)
                book.cells += 1
                if book.cells > EMPTY_CELLS:
                    raise ReadingError(
                        f"无法读取“{sheet.file}”：{sheet.part}有几百万个带格式的空格子。",
                        "请只复制有内容的部分到一份新的工作簿，另存为 .xlsx 再导入。",
                    )
                if len(element):
                    _read_cell(book, element, row, column, sheet)
                    element.clear()
            elif event == "end":
                _read_other(book, element, sheet)
    except etree.XMLSyntaxError as error:
        raise_for_memory(error)
        raise ReadingError(
            f"无法读取“{sheet.file}”：{sheet.part}的内容损坏。", "请用 WPS 或 Excel 打开，另存为一份新的再导入。"
        ) from error


def _read_cell(book: _Book, element: Element, row: int, column: int, sheet: Sheet) -> None:
    kind, raw = element.get("t", "n"), element.findtext(S + "v")
    style = element.get("s", "0")
    at = int(style) if style.isdecimal() and len(style) < 7 else 0
    code = book.formats[at] if at < len(book.formats) else "General"
    text = ""
    if kind == "inlineStr":
        inline = element.find(S + "is")
        text = "" if inline is None else worded(_text(inline), code)
    elif raw is None or (raw == "" and kind != "str"):
        formula = element.find(S + "f")
        if formula is not None:
            book.losses.add("formula", sheet.place(row, column), "=" + (formula.text or ""), 1)
    elif kind == "s":
        number = int(raw) if raw.strip().isdecimal() and len(raw) < 10 else len(book.strings)
        if number >= len(book.strings):
            raise ReadingError(
                f"无法读取“{sheet.file}”：{sheet.place(row, column).words()}的文字不在文件里。",
                "请用 WPS 或 Excel 打开，另存为一份新的再导入。",
            )
        text = worded(_text(book.strings[number]), code)
    elif kind == "b":
        text = "TRUE" if raw.strip() in _ON else "FALSE"
    elif kind == "n":
        text = _number(book, raw, code, sheet.place(row, column))
    else:
        text = _iso_date(raw) if kind == "d" else unescaped(raw)
    sheet.write(row, column, text)


def _number(book: _Book, raw: str, code: str, place: Place) -> str:
    try:
        value = float(raw)
    except ValueError:
        return raw
    if value in (float("inf"), float("-inf")) or value != value:
        return raw
    found = shown(value, code, from_1904=book.from_1904)
    if not found.sure:
        book.losses.add("number", place, f"{found.text}（{code}）", 1)
    return found.text


def _iso_date(raw: str) -> str:
    match = _DATE.fullmatch(raw.strip())
    return raw if match is None else f"{match[1]}年{int(match[2])}月{int(match[3])}日"


def _read_other(book: _Book, element: Element, sheet: Sheet) -> None:
    if element.tag == S + "mergeCell":
        first, _, last = element.get("ref", "").partition(":")
        corners = [_REFERENCE.fullmatch(one) for one in (first, last or first)]
        if corners[0] is not None and corners[1] is not None:
            top, left = _row_column(corners[0])
            bottom, right = _row_column(corners[1])
            sheet.merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    elif element.tag == S + "col":
        if element.get("hidden", "") in _ON or element.get("width") == "0":
            limits = [element.get(one, "0") for one in ("min", "max")]
            if all(one.isdecimal() and len(one) < 6 for one in limits):
                sheet.hide_columns(int(limits[0]), int(limits[1]))
    elif element.text and element.text.strip():
        book.losses.add("page_noise", Place(sheet.part), element.text, 1)


def _name_around(book: _Book, target: str, sheet: Sheet) -> None:
    """Comments, drawn text and pictures of a sheet: not read, named."""
    for relation in book.package.relations(target):
        if relation.kind not in ("comments", "drawing") or not relation.target:
            continue
        root = book.package.tree(relation.target)
        if root is None:
            continue
        for comment in root.iter(S + "comment"):
            text = "".join(one.text or "" for one in comment.iter(S + "t"))
            row, column = _position(comment.get("ref"), 1, 0)
            if text.strip():
                book.losses.add("unread_text", sheet.place(row, column), text, len("".join(text.split())))
        drawn = "".join(one.text or "" for one in root.iter(_A_TEXT))
        if drawn.strip():
            book.losses.add("unread_text", Place(sheet.part), drawn, len("".join(drawn.split())))
        pictures = sum(1 for _ in root.iter(_PICTURE))
        if pictures:
            book.losses.add("picture", Place(sheet.part), count=pictures)


def _text(item: Element) -> str:
    """The text of a string item: its own or that of its runs, without the reading above it (rPh)."""
    parts = [one.text or "" for one in item.iter(S + "t") if one.getparent().tag != S + "rPh"]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """_x000A_ and the like as the characters they stand for; control characters but tab and line break fall away."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: _character(int(match[1], 16), match[0]), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int, written: str) -> str:
    if 0xD800 <= code < 0xE000:
        return written
    return chr(code) if code >= 0x20 or code in (0x09, 0x0A) else ""


def _row_number(text: str | None, before: int) -> int:
    return int(text) if text is not None and text.isdecimal() and 0 < len(text) < 9 else before + 1


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column from 1; a cell that does not say stands behind the one before."""
    match = _REFERENCE.fullmatch(reference or "")
    return (row, column + 1) if match is None else _row_column(match)


def _row_column(match: re.Match[str]) -> tuple[int, int]:
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return max(1, int(match[2])), column
