"""A text that the clerk typed, as a .txt of its own: where the ledger cannot take it, it is kept all the same."""

from datetime import datetime
from pathlib import Path

from db.errors import ExportError
from db.export.text import file_text
from db.export.writing import Kept, Own, OwnName, write_safely


def write_text_file(
    target: Path, text: str, at: datetime, *, own: Own | None = None, owns_path: OwnName | None = None
) -> Kept:
    """Write the text, UTF-8 with LF, read back; what stood there is kept under another name. Raises ExportError."""
    payload = (file_text(text).rstrip("\n") + "\n").encode()

    def write(beside: Path) -> None:
        beside.write_bytes(payload)

    def read_back(beside: Path) -> None:
        if beside.read_bytes() != payload:
            raise ExportError("文字写出后读回来不一样，没有写成。", "磁盘可能有问题，请换一个位置再试。")

    return write_safely(target, write, read_back, at, own=own, owns_path=owns_path, verb="另存文字", example="记事.txt")
