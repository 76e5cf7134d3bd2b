"""The clerk's steps about the whole document -> Settings: of two about the same the later one holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from db.intake.edits import (
    AcceptProblem,
    AcceptTask,
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
from db.intake.filled_template import year_of
from db.intake.reading import ProblemKind
from db.intake.reading_words import YEARS
from db.intake.settings import Settings
from db.intake.task_reading import NO_UNITS
from db.intake.work import is_unit_name, typed

BLANK_CELLS: Final = "doc.blank_cells"
"""The key of the question whether a blank cell is the one above."""

DATED: Final[frozenset[ProblemKind]] = frozenset(
    {"deadline_unread", "deadline_invalid", "deadline_two_valued", "deadline_stale", "deadline_event"}
)
"""Problems whose other readings are phrases of a time limit."""


def settings_of(edits: Sequence[Edit]) -> Settings:
    """What the steps settle for the whole document."""
    settings = Settings()
    for edit in edits:
        settings = settled(settings, edit)
    return settings


def stretches(edits: Sequence[Edit]) -> Iterator[tuple[int, Settings]]:
    """The steps parted where the document is read anew: how many steps until there, and the settings of that reading.

    The last one is of all steps; an earlier one is given only if an answer was given in it, for that answer was about
    what was read then.
    """
    settings, answers = Settings(), False
    for position, edit in enumerate(edits):
        following = settled(settings, edit)
        if _rows(following) != _rows(settings):
            if answers:
                yield position, replace(settings, head=())
            answers = False
        settings = following
        answers = answers or isinstance(edit, AcceptTask | AcceptProblem)
    yield len(edits), settings


def _rows(settings: Settings) -> Settings:
    """What the rows and their doubts depend on."""
    return replace(settings, head=(), units=())


def settled(settings: Settings, edit: Edit) -> Settings:
    """The settings after one more step; those before it where it settles nothing."""
    match edit:
        case SetHead(field, value):
            others = tuple(one for one in settings.head if one[0] != field)
            return replace(settings, head=(*others, (field, typed(value or "") or None)))
        case SetYear(year) if year in YEARS:
            return replace(settings, year=year)
        case SetIssued(issued_on):
            return replace(settings, issued=(issued_on,))
        case SetBlank(inherits):
            return replace(settings, blank_inherits=inherits)
        case SetColumn(block, column, role):
            kept = tuple(one for one in settings.roles if one[:2] != (block, column))
            return replace(settings, roles=(*kept, (block, column, role)))
        case SetUnit(name, kind) if is_unit_name(typed(name)):
            units = tuple(one for one in settings.units if one[0] != typed(name))
            dropped = tuple(one for one in settings.dropped if one != typed(name))
            return replace(settings, units=(*units, (typed(name), kind)), dropped=dropped)
        case DropUnit(name):
            units = tuple(one for one in settings.units if one[0] != name)
            dropped = tuple(one for one in settings.dropped if one != name)
            return replace(settings, units=units, dropped=(*dropped, name))
        case SetDefault(phrase):
            return replace(settings, default=(phrase if phrase is None else typed(phrase),))
        case AcceptProblem():
            return _answered(settings, edit)
        case _:
            return settings


def _answered(settings: Settings, edit: AcceptProblem) -> Settings:
    """An answer that settles something for the whole document."""
    room, kind, *_ = (*edit.problem.split("."), "")
    choice = edit.choice
    if room != "doc":
        return settings
    if kind == "blank_cells" and choice in (None, NO_UNITS):
        return replace(settings, blank_inherits=choice is None)
    if choice is None:
        return settings
    if kind in ("year_unknown", "year_assumed"):
        year = year_of(choice)
        return settings if year is None else replace(settings, year=year)
    if kind in DATED:
        return replace(settings, default=(typed(choice),))
    if kind == "head_unsure":
        return _head(settings, choice)
    return settings


def _head(settings: Settings, choice: str) -> Settings:
    """Another date of issue, or another agency: what else the letter says."""
    try:
        return replace(settings, issued=(date.fromisoformat(choice),))
    except ValueError:
        others = tuple(one for one in settings.head if one[0] != "agency")
        return replace(settings, head=(*others, ("agency", choice)))


def settles(edit: AcceptProblem) -> bool:
    """Whether an answer is in the settings: its question is not asked any more."""
    return settled(Settings(), edit) != Settings()
