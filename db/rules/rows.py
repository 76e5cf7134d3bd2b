"""The frozen rows that reads, store and export share: one ledger as the clerk sees it on one day."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from db.rules.rows_counted import CountRow, ItemTally, OccurrenceRow, PublicationRow, QuotaRow
from db.rules.rows_evidence import EvidenceRow
from db.rules.rows_timed import (
    Adjusted,
    ClockRow,
    ClockRuleRow,
    Countdown,
    DeadlineRow,
    Extension,
    PartyDate,
    Pause,
    ReportRow,
    Shift,
    StageDay,
)
from db.rules.value import value
from db.rules.words import Applicability, Role, Status, Through, UnitKind, UnitsFrom

__all__ = [
    "Adjusted",
    "ClockRow",
    "ClockRuleRow",
    "CountRow",
    "Countdown",
    "DeadlineRow",
    "Draft",
    "EntryRow",
    "EvidenceRow",
    "Extension",
    "HistoryRow",
    "ItemTally",
    "LedgerRow",
    "LedgerSheet",
    "NoteRow",
    "NoticeRow",
    "OccurrenceRow",
    "PartyDate",
    "Pause",
    "Place",
    "PublicationRow",
    "QuotaRow",
    "ReportRow",
    "RuleRow",
    "Shift",
    "StageDay",
    "Step",
    "Summary",
    "UnitRow",
]


@value
class UnitRow:
    """A unit that can be chosen. tasks: ours; possible: waiting for the clerk's word. added: joined by the office."""

    name: str
    kind: UnitKind
    added: bool
    tasks: int
    possible: int


@value
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


@value
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


@value
class NoteRow:
    id: int
    at: str
    officer: str | None
    text: str


@value
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
    occurrences: tuple[OccurrenceRow, ...] = ()
    clocks: tuple[ClockRow, ...] = ()
    """Those that are not closed."""
    published: int = 0
    """How many publications the entry has."""
    evidence: int = 0
    """How many pieces of evidence it has, those of its publications too."""
    units_from: UnitsFrom = "cell"
    """Where leads, responsible and supports come from when assignment is None."""

    @property
    def counted(self) -> bool:
        """Whether the entry counts in the totals."""
        return self.applicability != "not_ours" and self.status != "not_applicable"


@value
class RuleRow:
    kind: str
    text: str


@value
class Summary:
    """The figures of the head line. completion_rate is done/total, None if total is 0."""

    total: int
    done: int
    overdue: int
    due_within_7_days: int
    standing: int
    completion_rate: float | None


@value
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


@value
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
    publications: tuple[PublicationRow, ...] = ()
    """All of the ledger, by day; those without an entry are of the unit."""
    counts: tuple[CountRow, ...] = ()
    clocks: tuple[ClockRow, ...] = ()
    """All of the ledger, closed ones too."""
    evidence: tuple[EvidenceRow, ...] = ()
    """All of the ledger: by the entry's position, then the unit's, each in the order of attaching."""
    history: tuple[HistoryRow, ...] = ()
    """Newest first; read only for the forms that carry it (.xlsx, .zip)."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """The notice's own words for the columns: section, number, matter, requirement, assignment, deadline, remark; those
    that its table has, in the table's order."""
    head: str = ""
    """流水校验码 of the whole file when it was read: 000123-1a2b3c4d5e6f7a8b."""


@value
class Step:
    """One undo step: what it was called, and how many entries it touched."""

    name: str
    entries: tuple[int, ...]
    at: str


@value
class Draft:
    """Text that the clerk typed and has not saved."""

    field: str
    entry: int | None
    text: str
    at: str


@value
class Place:
    """Where the clerk was in a ledger."""

    filter: str
    search: str
    entry: int | None
    walk_entry: int | None
