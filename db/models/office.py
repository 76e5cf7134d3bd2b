"""What belongs to the file: settings, days off, the history, drafts and places."""

from datetime import date

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel

from db.models.columns import NUMBERED, STRICT, UNNUMBERED, IsoDay, integer_column, text_column, truth_column


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


class DayOffSource(SQLModel, table=True):
    """The text of a notice by which the office added days off."""

    __tablename__ = "day_off_source"
    __table_args__ = UNNUMBERED
    notice: str = Field(primary_key=True, sa_type=Text)
    text: str = text_column()
    at: str = text_column()


class StatuteRule(SQLModel, table=True):
    """A clock of 政府信息公开条例. registers: it opens a line of the register of applications."""

    __tablename__ = "statute_rule"
    __table_args__ = UNNUMBERED
    key: str = Field(primary_key=True, sa_type=Text)
    position: int = integer_column()
    article: str = text_column()
    days: int = integer_column()
    day_kind: str = text_column()
    direction: str = text_column()
    bound: str = text_column()
    trigger: str = text_column()
    action: str = text_column()
    text: str = text_column()
    may_extend: int | None = integer_column(default=None)
    registers: bool = truth_column()
    origin: str = text_column()


class History(SQLModel, table=True):
    """办理流水: append-only. step names the group; before and after are images as JSON; entry_id is no reference.

    hash is made of the row and of the hash before it (db.chain).
    """

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
    entry_id: int | None = integer_column(default=None)
    hash: str | None = text_column(default=None)


class Identity(SQLModel, table=True):
    """What tells this file from every other; the first link of the 办理流水."""

    __table_args__ = STRICT
    only: int = Field(primary_key=True, sa_type=Integer)
    id: str = text_column()


class Seal(SQLModel, table=True):
    """What a table must be whose rows have no image in the history (db.seals)."""

    __table_args__ = UNNUMBERED
    name: str = Field(primary_key=True, sa_type=Text)
    sha256: str = text_column()


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
