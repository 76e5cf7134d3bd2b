"""The rows of one task table, top to bottom, as tasks: headings inherited, half rows put where they belong.

A heading blank is inherited always; one that is repeated after a page break resets nothing below it. A row without a
requirement goes to the task above it, a row that only goes on with its sentence is joined to it; each with a doubt.
A table that goes on in another grid (on the next page) is one walk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from db.intake.numbering import ITEM, chinese_numeral, gaps, leading, number_value
from db.intake.reading import ColumnRole, Doubt, Field, RawTask
from db.intake.row_fields import (
    Doubts,
    TableTasks,
    Walk,
    every,
    role_of,
    task_deadline,
    task_number,
    task_remark,
    task_units,
)
from db.intake.rows import HEADING_ROLES, SAME, UNIT_ROLES, Row, RowKind, Said, is_finished, places_of, row_kind
from db.intake.source import Grid, Place
from db.intake.tables import Header

Kinds = Sequence[tuple[Row, RowKind]]

MOST_PIECES: Final = 40
"""Half rows that one task takes in; more are no page breaks."""
_FIELDS: Final[Mapping[ColumnRole, Field]] = {
    "number": "number",
    "section": "section",
    "matter": "matter",
    "deadline": "deadline",
    "remark": "remark",
    "quota": "quotas",
}


def kinds_of(header: Header, rows: Sequence[Row]) -> list[tuple[Row, RowKind]]:
    """Each row below the header with its kind. What looks like a section behind the last task is a line of the paper
    that a sheet holds below its table: a note."""
    kinds = [(row, row_kind(row, header.roles, header.rows)) for row in rows if row.index >= header.first]
    last = max((at for at, (_, kind) in enumerate(kinds) if kind in ("task", "continuation")), default=-1)
    return [(row, "note" if kind == "section" and at > last >= 0 else kind) for at, (row, kind) in enumerate(kinds)]


def walk_of(header: Header, kinds: Kinds, section: str | None) -> Walk:
    """The start of a walk. section: of the heading above the table."""
    return Walk(0, False, header, _numbered_through(header.roles, kinds), section=section)


def walk_down(walk: Walk, block: int, grid: Grid, header: Header, kinds: Kinds) -> tuple[int, ...]:
    """Reads the rows of a grid into the walk; returns those that repeat the header."""
    walk.block, walk.native, walk.header, walk.keys = block, grid.native, header, {}
    repeated: list[int] = []
    for row, kind in kinds:
        if kind == "repeated":
            repeated.append(row.index)
        elif kind == "note":
            _note(walk, row.said[row.filled[0]].text)
        elif kind == "section":
            _section(walk, row)
        elif kind == "heading":
            _headings(walk, row)
        elif kind == "continuation":
            walk.found.rows += 1
            _continue(walk, row)
        elif kind == "task":
            walk.found.rows += 1
            _task(walk, row)
    return tuple(repeated)


def missing_sections(found: Sequence[tuple[int, Place | None]]) -> tuple[str, ...]:
    """The first-level headings that the numbering jumps over (十三, 十四)."""
    return tuple(chinese_numeral(value) for value in gaps(value for value, _ in found))


def _numbered_through(roles: Sequence[ColumnRole], kinds: Kinds) -> bool:
    """Without a number column: most requirements open with a number, and none is met twice in one section; nor are
    they lists of their own (1.…。2.…。), which begin anew in every row."""
    if "number" in roles:
        return False
    met: set[tuple[int, str]] = set()
    rows = numbered = run = lists = 0
    for row, kind in kinds:
        section = row.by_role(roles, "section")
        run += kind == "section" or (section is not None and section.own)
        if kind != "task":
            continue
        rows += 1
        said = row.by_role(roles, "requirement")
        head = leading(said.text) if said else None
        if head is not None and head.level >= ITEM and not head.decimal:
            numbered += 1
            met.add((run, head.printed))
            lists += any(f"{end}{head.value + 1}{sign}" in head.rest for end in "。；;" for sign in ".．、")
    if lists and len({printed for _, printed in met}) < numbered:
        return False
    return numbered > 0 and 2 * numbered >= rows and len(met) == numbered


def _section(walk: Walk, row: Row) -> None:
    said = row.said[row.filled[-1]]
    head = leading(said.text)
    if len(row.filled) == 1 and head is not None and head.level == ITEM and walk.section is not None:
        if "matter" in walk.header.roles:
            walk.found.unread.append(said.text)  # the rows below say their matter themselves
        walk.matter = said.text
        return
    number = number_value(row.said[row.filled[0]].text.strip("（）()、.．")) if len(row.filled) > 1 else None
    _enter(walk, said, number)


def _note(walk: Walk, text: str) -> None:
    walk.found.notes.append((walk.block, text))
    head = leading(text)
    if head is not None and head.level < ITEM:
        walk.found.bare.append(text)


def _enter(walk: Walk, said: Said, number: int | None = None) -> None:
    """A first-level heading in a cell."""
    enter_heading(walk, said.text, said.cell.place if said.cell else None, number)


def enter_heading(walk: Walk, text: str, place: Place | None, number: int | None = None) -> None:
    """A first-level heading; one that only repeats the present one (after a page break) resets nothing."""
    if walk.section is not None and _same(text, walk.section):
        return
    walk.section, walk.matter = text, None
    head = leading(text)
    if number is None and head is not None and head.level <= ITEM:
        number = head.value
    if number is not None:
        walk.found.sections.append((number, place))


def _headings(walk: Walk, row: Row) -> None:
    section, matter = (row.by_role(walk.header.roles, role) for role in HEADING_ROLES)
    if section is not None and section.text and section.text not in SAME:
        _enter(walk, section)
    if matter is not None and matter.text and matter.text not in SAME:
        walk.matter = matter.text


def _task(walk: Walk, row: Row) -> None:
    if _goes_on(walk, row):
        _join(walk, row)
        return
    _headings(walk, row)
    roles = walk.header.roles
    doubts: Doubts = []
    said = row.by_role(roles, "requirement")
    section, matter = walk.section, walk.matter
    text = said.text if said is not None else ""
    if not text:
        section = section if matter else None
        text, matter = walk.matter or walk.section or "", None
        doubts.append(("row", Doubt("row_unsure", text, "没有写具体要求，以工作事项作为要求")))
    number, text = task_number(walk, row, text, doubts)
    assignments, state, inherits = task_units(walk, row, doubts)
    if text.endswith(("，", "、", ",", "的")):
        doubts.append(("requirement", Doubt("row_cut", text[-20:], "句子没有写完，照原样读入")))
    task = RawTask(
        key=f"b{walk.block}r{row.index}",
        number=number,
        section=section,
        matter=matter,
        requirement=text,
        assignments=assignments,
        state=state,
        deadline=task_deadline(walk, row, doubts),
        quota=every(row, roles, "quota"),
        remark=task_remark(walk, row, doubts),
        places=places_of(row, next((c for c in row.filled if roles[c] == "requirement"), row.filled[0])),
        inherits=inherits,
        doubts=tuple(doubts),
    )
    walk.found.tasks.append(task)
    _remember(walk, row, task)


def _remember(walk: Walk, row: Row, task: RawTask) -> None:
    writer = task.inherits if task.state == "merged" and task.inherits else task.key
    walk.keys[row.index] = writer
    walk.deadline = task.deadline
    walk.numbered = walk.numbered or task.number is not None
    if task.assignments:
        walk.units, walk.units_section = writer, walk.section
        walk.assigned[writer] = task.assignments


def _goes_on(walk: Walk, row: Row) -> bool:
    """Whether this row only goes on with the sentence of the one before, which a page break has cut."""
    roles = walk.header.roles
    if not walk.found.tasks or not walk.numbered or len(row.filled) != 1 or _is_full(walk):
        return False
    if roles[row.filled[0]] != "requirement" or any(one.state == "merged" for one in row.said):
        return False
    text = row.said[row.filled[0]].text
    return not is_finished(walk.found.tasks[-1].requirement) and leading(text) is None


def _is_full(walk: Walk) -> bool:
    return len(walk.found.tasks[-1].places) > MOST_PIECES


def _join(walk: Walk, row: Row) -> None:
    said = row.said[row.filled[0]]
    last = walk.found.tasks[-1]
    doubt = Doubt("row_cut", said.text, "没有编号、接着上一行的半句话，并入上一项", ("单独一项",))
    places = (*last.places, *places_of(row, row.filled[0]))
    last = replace(last, requirement=last.requirement + said.text, places=places)
    walk.found.tasks[-1] = _doubted(last, "requirement", doubt)
    walk.keys[row.index] = last.key


def _continue(walk: Walk, row: Row) -> None:
    """A row without a requirement of its own goes to the task above: its units, its deadline; each with a doubt."""
    if not walk.found.tasks or _is_full(walk):
        walk.found.unread.append(" ".join(row.said[column].text for column in row.filled))
        return
    last = walk.found.tasks[-1]
    for column in row.filled:
        last = _with_cell(last, row.said[column].text, walk.header.roles[column])
    walk.found.tasks[-1] = last = replace(last, places=(*last.places, *places_of(row, row.filled[0])))
    _remember(walk, row, last)


def _with_cell(task: RawTask, text: str, role: ColumnRole) -> RawTask:
    """The task with a cell of a half row below it."""
    moved = Doubt("row_unsure", text, "这一行没有具体要求，并入上一项")
    if role in UNIT_ROLES:
        task = replace(task, assignments=(*task.assignments, (role_of(role), text)), state="written", inherits=None)
        return _doubted(task, "assignment", moved)
    if role == "deadline" and task.deadline is None:
        return _doubted(replace(task, deadline=text), "deadline", moved)
    if role == "remark" and task.remark is None:
        return _doubted(replace(task, remark=text), "remark", moved)
    if role == "other":
        return task
    return _doubted(task, _FIELDS.get(role, "row"), Doubt("row_unsure", text, "这一行没有具体要求，这一格没有读入"))


def _doubted(task: RawTask, where: Field, doubt: Doubt) -> RawTask:
    return replace(task, doubts=(*task.doubts, (where, doubt)))


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


__all__ = ["Kinds", "TableTasks", "Walk", "enter_heading", "kinds_of", "missing_sections", "walk_down", "walk_of"]
