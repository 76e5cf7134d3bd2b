"""What was understood of a document: tasks with their places, the rest of the notice, and every doubt as a problem.

The way of a document: Source (readers) -> blocks (layouts: lines of text become grids) -> RawTask (tables, prose) ->
ReadTask (phrases: who, by when, how many) -> Reading. A value is right, or a problem stands on it.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from db.intake.reading_words import (
    COLUMN_ROLE_NAMES,
    FIELD_NAMES,
    PROBLEM_NAMES,
    CellState,
    ColumnRole,
    Field,
    ProblemKind,
)
from db.intake.source import Place, Source
from db.rules.notice import ClockRule, Deadline, NoticeUnit, Quota, Report, Responsibility, Rule, Task
from db.rules.words import Role


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a parser of phrases is not sure of: it does not know where the phrase stands.

    text: the phrase as written; assumed: what the reading has for now, in the clerk's words; others: what else it
    could be; blocks: the notice cannot be accepted before the clerk has answered.
    """

    kind: ProblemKind
    text: str
    assumed: str
    others: tuple[str, ...] = ()
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt with its place. key stays the same from reading to reading of one draft ('b3r12.deadline_invalid');
    task: the key of the task it stands on, None for the document; covers: the keys of the tasks that a question asked
    once for the document is about; answered: the clerk has accepted or mended it."""

    key: str
    kind: ProblemKind
    text: str
    assumed: str
    others: tuple[str, ...] = ()
    blocks: bool = False
    place: Place | None = None
    task: str | None = None
    field: Field | None = None
    covers: tuple[str, ...] = ()
    answered: bool = False


@dataclass(frozen=True, slots=True)
class RawTask:
    """A row of a task table or an item of prose before its phrases are read: every text verbatim.

    key: 'b3r12' (block 3, row 12), 'b40' (paragraph), 'b40s2' (its second sentence), from 0, stable for one source.
    section and matter are inherited downwards already. assignments: the unit cells by their column's role (None: the
    phrases say it); state is that of the first. inherits: the key of the row above whose units a merged, blank or
    missing cell would take.
    """

    key: str
    number: str | None
    section: str | None
    matter: str | None
    requirement: str
    assignments: tuple[tuple[Role | None, str], ...]
    state: CellState
    deadline: str | None
    quota: str | None
    remark: str | None
    places: tuple[Place, ...]
    inherits: str | None = None
    doubts: tuple[tuple[Field, Doubt], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """How a grid was read as a task table. block: its number among the blocks; headings: the header words by column;
    roles: by column; first_row: the first row below the header; repeated: rows that repeat the header."""

    block: int
    headings: tuple[str, ...]
    roles: tuple[ColumnRole, ...]
    first_row: int
    repeated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RawNotice:
    """A document taken apart: the tasks, and the paragraphs around them that may hold head, rules and reports.

    before, after: paragraphs in front of the first task and behind the last, with the index of their block. doubts:
    of the document as a whole, with a place where they have one. said: what the source itself counts
    ('39 行，读出 39 项'). about: label and value of the tables about the document itself (文号 | …).
    """

    tasks: tuple[RawTask, ...]
    tables: tuple[Table, ...]
    before: tuple[tuple[int, str], ...]
    after: tuple[tuple[int, str], ...]
    doubts: tuple[tuple[Place | None, Doubt], ...] = ()
    said: str = ""
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """Who sends it, what it is called; None where the document does not say."""

    agency: str | None = None
    title: str | None = None
    document_number: str | None = None
    year: int | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A task as read, with where it stands. clocks: the time limits of its requirement, `task` being its number."""

    key: str
    task: Task
    places: tuple[Place, ...]
    clocks: tuple[ClockRule, ...] = ()
    state: CellState = "written"
    mended: bool = False
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole notice as understood: what becomes a NoticeDraft once no blocking problem is open."""

    source: Source
    plan: str
    head: Head
    tasks: tuple[ReadTask, ...]
    units: tuple[NoticeUnit, ...]
    problems: tuple[Problem, ...]
    tables: tuple[Table, ...] = ()
    default_deadline: Deadline | None = None
    unit_quotas: tuple[Quota, ...] = ()
    clock_rules: tuple[ClockRule, ...] = ()
    reports: tuple[Report, ...] = ()
    rules: tuple[Rule, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    said: str = ""
    text: str = field(default="", repr=False)

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """The problems without whose answer the notice cannot be accepted."""
        return tuple(one for one in self.problems if one.blocks and not one.answered)

    @property
    def limits(self) -> tuple[ClockRule, ...]:
        """All clock rules: those of the letter, then those of each task by its number."""
        own = (replace(rule, task=one.task.number) for one in self.tasks for rule in one.clocks)
        return (*self.clock_rules, *own)


__all__ = [
    "COLUMN_ROLE_NAMES",
    "FIELD_NAMES",
    "PROBLEM_NAMES",
    "CellState",
    "ColumnRole",
    "Doubt",
    "Field",
    "Head",
    "Problem",
    "ProblemKind",
    "RawNotice",
    "RawTask",
    "ReadTask",
    "Reading",
    "Responsibility",
    "Table",
]
