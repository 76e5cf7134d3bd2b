"""销账: the day of completion and, if the clerk likes, a line of what was done; what is missing is told beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.widgets import Input

from db.rules.limits import DONE_LIMIT
from db.rules.rows import EntryRow
from tui.commands import Command
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import entry_lines, subject_words, title_words
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.prose import Prose
from tui.text import shown
from tui.wording_gaps import lacking_words


@dataclass(frozen=True, slots=True)
class SettleAnswer:
    """what_was_done is None when nothing was written."""

    done_on: date
    what_was_done: str | None


class SettleDialog(Dialog[SettleAnswer | None]):
    """Several entries get the same day and the same words. A done entry shows its own day and words to be changed.

    Whatever is missing, it can be settled: the line below the fields only says so, as it will be with what is typed.
    """

    def __init__(self, entries: Sequence[EntryRow], today: date) -> None:
        super().__init__(shown(title_words("销账", entries)))
        self._entries = tuple(entries)
        self._today = today
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
        self._lacking = Prose(classes="settle--lacking")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def draft_subject(self) -> str:
        return subject_words(super().draft_subject(), self._entries)

    def body(self) -> ComposeResult:
        yield Prose(entry_lines(self._entries), classes="dialog--entries")
        yield self._day
        yield self._what
        yield self._lacking

    def on_mount(self) -> None:
        super().on_mount()
        self._say_what_lacks()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._say_what_lacks()

    def answer(self) -> SettleAnswer:
        day = self._day.day()
        if day is None:
            raise FieldProblem(self._day, "没有填日期")
        return SettleAnswer(day, self._what.text() or None)

    def _say_what_lacks(self) -> None:
        # Over the limit it is refused where it is typed; written it is all the same.
        typed = self._what.line.value.strip()
        self._lacking.write(lacking_words(self._entries, typed or None, self._today))
