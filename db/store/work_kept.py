"""Work stays in the list of its ledger, whatever a later reading of the notice says of whose the task is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.models.ledger import Entry, Ledger
from db.models.notice import Task
from db.models.office import Draft, History
from db.store.change import Change, beside
from db.store.reaching import applicability_of


@dataclass(frozen=True, slots=True)
class Stayed:
    """An entry that the new reading gives to others and that stays for its work: unit and year of its ledger, number of
    its task as it is now."""

    unit: str
    year: int
    number: str


def was_worked_on(session: Session, entry: Entry) -> bool:
    """Whether the clerk ever changed the entry or what hangs on it (also if undone: redo needs it), or has typed."""
    changed = select(History.seq).where(col(History.entry_id) == entry.id, col(History.ledger_id).is_not(None))
    typed = select(Draft.ledger_id).where(col(Draft.entry_id) == entry.id)
    return any(session.exec(asked.limit(1)).first() is not None for asked in (changed, typed))


def visible_work(session: Session, notice_id: int) -> list[Entry]:
    """The entries of the notice that were worked on and are in their ledger's list, by ledger."""
    of_notice = (
        select(Entry)
        .join(Task, col(Task.id) == col(Entry.task_id))
        .where(col(Task.notice_id) == notice_id)
        .order_by(col(Entry.ledger_id), col(Task.position))
    )
    return [
        entry
        for entry in session.exec(of_notice).all()
        if was_worked_on(session, entry) and applicability_of(session, entry) != "not_ours"
    ]


def keep_visible(open_change: Change, entries: Sequence[Entry]) -> tuple[Stayed, ...]:
    """Decide 本单位 on those that the notice as it now stands would take out of their ledger's list: an undo step of
    each ledger, as if the clerk had done it."""
    session = open_change.session
    steps: dict[int, Change] = {}
    stayed = []
    for entry in entries:
        if applicability_of(session, entry) != "not_ours":
            continue
        if entry.ledger_id not in steps:
            steps[entry.ledger_id] = beside(open_change, entry.ledger_id, "ours")
        with steps[entry.ledger_id].edit(entry):
            entry.decision = "ours"
        ledger, task = session.get_one(Ledger, entry.ledger_id), session.get_one(Task, entry.task_id)
        stayed.append(Stayed(ledger.unit, ledger.year, task.number))
    return tuple(stayed)
