"""What is counted and timed: publications, items, counts, occurrences, clocks, the states of reports."""

from datetime import date

from sqlmodel import SQLModel

from db.models.columns import NUMBERED, day_column, integer_column, key_column, text_column


class Publication(SQLModel, table=True):
    """公开记录; entry_id None: of the unit."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    ledger_id: int = integer_column(foreign_key="ledger.id")
    entry_id: int | None = integer_column(default=None, foreign_key="entry.id")
    day: date = day_column()
    title: str = text_column()
    channel: str = text_column()
    address: str | None = text_column(default=None)
    form: str = text_column()


class Item(SQLModel, table=True):
    """事项: one of those that a quota counts by (每项决策)."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    entry_id: int = integer_column(foreign_key="entry.id")
    name: str = text_column()
    day: date | None = day_column(default=None)


class Count(SQLModel, table=True):
    """A plain count where nothing is published: so many times on a day, of an item if there is one."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    entry_id: int = integer_column(foreign_key="entry.id")
    item_id: int | None = integer_column(default=None, foreign_key="item.id")
    day: date = day_column()
    number: int = integer_column()
    what: str | None = text_column(default=None)


class Occurrence(SQLModel, table=True):
    """期次: one period of a recurring deadline that was settled, known by its first day."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    entry_id: int = integer_column(foreign_key="entry.id")
    start: date = day_column()
    done_on: date = day_column()
    what_was_done: str | None = text_column(default=None)


class Clock(SQLModel, table=True):
    """计时, with its rule copied: a corrected reading never moves a clock that runs. JSON lists: see schema step 2."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    ledger_id: int = integer_column(foreign_key="ledger.id")
    entry_id: int | None = integer_column(default=None, foreign_key="entry.id")
    subject: str = text_column()
    source: str = text_column()
    article: str | None = text_column(default=None)
    days: int = integer_column()
    day_kind: str = text_column()
    direction: str = text_column()
    bound: str = text_column()
    trigger: str = text_column()
    action: str = text_column()
    quote: str = text_column()
    may_extend: int | None = integer_column(default=None)
    start_day: date = day_column()
    pauses: str = text_column(default="[]")
    extensions: str = text_column(default="[]")
    stages: str | None = text_column(default=None)
    closed_on: date | None = day_column(default=None)
    outcome: str | None = text_column(default=None)


class ReportState(SQLModel, table=True):
    """报送 handed in, or one that the clerk added (source statute or office)."""

    __tablename__ = "report_state"
    __table_args__ = NUMBERED
    id: int | None = key_column()
    ledger_id: int = integer_column(foreign_key="ledger.id")
    what: str = text_column()
    source: str = text_column()
    recipient: str | None = text_column(default=None)
    due: date | None = day_column(default=None)
    reason: str | None = text_column(default=None)
    handed_in_on: date | None = day_column(default=None)
    remark: str | None = text_column(default=None)
