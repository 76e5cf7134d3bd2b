"""What one row of a task table says of a task, given what stands above it: number, units, deadline, remark.

A unit cell that the document merges holds what is merged; one that is blank or missing in a grid made from lines of
text may hold it (the row above is named by `inherits`); an empty cell of a native table is empty. 同上 in a cell is the
cell above. A number is that of the number column, or the one at the head of the requirement where the requirements are
numbered through.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from db.intake.numbering import ARABIC, ITEM, Head, cell_number, leading
from db.intake.phrases.deadlines import default_deadline
from db.intake.phrases.signs import folded
from db.intake.reading import CellState, ColumnRole, Doubt, Field, RawTask
from db.intake.rows import SAME, UNIT_ROLES, Row, parted
from db.intake.source import Cell, Place
from db.intake.tables import Header
from db.rules.words import Role

_DISCLAIMED: Final = re.compile(
    "(?:我|本)(?:局|委|办|厅|院|单位|部门|中心)[^,;。]{0,12}?(?:配合|协办|未|没有|无此|不涉及|不承担|不属于|不负责)"
)
_LONGEST_REMARK: Final = 400
OF_OTHER_SECTION: Final = "沿用上一大项末尾的责任单位"
"""What is assumed of a blank unit cell in the first rows of a section of a text."""

Doubts = list[tuple[Field, Doubt]]
Assignments = tuple[tuple[Role | None, str], ...]


@dataclass(slots=True)
class TableTasks:
    """What a table gives, over all the grids that it goes on in. rows: those that say something of a task, to be
    compared with the tasks; notes: the rows that bind or explain others, with their block; sections: the numbers of
    the first-level headings in order; unread: texts without a field; bare: headings behind the
    last task, with nothing below them; covered: merged numbers and how many rows each."""

    tasks: list[RawTask] = field(default_factory=list)
    rows: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    sections: list[tuple[int, Place | None]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    covered: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Walk:
    """Where the walk down a table stands. through: the requirements are numbered through; units: the key of the last
    task that writes its units, units_section its section; assigned: the units of each task; keys: the grid's row -> the
    task that it is or went into, for merges the one that writes its units."""

    block: int
    native: bool
    header: Header
    through: bool
    found: TableTasks = field(default_factory=TableTasks)
    section: str | None = None
    matter: str | None = None
    units: str | None = None
    units_section: str | None = None
    assigned: dict[str, Assignments] = field(default_factory=dict)
    deadline: str | None = None
    numbered: bool = False
    keys: dict[int, str] = field(default_factory=dict)


def task_number(walk: Walk, row: Row, text: str, doubts: Doubts) -> tuple[str | None, str]:
    """The row's number and its requirement without it."""
    said = row.by_role(walk.header.roles, "number")
    if said is not None and said.text:
        number = cell_number(said.text)
        if said.state != "merged" or number is None:
            return number, text
        walk.found.covered[number] = walk.found.covered.get(number, 1) + 1
        return f"{number}-{walk.found.covered[number]}", text
    if said is not None:
        if walk.numbered:
            doubts.append(("number", Doubt("row_unsure", text[:20], "这一行没有编号，作为单独一项", ("接上一项",))))
        return None, text
    head = leading(text) if walk.through else None
    if head is None or head.level < ITEM or head.decimal or not head.rest:
        if walk.through:
            doubts.append(("number", Doubt("row_unsure", text[:20], "这一行没有编号，作为单独一项", ("接上一项",))))
        return None, text
    return _printed(head), head.rest


def _printed(head: Head) -> str:
    return head.printed if head.level != ARABIC else str(head.value)


def task_units(walk: Walk, row: Row, doubts: Doubts) -> tuple[Assignments, CellState, str | None]:
    """The unit cells of the row; how they are written; the task above that it takes all of its units from.

    Merged: every one of them is that task's, by the document's merges or by 同上. Where only some are, the row's own
    texts and the merged ones together are what is written.
    """
    cells = [
        (said, role_of(role)) for said, role in zip(row.said, walk.header.roles, strict=True) if role in UNIT_ROLES
    ]
    found: list[tuple[Role | None, str]] = []
    above: str | None = None
    own = False
    for said, role in cells:
        if said.shared and said.cell is not None and said.cell.row == row.index and found:
            _spanned(said.cell, role, found, doubts)
        elif said.text in SAME and walk.units is not None:
            found.extend(one for one in walk.assigned[walk.units] if one[0] == role)
            above = above or walk.units
        elif said.text:
            found.append((role, parted(said.cell.text) if said.cell is not None else said.text))
            own = own or said.state == "written"
            if said.state == "merged" and said.cell is not None:
                above = walk.keys.get(said.cell.row, above)
    if found:
        if own or above is None or walk.assigned.get(above) != tuple(found):
            return tuple(found), "written", None
        return tuple(found), "merged", above
    if not cells:
        return (), "missing", None
    state = cells[0][0].state
    if walk.native or walk.units is None:
        return (), state, None
    if walk.units_section != walk.section:
        doubts.append(("assignment", Doubt("row_unsure", "", OF_OTHER_SECTION, ("没有责任单位",))))
    return (), state, walk.units


def _spanned(cell: Cell, role: Role | None, found: list[tuple[Role | None, str]], doubts: Doubts) -> None:
    """One cell over two columns of units: who stands in it has both roles."""
    left, text = found[-1]
    if not text or left == role or text != parted(cell.text):
        return
    found.append((role, text))
    doubts.append(("assignment", Doubt("row_unsure", text, "一格占了两栏，两栏都读作这些单位")))


def task_deadline(walk: Walk, row: Row, doubts: Doubts) -> str | None:
    text = every(row, walk.header.roles, "deadline")
    if text in SAME:
        return walk.deadline
    if text is None and "deadline" in walk.header.roles and not walk.native and walk.deadline is not None:
        others = (f"沿用上栏：{walk.deadline}",)
        doubts.append(("deadline", Doubt("deadline_two_valued", "", "时限栏空白，读作没有时限", others)))
    return text


def every(row: Row, roles: Sequence[ColumnRole], wanted: ColumnRole) -> str | None:
    """The texts of all columns of a role, blank between them; None where they say nothing."""
    texts = [said.text for said, role in zip(row.said, roles, strict=True) if role == wanted and said.text]
    return " ".join(texts) or None


def task_remark(walk: Walk, row: Row, doubts: Doubts) -> str | None:
    """The remark, or the units of another level where there is none. One that disclaims the task (我局为配合单位) is
    asked about."""
    roles = walk.header.roles
    remark, outer = every(row, roles, "remark"), every(row, roles, "outer")
    if remark and binds_all(remark):
        walk.found.notes.append((walk.block, remark))
        remark = None
    if remark and outer:
        walk.found.unread.append(outer)
    if remark and _DISCLAIMED.search(folded(remark[:_LONGEST_REMARK])):
        doubts.append(("remark", Doubt("disclaimed", remark, "仍列为任务，备注照录")))
    return remark or outer


def binds_all(text: str) -> bool:
    """Whether a text sets a time limit for every task."""
    found, doubts = default_deadline(text[:_LONGEST_REMARK], year=None)
    return found is not None or bool(doubts)


def role_of(role: ColumnRole) -> Role | None:
    return role if role == "lead" or role == "responsible" or role == "support" else None
