"""A reading while it is being mended: its tasks in order, its problems, its roster, and what the clerk has set."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from db.intake.phrases.signs import folded, one_line
from db.intake.phrases.units import kind_of
from db.intake.problems import ONCE, listed
from db.intake.reading import Doubt, Field, Problem, Reading, ReadTask
from db.intake.source import Place
from db.rules.notice import NoticeUnit, Task
from db.rules.words import WHOLE_BUREAU

BY_CLERK: Final = Place("办理人补正")
"""Where a value stands that the clerk has typed."""

Asked = tuple[object, ...]
"""A problem by what it asks, not by its key."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer of the clerk was about when it was given: the problems, and the task as it then stood."""

    asked: frozenset[Asked]
    task: Task | None = None


class Work:
    """What the steps of the clerk change; `reading` is what has come of it.

    default: the notice's date of every task; own: the fields of tasks that the clerk has set, which no other step
    reads anew; dropped: names taken out of the roster in the end; marks: what the answers given under earlier settings
    of the document were about, by their position; those given under the present ones are put in here.
    """

    def __init__(self, reading: Reading, marks: dict[int, Mark], dropped: Collection[str] = ()) -> None:
        self._reading = reading
        self.tasks: list[ReadTask] = list(reading.tasks)
        self.problems: list[Problem] = list(reading.problems)
        self.units: list[NoticeUnit] = list(reading.units)
        self.limits = list(reading.clock_rules)
        self.default = reading.default_deadline
        self.own: set[tuple[str, Field]] = set()
        self.dropped = frozenset(dropped)
        self.marks = marks

    def reading(self) -> Reading:
        numbers = {one.key: one.task.number for one in self.tasks}
        return replace(
            self._reading,
            tasks=tuple(self.tasks),
            problems=tuple(_renumbered(one, numbers) for one in self.problems),
            units=tuple(self.units),
            clock_rules=tuple(self.limits),
        )

    @property
    def year(self) -> int | None:
        return self._reading.head.year

    @property
    def issued_on(self) -> date | None:
        return self._reading.head.issued_on

    def position(self, key: str | None) -> int | None:
        """Where the task stands; None if there is none (any more)."""
        return next((n for n, one in enumerate(self.tasks) if one.key == key), None)

    def answer(self, task: str, field: Field | None = None, only: Collection[Asked] | None = None) -> frozenset[Asked]:
        """The problems of a task, or of one field of it, are answered (only: of these); a question about many rows is
        so for this one, and for all once no row is left. Returns what was asked."""
        answered: set[Asked] = set()
        for n, one in enumerate(self.problems):
            is_of = one.task == task or (one.task is None and task in one.covers)
            if (
                one.answered
                or not is_of
                or field not in (None, one.field)
                or (only is not None and asked(one) not in only)
            ):
                continue
            answered.add(asked(one))
            covers = tuple(key for key in one.covers if key != task)
            is_done = one.task == task or not covers
            self.problems[n] = replace(one, answered=True) if is_done else replace(one, covers=covers)
        return frozenset(answered)

    def no_more(self, task: str, kinds: Collection[str]) -> None:
        """Questions of these kinds about many rows are about this one no more."""
        for n, one in enumerate(self.problems):
            if one.task is None and one.kind in kinds and task in one.covers:
                covers = tuple(key for key in one.covers if key != task)
                self.problems[n] = replace(one, covers=covers) if covers else replace(one, answered=True)

    def doubt(self, task: str, field: Field, doubts: Iterable[Doubt], step: int) -> None:
        """New problems of what the clerk has typed in this step."""
        for number, doubt in enumerate(doubts, 1):
            key = f"{task}.{doubt.kind}.e{step}.{number}"
            self.problems.append(
                Problem(key, doubt.kind, doubt.text, doubt.assumed, doubt.others, doubt.blocks, BY_CLERK, task, field)
            )

    def lost(self, words: str, step: int) -> None:
        """A step that finds nothing to be done on."""
        key = f"doc.edit_lost.{step}"
        before = sum(one.key == key or one.key.startswith(f"{key}.") for one in self.problems)
        key = f"{key}.{before + 1}" if before else key
        self.problems.append(Problem(key, "edit_lost", words, "这一处修改没有用上", place=BY_CLERK))

    def unique(self, number: str, own: str | None = None) -> str:
        """The number, or with a mark behind it where another task has it already."""
        taken = {one.task.number for one in self.tasks if one.key != own}
        if number not in taken:
            return number
        mark = 2
        while f"{number}-{mark}" in taken:
            mark += 1
        return f"{number}-{mark}"

    def unit(self, name: str) -> NoticeUnit | None:
        """The unit of the roster that is spelled so, width and white space aside."""
        wanted = folded(name)
        return next((unit for unit in self.units if folded(unit.name) == wanted), None)

    def joined(self, name: str) -> NoticeUnit:
        """The unit of this name; one that the roster does not know joins it."""
        known = self.unit(name)
        if known is None:
            known = NoticeUnit(name, kind_of(name), name)
            self.units.append(known)
        return known


def asked(problem: Problem) -> Asked:
    """What a problem asks: the same in two readings of the document if nothing has changed for it."""
    one = problem
    return one.task, one.kind, one.field, one.text, one.assumed, one.others, one.blocks, one.covers


def _renumbered(problem: Problem, numbers: Mapping[str, str]) -> Problem:
    """A question about many rows, with the numbers that they have now."""
    if problem.kind not in ONCE or problem.key != f"doc.{problem.kind}" or problem.task is not None:
        return problem
    found = [numbers[key] for key in problem.covers if key in numbers]
    return replace(problem, text=listed(found)) if found else problem


def typed(text: str) -> str:
    """What the clerk typed, on one line and without signs that are not seen."""
    return one_line(text.replace("\t", " ")).strip()


def is_unit_name(name: str) -> bool:
    """Whether a body of the roster may be called so."""
    return bool(folded(name)) and name != WHOLE_BUREAU
