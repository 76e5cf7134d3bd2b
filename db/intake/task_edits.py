"""The clerk's changes of one task: another text for a field, other units, split, join, drop, add."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, assert_never

from db.intake.edits import Add
from db.intake.phrases.assignments import names, responsibilities
from db.intake.phrases.clocks import clocks
from db.intake.phrases.deadlines import deadlines
from db.intake.phrases.quotas import quotas
from db.intake.problems import SHARED
from db.intake.reading import Doubt, Field, Problem, ReadTask
from db.intake.rereading import Said, reread
from db.intake.work import BY_CLERK, Work, is_unit_name, typed
from db.rules.notice import Responsibility, Task
from db.rules.words import ROLE_NAMES, Role

COPIED: Final[tuple[Field, ...]] = ("section", "matter", "assignment", "deadline", "remark")
"""What both halves of a split task have: what is asked of the one is asked of the other."""

ALL_ALIKE: Final = "这些项一并改"


def mend(work: Work, at: int, field: Field, text: str, step: int) -> None:
    """Another text for a field; phrases are read anew, and what they leave open is a new problem."""
    one = work.tasks[at]
    if not text and field in ("number", "requirement"):
        work.lost(f"第 {one.task.number} 项的{'编号' if field == 'number' else '具体要求'}不能是空的", step)
        return
    work.answer(one.key, field)
    if field == "requirement":
        work.tasks[at] = reread(work, one, text, step)
        return
    work.own.add((one.key, field))
    task, limits = one.task, one.clocks
    doubts: tuple[Doubt, ...] = ()
    match field:
        case "number":
            task = replace(task, number=work.unique(text, one.key))
        case "section":
            task = replace(task, section=text or None)
        case "matter":
            task = replace(task, matter=text or None)
        case "remark":
            task = replace(task, remark=text or None, remark_source="cell" if text else None)
        case "assignment":
            who, doubts = _who(work, text)
            task = replace(task, assignment=text or None, responsibilities=who)
        case "deadline":
            when, doubts = deadlines(text or None, "", year=work.year, default=None, issued_on=work.issued_on)
            task = replace(task, deadlines=when)
        case "quotas":
            counted, doubts = quotas(text)
            task = replace(task, quotas=counted)
            if text and not counted and not doubts:
                doubts = (Doubt("quota_unread", text, "没有认出数量要求，没有记入"),)
        case "clocks":
            limits, doubts = clocks(text, task.number)
            if text and not limits and not doubts:
                doubts = (Doubt("clock_unread", text, "没有认出时限规则，没有记入"),)
        case "row":
            pass
        case _:
            assert_never(field)
    work.tasks[at] = replace(one, task=task, clocks=limits, mended=True)
    work.doubt(one.key, field, doubts, step)
    if field == "assignment":
        _ask_those_below(work, at, one.task, step)


def _who(work: Work, text: str) -> tuple[tuple[Responsibility, ...], tuple[Doubt, ...]]:
    """The units of a phrase that the clerk typed; one that the roster does not know joins it."""
    if not text:
        return (), ()
    for name in names(text, None):
        if is_unit_name(name):
            work.joined(name)
    return responsibilities(((None, text),), tuple(work.units))


def mend_units(work: Work, at: int, units: Iterable[tuple[Role, str]], step: int) -> None:
    """Units picked from the roster: named each, with the clerk's choice as where they stand."""
    one = work.tasks[at]
    picked: dict[tuple[Role, str], Responsibility] = {}
    for role, written in units:
        name = typed(written)
        if not is_unit_name(name):
            work.lost(f"第 {one.task.number} 项：“{name}”不能作单位名", step)
            continue
        name = work.joined(name).name
        picked[role, name] = Responsibility(role, name, "name", quote=f"{ROLE_NAMES[role]}：{name}")
    work.answer(one.key, "assignment")
    work.own.add((one.key, "assignment"))
    work.tasks[at] = replace(one, task=replace(one.task, responsibilities=tuple(picked.values())), mended=True)
    _ask_those_below(work, at, one.task, step)


def _ask_those_below(work: Work, at: int, was: Task, step: int) -> None:
    """Rows whose merged or blank cell was read as this one keep what was read; whether they go with it is asked."""
    one = work.tasks[at]
    stem = f"{one.key}.blank_cells.e"
    for n, problem in enumerate(work.problems):
        if problem.key.startswith(stem):
            work.problems[n] = replace(problem, answered=True)
    found = read_from(work, at, was)
    if found and _bare(was) != _bare(one.task):
        words = f"第 {'、'.join(below.task.number for below in found)} 项沿用第 {one.task.number} 项原来的责任单位"
        keys = tuple(below.key for below in found)
        assumed = "仍是原来读出的单位"
        question = Problem(
            f"{stem}{step}", "blank_cells", words, assumed, (ALL_ALIKE,), False, BY_CLERK, None, "assignment", keys
        )
        work.problems.append(question)


def read_from(work: Work, at: int, was: Task) -> list[ReadTask]:
    """The rows below whose merged, blank or 同上 cell was read as this one, as far as they still say the same as it
    did. was: the task before its units were changed."""
    found: list[ReadTask] = []
    halves = f"{work.tasks[at].key.partition('~')[0]}~"
    for below in work.tasks[at + 1 :]:
        if below.state == "written" and not below.key.startswith(halves):
            break
        alike = below.state != "written" and bool(_bare(was)) and _bare(below.task) == _bare(was)
        if alike and (below.key, "assignment") not in work.own:
            found.append(below)
    return found


def _left_to_those_below(work: Work, at: int) -> None:
    """What is asked of the units of a row that goes is asked of the rows that were read from its cell."""
    key = work.tasks[at].key
    below = [one.key for one in read_from(work, at, work.tasks[at].task)]
    for n, one in enumerate(work.problems):
        is_of = one.task == key or (one.task is None and key in one.covers)
        if below and is_of and not one.answered and one.kind in SHARED and one.field == "assignment":
            rest = (other for other in one.covers if other != key)
            work.problems[n] = replace(one, task=None, covers=tuple(dict.fromkeys((*rest, *below))))


def _bare(task: Task) -> list[tuple[object, ...]]:
    return [(one.role, one.name, one.scope) for one in task.responsibilities]


def as_above(work: Work, key: str, below: Iterable[str]) -> bool:
    """Rows below get the units that the row above has now: as its cell, or as inherited where they were so."""
    at = work.position(key)
    if at is None:
        return False
    above = work.tasks[at].task
    for n, one in enumerate(work.tasks):
        if one.key not in below:
            continue
        inherited = bool(one.task.responsibilities) and all(
            who.through == "inherited" for who in one.task.responsibilities
        )
        who = tuple(
            replace(each, through="inherited" if inherited else each.through) for each in above.responsibilities
        )
        task = replace(one.task, assignment=None if inherited else above.assignment, responsibilities=who)
        work.tasks[n] = replace(one, task=task, mended=True, accepted=False)
    return True


def split(work: Work, at: int, cut: int, step: int) -> bool:
    """Two tasks out of one; units, deadline cell and headings are those of both, and so is what is asked about them."""
    one = work.tasks[at]
    first, second = one.task.requirement[: max(cut, 0)].strip(), one.task.requirement[max(cut, 0) :].strip()
    if not first or not second:
        work.lost(f"第 {one.task.number} 项的拆分处两边不能是空的", step)
        return False
    key = f"{one.key}~{step}"
    calm = _calm(work, one.key)
    _ask_of_both(work, one.key, key, step)
    task = replace(one.task, number=work.unique(f"{one.task.number}-2"), quotas=())
    copy = replace(one, key=key, task=task, clocks=(), accepted=False)
    work.own.update((key, field) for owner, field in tuple(work.own) if owner == one.key and field in COPIED)
    work.tasks[at] = replace(reread(work, one, first, step), accepted=False)
    work.tasks.insert(at + 1, reread(work, copy, second, step, fresh=True, calm=calm))
    return True


def _calm(work: Work, *keys: str) -> frozenset[Said]:
    """What was answered about these tasks."""
    return frozenset((one.kind, one.text, one.assumed) for one in work.problems if one.answered and one.task in keys)


def _ask_of_both(work: Work, key: str, copy: str, step: int) -> None:
    """What is open about the parts that both halves have is asked of the second half too."""
    more: list[Problem] = []
    for n, one in enumerate(work.problems):
        if one.task is None and key in one.covers:
            at = one.covers.index(key) + 1
            work.problems[n] = replace(one, covers=(*one.covers[:at], copy, *one.covers[at:]))
        elif one.task == key and not one.answered and one.field in COPIED:
            rest = one.key.removeprefix(key) if one.key.startswith(f"{key}.") else f".{one.kind}.e{step}.{n}"
            more.append(replace(one, key=copy + rest, task=copy, covers=(copy,) if one.covers else ()))
    work.problems.extend(more)


def join(work: Work, at: int, step: int) -> bool:
    """The next task's requirement behind this one's; what stood on the next is answered with it."""
    if at + 1 >= len(work.tasks):
        work.lost(f"第 {work.tasks[at].task.number} 项是最后一项，后面没有可并的", step)
        return False
    _left_to_those_below(work, at + 1)
    one, following = work.tasks[at], work.tasks.pop(at + 1)
    calm = _calm(work, one.key, following.key)
    work.answer(following.key)
    joined = replace(one, places=(*one.places, *following.places), accepted=False)
    requirement = one.task.requirement + following.task.requirement
    work.tasks[at] = reread(work, joined, requirement, step, calm=calm)
    return True


def drop(work: Work, at: int) -> None:
    _left_to_those_below(work, at)
    work.answer(work.tasks[at].key)
    del work.tasks[at]


def add(work: Work, edit: Add, step: int) -> None:
    """A task of the clerk's, without units until they are mended."""
    requirement = typed(edit.requirement)
    if not requirement:
        work.lost("没有写具体要求的一项没有加上", step)
        return
    after = -1 if edit.after is None else work.position(edit.after)
    if after is None:
        work.lost("要加在其后的任务已不在读稿里，加在了最后", step)
        after = len(work.tasks) - 1
    above = work.tasks[after].task if after >= 0 else None
    task = Task(
        number=work.unique(f"{above.number}-2" if above else "1"),
        section=above.section if above else None,
        matter=above.matter if above else None,
        requirement=requirement,
        assignment=None,
    )
    key = edit.key if edit.key and work.position(edit.key) is None else f"{edit.key}~{step}"
    added = ReadTask(key, task, (BY_CLERK,), mended=True)
    work.tasks.insert(after + 1, reread(work, added, requirement, step, fresh=True))
    work.doubt(key, "assignment", (Doubt("units_missing", requirement[:30], "没有责任单位"),), step)
