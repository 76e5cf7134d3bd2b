"""记次数: how often something was done of which nothing is published."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from db.rules.limits import DONE_LIMIT, NUMBER_LIMIT
from db.rules.rows import CountRow, EntryRow, ItemTally
from db.rules.words import TIMES
from tui.commands import Command
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import entry_lines, title_words
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.number_field import NumberField
from tui.dialogs.prose import Prose
from tui.text import shown


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """item is an item's id, None for no item; what is None when nothing was written."""

    day: date
    number: int
    item: int | None
    what: str | None


class CountDialog(Dialog[CountAnswer | None]):
    """row is a count to be changed. Where the entry has items, the one that is counted is chosen from a list."""

    DEFAULT_CSS = """
    CountDialog LineList { height: auto; max-height: 6; margin: 0 0 1 0; }
    CountDialog.-small LineList { max-height: 2; margin: 0; }
    """

    def __init__(self, entry: EntryRow, today: date, *, item: int | None = None, row: CountRow | None = None) -> None:
        super().__init__(shown(title_words("修改次数" if row else "记次数", [entry])))
        self._entry = entry
        self.draft_of = row.id if row else None
        self._items: list[ItemTally | None] = [*items_of(entry), None]
        chosen = row.item if row else item
        ids = [each.id if each else None for each in self._items]
        # Nothing named: the first item that has not enough yet is the likely one.
        short = next((at for at, each in enumerate(self._items) if each is not None and not each.met), 0)
        at = ids.index(chosen) if chosen in ids and (row is not None or chosen is not None) else short
        self._list = LineList([_choice(each) for each in self._items], cursor=at)
        self._number = NumberField("次数（上下键加减）", row.number if row else 1, most=NUMBER_LIMIT, id="number")
        self._day = DateField("日期（上下键改一天）", row.day if row else today, today, latest=today, id="day")
        self._what = Field(
            "做了什么（可以不填）", (row and row.what) or "", limit=DONE_LIMIT, remark="例如：向局党组汇报", id="what"
        )

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose("\n".join(filter(None, (entry_lines([self._entry]), _not_counted(self._entry)))))
        if len(self._items) > 1:
            yield Prose("哪一个事项（上下键选择）", classes="count--items")
            yield self._list
        yield self._number
        yield self._day
        yield self._what

    def answer(self) -> CountAnswer:
        number = self._number.needed_number()
        day = self._day.day()
        if day is None:
            raise FieldProblem(self._day, "没有填日期")
        item = self._items[self._list.cursor or 0]
        return CountAnswer(day, number, item.id if item else None, self._what.text() or None)

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        self.action_confirm()


def items_of(entry: EntryRow) -> tuple[ItemTally, ...]:
    """The items of an entry that is counted by them; () for any other."""
    return next((quota.items for quota in entry.quotas if quota.period == "item"), ())


def _choice(item: ItemTally | None) -> Choice:
    if item is None:
        return Choice("不属于某一个事项")
    return Choice(item.name, f"已 {item.tally} 次{'' if item.met else '，不够'}")


def _not_counted(entry: EntryRow) -> str:
    """What a count here does not do, so that nobody waits for it."""
    if not entry.quotas:
        return ""
    if any(quota.period == "item" for quota in entry.quotas) and not items_of(entry):
        return "本项按事项逐项计数，还没有事项：先按 Ctrl+X 增加事项，再记次数。"
    if not any(quota.counter == TIMES for quota in entry.quotas):
        return "本项的指标按公开记录计算，次数不计入；登记公开按 +。"
    return ""
