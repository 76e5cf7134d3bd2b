"""改说明: what is said of a piece of evidence, and when it was published."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from db.rules.limits import CAPTION_LIMIT
from db.rules.rows_evidence import EvidenceRow
from tui.commands import Command
from tui.dialogs.date_field import DateField
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.field import Field
from tui.dialogs.prose import Prose
from tui.text import cut, shown

_NAME_CELLS = 66


@dataclass(frozen=True, slots=True)
class CaptionAnswer:
    """caption None: nothing is said of it."""

    caption: str | None
    day: date | None


class CaptionDialog(Dialog[CaptionAnswer | None]):
    """The file, or the address, stays what it is."""

    def __init__(self, row: EvidenceRow, today: date) -> None:
        super().__init__(shown("改佐证的说明"))
        self._row = row
        self.draft_of = row.id
        self._caption = Field("说明（可以不填）", row.caption or "", limit=CAPTION_LIMIT, id="caption")
        self._day = DateField("公开日期（可以不填）", row.day, today, latest=today, may_be_blank=True, id="day")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(cut(self._row.address or self._row.name, _NAME_CELLS), classes="dialog--entries")
        yield self._caption
        yield self._day

    def answer(self) -> CaptionAnswer:
        return CaptionAnswer(self._caption.text() or None, self._day.day())
