"""Doubts with their place -> the problems that the clerk goes through: each once, questions of a document once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from db.intake.reading import Doubt, Field, Problem, ProblemKind, ReadTask
from db.intake.source import LOSS_NAMES, LossKind, Place, Source

ONCE: Final[frozenset[ProblemKind]] = frozenset(
    {
        "blank_cells",
        "due_before_issue",
        "deadline_default",
        "units_missing",
        "first_leads",
        "year_unknown",
        "disclaimed",
        "other_level",
    }
)
"""Asked once for a document, however many rows it is about."""


SHARED: Final[frozenset[ProblemKind]] = frozenset({"units_open", "units_unread", "units_near", "units_citation"})
"""Asked once for all rows where it is asked in the same words: one answer or choice does for all of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A doubt and where it was met."""

    doubt: Doubt
    place: Place | None
    task: str | None
    field: Field | None


def collapsed(found: Iterable[Found], tasks: Sequence[ReadTask]) -> tuple[Problem, ...]:
    """One problem for each doubt; one for all of a kind that is asked once. Blocking ones of a kind stay blocking."""
    numbers = {task.key: task.task.number for task in tasks}
    order = {key: position for position, key in enumerate(numbers)}
    together: dict[ProblemKind, list[Found]] = {}
    single: list[Found] = []
    for one in found:
        if one.task is not None and one.doubt.kind in ONCE:
            together.setdefault(one.doubt.kind, []).append(one)
        else:
            single.append(one)
    problems = [_asked_once(kind, many, numbers) for kind, many in together.items()]
    single.sort(key=lambda one: -1 if one.task is None else order.get(one.task, len(order)))
    counted = {f"doc.{kind}": 1 for kind in together}
    for one, keys in _in_the_same_words(single):
        stem = f"{one.task or 'doc'}.{one.doubt.kind}"
        counted[stem] = counted.get(stem, 0) + 1
        key = stem if counted[stem] == 1 else f"{stem}.{counted[stem]}"
        problems.append(_problem(key, one, keys))
    return tuple(problems)


def _in_the_same_words(found: Iterable[Found]) -> list[tuple[Found, tuple[str, ...]]]:
    """The doubts, each once; with those that are met again in other rows the keys of all its rows."""
    rows: dict[tuple[Doubt, Field | None], dict[str, None]] = {}
    first: list[Found] = []
    for one in found:
        if one.task is None or one.doubt.kind not in SHARED:
            first.append(one)
            continue
        met = (one.doubt, one.field)
        if met not in rows or one.task in rows[met]:
            first.append(one)
        rows.setdefault(met, {})[one.task] = None
    return [(one, tuple(rows.get((one.doubt, one.field), ())) if one.task is not None else ()) for one in first]


def _problem(key: str, one: Found, keys: tuple[str, ...]) -> Problem:
    """keys: of all the rows that ask the same; under the first one's key."""
    doubt = one.doubt
    others = tuple(other for other in doubt.others if other != doubt.assumed)
    task, covers = (None, keys) if len(keys) > 1 else (one.task, ())
    return Problem(key, doubt.kind, doubt.text, doubt.assumed, others, doubt.blocks, one.place, task, one.field, covers)


def _asked_once(kind: ProblemKind, many: Sequence[Found], numbers: dict[str, str]) -> Problem:
    """The first one's words, with the numbers of all the rows that it is about."""
    first = many[0]
    keys = tuple(dict.fromkeys(one.task for one in many if one.task is not None))
    return Problem(
        f"doc.{kind}",
        kind,
        listed(numbers[key] for key in keys) if len(keys) > 1 or not first.doubt.text else first.doubt.text,
        first.doubt.assumed,
        first.doubt.others,
        any(one.doubt.blocks for one in many),
        first.place,
        None if len(keys) > 1 else keys[0],
        first.field,
        keys,
    )


def listed(numbers: Iterable[str]) -> str:
    """The rows that a question is about, by their numbers."""
    return f"第 {'、'.join(numbers)} 项"


def reader_problems(source: Source, spoken_of: Sequence[LossKind]) -> tuple[Problem, ...]:
    """What the reader could not carry over, each kind once, where it can hide a task or a word."""
    problems = []
    for kind in spoken_of:
        losses = [loss for loss in source.losses if loss.kind == kind]
        if losses:
            count = sum(loss.count for loss in losses)
            shown = "；".join(f"{loss.place.words()} {loss.text}".strip() for loss in losses[:3])
            problems.append(
                Problem(f"doc.reader.{kind}", "reader", shown, f"{LOSS_NAMES[kind]} {count} 处", place=losses[0].place)
            )
    return tuple(problems)


def told(source: Source, spoken_of: Sequence[LossKind]) -> str:
    """What the reader met beside plain text and is no problem: 另有 脚注尾注（已读入）2 处; '' if nothing."""
    counts: dict[LossKind, int] = {}
    for loss in source.losses:
        if loss.kind not in spoken_of:
            counts[loss.kind] = counts.get(loss.kind, 0) + loss.count
    return "另有" + "、".join(f"{LOSS_NAMES[kind]} {count} 处" for kind, count in counts.items()) if counts else ""
