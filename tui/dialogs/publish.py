"""记公开: one publication after another, in a few keys; several pasted lines are looked through first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from db.rules.limits import ADDRESS_LIMIT, TITLE_LIMIT
from db.rules.publications import NewPublication
from db.rules.rows import EntryRow, PublicationRow
from db.rules.words import CHANNELS, FORMS
from tui.commands import Command, bindings
from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import number_words
from tui.dialogs.entry_field import EntryField
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.pasting import PastingField, PastingLine
from tui.text import shown

SAVE: Final = Command(CONFIRM.name, CONFIRM.keys, "登记", "登记这一条并关上窗口。", "Enter", True)
AGAIN: Final = Command("again", ("f3",), "再记一条", "登记这一条，接着填下一条。", "F3", True)
_OF_THE_UNIT: Final = "空白：本单位的，不属于某一项"


@dataclass(frozen=True, slots=True)
class PublishAnswer:
    """What is to be registered; lines: several lines were pasted instead, to be looked through."""

    new: tuple[NewPublication, ...]
    entry: int | None = None
    lines: str = ""


class PublishDialog(Dialog[PublishAnswer | None]):
    """row is a publication to be changed; without it a new one, `last` gives its channel and form."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((AGAIN,))]
    # Six fields stand on 24 lines without scrolling.
    DEFAULT_CSS = """
    PublishDialog Field, PublishDialog ChoiceField { margin: 0; }
    """

    def __init__(
        self,
        entries: Sequence[EntryRow],
        entry: int | None,
        today: date,
        *,
        last: PublicationRow | None = None,
        row: PublicationRow | None = None,
    ) -> None:
        of = next((number_words(each) for each in entries if each.id == entry), "本单位")
        super().__init__(shown("修改公开记录" if row else f"记公开：{of}"))
        self._today = today
        self._row = row
        self._stays = False
        self._stored = 0
        self._headline = PastingField(
            "标题" if row else "标题（粘贴几行就逐行登记）", row.title if row else "", limit=TITLE_LIMIT, id="title"
        )
        self._day = DateField("日期（上下键改一天）", row.day if row else today, today, latest=today, id="day")
        shape = row or last
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

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD) if self._row else (SAVE, AGAIN, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield self._headline
        yield self._day
        yield self._channel
        yield self._form
        yield self._address
        yield self._entry

    def answer(self) -> PublishAnswer:
        title = self._headline.needed("没有填标题")
        day = self._day.day()
        if day is None:
            raise FieldProblem(self._day, "没有填日期")
        entry = self._entry.entry_id()
        new = NewPublication(entry, day, title, self._channel.value, self._address.text() or None, self._form.value)
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

    def _entry_typed(self) -> int | None:
        try:
            return self._entry.entry_id()
        except FieldProblem:
            return None
