"""A task with another requirement: what its words say is read anew, what is doubtful about them is told once.

What the clerk has set is not read anew, nor what stands in a cell of its own. A doubt that the words had before keeps
its problem, answered or not; one that they have no more is closed.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from db.intake.phrases.clocks import clocks
from db.intake.phrases.deadlines import deadlines
from db.intake.phrases.quotas import quotas
from db.intake.problems import ONCE
from db.intake.reading import Doubt, Field, ReadTask
from db.intake.work import Work
from db.rules.notice import Deadline, Quota

Said = tuple[str, str, str]
"""A doubt by its kind, text and what was assumed."""


def reread(
    work: Work, one: ReadTask, requirement: str, step: int, *, fresh: bool = False, calm: Collection[Said] = ()
) -> ReadTask:
    """The task with another requirement. fresh: no doubt of it is known yet; calm: doubts that were answered where
    the words stood before."""
    words = "" if fresh else one.task.requirement
    task = replace(one.task, requirement=requirement)
    limits = one.clocks
    if (one.key, "quotas") not in work.own:
        was, before = quotas(words)
        counted, doubts = quotas(requirement)
        task = replace(task, quotas=(*counted, *_beside(one.task.quotas, was, counted)))
        _changed(work, one.key, "quotas", before, doubts, step, calm)
    if (one.key, "clocks") not in work.own:
        before = clocks(words, one.task.number)[1]
        limits, doubts = clocks(requirement, one.task.number)
        _changed(work, one.key, "clocks", before, doubts, step, calm)
    if (one.key, "deadline") not in work.own and not any(date.source == "cell" for date in one.task.deadlines):
        before = _dates(work, words)[1] if words else ()
        dates, doubts = _dates(work, requirement)
        task = replace(task, deadlines=dates)
        _changed(work, one.key, "deadline", before, doubts, step, calm)
    return replace(one, task=task, clocks=limits, mended=True)


def _dates(work: Work, words: str) -> tuple[tuple[Deadline, ...], tuple[Doubt, ...]]:
    return deadlines(None, words, year=work.year, default=work.default, issued_on=work.issued_on)


def _beside(counted: Iterable[Quota], was: Collection[Quota], now: Iterable[Quota]) -> tuple[Quota, ...]:
    """The amounts that are not of the requirement: those of a column of their own."""
    known = {(one.target, one.counter, one.period) for one in now}
    return tuple(one for one in counted if one not in was and (one.target, one.counter, one.period) not in known)


def said(doubt: Doubt) -> Said:
    return doubt.kind, doubt.text, doubt.assumed


def _changed(
    work: Work,
    task: str,
    field: Field,
    before: Iterable[Doubt],
    now: Iterable[Doubt],
    step: int,
    calm: Collection[Said],
) -> None:
    """The doubts of a field after its words have changed: new ones are asked, those that are gone are closed."""
    had, has = {said(doubt): doubt for doubt in before}, {said(doubt): doubt for doubt in now}
    gone = [doubt for key, doubt in had.items() if key not in has]
    for n, one in enumerate(work.problems):
        if one.task == task and one.field == field and (one.kind, one.text, one.assumed) in {said(d) for d in gone}:
            work.problems[n] = replace(one, answered=True)
    work.no_more(task, {doubt.kind for doubt in gone if doubt.kind in ONCE})
    known = {one.kind for one in work.problems if one.task is None and task in one.covers}
    new = (doubt for key, doubt in has.items() if key not in had and key not in calm and doubt.kind not in known)
    work.doubt(task, field, new, step)
