"""One step of the clerk on the tasks and the roster of a reading."""

from typing import assert_never

from db.intake.answering import accept_problem, accept_task
from db.intake.edits import (
    AcceptProblem,
    AcceptTask,
    Add,
    Drop,
    DropUnit,
    Edit,
    Join,
    Mend,
    MendUnits,
    SetUnit,
    SetYear,
    Split,
)
from db.intake.reading_words import YEARS
from db.intake.task_edits import add, drop, join, mend, mend_units, split
from db.intake.work import Work, is_unit_name, typed
from db.rules.notice import NoticeUnit

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
        add(work, edit, step)
    elif isinstance(edit, AcceptProblem):
        accept_problem(work, edit, step)
    elif isinstance(edit, SetYear) and edit.year not in YEARS:
        work.lost(f"{edit.year} 不能作通知的年份", step)
    elif isinstance(edit, SetUnit):
        _set_unit(work, edit, step)
    elif isinstance(edit, DropUnit):
        _drop_unit(work, edit.name, step)


def _on_task(work: Work, edit: TaskEdit, at: int, step: int) -> None:
    match edit:
        case Mend(_, field, text):
            mend(work, at, field, typed(text), step)
        case MendUnits(_, units):
            mend_units(work, at, units, step)
        case Split(_, cut):
            split(work, at, cut, step)
        case Join():
            join(work, at, step)
        case Drop():
            drop(work, at)
        case AcceptTask():
            accept_task(work, at, step)
        case _:
            assert_never(edit)


def _set_unit(work: Work, edit: SetUnit, step: int) -> None:
    """The reading has it already, unless another step has taken it out since."""
    name = typed(edit.name)
    if not is_unit_name(name):
        work.lost(f"“{name}”不能作单位名", step)
    elif work.unit(name) is None and name not in work.dropped:
        work.units.append(NoticeUnit(name, edit.kind, name))


def _drop_unit(work: Work, name: str, step: int) -> None:
    """Out of the roster, if no task names it: the reading has left it out of every cell, the clerk's own words not."""
    if name not in work.dropped:
        return
    of_tasks = [(one.task.number, who) for one in work.tasks for who in one.task.responsibilities]
    used = [number for number, who in of_tasks if name in ((who.name,) if who.scope is None else who.scope.units)]
    if used:
        work.joined(name)
        work.lost(f"“{name}”还在第 {used[0]} 项里，没有从名册去掉", step)
    else:
        work.units = [unit for unit in work.units if unit.name != name]
