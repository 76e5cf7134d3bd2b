"""The rows of a task table: what each cell says and whether it says it itself, and what kind of row it is.

row := header again | empty (or a page number alone) | note | section | heading | continuation | task

section       alone in its line, or spanning the columns: 一、…, （一）…, a short title
heading       alone in its line, in a heading column
note          上述任务…均要求…, 以上…, 下同, 注：…, 合计: binds or explains the rows, is none
continuation  no requirement of its own: it stands in a cell merged from above, or only units, a deadline, a remark
task          everything else that has a requirement, or a heading with units beside it
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db.intake.headers import core
from db.intake.layouts.lines import is_noise
from db.intake.layouts.signs_of_cells import ROLE_WORDS, is_unit
from db.intake.numbering import ARABIC, CHINESE, ITEM, leading, number_value
from db.intake.phrases.signs import folded
from db.intake.reading import CellState, ColumnRole
from db.intake.source import Cell, Grid, Place

RowKind = Literal["repeated", "empty", "note", "section", "heading", "continuation", "task"]

UNIT_ROLES: Final[tuple[ColumnRole, ...]] = ("assignment", "lead", "responsible", "support")
HEADING_ROLES: Final[tuple[ColumnRole, ...]] = ("section", "matter")
SAME: Final = ("同上", "同上栏", "同前", "〃", "″", '"', "”")
"""A cell that says: as above."""

_NOTE_WORDS: Final = ("上述", "以上", "以下均", "下同", "本表", "表中", "上表")
_SUMS: Final = ("合计", "总计", "共计", "小计")
_SIGNED: Final = ("填报", "填表", "制表", "审核人", "审批人", "审签", "经办人", "联系人", "单位(盖章)")
"""What begins the line of signatures below a table."""
_NOTE_STARTS: Final = (
    "注:",
    "注1",
    "备注:",
    "说明:",
    "填表",
    *_SUMS,
    "单位(盖章)",
    "联系人",
    "公开方式",
    "校对",
    "抄送",
)
_LONGEST_TITLE: Final = 60
_WHOLE: Final = tuple("科室股处办队所心局委院府位门组关部")
"""Last signs of a unit that is not only the first half of one (住房和城乡 / 建设局)."""
_ENDS: Final = ("。", "；", ";", "！", "!")


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in one column of a row. text: inner line breaks taken out, '' where it is not written or merged;
    shared: the cell is one with the column to the left."""

    text: str
    state: CellState
    cell: Cell | None
    shared: bool = False

    @property
    def own(self) -> bool:
        """Whether the text begins in this row and column."""
        return self.state == "written" and not self.shared


@dataclass(frozen=True, slots=True)
class Row:
    """index: in the grid, from 0; said: by column."""

    index: int
    said: tuple[Said, ...]

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that have text of this row's own."""
        return tuple(column for column, one in enumerate(self.said) if one.own)

    def texts(self) -> tuple[str, ...]:
        """The own text of every column, a spanned one once for each column that it spans: the words of a header."""
        return tuple(one.cell.text if one.cell and (one.own or one.shared) else "" for one in self.said)

    def by_role(self, roles: Sequence[ColumnRole], *wanted: ColumnRole) -> Said | None:
        """The first column of these roles that has text, else the first of them; None without such a column."""
        found = [one for one, role in zip(self.said, roles, strict=True) if role in wanted]
        return next((one for one in found if one.text), found[0] if found else None)


def joined(text: str) -> str:
    """A cell's text in one line, as the reviewed readings have it: its line breaks out, none put in their place but
    between two Latin words."""
    return _in_one_line(text, lambda above, line: False)


def parted(text: str) -> str:
    """A unit cell's text in one line: as `joined`, but lines that each name units whole are parted by a blank, where
    a cell lists them one below the other without any sign."""
    return _in_one_line(text, _name_apart)


def _in_one_line(text: str, apart: Callable[[str, str], bool]) -> str:
    out: list[str] = []
    above = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        latin = above[-1:].isascii() and line[0].isascii() and above[-1:].isalnum() and line[0].isalnum()
        if above and (latin or apart(above, line)):
            out.append(" ")
        out.append(line)
        above = line
    return "".join(out)


def _name_apart(above: str, line: str) -> bool:
    whole = above.endswith((*_WHOLE, *ROLE_WORDS, ")", "）"))
    above_head, head = leading(above), leading(line)
    if above_head is not None and head is not None and is_unit(above_head.rest) and is_unit(head.rest):
        return True
    return whole and len(line) > 2 and is_unit(above) and is_unit(line)


def rows_of(grid: Grid, width: int) -> Iterator[Row]:
    """The rows of a grid that have any cell of their own, top to bottom; an area below a merge alone is no row."""
    for index in sorted({cell.row for cell in grid.cells}):
        yield Row(index, tuple(_said(grid, index, column) for column in range(width)))


def places_of(row: Row, first: int) -> tuple[Place, ...]:
    """The places of the row's own texts, that of the column `first` in front."""
    order = [first, *(column for column in row.filled if column != first)]
    cells = [row.said[column].cell for column in order]
    return tuple(dict.fromkeys(cell.place for cell in cells if cell is not None))


def row_kind(row: Row, roles: Sequence[ColumnRole], headers: Sequence[Sequence[str]]) -> RowKind:
    """What kind of row this is. headers: the cores of the header's rows, to know a repeated one."""
    filled = row.filled
    if not filled or (len(filled) == 1 and is_noise(row.said[filled[0]].text)):
        return "empty"
    if _repeats(row, headers):
        return "repeated"
    requirement = row.by_role(roles, "requirement")
    if len(filled) == 1:
        return _kind_of_single(row, filled[0], roles, requirement)
    opens = folded(row.said[filled[0]].text)
    if opens.startswith(_SUMS) or (opens.startswith(_SIGNED) and not (requirement is not None and requirement.own)):
        return "note"
    if _numbered_section(row, filled, roles):
        return "section"
    if requirement is not None and requirement.own:
        return "task"
    if requirement is not None and requirement.state == "merged":
        return "continuation"
    headed = any(roles[column] in HEADING_ROLES for column in filled)
    charged = any(roles[column] in (*UNIT_ROLES, "deadline") for column in filled)
    if headed:
        return "task" if charged else "heading"
    return "continuation"


def is_note(text: str, alone: bool, opening: bool = False) -> bool:
    """Whether a text is a note on the rows rather than a row. alone: it is the only text of its row and spans it;
    opening: only its first words tell."""
    plain = folded(text)
    if any(plain.startswith(word) for word in _NOTE_STARTS):
        return True
    head = leading(text)
    words = any(plain.startswith(word) if opening else word in plain for word in _NOTE_WORDS)
    if words and head is None:
        return True
    return alone and head is None and len(plain) > _LONGEST_TITLE


def is_finished(text: str) -> bool:
    """Whether a text ends like a sentence does."""
    return text.rstrip("”’）)》 ").endswith(_ENDS)


def _said(grid: Grid, row: int, column: int) -> Said:
    cell = grid.at(row, column)
    if cell is None:
        return Said("", "blank" if grid.native else "missing", None)
    text = joined(cell.text)
    if cell.column < column:
        return Said("", "missing", cell, shared=cell.row == row)
    if cell.row < row:
        if not grid.native:
            return Said("", "missing", cell)
        return Said(text, "merged", cell) if text else Said("", "blank", cell)
    return Said(text, "written" if text else "blank", cell)


def _repeats(row: Row, headers: Sequence[Sequence[str]]) -> bool:
    """At least two header words, and every own text is the header's word of its column."""
    texts = [core(text) for text in row.texts()]
    for header in headers:
        same = sum(1 for text, word in zip(texts, header, strict=True) if text and text == word)
        if same >= 2 and same == sum(1 for text in texts if text):
            return True
    return False


def _kind_of_single(row: Row, column: int, roles: Sequence[ColumnRole], requirement: Said | None) -> RowKind:
    said = row.said[column]
    role = roles[column]
    spans = said.cell is not None and said.cell.columns > 1 and 2 * said.cell.columns > len(row.said)
    head = leading(said.text)
    outer = head is not None and (head.level <= CHINESE or (head.level == ITEM and not is_finished(said.text)))
    # Beside merged cells a requirement stands alone too: 公开率达95%以上 is none of 以上任务….
    beside = role == "requirement" and not spans
    below = beside and any(one.state == "merged" for one in row.said)
    if not below and is_note(said.text, not beside, beside):
        return "note"
    if role == "requirement" and not spans:
        short = len(folded(said.text)) <= _LONGEST_TITLE
        return "section" if outer and short and not is_unit(said.text) else "task"
    if spans:
        return "task" if head is not None and head.level >= ARABIC and is_finished(said.text) else "section"
    if requirement is not None and requirement.state == "merged":
        return "continuation"
    if role in HEADING_ROLES:
        return "heading"
    if role == "number" and number_value(said.text.rstrip("、.．")) is None:
        return "section"
    return "section" if outer and role not in UNIT_ROLES else "continuation"


def _numbered_section(row: Row, filled: Sequence[int], roles: Sequence[ColumnRole]) -> bool:
    """'一 | 加强组织领导 | | ': a Chinese number in the number column and one title, nothing else."""
    if len(filled) != 2 or roles[filled[0]] != "number":
        return False
    number, title = row.said[filled[0]].text, row.said[filled[1]]
    plain = folded(number).rstrip("、.").strip("()")
    chinese = number_value(plain) is not None and not plain.isascii()
    if any(role in UNIT_ROLES and one.state == "merged" for one, role in zip(row.said, roles, strict=True)):
        return False
    return chinese and roles[filled[1]] in (*HEADING_ROLES, "requirement") and not is_finished(title.text)
