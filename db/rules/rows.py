"""The frozen rows that reads, store and export share: one ledger as the clerk sees it on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.rules.words import Applicability, DeadlineKind, DeadlineSource, Period, Role, Status, Through, UnitKind


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that can be chosen. tasks: ours; possible: waiting for the clerk's word. added: joined by the office."""

    name: str
    kind: UnitKind
    added: bool
    tasks: int
    possible: int


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice known here."""

    plan: str
    agency: str | None
    title: str | None
    document_number: str | None
    year: int
    issued_on: date | None
    tasks: int
    units: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One unit's year over one notice."""

    id: int
    plan: str
    agency: str | None
    title: str | None
    document_number: str | None
    notice_year: int
    year: int
    unit: str
    officer: str | None


@dataclass(frozen=True, slots=True)
class Countdown:
    """Days and workdays from today to the due date; negative once past.

    estimated: a year without a published schedule is crossed (约).
    """

    days: int
    workdays: int
    estimated: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class PartyDate:
    party: str | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """调整时限: the clerk's own due date beside the notice's, with the reason."""

    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """The deadline of an entry resolved against the ledger's year.

    due is the date of the notice (or of the own task), never the adjusted one.
    """

    text: str | None
    kind: DeadlineKind
    source: DeadlineSource
    due: date | None
    quote: str | None
    dates: tuple[PartyDate, ...]
    recurrence: str | None
    adjusted: Adjusted | None

    @property
    def effective(self) -> date | None:
        """The date that countdowns use: the clerk's where there is one."""
        return self.adjusted.due if self.adjusted else self.due


@dataclass(frozen=True, slots=True)
class ItemTally:
    name: str
    tally: int
    met: bool


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One period of a quota. tally and met are None while nothing can be counted for it."""

    target: int
    counter: str
    period: Period
    tally: int | None
    period_start: date
    period_end: date
    met: bool | None
    items: tuple[ItemTally, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: int
    at: str
    officer: str | None
    text: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry (台账条目), with the task's words and all that the clerk added.

    through and role say how the task reaches the unit (None for 全局 and for own tasks); decided: the clerk has
    settled the applicability; reached_by: the phrase of the cell that reaches the unit.
    """

    id: int
    position: int
    number: str
    own: bool
    section: str | None
    matter: str | None
    requirement: str
    assignment: str | None
    role: Role | None
    through: Through | None
    reached_by: str | None
    applicability: Applicability
    decided: bool
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    supports: tuple[str, ...]
    deadline: DeadlineRow
    countdown: Countdown | None
    status: Status
    done_on: date | None
    what_was_done: str | None
    reason: str | None
    remark: str | None
    remark_source: str | None
    quotas: tuple[QuotaRow, ...]
    notes: tuple[NoteRow, ...]
    own_reason: str | None = None
    """Why the clerk took an own task up; reason is why an entry does not apply."""

    @property
    def counted(self) -> bool:
        """Whether the entry counts in the totals."""
        return self.applicability != "not_ours" and self.status != "not_applicable"


@dataclass(frozen=True, slots=True)
class ClockRuleRow:
    days: int
    day_kind: str
    direction: str
    bound: str
    trigger: str
    action: str
    quote: str
    task: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    what: str
    to: str
    due: date
    attachments: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of the head line. completion_rate is done/total, None if total is 0."""

    total: int
    done: int
    overdue: int
    due_within_7_days: int
    standing: int
    completion_rate: float | None


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """Everything that an export carries: one ledger on one day. entries leave out not_ours."""

    ledger: LedgerRow
    today: date
    entries: tuple[EntryRow, ...]
    unit_quotas: tuple[QuotaRow, ...]
    clock_rules: tuple[ClockRuleRow, ...]
    reports: tuple[ReportRow, ...]
    rules: tuple[RuleRow, ...]
    summary: Summary


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the 办理流水. before and after are row images (column -> value), None where there was no row."""

    seq: int
    group: int
    at: str
    officer: str | None
    verb: str
    subject: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One undo step: what it was called, and how many entries it touched."""

    name: str
    entries: tuple[int, ...]
    at: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that the clerk typed and has not saved."""

    field: str
    entry: int | None
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the clerk was in a ledger."""

    filter: str
    search: str
    entry: int | None
    walk_entry: int | None
