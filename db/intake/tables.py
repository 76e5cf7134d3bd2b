"""A grid as a task table: its header found and its columns named; its rows read by db.intake.table_walk.

    grid   := title row* header row* row*
    header := one row whose words roles_of() understands, or two: a group word above, the columns below it

What stands above the header is title (it goes to the paragraphs before the tasks). A grid without such a header is no
task table, unless the clerk has named its columns.
Source: notice-patterns.md sections 1, 2 and 6; reading-the-notices.md (traps).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from db.intake.headers import LONGEST, core, header_word, is_metadata, roles_of
from db.intake.numbering import CHINESE, leading, number_value
from db.intake.reading import ColumnRole
from db.intake.rows import Row, joined, rows_of
from db.intake.source import Grid

WIDEST: Final = 64
"""Columns of a task table; a wider one is none."""

_NAMES_A_TASK: Final = 2
"""The least rank of a heading's word that can name a task (任务, 项目, 事项): 类别 and 领域 never do."""
_TELLING: Final = 4
"""Rows from which on it can be told whether a column repeats its words."""

_APART: Final = (
    *("联系人", "联系电话", "姓名", "职务", "邮箱", "传真"),
    *("抄送", "主送", "印发", "校对", "公开方式", "公开属性", "盖章"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """rows: the cores of the header's rows, to know a repeated one; words and roles by column; first: the first row
    below; above: the rows before it."""

    rows: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    roles: tuple[ColumnRole, ...]
    first: int
    above: tuple[Row, ...]


def header_of(grid: Grid, overrides: Mapping[int, ColumnRole]) -> Header | None:
    """The header of a task table; None where the grid is none. overrides: the clerk's roles by column."""
    if grid.width > WIDEST or not grid.cells:
        return None
    found = _found(grid)
    if found is None and "requirement" in overrides.values():
        found = _taken(grid)
    if found is None:
        return None
    roles: list[ColumnRole] = [overrides.get(column, role) for column, role in enumerate(found.roles)]
    return replace(found, roles=tuple(roles))


def with_unnamed_numbers(header: Header, rows: Sequence[Row]) -> Header:
    """A column without a word whose cells are numbers is the number column, where no other one is."""
    if "number" in header.roles:
        return header
    for column, (word, role) in enumerate(zip(header.words, header.roles, strict=True)):
        texts = [row.said[column].text for row in rows if row.said[column].own]
        if role != "other" or core(word) or not texts:
            continue
        if 2 * sum(number_value(text.rstrip("、.．")) is not None for text in texts) > len(texts):
            return _with_role(header, column, "number")
    return header


def with_sections_as_rows(header: Header, overrides: Mapping[int, ColumnRole]) -> Header:
    """Where the sections stand in rows of their own, the one heading column holds what is below them."""
    if "section" not in header.roles or "matter" in header.roles:
        return header
    column = header.roles.index("section")
    if column in overrides:
        return header
    return _with_role(header, column, "matter")


def with_matters_in_rows(header: Header, kinds: Sequence[tuple[Row, str]], above: Header | None) -> Header:
    """A lone heading column that says something else in nearly every row holds what each row is about (任务 | 要求);
    one whose words repeat, are merged or are numbered 一、二、 is the section. above: the header of the same table on
    the page before, which has decided it."""
    if "section" not in header.roles or "matter" in header.roles:
        return header
    column = header.roles.index("section")
    if above is not None and above.words == header.words and above.roles[column] in ("section", "matter"):
        return _with_role(header, column, above.roles[column])
    if header_word(header.words[column]).rank < _NAMES_A_TASK:
        return header
    said = [row.said[column] for row, kind in kinds if kind == "task"]
    texts = [one.text for one in said if one.own and one.cell is not None and one.cell.rows == 1]
    heads = (leading(text) for text in texts)
    if len(said) < _TELLING or any(head is not None and head.level <= CHINESE for head in heads):
        return header
    is_own = 10 * len(set(texts)) >= 9 * len(said)
    return _with_role(header, column, "matter") if is_own else header


def with_tasks_below_merges(header: Header, grid: Grid, overrides: Mapping[int, ColumnRole]) -> Header:
    """Where the words take for the requirement a column whose cells are merged downwards, and the cells of a heading
    column are not, it is the other way round: the merged text stands above the others (工作要求 | 工作任务)."""
    if not grid.native or overrides or "requirement" not in header.roles:
        return header
    merged = {cell.column for cell in grid.cells if cell.rows > 1 and cell.columns == 1 and cell.row >= header.first}
    requirement = header.roles.index("requirement")
    if requirement not in merged:
        return header
    own = (cell for cell in grid.cells if cell.row >= header.first and cell.columns == 1 and cell.text.strip())
    filled = Counter(cell.column for cell in own)
    columns = [at for at, role in enumerate(header.roles) if role in ("section", "matter") and at not in merged]
    below = max(columns, key=lambda at: filled[at], default=requirement)
    if filled[below] <= filled[requirement]:
        return header
    return _with_role(_with_role(header, requirement, header.roles[below]), below, "requirement")


def begins_anew(header: Header, kinds: Sequence[tuple[Row, str]]) -> bool:
    """Whether the first task of a grid has the number 1, so that it does not go on with the table above."""
    first = next((row for row, kind in kinds if kind == "task"), None)
    said = first.by_role(header.roles, "number", "requirement") if first is not None else None
    if said is None or not said.text:
        return False
    head = leading(said.text)
    return (head.value if head is not None else number_value(said.text.rstrip("、.．"))) == 1


def is_apart(grid: Grid) -> bool:
    """Whether a grid is plainly no list of tasks: about the document itself, contacts, the imprint."""
    if grid.width > WIDEST:
        return False
    rows = [row.texts() for _, row in zip(range(4), rows_of(grid, grid.width), strict=False)]
    if any(is_metadata(texts) for texts in rows):
        return True
    words = [core(text) for texts in rows for text in texts if text]
    return any(any(sign in word for sign in _APART) for word in words if len(word) <= 2 * LONGEST)


def is_text(grid: Grid) -> bool:
    """Whether a grid is a frame around text and no table: one column, or one cell that says anything."""
    return grid.width <= 1 or sum(1 for cell in grid.cells if cell.text.strip()) <= 1


def lines_of(grid: Grid) -> Iterator[tuple[int, str]]:
    """The lines of such a frame, each with the number of its cell."""
    for number, cell in enumerate(grid.cells):
        for line in cell.text.splitlines():
            yield number, line


def _found(grid: Grid) -> Header | None:
    rows = list(rows_of(grid, grid.width))
    for number, row in enumerate(rows):
        words = row.texts()
        roles = roles_of(words)
        if number + 1 < len(rows) and (roles is not None or _may_be_upper(words)):
            below = rows[number + 1]
            double = _double(words, below)
            joint = roles_of(double)
            if joint is not None:
                cores = (_cores(words), _cores(below.texts()))
                return Header(cores, tuple(map(joined, double)), joint, below.index + 1, tuple(rows[:number]))
        if roles is not None:
            return Header((_cores(words),), tuple(map(joined, words)), roles, row.index + 1, tuple(rows[:number]))
    return None


def _taken(grid: Grid) -> Header:
    """The first row as the header where the clerk says what the columns hold: if it is one of words."""
    first = next(rows_of(grid, grid.width))
    texts = first.texts()
    words = [core(text) for text in texts]
    short = all(len(word) <= LONGEST and number_value(word) is None for word in words if word)
    others: list[ColumnRole] = ["other"] * grid.width
    if short and sum(map(bool, words)) >= 2:
        return Header((tuple(words),), tuple(map(joined, texts)), tuple(others), first.index + 1, ())
    return Header((), ("",) * grid.width, tuple(others), first.index, ())


def _with_role(header: Header, column: int, role: ColumnRole) -> Header:
    return replace(header, roles=(*header.roles[:column], role, *header.roles[column + 1 :]))


def _cores(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(core(word) for word in words)


def _may_be_upper(words: Sequence[str]) -> bool:
    """Whether this can be the upper row of a header: two short words at least, one of them understood."""
    cores = [core(word) for word in words if core(word)]
    if len(set(cores)) < 2 or any(len(word) > LONGEST for word in cores):
        return False
    return any(one.sure and one.kind != "unknown" for one in map(header_word, words))


def _double(upper: Sequence[str], below: Row) -> tuple[str, ...]:
    """The words of a header of two rows, () if the row below is none: all its own words are header words, or stand
    below a word that spans them."""
    words: list[str] = []
    own = 0
    for column, (top, said) in enumerate(zip(upper, below.said, strict=True)):
        if not said.own:
            words.append(top)
            continue
        spanned = bool(core(top)) and upper.count(top) > 1
        word = _under(top, said.text)
        found = header_word(word)
        if len(core(said.text)) > LONGEST or not (spanned or (found.sure and column < len(upper))):
            return ()
        own += 1
        words.append(word)
    return tuple(words) if own >= 2 else ()


def _under(top: str, word: str) -> str:
    """A word of the lower row as understood with the one above it: 牵头 under 责任单位 is 牵头单位."""
    if header_word(word).kind != "unknown":
        return word
    if header_word(top).kind == "unit":
        return f"{word}单位"
    joint = f"{top}{word}"
    return joint if header_word(joint).kind != "unknown" else word
