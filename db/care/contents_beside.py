"""佐证, the folder beside backups: each content of the evidence once, under its SHA-256, for all backups there."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from db.backup_names import CONTENTS
from db.copying import refuse_full, write_copy
from db.errors import BackupError, DamagedError
from db.file import LedgerFile
from db.folder import make_backup_folder
from db.reads.evidence import contents
from db.rules.value import value
from db.temporaries import remove_temporaries

_NAMED: Final = 3
"""How many contents that could not be copied are named; the others are counted."""


@value
class Copied:
    """copied: how many contents came in now. failures: which could not be read from the ledger, in Chinese."""

    copied: int
    failures: tuple[str, ...]


def missing_contents(folder: Path, wanted: Mapping[str, int]) -> tuple[str, ...]:
    """The SHA-256 of the contents that do not lie in the folder with the bytes they must have. Opens none, never fails.

    wanted: the bytes of each by its SHA-256.
    """
    there: dict[str, int] = {}
    with suppress(OSError):
        if stat.S_ISDIR(folder.lstat().st_mode):
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name in wanted and entry.is_file(follow_symlinks=False):
                        there[entry.name] = entry.stat().st_size
    return tuple(sha256 for sha256, size in wanted.items() if there.get(sha256) != size)


def copy_contents(file: LedgerFile, backups: Path, wanted: Mapping[str, int], told: Callable[[int], None]) -> Copied:
    """Copy the contents that are missing from the ledger into 佐证, inside a folder of backups; what is there stays.

    told: the bytes that came in, piece by piece. Raises BackupError, OSError, and what `told` raises.
    """
    missing = missing_contents(backups / CONTENTS, wanted)
    if not missing:
        return Copied(0, ())
    folder = backups / CONTENTS
    make_backup_folder(folder)
    remove_temporaries(folder)
    refuse_full(folder, sum(wanted[sha256] for sha256 in missing))
    damaged = []
    for sha256 in missing:
        target = folder / sha256
        if os.path.lexists(target) and not stat.S_ISREG(target.lstat().st_mode):
            raise BackupError(f"{target} 应当是佐证的副本，现在却不是普通文件。", "请把它移走，再备份一次。")
        try:
            # One of another length cannot be what its name says.
            write_copy(target, _told(contents(file)(sha256), told), over=True)
        except DamagedError:
            damaged.append(sha256)
    return Copied(len(missing) - len(damaged), _failures(file, damaged))


def _told(pieces: Iterator[bytes], told: Callable[[int], None]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        told(len(piece))


def _failures(file: LedgerFile, damaged: list[str]) -> tuple[str, ...]:
    """One line for all that could not be read, by the names under which they are attached."""
    if not damaged:
        return ()
    with file.reading() as connection:
        names = dict(connection.execute("SELECT sha256, name FROM evidence WHERE sha256 IS NOT NULL ORDER BY id DESC"))
    called = "、".join(f"「{names.get(sha256, sha256[:12])}」" for sha256 in damaged[:_NAMED])
    more = f"等 {len(damaged)} 份" if len(damaged) > _NAMED else ""
    return (f"佐证{called}{more}的内容在台账里已损坏，没有备份。手里还有原文件的，在原处再附一次即可补好。",)
