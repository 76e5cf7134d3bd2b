"""A worksheet on its way into a grid, for .xlsx and .xls alike: cells, merges, what is hidden, and the limits."""

from typing import Final

from db.errors import ReadingError
from db.intake.readers.limits import CELLS, COLUMNS, ROWS
from db.intake.readers.losses import Losses
from db.intake.source import Cell, Grid, Place

_LEFT_OUT: Final = "请删去表格以外的内容（空白处的空格也算），另存一份再导入。"

Area = tuple[int, int, int, int]
"""Top, left, bottom, right; from 1, both ends included."""


class Sheet:
    """Rows and columns count from 1, as the spreadsheet does. file: the file's name, for the clerk."""

    def __init__(self, title: str, file: str, *, is_hidden: bool = False) -> None:
        self.part = f"工作表“{title}”"
        self.file = file
        self._is_hidden = is_hidden
        self._cells: dict[tuple[int, int], str] = {}
        self._merges: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []

    def place(self, row: int, column: int | None = None) -> Place:
        """The place of a cell or a row."""
        return Place(self.part, row, column)

    def write(self, row: int, column: int, text: str) -> None:
        """A cell's text; white space alone is none. Raises ReadingError beyond the limits."""
        if not text.strip():
            return
        if row > ROWS or column > COLUMNS:
            cell = f"{column_letters(column)}{row}"
            raise ReadingError(
                f"无法读取“{self.file}”：{self.part}的内容到了 {cell} 格，超过上限 {ROWS} 行 {COLUMNS} 列。", _LEFT_OUT
            )
        self._cells[row, column] = text
        if len(self._cells) > CELLS:
            raise self._too_many()

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """A merged range."""
        if (top, left) != (bottom, right):
            self._merges.append((top, left, bottom, right))

    def hide_row(self, row: int) -> None:
        """A row that is not shown."""
        if row <= ROWS:
            self._hidden_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that are not shown."""
        self._hidden_columns.append((first, min(last, COLUMNS)))

    def grid(self, losses: Losses) -> Grid | None:
        """The sheet as a grid, from the first row and column with text to the last; None for one without text."""
        if not self._cells:
            return None
        top, bottom = (pick(row for row, _ in self._cells) for pick in (min, max))
        left, right = (pick(column for _, column in self._cells) for pick in (min, max))
        merged, covered = self._merged(losses, (top, left, bottom, right))
        for row, column in sorted(covered & self._cells.keys()):
            text = self._cells.pop((row, column))
            losses.add("unread_text", self.place(row, column), text, len("".join(text.split())))
        spans = {(area[0], area[1]): area for area in merged}
        cells = []
        for row, column in sorted(self._cells.keys() | spans.keys()):
            _, _, last_row, last_column = spans.get((row, column), (row, column, row, column))
            text, place = self._cells.get((row, column), ""), self.place(row, column)
            rows, columns = last_row - row + 1, last_column - column + 1
            cells.append(Cell(row - top, column - left, text, place, rows, columns))
        hidden = self._name_hidden(losses, top, bottom)
        return Grid(Place(self.part), bottom - top + 1, right - left + 1, tuple(cells), hidden_rows=hidden)

    def _merged(self, losses: Losses, used: Area) -> tuple[list[Area], set[tuple[int, int]]]:
        """The merged ranges cut back to what is used, and the positions that they cover beside their first."""
        kept: list[Area] = []
        covered: set[tuple[int, int]] = set()
        taken: set[tuple[int, int]] = set()
        for top, left, bottom, right in self._merges:
            area = max(top, used[0]), max(left, used[1]), min(bottom, used[2]), min(right, used[3])
            rows, columns = range(area[0], area[2] + 1), range(area[1], area[3] + 1)
            if not rows or not columns or len(rows) * len(columns) == 1:
                continue
            if len(taken) + len(rows) * len(columns) > CELLS:
                raise self._too_many()
            positions = {(row, column) for row in rows for column in columns}
            if positions & taken:
                losses.add("clamped_span", self.place(top, left))
                continue
            taken |= positions
            covered |= positions - {(area[0], area[1])}
            kept.append(area)
        return kept, covered

    def _name_hidden(self, losses: Losses, top: int, bottom: int) -> tuple[int, ...]:
        """Name what is hidden and has text; the grid's hidden rows, from 0."""
        if self._is_hidden:
            losses.add("hidden_sheet", Place(self.part), self._first(self._cells), 1)
        written = {row for row, _ in self._cells}
        hidden = [row for row in range(top, bottom + 1) if row in self._hidden_rows]
        with_text = [row for row in hidden if row in written]
        if with_text:
            first = self._first({at: text for at, text in self._cells.items() if at[0] == with_text[0]})
            losses.add("hidden_rows", self.place(with_text[0]), first, len(with_text))
        for first_column, last_column in self._hidden_columns:
            inside = {at: text for at, text in self._cells.items() if first_column <= at[1] <= last_column}
            if inside:
                place = Place(self.part, column=min(column for _, column in inside))
                losses.add("hidden_text", place, self._first(inside), len(inside))
        return tuple(row - top for row in hidden)

    def _first(self, cells: dict[tuple[int, int], str]) -> str:
        return cells[min(cells)]

    def _too_many(self) -> ReadingError:
        return ReadingError(f"无法读取“{self.file}”：{self.part}超过 {CELLS} 格。", _LEFT_OUT)


def column_letters(column: int) -> str:
    """3 is C, 28 is AB."""
    letters = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters
