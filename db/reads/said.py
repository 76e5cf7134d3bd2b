"""What the notice of a ledger says, read back as the values of db.rules.notice."""

import sqlite3
from collections import defaultdict
from typing import Any

from db.rules.said import Deadline, Quota, Responsibility, Scope
from db.rules.value import value
from db.rules.words import UnitKind

_TASK = ("id", "position", "number", "section", "matter", "requirement", "assignment", "remark", "remark_source")
_DEADLINE = (
    "text",
    "kind",
    "source",
    "quote",
    "month",
    "day",
    "year_offset",
    "start_month",
    "start_day",
    "party",
    "ours",
    "recurrence",
)


@value
class TaskSaid:
    """One task as the document has it; id is the row's."""

    id: int
    position: int
    number: str
    section: str | None
    matter: str | None
    requirement: str
    assignment: str | None
    remark: str | None
    remark_source: str | None
    responsibilities: tuple[Responsibility, ...]
    deadlines: tuple[Deadline, ...]
    quotas: tuple[Quota, ...]


def roster_of(connection: sqlite3.Connection, notice_id: int) -> dict[str, UnitKind]:
    """The units of a notice and their kinds, in the order of the roster."""
    rows = connection.execute("SELECT name, kind FROM unit WHERE notice_id = ? ORDER BY position", (notice_id,))
    return dict(rows.fetchall())


def tasks_of(connection: sqlite3.Connection, notice_id: int) -> tuple[TaskSaid, ...]:
    """Every task of a notice, in its order."""
    responsibilities = responsibilities_of(connection, notice_id)
    deadlines = _deadlines(connection, notice_id)
    quotas = _quotas(connection, notice_id)
    rows = connection.execute(
        f"SELECT {', '.join(_TASK)} FROM task WHERE notice_id = ? ORDER BY position",
        (notice_id,),
    ).fetchall()
    return tuple(
        TaskSaid(
            **dict(zip(_TASK, row, strict=True)),
            responsibilities=tuple(responsibilities[row[0]]),
            deadlines=tuple(deadlines[row[0]]),
            quotas=tuple(quotas[row[0]]),
        )
        for row in rows
    )


def responsibilities_of(connection: sqlite3.Connection, notice_id: int) -> defaultdict[int, list[Responsibility]]:
    """The responsibilities of a notice, by the id of their task."""
    found: defaultdict[int, list[Responsibility]] = defaultdict(list)
    rows = connection.execute(
        "SELECT r.task_id, r.role, r.name, r.through, r.scope, r.listed, r.quote FROM responsibility r"
        " JOIN task t ON t.id = r.task_id WHERE t.notice_id = ? ORDER BY r.task_id, r.position",
        (notice_id,),
    ).fetchall()
    for task, role, name, through, scope, listed, quote in rows:
        found[task].append(Responsibility(role, name, through, Scope.stored(scope), bool(listed), quote))
    return found


def unit_quotas_of(connection: sqlite3.Connection, notice_id: int) -> tuple[Quota, ...]:
    """The quotas that bind every responsible unit."""
    return tuple(_quotas(connection, notice_id)[None])


def clock_rules_of(connection: sqlite3.Connection, notice_id: int) -> list[tuple[Any, ...]]:
    """days, day_kind, direction, bound, trigger, action, quote and the task's number (None: of all) of each rule."""
    return connection.execute(
        'SELECT c.days, c.day_kind, c.direction, c.bound, c."trigger", c.action, c.quote, t.number'
        " FROM clock_rule c LEFT JOIN task t ON t.id = c.task_id WHERE c.notice_id = ? ORDER BY c.position",
        (notice_id,),
    ).fetchall()


def rules_of(connection: sqlite3.Connection, notice_id: int) -> list[tuple[Any, ...]]:
    """kind and text of each sentence that binds everybody."""
    return connection.execute(
        "SELECT kind, text FROM rule WHERE notice_id = ? ORDER BY position", (notice_id,)
    ).fetchall()


def _deadlines(connection: sqlite3.Connection, notice_id: int) -> defaultdict[int, list[Deadline]]:
    found: defaultdict[int, list[Deadline]] = defaultdict(list)
    rows = connection.execute(
        f"SELECT d.task_id, {', '.join(f'd.{column}' for column in _DEADLINE)} FROM deadline d"
        " JOIN task t ON t.id = d.task_id WHERE t.notice_id = ? ORDER BY d.task_id, d.position",
        (notice_id,),
    ).fetchall()
    for task, *values in rows:
        said = dict(zip(_DEADLINE, values, strict=True))
        found[task].append(Deadline(**{**said, "ours": bool(said["ours"])}))
    return found


def _quotas(connection: sqlite3.Connection, notice_id: int) -> defaultdict[int | None, list[Quota]]:
    found: defaultdict[int | None, list[Quota]] = defaultdict(list)
    rows = connection.execute(
        "SELECT task_id, target, counter, period, quote FROM quota WHERE notice_id = ? ORDER BY position",
        (notice_id,),
    ).fetchall()
    for task, target, counter, period, quote in rows:
        found[task].append(Quota(target, counter, period, quote))
    return found
