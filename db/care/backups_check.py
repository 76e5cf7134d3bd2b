"""Whether the backups of a ledger file would help: the newest one that is whole, its age, the contents beside it."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256 as new_digest
from pathlib import Path
from typing import Final

from db.backup_names import CONTENTS
from db.care.answering import answers
from db.care.finding import Backup, backups_of, verified
from db.care.opened import opened_backup
from db.care.spots import NO_ANSWER_HINT, spots_of
from db.chain import Head
from db.copying import read_pieces
from db.errors import TaizhangError
from db.file import LedgerFile
from db.reads.office import second_place
from db.rules.evidence import Progress
from db.rules.findings import Finding, warning
from db.rules.value import value

OLDEST: Final = timedelta(days=7)
"""So old the newest whole backup may be while there is work that is not in it."""
FIRST: Final = timedelta(days=1)
"""So long there may be work that is in no backup at all."""
_LOOKED_INTO: Final = 3
"""How many of the newest backups are opened."""
_NOW: Final = "请在清单上按 -（备份），再按 F2 立即备份。"


@value
class LookedAt:
    """good: the newest backup that is whole and that the file continues. damaged: contents beside a backup that are
    not there or not what their name says."""

    findings: tuple[Finding, ...]
    good: Backup | None
    damaged: tuple[Path, ...] = ()


def backups(file: LedgerFile, at: datetime, here: Path | None, progress: Progress | None = None) -> LookedAt:
    """Look at the backups of an open file. here: the folder of this machine's own backups (db.places).

    progress is told the bytes of the contents beside. Raises what it raises, and what reading the ledger raises.
    """
    second = second_place(file)
    known = backups_of(file.path, Path(second) if second else None, here, file.identity)
    found: list[Finding] = []
    good: Backup | None = None
    for backup in known[:_LOOKED_INTO]:
        looked = verified(backup, file.identity)
        if looked.problem is not None:
            found.append(
                warning(
                    "backups",
                    f"备份 {backup.path.name} 用不了：{looked.problem.rstrip('。')}",
                    "请现在另做一份备份；这一份留着不用。",
                )
            )
        elif not _continues(file, looked):
            if not _was_restored_since(file, looked):
                found.append(
                    warning(
                        "backups",
                        f"备份 {backup.path.name}（{backup.stamp}）与台账的办理流水接不上：台账或备份被换过",
                        "请用 --restore 比较这份备份与台账，确认哪一份是对的。",
                    )
                )
        else:
            good = looked
            break
    found += _age(file, at, good)
    if second is not None and not answers(Path(second)):
        found.append(warning("backups", f"第二备份位置没有回应：{second}", NO_ANSWER_HINT))
    elif second is not None and not os.path.isdir(second):
        words = f"第二备份位置打不开：{second}"
        found.append(warning("backups", words, "U 盘或网络盘是否已接上？已不再使用的，请改设第二备份位置。"))
    damaged = _contents(good, progress) if good is not None and not good.whole else []
    if damaged:
        words = f"备份旁边的佐证内容有 {len(damaged)} 份缺少或已损坏（{damaged[0].name[:12]}…）"
        hint = "运行 taizhang --check --mend，会从台账里重新备份这些内容。"
        found.append(warning("backups", words, hint, mendable=True))
    return LookedAt(tuple(found), good, tuple(damaged))


def backup_folders(file: LedgerFile) -> list[Path]:
    """The folders in which the backups of the file lie, as far as they can be reached now."""
    return [spot.folder for spot in spots_of(file) if spot.is_reached]


def _continues(file: LedgerFile, backup: Backup) -> bool:
    """Whether the file goes on from what the backup holds."""
    if not backup.identity or backup.seq == 0:
        return True  # an older program's, without a chain; or nothing had been done yet
    with file.reading() as connection:
        row = connection.execute("SELECT hash FROM history WHERE seq = ?", (backup.seq,)).fetchone()
    return row is not None and Head(backup.seq, str(row[0])).stamp == backup.stamp


def _was_restored_since(file: LedgerFile, backup: Backup) -> bool:
    """Whether the file is an earlier one since: what was done between is in the backup and not in the file."""
    with file.reading() as connection:
        found = connection.execute("SELECT at, after FROM history WHERE step = 'restore'").fetchall()
    # By the time, or by the number that the replaced file had come to: the clock may have been wrong at one of the two.
    return any(
        datetime.fromisoformat(at) >= backup.at or _came_to(json.loads(after or "{}").get("replaced")) >= backup.seq
        for at, after in found
    )


def _came_to(stamp: str | None) -> int:
    return int(stamp.partition("-")[0]) if stamp else 0


def _age(file: LedgerFile, at: datetime, good: Backup | None) -> list[Finding]:
    """The clerk's work that is in no whole backup, if it is older than a day."""
    with file.reading() as connection:
        (first,) = connection.execute(
            "SELECT at FROM history WHERE ledger_id IS NOT NULL AND seq > ? ORDER BY seq LIMIT 1",
            (good.seq if good else 0,),
        ).fetchone() or (None,)
    if first is None or at - datetime.fromisoformat(first) <= FIRST:
        return []
    if good is None:
        return [warning("backups", f"{first[:10]} 以来办理的内容还没有可用的备份", _NOW)]
    if at - good.at <= OLDEST:
        return []
    return [warning("backups", f"最近一份可用的备份是 {good.at:%Y-%m-%d} 的，之后办理的内容没有备份", _NOW)]


def _contents(backup: Backup, progress: Progress | None) -> list[Path]:
    """The contents that the backup needs beside it and that are not there as they were."""
    folder = backup.path.parent / CONTENTS
    registered: list[tuple[str, int]] = []
    with suppress(TaizhangError, OSError), opened_backup(backup.path) as connection:
        registered = connection.execute("SELECT sha256, size FROM content ORDER BY sha256").fetchall()
    done, total = 0, sum(size for _, size in registered)
    damaged = []
    for digest, size in registered:
        begun = done

        def tell(count: int, begun: int = begun) -> None:
            if progress is not None:
                progress(min(begun + count, total), total)

        if not _is_whole(folder / digest, digest, tell):
            damaged.append(folder / digest)
        done += size
    return damaged


def _is_whole(path: Path, digest: str, tell: Callable[[int], None]) -> bool:
    made, count = new_digest(), 0
    try:
        for piece in read_pieces(path):
            made.update(piece)
            count += len(piece)
            tell(count)
    except OSError:
        return False
    return made.hexdigest() == digest
