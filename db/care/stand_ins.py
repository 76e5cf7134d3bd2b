"""Rows that stand in the place of lost ones, so that the clerk's work that refers to them stays."""

import sqlite3
from typing import Any, Final

from db.care.salvage_words import TABLE_NAMES, Report
from db.seals import NOTICE_TABLES

_ROUNDS: Final = 5
"""A row that stands in may need another one itself: 记事, 事项, 台账, 通知."""
_MADE: Final = {
    "notice": (
        "INSERT INTO notice (id, plan, title, year, text, origin) VALUES (:id, 'lost-' || :id, '（通知读不出来）',"
        " coalesce((SELECT min(year) FROM ledger WHERE notice_id = :id), 2000), '（这份通知的文字读不出来）', 'office')"
    ),
    "task": (
        "INSERT INTO task (id, notice_id, position, number, requirement) VALUES (:id, coalesce((SELECT l.notice_id"
        " FROM entry e JOIN ledger l ON l.id = e.ledger_id WHERE e.task_id = :id), (SELECT min(id) FROM notice), 1),"
        " :id, '？' || :id, '（这项任务的要求读不出来，请查通知原文）')"
    ),
    "ledger": (
        "INSERT INTO ledger (id, notice_id, year, unit) VALUES (:id, coalesce((SELECT min(id) FROM notice), 1),"
        " coalesce((SELECT min(year) FROM notice), 2000), '（第 ' || :id || ' 本，单位读不出来）')"
    ),
    "entry": (
        "INSERT INTO entry (id, ledger_id, own_number, own_requirement, own_reason, status) VALUES (:id,"
        " coalesce((SELECT min(id) FROM ledger), 1), 900000 + :id, '（原事项读不出来，它的记事和佐证归到这里）',"
        " '抢救', 'in_progress')"
    ),
    "content": "INSERT INTO content (sha256, size) VALUES (:id, 1)",
}


def refer_to_what_is_there(connection: sqlite3.Connection, report: Report) -> None:
    """Make a row for each that others refer to and that is lost; where none can be made, the others go into words.

    In the caller's transaction, with foreign keys off. Raises sqlite3.Error.
    """
    is_whole = not _violations(connection)
    if is_whole and any(report.of(table).is_damaged for table in NOTICE_TABLES):
        # Every task is there: the next start brings the shipped notices to their readings again.
        connection.execute("UPDATE setting SET value = '' WHERE key = 'readings_digest'")
    for _ in range(_ROUNDS):
        broken = sorted({(table, parent, key) for table, _, parent, key in _violations(connection)})
        if not broken:
            return
        for table, parent, key in broken:
            _mend(connection, report, table, parent, key)


def _violations(connection: sqlite3.Connection) -> list[tuple[str, int | None, str, int]]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [row for row in rows if (row[0], row[2]) != ("history", "history")]


def _mend(connection: sqlite3.Connection, report: Report, table: str, parent: str, key: int) -> None:
    keys = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
    child, target = next((each[3], each[4] or "id") for each in keys if each[0] == key)
    lost = connection.execute(
        f'SELECT DISTINCT "{child}" FROM "{table}" WHERE "{child}" IS NOT NULL'
        f' AND "{child}" NOT IN (SELECT "{target}" FROM "{parent}")'
    ).fetchall()
    for (number,) in lost:
        if _made(connection, parent, number):
            if parent != "content":
                report.general.append(f"第 {number} 号{TABLE_NAMES[parent]}读不出来，新文件里用一行空的代替，请补填")
        else:
            _put_into_words(connection, report, table, child, number)


def _made(connection: sqlite3.Connection, parent: str, number: Any) -> bool:
    if parent not in _MADE:
        return False
    try:
        connection.execute(_MADE[parent], {"id": number})
    except sqlite3.IntegrityError:
        return False
    return True


def _put_into_words(connection: sqlite3.Connection, report: Report, table: str, child: str, number: Any) -> None:
    if table == "history":
        return
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE "{child}" = ?', (number,))
    names = [column[0] for column in cursor.description]
    for row in cursor.fetchall():
        report.refuse(table, dict(zip(names, row, strict=True)))
    connection.execute(f'DELETE FROM "{table}" WHERE "{child}" = ?', (number,))
