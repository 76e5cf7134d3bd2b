"""The pages of an official document: size, margins, grid, page numbers (GB/T 9704-2012, 5.2, 7.5 and 8).

A landscape page lies on its side: its top is where the paper is bound, and its page number stands where it stands on
every other page, below the 版心 of the sheet held upright, which is the left edge of the page as it is read.
"""

from typing import Final, Literal

from db.export.official_styles import W

Orientation = Literal["portrait", "landscape"]
Side = Literal["odd", "even"]

LONG, SHORT = 16838, 11906
TOP, BOTTOM, INNER, OUTER = 2098, 1984, 1588, 1474
"""37, 35, 28 and 26 mm in twips: what they leave is 156 by 225 mm."""
WIDTHS: Final[dict[Orientation, int]] = {"portrait": SHORT - INNER - OUTER, "landscape": LONG - TOP - BOTTOM}
"""The room between the margins, twips."""
HEIGHTS: Final[dict[Orientation, int]] = {"portrait": LONG - TOP - BOTTOM, "landscape": SHORT - INNER - OUTER}
_FOOTER: Final = 1417
"""25 mm: the dashes beside the number then are 7 mm below the 版心."""
_HEADER: Final = 851
_EMU: Final = 635
"""English metric units in a twip."""
# 579 twips a line, (442.2 / 28 - 16) * 4096 of a point more between characters of 16 pt.
_GRID: Final = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>'
_NAMES: Final = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def section(orientation: Orientation, references: dict[tuple[str, Side], str]) -> str:
    """The properties of a section. references: relationship ids by (header or footer, side)."""
    refers = "".join(
        f'<w:{kind}Reference w:type="{"default" if side == "odd" else "even"}" r:id="{id_}"/>'
        for (kind, side), id_ in references.items()
    )
    if orientation == "portrait":
        size = f'w:w="{SHORT}" w:h="{LONG}"'
        margins = (TOP, OUTER, BOTTOM, INNER)
    else:
        size = f'w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"'
        # Mirrored, the sides of every second page change places: the two of a lying page share their 72 mm.
        margins = (INNER, (TOP + BOTTOM) // 2, OUTER, (TOP + BOTTOM) // 2)
    sides = " ".join(f'w:{name}="{at}"' for name, at in zip(("top", "right", "bottom", "left"), margins, strict=True))
    return (
        f'<w:sectPr {_NAMES}>{refers}<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar {sides} w:header="{_HEADER}" w:footer="{_FOOTER if orientation == "portrait" else _HEADER}" '
        f'w:gutter="0"/><w:cols w:space="720"/>{_GRID if orientation == "portrait" else ""}</w:sectPr>'
    )


def footer(orientation: Orientation, side: Side) -> str:
    """The paragraph of a footer: the page number outside, one character in from the edge of the 版心."""
    if orientation == "portrait":
        return _number(side)
    return f'<w:p {_NAMES}><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r>{_turned(side)}</w:r></w:p>'


def header(text: str) -> str:
    """The paragraph of a header; text is escaped by the caller."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f'<w:p {_NAMES}><w:pPr><w:pStyle w:val="Header"/></w:pPr>{run}</w:p>'


def _number(side: Side) -> str:
    at = '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>'
    if side == "even":
        at = '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>'
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return f'<w:p {_NAMES}><w:pPr><w:pStyle w:val="Footer"/>{at}</w:pPr>{field}</w:p>'


def _turned(side: Side) -> str:
    """A box at the left edge as high as the 版心, its text running down."""
    deep, high = 360 * _EMU, HEIGHTS["landscape"] * _EMU
    left, top = (_FOOTER - 40) * _EMU, INNER * _EMU
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{deep}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{1 if side == "odd" else 2}" name="页码"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{deep}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{_number(side)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"
    )
