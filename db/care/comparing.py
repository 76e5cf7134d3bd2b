"""What a restore would change: what was done since the backup, and the counts now and then. Changes nothing."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from db.backup_names import CONTENTS
from db.care.contents import content_folders
from db.care.counts import Counts, counts_of
from db.care.finding import Backup
from db.care.opened import opened_backup
from db.connecting import open_as_it_lies
from db.errors import TaizhangError
from db.folder import one_name
from db.rules.value import value
from db.rules.words import STEP_NAMES
from db.steps import APPLICATION_ID, CHAINED

NAMED: Final = 8
"""How many of the steps since the backup are named one by one."""
_NAMED_EVIDENCE: Final = 5
_OF_THE_FILE: Final = {
    "plant": "装入随程序提供的通知和放假安排",
    "accept_notice": "通知入库",
    "begin_ledger": "建立台账",
    "take_days": "录入放假通知",
    "set_day": "修改放假安排",
    "restore_day": "恢复放假安排",
    "remove_days": "删去放假通知",
    "correct_rule": "修改法定时限",
    "set_evidence_limit": "设定佐证大小上限",
}
"""What the steps of the file itself are called."""
_COUNTED: Final = (
    *(("notices", "通知"), ("ledgers", "台账"), ("entries", "事项"), ("done", "已办结"), ("notes", "记事")),
    *(("publications", "公开记录"), ("evidence", "佐证材料")),
)
_STEPS: Final = (
    "SELECT min(h.at), min(h.step), max(l.year), max(l.unit) FROM history h"
    " LEFT JOIN ledger l ON l.id = h.ledger_id WHERE h.seq > ? GROUP BY h.group_id ORDER BY max(h.seq) DESC"
)
_DRAFTS: Final = "SELECT ledger_id, field, entry_id, text FROM draft"


@value
class Changes:
    """lines: all of it in Chinese, in the order in which it is shown. is_readable: the present file could be compared;
    steps: how many steps of the 办理流水 come after the backup; now: the counts of the present file, None where it
    cannot be read; then: those of the backup; drafts: how many unsaved texts go; missing: the names of the evidence
    whose content lies neither in the present file nor in any backup."""

    lines: tuple[str, ...]
    is_readable: bool
    steps: int
    now: Counts | None
    then: Counts
    drafts: int
    missing: tuple[str, ...]


def changes(path: Path, backup: Backup) -> Changes:
    """What the ledger file at `path` would lose and get back if the backup were restored.

    The present file may be open in this process, damaged or missing. Raises FileRefusedError or DamagedError where the
    backup cannot be read.
    """
    with opened_backup(backup.path) as then:
        counts = counts_of(then)
        missing = _missing(path, backup, then)
        try:
            with _present(path) as now:
                told, steps = _since(now, then)
                drafts = _drafts_that_go(now, then)
                counts_now = counts_of(now)
        except (sqlite3.Error, OSError, ValueError):
            what = "读不出来" if os.path.lexists(path) else "不在了"
            lines = (f"现在的台账文件{what}，无法逐条比较；备份之后办理的内容不在备份里。", *_counted(None, counts))
            return Changes((*lines, *_evidence(missing)), False, 0, None, counts, 0, missing)
    lines = (*told, *_counted(counts_now, counts))
    if drafts:
        lines = (*lines, f"没有保存的草稿 {drafts} 份会不在（留在换下的文件里）。")
    return Changes((*lines, *_evidence(missing)), True, steps, counts_now, counts, drafts, missing)


@contextmanager
def _present(path: Path) -> Iterator[sqlite3.Connection]:
    """The present file as it lies: mode=ro, so that a hot journal is neither rolled back nor passed over."""
    path = one_name(path)
    if not path.is_file() or not path.stat().st_size:
        raise FileNotFoundError(path)
    with closing(open_as_it_lies(path)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise ValueError("no ledger file")
        connection.execute("BEGIN")
        yield connection


def _since(now: sqlite3.Connection, then: sqlite3.Connection) -> tuple[tuple[str, ...], int]:
    """The steps that go and those that come back, each newest first, and the number of those that go; or that the two
    are not of one history."""
    last, saved = (each.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()[0] for each in (now, then))
    common = _common(now, then)
    if last and saved and not common:
        return (
            f"备份与现在的台账不是同一条办理流水（备份到第 {saved} 条，现在到第 {last} 条）："
            "恢复后以备份为准，现在的内容都不在。",
        ), 0
    lost, regained = (each.execute(_STEPS, (common,)).fetchall() for each in (now, then))
    if not regained:
        if not lost:
            return ("备份之后没有办理过任何事项。",), 0
        first = f"备份之后办理的 {len(lost)} 步会不在（办理流水由第 {last} 条回到第 {saved} 条）："
        return (first, *_named(lost)), len(lost)
    back = f"备份里多出的 {len(regained)} 步会补回来（办理流水由第 {common} 条到第 {saved} 条）："
    if not lost:
        first = "这份备份比现在的文件新，现在办理的都在里面。"
        return (first, back, *_named(regained)), 0
    first = f"第 {common} 条以后，备份与现在的文件各不相同。现在的 {len(lost)} 步会不在（到第 {last} 条）："
    return (first, *_named(lost), back, *_named(regained)), len(lost)


def _named(steps: list[tuple[str, str, int | None, str | None]]) -> Iterator[str]:
    """A line for each of the newest steps."""
    for at, step, year, unit in steps[:NAMED]:
        yield f"  {at[:16].replace('T', ' ')}  {_name(step)}{_of(year, unit)}"
    if len(steps) > NAMED:
        yield f"  更早的还有 {len(steps) - NAMED} 步"


def _common(now: sqlite3.Connection, then: sqlite3.Connection) -> int:
    """The last row up to which the two histories are the same; 0 where they have no beginning in common."""
    is_chained = min(_version(each) for each in (now, then)) >= CHAINED
    rows = f"SELECT seq, {'hash' if is_chained else 'at, subject, after'} FROM history ORDER BY seq"
    common = 0
    for one, other in zip(now.execute(rows), then.execute(rows), strict=False):
        if one != other:
            break
        common = one[0]
    return common


def _drafts_that_go(now: sqlite3.Connection, then: sqlite3.Connection) -> int:
    kept = set(then.execute(_DRAFTS).fetchall())
    return sum(row not in kept for row in now.execute(_DRAFTS).fetchall())


def _counted(now: Counts | None, then: Counts) -> Iterator[str]:
    """One line: what differs, or what the backup holds."""
    if now is None:
        held = "，".join(f"{name} {getattr(then, field)}" for field, name in _COUNTED)
        yield f"备份里有：{held}。"
        return
    pairs = [(name, getattr(now, field), getattr(then, field)) for field, name in _COUNTED]
    differing = "，".join(f"{name} {one} → {other}" for name, one, other in pairs if one != other)
    yield f"数量变化：{differing}。" if differing else "各类记录的数量不变。"


def _missing(path: Path, backup: Backup, then: sqlite3.Connection) -> tuple[str, ...]:
    """The names of attached evidence whose content no place has; the bytes are read when it is restored."""
    if _version(then) < 3:
        return ()
    rows = then.execute(
        "SELECT e.sha256, c.size, e.name, EXISTS (SELECT 1 FROM piece p WHERE p.sha256 = e.sha256)"
        " FROM evidence e JOIN content c ON c.sha256 = e.sha256 ORDER BY e.id"
    ).fetchall()
    absent = [(digest, size, name) for digest, size, name, is_in in rows if not is_in]
    if not absent:
        return ()
    folders = [backup.path.parent / CONTENTS, *content_folders(one_name(path), then)]
    held = _held(path)
    lost = (name for digest, size, name in absent if digest not in held and not _lies_in(folders, digest, size))
    return tuple(dict.fromkeys(lost))


def _lies_in(folders: Iterable[Path], digest: str, size: int) -> bool:
    for folder in folders:
        with suppress(OSError):
            if os.stat(folder / digest, follow_symlinks=False).st_size == size:
                return True
    return False


def _held(path: Path) -> set[str]:
    """The contents that stand in the present file."""
    try:
        with _present(path) as now:
            return {digest for (digest,) in now.execute("SELECT DISTINCT sha256 FROM piece").fetchall()}
    except (sqlite3.Error, OSError, ValueError, TaizhangError):
        return set()


def _evidence(missing: tuple[str, ...]) -> Iterator[str]:
    if missing:
        more = f" 等 {len(missing)} 份" if len(missing) > _NAMED_EVIDENCE else ""
        named = "、".join(f"“{name}”" for name in missing[:_NAMED_EVIDENCE])
        yield f"佐证{named}{more}的内容哪里都没有找到：恢复后名称还在，要用原文件再附一次。"


def _name(step: str) -> str:
    return STEP_NAMES.get(step) or _OF_THE_FILE.get(step, step)


def _of(year: int | None, unit: str | None) -> str:
    return f"（{year} 年{unit}）" if unit else ""


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
