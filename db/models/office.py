"""What belongs to the file: settings, days off, the history, drafts and places."""

from datetime import date

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel

from db.models.columns import NUMBERED, STRICT, UNNUMBERED, IsoDay, integer_column, text_column


class Setting(SQLModel, table=True):
    """One value by its key."""

    __table_args__ = UNNUMBERED
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = text_column()


class DayOffRow(SQLModel, table=True):
    """放假调休: a day off, or a working weekend day. origin is `shipped` or `office`."""

    __tablename__ = "day_off"
    __table_args__ = UNNUMBERED
    day: date = Field(primary_key=True, sa_type=IsoDay)
    kind: str = text_column()
    notice: str = text_column()
    origin: str = text_column()


class History(SQLModel, table=True):
    """办理流水: append-only. step names the group; before and after are row images as JSON."""

    __table_args__ = NUMBERED
    seq: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    group_id: int = integer_column()
    ledger_id: int | None = integer_column(default=None, foreign_key="ledger.id")
    at: str = text_column()
    officer: str | None = text_column(default=None)
    step: str = text_column()
    verb: str = text_column()
    subject: str = text_column()
    before: str | None = text_column(default=None)
    after: str | None = text_column(default=None)
    undoes: int | None = integer_column(default=None, foreign_key="history.seq")


class Draft(SQLModel, table=True):
    """Text typed and not saved yet. entry_id 0: of the ledger."""

    __table_args__ = UNNUMBERED
    ledger_id: int = Field(primary_key=True, sa_type=Integer, foreign_key="ledger.id")
    field: str = Field(primary_key=True, sa_type=Text)
    entry_id: int = Field(primary_key=True, sa_type=Integer)
    text: str = text_column()
    at: str = text_column()


class Place(SQLModel, table=True):
    """Where the clerk was in a ledger, and when it was last opened on the screen."""

    __table_args__ = STRICT
    ledger_id: int = Field(primary_key=True, sa_type=Integer, foreign_key="ledger.id")
    filter: str = text_column(default="all")
    search: str = text_column(default="")
    entry_id: int | None = integer_column(default=None)
    walk_entry_id: int | None = integer_column(default=None)
    opened_at: str | None = text_column(default=None)
