"""Which form a file takes: its suffix says so."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from db.errors import ExportError, UsageError
from db.export import csv_form, json_form, md, xlsx
from db.export.document import Document
from db.export.text import file_text
from db.export.writing import Kept, Own, OwnName, write_safely
from db.rules.evidence import Contents, Progress
from db.rules.rows import LedgerSheet


def _docx(sheet: LedgerSheet, at: datetime) -> Document:
    from db.export import docx

    return docx.document(sheet, at)


forms: Final[dict[str, Callable[[LedgerSheet, datetime], Document]]] = {
    ".xlsx": xlsx.document,
    ".docx": _docx,
    ".csv": csv_form.document,
    ".md": md.document,
    ".json": json_form.document,
}
"""The forms that are one document, small enough to be made in memory."""
PACKAGE: Final = ".zip"
"""报送包: the documents and the evidence, written piece by piece."""
WITH_HISTORY: Final = frozenset({".xlsx", PACKAGE})
"""The forms that carry the 办理流水: their sheet is read with it."""


class _Made(Protocol):
    """A file that can be written and proved."""

    def write(self, path: Path) -> None:
        """Fill the file that is there."""

    def differs(self, path: Path) -> str | None:
        """In Chinese what is wrong with it as read back."""


def export(
    sheet: LedgerSheet,
    target: Path,
    at: datetime,
    *,
    contents: Contents | None = None,
    progress: Progress | None = None,
    own: Own | None = None,
    owns_path: OwnName | None = None,
) -> Kept:
    """Write the ledger to `target` in the form of its suffix; `at` is the local time (kept name, file properties).

    own, owns_path: tell the ledger's own files and names, over which nothing is written. contents: where the bytes of
    the evidence come from; only .zip asks for it. progress is told how many of the bytes to be written and read back
    are done; what it raises (CancelledError) leaves nothing behind. Raises UsageError for a suffix that is not built,
    ExportError when the file cannot be written, DamagedError when a piece of evidence is not what was attached. In
    each case what stood at the target still stands there.
    """
    made = _made(sheet, target, at, contents, progress or _untold)

    def read_back(path: Path) -> None:
        wrong = made.differs(path)
        if wrong:
            raise ExportError(
                f"无法导出到 {file_text(str(target))}：写出的文件读回后与台账不符（{wrong}）。原有文件没有改动。",
                "请换一个位置再导出一次；仍然不行请改用另一种格式。",
            )

    return write_safely(target, made.write, read_back, at, own=own, owns_path=owns_path)


def check_suffix(target: Path) -> None:
    """Raise UsageError now, before anything is opened or made, for a suffix that is not built."""
    suffix_of(target)


def suffix_of(target: Path) -> str:
    """The suffix, in lower case, of a form that is built; else UsageError."""
    suffix = target.suffix.lower()
    if suffix in forms or suffix == PACKAGE:
        return suffix
    said = f"不认识文件后缀“{file_text(target.suffix)}”" if suffix else "文件名没有后缀"
    raise UsageError(f"无法确定导出格式：{said}。", f"请用下列后缀之一：{'、'.join((*forms, PACKAGE))}。")


def _made(sheet: LedgerSheet, target: Path, at: datetime, contents: Contents | None, progress: Progress) -> _Made:
    suffix = suffix_of(target)
    if suffix == PACKAGE:
        from db.export.package import Package

        return Package(sheet, at, contents, progress)
    return _Small(forms[suffix](sheet, at), progress)


class _Small:
    """One document; its bytes are compared as they are and as they are read."""

    def __init__(self, document: Document, progress: Progress) -> None:
        self._document = document
        self._progress = progress

    def write(self, path: Path) -> None:
        self._tell(0)
        path.write_bytes(self._document.payload)
        self._tell(1)

    def differs(self, path: Path) -> str | None:
        written = path.read_bytes()
        wrong = "字节不一致" if written != self._document.payload else self._document.differs(written)
        self._tell(2)
        return wrong

    def _tell(self, times: int) -> None:
        size = len(self._document.payload)
        self._progress(times * size, 2 * size)


def _untold(done: int, total: int) -> None:
    """Nobody asks how far it is."""
