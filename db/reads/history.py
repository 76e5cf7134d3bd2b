"""办理流水: what was done, by whom, and what undo and redo would take back."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Final

from db.file import LedgerFile
from db.rules.rows import HistoryRow, Step
from db.rules.undo import Group, next_redo, next_undo
from db.rules.words import STEP_NAMES

_COUNTED: Final = {
    "publish": ("publication:", "条"),
    "remove_publication": ("publication:", "条"),
    "attach": ("evidence:", "件"),
    "detach": ("evidence:", "件"),
}
"""The steps that say of how many things they were, what those are, and how they are counted."""
_CALLED: Final = 20
"""How many characters of a title name a step."""

_GROUPS: Final = (
    "SELECT h.group_id, min(h.step), max(t.group_id) FROM history h LEFT JOIN history t ON t.seq = h.undoes"
)
_ROW = "SELECT seq, group_id, at, officer, verb, subject, before, after, undoes FROM history"


def history(file: LedgerFile, ledger_id: int, entry_id: int | None = None) -> tuple[HistoryRow, ...]:
    """The history of a ledger, or of one entry with all that hangs on it, newest first."""
    with file.reading() as connection:
        return history_of(connection, ledger_id, entry_id)


def history_of(connection: sqlite3.Connection, ledger_id: int, entry_id: int | None = None) -> tuple[HistoryRow, ...]:
    """The same over an open connection."""
    # What was done to the whole file (a restore, a mending) stands in each of its ledgers.
    asked, values = ("(ledger_id = ? OR subject GLOB 'file:*')", [ledger_id])
    if entry_id is not None:
        asked, values = "ledger_id = ? AND entry_id = ?", [ledger_id, entry_id]
    rows = connection.execute(f"{_ROW} WHERE {asked} ORDER BY seq DESC", values).fetchall()
    return tuple(_row(*row) for row in rows)


def newest_at(file: LedgerFile) -> str | None:
    """When the newest row of the whole file's history was written (ISO, UTC+8); None where there is none."""
    with file.reading() as connection:
        found = connection.execute("SELECT at FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return found[0] if found else None


def undoable(file: LedgerFile, ledger_id: int) -> Step | None:
    """The change that undo would take back."""
    with file.reading() as connection:
        target = next_undo(_newest(connection, ledger_id))
        return None if target is None else _step(connection, ledger_id, target)


def redoable(file: LedgerFile, ledger_id: int) -> Step | None:
    """The undone change that redo would do again."""
    with file.reading() as connection:
        target = next_redo(_newest(connection, ledger_id))
        return None if target is None else _step(connection, ledger_id, target)


def step(file: LedgerFile, ledger_id: int, group_id: int) -> Step:
    """The step that a group was, by the name of the change it came from."""
    with file.reading() as connection:
        return _step(connection, ledger_id, group_id)


def _newest(connection: sqlite3.Connection, ledger_id: int) -> Callable[[int], Group | None]:
    def newest(below: int) -> Group | None:
        found = connection.execute(
            f"{_GROUPS} WHERE h.ledger_id = ? AND h.group_id < ? GROUP BY h.group_id ORDER BY h.group_id DESC LIMIT 1",
            (ledger_id, below),
        ).fetchone()
        return None if found is None else Group(*found)

    return newest


def _step(connection: sqlite3.Connection, ledger_id: int, group_id: int) -> Step:
    of_group = f"{_GROUPS} WHERE h.ledger_id = ? AND h.group_id = ? GROUP BY h.group_id"
    origin = Group(*connection.execute(of_group, (ledger_id, group_id)).fetchone())
    while origin.takes_back is not None:
        origin = Group(*connection.execute(of_group, (ledger_id, origin.takes_back)).fetchone())
    rows = connection.execute(
        "SELECT subject, coalesce(after, before), at, entry_id FROM history"
        " WHERE ledger_id = ? AND group_id = ? ORDER BY seq",
        (ledger_id, origin.id),
    ).fetchall()
    touched = tuple(dict.fromkeys(entry for *_, entry in rows if entry is not None))
    name = STEP_NAMES.get(origin.step, origin.step)
    things, counter = _COUNTED.get(origin.step, ("", ""))
    about = [image for subject, image, *_ in rows if subject.startswith(things)]
    if counter and len(about) > 1:
        name = f"{name} {len(about)} {counter}"
    elif len(touched) > 1:
        name = f"{name} {len(touched)} 项"
    if len(touched) == 1:
        name = f"{name}（第 {_number(connection, touched[0])} 项）"
    elif not touched and len(about) == 1:
        name += _called(json.loads(about[0]))
    return Step(name, touched, rows[0][2])


def _called(image: Mapping[str, object]) -> str:
    """What a thing is called that belongs to no entry: a report, a clock, a publication of the unit, its evidence."""
    words = next((str(image[key]) for key in ("title", "subject", "what", "name") if image.get(key)), "")
    return f"（{words if len(words) <= _CALLED else words[: _CALLED - 1] + '…'}）" if words else ""


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
