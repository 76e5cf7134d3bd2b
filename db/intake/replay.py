"""A draft (待确认稿) replayed: the reading of its source with the clerk's steps on it, in order.

Steps about the whole document (year, columns, roster, blank cells) become Settings, and the source is read anew with
them; steps about a task are then done on what was read. Nothing here fails: a step that no longer finds its task
becomes a problem of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from db.intake.edits import (
    AcceptProblem,
    Add,
    DropStanding,
    DropUnit,
    Edit,
    SetBlank,
    SetColumn,
    SetDefault,
    SetHead,
    SetIssued,
    SetUnit,
    SetYear,
)
from db.intake.mending import done
from db.intake.reading import Reading
from db.intake.settings import Settings
from db.intake.source import Source
from db.intake.understanding import understood
from db.intake.work import Work

BLANK_CELLS = "doc.blank_cells"
"""The key of the question whether a blank cell is the one above."""

YEARS = ("doc.year_unknown", "doc.year_assumed")


def replayed(source: Source, edits: Sequence[Edit]) -> Reading:
    """The reading after these steps. The same for the same source and steps, whatever was shown between."""
    settings = settings_of(edits)
    reading = understood(source, settings)
    work = Work(reading)
    for position, edit in enumerate(edits):
        done(work, edit, position)
    return _without_dropped(work.reading(), edits)


def settings_of(edits: Sequence[Edit]) -> Settings:
    """What the steps settle for the whole document: of two about the same the later one holds."""
    settings = Settings()
    for edit in edits:
        settings = _settled(settings, edit)
    return settings


def _settled(settings: Settings, edit: Edit) -> Settings:
    match edit:
        case SetHead(field, value):
            others = tuple(one for one in settings.head if one[0] != field)
            return replace(settings, head=(*others, (field, value)))
        case SetYear(year):
            return replace(settings, year=year)
        case SetIssued(issued_on):
            return replace(settings, issued=(issued_on,))
        case SetBlank(inherits):
            return replace(settings, blank_inherits=inherits)
        case SetColumn(block, column, role):
            kept = tuple(one for one in settings.roles if one[:2] != (block, column))
            return replace(settings, roles=(*kept, (block, column, role)))
        case SetUnit(name, kind):
            units = tuple(one for one in settings.units if one[0] != name)
            dropped = tuple(one for one in settings.dropped if one != name)
            return replace(settings, units=(*units, (name, kind)), dropped=dropped)
        case DropUnit(name):
            units = tuple(one for one in settings.units if one[0] != name)
            return replace(settings, units=units, dropped=(*settings.dropped, name))
        case SetDefault(phrase):
            return replace(settings, default=(phrase,))
        case AcceptProblem(problem, choice) if problem == BLANK_CELLS:
            return replace(settings, blank_inherits=choice is None)
        case AcceptProblem(problem, choice) if problem in YEARS and year_of(choice) is not None:
            return replace(settings, year=year_of(choice))
        case _:
            return settings


def _without_dropped(reading: Reading, edits: Sequence[Edit]) -> Reading:
    """Without the reports, quotas of every unit, clock rules and rules that the clerk has taken out."""
    dropped = {(edit.kind, edit.quote) for edit in edits if isinstance(edit, DropStanding)}
    if not dropped:
        return reading
    return replace(
        reading,
        reports=tuple(one for one in reading.reports if ("report", one.quote) not in dropped),
        unit_quotas=tuple(one for one in reading.unit_quotas if ("unit_quota", one.quote) not in dropped),
        clock_rules=tuple(one for one in reading.clock_rules if ("clock_rule", one.quote) not in dropped),
        rules=tuple(one for one in reading.rules if ("rule", one.text) not in dropped),
    )


def year_of(choice: str | None) -> int | None:
    """The year that a choice names ('2022 年'); None where it is none."""
    digits = (choice or "").strip().removesuffix("年").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None


def next_key(edits: Sequence[Edit]) -> str:
    """The key of the next task that the clerk adds: n1, n2, …"""
    return f"n{1 + sum(isinstance(edit, Add) for edit in edits)}"
