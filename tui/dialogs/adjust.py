"""调整时限: the clerk's own due date, with a reason, beside what the notice says."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from db.rules.limits import REASON_LIMIT
from db.rules.rows import DeadlineRow, EntryRow
from db.rules.words import DEADLINE_KIND_NAMES, DEADLINE_SOURCE_NAMES
from tui.commands import Command, bindings
from tui.dialogs.date_field import DateField, understood_words
from tui.dialogs.dialog import CANCEL, CONFIRM, NEXT_FIELD, Dialog
from tui.dialogs.entries_named import entry_lines, title_words
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.prose import Prose
from tui.text import shown

TAKE_BACK: Final = Command("take_back", ("f5",), "恢复原时限", "去掉调整，回到通知的时限。", "F5", True)
_TAKEN_BACK: Final = "恢复原时限"


@dataclass(frozen=True, slots=True)
class AdjustAnswer:
    """due None takes the adjustment back."""

    due: date | None
    reason: str


class AdjustDialog(Dialog[AdjustAnswer | None]):
    """A date equal to the notice's own is refused: there would be nothing to adjust."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((TAKE_BACK,))]

    def __init__(self, entry: EntryRow, today: date) -> None:
        super().__init__(shown(title_words("调整时限", [entry])))
        self._entry = entry
        self._today = today
        self._adjusted = entry.deadline.adjusted
        self._due = DateField("调整为（上下键改一天）", self._adjusted.due if self._adjusted else None, today, id="due")
        self._reason = Field(
            "调整的理由", self._adjusted.reason if self._adjusted else "", limit=REASON_LIMIT, id="reason"
        )

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, *((TAKE_BACK,) if self._adjusted else ()), CANCEL, NEXT_FIELD)

    def body(self) -> ComposeResult:
        yield Prose(entry_lines([self._entry]), classes="dialog--entries")
        yield Prose(deadline_lines(self._entry.deadline, self._today), classes="dialog--entries")
        yield self._due
        yield self._reason

    def answer(self) -> AdjustAnswer:
        due = self._due.day()
        if due is not None and due == self._entry.deadline.due:
            raise FieldProblem(
                self._due, "与原时限是同一天，不必调整" + ("；要去掉调整请按 F5" if self._adjusted else "")
            )
        return AdjustAnswer(due, self._reason.needed("请写明调整的理由"))

    def action_take_back(self) -> None:
        if self._adjusted is None:
            self.say("这一项没有调整过时限")
        elif not self._answered:
            typed = self._reason.line.value.strip()
            self.close(AdjustAnswer(None, typed if typed and typed != self._adjusted.reason else _TAKEN_BACK))


def deadline_lines(deadline: DeadlineRow, today: date) -> str:
    """The notice's own words, dates and source, and the adjustment that stands."""
    words = deadline.text or DEADLINE_KIND_NAMES[deadline.kind]
    lines = [f"通知的时限：{words}（{DEADLINE_SOURCE_NAMES[deadline.source]}）"]
    if deadline.source == "none":
        lines = ["原时限：" + (words if deadline.text else "没有写明")]
    for dated in deadline.dates:
        if dated.due is not None and dated.party:
            lines.append(f"{dated.party}：{dated.due.isoformat()}")
    if deadline.due is not None:
        lines.append(f"原日期：{understood_words(deadline.due, today)}")
    if deadline.adjusted:
        lines.append(f"现调整为：{understood_words(deadline.adjusted.due, today)}（办理人定）")
    return "\n".join(lines)
