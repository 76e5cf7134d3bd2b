"""The look of an official document: GB/T 9704-2012 as styles, settings and a table of fonts (WordprocessingML).

Lengths are twips (1/20 pt, 1440 an inch). 2号 is 22 pt, 3号 16 pt, 4号 14 pt, 五号 10.5 pt. The fonts are the ones
that the standard names; where one is not installed, the table of fonts says which is next to it.
"""

from dataclasses import dataclass
from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINE: Final = 579
"""22 lines of it fill the 225 mm of the 版心."""
_TIGHT: Final = 5
"""What is taken from the space after each character of 3号 so that 28 fill the 156 mm of the 版心."""
CHARACTER: Final = 320 - _TIGHT
"""The width that a character then takes."""
TABLE_LINE: Final = 320
TABLE_SIZE: Final = 10.5
SONG, FANGSONG, HEITI, KAITI, TITLE_SONG = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
# What a system that has not got the font may take in its place.
_NEXT_TO: Final = {SONG: "SimSun", FANGSONG: "仿宋", HEITI: "SimHei", KAITI: "楷体", TITLE_SONG: "华文中宋"}


@dataclass(frozen=True, slots=True)
class _Style:
    """size in pt; line, before, after in twips; indent: characters that the first line is moved in.

    body: 28 characters a line.
    """

    id: str
    name: str
    font: str = FANGSONG
    size: float = 16
    line: int = LINE
    align: str = "both"
    indent: int = 0
    before: int = 0
    after: int = 0
    outline: int | None = None
    keep: bool = False
    body: bool = True


_STYLES: Final = (
    _Style("Title", "Title", TITLE_SONG, 22, 700, "center", before=2 * LINE, after=LINE, keep=True, body=False),
    _Style("Heading1", "heading 1", HEITI, indent=2, outline=0, keep=True),
    _Style("Heading2", "heading 2", KAITI, indent=2, outline=1, keep=True),
    _Style("Heading3", "heading 3", indent=2, outline=2, keep=True),
    _Style("Body", "公文正文", indent=2),
    _Style("Remark", "公文说明", size=14, line=480, indent=2, body=False),
    _Style("Attachment", "公文附件说明", align="left", keep=True),
    _Style("Unit", "公文署名", align="right", before=LINE, keep=True),
    _Style("Day", "公文成文日期", align="right"),
    _Style("TableHead", "表头", HEITI, TABLE_SIZE, TABLE_LINE, "center", keep=True, body=False),
    _Style("TableSection", "表内大项", HEITI, TABLE_SIZE, TABLE_LINE, "left", keep=True, body=False),
    _Style("TableText", "表内文字", FANGSONG, TABLE_SIZE, TABLE_LINE, "left", body=False),
    _Style("TableMiddle", "表内居中", FANGSONG, TABLE_SIZE, TABLE_LINE, "center", body=False),
    _Style("TableContinued", "表内续行", KAITI, TABLE_SIZE, TABLE_LINE, "left", body=False),
    _Style("Gap", "间隔", size=1, line=20, body=False),
    _Style("Header", "header", HEITI, 14, 400, "right", body=False),
    _Style("Footer", "footer", SONG, 14, 280, "right", body=False),
)


def styles() -> str:
    """The content of styles.xml."""
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:spacing w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        '<w:rPr><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    return f'<w:styles xmlns:w="{W}">{defaults}{normal}{table}{"".join(map(_style, _STYLES))}</w:styles>'


def settings() -> str:
    """The content of settings.xml: printed on both sides, odd and even pages differ, no compatibility mode, Chinese."""
    modern = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
    )
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:mirrorMargins/>'
        '<w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:useFELayout/>"
        f'{modern}</w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts() -> bytes:
    """fontTable.xml: each font with the one next to it."""
    made = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in _NEXT_TO.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{W}">{made}</w:fonts>'.encode()


def _fonts(name: str) -> str:
    # Digits and Latin letters too: half-width ones of the same font, as on the standard's own pages.
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}" w:hint="eastAsia"/>'


def _style(style: _Style) -> str:
    keep = "<w:keepNext/>" if style.keep else ""
    # The lines are exact and the characters spaced by the style: LibreOffice gives a character that is wider than the
    # grid's two places of it. The grid of the page stays for what the clerk adds.
    # overflowPunct is what Word does anyway; read by LibreOffice it means the contrary, and there it is needed: a comma
    # that hangs over the end of a justified line is not drawn.
    breaks = '<w:overflowPunct/><w:snapToGrid w:val="0"/>'
    tight = f'<w:spacing w:val="-{_TIGHT}"/>' if style.body else ""
    first = f'<w:ind w:firstLineChars="{style.indent}00" w:firstLine="{int(style.indent * style.size * 20)}"/>'
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    spacing = f'w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" w:lineRule="exact"'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{keep}{breaks}<w:spacing {spacing}/>{first if style.indent else ''}"
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr><w:rPr>{_fonts(style.font)}<w:snapToGrid w:val="0"/>{tight}'
        f'<w:sz w:val="{int(style.size * 2)}"/><w:szCs w:val="{int(style.size * 2)}"/></w:rPr></w:style>'
    )
