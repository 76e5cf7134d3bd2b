"""A text file (.txt, .md) -> one Paragraph a line, tabs, bars and blank lines kept.

Lines end in LF, CRLF, CR, NEL, VT, U+2028 or U+2029; a form feed is a page break and ends its line. Line numbers are
the file's own. The separator line of a pipe table (|---|---|) is left to the layouts.
"""

import hashlib
from collections.abc import Callable
from typing import BinaryIO, Final

from db.errors import ReadingError
from db.intake.readers.encodings import decoded, encoding_losses, refusals_of, whole
from db.intake.source import Paragraph, Place, Source

MAX_CHARACTERS: Final = 1_000_000
MAX_LINES: Final = 100_000
PART: Final = "正文"
TOO_LONG: Final = "请把通知正文和分工表单独存成一个文件再导入。"


def read(stream: BinaryIO, name: str, progress: Callable[[float, str], None]) -> Source:
    """The text as lines. Raises ReadingError for what is no text, has none, is too long or of an unknown encoding."""
    with refusals_of(name):
        return _read(stream, name, progress)


def _read(stream: BinaryIO, name: str, progress: Callable[[float, str], None]) -> Source:
    progress(0.0, "读取文字")
    raw = whole(stream)
    found = decoded(raw)
    if len(found.text) > MAX_CHARACTERS:
        raise ReadingError(f"文字太多（{len(found.text)} 字，最多 {MAX_CHARACTERS} 字）", TOO_LONG)
    if not found.text.strip():
        raise ReadingError("文件里没有文字", "请核对是否选对了文件。")
    # A page break between two line ends is no line of its own.
    text = found.text.replace("\f\n", "\n").replace("\n\f", "\n").replace("\f", "\n")
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > MAX_LINES:
        raise ReadingError(f"文字太多（{len(lines)} 行，最多 {MAX_LINES} 行）", TOO_LONG)
    progress(1.0, f"读到 {len(lines)} 行")
    return Source(
        form="md" if name.lower().endswith((".md", ".markdown")) else "txt",
        name=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        blocks=tuple(Paragraph(line, Place(PART, line=number)) for number, line in enumerate(lines, 1)),
        losses=encoding_losses(found, Place(PART)),
    )
