"""What is set once for all rows: 表格各栏, 单位名册, 报送和要求; and where a problem of the document is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from db.intake.edits import DropStanding, DropUnit, SetColumn, SetUnit
from db.intake.filled_template import without_cover
from db.intake.layouts.blocks import structured
from db.intake.reading import COLUMN_ROLE_NAMES, ColumnRole, Problem, Table
from db.intake.source import Block, Grid, Source
from db.rules.words import RULE_KIND_NAMES, UNIT_KINDS, UnitKind
from tui.dialogs.dialog import CONFIRM
from tui.dialogs.line_list import Choice
from tui.dialogs.lines import DroppableLines, EditableLines, LinesDialog, Listed, Taken
from tui.screens.review_head import ReviewHead
from tui.text import cut, one_line, pad, shown
from tui.wording_intake import clock_words, place_words, quota_words, report_words

if TYPE_CHECKING:
    from tui.dialogs.unit import UnitAnswer

StandingKind = Literal["report", "unit_quota", "clock_rule", "rule"]

_WIDEST: Final = 64
_SAMPLES: Final = 3
_UNIT_CELLS: Final = 30
_HEADING_CELLS: Final = 20
_ROLE_CELLS: Final = 22
_ROLES: Final = tuple(COLUMN_ROLE_NAMES)

_KIND: Final = replace(CONFIRM, label="改类别", help="改光标所在单位的类别。")
_LOOKED: Final = replace(CONFIRM, label="关上", help="关上这个窗口。")

_HEAD_KINDS: Final = frozenset(
    {"year_unknown", "year_assumed", "head_missing", "head_unsure", "deadline_default", "deadline_unread"}
)
_COLUMN_KINDS: Final = frozenset({"columns_unsure", "table_left_out", "no_tasks"})
_STANDING_KINDS: Final = frozenset({"report_unread", "quota_unread", "quota_range", "clock_unread"})


class ReviewDocument(ReviewHead):
    """Lists of what was read for the whole document, in which something is changed or taken out."""

    def mend_for(self, problem: Problem) -> None:
        task = self.task_of(problem.task) if problem.task else None
        if task is not None:
            if problem.field in (None, "row"):
                self.mend_menu(task)
            else:
                self.mend_field(task, problem.field)
        elif problem.kind in _HEAD_KINDS:
            self.action_head()
        elif problem.kind in _COLUMN_KINDS:
            self.action_columns()
        elif problem.kind in _STANDING_KINDS:
            self.action_standing()
        elif problem.kind == "units_near" and not problem.covers:
            self.action_roster()
        elif problem.kind == "text_left_out":
            self.ask_new(self.reading.tasks[-1].key if self.reading.tasks else None, problem.text)
        elif problem.covers and self.task_of(problem.covers[0]) is not None:
            self.put_cursor_on(("task", problem.covers[0]))
            self.show_entries()
            self.say("这是涉及的第一项，Enter 改正；改完各项后回到上面的问题按空格确认。")
        else:
            self.say("照读稿确认请按空格；要改的，到那一行按 Enter 改正。")

    # 表格各栏

    def action_columns(self) -> None:
        blocks = enumerate(_blocks(self.draft.source))
        grids = [(number, one) for number, one in blocks if isinstance(one, Grid) and 1 < one.width <= _WIDEST]
        if not grids:
            self.say("这份文件里没有表格。", alarm=True)
            return
        tables = {table.block: table for table in self.reading.tables}
        lines: list[Listed] = []
        meant: list[tuple[int, int] | None] = []
        for number, grid in grids:
            table = tables.get(number)
            state = "读成任务" if table else "没有读成任务：先指明哪一栏是具体要求"
            lines.append(Listed(Choice(f"{place_words(grid.place)}  {state}", heading=True)))
            meant.append(None)
            for column in range(grid.width):
                lines.append(_column(grid, table, column))
                meant.append((number, column))

        def chosen(taken: Taken | None) -> None:
            where = meant[taken.index] if taken is not None else None
            if where is not None:
                self._ask_role(where, tables.get(where[0]))

        self.app.push_screen(LinesDialog(shown("表格各栏：改哪一栏"), lines), chosen)

    def _ask_role(self, where: tuple[int, int], table: Table | None) -> None:
        now: ColumnRole | None = table.roles[where[1]] if table else None
        lines = [Listed(Choice(name)) for name in COLUMN_ROLE_NAMES.values()]
        title = shown(f"第 {where[1] + 1} 栏是什么（各行都照它读）")

        def chosen(taken: Taken | None) -> None:
            if taken is None:
                return
            role = _ROLES[taken.index]
            if role == now:
                self.say("没有改动。")
                return
            words = f"第 {where[1] + 1} 栏现在是“{COLUMN_ROLE_NAMES[role]}”，各行已重读。Ctrl+Z 撤销"
            self.step((SetColumn(where[0], where[1], role),), words)

        cursor = _ROLES.index(now or "requirement")
        self.app.push_screen(LinesDialog(title, lines, cursor=cursor), chosen)

    # 单位名册

    def action_roster(self) -> None:
        self._roster(0)

    def _roster(self, cursor: int) -> None:
        units = self.reading.units
        lines = [
            Listed(Choice(one_line(unit.name), unit.kind), f"见于：{cut(unit.quote, 200)}" if unit.quote else "")
            for unit in units
        ]
        above = "写「各科室」的任务，科室都算在内，余类推。"
        title = shown(f"单位名册  {len(units)} 个")
        dialog = EditableLines(title, lines, above=above, cursor=cursor, confirm=_KIND)

        def chosen(taken: Taken | None) -> None:
            if taken is None:
                return
            if taken.command == "add":
                self._add_unit()
            elif taken.index < 0:
                self._roster(0)
            elif taken.command == "drop":
                self._drop_unit(units[taken.index].name, taken.index)
            else:
                self._ask_kind(units[taken.index].name, units[taken.index].kind, taken.index)

        self.app.push_screen(dialog, chosen)

    def _add_unit(self) -> None:
        from tui.dialogs.unit import UnitDialog

        def added(answer: UnitAnswer | None) -> None:
            if answer is not None:
                words = f"名册里加了{cut(answer.name, _UNIT_CELLS)}，各行的责任单位已重读。Ctrl+Z 撤销"
                self.step((SetUnit(answer.name, answer.kind),), words, then=again)
            else:
                again()

        def again() -> None:
            self._roster(len(self.reading.units) - 1)

        self.app.push_screen(UnitDialog([unit.name for unit in self.reading.units]), added)

    def _drop_unit(self, name: str, at: int) -> None:
        numbers = [
            one.task.number
            for one in self.reading.tasks
            if any(who.name == name and who.scope is None for who in one.task.responsibilities)
        ]
        if numbers:
            listed = cut("、".join(numbers), _UNIT_CELLS)
            self.say(f"{cut(name, _UNIT_CELLS)}还是第 {listed} 项的责任单位，先改那几项再去掉。", alarm=True)
            return
        words = f"名册里去掉了{cut(name, _UNIT_CELLS)}。Ctrl+Z 撤销"
        self.step((DropUnit(name),), words, then=lambda: self._roster(max(at - 1, 0)))

    def _ask_kind(self, name: str, now: UnitKind, at: int) -> None:
        lines = [Listed(Choice(kind)) for kind in UNIT_KINDS]

        def chosen(taken: Taken | None) -> None:
            if taken is not None and UNIT_KINDS[taken.index] != now:
                words = f"{cut(name, _UNIT_CELLS)}的类别已改。Ctrl+Z 撤销"
                self.step((SetUnit(name, UNIT_KINDS[taken.index]),), words, then=lambda: self._roster(at))
            else:
                self._roster(at)

        title = shown(f"{cut(name, _UNIT_CELLS)}是哪一类")
        self.app.push_screen(LinesDialog(title, lines, cursor=UNIT_KINDS.index(now)), chosen)

    # 报送和要求

    def action_standing(self) -> None:
        self._standing(0)

    def _standing(self, cursor: int) -> None:
        lines, meant = self._standing_lines()
        if not lines:
            self.say("没有读出报送要求、全文的数量要求、时限规则和普遍要求。")
            return
        above = "读错的按 Del 去掉，不动原文。"

        def chosen(taken: Taken | None) -> None:
            if taken is None or taken.index < 0:
                return
            one = meant[taken.index]
            if taken.command == "drop" and one is not None:
                # One sentence may say several; what is taken out is what the sentence says.
                gone = meant.count(one)
                words = "已去掉一条" if gone == 1 else f"已去掉同一句里的 {gone} 条"
                self.step((DropStanding(one[0], one[1]),), f"{words}。Ctrl+Z 撤销")
                if self._standing_lines()[0]:
                    self._standing(max(taken.index - 1, 0))

        dialog = DroppableLines(shown("报送和要求"), lines, above=above, cursor=cursor, confirm=_LOOKED)
        self.app.push_screen(dialog, chosen)

    def _standing_lines(self) -> tuple[list[Listed], list[tuple[StandingKind, str] | None]]:
        reading = self.reading
        year = reading.head.year
        groups: tuple[tuple[str, StandingKind, Sequence[tuple[str, str]]], ...] = (
            ("报送", "report", [(report_words(one, year), one.quote) for one in reading.reports]),
            ("各单位的数量要求", "unit_quota", [(quota_words(one), one.quote) for one in reading.unit_quotas]),
            ("时限规则", "clock_rule", [(clock_words(one), one.quote) for one in reading.clock_rules]),
            ("普遍要求", "rule", [(f"{RULE_KIND_NAMES[one.kind]}：{one.text}", one.text) for one in reading.rules]),
        )
        lines: list[Listed] = []
        meant: list[tuple[StandingKind, str] | None] = []
        for name, kind, found in groups:
            if found:
                lines.append(Listed(Choice(name, heading=True)))
                meant.append(None)
            for words, quote in found:
                same = sum(1 for _, other in found if other == quote)
                about = f"原句：{quote}" + (f"\n这一句读出 {same} 条，去掉时一起去掉。" if same > 1 else "")
                lines.append(Listed(Choice(one_line(words)), about))
                meant.append((kind, quote))
        return lines, meant


@lru_cache(maxsize=1)
def _blocks(source: Source) -> tuple[Block, ...]:
    """The blocks by whose numbers the columns are known."""
    return without_cover(structured(source)).blocks


def _column(grid: Grid, table: Table | None, column: int) -> Listed:
    """Header word, role and the first cells of a column."""
    first = table.first_row if table else 1
    heading = table.headings[column] if table else _cell(grid, 0, column)
    role = COLUMN_ROLE_NAMES[table.roles[column]] if table else "—"
    cells = (_cell(grid, row, column) for row in range(first, grid.height))
    samples = list(dict.fromkeys(text for text in cells if text))[:_SAMPLES]
    words = f"第 {column + 1} 栏 {pad(heading or '（没有表头）', _HEADING_CELLS)} {pad(role, _ROLE_CELLS)}"
    words += f" 例：{one_line(samples[0])}" if samples else " （空）"
    return Listed(Choice(words), "\n".join(cut(text, 90) for text in samples))


def _cell(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column)
    return one_line(cell.text) if cell is not None else ""
