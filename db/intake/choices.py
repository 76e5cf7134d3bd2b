"""What it does to a reading to take another reading of a problem: one of its `others`, in its own words."""

import re
from dataclasses import replace
from typing import Final

from db.intake.phrases.assignments import responsibilities
from db.intake.phrases.deadlines import deadlines
from db.intake.phrases.signs import folded
from db.intake.phrases.units import kind_of
from db.intake.problems import SHARED
from db.intake.reading import Problem
from db.intake.settling import DATED
from db.intake.task_edits import ALL_ALIKE, as_above, drop, join, mend, read_from, split
from db.intake.work import Work
from db.rules.notice import ClockRule, Deadline, NoticeUnit, Responsibility, Scope, Task
from db.rules.squeezed import squeezed
from db.rules.words import UnitKind

AS_GROUP: Final = "作为统称"
WITH_CENTRES: Final = "连同中心和所队"
NO_TASK: Final = "不是任务"
TO_ABOVE: Final = "接上一项"
APART: Final = "单独一项"
NOBODY: Final = "没有责任单位"
AS_ABOVE: Final = "沿用上栏："
_NUMBER: Final = re.compile(r"[0-9]{1,4}")


def chosen(work: Work, problem: Problem, choice: str, step: int) -> bool:
    """Take the choice. False where it is none that changes anything: the problem is then not answered by it."""
    if problem.kind == "clock_unread":
        return _days(work, problem, choice)
    if problem.kind == "blank_cells" and choice == ALL_ALIKE:
        return as_above(work, problem.key.rpartition(".blank_cells.e")[0], problem.covers)
    if problem.kind in SHARED and problem.task is None and problem.covers:
        rows = [work.position(key) for key in problem.covers]
        # Every row, whatever the one before has come to.
        changed = [_units(work, at, problem, choice) for at in rows if at is not None]
        return any(changed)
    at = work.position(problem.task)
    if at is None:
        return problem.kind == "units_near" and _roster(work, problem, choice)
    if problem.kind in DATED:
        return _dated(work, at, choice.removeprefix(AS_ABOVE), step)
    if problem.kind == "deadline_parties":
        return _party(work, at, choice)
    if problem.kind in SHARED:
        return _units(work, at, problem, choice)
    return _shaped(work, at, problem, choice, step)


def _shaped(work: Work, at: int, problem: Problem, choice: str, step: int) -> bool:
    """The row is none, or goes on with the one above, or is two."""
    if choice == NO_TASK:
        drop(work, at)
    elif choice == TO_ABOVE and at > 0:
        return join(work, at - 1, step)
    elif choice == NOBODY:
        mend(work, at, "assignment", "", step)
    elif choice == APART:
        cut = work.tasks[at].task.requirement.rfind(problem.text) if problem.text else -1
        # Where the clerk has parted the row there already, the words stand in the second half.
        return split(work, at, cut, step) if cut > 0 else True
    else:
        return False
    return True


def _dated(work: Work, at: int, phrase: str, step: int) -> bool:
    """The date of another reading of the phrase; the words stay those of the notice."""
    one = work.tasks[at]
    found, doubts = deadlines(phrase, "", year=work.year, default=None, issued_on=work.issued_on)
    if not found:
        return False
    was = one.task.deadlines[0] if one.task.deadlines else None
    if was is not None and len(found) == 1:
        found = (_worded(found[0], was, one.task),)
    work.answer(one.key, "deadline")
    work.own.add((one.key, "deadline"))
    work.tasks[at] = replace(one, task=replace(one.task, deadlines=found), mended=True)
    work.doubt(one.key, "deadline", doubts, step)
    return True


def _worded(found: Deadline, was: Deadline, task: Task) -> Deadline:
    """The chosen date under the words that it was read from: the cell's, or the phrase in the requirement."""
    if was.source == "requirement" and squeezed(found.text) in squeezed(task.requirement):
        quote = was.quote if squeezed(found.text) in squeezed(was.quote) else found.text
        return replace(found, source="requirement", quote=quote)
    return replace(found, text=was.text, source=was.source, quote=was.quote)


def _party(work: Work, at: int, choice: str) -> bool:
    """Whose date is ours."""
    one = work.tasks[at]
    dates = tuple(replace(date, ours=date.party == choice) for date in one.task.deadlines)
    if sum(date.ours for date in dates) != 1:
        return False
    work.own.add((one.key, "deadline"))
    work.tasks[at] = replace(one, task=replace(one.task, deadlines=dates), mended=True)
    return True


def _units(work: Work, at: int, problem: Problem, choice: str) -> bool:
    """One name of the row read otherwise; the others stay as they are. The rows below that were read from its cell
    (merged, 同上) go with it."""
    if choice not in problem.others:
        return False
    one = work.tasks[at]
    who = one.task.responsibilities
    named = [n for n, each in enumerate(who) if each.name == problem.text]
    if problem.kind == "units_open":
        changed = [_wider(each) if n in named and choice == WITH_CENTRES else each for n, each in enumerate(who)]
    elif choice == AS_GROUP:
        changed = [_grouped(each) if n in named and each.scope is None else each for n, each in enumerate(who)]
    else:
        changed = _as_unit(work, one.task, problem.text, choice)
    if changed == list(who):
        return False
    unique: dict[tuple[str, str], Responsibility] = {}
    for each in changed:
        unique.setdefault((each.role, each.name), each)
    task = replace(one.task, responsibilities=tuple(unique.values()))
    work.own.add((one.key, "assignment"))
    work.tasks[at] = replace(one, task=task, mended=True)
    as_above(work, one.key, [below.key for below in read_from(work, at, one.task)])
    return True


def _wider(each: Responsibility) -> Responsibility:
    """属下单位 together with the centres and the outposts."""
    if each.scope is None:
        return each
    more: tuple[UnitKind, ...] = ("中心", "所队")
    return replace(each, scope=replace(each.scope, kinds=tuple(dict.fromkeys((*each.scope.kinds, *more)))))


def _grouped(each: Responsibility) -> Responsibility:
    """A name that is no body of its own: whoever is of that kind is only possibly meant."""
    return replace(each, through="related", scope=Scope((kind_of(each.name),)), quote=each.quote or each.name)


def _as_unit(work: Work, task: Task, written: str, choice: str) -> list[Responsibility]:
    """The row's units with a body of the roster for a name that was read as a group, or left out."""
    who = list(task.responsibilities)
    unit = work.unit(choice)
    if unit is None:
        return who
    if any(each.name == written for each in who):
        return [
            Responsibility(each.role, unit.name, "name", quote=unit.quote) if each.name == written else each
            for each in who
        ]
    phrase = (task.assignment or "").replace(written, unit.name)
    again, _ = responsibilities(((None, phrase),), tuple(work.units))
    return [*who, *(replace(each, quote=unit.quote) for each in again if each.name == unit.name and each not in who)]


def _roster(work: Work, problem: Problem, choice: str) -> bool:
    """Two names of the roster for one body (都是“甲科”), or one name for two (甲科、乙科)."""
    kept = choice.removeprefix("都是“").removesuffix("”")
    pair = tuple(work.unit(name) for name in problem.text.split("、"))
    if choice != kept and len(pair) == 2 and pair[0] is not None and pair[1] is not None:
        units = [unit for unit in pair if unit is not None and unit.name == kept]
        gone = [unit for unit in pair if unit is not None and unit.name != kept]
        return len(units) == 1 and len(gone) == 1 and _renamed(work, gone[0], (units[0],))
    run_together = work.unit(problem.text)
    parts = choice.split("、")
    if run_together is None or "".join(parts) != run_together.name or not all(len(part) > 1 for part in parts):
        return False
    found = [work.unit(part) or NoticeUnit(part, kind_of(part), run_together.quote) for part in parts]
    work.units.extend(unit for unit in found if unit not in work.units)
    return _renamed(work, run_together, tuple(found))


def _renamed(work: Work, gone: NoticeUnit, units: tuple[NoticeUnit, ...]) -> bool:
    """One unit in the place of another, wherever it is named; it leaves the roster."""
    for n, one in enumerate(work.tasks):
        found: dict[tuple[str, str], Responsibility] = {}
        for each in one.task.responsibilities:
            for put in _put(each, gone, units):
                found.setdefault((put.role, put.name), put)
        who = tuple(found.values())
        if who != one.task.responsibilities:
            work.tasks[n] = replace(one, task=replace(one.task, responsibilities=who))
    work.units = [unit for unit in work.units if folded(unit.name) != folded(gone.name)]
    return True


def _put(each: Responsibility, gone: NoticeUnit, units: tuple[NoticeUnit, ...]) -> tuple[Responsibility, ...]:
    if each.scope is None and each.name == gone.name:
        return tuple(replace(each, name=unit.name, quote=unit.quote) for unit in units)
    if each.scope is None or gone.name not in each.scope.units:
        return (each,)
    names = [name for one in each.scope.units for name in ([u.name for u in units] if one == gone.name else [one])]
    return (replace(each, scope=replace(each.scope, units=tuple(dict.fromkeys(names)))),)


def _days(work: Work, problem: Problem, choice: str) -> bool:
    """The shorter of two limits of a row, or of the letter."""
    number = _NUMBER.match(choice)
    at = work.position(problem.task)
    if number is None or int(number.group()) < 1 or choice not in problem.others:
        return False
    rules = list(work.limits) if at is None else list(work.tasks[at].clocks)
    mended = [_shorter(rule, problem, int(number.group())) for rule in rules]
    if mended == rules:
        return False
    if at is None:
        work.limits = mended
    else:
        work.own.add((work.tasks[at].key, "clocks"))
        work.tasks[at] = replace(work.tasks[at], clocks=tuple(mended), mended=True)
    return True


def _shorter(rule: ClockRule, problem: Problem, days: int) -> ClockRule:
    is_meant = squeezed(problem.text) in squeezed(rule.quote) and f" {rule.days} " in problem.assumed
    return replace(rule, days=days) if is_meant else rule
