"""What is counted and asked of a document as a whole: columns left out, rows against tasks, numbers with gaps or twice.

`said` is what the source counts itself: '39 行，读出 39 项；大项编号缺 十三、十四'.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeVar

from db.intake.headers import core, is_catalogue, left_out
from db.intake.numbering import gaps, number_value, section_value, single
from db.intake.reading import Doubt, RawTask
from db.intake.row_fields import TableTasks
from db.intake.rows import Row
from db.intake.source import Place
from db.intake.table_walk import missing_sections
from db.intake.tables import Header

SHOWN: Final = 40
_MOST_NAMED: Final = 8

_ONE_COLUMN: Final = (
    *(("deadline", "完成时限"), ("requirement", "具体要求"), ("assignment", "责任单位")),
    *(("lead", "牵头单位"), ("responsible", "责任单位"), ("support", "配合单位")),
)
_SHORTEST: Final = 4
"""Signs of a requirement that is compared with the others."""

Placed = tuple[Place | None, Doubt]
_Thing = TypeVar("_Thing")


def column_doubts(header: Header, rows: Sequence[Row], found: TableTasks) -> list[Doubt]:
    """What the columns leave open: words not understood over columns that say something, two columns for one field,
    units of another level beside a remark, a standing catalogue."""
    doubts: list[Doubt] = []
    words = [
        header.words[column]
        for column in left_out(header.words, header.roles)
        if any(row.said[column].own for row in rows)
    ]
    if words:
        doubts.append(Doubt("columns_unsure", "、".join(words)[:SHOWN], "这几栏没有读入"))
    nameless = sum(
        1
        for column, (word, role) in enumerate(zip(header.words, header.roles, strict=True))
        if role == "other" and not core(word) and any(row.said[column].own for row in rows)
    )
    if nameless:
        doubts.append(Doubt("columns_unsure", "", f"{nameless} 栏没有表头，没有读入"))
    for role, name in _ONE_COLUMN:
        twice = [word for word, one in zip(header.words, header.roles, strict=True) if one == role]
        if len(twice) > 1:
            doubts.append(Doubt("columns_unsure", "、".join(twice)[:SHOWN], f"几栏都读作{name}，合在一起"))
    if found.unread:
        text = "、".join(found.unread[:_MOST_NAMED])[:SHOWN]
        doubts.append(Doubt("columns_unsure", text, "另有一级单位或半行文字，没有地方放，没有读入"))
    if is_catalogue(header.words):
        text = "、".join(filter(None, header.words))[:SHOWN]
        doubts.append(Doubt("columns_unsure", text, "像是公开标准目录而不是任务分解表，照样读成任务"))
    return doubts


def table_numbers(found: TableTasks) -> list[Placed]:
    """Gaps in the headings' numbers and in the rows', and rows under one merged number."""
    doubts: list[Placed] = []
    sections = missing_sections(found.sections)
    if sections:
        at = next((where for _, where in _behind_gaps(found.sections)), None)
        doubts.append((at, Doubt("number_gap", listed(sections), f"大项编号缺 {listed(sections)}，按原文读入")))
    rows = _numbered(found.tasks)
    missing = gaps(value for value, _ in rows)
    if missing:
        at = next((task.places[0] for _, task in _behind_gaps(rows) if task.places), None)
        names = listed([str(one) for one in missing])
        doubts.append((at, Doubt("number_gap", names, f"编号缺 {names}，按原文读入")))
    if found.bare:
        doubts.append((None, Doubt("text_left_out", listed(found.bare)[:SHOWN], "大项下面没有任务，没有读入")))
    if found.covered:
        names = listed(list(found.covered))
        doubts.append((None, Doubt("number_twice", names, "一个编号管几行，从第二行起写作 1-2、1-3")))
    return doubts


def table_said(tables: Sequence[TableTasks]) -> tuple[str, list[Placed]]:
    """The rows counted against the tasks, and what is missing in the numbers."""
    rows, read = sum(one.rows for one in tables), sum(len(one.tasks) for one in tables)
    words = f"{rows} 行，读出 {read} 项"
    doubts: list[Placed] = []
    if rows != read:
        doubts.append((None, Doubt("count_differs", words, f"{rows - read} 行并入上一项")))
    sections = [name for one in tables for name in missing_sections(one.sections)]
    missing = [str(number) for one in tables for number in gaps(value for value, _ in _numbered(one.tasks))]
    if sections:
        words += f"；大项编号缺 {listed(sections)}"
    if missing:
        words += f"；编号缺 {listed(missing)}"
    return words, doubts


def prose_gaps(tasks: Sequence[RawTask]) -> tuple[str, ...]:
    """The first-level numbers that the sections of a text jump over."""
    values: list[tuple[int, Place | None]] = []
    last = ""
    for task in tasks:
        head = section_value(task.section)
        if head is not None and head.printed != last:
            last = head.printed
            values.append((head.value, task.places[0] if task.places else None))
    return missing_sections(values)


def numbered_once(tasks: Sequence[RawTask], tables: Sequence[int]) -> tuple[list[RawTask], list[Placed]]:
    """The tasks with no number twice. tables: for each task, which table it is of."""
    numbers, done, twice = single([task.number for task in tasks], [task.section for task in tasks], tables)
    found = [replace(task, number=number) for task, number in zip(tasks, numbers, strict=True)]
    doubts: list[Placed] = []
    if done == "section":
        doubts.append((None, Doubt("number_twice", "", "编号在各大项下重新起算，前面加上大项的编号（一1、二1）")))
    elif done == "count":
        doubts.append((None, Doubt("number_twice", "", "编号在各大项下重新起算，前面加上大项的序号（1-1、2-1）")))
    elif done == "table":
        doubts.append((None, Doubt("number_twice", "", "编号在各表里重新起算，前面加上表的序号（1-1、2-1）")))
    for at in twice:
        doubt = Doubt("number_twice", tasks[at].number or "", f"编号重复，写作 {numbers[at]}")
        found[at] = replace(found[at], doubts=(*found[at].doubts, ("number", doubt)))
    return found, doubts


def doubled(tasks: Sequence[RawTask]) -> list[Placed]:
    """Rows that say the same as one above them, as a table of progress does behind the table of tasks."""
    first: dict[tuple[str | None, str], RawTask] = {}
    again: list[RawTask] = []
    for task in tasks:
        if len(task.requirement) >= _SHORTEST and first.setdefault((task.matter, task.requirement), task) is not task:
            again.append(task)
    if not again:
        return []
    names = listed([task.number or task.requirement[:10] for task in again])
    place = again[0].places[0] if again[0].places else None
    return [(place, Doubt("row_unsure", names, f"{len(again)} 项与前面的任务文字相同，照样各读一项"))]


def listed(names: Sequence[str]) -> str:
    """The first names of a list, and how many there are where there are more."""
    words = "、".join(names[:_MOST_NAMED])
    return words if len(names) <= _MOST_NAMED else f"{words} 等 {len(names)} 个"


def plain_number(task: RawTask) -> int | None:
    """A number of digits alone, as gaps are counted by."""
    return number_value(task.number) if task.number and task.number.isdigit() else None


def _numbered(tasks: Sequence[RawTask]) -> list[tuple[int, RawTask]]:
    return [(value, task) for task in tasks if (value := plain_number(task)) is not None]


def _behind_gaps(values: Sequence[tuple[int, _Thing]]) -> list[tuple[int, _Thing]]:
    return [after for before, after in pairwise(values) if after[0] - before[0] > 1]
