"""The date rule of an entry and the work calendar, asked inside a change: db.rules over this session's rows."""

from sqlmodel import Session, col, select

from db.errors import UnknownNameError
from db.models.ledger import Entry, Ledger
from db.models.notice import Deadline, Notice
from db.models.office import DayOffRow
from db.rules import said
from db.rules.calendar import DayOff, WorkCalendar
from db.rules.deadlines import deadline_row
from db.rules.rows import DeadlineRow


def ledger_of(session: Session, ledger_id: int | None) -> Ledger:
    """The ledger of that id. Raises UnknownNameError."""
    ledger = session.get(Ledger, ledger_id)
    if ledger is None:
        raise UnknownNameError("这本台账已不在文件里。", "请回到选择界面重新打开。")
    return ledger


def deadline_of(session: Session, entry: Entry) -> DeadlineRow | None:
    """The entry's deadline in its ledger's year, with its shift; None for an own task."""
    if entry.task_id is None:
        return None
    ledger = ledger_of(session, entry.ledger_id)
    notice = session.get_one(Notice, ledger.notice_id)
    rows = session.exec(
        select(Deadline).where(col(Deadline.task_id) == entry.task_id).order_by(col(Deadline.position))
    ).all()
    return deadline_row([_value(row) for row in rows], ledger.year, None, notice.year, entry.shift_confirmed)


def calendar_of(session: Session) -> WorkCalendar:
    """The file's work calendar."""
    rows = session.exec(select(DayOffRow)).all()
    return WorkCalendar(DayOff(row.day, row.kind, row.notice) for row in rows)  # type: ignore[arg-type]


def _value(row: Deadline) -> said.Deadline:
    return said.Deadline(
        text=row.text,
        kind=row.kind,  # type: ignore[arg-type]
        source=row.source,  # type: ignore[arg-type]
        quote=row.quote,
        month=row.month,
        day=row.day,
        year_offset=row.year_offset,
        start_month=row.start_month,
        start_day=row.start_day,
        party=row.party,
        ours=row.ours,
        recurrence=row.recurrence,
    )
