"""销账: the day of completion and, if the clerk likes, a line of what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from db.rules.limits import DONE_LIMIT
from db.rules.rows import EntryRow
from tui.commands import Command
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import entry_lines, title_words
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.prose import Prose
from tui.text import shown


@dataclass(frozen=True, slots=True)
class SettleAnswer:
    """what_was_done is None when nothing was written."""

    done_on: date
    what_was_done: str | None


class SettleDialog(Dialog[SettleAnswer | None]):
    """Several entries get the same day and the same words. A done entry shows its own day and words to be changed."""

    def __init__(self, entries: Sequence[EntryRow], today: date) -> None:
        super().__init__(shown(title_words("销账", entries)))
        self._entries = tuple(entries)
        one = self._entries[0] if len(self._entries) == 1 else None
        self._day = DateField(
            "办结日期（上下键改一天）", (one and one.done_on) or today, today, latest=today, id="done-on"
        )
        self._what = Field(
            "工作做法及成效（可以不填）",
            (one and one.what_was_done) or "",
            limit=DONE_LIMIT,
            remark="" if one else f"写下的内容记入这 {len(self._entries)} 项的每一项",
            id="what-was-done",
        )

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(entry_lines(self._entries), classes="dialog--entries")
        yield self._day
        yield self._what

    def answer(self) -> SettleAnswer:
        day = self._day.day()
        if day is None:
            raise FieldProblem(self._day, "没有填日期")
        return SettleAnswer(day, self._what.text() or None)
