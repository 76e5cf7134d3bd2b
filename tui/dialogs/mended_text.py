"""One field of the reading, as text: a line, or several lines for the requirement."""

from collections.abc import Callable

from textual.app import ComposeResult

from db.errors import InvalidInputError
from db.rules.limits import REQUIREMENT_LIMIT, TextRefused, clean_text
from tui.commands import Command
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.field import Field, FieldProblem
from tui.dialogs.prose import Prose
from tui.screens.note_area import NoteArea
from tui.text import Shown

SAVE = Command(CONFIRM.name, ("f2",), "改好", "用改好的文字。", "F2", True)


class MendLineDialog(Dialog[str | None]):
    """The text, '' where the field is to be empty. remark: how it may be written; needed: said where it is empty;
    check: raises InvalidInputError for what cannot be taken."""

    def __init__(
        self,
        title: Shown,
        label: str,
        value: str,
        *,
        remark: str = "",
        needed: str = "",
        check: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(title)
        self._needed = needed
        self._check = check
        self._field = Field(label, value, limit=REQUIREMENT_LIMIT, remark=remark)

    def body(self) -> ComposeResult:
        yield self._field

    def answer(self) -> str:
        text = self._field.needed(self._needed) if self._needed else self._field.text()
        if self._check is not None:
            try:
                self._check(text)
            except InvalidInputError as error:
                raise FieldProblem(self._field, error.message, error.hint) from error
        return text


class MendTextDialog(Dialog[str | None]):
    """A long text; line breaks become nothing, as in a cell."""

    DEFAULT_CSS = """
    MendTextDialog > .dialog--box { width: 96; }
    MendTextDialog NoteArea { height: 10; background: $panel; }
    MendTextDialog.-small NoteArea { height: 3; }
    """
    AUTO_FOCUS = "NoteArea"

    def __init__(self, title: Shown, value: str, *, remark: str = "") -> None:
        super().__init__(title)
        self._remark = remark
        self._area = NoteArea(value)

    def commands(self) -> tuple[Command, ...]:
        return (SAVE, CANCEL)

    def body(self) -> ComposeResult:
        yield self._area
        if self._remark:
            yield Prose(self._remark)

    def answer(self) -> str:
        try:
            text = clean_text(self._area.text.replace("\n", ""), limit=REQUIREMENT_LIMIT, single_line=True)[0]
        except TextRefused as refused:
            raise InvalidInputError(refused.message, refused.hint) from refused
        if not text:
            raise InvalidInputError("要求不能是空的", "不是任务的行，请按 Esc 后按 Del 去掉")
        return text

    def on_note_area_refused(self, event: NoteArea.Refused) -> None:
        event.stop()
        self.say(event.why)
