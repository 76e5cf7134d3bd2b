"""自增事项: what the leader telephones and no notice says, marked as the clerk's own everywhere."""

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from db.errors import InvalidInputError
from db.file import LedgerFile
from db.models.counting import Clock, Count, Item, Occurrence, Publication
from db.models.evidence import Evidence
from db.models.ledger import Entry, Note
from db.models.office import History
from db.store.change import Change, change
from db.store.inputs import OwnTask, validated


def add_own(file: LedgerFile, ledger_id: int, *, requirement: str, due: date | None, reason: str, at: datetime) -> int:
    """Add an own task. Returns the entry's id; its number is one that this ledger has never given."""
    given = validated(OwnTask, requirement=requirement, due=due, reason=reason)
    with change(file, ledger_id, "add_own", at) as open_change:
        entry = open_change.add(
            Entry(
                ledger_id=ledger_id,
                own_number=_next_number(open_change),
                own_requirement=given.requirement,
                own_due=given.due,
                own_reason=given.reason,
            )
        )
        if entry.id is None:
            raise InvalidInputError("自增事项没有保存。")
        return entry.id


def edit_own(
    file: LedgerFile, ledger_id: int, entry_id: int, *, requirement: str, due: date | None, reason: str, at: datetime
) -> None:
    """Change an own task's words, date or reason."""
    given = validated(OwnTask, requirement=requirement, due=due, reason=reason)
    with change(file, ledger_id, "edit_own", at) as open_change:
        entry = _own(open_change, entry_id)
        with open_change.edit(entry):
            entry.own_requirement = given.requirement
            entry.own_due = given.due
            entry.own_reason = given.reason


def remove_own(file: LedgerFile, ledger_id: int, entry_id: int, *, at: datetime) -> None:
    """Take an own task out with all that hangs on it; undo brings all back.

    What was published stays, as the unit's, with what is attached to it.
    """
    with change(file, ledger_id, "remove_own", at) as open_change:
        entry = _own(open_change, entry_id)
        session = open_change.session
        for publication in session.exec(select(Publication).where(col(Publication.entry_id) == entry_id)).all():
            with open_change.edit(publication):
                publication.entry_id = None
        # A count may be of an item, so it goes before.
        for table in (Note, Count, Item, Occurrence, Clock, Evidence):
            for row in session.exec(select(table).where(col(table.entry_id) == entry_id)).all():
                open_change.remove(row)
        open_change.remove(entry)


def _own(open_change: Change, entry_id: int) -> Entry:
    entry = open_change.entry(entry_id)
    if entry.own_number is None:
        raise InvalidInputError(
            "通知里的事项不能改写或删除，只有自增事项可以。", "不用办的事项请标为不适用并写明理由。"
        )
    return entry


def _next_number(open_change: Change) -> int:
    # The number of a removed own task is never given to another; one whose adding was undone is free again.
    session, ledger_id = open_change.session, open_change.ledger_id
    standing = session.exec(select(func.max(Entry.own_number)).where(col(Entry.ledger_id) == ledger_id)).one()
    removed = session.exec(
        select(func.max(func.json_extract(History.before, "$.own_number"))).where(
            col(History.ledger_id) == ledger_id, col(History.verb) == "remove_own"
        )
    ).one()
    return int(max(standing or 0, removed or 0)) + 1
