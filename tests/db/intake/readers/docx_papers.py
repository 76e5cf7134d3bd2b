"""Word documents made from raw XML, as Word, WPS and worse programs write them."""

import zipfile
from io import BytesIO

from db.intake.readers import docx
from db.intake.source import Grid, Paragraph, Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def part(name: str, inside: str) -> str:
    """A part whose root is w:name."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {SPACES}>{inside}</w:{name}>'


def members(body: str, **parts: str) -> dict[str, str]:
    """The members of a document: body is what w:body holds; parts: the content of styles, numbering, footnotes …"""
    found = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for name, inside in parts.items():
        found[f"word/{name}.xml"] = part(roots.get(name, name), inside)
    found["word/_rels/document.xml.rels"] = relations(*((name, f"{name}.xml") for name in parts))
    return found


def relations(*pairs: tuple[str, str]) -> str:
    """A relations part: kind and target."""
    lines = "".join(
        f'<Relationship Id="r{at}" Type="{R}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(pairs)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def zipped(found: dict[str, str] | dict[str, bytes]) -> BytesIO:
    """The members as a zip file."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def read(body: str, **parts: str) -> Source:
    """The document with this body as it is read."""
    return docx.read(zipped(members(body, **parts)), "通知.docx", lambda part, word: None)


def p(inside: str = "", properties: str = "") -> str:
    """A paragraph: text, or runs where it begins with '<'."""
    runs = inside if inside.startswith("<") or not inside else r(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inside: str = "", properties: str = "") -> str:
    """A cell: text, or blocks where it begins with '<'."""
    blocks = inside if inside.startswith("<") else p(inside)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{blocks}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str, columns: int = 0) -> str:
    """A table; columns: how many its w:tblGrid says, 0: it has none."""
    declared = f"<w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>" if columns else ""
    return f"<w:tbl>{declared}{''.join(rows)}</w:tbl>"


def lines(source: Source) -> list[str]:
    """The text of the paragraphs."""
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def grids(source: Source) -> list[Grid]:
    """The tables."""
    return [block for block in source.blocks if isinstance(block, Grid)]


def areas(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """Row, column, rows, columns and text of each cell."""
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells]


def losses(source: Source) -> list[tuple[str, str, str, int]]:
    """Kind, place, text and count of each loss."""
    return [(loss.kind, loss.place.words(), loss.text, loss.count) for loss in source.losses]
