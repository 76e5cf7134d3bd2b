"""A reading held against the reviewed one: rows, units and roles, deadlines, and the wrong values without a problem."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from db.intake.reading import Field, Problem, Reading, ReadTask
from db.rules.notice import ClockRule, Deadline, NoticeDraft, Quota, Responsibility, Task
from db.rules.squeezed import squeezed

START, END = 15, 10
"""How much of a requirement's start and end tells two rows apart (notice-patterns.md, section 8)."""


@dataclass(slots=True)
class Figures:
    """What came of one comparison. silent: wrong values on which no problem stands, in words."""

    plan: str
    rows: int = 0
    rows_read: int = 0
    rows_right: int = 0
    units: int = 0
    units_read: int = 0
    units_right: int = 0
    deadlines: int = 0
    deadlines_right: int = 0
    problems: int = 0
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures on a line."""
        return (
            f"{self.plan:24} rows {self.rows_right}/{self.rows} (read {self.rows_read})  "
            f"units {self.units_right}/{self.units} (read {self.units_read})  "
            f"deadlines {self.deadlines_right}/{self.deadlines}  wrong {len(self.wrong)}  silent {len(self.silent)}  "
            f"problems {self.problems} ({self.problems / max(self.rows, 1):.2f} a row)"
        )


def compared(reading: Reading, gold: NoticeDraft, *, merged: bool = False) -> Figures:
    """The figures of a reading. merged: the document's own merges stand for the gold's blank cells, which are then
    the cell above without doubt."""
    expected = tuple(with_merges(gold.tasks)) if merged else gold.tasks
    figures = Figures(gold.plan, rows=len(expected), rows_read=len(reading.tasks), problems=len(reading.problems))
    pairs, extra = aligned(expected, reading.tasks)
    for wanted, read in pairs:
        _task(figures, wanted, read, reading)
    for read in extra:
        _note(figures, f"{read.task.number}: no such row: {read.task.requirement[:20]}", _on(reading, read.key, "row"))
    _document(figures, reading, gold)
    return figures


def with_merges(tasks: Sequence[Task]) -> Iterator[Task]:
    """The gold's tasks with each inherited cell as the cell that a merge brings down."""
    last: Task | None = None
    for task in tasks:
        if last is not None and task.assignment is None and _inherited(task):
            task = replace(task, assignment=last.assignment, responsibilities=last.responsibilities)
        if task.assignment is not None:
            last = task
        yield task


def _inherited(task: Task) -> bool:
    return bool(task.responsibilities) and all(one.through == "inherited" for one in task.responsibilities)


def aligned(
    expected: Sequence[Task], read: Sequence[ReadTask]
) -> tuple[list[tuple[Task, ReadTask | None]], list[ReadTask]]:
    """Each expected row with the one read for it (start and end of the requirement, then number), and what is left."""
    left = list(read)
    pairs: list[tuple[Task, ReadTask | None]] = []
    for task in expected:
        found = next((one for one in left if _ends(one.task) == _ends(task)), None)
        if found is None:
            found = next((one for one in left if one.task.number == task.number), None)
        if found is not None:
            left.remove(found)
        pairs.append((task, found))
    return pairs, left


def _ends(task: Task) -> tuple[str, str]:
    text = squeezed(task.requirement)
    return text[:START], text[-END:]


def _task(figures: Figures, wanted: Task, read: ReadTask | None, reading: Reading) -> None:
    figures.units += len(wanted.responsibilities)
    figures.deadlines += 1
    if read is None:
        _note(figures, f"{wanted.number}: row not read", _of_document(reading))
        return
    task = read.task
    figures.rows_right += _ends(task) == _ends(wanted)
    who, whom = {_who(one) for one in task.responsibilities}, {_who(one) for one in wanted.responsibilities}
    figures.units_read += len(who)
    figures.units_right += len(who & whom)
    figures.deadlines_right += _when(task.deadlines) == _when(wanted.deadlines)
    fields: list[tuple[Field, object, object]] = [
        ("number", task.number, wanted.number),
        ("section", _same(task.section), _same(wanted.section)),
        ("matter", _same(task.matter), _same(wanted.matter)),
        ("requirement", _same(task.requirement), _same(wanted.requirement)),
        ("assignment", _same(task.assignment), _same(wanted.assignment)),
        ("assignment", who, whom),
        ("deadline", _when(task.deadlines), _when(wanted.deadlines)),
        ("quotas", _many(task.quotas), _many(wanted.quotas)),
        ("remark", _same(task.remark), _same(wanted.remark)),
    ]
    for name, got, want in fields:
        if got != want:
            words = f"{wanted.number} {name}: {got!r} instead of {want!r}"
            _note(figures, words, _on(reading, read.key, name))


def _document(figures: Figures, reading: Reading, gold: NoticeDraft) -> None:
    head = reading.head
    pairs: list[tuple[str, object, object, tuple[str, ...]]] = [
        ("agency", head.agency, gold.agency, ("head_",)),
        ("title", _same(head.title), _same(gold.title), ("head_",)),
        ("document_number", head.document_number, gold.document_number, ("head_",)),
        ("issued_on", head.issued_on, gold.issued_on, ("head_",)),
        ("year", head.year, gold.year, ("year_",)),
        ("headings", _headings(reading.headings), _headings(gold.headings), ("columns_", "head_")),
        ("units", {(u.name, u.kind) for u in reading.units}, {(u.name, u.kind) for u in gold.units}, ("units_",)),
        ("unit quotas", _many(reading.unit_quotas), _many(gold.unit_quotas), ("quota_",)),
        ("clocks", _limits(reading.limits), _limits(gold.clock_rules), ("clock_",)),
        ("reports", _reports(reading), {(r.to, r.month, r.day, r.year_offset) for r in gold.reports}, ("report_",)),
    ]
    for name, got, want, kinds in pairs:
        if got != want:
            said = [one for one in reading.problems if one.kind.startswith(kinds)]
            _note(figures, f"{name}: {got!r} instead of {want!r}", said)


def _reports(reading: Reading) -> set[tuple[str, int, int, int]]:
    return {(one.to, one.month, one.day, one.year_offset) for one in reading.reports}


def _headings(headings: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(column, squeezed(words)) for column, words in headings]


def _limits(rules: Sequence[ClockRule]) -> set[tuple[object, ...]]:
    return {(one.days, one.day_kind, one.direction, one.bound, one.task) for one in rules}


def _on(reading: Reading, key: str, name: Field) -> list[Problem]:
    """The problems that stand on this field of this row, or on the row, or are asked once and cover it."""
    return [
        one for one in reading.problems if (one.task == key or key in one.covers) and (one.field in (name, "row", None))
    ]


def _of_document(reading: Reading) -> list[Problem]:
    kinds = ("row_", "count_", "table_", "text_", "no_tasks", "columns_", "number_")
    return [one for one in reading.problems if one.task is None and one.kind.startswith(kinds)]


def _note(figures: Figures, words: str, said: Sequence[Problem]) -> None:
    figures.wrong.append(words)
    if not said:
        figures.silent.append(words)


def _same(text: str | None) -> str | None:
    return None if text is None else squeezed(text)


def _who(one: Responsibility) -> tuple[object, ...]:
    scope = one.scope
    taken = None if scope is None else (frozenset(scope.kinds), frozenset(scope.units), scope.except_named)
    return one.role, squeezed(one.name), one.through, taken, one.listed


def _when(deadlines: Sequence[Deadline]) -> list[tuple[object, ...]]:
    parts: Final[tuple[str, ...]] = (
        *("kind", "source", "month", "day", "year_offset", "start_month", "start_day", "party", "ours", "recurrence"),
    )
    return [(squeezed(one.text), *(getattr(one, part) for part in parts)) for one in deadlines]


def _many(quotas: Sequence[Quota]) -> set[tuple[object, ...]]:
    return {(one.target, one.counter, one.period) for one in quotas}
