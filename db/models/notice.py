"""The notice side: what the document says, written by planting and never by working on it."""

from datetime import date

from sqlmodel import SQLModel

from db.models.columns import NUMBERED, day_column, integer_column, key_column, text_column, truth_column


class Notice(SQLModel, table=True):
    """通知."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    plan: str = text_column(unique=True)
    agency: str | None = text_column(default=None)
    title: str | None = text_column(default=None)
    document_number: str | None = text_column(default=None)
    year: int = integer_column()
    issued_on: date | None = day_column(default=None)
    text: str = text_column()
    origin: str = text_column()
    headings: str | None = text_column(default=None)


class Unit(SQLModel, table=True):
    """单位名册: origin is `notice`, or `office` for one that the clerk added."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    notice_id: int = integer_column(foreign_key="notice.id")
    position: int = integer_column()
    name: str = text_column()
    kind: str = text_column()
    origin: str = text_column()
    quote: str | None = text_column(default=None)


class Task(SQLModel, table=True):
    """任务."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    notice_id: int = integer_column(foreign_key="notice.id")
    position: int = integer_column()
    number: str = text_column()
    section: str | None = text_column(default=None)
    matter: str | None = text_column(default=None)
    requirement: str = text_column()
    assignment: str | None = text_column(default=None)
    remark: str | None = text_column(default=None)
    remark_source: str | None = text_column(default=None)


class Responsibility(SQLModel, table=True):
    """责任分工. scope is JSON: {"kinds", "units", "except_named"}."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    task_id: int = integer_column(foreign_key="task.id")
    position: int = integer_column()
    role: str = text_column()
    name: str = text_column()
    through: str = text_column()
    scope: str | None = text_column(default=None)
    listed: bool = truth_column()
    quote: str | None = text_column(default=None)


class Deadline(SQLModel, table=True):
    """完成时限."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    task_id: int = integer_column(foreign_key="task.id")
    position: int = integer_column()
    text: str = text_column()
    kind: str = text_column()
    source: str = text_column()
    quote: str = text_column()
    month: int | None = integer_column(default=None)
    day: int | None = integer_column(default=None)
    year_offset: int = integer_column()
    start_month: int | None = integer_column(default=None)
    start_day: int | None = integer_column(default=None)
    party: str | None = text_column(default=None)
    ours: bool = truth_column()
    recurrence: str | None = text_column(default=None)


class Quota(SQLModel, table=True):
    """量化指标; task_id None: of every responsible unit."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    notice_id: int = integer_column(foreign_key="notice.id")
    task_id: int | None = integer_column(default=None, foreign_key="task.id")
    position: int = integer_column()
    target: int = integer_column()
    counter: str = text_column()
    period: str = text_column()
    quote: str = text_column()


class ClockRule(SQLModel, table=True):
    """时限规则; task_id None: of everybody."""

    __tablename__ = "clock_rule"
    __table_args__ = NUMBERED
    id: int | None = key_column()
    notice_id: int = integer_column(foreign_key="notice.id")
    task_id: int | None = integer_column(default=None, foreign_key="task.id")
    position: int = integer_column()
    days: int = integer_column()
    day_kind: str = text_column()
    direction: str = text_column()
    bound: str = text_column()
    trigger: str = text_column()
    action: str = text_column()
    quote: str = text_column()


class Report(SQLModel, table=True):
    """报送要求. attachments is a JSON list."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    notice_id: int = integer_column(foreign_key="notice.id")
    position: int = integer_column()
    what: str = text_column()
    recipient: str = text_column()
    month: int = integer_column()
    day: int = integer_column()
    year_offset: int = integer_column()
    attachments: str = text_column()
    quote: str = text_column()


class Rule(SQLModel, table=True):
    """通用要求."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    notice_id: int = integer_column(foreign_key="notice.id")
    position: int = integer_column()
    kind: str = text_column()
    text: str = text_column()
