"""The parts of a .docx as XML, and questions about them, for tests."""

import io
import zipfile
from typing import Any, Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES: Final = {"w": W, "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}


def part(payload: bytes, name: str) -> Any:
    """word/<name>.xml as an element."""
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def found(element: Any, path: str) -> list[Any]:
    """What lies at an XPath with the prefixes w and r."""
    return list(element.xpath(path, namespaces=NAMES))


def value(element: Any, path: str, name: str = "val") -> str | None:
    """The attribute w:<name> of the first element at the path."""
    at = found(element, path)
    return at[0].get(f"{{{W}}}{name}") if at else None


def style(payload: bytes, name: str) -> Any:
    """The style of that id."""
    (one,) = found(part(payload, "styles"), f"w:style[@w:styleId='{name}']")
    return one


def footer(payload: bytes, section: int, side: str) -> Any:
    """The footer of a section: side is default (odd pages) or even."""
    reference = found(part(payload, "document"), f"//w:sectPr/w:footerReference[@w:type='{side}']")[section]
    id_ = reference.get(f"{{{NAMES['r']}}}id")
    return part(payload, _relations(payload)[id_].removesuffix(".xml"))


def _relations(payload: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        root = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    return {relation.get("Id"): relation.get("Target") for relation in root}
