"""事项和次数: of one entry the items by which it counts, and below each what was counted."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.rules.rows import CountRow, EntryRow, ItemTally, QuotaRow
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.entries_named import number_words
from tui.dialogs.line_list import Choice
from tui.screens.counted_blocks import quota_blocks
from tui.screens.counting_work import CountingWork
from tui.screens.rows_screen import RowsScreen
from tui.text import one_line, shown
from tui.view_commands import ITEM_LIST
from tui.widgets.reading_pane import Block
from tui.wording_timed import dated

if TYPE_CHECKING:
    from tui.desk import Desk


@dataclass(frozen=True, slots=True)
class _Line:
    """An item, a count, or with neither a heading."""

    item: ItemTally | None = None
    count: CountRow | None = None


class ItemsScreen(RowsScreen, CountingWork["str | None"]):
    """The items with their tallies, under each its counts; of an entry without items just the counts."""

    KEYS: ClassVar[tuple[Command, ...]] = ITEM_LIST
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(ITEM_LIST))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("事项和次数", ITEM_LIST),
        ("各个画面", EVERYWHERE),
    )

    def __init__(self, desk: Desk, entry_id: int) -> None:
        super().__init__(desk)
        self._entry_id = entry_id
        self._counts: tuple[CountRow, ...] = ()
        self._lines: tuple[_Line, ...] = ()

    def read(self) -> None:
        self._counts = tuple(count for count in self.desk.counts() if count.entry == self._entry_id)

    # What is shown

    def choices(self) -> Sequence[Choice]:
        self._lines = tuple(self._all_lines())
        quota = self._quota()
        return [_choice(line, quota) for line in self._lines]

    def _all_lines(self) -> Iterator[_Line]:
        items = self._items()
        for item in items:
            yield _Line(item)
            yield from (_Line(item, count) for count in self._counts if count.item == item.id)
        others = [count for count in self._counts if count.item is None]
        if items and others:
            yield _Line()
        yield from (_Line(None, count) for count in others)

    def key(self, index: int) -> Hashable:
        line = self._lines[index]
        if line.count is not None:
            return "count", line.count.id
        return ("item", line.item.id) if line.item is not None else None

    def entry_at(self, index: int) -> int | None:
        return self._entry_id

    def chosen(self) -> tuple[EntryRow, ...]:
        entry = self.entry(self._entry_id)
        return (entry,) if entry else ()

    def title_words(self) -> str:
        entry = self.entry(self._entry_id)
        times = sum(count.number for count in self._counts)
        items = f"{len(self._items())} 个事项，" if self._quota() else ""
        return f"事项和次数：{number_words(entry) if entry else ''}（{items}共 {times} 次）"

    def empty_words(self) -> str:
        if self._quota():
            return "这一项逐个事项计数，还没有事项。按 Ins 增加一个，例如一项重大行政决策，再按 + 记次数。"
        return "还没有记过次数。按 + 记一次，例如一次汇报、一次培训。"

    def blocks(self, index: int) -> Sequence[Block]:
        line = self._lines[index]
        blocks: list[Block] = []
        if line.item is not None:
            day = f"（{dated(line.item.day)}）" if line.item.day else ""
            blocks.append(Block(f"{line.item.name}{day}", look="heading"))
        if line.count is not None:
            blocks.append(Block(f"{dated(line.count.day)}，{line.count.number} 次", "次数"))
            blocks.append(Block(line.count.what or "没有填", "做了什么"))
        for entry in self.chosen():
            blocks.append(Block(f"{number_words(entry)}：{entry.requirement}", "所属事项"))
            blocks += quota_blocks(entry.quotas, self.beside(entry))
        return blocks

    def _quota(self) -> QuotaRow | None:
        """The quota that counts by items."""
        return next((quota for entry in self.chosen() for quota in entry.quotas if quota.period == "item"), None)

    def _items(self) -> tuple[ItemTally, ...]:
        quota = self._quota()
        return quota.items if quota else ()

    # Commands

    def action_add_item(self) -> None:
        entry = self._countable("增加事项")
        if entry is None:
            return
        if self._quota() is None:
            self.say("这一项不按事项逐个计数，直接按 + 记次数。", alarm=True)
            return
        from tui.dialogs.item import ItemAnswer, ItemDialog

        def add(answer: ItemAnswer | None) -> None:
            if answer is not None:
                self.put_cursor_on(("item", self.desk.add_item(entry.id, answer.name, answer.day)))

        self.ask(
            ItemDialog(entry, None, self.desk.today()),
            add,
            lambda: self.changed("add_item", (), "已增加事项。按 + 给它记次数；Ctrl+Z 撤销"),
        )

    def action_add_count(self) -> None:
        entry = self._countable("记次数")
        if entry is not None:
            line = self._line()
            self.count_for(entry, line.item if line else None)

    def action_edit(self) -> None:
        line = self._line()
        if line is None or not self.writable():
            return
        if line.count is not None:
            self._edit_count(line.count)
        elif line.item is not None:
            self._edit_item(line.item)

    def _edit_count(self, row: CountRow) -> None:
        from tui.dialogs.count import CountAnswer, CountDialog

        def edit(answer: CountAnswer | None) -> None:
            if answer is not None:
                self.desk.edit_count(row.id, answer.day, answer.number, answer.item, answer.what)

        for entry in self.chosen():
            self.ask(
                CountDialog(entry, self.desk.today(), row=row),
                edit,
                lambda: self.changed("edit_count", (), "次数已修改。Ctrl+Z 撤销"),
            )

    def _edit_item(self, item: ItemTally) -> None:
        from tui.dialogs.item import ItemAnswer, ItemDialog

        def edit(answer: ItemAnswer | None) -> None:
            if answer is not None:
                self.desk.edit_item(item.id, answer.name, answer.day)

        for entry in self.chosen():
            self.ask(
                ItemDialog(entry, item, self.desk.today()),
                edit,
                lambda: self.changed("edit_item", (), "事项已修改。Ctrl+Z 撤销"),
            )

    def action_remove(self) -> None:
        line = self._line()
        if line is None or not self.writable():
            return
        from tui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            count, item = line.count, line.item
            if count is not None:
                self.change("remove_count", (), lambda: self.desk.remove_count(count.id), "次数已删除。Ctrl+Z 撤销")
            elif item is not None:
                self.change("remove_item", (), lambda: self.desk.remove_item(item.id), "事项已删除。Ctrl+Z 撤销")

        self.app.push_screen(ConfirmDialog(shown("删除"), self._removed_words(line)), answered)

    def _removed_words(self, line: _Line) -> str:
        if line.count is not None:
            return f"{_count_words(line.count)}\n\n将被删除，可以撤销。"
        item = line.item
        counted = sum(1 for count in self._counts if item is not None and count.item == item.id)
        also = f"，连同记下的 {counted} 条次数" if counted else ""
        return f"{item.name if item else ''}\n\n将被删除{also}。可以撤销。"

    def _line(self) -> _Line | None:
        return self._lines[self.current] if self.current is not None else None


def _choice(line: _Line, quota: QuotaRow | None) -> Choice:
    if line.count is not None:
        indent = "    " if quota else ""
        return Choice(indent + _count_words(line.count), f"{line.count.number} 次")
    if line.item is None:
        return Choice("不属于某一个事项", heading=True)
    target = quota.target if quota else 0
    words = "达到" if line.item.met else f"缺 {target - line.item.tally} 次"
    return Choice(line.item.name, f"{line.item.tally}/{target} {words}", look="" if line.item.met else "mark")


def _count_words(count: CountRow) -> str:
    what = f"  {one_line(count.what)}" if count.what else ""
    return f"{count.day.isoformat()}{what}"
