"""--check --mend: what can be put right without taking anything away that a clerk wrote, after a copy of all of it.

The 办理流水 is believed where its chain is whole; a sealed table comes from a backup that bears the same seal, a
content from wherever its SHA-256 is. What stands in a row now and is overwritten is kept in the 办理流水. Rows that
nothing explains stay where they are.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from db.backup_names import CONTENTS, REPLACED, folder_of, name_of
from db.care.backups import back_up
from db.care.backups_check import backup_folders, backups
from db.care.checkup import Checkup, checkup
from db.care.contents import in_folder, put
from db.care.mending_seals import mend_seals
from db.care.mending_work import mend_work
from db.care.surroundings import leftover_files
from db.care.whole import whole_copy
from db.chain import Head, append, broken_links
from db.errors import ReadOnlyError, TaizhangError
from db.faults import reason_of, translated
from db.file import LedgerFile, open_file
from db.folder import make_backup_folder
from db.reads.check_history import is_cut
from db.rules.evidence import Progress
from db.rules.value import value

MEND: Final = "mend"
"""The step in the 办理流水 that says what was put right."""
_CUT: Final = "办理流水末尾少了几条：台账文件里什么也没有改；请从备份恢复，备份里也没有的，另存一份后抢救"
_OLDER: Final = "这台电脑上见过更新的办理流水：没有按现在的流水改回事项，请先核对是不是旧文件，或从备份恢复"
_SUBJECT: Final = "file:mend"


@value
class Mended:
    """before and after: what a full check said; done: in Chinese, what was put right and what could not be; copy: the
    whole copy that was made of the damaged file; None: nothing in the file was touched."""

    before: Checkup
    after: Checkup
    done: tuple[str, ...]
    copy: Path | None


def mend(
    path: Path,
    at: datetime,
    *,
    heads: Path | None = None,
    here: Path | None = None,
    progress: Progress | None = None,
) -> Mended:
    """Check the ledger file at `path`, copy it, mend what is mendable, and check it again. heads, here: as for checkup.

    Nobody else may have the file open. Raises ReadOnlyError (another window, a place that cannot be written),
    DamagedError and FileRefusedError (too damaged to be opened), BackupError (no copy could be made), NotSavedError
    and what `progress` raises; then nothing in the file has changed.
    """
    file = open_file(path, at, write=True, as_it_lies=True)
    try:
        if file.read_only:
            raise ReadOnlyError(f"没有修复：{file.read_only_reason}", "请关闭其他窗口，或把文件放到能写入的位置再试。")
        before = checkup(file, at, heads=heads, here=here, progress=progress)
        done = list(_around(file, before, at, here))
        refused = _refused(file, before)
        done += refused
        copy = None if _CUT in refused else _copied(file, before, at, progress)
        if copy is not None:
            done += _inside(file, before, at)
        after = checkup(file, at, heads=heads, here=here, progress=progress) if done else before
        return Mended(before, after, tuple(done), copy)
    finally:
        file.close()


def _refused(file: LedgerFile, before: Checkup) -> list[str]:
    """What is not mended because the newest rows of the history are gone: the clerk's rows may be newer than it."""
    with file.reading() as connection:
        if is_cut(connection):
            # A row behind the last one would take the number of one that is lost, and nothing would tell any more.
            return [_CUT]
    is_work = any(finding.area == "work" and finding.mendable for finding in before.findings)
    return [_OLDER] if is_work and _is_older(before) else []


def _is_older(before: Checkup) -> bool:
    return any(finding.area == "seen" for finding in before.findings)


def _copied(file: LedgerFile, before: Checkup, at: datetime, progress: Progress | None) -> Path | None:
    """The whole file as it lies, damage and all, among what was replaced; None where nothing in it is to be mended."""
    if not any(finding.level == "damage" and finding.mendable for finding in before.findings):
        return None
    folder = folder_of(file.path) / REPLACED
    make_backup_folder(folder.parent)
    make_backup_folder(folder)
    head = Head(0, "0" * 64)
    with suppress(TaizhangError):
        head = file.head()
    return whole_copy(file, folder / name_of(file.path, at, head, "修复前"), at, progress, as_it_lies=True).path


# In the file


def _inside(file: LedgerFile, before: Checkup, at: datetime) -> list[str]:
    """Everything in one transaction; then the pages, which want one of their own."""
    with _writing(file) as connection:
        done = _rebuilt_indexes(connection, before)
        overwritten: list[dict[str, Any]] = []
        if not (_is_older(before) or broken_links(connection)):
            done += mend_work(connection, overwritten)
        done += mend_seals(connection, file, overwritten)
        done += _contents(connection, backup_folders(file), before.checked.digests)
        if done:
            append(
                connection,
                at=at.isoformat(timespec="seconds"),
                step=MEND,
                subject=_SUBJECT,
                before=json.dumps({"rows": overwritten}, ensure_ascii=False, default=bytes.hex),
                after=json.dumps({"done": done}, ensure_ascii=False),
            )
    return done + _packed(file, before)


@contextmanager
def _writing(file: LedgerFile) -> Iterator[sqlite3.Connection]:
    connection = file.connect_for_writing()
    try:
        connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
        connection.execute("BEGIN IMMEDIATE")
        # Rows of several tables come back one by one: whom they refer to is asked at the end.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        yield connection
        connection.execute("COMMIT")
        file.take_as_known()
    except sqlite3.Error as error:
        raise translated(error, file.path) from error
    finally:
        # Closing takes back what was not committed.
        connection.close()


def _rebuilt_indexes(connection: sqlite3.Connection, before: Checkup) -> list[str]:
    """Indexes say nothing of their own: they are made anew from their tables."""
    if not any(finding.area == "pages" and finding.mendable for finding in before.findings):
        return []
    connection.execute("SAVEPOINT indexes")
    try:
        connection.execute("REINDEX")
    except sqlite3.DatabaseError:
        # Two rows where one may stand, or a table that cannot be read to its end: told by the check.
        connection.execute("ROLLBACK TO indexes")
        return []
    finally:
        connection.execute("RELEASE indexes")
    return ["已按表里的内容重建全部索引"]


def _contents(connection: sqlite3.Connection, folders: Sequence[Path], digests: Sequence[str]) -> list[str]:
    """Evidence from the copies beside the backups, each by its SHA-256."""
    sources = [in_folder(folder / CONTENTS) for folder in folders]
    found = [digest for digest in digests if any(put(connection, digest, source(digest)) for source in sources)]
    lost = len(digests) - len(found)
    return [
        *([f"已从备份找回 {len(found)} 份佐证内容（SHA-256 逐份核对）"] if found else []),
        *([f"有 {lost} 份佐证内容在备份里也没有找到；手里有原文件的，在原处再附一次即可"] if lost else []),
    ]


def _packed(file: LedgerFile, before: Checkup) -> list[str]:
    """Pages of no table are left out by writing the whole file anew, if nothing but they were wrong with the pages."""
    lost = [finding for finding in before.findings if finding.area == "pages" and finding.level == "damage"]
    if not lost or not all(finding.mendable and "never used" in finding.words for finding in lost):
        return []
    connection = file.connect_for_writing()
    try:
        connection.execute("VACUUM")
        file.take_as_known()
    except sqlite3.Error as error:
        raise translated(error, file.path) from error
    finally:
        connection.close()
    return ["已重写台账文件，收回不属于任何表的页"]


# Around the file


def _around(file: LedgerFile, before: Checkup, at: datetime, here: Path | None) -> Iterator[str]:
    areas = {finding.area for finding in before.findings if finding.level == "warning" and finding.mendable}
    if "file" in areas:
        yield _tried("已改为仅本人可读写", lambda: os.chmod(file.path, 0o600))
    if "leftovers" in areas:
        for leftover in leftover_files(file.path, backup_folders(file), at):
            yield _tried(f"已清除临时文件 {leftover.name}", leftover.unlink)
    if "backups" in areas:
        yield from _contents_beside(file, at, here)


def _contents_beside(file: LedgerFile, at: datetime, here: Path | None) -> Iterator[str]:
    """What is wrong in a backup's contents is put aside and copied anew from the ledger, where it is whole."""
    damaged = backups(file, at, here).damaged
    for content in damaged:
        aside = content.parent.parent / REPLACED
        with suppress(FileNotFoundError, OSError):
            make_backup_folder(aside)
            os.rename(content, aside / f"{CONTENTS}-{at:%Y%m%d-%H%M%S}-{content.name}")
    try:
        made = back_up(file, at, "修复前")
    except TaizhangError as error:
        yield f"备份旁边的佐证内容没有重新备份：{error.message}"
        return
    yield from made.failures
    if made.contents_copied:
        yield f"已重新备份 {made.contents_copied} 份佐证内容"


def _tried(words: str, action: Any) -> str:
    try:
        action()
    except OSError as error:
        return f"没有做成：{words.removeprefix('已')}（{reason_of(error)}）"
    return words
