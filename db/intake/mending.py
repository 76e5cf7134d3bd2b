"""One step of the clerk on the tasks of a reading: mend, split, join, drop, add, accept."""

from dataclasses import replace
from typing import Final, assert_never

from db.intake.edits import AcceptProblem, AcceptTask, Add, Drop, Edit, Join, Mend, MendUnits, Split
from db.intake.phrases.assignments import names, responsibilities
from db.intake.phrases.clocks import clocks
from db.intake.phrases.deadlines import deadlines
from db.intake.phrases.quotas import quotas
from db.intake.phrases.units import kind_of
from db.intake.reading import Doubt, Field, ProblemKind, ReadTask
from db.intake.work import BY_CLERK, Work
from db.rules.notice import NoticeUnit, Responsibility, Task
from db.rules.words import ROLE_NAMES, Role

DATED: Final[frozenset[ProblemKind]] = frozenset(
    {"deadline_unread", "deadline_invalid", "deadline_two_valued", "deadline_stale", "deadline_event"}
)
"""Problems whose other readings are phrases of a time limit."""

TaskEdit = Mend | MendUnits | Split | Join | Drop | AcceptTask


def done(work: Work, edit: Edit, step: int) -> None:
    """Do one step; those about the whole document are in the reading already. step: its position among all."""
    if isinstance(edit, TaskEdit):
        at = work.position(edit.task)
        if at is None:
            work.lost("要改的任务已不在读稿里", step)
        else:
            _on_task(work, edit, at, step)
    elif isinstance(edit, Add):
        _add(work, edit, step)
    elif isinstance(edit, AcceptProblem):
        _accept_problem(work, edit, step)


def _on_task(work: Work, edit: TaskEdit, at: int, step: int) -> None:
    match edit:
        case Mend(_, field, text):
            _mend(work, at, field, text.strip(), step)
        case MendUnits(_, units):
            _mend_units(work, at, units)
        case Split(_, cut):
            _split(work, at, cut, step)
        case Join():
            _join(work, at, step)
        case Drop():
            work.answer(edit.task)
            del work.tasks[at]
        case AcceptTask():
            work.answer(edit.task)
            work.tasks[at] = replace(work.tasks[at], accepted=True)
        case _:
            assert_never(edit)


def _mend(work: Work, at: int, field: Field, text: str, step: int) -> None:
    """Another text for a field; phrases are read anew, and what they leave open is a new problem."""
    one = work.tasks[at]
    work.answer(one.key, field)
    task, limits = one.task, one.clocks
    doubts: tuple[Doubt, ...] = ()
    match field:
        case "number":
            task = replace(task, number=work.unique(text, one.key)) if text else task
        case "section":
            task = replace(task, section=text or None)
        case "matter":
            task = replace(task, matter=text or None)
        case "remark":
            task = replace(task, remark=text or None, remark_source="cell" if text else None)
        case "requirement":
            work.tasks[at] = _reread(work, one, text or task.requirement, step)
            return
        case "assignment":
            who, doubts = _who(work, text)
            task = replace(task, assignment=text or None, responsibilities=who)
        case "deadline":
            when, doubts = deadlines(text or None, "", year=work.year, default=None, issued_on=work.issued_on)
            task = replace(task, deadlines=when)
        case "quotas":
            counted, doubts = quotas(text)
            task = replace(task, quotas=counted)
        case "clocks":
            limits, doubts = clocks(text, task.number)
        case "row":
            pass
        case _:
            assert_never(field)
    work.tasks[at] = replace(one, task=task, clocks=limits, mended=True)
    work.doubt(one.key, field, doubts, step)


def _reread(work: Work, one: ReadTask, requirement: str, step: int) -> ReadTask:
    """The task with another requirement: its amounts and limits are read anew, the deadline if it stood in it."""
    counted, count_doubts = quotas(requirement)
    limits, limit_doubts = clocks(requirement, one.task.number)
    work.doubt(one.key, "quotas", count_doubts, step)
    work.doubt(one.key, "clocks", limit_doubts, step)
    task = replace(one.task, requirement=requirement, quotas=counted)
    if not any(deadline.source == "cell" for deadline in one.task.deadlines):
        default = next((deadline for deadline in one.task.deadlines if deadline.source == "notice"), None)
        when, when_doubts = deadlines(None, requirement, year=work.year, default=default, issued_on=work.issued_on)
        work.doubt(one.key, "deadline", when_doubts, step)
        task = replace(task, deadlines=when)
    return replace(one, task=task, clocks=limits, mended=True)


def _who(work: Work, text: str) -> tuple[tuple[Responsibility, ...], tuple[Doubt, ...]]:
    """The units of a phrase that the clerk typed; one that the roster does not know joins it."""
    if not text:
        return (), ()
    for name in names(text, None):
        _join_roster(work, name)
    return responsibilities(((None, text),), tuple(work.units))


def _join_roster(work: Work, name: str) -> None:
    if all(unit.name != name for unit in work.units):
        work.units.append(NoticeUnit(name, kind_of(name), name))


def _mend_units(work: Work, at: int, units: tuple[tuple[Role, str], ...]) -> None:
    """Units picked from the roster: named each, with the clerk's choice as where they stand."""
    one = work.tasks[at]
    for _, name in units:
        _join_roster(work, name)
    picked = tuple(
        Responsibility(role, name, "name", quote=f"{ROLE_NAMES[role]}：{name}") for role, name in dict.fromkeys(units)
    )
    work.answer(one.key, "assignment")
    work.tasks[at] = replace(one, task=replace(one.task, responsibilities=picked), mended=True)


def _split(work: Work, at: int, cut: int, step: int) -> None:
    """Two tasks out of one; units, deadline cell and headings are those of both."""
    one = work.tasks[at]
    first, second = one.task.requirement[:cut].strip(), one.task.requirement[cut:].strip()
    if not first or not second:
        work.lost(f"第 {one.task.number} 项的拆分处两边不能是空的", step)
        return
    key = f"{one.key}~{step}"
    number = work.unique(f"{one.task.number}-2")
    work.tasks[at] = _reread(work, one, first, step)
    copy = replace(one, key=key, task=replace(one.task, number=number), mended=True)
    work.tasks.insert(at + 1, copy)
    work.tasks[at + 1] = _reread(work, copy, second, step)


def _join(work: Work, at: int, step: int) -> None:
    """The next task's requirement behind this one's; what stood on the next is answered with it."""
    if at + 1 >= len(work.tasks):
        work.lost(f"第 {work.tasks[at].task.number} 项是最后一项，后面没有可并的", step)
        return
    one, following = work.tasks[at], work.tasks.pop(at + 1)
    work.answer(following.key)
    joined = replace(one, places=(*one.places, *following.places))
    requirement = one.task.requirement + following.task.requirement
    work.tasks[at] = _reread(work, joined, requirement, step)


def _add(work: Work, edit: Add, step: int) -> None:
    """A task of the clerk's, without units until they are mended."""
    after = -1 if edit.after is None else work.position(edit.after)
    if after is None:
        work.lost("要加在其后的任务已不在读稿里，加在了最后", step)
        after = len(work.tasks) - 1
    above = work.tasks[after].task if after >= 0 else None
    task = Task(
        number=work.unique(f"{above.number}-2" if above else "1"),
        section=above.section if above else None,
        matter=above.matter if above else None,
        requirement=edit.requirement.strip(),
        assignment=None,
    )
    added = ReadTask(edit.key, task, (BY_CLERK,), mended=True)
    work.tasks.insert(after + 1, _reread(work, added, task.requirement, step))
    work.doubt(edit.key, "assignment", (Doubt("units_missing", task.requirement[:30], "没有责任单位"),), step)


def _accept_problem(work: Work, edit: AcceptProblem, step: int) -> None:
    """What was assumed is right, or one of the other readings is taken."""
    found = next((n for n, one in enumerate(work.problems) if one.key == edit.problem), None)
    if found is None:
        return  # one about the whole document, which is no longer asked once it is answered
    problem = work.problems[found]
    work.problems[found] = replace(problem, answered=True)
    at = work.position(problem.task) if problem.task else None
    if edit.choice is None or at is None:
        return
    if problem.kind in DATED:
        _mend(work, at, "deadline", edit.choice, step)
    elif problem.kind == "deadline_parties":
        task = work.tasks[at].task
        chosen = tuple(replace(one, ours=one.party == edit.choice) for one in task.deadlines)
        if any(one.ours for one in chosen):
            work.tasks[at] = replace(work.tasks[at], task=replace(task, deadlines=chosen), mended=True)
    elif problem.kind in ("units_near", "units_unread", "units_clause"):
        _mend(work, at, "assignment", edit.choice, step)
