"""The tasks of a reading: verbatim text, who is responsible, deadlines and quotas."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final, Literal, get_args

from db.intake.plan_deadlines import task_deadlines
from db.intake.plan_table import Table
from db.rules.notice import Deadline, Quota, Responsibility, Scope, Task
from db.rules.squeezed import squeezed
from db.rules.words import UNIT_KINDS, Period, Role

TASK_KEYS: Final = (
    "number",
    "section",
    "matter",
    "requirement",
    "assignment",
    "inherits",
    "remark",
    "remark_source",
    "recurrence",
    "responsibilities",
    "deadline",
    "quotas",
)
WRITTEN_THROUGH: Final[tuple[Literal["name", "group", "related"], ...]] = ("name", "group", "related")
"""inherited is never written: it comes from `inherits`."""

LARGEST_TARGET: Final = 100_000


def tasks(root: Table, roster: Collection[str], default: Deadline | None) -> tuple[Task, ...]:
    """Every [[task]], in the order of the file."""
    found: dict[str, Task] = {}
    for table in root.tables("task"):
        task = _task(table, roster, default, found)
        if task.number in found:
            table.refuse("number", f"编号 {task.number} 写了两次", "每项任务的编号只能出现一次。")
        found[task.number] = task
    if not found:
        root.refuse("task", "一项任务也没有", "每项任务写一个 [[task]]。")
    return tuple(found.values())


def _task(table: Table, roster: Collection[str], default: Deadline | None, above: Mapping[str, Task]) -> Task:
    table.only(*TASK_KEYS)
    remark, remark_source = _remark(table)
    assignment = table.optional_verbatim("assignment")
    requirement = table.verbatim("requirement")
    return Task(
        number=table.text("number"),
        section=table.optional_verbatim("section"),
        matter=table.optional_verbatim("matter"),
        requirement=requirement,
        assignment=assignment,
        remark=remark,
        remark_source=remark_source,
        responsibilities=_inherited(table, above)
        if table.has("inherits")
        else _responsibilities(table, roster, assignment, requirement),
        deadlines=task_deadlines(table, default),
        quotas=quotas(table, "quotas"),
    )


def _remark(table: Table) -> tuple[str | None, str | None]:
    if not table.has("remark"):
        if table.has("remark_source"):
            table.refuse("remark", "缺少这个键，写了 remark_source 就要写")
        return None, None
    return table.verbatim("remark"), table.word("remark_source", ("cell", "body"), "cell")


def _inherited(table: Table, above: Mapping[str, Task]) -> tuple[Responsibility, ...]:
    """A blank cell that may be merged: who the row above names, as only inherited."""
    for key in ("assignment", "responsibilities"):
        if table.has(key):
            table.refuse(key, "写了 inherits 就不写这个键", "只有空白的责任栏才沿用上栏。")
    number = table.text("inherits")
    if number not in above:
        table.refuse("inherits", f"前面没有编号 {number} 的任务", "只能沿用排在前面的任务。")
    return tuple(replace(one, through="inherited") for one in above[number].responsibilities)


def _responsibilities(
    table: Table, roster: Collection[str], assignment: str | None, requirement: str
) -> tuple[Responsibility, ...]:
    found = tuple(_responsibility(one, roster, assignment or requirement) for one in table.tables("responsibilities"))
    if assignment is not None and not found:
        table.refuse("responsibilities", "有责任栏却没有责任单位", "请按责任栏写出 responsibilities。")
    if len({(one.role, one.name) for one in found}) < len(found):
        table.refuse("responsibilities", "同一单位以同一角色写了两次")
    return found


def _responsibility(one: Table, roster: Collection[str], cell: str) -> Responsibility:
    """One named unit (through name) or group phrase (group, related); cell is where the phrase must stand."""
    one.only("role", "name", "through", "kinds", "units", "except_named", "listed", "quote")
    role: Role = one.word("role", get_args(Role))
    name = one.verbatim("name")
    through = one.word("through", WRITTEN_THROUGH, "name")
    listed, quote = one.flag("listed", True), one.optional_verbatim("quote")
    if not listed and quote is None:
        one.refuse("quote", "缺少这个键，listed 为 false 时要写")
    if squeezed(name) not in squeezed(quote if quote is not None else cell):
        one.refuse("name", f"责任栏里没有“{name}”", "请照责任栏的写法；责任栏以外的出处写在 quote 里。")
    return Responsibility(role, name, through, _scope(one, roster, name, through), listed, quote)


def _scope(one: Table, roster: Collection[str], name: str, through: str) -> Scope | None:
    if through == "name":
        for key in ("kinds", "units", "except_named"):
            if one.has(key):
                one.refuse(key, "点名的单位不写范围", "统称请写 through = group 或 related。")
        if name not in roster:
            one.refuse("name", f"单位名册里没有“{name}”", "请先在 [[unit]] 里写上，或改正名称。")
        return None
    kinds, units = one.words("kinds", UNIT_KINDS), one.texts("units")
    for n, unit in enumerate(units, 1):
        if unit not in roster:
            one.refuse(f"units[{n}]", f"单位名册里没有“{unit}”", "请先在 [[unit]] 里写上，或改正名称。")
    if len(set(units)) < len(units):
        one.refuse("units", "有重复的单位")
    if not kinds and not units:
        one.refuse("kinds", "缺少这个键，统称要写明包括哪几类单位", f"可以写：{'、'.join(UNIT_KINDS)}。")
    return Scope(kinds, units, one.flag("except_named", False))


def quotas(table: Table, key: str) -> tuple[Quota, ...]:
    """The quotas under a key, of a task or of every unit."""
    return tuple(_quota(one) for one in table.tables(key))


def _quota(one: Table) -> Quota:
    one.only("target", "counter", "period", "quote", "also")
    counter = one.text("counter")
    target = one.whole("target", 1, 100 if counter == "%" else LARGEST_TARGET)
    period: Period = one.word("period", get_args(Period))
    one.verbatims("also")
    return Quota(target, counter, period, one.verbatim("quote"))
