"""An Office Open XML package: its parts as XML trees, and the relations between them (ECMA-376 part 2).

Both families of namespaces are read: ISO's strict ones are turned into the transitional ones before parsing.
"""

import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from db.errors import ReadingError
from db.intake.readers.zip_checks import inflated

Element = Any
"""An lxml element: lxml has no types of its own."""

_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_OFFICE: Final = "http://schemas.openxmlformats.org/"
_TRANSITIONAL: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", f"{_OFFICE}wordprocessingml/2006/main".encode()),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", f"{_OFFICE}spreadsheetml/2006/main".encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", f"{_OFFICE}drawingml/2006/main".encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/", f"{_OFFICE}officeDocument/2006/".encode()),
)
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
RELATION_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OTHERS: Final = (
    ("word/document.xml", "而是 Word 文档", "请把后缀改为 .docx 再导入。"),
    ("xl/workbook.xml", "而是 Excel 工作簿", "请把后缀改为 .xlsx 再导入。"),
    ("xl/workbook.bin", "而是二进制格式的 Excel 工作簿（.xlsb）", "请用 Excel 打开，另存为 .xlsx 再导入。"),
    ("ppt/presentation.xml", "而是演示文稿（.pptx）", "请把通知的文字复制到 Word 文档，存为 .docx 再导入。"),
    ("ofd.xml", "而是 OFD 版式文件", "请用 WPS 或阅读器打开，另存为 .docx 或 .pdf 再导入。"),
    ("content.xml", "而是 OpenDocument 文件（.odt、.ods）", "请用 WPS 打开，另存为 .docx 或 .xlsx 再导入。"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """kind: the last word of its type (styles, footnotes, worksheet); target: the part's name, '' outside the file."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of an archive that zip_checks found fit. name: the file's, for the clerk."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._members = {member.filename.replace("\\", "/").casefold(): member for member in archive.infolist()}

    def parts(self, folder: str) -> list[str]:
        """The names of the parts below a folder."""
        return sorted(name for name in self._members if name.startswith(folder))

    def text(self, part: str) -> bytes | None:
        """The bytes of a part; None where there is no such part."""
        member = self._members.get(part.casefold())
        return None if member is None else inflated(self._archive, member, self.name)

    def tree(self, part: str) -> Element | None:
        """The root of a part; None where there is no such part. Raises ReadingError where it is no XML."""
        text = self.text(part)
        if text is None:
            return None
        try:
            # Without a DTD there are no entities; should one come through all the same, it is not resolved.
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
                remove_pis=True,
            )  # fmt: skip
            root = etree.fromstring(transitional(text), parser)
        except etree.XMLSyntaxError as error:
            raise_for_memory(error)
            raise self._broken(part, str(error)) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._broken(part, "DOCTYPE")
        return root

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to; part '' is the package itself."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = []
        for one in root.iter(_RELATION) if root is not None else ():
            target = ""
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", "")))).lstrip("/")
            found.append(Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target))
        return found

    def main(self, usual: str, tag: str) -> tuple[str, Element]:
        """The part that holds the document, with its tree: the one the package names, else the usual one.

        tag: what its root must be. Raises ReadingError where there is no such part: the archive is something else.
        """
        named = [one.target for one in self.relations("") if one.kind == "officeDocument"]
        for part in (*named, usual):
            root = self.tree(part)
            if root is not None and root.tag == tag:
                return part, root
        raise self._something_else(usual)

    def _something_else(self, usual: str) -> ReadingError:
        for part, words, hint in _OTHERS:
            if part in self._members and part != usual:
                return ReadingError(f"无法读取“{self.name}”：内容与后缀不符，{words}。", hint)
        return ReadingError(
            f"无法读取“{self.name}”：它是压缩包，里面没有 Office 文档的正文。", "压缩包请先解压，再导入其中的通知。"
        )

    def _broken(self, part: str, why: str) -> ReadingError:
        deep = "depth" in why.lower()
        said = "内容套得太深" if deep else f"文件损坏（{part[:60]} 不是完好的 XML）"
        return ReadingError(f"无法读取“{self.name}”：{said}。", "请用 WPS 或 Office 打开，另存为一份新的再导入。")


def raise_for_memory(error: Any) -> None:
    """libxml2 reports a lack of memory as if the text were wrong: raise MemoryError for that."""
    if error.code == etree.ErrorTypes.ERR_NO_MEMORY or "memory" in str(error).lower():
        raise MemoryError from error


def transitional(text: bytes) -> bytes:
    """The part with ISO's strict namespaces as the transitional ones; any other part as it is."""
    if _STRICT in text[:4000]:
        for strict, usual in _TRANSITIONAL:
            text = text.replace(strict, usual)
    return text
