"""The clerk's answers: a task is right as it stands, a problem as assumed or by one of its other readings.

An answer is about what was asked when it was given. Where a later setting of the document (year, columns, blank cells)
has the rows read anew, it answers only what is asked in the same words; all else is open again.
"""

from dataclasses import replace

from db.intake.choices import chosen
from db.intake.edits import AcceptProblem
from db.intake.reading import Problem
from db.intake.settling import settles
from db.intake.work import Mark, Work, asked


def accept_task(work: Work, at: int, step: int) -> None:
    """The problems that stand on the task are answered with it."""
    one = work.tasks[at]
    mark = work.marks.get(step)
    if mark is None:
        work.marks[step] = Mark(work.answer(one.key), one.task)
        work.tasks[at] = replace(one, accepted=True)
        return
    work.answer(one.key, only=mark.asked)
    if one.task == mark.task:
        work.tasks[at] = replace(one, accepted=True)


def accept_problem(work: Work, edit: AcceptProblem, step: int) -> None:
    """What was assumed is right, or one of the other readings is taken; one that changes nothing is no answer."""
    if settles(edit):
        return
    found = _found(work, edit.problem, step)
    if found is None:
        if edit.choice is not None:
            work.lost(f"选过“{edit.choice[:30]}”的那个问题已不在了", step)
        return
    problem = work.problems[found]
    work.marks.setdefault(step, Mark(frozenset({asked(problem)})))
    if edit.choice is not None and edit.choice != problem.assumed and not _chosen(work, problem, edit.choice, step):
        work.lost(f"“{edit.choice[:30]}”没有用上，请直接改这一项", step)
        return
    work.problems[found] = replace(work.problems[found], answered=True)


def _found(work: Work, key: str, step: int) -> int | None:
    """Where the problem stands that was answered."""
    mark = work.marks.get(step)
    same = [n for n, one in enumerate(work.problems) if mark is None or asked(one) in mark.asked]
    return next((n for n in same if work.problems[n].key == key), same[0] if mark is not None and same else None)


def _chosen(work: Work, problem: Problem, choice: str, step: int) -> bool:
    """Whether the choice is taken, or the task it was about is gone with the problem."""
    if problem.task is not None and work.position(problem.task) is None:
        return problem.answered
    return chosen(work, problem, choice, step)
