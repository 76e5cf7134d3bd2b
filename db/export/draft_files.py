"""Drafts in a folder of this machine, a file each: for as long as the ledger file cannot be written (full, pulled out).

They outlive kill -9 and the power: written beside, synced, renamed. Only their owner reads them. What lies there and is
no draft is passed over.
"""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db.errors import NotSavedError
from db.export.unfinished import temporary

_LONGEST: Final = 16 << 20
"""Bytes of a draft's file: a note has 20,000 characters at most, the steps over a long notice more."""
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class LooseDraft:
    """file: the identity of the ledger file; ledger, entry: ids in it, 0 for none; at: ISO, UTC+8."""

    file: str
    ledger: int
    field: str
    entry: int
    text: str
    at: str

    @property
    def name(self) -> str:
        """Of its file: one for each field."""
        place = f"{self.file}\n{self.ledger}\n{self.field}\n{self.entry}"
        return f"{sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def keep(folder: Path, draft: LooseDraft) -> Path:
    """Write it in place of the former one of this field; its path. Raises NotSavedError."""
    place, text = folder / draft.name, json.dumps(asdict(draft), ensure_ascii=True)
    if len(text) > _LONGEST:
        # It would be passed over when it is looked for.
        raise NotSavedError(f"草稿也没有存进 {folder}：太长。", "按 F9 把文字另存到别的磁盘。")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with temporary(place) as beside:
            beside.write_text(text, encoding="ascii")
            _sync(beside, os.O_RDWR)
            os.replace(beside, place)
        if hasattr(os, "O_DIRECTORY"):
            _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotSavedError(f"草稿也没有存进 {folder}（{reason}）。", "按 F9 把文字另存到别的磁盘。") from error
    return place


def drop(folder: Path, draft: LooseDraft) -> None:
    """Forget the draft of this field, if there is one. Raises NotSavedError."""
    try:
        (folder / draft.name).unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise NotSavedError(f"草稿没有清掉：{folder / draft.name}（{error.strerror}）。") from error


def found(folder: Path, file: str) -> tuple[LooseDraft, ...]:
    """All drafts of a ledger file that lie there, the oldest first; what cannot be read is passed over."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
    except OSError:
        return ()
    drafts = [draft for path in paths for draft in _read(path) if draft.file == file and draft.name == path.name]
    return tuple(sorted(drafts, key=lambda draft: draft.at))


def _read(path: Path) -> Iterator[LooseDraft]:
    """One, or none."""
    with suppress(OSError, ValueError, RecursionError, TypeError):
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            if stat.S_ISREG(status.st_mode) and status.st_size <= _LONGEST:
                yield from _understood(json.loads(stream.read(_LONGEST + 1)))


def _understood(stored: Any) -> Iterator[LooseDraft]:
    if isinstance(stored, dict) and set(stored) == {field.name for field in fields(LooseDraft)}:
        texts = all(isinstance(stored[name], str) for name in ("file", "field", "text", "at"))
        if texts and all(type(stored[name]) is int for name in ("ledger", "entry")):
            yield LooseDraft(**stored)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
