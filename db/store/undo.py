"""Undo and redo: the images of a group put back as a new group, exactly, or not at all."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, inspect, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from db.errors import ConflictError
from db.file import LedgerFile
from db.models.counting import Clock, Count, Item, Occurrence, Publication, ReportState
from db.models.evidence import Evidence
from db.models.ledger import Entry, Ledger, Note
from db.models.office import History
from db.rules.history_words import differing, row_noun
from db.rules.undo import REDO, UNDO, Group, next_redo, next_undo
from db.rules.words import STEP_NAMES
from db.store.change import Change, change

_MODELS: tuple[type[SQLModel], ...] = (
    *(Ledger, Entry, Note),
    *(Publication, Item, Count, Occurrence, Clock, ReportState),
    Evidence,
)
_TABLES: dict[str, Table] = {table.name: table for table in (inspect(model).local_table for model in _MODELS)}

_ENDS = text("SELECT min(seq), max(seq) FROM history WHERE group_id = :group")
_LOST = text("SELECT 1 FROM history WHERE step = 'lost' AND seq BETWEEN :first AND :last")

_Image = dict[str, Any] | None

_NEWEST = text(
    """
    SELECT h.group_id, min(h.step), max(t.group_id)
    FROM history h LEFT JOIN history t ON t.seq = h.undoes
    WHERE h.ledger_id = :ledger AND h.group_id < :below GROUP BY h.group_id ORDER BY h.group_id DESC LIMIT 1
    """
)


def undo(file: LedgerFile, ledger_id: int, at: datetime) -> int | None:
    """Take back the newest change of this ledger. Returns the group taken back, or None if there is none."""
    return _take_back(file, ledger_id, UNDO, at)


def redo(file: LedgerFile, ledger_id: int, at: datetime) -> int | None:
    """Take the newest undo back. Returns the group that was undone again, or None if there is none."""
    return _take_back(file, ledger_id, REDO, at)


def _take_back(file: LedgerFile, ledger_id: int, verb: str, at: datetime) -> int | None:
    with change(file, ledger_id, verb, at) as open_change:
        target = _next(open_change.session, ledger_id, verb)
        if target is None:
            return None
        _refuse_torn(open_change.session, target, verb)
        for row in _rows_of(open_change.session, ledger_id, target):
            _put_back(open_change, row)
        return target


def _next(session: Session, ledger_id: int, verb: str) -> int | None:
    def newest(below: int) -> Group | None:
        row = session.execute(_NEWEST, {"ledger": ledger_id, "below": below}).first()
        return None if row is None else Group(*row)

    return next_undo(newest) if verb == UNDO else next_redo(newest)


def _rows_of(session: Session, ledger_id: int, group_id: int) -> Sequence[History]:
    of_group = (col(History.ledger_id) == ledger_id, col(History.group_id) == group_id)
    return session.exec(select(History).where(*of_group).order_by(col(History.seq).desc())).all()


def _refuse_torn(session: Session, group_id: int, verb: str) -> None:
    """A row that a salvage could not read (db.care.chronicle.LOST) may be one of this group: half a step is none."""
    first, last = session.execute(_ENDS, {"group": group_id}).one()
    if session.execute(_LOST, {"first": first - 1, "last": last + 1}).first() is not None:
        raise ConflictError(
            f"不能{STEP_NAMES[verb]}：这一步在办理流水里有一条读不出来（抢救时留了空行），只能退回一半。",
            "内容没有改变；请直接修改有关的项。",
        )


def _put_back(open_change: Change, row: History) -> None:
    """Bring one row to its `before`, if it stands as the change left it."""
    name, number = row.subject.split(":")
    table = _TABLES[name]
    session = open_change.session
    found = session.connection().execute(text(f'SELECT * FROM "{table.name}" WHERE id = :id'), {"id": int(number)})
    current = next((dict(values) for values in found.mappings()), None)
    before, after = _image(row.before), _image(row.after)
    # Only what the image holds: a later schema step may have added columns.
    stands = None if current is None or after is None else {name: current.get(name) for name in after}
    if stands != after or (current is None) != (after is None):
        raise _conflict(open_change, name, after, current)
    raw = _raw(table)
    try:
        if before is None:
            session.connection().execute(delete(raw).where(raw.c.id == int(number)))
        elif after is None:
            session.connection().execute(insert(raw).values(before))
        else:
            session.connection().execute(update(raw).where(raw.c.id == int(number)).values(before))
    except IntegrityError as error:
        # Another row has taken what may stand once (a period, a report), or what it belonged to is gone.
        raise _conflict(open_change, name, after, current) from error
    open_change.record(row.subject, after, before, undoes=row.seq, entry_id=row.entry_id)


def _conflict(open_change: Change, table: str, left: _Image, stands: _Image) -> ConflictError:
    """Says both versions: what the step left behind, and what stands there now."""
    what = STEP_NAMES[open_change.verb]
    return ConflictError(
        f"不能{what}：{row_noun(table)}之后又被改动过，与当时留下的内容不一致。{differing(table, left, stands)}",
        "内容没有改变；请直接修改这一项。",
    )


def _raw(table: Table) -> Any:
    """The table by its column names alone: images hold what stands in the file, not Python's values."""
    from sqlalchemy import column as plain_column
    from sqlalchemy import table as plain_table

    return plain_table(table.name, *(plain_column(item.name) for item in table.columns))


def _image(text_of_image: str | None) -> dict[str, Any] | None:
    return None if text_of_image is None else dict(json.loads(text_of_image))
