"""办理流水: what was done, by whom, and what undo and redo would take back."""

import json
import sqlite3

from db.file import LedgerFile
from db.rules.rows import HistoryRow, Step
from db.rules.undo import Group, stacks
from db.rules.words import STEP_NAMES

_ROW = "SELECT seq, group_id, at, officer, verb, subject, before, after, undoes FROM history"


def history(file: LedgerFile, ledger_id: int, entry_id: int | None = None) -> tuple[HistoryRow, ...]:
    """The history of a ledger, or of one entry with its notes, newest first."""
    with file.reading() as connection:
        if entry_id is None:
            rows = connection.execute(f"{_ROW} WHERE ledger_id = ? ORDER BY seq DESC", (ledger_id,)).fetchall()
        else:
            # Only of a note that was taken out the images have to be opened: they still name its entry.
            rows = connection.execute(
                f"{_ROW} WHERE ledger_id = ?1 AND (subject = ?2"
                " OR subject IN (SELECT 'note:' || id FROM note WHERE entry_id = ?3)"
                " OR (subject GLOB 'note:*' AND subject NOT IN (SELECT 'note:' || id FROM note)"
                " AND json_extract(coalesce(after, before), '$.entry_id') = ?3)) ORDER BY seq DESC",
                (ledger_id, f"entry:{entry_id}", entry_id),
            ).fetchall()
    return tuple(_row(*row) for row in rows)


def undoable(file: LedgerFile, ledger_id: int) -> Step | None:
    """The change that undo would take back."""
    with file.reading() as connection:
        groups = _groups(connection, ledger_id)
        stack = stacks(groups)[0]
        return _step(connection, groups, stack[-1]) if stack else None


def redoable(file: LedgerFile, ledger_id: int) -> Step | None:
    """The undone change that redo would do again."""
    with file.reading() as connection:
        groups = _groups(connection, ledger_id)
        stack = stacks(groups)[1]
        return _step(connection, groups, stack[-1]) if stack else None


def step(file: LedgerFile, ledger_id: int, group_id: int) -> Step:
    """The step that a group was, by the name of the change it came from."""
    with file.reading() as connection:
        return _step(connection, _groups(connection, ledger_id), group_id)


def _groups(connection: sqlite3.Connection, ledger_id: int) -> list[Group]:
    rows = connection.execute(
        "SELECT h.group_id, min(h.step), max(t.group_id) FROM history h LEFT JOIN history t ON t.seq = h.undoes"
        " WHERE h.ledger_id = ? GROUP BY h.group_id ORDER BY h.group_id",
        (ledger_id,),
    ).fetchall()
    return [Group(*row) for row in rows]


def _step(connection: sqlite3.Connection, groups: list[Group], group_id: int) -> Step:
    by_id = {group.id: group for group in groups}
    origin = by_id[group_id]
    while origin.takes_back is not None:
        origin = by_id[origin.takes_back]
    rows = connection.execute(
        "SELECT subject, coalesce(after, before), at FROM history WHERE group_id = ? ORDER BY seq", (origin.id,)
    ).fetchall()
    touched: dict[int, None] = {}
    for subject, stored, _ in rows:
        table, number = subject.split(":")
        if table == "entry":
            touched[int(number)] = None
        elif table == "note":
            touched[int(json.loads(stored)["entry_id"])] = None
    name = STEP_NAMES.get(origin.step, origin.step)
    if len(touched) > 1:
        name = f"{name} {len(touched)} 项"
    elif touched:
        name = f"{name}（第 {_number(connection, next(iter(touched)))} 项）"
    return Step(name, tuple(touched), rows[0][2])


def _number(connection: sqlite3.Connection, entry_id: int) -> str:
    """The number of an entry, of one that was taken out too: its last image still has it."""
    row = connection.execute(
        "SELECT coalesce(t.number, '自' || e.own_number) FROM entry e LEFT JOIN task t ON t.id = e.task_id"
        " WHERE e.id = ?",
        (entry_id,),
    ).fetchone()
    if row is None:
        row = connection.execute(
            "SELECT '自' || json_extract(coalesce(after, before), '$.own_number') FROM history"
            " WHERE subject = ? ORDER BY seq DESC LIMIT 1",
            (f"entry:{entry_id}",),
        ).fetchone()
    return str(row[0])


def _row(
    seq: int,
    group: int,
    at: str,
    officer: str | None,
    verb: str,
    subject: str,
    before: str | None,
    after: str | None,
    undoes: int | None,
) -> HistoryRow:
    return HistoryRow(
        seq,
        group,
        at,
        officer,
        verb,
        subject,
        json.loads(before) if before else None,
        json.loads(after) if after else None,
        undoes,
    )
