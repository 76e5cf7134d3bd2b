"""How a task reaches the ledger's unit, asked inside a change: the rule of db.rules.reach over this session's rows."""

from sqlmodel import Session, col, select

from db.errors import InvalidInputError, UnknownNameError
from db.models.ledger import Entry, Ledger
from db.models.notice import Responsibility, Unit
from db.rules import said
from db.rules.reach import reach, with_decision
from db.rules.words import Applicability


def applicability_of(session: Session, entry: Entry, *, decided: bool = True) -> Applicability:
    """Whether an entry is ours, possible or not_ours; with decided False as if the clerk had not settled it."""
    if entry.task_id is None:
        return "ours"
    ledger = session.get(Ledger, entry.ledger_id)
    if ledger is None:
        raise UnknownNameError("这本台账已不在文件里。")
    rows = session.exec(
        select(Responsibility)
        .where(col(Responsibility.task_id) == entry.task_id)
        .order_by(col(Responsibility.position))
    ).all()
    roster = dict(session.exec(select(Unit.name, Unit.kind).where(col(Unit.notice_id) == ledger.notice_id)).all())
    reached = reach([_value(row) for row in rows], ledger.unit, roster)  # type: ignore[arg-type]
    return with_decision(reached, entry.decision if decided else None)  # type: ignore[arg-type]


def refuse_not_ours(session: Session, entry: Entry, doing: str) -> None:
    """Refuse what cannot be done (`doing`) to an entry that is not this unit's."""
    if applicability_of(session, entry) == "not_ours":
        raise InvalidInputError(
            f"非本单位的事项不能{doing}。", "如果其实要办，请先恢复或确认为本单位。没有改变任何事项。"
        )


def _value(row: Responsibility) -> said.Responsibility:
    scope = said.Scope.stored(row.scope)
    return said.Responsibility(row.role, row.name, row.through, scope, row.listed, row.quote)  # type: ignore[arg-type]
