"""Which form a file takes: its suffix says so."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from db.errors import ExportError, UsageError
from db.export import csv_form, json_form, md, xlsx
from db.export.document import Document
from db.export.text import file_text
from db.export.writing import Kept, write_safely
from db.rules.rows import LedgerSheet

forms: Final[dict[str, Callable[[LedgerSheet, datetime], Document]]] = {
    ".xlsx": xlsx.document,
    ".csv": csv_form.document,
    ".md": md.document,
    ".json": json_form.document,
}
_LATER: Final = (".docx", ".zip")


def export(sheet: LedgerSheet, target: Path, at: datetime) -> Kept:
    """Write the ledger to `target` in the form of its suffix; `at` is the local time (kept name, file properties).

    Raises UsageError for a suffix that is not built, ExportError when the file cannot be written.
    """
    document = _form(target)(sheet, at)

    def write(path: Path) -> None:
        path.write_bytes(document.payload)

    def read_back(path: Path) -> None:
        written = path.read_bytes()
        wrong = "字节不一致" if written != document.payload else document.differs(written)
        if wrong:
            raise ExportError(
                f"无法导出到 {file_text(str(target))}：写出的文件读回后与台账不符（{wrong}）。原有文件没有改动。",
                "请换一个位置再导出一次；仍然不行请改用另一种格式。",
            )

    return write_safely(target, write, read_back, at)


def check_suffix(target: Path) -> None:
    """Raise UsageError now, before anything is opened or made, for a suffix that is not built."""
    _form(target)


def _form(target: Path) -> Callable[[LedgerSheet, datetime], Document]:
    suffix = target.suffix.lower()
    built = "、".join(forms)
    if suffix in forms:
        return forms[suffix]
    if suffix in _LATER:
        raise UsageError(f"尚未支持导出 {suffix} 格式。", f"现在可用：{built}。")
    said = f"不认识文件后缀“{file_text(target.suffix)}”" if suffix else "文件名没有后缀"
    raise UsageError(f"无法确定导出格式：{said}。", f"请用下列后缀之一：{built}。")
