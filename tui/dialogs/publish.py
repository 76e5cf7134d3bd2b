"""记公开: one publication after another, in a few keys; several pasted lines are looked through first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from db.rules.limits import ADDRESS_LIMIT, TITLE_LIMIT
from db.rules.publications import NewPublication, likeness
from db.rules.rows import EntryRow, PublicationRow
from db.rules.words import CHANNELS, FORMS, TIMES
from tui.commands import Command, bindings
from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import number_words
from tui.dialogs.entry_field import EntryField
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.pasting import PastingField, PastingLine
from tui.dialogs.prose import Prose
from tui.dialogs.typed_date import typed_date
from tui.text import shown
from tui.wording_timed import outside_words

SAVE: Final = Command(CONFIRM.name, CONFIRM.keys, "登记", "登记这一条并关上窗口。", "Enter", True)
AGAIN: Final = Command("again", ("f3",), "再记一条", "登记这一条，接着填下一条。", "F3", True)
_OF_THE_UNIT: Final = "空白：本单位的，不属于某一项"
_ALIKE: Final = "疑似重复：同一天、同一标题、同一项的已经登记过"
_BY_TIMES: Final = "本条指标按次数计，公开记录不计入；记次数用 Ctrl+K"


@dataclass(frozen=True, slots=True)
class PublishAnswer:
    """What is to be registered; lines: several lines were pasted instead, to be looked through."""

    new: tuple[NewPublication, ...]
    entry: int | None = None
    lines: str = ""


class PublishedOn(DateField):
    """A day outside of the ledger's year is taken, and said not to count."""

    def __init__(self, day: date, today: date, year: int | None) -> None:
        self._year = year
        super().__init__("日期（上下键改一天）", day, today, latest=today, id="day")
        self._remark = self.remark_on(self.line.value)

    def remark_on(self, text: str) -> str:
        day = typed_date(text, self._today)
        outside = outside_words(day, self._year) if day is not None else ""
        return "；".join(filter(None, (super().remark_on(text), outside)))


class PublishDialog(Dialog[PublishAnswer | None]):
    """row is a publication to be changed; without it a new one, with the channel of the one registered last.

    stored are the ledger's publications. One like them is said to be so at once and registered at the second Enter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((AGAIN,))]
    # Six fields stand on 24 lines without scrolling.
    DEFAULT_CSS = """
    PublishDialog Field, PublishDialog ChoiceField { margin: 0; }
    PublishDialog .publish--told { color: $text-warning; padding: 0 1; }
    """

    def __init__(
        self,
        entries: Sequence[EntryRow],
        entry: int | None,
        today: date,
        *,
        row: PublicationRow | None = None,
        stored: Sequence[PublicationRow] = (),
        year: int | None = None,
    ) -> None:
        of = next((number_words(each) for each in entries if each.id == entry), "本单位")
        super().__init__(shown("修改公开记录" if row else f"记公开：{of}"))
        self._today = today
        self._row = row
        self.draft_of = row.id if row else None
        self._stays = False
        self._stored = 0
        self._known = {likeness(each) for each in stored if row is None or each.id != row.id}
        self._is_alike = False
        self._allowed: NewPublication | None = None
        self._headline = PastingField(
            "标题" if row else "标题（粘贴几行就逐行登记）", row.title if row else "", limit=TITLE_LIMIT, id="title"
        )
        self._day = PublishedOn(row.day if row else today, today, year)
        shape = row or max(stored, key=lambda each: each.id, default=None)
        # A form is of the single piece; the channel is where the office publishes.
        self._channel = ChoiceField(
            "渠道（左右键、数字或首字选择）",
            [(name, name) for name in CHANNELS],
            shape.channel if shape else None,
            id="channel",
        )
        self._form = ChoiceField("形式", [(name, name) for name in FORMS], row.form if row else None, id="form")
        self._address = Field("网址或版面（可以不填）", (row and row.address) or "", limit=ADDRESS_LIMIT, id="address")
        self._entry = EntryField("所属事项的编号", entries, entry, blank=_OF_THE_UNIT, id="entry")
        self._told = Prose(classes="publish--told")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD) if self._row else (SAVE, AGAIN, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield self._headline
        yield self._day
        yield self._channel
        yield self._form
        yield self._address
        yield self._entry
        yield self._told

    def on_mount(self) -> None:
        super().on_mount()
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._allowed = None
        self._tell()

    def answer(self) -> PublishAnswer:
        title = self._headline.needed("没有填标题")
        day = self._day.day()
        if day is None:
            raise FieldProblem(self._day, "没有填日期")
        entry = self._entry.entry_id()
        new = NewPublication(entry, day, title, self._channel.value, self._address.text() or None, self._form.value)
        if likeness(new) in self._known and self._allowed != new:
            self._allowed = new
            raise FieldProblem(self._headline, f"{_ALIKE}。确实是另一条，再按一次")
        return PublishAnswer((new,), entry)

    def action_confirm(self) -> None:
        self._stays = False
        super().action_confirm()

    def action_again(self) -> None:
        if self._row is None:
            self._stays = True
            super().action_confirm()

    def close(self, answer: PublishAnswer | None) -> None:
        if not self._stays:
            super().close(answer)
            return
        self._stays = False
        self._stored += 1
        self._known |= {likeness(new) for new in answer.new} if answer else set()
        for field in (self._headline, self._address):
            field.line.value = ""
        self._headline.line.focus()
        self._headline.tell(f"已登记 {self._stored} 条，请填下一条；不再填了按 Esc")

    def on_pasting_line_pasted(self, event: PastingLine.Pasted) -> None:
        event.stop()
        if self._row is not None:
            self._headline.complain("修改一条记录，标题只能有一行")
        elif not self._answered:
            self._stays = False
            self.close(PublishAnswer((), self._entry_typed(), event.pasted))

    def _tell(self) -> None:
        """What the clerk should know of what stands in the fields now, before it is registered."""
        entry = self._entry_meant()
        by_times = entry is not None and {quota.counter for quota in entry.quotas} == {TIMES}
        self._told.write(_BY_TIMES if by_times else "")
        was_alike, self._is_alike = self._is_alike, self._looks_stored()
        if self._is_alike:
            self._headline.remark(_ALIKE)
        elif was_alike:
            self._headline.remark(self._headline.remark_on(self._headline.line.value))

    def _looks_stored(self) -> bool:
        try:
            title, day, entry = self._headline.text(), self._day.day(), self._entry.entry_id()
        except FieldProblem:
            return False
        if day is None:
            return False
        return likeness(NewPublication(entry, day, title, self._channel.value, None, self._form.value)) in self._known

    def _entry_typed(self) -> int | None:
        entry = self._entry_meant()
        return entry.id if entry else None

    def _entry_meant(self) -> EntryRow | None:
        try:
            return self._entry.entry()
        except FieldProblem:
            return None
