"""Bytes of a text -> characters, by a ladder that never guesses silently (H5, H16 of reliability.md).

    BOM  ->  the encoding that the page declares  ->  strict UTF-8  ->  UTF-16 without BOM, where it is unmistakable
         ->  strict GB18030, where what comes out is ordinary Chinese  ->  refusal

Big5, EUC-KR or a binary file decode as GB18030 too, to signs outside GB 2312, private or unassigned ones: that is
refused. Everything here is linear in the file.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, NamedTuple

from db.errors import ReadingError
from db.intake.source import Loss, Place

MAX_BYTES: Final = 20 * 1024 * 1024
SAVE_AS_UTF8: Final = "请用记事本打开这个文件，确认文字无误后另存为 UTF-8 编码，再导入。"
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""UTF-32 in front of UTF-16: the shorter mark is the beginning of the longer one."""

DECLARED: Final = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "euc-cn"), "gb18030"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-x-big5"), "big5hkscs"),
}
"""gb2312 on a page means GB18030: a page that says it often holds signs that GB 2312 has not (镕)."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DROPPED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_USUAL: Final = (
    ("\x20", "\x7e"),
    ("\u2010", "\u2026"),
    ("\u3000", "\u301f"),
    ("\u4e00", "\u9fff"),
    ("\uff00", "\uffef"),
)
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_PAIR: Final = re.compile(rb"[\x00-\x80]+|[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x81-\xfe][\x40-\xfe]|.", re.S)
_ORDINARY: Final = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")


class Decoded(NamedTuple):
    """text with '\\n' for every line end (form feeds stay); encoding: as it was read; guessed: nothing declared it."""

    text: str
    encoding: str
    guessed: bool
    dropped: int


@contextmanager
def refusals_of(name: str) -> Iterator[None]:
    """Every refusal inside names the file."""
    try:
        yield
    except ReadingError as error:
        raise ReadingError(f"无法读取“{name}”：{error.message}。", error.hint) from error


def whole(stream: BinaryIO) -> bytes:
    """The content of the file. Raises ReadingError for an empty one and for more than MAX_BYTES."""
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ReadingError(
            f"文件太大（超过 {MAX_BYTES // 1024 // 1024} MB）", "请把通知正文和分工表单独存成一个文件再导入。"
        )
    if not raw.strip():
        raise ReadingError("文件是空的", "请核对是否选对了文件，或重新下载、复制一次。")
    return raw


def decoded(raw: bytes, declared: str | None = None) -> Decoded:
    """The characters of the file by the ladder. Raises ReadingError where no rung holds, with what to do."""
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _plain(_strict(raw[len(mark) :], encoding), encoding, guessed=False)
    wanted = DECLARED.get((declared or "").strip().lower())
    if wanted is not None and b"\0" not in raw:
        text = _tried(raw, wanted)
        if text is not None:
            return _plain(text, wanted, guessed=False)
    if b"\0" in raw:
        return _wide(raw)
    text = _tried(raw, "utf-8")
    if text is not None:
        return _plain(text, "utf-8", guessed=False)
    return _national(raw)


def encoding_losses(found: Decoded, place: Place) -> tuple[Loss, ...]:
    """What the clerk is to know of the way the characters were read: a guessed encoding, control characters left out.

    text of the first: the encoding and the first words, to be looked at."""
    losses = []
    if found.guessed:
        first = " ".join(found.text[:400].split())[:40]
        losses.append(Loss("encoding", place, f"按 {found.encoding.upper()} 读入：{first}"))
    if found.dropped:
        losses.append(Loss("unread_text", place, "控制字符", found.dropped))
    return tuple(losses)


def cleaned(text: str) -> tuple[str, int]:
    """The text with '\\n' for every line end, without control characters, lone surrogates and noncharacters; and how
    many those were. Tabs and form feeds stay; nothing is normalised, full-width signs least of all."""
    text = _LINE_ENDS.sub("\n", text)
    return _DROPPED.subn("", text)


def _plain(text: str, encoding: str, *, guessed: bool) -> Decoded:
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls * 100 > len(text):
        raise ReadingError(
            "文件不是文字（含有大量控制字符）", "请核对是否选对了文件；若是 Word 文件，请另存为 .docx 再导入。"
        )
    text, dropped = cleaned(text)
    return Decoded(text, encoding, guessed, dropped)


def _tried(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"文字编码坏了：开头标明是 {encoding.upper()}，第 {error.start + 1} 个字节起却不是", SAVE_AS_UTF8
        ) from error


def _wide(raw: bytes) -> Decoded:
    """UTF-16 without a BOM, where exactly one byte order gives nothing but Chinese and ASCII."""
    fitting = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _tried(raw, encoding)
        if text is not None and _is_ordinary(text):
            fitting.append((text, encoding))
    if len(fitting) != 1:
        raise ReadingError("文件不是文字，或者编码认不出（含有空字符）", SAVE_AS_UTF8)
    return _plain(*fitting[0], guessed=True)


def _is_ordinary(text: str) -> bool:
    """Whether at least 95 of 100 signs are those of a Chinese text, and none is private, unassigned or a control."""
    usual = 0
    for sign, count in Counter(text).items():
        if sign in "\t\n\r\f" or any(first <= sign <= last for first, last in _USUAL):
            usual += count
        elif unicodedata.category(sign) in {"Co", "Cn", "Cs", "Cc"}:
            return False
    return usual * 100 >= len(text) * 95


def _national(raw: bytes) -> Decoded:
    """GB18030 that nothing declares: taken where it is strictly so and reads as Chinese."""
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        where = error.start + 1
        if len(raw) - error.start < 4:
            raise ReadingError("文件像是被截断了：最后一个字不完整", "请重新下载或复制这个文件，再导入。") from error
        raise ReadingError(
            f"文字编码认不出：不是 UTF-8，也不是 GB18030（第 {where} 个字节起）", SAVE_AS_UTF8
        ) from error
    if any(unicodedata.category(sign) in {"Co", "Cn"} for sign in set(text)):
        raise ReadingError("文字编码认不出：按 GB18030 读出来有不存在的字，可能是繁体 Big5 编码", SAVE_AS_UTF8)
    wide = ordinary = 0
    for found in _PAIR.finditer(raw):
        piece = found.group()
        if piece[0] > 0x80:
            wide += 1
            ordinary += _ORDINARY.fullmatch(piece) is not None
    if ordinary * 5 < wide * 4:
        raise ReadingError("文字编码认不出：按 GB18030 读出来多是生僻字，可能是繁体 Big5 等编码", SAVE_AS_UTF8)
    return _plain(text, "gb18030", guessed=True)
