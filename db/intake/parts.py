"""A document taken apart: its task tables or, where it has none, its prose; the paragraphs around them; what it counts.

A notice with a task table has tasks from its tables only; its prose is the letter. A grid that is no task table is said
so (table_left_out) unless it is plainly about the document itself or about contacts; one that only frames text is text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from db.intake.counted import (
    SHOWN,
    Placed,
    column_doubts,
    doubled,
    numbered_once,
    prose_gaps,
    table_numbers,
    table_said,
)
from db.intake.head_table import about_document
from db.intake.layouts.lines import line_of
from db.intake.numbering import CHINESE, leading
from db.intake.prose import tasks_of
from db.intake.prose_items import Line
from db.intake.reading import ColumnRole, Doubt, RawNotice, RawTask, Table
from db.intake.rows import is_note, rows_of
from db.intake.source import Block, Grid, Paragraph, Place
from db.intake.table_walk import TableTasks, Walk, enter_heading, kinds_of, walk_down, walk_of
from db.intake.tables import (
    WIDEST,
    Header,
    begins_anew,
    header_of,
    is_apart,
    is_text,
    lines_of,
    with_matters_in_rows,
    with_sections_as_rows,
    with_tasks_below_merges,
    with_unnamed_numbers,
)

_LONGEST_HEADING: Final = 60
_FEW: Final = 2
"""Lines like rows, beside the tables, that are worth a question."""


@dataclass(slots=True)
class _Parts:
    """lines: every line that stands in no task table, in order; last: the walk of the table above; between: the lines
    of text since then."""

    tables: list[Table] = field(default_factory=list)
    found: list[TableTasks] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    doubts: list[Placed] = field(default_factory=list)
    about: list[tuple[str, str]] = field(default_factory=list)
    asked: set[Doubt] = field(default_factory=set)
    last: Walk | None = None
    between: list[Line] = field(default_factory=list)

    def ask_once(self, place: Place, doubt: Doubt) -> None:
        """A question about the columns, the same for every grid that a table goes on in."""
        if doubt not in self.asked:
            self.asked.add(doubt)
            self.doubts.append((place, doubt))


def taken_apart(blocks: tuple[Block, ...], roles: Mapping[tuple[int, int], ColumnRole]) -> RawNotice:
    """The tasks of a document and what stands around them. roles: the clerk's, by block and column."""
    parts = _Parts()
    heading: str | None = None
    overrides: dict[int, dict[int, ColumnRole]] = {}
    for (block, column), role in roles.items():
        overrides.setdefault(block, {})[column] = role
    for number, one in enumerate(blocks):
        if isinstance(one, Paragraph):
            parts.lines.append(Line(number, one.text, one.place, f"b{number}"))
            heading = _heading_above(one.text, heading)
            if any(sign.isalpha() for sign in one.text):
                parts.between.append(parts.lines[-1])
        else:
            _grid(parts, number, one, overrides.get(number, {}), heading)
    return _from_tables(parts) if parts.tables else _from_prose(parts)


def _heading_above(text: str, before: str | None) -> str | None:
    """The first-level heading right above a table; any other text between breaks the tie."""
    if not text.strip():
        return before
    head = leading(text)
    short = len(text.strip()) <= _LONGEST_HEADING
    return text.strip() if head is not None and head.level <= CHINESE and short else None


def _grid(parts: _Parts, number: int, grid: Grid, overrides: Mapping[int, ColumnRole], heading: str | None) -> None:
    header = header_of(grid, overrides) or _header_above(parts, grid, overrides, heading)
    if header is not None:
        _table(parts, number, grid, header, overrides, heading)
    elif is_text(grid):
        for line, (cell, text) in enumerate(lines_of(grid)):
            parts.lines.append(Line(number, text, grid.cells[cell].place, f"b{number}l{line}"))
    elif is_apart(grid):
        parts.about.extend(about_document(grid))
    else:
        first = next((row for row in rows_of(grid, min(grid.width, WIDEST)) if row.filled), None)
        text = " | ".join(one.text for one in first.said if one.own) if first else ""
        doubt = Doubt("table_left_out", text[:SHOWN], "没有认出任务表的表头，这个表没有读成任务")
        parts.doubts.append((grid.place, doubt))


def _header_above(parts: _Parts, grid: Grid, overrides: Mapping[int, ColumnRole], heading: str | None) -> Header | None:
    """The header of the table above for a grid that goes on with it: as wide, without one of its own, right below. In
    lines of text a first-level heading may stand between, and lines that could not be told apart: they are asked
    about."""
    if parts.last is None or len(parts.last.header.roles) != grid.width or (grid.native and parts.between):
        return None
    above = parts.last.header
    words = " | ".join(filter(None, above.words))[:SHOWN]
    parts.ask_once(grid.place, Doubt("columns_unsure", words, "没有表头的一段，按上面的表头读入"))
    if parts.between and parts.between[-1].text.strip() == heading:
        enter_heading(parts.last, heading, parts.between.pop().place)
    if parts.between:
        text = "；".join(line.text.strip()[:16] for line in parts.between[:4])
        doubt = Doubt("text_left_out", text, f"表格中间 {len(parts.between)} 行分不出栏，没有读成任务")
        parts.doubts.append((parts.between[0].place, doubt))
        parts.between = []
    roles = tuple(overrides.get(column, role) for column, role in enumerate(above.roles))
    return Header(above.rows, above.words, roles, 0, ())


def _table(
    parts: _Parts, number: int, grid: Grid, header: Header, overrides: Mapping[int, ColumnRole], heading: str | None
) -> None:
    rows = [row for row in rows_of(grid, grid.width) if row.index >= header.first]
    header = with_tasks_below_merges(with_unnamed_numbers(header, rows), grid, overrides)
    kinds = kinds_of(header, rows)
    if any(kind == "section" for _, kind in kinds):
        header = with_sections_as_rows(header, overrides)
        kinds = kinds_of(header, rows)
    if not any(role in ("section", "matter") for role in overrides.values()):
        header = with_matters_in_rows(header, kinds, parts.last.header if parts.last is not None else None)
        kinds = kinds_of(header, rows)
    _above(parts, number, grid, header)
    walk = parts.last
    if walk is None or parts.between or walk.header.roles != header.roles or begins_anew(header, kinds):
        walk = walk_of(header, kinds, None if "section" in header.roles else heading)
        parts.found.append(walk.found)
    repeated = walk_down(walk, number, grid, header, kinds)
    parts.last, parts.between = walk, []
    parts.tables.append(Table(number, header.words, header.roles, header.first, repeated))
    tasks = [row for row, kind in kinds if kind == "task"]
    for doubt in column_doubts(header, tasks, walk.found):
        parts.ask_once(grid.place, doubt)
    if not tasks:
        words = " | ".join(word for word in header.words if word)
        doubt = Doubt("table_left_out", words[:SHOWN], "表里只有表头，没有任务的文字")
        parts.doubts.append((grid.place, doubt))


def _above(parts: _Parts, number: int, grid: Grid, header: Header) -> None:
    """What stands in the grid above its header: its title, for the paragraphs in front."""
    for row in header.above:
        texts = [one.text for one in row.said if one.own]
        parts.lines.extend(Line(number, text, grid.place, f"b{number}") for text in texts)
        if len(texts) > 2:
            doubt = Doubt("text_left_out", " | ".join(texts)[:SHOWN], "表头上面的一行，没有读成任务")
            parts.doubts.append((grid.place, doubt))


def _from_tables(parts: _Parts) -> RawNotice:
    tasks: list[RawTask] = []
    tables: list[int] = []
    doubts = list(parts.doubts)
    for number, found in enumerate(parts.found):
        tasks.extend(found.tasks)
        tables.extend([number] * len(found.tasks))
        doubts.extend(table_numbers(found))
    tasks, twice = numbered_once(tasks, tables)
    said, differs = table_said(parts.found)
    doubts.extend((*twice, *differs, *doubled(tasks)))
    if not tasks:
        doubts.append(_no_tasks())
    first = parts.tables[0].block
    left = [line for line in parts.lines if line.block > first and _is_like_a_row(line)]
    if len(left) >= _FEW:
        words = "；".join(line.text.strip()[:16] for line in left[:4])
        doubt = Doubt("text_left_out", words, f"表格之外 {len(left)} 行像是表里的内容，没有读成任务")
        doubts.append((left[0].place, doubt))
    after = [(line.block, line.text) for line in parts.lines if line.block > first]
    after.extend(note for found in parts.found for note in found.notes)
    return RawNotice(
        tasks=tuple(tasks),
        tables=tuple(parts.tables),
        before=tuple((line.block, line.text) for line in parts.lines if line.block <= first and line.text.strip()),
        after=tuple(sorted((one for one in after if one[1].strip()), key=lambda one: one[0])),
        doubts=tuple(doubts),
        said=said,
        about=tuple(parts.about),
    )


def _from_prose(parts: _Parts) -> RawNotice:
    found = tasks_of(parts.lines)
    tasks, twice = numbered_once(found.tasks, [0] * len(found.tasks))
    doubts = [*parts.doubts, *twice]
    if not tasks:
        doubts.append(_no_tasks())
    if found.left:
        first = parts.lines[found.left[0]]
        text = "；".join(parts.lines[at].text.strip()[:16] for at in found.left[:4])
        doubts.append((first.place, Doubt("text_left_out", text, f"{len(found.left)} 条没有写责任单位，没有读成任务")))
    missing = prose_gaps(tasks)
    said = f"{found.items} 条，读出 {len(tasks)} 项" if tasks else ""
    if missing:
        names = "、".join(missing)
        said += f"；大项编号缺 {names}"
        doubts.append((None, Doubt("number_gap", names, f"大项编号缺 {names}，按原文读入")))
    opening = min(found.used, default=len(parts.lines))
    rest = [(at, line) for at, line in enumerate(parts.lines) if at not in found.used and line.text.strip()]
    return RawNotice(
        tasks=tuple(tasks),
        tables=(),
        before=_paragraphs([line for at, line in rest if at < opening]),
        after=_paragraphs([line for at, line in rest if at > opening]),
        doubts=tuple(doubts),
        said=said,
        about=tuple(parts.about),
    )


def _is_like_a_row(line: Line) -> bool:
    """A line with the tabs or bars of a table, which stands in none and is no note below it."""
    barred = line_of(Paragraph(line.text, line.place)).kind in ("tabs", "bars")
    return barred and any(sign.isalpha() for sign in line.text) and not is_note(line.text, True)


def _paragraphs(lines: Sequence[Line]) -> tuple[tuple[int, str], ...]:
    return tuple((line.block, line.text) for line in lines)


def _no_tasks() -> Placed:
    return None, Doubt("no_tasks", "", "没有任务表，也没有写明责任单位的条目", blocks=True)
