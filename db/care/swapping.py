"""A whole file put in the place of the ledger file; what lay there is kept with its journals (db.swap)."""

from datetime import datetime
from pathlib import Path

from db.care.opened import opened_backup
from db.chain import head_of, identity_of
from db.folder import one_name
from db.seen import Seen, remember
from db.swap import exchange, locked


def swap_in(path: Path, ready: Path, at: datetime, heads: Path | None = None) -> Path:
    """Put `ready` (whole, closed, in the same folder: salvaging.salvage) in the place of the ledger file at `path`.

    Nobody in this process may have the file open. heads: db.places.heads_file(), for the file to be known as what it is
    now. Returns the folder in which what was replaced now lies. Raises FileLockedError (another window has it open),
    FileRefusedError or DamagedError (`ready` is no ledger), BackupError or NotSavedError; then nothing has changed.
    """
    path = one_name(path)
    lock = locked(path, at)
    try:
        seen = _as_seen(path, ready, at)
        replaced = exchange(path, ready, at)
    finally:
        lock.release()
    if heads is not None:
        remember(heads, seen)
    return replaced


def _as_seen(path: Path, ready: Path, at: datetime) -> Seen:
    """The new file, checked as the opening would, as this machine will know it."""
    with opened_backup(ready) as connection:
        head = head_of(connection)
        return Seen(str(path), identity_of(connection), head.seq, head.hash, at.isoformat(timespec="seconds"))
