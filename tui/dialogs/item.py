"""事项: one of those that a task counts by, such as a decision."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from db.rules.limits import SUBJECT_LIMIT
from db.rules.rows import EntryRow, ItemTally
from tui.commands import Command
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import entry_lines, title_words
from tui.dialogs.field import Field
from tui.dialogs.prose import Prose
from tui.text import shown


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """day None: the item has no date."""

    name: str
    day: date | None


class ItemDialog(Dialog[ItemAnswer | None]):
    """item None makes a new one."""

    def __init__(self, entry: EntryRow, item: ItemTally | None, today: date) -> None:
        super().__init__(shown(title_words("修改事项" if item else "增加事项", [entry])))
        self._entry = entry
        self.draft_of = item.id if item else None
        self._called = Field(
            "事项名称", item.name if item else "", limit=SUBJECT_LIMIT, remark="例如：一项重大行政决策的名称", id="name"
        )
        self._day = DateField("日期（上下键改一天）", item.day if item else None, today, may_be_blank=True, id="day")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(entry_lines([self._entry]), classes="dialog--entries")
        yield self._called
        yield self._day

    def answer(self) -> ItemAnswer:
        return ItemAnswer(self._called.needed("没有填事项名称"), self._day.day())
