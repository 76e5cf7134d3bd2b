"""What can still be read of a damaged ledger file, put into a new one. The damaged file is never written, nor believed.

Its pages are read without SQLite: no trigger or view of it runs, and no damage ends the reading. The clerk's rows come
back from the 办理流水, whose hashes say which of it is right; what is gone comes from the newest good backup.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from db.backup_names import as_text
from db.care.chronicle import Chronicle, chronicle, in_their_places
from db.care.contents import content_folders, sources_for
from db.care.counts import Counts, counts_of
from db.care.evidence_saved import save_evidence
from db.care.finding import Backup, backups_of, known_second_place, verified
from db.care.known import known_tables
from db.care.line_repair import repaired
from db.care.opened import opened_backup
from db.care.own_errors import own_errors
from db.care.pages import USUAL_SIZE, Pages
from db.care.rebuilding import SALVAGE, Rebuilding
from db.care.rolled_back import before_the_last_change, history_of
from db.care.salvage_words import Report, numbered
from db.care.stand_ins import refer_to_what_is_there
from db.care.tables_read import read_tables
from db.care.trees import FileRead
from db.chain import Head, append, broken_links
from db.connecting import open_writer
from db.errors import DamagedError, TaizhangError
from db.folder import move_without_overwriting, one_name, sync_file
from db.opening import check_header, check_kind, check_structure, check_tables
from db.places import local_backups
from db.reads.check_work import WORK_TABLES
from db.rules.evidence import Progress
from db.rules.value import value
from db.seals import seal
from db.steps import apply_steps, new_identity
from db.swap import locked
from db.temporaries import remove_temporaries, temporary

_SUBJECT: Final = "file:salvage"
_ROWS_A_PAGE: Final = 40
"""More rows of the history than a lost page can have held."""
_NOT_SALVAGED: Final = "没有抢救成：{folder} 写不进去或读不出来（{reason}）。原文件没有改变。"
_TRY_AGAIN: Final = "请检查磁盘空间和权限；也可以把文件复制到别的磁盘再抢救。"


@value
class Salvaged:
    """path: the new file, whole, in the folder of the damaged one; lines: what could not be read or differs, in
    Chinese, () where everything was there; counts: what the new file holds; head: the newest row of its history;
    missing: the names of evidence whose content is nowhere."""

    path: Path
    lines: tuple[str, ...]
    counts: Counts
    head: Head
    missing: tuple[str, ...]


def salvage(path: Path, at: datetime, progress: Progress | None = None) -> Salvaged:
    """Put what can be read of the file at `path` into a new ledger file beside it; the file itself stays as it is.

    Nobody in this process may have it open. The new file passes every check of the opening; swapping.swap_in puts it in
    the place of the damaged one. progress is told bytes of evidence, done and of how many. Raises FileRefusedError (no
    file, or empty), DamagedError (nothing of a ledger is in it), FileLockedError, NotSavedError, and what
    `progress` raises.
    """
    path = one_name(path)
    check_kind(path)
    lock = locked(path, at)
    try:
        remove_temporaries(path.parent)
        with (
            own_errors(path, _NOT_SALVAGED, _TRY_AGAIN),
            before_the_last_change(path) as source,
            temporary(path.parent) as new,
        ):
            with _opened(source) as (pages, read):
                salvaged = _made(path, new, pages, read, at, progress)
            sync_file(new)
            return _named(salvaged, new, path, at)
    finally:
        lock.release()


@contextmanager
def _opened(source: Path) -> Iterator[tuple[Pages, FileRead]]:
    """The pages and what was read of them; where the header lies about the size of a page, by the usual one."""
    pages = Pages(source)
    try:
        read = read_tables(pages, known_tables())
        if pages.size != USUAL_SIZE and not _has_content(read):
            pages.close()
            pages = Pages(source, USUAL_SIZE)
            read = read_tables(pages, known_tables())
        yield pages, read
    finally:
        pages.close()


def _has_content(read: FileRead) -> bool:
    return any(read.rows(name) for name in ("history", "notice", *WORK_TABLES))


def _made(path: Path, new: Path, pages: Pages, read: FileRead, at: datetime, progress: Progress | None) -> Salvaged:
    """Fill the new file in one transaction, and check it."""
    backup, rows = _newest_good(path, *history_of(read))
    if not _has_content(read):
        raise DamagedError(
            f"{path} 里没有读出任何台账内容，没有生成新文件。",
            "请从备份恢复" + (f"：最近的一份是 {backup.path.name}。" if backup else "；没有找到备份。"),
        )
    report = Report()
    found = _chronicle(pages, read, rows, report)
    identity = found.identity or new_identity()
    connection = open_writer(new)
    try:
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        apply_steps(connection, 0, identity)
        connection.execute("BEGIN IMMEDIATE")
        rebuilding = Rebuilding(connection, read, rows, found, report)
        rebuilding.put_history(identity)
        rebuilding.put_sealed()
        rebuilding.put_work()
        with sources_for(path, content_folders(path, connection)) as sources:
            missing = save_evidence(connection, pages, read, rows, sources, report, progress)
        refer_to_what_is_there(connection, report)
        _tell(rebuilding, backup, at)
        connection.execute("COMMIT")
        head = _verified(connection, new)
        return Salvaged(new, report.lines(), counts_of(connection), head, missing)
    finally:
        connection.close()


def _newest_good(
    path: Path, identity: str | None, history: dict[int, tuple[Any, ...]]
) -> tuple[Backup | None, dict[str, list[dict[str, Any]]]]:
    """The newest backup of the same file that passes every check, and its rows by table; {} where there is none."""
    here = local_backups()
    for backup in backups_of(path, known_second_place(path, here), here):
        checked = verified(backup)
        if checked.problem is not None or not checked.identity:
            continue
        with suppress(TaizhangError, OSError), opened_backup(checked.path) as connection:
            rows = {name: _all(connection, name) for name in _tables(connection)}
            if checked.identity == identity or _is_of(identity, history, rows["history"]):
                return checked, rows
    return None, {}


def _is_of(identity: str | None, history: dict[int, tuple[Any, ...]], rows: list[dict[str, Any]]) -> bool:
    """Whether a backup is of the file whose identity may be damaged: one hash of a row is the same, or none is left."""
    if identity is None and not history:
        return True
    return any(row["seq"] in history and row["hash"] == history[row["seq"]][-1] for row in rows)


def _tables(connection: sqlite3.Connection) -> list[str]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
    return [name for name in known_tables() if name in there and name != "piece"]


def _all(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _chronicle(pages: Pages, read: FileRead, rows: dict[str, list[dict[str, Any]]], report: Report) -> Chronicle:
    """The history, and in words what of it is gone."""
    table = read.tables["history"]
    identity, own = history_of(read)
    most_lost = table.lost_rows + table.lost_pages * _ROWS_A_PAGE
    if table.is_missing:
        most_lost = pages.length // _ROWS_A_PAGE
    standing = {name: {row["id"]: row for row in read.rows(name).values()} for name in WORK_TABLES}
    placed = repaired(identity, in_their_places(identity, own, most_lost), standing)
    given = next((row["seq"] for row in read.rows("sqlite_sequence").values() if row["name"] == "history"), 0)
    last = given if isinstance(given, int) and given <= max(placed, default=0) + most_lost else 0
    theirs = next((row["id"] for row in rows.get("identity", ())), None)
    kept = {row["seq"]: tuple(row[name] for name in _history_columns()) for row in rows.get("history", ())}
    found = chronicle(identity, placed, last, theirs, kept)
    told = report.of("history")
    told.pages, told.unread = table.lost_pages, table.lost_rows + len(table.misfits) + len(own) - len(placed)
    told.loose, told.from_backup = table.loose, len(found.from_backup)
    known = {*found.rows, *(() if found.identity is None else (0,))}
    wrong = [line.seq for line in found.lines() if line.hash and not line.sound and line.seq - 1 in known]
    if found.identity is None and found.rows:
        report.general.append("文件的标识读不出来，换了新的：纸上的流水校验码与新文件对不上了")
    if found.missing:
        report.general.append(f"办理流水{numbered(found.missing)}哪里都读不出来，留了空行")
    if wrong:
        report.general.append(f"办理流水{numbered(wrong)}的文字或校验码坏了，照读到的保留，请核对")
    if found.last_given > found.newest:
        read_so_far = f"读到第 {found.newest} 条" if found.newest else "一条也读不出来"
        report.general.append(f"办理流水{read_so_far}，而编号已用到第 {found.last_given} 条：后面的没有了")
    return found


def _history_columns() -> tuple[str, ...]:
    return known_tables()["history"].columns


def _tell(rebuilding: Rebuilding, backup: Backup | None, at: datetime) -> None:
    """The events of the salvage, the last numbers and the seals."""
    moment, report, found = at.isoformat(timespec="seconds"), rebuilding.report, rebuilding.chronicle
    if any(told.from_backup for told in report.tables.values()) and backup is not None:
        report.general.insert(0, f"补回的内容取自 {backup.at:%Y-%m-%d %H:%M} 的备份 {as_text(backup.path.name)}")
    rebuilding.tell_work(moment)
    former = found.rows[found.newest] if found.rows else None
    told = {
        "former": None if former is None else Head(found.newest, former[-1] or "0" * 64).stamp,
        "backup": as_text(backup.path.name) if backup else None,
        "missing": list(found.missing),
        "lines": list(report.lines()),
        "rows": report.rows,
    }
    words = json.dumps(told, ensure_ascii=False, sort_keys=True, default=bytes.hex)
    append(rebuilding.connection, at=moment, step=SALVAGE, subject=_SUBJECT, after=words)
    rebuilding.set_last_numbers()
    seal(rebuilding.connection)


def _verified(connection: sqlite3.Connection, new: Path) -> Head:
    """As the opening would, and the chain. Returns the head."""
    check_structure(connection, new, check_header(connection, new))
    check_tables(connection, new)
    if broken := broken_links(connection):
        raise DamagedError(
            f"抢救出来的办理流水{numbered(broken)}接不上，没有留下新文件。", "请从备份恢复，并反馈这句话。"
        )
    seq, stored = connection.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(seq, stored)


def _named(salvaged: Salvaged, new: Path, path: Path, at: datetime) -> Salvaged:
    """Give the new file its name, never one that is taken."""
    for turn in range(1, 1000):
        behind = f"-{turn}" if turn > 1 else ""
        target = path.with_name(f"{path.stem}-抢救-{at:%Y%m%d-%H%M%S}{behind}{path.suffix}")
        with suppress(FileExistsError):
            move_without_overwriting(new, target)
            return Salvaged(target, salvaged.lines, salvaged.counts, salvaged.head, salvaged.missing)
    raise FileExistsError(path)
