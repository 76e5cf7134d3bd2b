"""Evidence on its way out: saved where the clerk says, or laid ready to be looked at."""

import os
import stat
from datetime import datetime
from hashlib import sha256 as new_digest
from pathlib import Path
from typing import Final

from db.errors import ExportError
from db.export.safe_names import safe_name
from db.export.writing import Kept, Own, OwnName, write_safely
from db.rules.evidence import PIECE, Contents
from db.rules.rows_evidence import EvidenceRow

_NOTHING_STANDS: Final = datetime.min
"""The time for a kept name where none can be: the name is freed before it is written."""


def save_as(
    contents: Contents,
    sha256: str,
    target: Path,
    at: datetime,
    *,
    own: Own | None = None,
    owns_path: OwnName | None = None,
) -> Kept:
    """Write the content to `target` and read it back; what stood there is kept beside (db.export.writing).

    `own` and `owns_path` tell the ledger's own files and names, which are never written over. Raises ExportError, and
    DamagedError where the ledger has not what it should have; what stood at the target then still stands there.
    """

    def write(beside: Path) -> None:
        with beside.open("wb") as stream:
            for piece in contents(sha256):
                stream.write(piece)

    def read_back(beside: Path) -> None:
        if digest_of(beside) != sha256:
            raise ExportError(f"{target} 写出后读回与原件不一致，没有保存。", "该磁盘可能有问题，请换一个位置再保存。")

    return write_safely(target, write, read_back, at, own=own, owns_path=owns_path, verb="另存", example="现场照片.jpg")


def private_copy(contents: Contents, row: EvidenceRow, folder: Path) -> Path:
    """A copy to look at, in `folder`, which nobody else can enter (0700) and where nothing can be changed (0400).

    Each content has a folder of its own there, so that two files of one name do not meet; opened again, a copy is
    written anew. Raises ExportError (also for a web address, which has no file) and DamagedError.
    """
    if row.sha256 is None:
        raise ExportError(f"“{row.name}”是网页地址，没有文件。", "请在浏览器中打开这个地址。")
    place = folder / row.sha256[:16]
    try:
        for each in (folder, place):
            _make_private(each)
        target = place / safe_name(row.name)
        target.unlink(missing_ok=True)
        save_as(contents, row.sha256, target, _NOTHING_STANDS)
        target.chmod(0o400)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExportError(f"无法在 {folder} 放置“{row.name}”的副本（{reason}）。", "可以改用“另存为”。") from error
    return target


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = new_digest()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _make_private(folder: Path) -> None:
    """A folder of our own: where others may write, one may have been put in our way."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    is_ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    if not (stat.S_ISDIR(status.st_mode) and is_ours):
        raise ExportError(f"{folder} 不是自己的文件夹，没有把佐证放进去。", "请删除它，或改用“另存为”。")
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)
