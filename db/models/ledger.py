"""The ledger side: one unit's year over one notice, and all that the clerk adds."""

from datetime import date

from sqlmodel import SQLModel

from db.models.columns import NUMBERED, day_column, integer_column, key_column, text_column, truth_column


class Ledger(SQLModel, table=True):
    """台账."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    notice_id: int = integer_column(foreign_key="notice.id")
    year: int = integer_column()
    unit: str = text_column()
    officer: str | None = text_column(default=None)


class Entry(SQLModel, table=True):
    """台账条目: of a task, or an own one (自增事项: own_number, own_requirement, own_due, own_reason)."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    ledger_id: int = integer_column(foreign_key="ledger.id")
    task_id: int | None = integer_column(default=None, foreign_key="task.id")
    own_number: int | None = integer_column(default=None)
    own_requirement: str | None = text_column(default=None)
    own_due: date | None = day_column(default=None)
    own_reason: str | None = text_column(default=None)
    status: str = text_column(default="not_started")
    done_on: date | None = day_column(default=None)
    what_was_done: str | None = text_column(default=None)
    reason: str | None = text_column(default=None)
    decision: str | None = text_column(default=None)
    adjusted_due: date | None = day_column(default=None)
    adjusted_reason: str | None = text_column(default=None)
    shift_confirmed: bool = truth_column(default=False)


class Note(SQLModel, table=True):
    """办理记事."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    entry_id: int = integer_column(foreign_key="entry.id")
    at: str = text_column()
    officer: str | None = text_column(default=None)
    text: str = text_column()
