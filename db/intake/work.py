"""A reading while it is being mended: its tasks in order, its problems, its roster."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from db.intake.reading import Doubt, Field, Problem, Reading, ReadTask
from db.intake.source import Place
from db.rules.notice import NoticeUnit

BY_CLERK: Final = Place("办理人补正")
"""Where a value stands that the clerk has typed."""


class Work:
    """What the steps of the clerk change; `reading` is what has come of it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.tasks: list[ReadTask] = list(reading.tasks)
        self.problems: list[Problem] = list(reading.problems)
        self.units: list[NoticeUnit] = list(reading.units)

    def reading(self) -> Reading:
        return replace(self._reading, tasks=tuple(self.tasks), problems=tuple(self.problems), units=tuple(self.units))

    @property
    def year(self) -> int | None:
        return self._reading.head.year

    @property
    def issued_on(self) -> date | None:
        return self._reading.head.issued_on

    def position(self, key: str) -> int | None:
        """Where the task stands; None if there is none (any more)."""
        return next((n for n, one in enumerate(self.tasks) if one.key == key), None)

    def answer(self, task: str, field: Field | None = None) -> None:
        """The problems of a task, or of one field of it, are answered; a question about many rows is not."""
        self.problems = [
            replace(one, answered=True) if one.task == task and field in (None, one.field) else one
            for one in self.problems
        ]

    def doubt(self, task: str, field: Field, doubts: Iterable[Doubt], step: int) -> None:
        """New problems of what the clerk has typed in this step."""
        for number, doubt in enumerate(doubts, 1):
            key = f"{task}.{doubt.kind}.e{step}.{number}"
            self.problems.append(
                Problem(key, doubt.kind, doubt.text, doubt.assumed, doubt.others, doubt.blocks, BY_CLERK, task, field)
            )

    def lost(self, words: str, step: int) -> None:
        """A step that finds nothing to be done on."""
        self.problems.append(Problem(f"doc.edit_lost.{step}", "edit_lost", words, "这一处修改没有用上", place=BY_CLERK))

    def unique(self, number: str, own: str | None = None) -> str:
        """The number, or with a mark behind it where another task has it already."""
        taken = {one.task.number for one in self.tasks if one.key != own}
        if number not in taken:
            return number
        mark = 2
        while f"{number}-{mark}" in taken:
            mark += 1
        return f"{number}-{mark}"
