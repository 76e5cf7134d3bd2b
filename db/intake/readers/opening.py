"""The clerk's file opened for reading, and what it is: told by its first bytes and its suffix together.

Looked at before it is opened, as with evidence (db.intake.plain_files).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db.errors import InvalidInputError, ReadingError
from db.intake import plain_files
from db.intake.file_names import kept_name
from db.intake.plain_files import FLAGS, reason, unfit
from db.intake.readers import other
from db.intake.readers.limits import FILE_BYTES
from db.intake.source import SourceForm
from db.rules.sizes import size_words

HEAD: Final = 4096
DRAFT_BYTES: Final = 4_000_000
"""A draft holds its notice and the reading of it; the largest notice seen makes 21,000."""

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK: Final = "Workbook".encode("utf-16-le")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_PIECE: Final = 1 << 20
_FORMS: Final[dict[str, SourceForm]] = {
    ".docx": "docx", ".xlsx": "xlsx", ".xls": "xls", ".pdf": "pdf",
    ".html": "html", ".htm": "html", ".txt": "txt", ".md": "md",
}  # fmt: skip
_KNOWN: Final = ".docx、.xlsx、.xls、.html、.pdf、.txt、.md"


@dataclass(frozen=True, slots=True)
class Document:
    """An open file: name as it is kept and shown, form by content and suffix, descriptor at its beginning."""

    name: str
    form: SourceForm
    descriptor: int


@contextmanager
def opened(path: Path, own: Callable[[os.stat_result], bool]) -> Iterator[Document]:
    """Open a document of at most FILE_BYTES; `own` tells the ledger's own files, which are never opened.

    Raises ReadingError: missing, the ledger itself, no regular file, empty, too large, not to be read, of no known
    form, or of another form than its suffix says.
    """
    with _descriptor(path, own) as (called, real, descriptor):
        with _named_reasons(called):
            head = os.read(descriptor, HEAD)
            os.lseek(descriptor, 0, os.SEEK_SET)
        suffix = Path(real).suffix if path.suffix == "" else path.suffix
        yield Document(_kept(path, called), form_of(head, suffix, called), descriptor)


def toml_text(path: Path, own: Callable[[os.stat_result], bool]) -> tuple[str, str]:
    """Name and text of a draft (.toml), opened as carefully as a document. Raises ReadingError as `opened` does, and
    where it is too large or no UTF-8."""
    with _descriptor(path, own) as (called, _, descriptor):
        with _named_reasons(called), os.fdopen(os.dup(descriptor), "rb") as stream:
            raw = stream.read(DRAFT_BYTES + 1)
        if len(raw) > DRAFT_BYTES:
            raise ReadingError(f"无法读取“{called}”：超过 {size_words(DRAFT_BYTES)}，不像是读稿。", "请核对文件。")
        try:
            return _kept(path, called), raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise ReadingError(
                f"无法读取“{called}”：不是 UTF-8 文字。", "请在编辑器里把读稿另存为 UTF-8 编码再导入。"
            ) from error


@contextmanager
def _descriptor(path: Path, own: Callable[[os.stat_result], bool]) -> Iterator[tuple[str, str, int]]:
    """What the file is called, its real path and an open descriptor of a regular file that is not the ledger's."""
    called = plain_files.called(path.name or str(path))
    with _named_reasons(called):
        status = os.stat(path)
        _refuse_unfit(status, called, own)
        real = os.path.realpath(path, strict=True)
        descriptor = os.open(real, FLAGS)
    try:
        with _named_reasons(called):
            _refuse_another(status, os.fstat(descriptor), called)
        yield called, real, descriptor
    finally:
        os.close(descriptor)


def form_of(head: bytes, suffix: str, called: str) -> SourceForm:
    """What the first bytes (of an old Office file all of them) and the suffix say together.

    Raises ReadingError where they contradict each other."""
    suffix = suffix.lower()
    form = _FORMS.get(suffix)
    # A workbook may hold a Word document as an object: its own stream says what the file is.
    is_workbook = form == "xls" and head.startswith(_OLE) and _WORKBOOK in head and _LOCKED not in head
    refusal = None if is_workbook else other.refusal(head, suffix)
    if refusal is not None:
        raise ReadingError(f"无法读取“{called}”：{refusal.message}。", refusal.hint)
    if form is None:
        raise ReadingError(f"无法读取“{called}”：不认识“{suffix or '没有后缀'}”这种文件。", f"能读的是 {_KNOWN}。")
    content = _content(head)
    if form in ("docx", "xlsx"):
        fits, said = content == "zip", _NAMES[form]
    elif form == "xls":
        fits, said = content == "ole", _NAMES[form]
    elif form == "pdf":
        fits, said = content == "pdf", _NAMES[form]
    else:
        fits, said = content in ("page", "text"), "文字文件"
    if not fits:
        raise ReadingError(f"无法读取“{called}”：后缀是 {suffix}，内容却不是{said}，{_IS[content]}。", _HINTS[content])
    return form


_NAMES: Final = {"docx": " Word 文档", "xlsx": " Excel 工作簿", "xls": "旧式 Excel 工作簿", "pdf": " PDF"}
_IS: Final = {
    "zip": "而是压缩格式的文件（可能是 .docx、.xlsx 或 .zip）",
    "ole": "而是旧式的 Office 文件（.doc、.xls、.wps 之类），或者是加了密码的文件",
    "pdf": "而是 PDF",
    "page": "而是网页",
    "text": "而是文字或别的内容",
}
_HINTS: Final = {
    "zip": "请核对原文件：Word 文档改后缀为 .docx，Excel 工作簿改为 .xlsx；压缩包先解压。",
    "ole": "请用 WPS 或 Office 打开（有密码的先去掉密码），另存为 .docx 或 .xlsx 再导入。",
    "pdf": "请把文件后缀改为 .pdf 再导入。",
    "page": "请把文件后缀改为 .html 再导入，或者用 WPS 打开后另存为 .docx 或 .xlsx。",
    "text": "文件可能没有下载完整；请重新取得，或者用 WPS 打开后另存为 .docx 再导入。",
}


def _rest(descriptor: int) -> bytes:
    parts: list[bytes] = []
    while len(parts) < FILE_BYTES // _PIECE + 1 and (part := os.read(descriptor, _PIECE)):
        parts.append(part)
    return b"".join(parts)


def _content(head: bytes) -> str:
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "page" if plain.startswith((b"<!doctype html", b"<html", b"<head", b"<meta", b"<table")) else "text"


def _refuse_unfit(status: os.stat_result, called: str, own: Callable[[os.stat_result], bool]) -> None:
    if own(status):
        raise ReadingError(f"无法读取“{called}”：它就是正在使用的台账文件。", "请选择通知的文件。")
    words = unfit(status)
    if words is not None:
        raise ReadingError(f"无法读取“{called}”：它{words}。", "请选择通知的文件。")
    if not status.st_size:
        raise ReadingError(f"无法读取“{called}”：文件是空的（0 字节）。", "请核对文件是否已保存、已下载完。")
    if status.st_size > FILE_BYTES:
        raise ReadingError(
            f"无法读取“{called}”：文件有 {size_words(status.st_size)}，超过上限 {size_words(FILE_BYTES)}。",
            "请另存一份，只留通知的正文和任务分解表，去掉图片和附件。",
        )


def _refuse_another(looked_at: os.stat_result, opened_now: os.stat_result, called: str) -> None:
    """Between the look and the opening another file may have taken the name: it may be the ledger."""
    if (looked_at.st_dev, looked_at.st_ino) != (opened_now.st_dev, opened_now.st_ino):
        raise ReadingError(f"无法读取“{called}”：文件在打开时被换掉了。", "请再导入一次。")


def _kept(path: Path, called: str) -> str:
    try:
        return kept_name(path.name)[0]
    except InvalidInputError as error:
        raise ReadingError(f"无法读取“{called}”：{error.message}", error.hint) from error


@contextmanager
def _named_reasons(called: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words, hint = reason(error, "再导入")
        raise ReadingError(f"无法读取“{called}”：{words}。", hint) from error
    except ValueError as error:
        # A NUL in the path, or a character that the system's encoding lacks.
        raise ReadingError(f"无法读取“{called}”：路径里有不能使用的字符。", "请核对路径。") from error
