"""What the clerk changes in a reading: small frozen steps, replayed over the reading of the same source.

A draft (待确认稿) is its source and these steps in order, nothing else: undo takes the last one off, another day
replays them. A step whose task is gone because an earlier one was taken back becomes a problem (edit_lost).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.intake.reading import ColumnRole, Field
from db.rules.words import Role, UnitKind

HeadField = Literal["plan", "agency", "title", "document_number"]


@dataclass(frozen=True, slots=True)
class SetHead:
    """Another short name, agency, title or document number; None takes it out (not the short name)."""

    field: HeadField
    value: str | None


@dataclass(frozen=True, slots=True)
class SetYear:
    """The plan's year: every date without a year is read anew."""

    year: int


@dataclass(frozen=True, slots=True)
class SetIssued:
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class SetBlank:
    """The answer to 'blank = same as above?', for the whole document."""

    inherits: bool


@dataclass(frozen=True, slots=True)
class SetColumn:
    """Another role for a column of a table, for all its rows. block and column as in reading.Table."""

    block: int
    column: int
    role: ColumnRole


@dataclass(frozen=True, slots=True)
class SetUnit:
    """A unit put into the roster, or its kind mended."""

    name: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class DropUnit:
    """A unit taken out of the roster; it must stand in no task any more."""

    name: str


@dataclass(frozen=True, slots=True)
class SetDefault:
    """The date of every task without its own: a phrase (12月3日前) read anew, or None."""

    phrase: str | None


@dataclass(frozen=True, slots=True)
class Mend:
    """Another text for a field of a task. assignment and deadline are phrases and are read anew; a deadline may be
    an ISO date; quotas is a phrase (每季度不少于2条). '' empties what may be empty."""

    task: str
    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class MendUnits:
    """Who is responsible, picked from the roster: role and name of each, in order."""

    task: str
    units: tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A task cut in two at this character of its requirement; the second keeps units and deadline of the first."""

    task: str
    at: int


@dataclass(frozen=True, slots=True)
class Join:
    """A task joined with the one after it: requirement behind requirement, the rest is that of the first."""

    task: str


@dataclass(frozen=True, slots=True)
class Drop:
    """No task of the notice."""

    task: str


@dataclass(frozen=True, slots=True)
class Add:
    """A task that the reading missed, behind this one (None: at the top). key: a new one, 'n1', 'n2', …"""

    key: str
    after: str | None
    requirement: str


@dataclass(frozen=True, slots=True)
class AcceptTask:
    """The task is right as it stands; the problems on it are answered with it."""

    task: str


@dataclass(frozen=True, slots=True)
class AcceptProblem:
    """What was assumed is right. choice: one of the problem's `others` instead, by its words; None: as assumed."""

    problem: str
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class DropStanding:
    """A report, quota of every unit, clock rule or rule that is none. kind and its quote."""

    kind: Literal["report", "unit_quota", "clock_rule", "rule"]
    quote: str


Edit = (
    SetHead
    | SetYear
    | SetIssued
    | SetBlank
    | SetColumn
    | SetUnit
    | DropUnit
    | SetDefault
    | Mend
    | MendUnits
    | Split
    | Join
    | Drop
    | Add
    | AcceptTask
    | AcceptProblem
    | DropStanding
)
