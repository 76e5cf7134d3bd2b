"""What a notice says: the reviewed reading as frozen values, from intake to store.

Every value that the clerk is later counted by carries `quote`, the sentence of the notice that
sets it, verbatim. Nothing here depends on a year, a unit or today.
"""

from dataclasses import field
from datetime import date

from db.rules.said import Deadline, Quota, Responsibility, Scope
from db.rules.value import value
from db.rules.words import Bound, DayKind, Direction, RuleKind, UnitKind

__all__ = [
    "ClockRule",
    "Deadline",
    "NoticeDraft",
    "NoticeUnit",
    "OtherNumber",
    "Quota",
    "Report",
    "Responsibility",
    "Rule",
    "Scope",
    "StatuteRule",
    "Task",
]


@value
class NoticeUnit:
    """A body of the roster (单位名册): named in a unit cell or bracket, or one by one in the address line."""

    name: str
    kind: UnitKind
    quote: str


@value
class ClockRule:
    """时限规则: `trigger` starts `days` days of `day_kind` for `action`. task is the number of its row, or None."""

    days: int
    day_kind: DayKind
    direction: Direction
    bound: Bound
    trigger: str
    action: str
    quote: str
    task: str | None = None


@value
class StatuteRule:
    """A clock that 政府信息公开条例 sets, known by its key; text says in our words what the article asks.

    may_extend: the most days that an extension adds; None where the article allows none. registers: a clock of it
    opens a line of the register of applications (申请登记).
    """

    key: str
    article: str
    days: int
    day_kind: DayKind
    direction: Direction
    bound: Bound
    trigger: str
    action: str
    text: str
    may_extend: int | None = None
    registers: bool = False


@value
class Task:
    """One row or item of the notice, verbatim.

    remark is the notice's 备注 (remark_source cell), or the sentence by which the body adds something (body).
    """

    number: str
    section: str | None
    matter: str | None
    requirement: str
    assignment: str | None
    remark: str | None = None
    remark_source: str | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    quotas: tuple[Quota, ...] = ()


@value
class Report:
    """报送: what is handed in, to whom, by when (month and day of year + year_offset)."""

    what: str
    to: str
    month: int
    day: int
    quote: str
    year_offset: int = 0
    attachments: tuple[str, ...] = ()


@value
class Rule:
    """A sentence that binds everybody (通用要求), verbatim."""

    kind: RuleKind
    text: str


@value
class OtherNumber:
    """A number or date of the text that sets nothing, with the reason it is none."""

    text: str
    reason: str


@value
class NoticeDraft:
    """A whole notice as read. text is the document; agency, title, number and date are None where it has none."""

    plan: str
    agency: str | None
    title: str | None
    document_number: str | None
    year: int
    issued_on: date | None
    text: str
    units: tuple[NoticeUnit, ...]
    tasks: tuple[Task, ...]
    unit_quotas: tuple[Quota, ...] = ()
    clock_rules: tuple[ClockRule, ...] = ()
    reports: tuple[Report, ...] = ()
    rules: tuple[Rule, ...] = ()
    other_numbers: tuple[OtherNumber, ...] = field(default=(), repr=False)
    headings: tuple[tuple[str, str], ...] = ()
    """The words of its header row by our names of the columns (LedgerSheet.headings), in the table's order."""
