"""A notice that comes a second time: which one it is, which task is which, and what is different."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from db.rules.notice import Deadline, NoticeDraft, Responsibility, Task
from db.rules.rows_intake import KnownNotice
from db.rules.squeezed import squeezed
from db.rules.value import value

SUPPLEMENT: Final = "〔以下由导入时补正、拼接，原文没有这样写〕"
"""In a notice's text above what its reading says in words that do not stand in the document so."""

ALIKE: Final = 0.6
"""From this share of common pairs of signs on, two requirements are the same task, reworded."""

ALIKE_BY_NUMBER: Final = 0.3
"""The same, where the numbers are equal too."""


@value
class TaskChange:
    """One task that is not as it was: former and new number, and the names of the fields that differ. former None: a
    new task; number None: one that the notice has no more."""

    former: str | None
    number: str | None
    fields: tuple[str, ...] = ()


@value
class Differences:
    """matches: the former number of each task by its new one; changes: in the order of the new notice, then what is
    gone; notice: the fields of the notice itself that differ."""

    matches: Mapping[str, str]
    changes: tuple[TaskChange, ...]
    notice: tuple[str, ...]


def recognised(draft: NoticeDraft, known: Iterable[KnownNotice]) -> KnownNotice | None:
    """The notice of the file that this is again: the same text; else the same year and document number; else the
    same year, agency and title. None for one not seen before."""
    notices = tuple(known)
    text = _document(draft.text)
    for one in notices:
        if _document(one.text) == text:
            return one
    for one in notices:
        if one.year == draft.year and _same(one.document_number, draft.document_number):
            return one
    for one in notices:
        if one.year == draft.year and _same(one.agency, draft.agency) and _same(one.title, draft.title):
            return one
    return None


def _document(text: str) -> str:
    """The document itself: what was added at its import differs with what the clerk has mended."""
    return squeezed(text.partition(SUPPLEMENT)[0]) or squeezed(text)


def differences(former: NoticeDraft, new: NoticeDraft) -> Differences:
    """What is different, task by task: the same requirement is the same task, whatever its number; of others those most
    alike, where the numbers are equal with fewer words in common."""
    matches = _matches(former.tasks, new.tasks)
    by_number = {task.number: task for task in former.tasks}
    changes = []
    for task in new.tasks:
        other = by_number.get(matches.get(task.number, ""))
        if other is None:
            changes.append(TaskChange(None, task.number))
        elif fields := _fields(other, task):
            changes.append(TaskChange(other.number, task.number, fields))
    found = set(matches.values())
    changes.extend(TaskChange(task.number, None) for task in former.tasks if task.number not in found)
    return Differences(matches, tuple(changes), _of_notice(former, new))


def _matches(former: Sequence[Task], new: Sequence[Task]) -> dict[str, str]:
    matches = _same_text(former, new)
    taken = set(matches.values())
    left = {task.number: _pairs(task.requirement) for task in former if task.number not in taken}
    alike: list[tuple[float, bool, int, str, str]] = []
    for position, task in enumerate(new):
        if task.number in matches:
            continue
        own = _pairs(task.requirement)
        for number, pairs in left.items():
            share = _share(own, pairs)
            if share >= (ALIKE_BY_NUMBER if number == task.number else ALIKE):
                alike.append((share, number == task.number, -position, task.number, number))
    for _, _, _, number, other in sorted(alike, reverse=True):
        if number not in matches and other in left:
            matches[number] = other
            del left[other]
    return matches


def _same_text(former: Sequence[Task], new: Sequence[Task]) -> dict[str, str]:
    """The tasks whose requirement is the same to the letter: where several are, those of equal number first."""
    by_text: dict[str, list[str]] = {}
    for task in former:
        by_text.setdefault(squeezed(task.requirement), []).append(task.number)
    matches: dict[str, str] = {}
    for task in new:
        same = by_text.get(squeezed(task.requirement), [])
        if task.number in same:
            same.remove(task.number)
            matches[task.number] = task.number
    for task in new:
        same = by_text.get(squeezed(task.requirement), [])
        if task.number not in matches and same:
            matches[task.number] = same.pop(0)
    return matches


def likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring signs that two texts have in common, from 0 to 1."""
    return _share(_pairs(one), _pairs(other))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _pairs(text: str) -> frozenset[str]:
    signs = squeezed(text)
    return frozenset(signs[at : at + 2] for at in range(len(signs) - 1)) or frozenset({signs})


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and squeezed(one) == squeezed(other)


def _fields(former: Task, new: Task) -> tuple[str, ...]:
    """The fields that differ, by the design's names."""
    compared: tuple[tuple[str, object, object], ...] = (
        ("number", former.number, new.number),
        ("section", _text(former.section), _text(new.section)),
        ("matter", _text(former.matter), _text(new.matter)),
        ("requirement", squeezed(former.requirement), squeezed(new.requirement)),
        ("assignment", _who(former.responsibilities), _who(new.responsibilities)),
        ("deadline", _when(former.deadlines), _when(new.deadlines)),
        ("quotas", _counted(former), _counted(new)),
        ("remark", _text(former.remark), _text(new.remark)),
    )
    return tuple(name for name, one, other in compared if one != other)


def _text(text: str | None) -> str | None:
    return None if text is None else squeezed(text)


def _who(found: Iterable[Responsibility]) -> list[tuple[object, ...]]:
    return [(one.role, squeezed(one.name), one.through, one.scope) for one in found]


def _when(found: Iterable[Deadline]) -> list[tuple[object, ...]]:
    return [
        (one.kind, one.month, one.day, one.year_offset, one.start_month, one.start_day, one.party, one.recurrence)
        for one in found
    ]


def _counted(task: Task) -> list[tuple[object, ...]]:
    return [(one.target, one.counter, one.period) for one in task.quotas]


def _of_notice(former: NoticeDraft, new: NoticeDraft) -> tuple[str, ...]:
    compared: tuple[tuple[str, object, object], ...] = (
        ("agency", former.agency, new.agency),
        ("title", _text(former.title), _text(new.title)),
        ("document_number", former.document_number, new.document_number),
        ("year", former.year, new.year),
        ("issued_on", former.issued_on, new.issued_on),
        ("units", {unit.name for unit in former.units}, {unit.name for unit in new.units}),
        (
            "reports",
            {(one.what, one.month, one.day, one.year_offset) for one in former.reports},
            {(one.what, one.month, one.day, one.year_offset) for one in new.reports},
        ),
    )
    return tuple(name for name, one, other in compared if one != other)
