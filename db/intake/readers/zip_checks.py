"""Is a .docx or .xlsx fit to be read? Answered before any XML parser sees a byte of it.

A zip's directory may lie about sizes, so every member is inflated once, in pieces that are counted and thrown away.
The limits are H11's and H12's of reliability.md; 100 MB take half a second. Members are inflated again when they are
read, by the same count.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, NoReturn

from db.errors import ReadingError

MEMBERS: Final = 2_000
MEMBER_BYTES: Final = 64 * 1024 * 1024
ALL_BYTES: Final = 100 * 1024 * 1024
_PIECE: Final = 256 * 1024
_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_XML: Final = (".xml", ".rels", ".vml")
_PAGES: Final = (".htm", ".html", ".mht", ".mhtml", ".xhtml", ".svg")
"""Embedded pages and drawings: they may well have a document type, and are never parsed."""
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS: Final = frozenset(
    ("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "gb2312", "gbk", "gb18030")
)
"""Encodings in which '<!DOCTYPE' cannot hide: it stands there in ASCII or in UTF-16."""
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_OVERLAP: Final = max(map(len, _DOCTYPES)) - 1

_BROKEN: Final = "请重新取得文件，或者用 WPS、Word 或 Excel 打开（可能会修复），另存为一份新的再导入。"


@contextmanager
def checked(stream: BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive, found fit. Raises ReadingError: broken, too many members, too large inflated, encrypted, with
    macros, or with a document type in a part. What zipfile complains of while it is used is a ReadingError too."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check(archive, name)
            yield archive
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise ReadingError(f"无法读取“{name}”：文件损坏（压缩结构不完整）。", _BROKEN) from error


def inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """The whole content of a member, at most MEMBER_BYTES."""
    return b"".join(_pieces(archive, member, name))


def _check(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if len(members) > MEMBERS:
        _refuse(name, f"里面有 {len(members)} 个部件，超过上限 {MEMBERS}")
    seen: set[str] = set()
    for member in members:
        called = member.filename.replace("\\", "/").casefold()
        if member.flag_bits & _ENCRYPTED:
            _refuse(name, "文件加了密码", "请用 WPS 或 Office 打开，去掉密码，另存一份再导入。")
        if called.endswith("vbaproject.bin"):
            _refuse(name, "文件里有宏", "请用 WPS 或 Office 打开，另存为不含宏的 .docx 或 .xlsx 再导入。")
        if called in seen:
            _refuse(name, f"文件损坏（部件 {member.filename[:60]} 有两份）", _BROKEN)
        if member.compress_type not in _METHODS:
            _refuse(name, "用了 Office 不用的压缩方法", _BROKEN)
        seen.add(called)
    total = 0
    for member in members:
        total += _look_through(archive, member, name, ALL_BYTES - total)


def _look_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, left: int) -> int:
    """Inflate a member for the sake of looking; how many bytes it has."""
    size = 0
    before = b""
    looks_like_xml = False
    for piece in _pieces(archive, member, name):
        if not size:
            looks_like_xml = _is_xml(member.filename, piece)
            if looks_like_xml:
                _check_encoding(piece, member.filename, name)
        size += len(piece)
        if size > left:
            _refuse(name, f"展开后超过 {ALL_BYTES // 1024 // 1024} MB")
        if looks_like_xml:
            text = before + piece
            if any(sign in text for sign in _DOCTYPES):
                _refuse(name, "文件里有外部实体声明（DOCTYPE），Office 文件不应有", _BROKEN)
            before = text[-_OVERLAP:]
    return size


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    size = 0
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > MEMBER_BYTES:
                _refuse(name, f"部件 {member.filename[:60]} 展开后超过 {MEMBER_BYTES // 1024 // 1024} MB")
            yield piece


def _is_xml(filename: str, beginning: bytes) -> bool:
    called = filename.casefold()
    if called.endswith(_XML):
        return True
    plain = beginning[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return plain.startswith(b"<") and not called.endswith(_PAGES)


def _check_encoding(beginning: bytes, filename: str, name: str) -> None:
    declared = _DECLARED.search(beginning[:400].replace(b"\0", b""))
    plain = not beginning.startswith((b"\0\0\xfe\xff", b"\xff\xfe\0\0", b"\0\0\0<", b"<\0\0\0", b"Lo\xa7\x94"))
    if not plain or (declared and declared[1].decode().lower() not in _ENCODINGS):
        _refuse(name, f"部件 {filename[:60]} 的文字编码不是 Office 所用的", _BROKEN)


def _refuse(
    name: str, why: str, hint: str = "请用 WPS 或 Office 打开，另存一份只有正文和任务分解表的再导入。"
) -> NoReturn:
    raise ReadingError(f"无法读取“{name}”：{why}。", hint)
