"""What a notice says: the reviewed reading as frozen values, from intake to store.

Every value that the clerk is later counted by carries `quote`, the sentence of the notice that
sets it, verbatim. Nothing here depends on a year, a unit or today.
"""

from dataclasses import dataclass, field
from datetime import date

from db.rules.words import (
    Bound,
    DayKind,
    DeadlineKind,
    DeadlineSource,
    Direction,
    Period,
    Role,
    RuleKind,
    Through,
    UnitKind,
)


@dataclass(frozen=True, slots=True)
class NoticeUnit:
    """A body of the roster (单位名册): named in a unit cell or bracket, or one by one in the address line."""

    name: str
    kind: UnitKind
    quote: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which units of the roster a group phrase takes in.

    kinds: every unit of these kinds; units: these by name, whatever their kind;
    except_named: without the units that the same row names (其他X).
    """

    kinds: tuple[UnitKind, ...] = ()
    units: tuple[str, ...] = ()
    except_named: bool = False


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One named unit or group phrase of a unit cell, as written.

    scope is None for a named unit. through is `name`, `group` or `related`; `inherited` when the cell was
    blank and taken from the row above. listed is False for a reach that the cell itself does not write
    (等 at the end of a list, a cell that cites a document, a party that only the body names).
    """

    role: Role
    name: str
    through: Through
    scope: Scope | None = None
    listed: bool = True
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date rule of a task (完成时限).

    month and day are resolved against the ledger's year + year_offset; day None is the month's last day;
    month None has no due date. start_month/start_day open a window. party names whom the date binds when the
    notice gives several; ours marks the one for this bureau. recurrence is an RRULE without DTSTART.
    """

    text: str
    kind: DeadlineKind
    source: DeadlineSource
    quote: str
    month: int | None = None
    day: int | None = None
    year_offset: int = 0
    start_month: int | None = None
    start_day: int | None = None
    party: str | None = None
    ours: bool = True
    recurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """每季度不少于2条: target 2, counter 条, period quarter. A rate has counter %."""

    target: int
    counter: str
    period: Period
    quote: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Task:
    """One row or item of the notice, verbatim. remark is the notice's 备注, or what the body adds (remark_source body)."""

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


@dataclass(frozen=True, slots=True)
class Report:
    """报送: what is handed in, to whom, by when (month and day of year + year_offset)."""

    what: str
    to: str
    month: int
    day: int
    quote: str
    year_offset: int = 0
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence that binds everybody (通用要求), verbatim."""

    kind: RuleKind
    text: str


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A number or date of the text that sets nothing, with the reason it is none."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
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
