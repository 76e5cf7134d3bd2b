"""How far the 办理流水 of each ledger file was when this machine last had it open: an older or other file is noticed.

One small JSON file in the state folder. It only warns: what cannot be read or written there never stops the work.
"""

import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from db.chain import Head
from db.file import LedgerFile

_MOST: Final = 50
"""How many files are remembered; the ones longest not opened are forgotten."""
_LONGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A ledger file as it was last seen: its path then, its identity, the newest row of its history, when that was
    (ISO, UTC+8), when all of it was last checked (None: never), and the folder of its second place (None: none): where
    the ledger's own folder is gone, nothing else tells where the backups are."""

    path: str
    id: str
    seq: int
    hash: str
    at: str
    checked_at: str | None = None
    second: str | None = None

    @property
    def stamp(self) -> str:
        """流水校验码."""
        return Head(self.seq, self.hash).stamp


def all_seen(place: Path) -> tuple[Seen, ...]:
    """What is remembered, the newest first; () where nothing can be read."""
    try:
        if not place.is_file() or place.stat().st_size > _LONGEST:
            return ()
        stored = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    return tuple(_read(stored if isinstance(stored, list) else ()))


def seen_of(place: Path, path: Path, identity: str) -> Seen | None:
    """How the file of this identity was last seen, wherever it lay; else what lay at this path."""
    known = all_seen(place)
    of_file = next((seen for seen in known if seen.id == identity), None)
    return of_file or next((seen for seen in known if seen.path == str(path)), None)


def older_than_seen(file: LedgerFile, place: Path) -> Seen | None:
    """What was seen, where this file does not continue it: it is older, or another file. None: all is well."""
    seen = seen_of(place, file.path, file.identity)
    if seen is None:
        return None
    with file.reading() as connection:
        row = connection.execute("SELECT hash FROM history WHERE seq = ?", (seen.seq,)).fetchone()
    continues = seen.id == file.identity and (seen.seq == 0 or (row is not None and row[0] == seen.hash))
    return None if continues else seen


def remember_head(file: LedgerFile, place: Path, at: str, *, checked: bool = False, second: str | None = None) -> None:
    """Remember how far the file is now. checked: all of it was checked at that moment; second: its second place."""
    head, identity = file.head(), file.identity
    former = next((seen for seen in all_seen(place) if seen.id == identity), None)
    checked_at = at if checked else former.checked_at if former else None
    remember(place, Seen(str(file.path), identity, head.seq, head.hash, at, checked_at, second))


def remember(place: Path, seen: Seen) -> None:
    """Put it before the others, in the place of what was known of this file and of this path."""
    others = [other for other in all_seen(place) if other.id != seen.id and other.path != seen.path]
    # In ASCII: a path need not be UTF-8, and is read back as it was.
    text = json.dumps([asdict(each) for each in (seen, *others)][:_MOST], indent=1)
    temporary = place.with_name(f".{place.name}.{os.getpid()}-{threading.get_ident()}")
    # A state folder that cannot be written is no reason to refuse the ledger.
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, place)


def seen_at(place: Path, path: Path) -> Seen | None:
    """What was last seen at a path, whatever lies there now."""
    return next((seen for seen in all_seen(place) if seen.path == str(path)), None)


def _read(stored: Iterable[Any]) -> Iterable[Seen]:
    names = {field.name for field in fields(Seen)}
    for values in stored:
        # A version before this one kept no second place.
        if not isinstance(values, dict) or set(values) | {"second"} != names:
            continue
        texts = all(isinstance(values[name], str) for name in ("path", "id", "hash", "at"))
        may_lack = all(isinstance(values.get(name), str | None) for name in ("checked_at", "second"))
        if texts and isinstance(values["seq"], int) and may_lack:
            yield Seen(**values)
