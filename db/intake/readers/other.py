"""Files that are no readable form of a notice: what each is, and how it becomes one that can be read.

By content first, by suffix only where the content says nothing. Nothing is parsed: only bytes are looked for.
"""

import re
from typing import Final, NamedTuple

from db.errors import ReadingError

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

WORD_AGAIN: Final = "请用 WPS 或 Word 打开，另存为 .docx 再导入。"
SHEET_AGAIN: Final = "请用 WPS 或 Excel 打开，另存为 .xlsx 再导入。"
SAVE_WORD: Final = (
    "请用 WPS 或 Word 打开它，点“文件”—“另存为”，文件类型选 Word 文档（*.docx），另存为 .docx，再导入另存的那一份。"
)
SAVE_SHEET: Final = (
    "请用 WPS 或 Excel 打开它，点“文件”—“另存为”，文件类型选 Excel 工作簿（*.xlsx），另存为 .xlsx，再导入另存的那一份。"
)
PICTURE: Final = "请找来文的 Word 或 PDF 电子版；没有的话用 WPS 的图片转文字另存为 .docx，核对后再导入。"
UNPACK: Final = "请先解压，再导入其中的通知文件（.docx .xlsx .pdf 等）。"
FORMS: Final = "能读的有：.docx .xlsx .xls .html .pdf .txt .md。"


class Kind(NamedTuple):
    """what it is, in the clerk's words, and what to do."""

    what: str
    hint: str


DOC: Final = Kind("旧格式的 Word 文档（.doc）", SAVE_WORD)
WPS: Final = Kind("WPS 文字文档（.wps）", SAVE_WORD)
ET: Final = Kind("WPS 表格（.et）", SAVE_SHEET)
PPT: Final = Kind("演示文稿", "请把其中的分工表复制到 Word 文档，另存为 .docx 再导入。")
OFD: Final = Kind(
    "OFD 版式文件",
    "请用 WPS 打开它，点“文件”—“另存为”或“输出为 Word”，存为 .docx 再导入；不行的话用 OFD 阅读器转换为 PDF 再导入。",
)
RTF: Final = Kind("RTF 文档", WORD_AGAIN)
ODT: Final = Kind("OpenDocument 文档（.odt）", WORD_AGAIN)
ODS: Final = Kind("OpenDocument 表格（.ods）", SHEET_AGAIN)
XLSB: Final = Kind("二进制的 Excel 工作簿（.xlsb）", SHEET_AGAIN)
CEB: Final = Kind("CEB 版式文件", "请用方正阅读器打开，转换为 PDF 或 Word 文件再导入。")
MHT: Final = Kind("单个文件的网页（.mht）", "请用浏览器打开，另存为“网页，仅 HTML”（.html）再导入。")
IMAGE: Final = Kind("图片", PICTURE)
ARCHIVE: Final = Kind("压缩包", UNPACK)
PROGRAM: Final = Kind("程序，不是通知", "请核对是否选对了文件。" + FORMS)
MEDIA: Final = Kind("音频或视频", "请核对是否选对了文件。" + FORMS)
DATABASE: Final = Kind("数据库文件", "请核对是否选对了文件；台账文件请用 --db 打开。")
LOCKED: Final = Kind("加了密码的 Office 文档", "请用 WPS 或 Office 打开，取消密码后另存为 .docx 或 .xlsx，再导入。")

BEGINNINGS: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"{\\rtf", RTF),
    (b"\xff\xd8\xff", IMAGE),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"GIF8", IMAGE),
    (b"BM", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"Founder CEB", CEB),
    (b"SQLite format 3\0", DATABASE),
    (b"ID3", MEDIA),
)
"""BM, MZ and ID3 are letters too: they count only before a byte that no text has (see `_is_binary`)."""

PACKAGES: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"OFD.xml", OFD),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ODT),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ODS),
    (b"xl/workbook.bin", XLSB),
    (b"ppt/presentation.xml", PPT),
)
OFFICE: Final = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"word/", b"xl/")
"""What stands in a zip of Office, already in its first bytes."""

SUFFIXES: Final[dict[str, Kind]] = {
    **dict.fromkeys((".doc", ".dot"), DOC),
    **dict.fromkeys((".wps", ".wpt"), WPS),
    **dict.fromkeys((".et", ".ett"), ET),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), PPT),
    ".ofd": OFD,
    ".rtf": RTF,
    ".odt": ODT,
    ".ods": ODS,
    ".xlsb": XLSB,
    ".ceb": CEB,
    **dict.fromkeys((".mht", ".mhtml"), MHT),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"), IMAGE),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"), ARCHIVE),
    **dict.fromkeys((".exe", ".dll", ".msi", ".bat", ".cmd", ".apk"), PROGRAM),
    **dict.fromkeys((".mp3", ".mp4", ".avi", ".mov", ".wav", ".m4a"), MEDIA),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), DATABASE),
}

_OLDER: Final = frozenset((".doc", ".wps", ".et"))
_PAGE: Final = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<table")
_MHT: Final = re.compile(rb"^(?:MIME-Version|From|Content-Type|Subject)\s*:", re.I | re.M)


def kind_of(raw: bytes, name: str) -> Kind | None:
    """What this is, if it is none of the forms that are read; None: one of those, or unknown.

    raw: the file, or as much of its beginning as is at hand; name: its name, or the suffix alone."""
    suffix = _suffix(name)
    if raw.startswith(OLE):
        return _of_ole(raw, suffix)
    if raw.startswith(ZIP):
        return _of_zip(raw, suffix)
    for beginning, kind in BEGINNINGS:
        if raw.startswith(beginning) and (len(beginning) > 3 or _is_binary(raw)):
            return kind
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return IMAGE
    if raw[4:8] == b"ftyp":
        return IMAGE if raw[8:12] in {b"heic", b"heix", b"mif1", b"avif"} else MEDIA
    if raw[257:262] == b"ustar":
        return ARCHIVE
    if _MHT.match(raw) and b"multipart/related" in raw[:8192].lower():
        return MHT
    if suffix in _OLDER and raw.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE):
        return Kind(f"网页，后缀却是 {suffix}", "请把文件后缀改为 .html 再导入，或者用 WPS 打开后另存为 .docx。")
    return SUFFIXES.get(suffix)


def refusal(raw: bytes, name: str) -> ReadingError | None:
    """The clear answer for a file that cannot be read; None where a reader may try."""
    kind = kind_of(raw, name)
    return None if kind is None else _answer(kind)


def unknown(raw: bytes, name: str) -> ReadingError:
    """The answer for a file that no reader takes, whatever it is."""
    kind = kind_of(raw, name)
    if kind is not None:
        return _answer(kind)
    if not raw:
        return ReadingError("文件是空的", "请核对是否选对了文件，或重新下载、复制一次。")
    return ReadingError(f"认不出这是什么文件（{_suffix(name) or '没有后缀'}）", FORMS)


def _answer(kind: Kind) -> ReadingError:
    apart = " " if kind.what[0].isascii() else ""
    return ReadingError(f"这是{apart}{kind.what}，不能直接读入", kind.hint)


def _suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower()[:12] if dot >= 0 else ""


def _is_binary(raw: bytes) -> bool:
    return any(byte < 9 or 14 <= byte < 32 for byte in raw[:512])


def _of_ole(raw: bytes, suffix: str) -> Kind | None:
    """The old compound files differ by the names of their streams, which stand in them as UTF-16. WPS writes its own
    forms like those of Office, so a suffix that is known says more."""
    if _named(raw, "EncryptedPackage"):
        return LOCKED
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if _named(raw, "WordDocument"):
        return DOC
    return PPT if _named(raw, "PowerPoint Document") else None


def _renamed(raw: bytes, suffix: str) -> Kind | None:
    """WPS writes the newer form under the older suffix, and many an office renames."""
    for mark, new, what in ((b"word/", ".docx", "Word 文档"), (b"xl/", ".xlsx", "Excel 工作簿")):
        if suffix in _OLDER and mark in raw and b"[Content_Types].xml" in raw:
            return Kind(f"新格式的 {what}（{new}），后缀却是 {suffix}", f"请把文件后缀改为 {new} 再导入。")
    return None


def _named(raw: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in raw


def _of_zip(raw: bytes, suffix: str) -> Kind | None:
    """The kinds of zip differ by the names of their members, which stand uncompressed in the file."""
    for mark, kind in PACKAGES:
        if mark in raw:
            return kind
    if suffix in SUFFIXES:
        return _renamed(raw, suffix) or SUFFIXES[suffix]
    if suffix in {".docx", ".xlsx"} or any(mark in raw for mark in OFFICE):
        return None
    return ARCHIVE
