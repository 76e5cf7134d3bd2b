"""A labelled line with its own place for a remark or an error."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from db.errors import InvalidInputError
from db.rules.limits import TextRefused, clean_text
from tui.dialogs.prose import Prose
from tui.dialogs.typed_line import TypedLine


class FieldProblem(InvalidInputError):
    """What was typed in `field` cannot be taken."""

    def __init__(self, field: "Field", message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class Field(Vertical):
    """Label, line, and below it the remark (grey) or the error (marked with a word, too)."""

    DEFAULT_CSS = """
    Field { height: auto; margin: 0 0 1 0; }
    Field > .field--label { color: $text-muted; }
    Field:focus-within > .field--label { color: $foreground; text-style: bold; }
    Field > .field--remark { color: $text-muted; padding: 0 1; }
    Field.-wrong > .field--remark { color: $text-error; text-style: bold; }
    """

    def __init__(
        self, label: str, value: str = "", *, limit: int, remark: str = "", select: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._limit = limit
        self._remark = remark
        self.line = TypedLine(value, select=select)
        self._given = self.line.value

    def compose(self) -> ComposeResult:
        yield Prose(self._label, classes="field--label")
        yield self.line
        yield Prose(self._remark, classes="field--remark")

    @property
    def is_changed(self) -> bool:
        """Whether something else stands there now than at first."""
        return self.line.value != self._given

    @property
    def label(self) -> str:
        """What the line is called."""
        return self._label

    @property
    def kept(self) -> str:
        """What is typed, as its draft keeps it."""
        return self.line.value

    def put_back(self, kept: str) -> None:
        """Let what was kept stand there again."""
        self.line.put(kept)

    def text(self) -> str:
        """What is typed, cleaned; '' when blank. Raises FieldProblem over the limit."""
        try:
            return clean_text(self.line.value, limit=self._limit, single_line=True)[0]
        except TextRefused as refused:
            raise FieldProblem(self, refused.message, refused.hint) from refused

    def needed(self, what_is_missing: str) -> str:
        """What is typed; raises FieldProblem saying `what_is_missing` when blank."""
        text = self.text()
        if not text:
            raise FieldProblem(self, what_is_missing)
        return text

    def complain(self, message: str) -> None:
        """Show an error below the line; the text stays."""
        self.add_class("-wrong")
        self._say("注意：" + message)

    def remark(self, text: str) -> None:
        """Show a remark below the line, in place of an error."""
        self.remove_class("-wrong")
        self._say(text)

    def _say(self, text: str) -> None:
        self.query_one(".field--remark", Prose).write(text)

    def remark_on(self, text: str) -> str:
        """What stands below the line while `text` is typed in it."""
        return self._remark

    def on_input_changed(self, event: Input.Changed) -> None:
        self.remark(self.remark_on(event.value))

    def on_typed_line_tidied(self, event: TypedLine.Tidied) -> None:
        event.stop()
        self.call_after_refresh(self.remark, "粘贴的文字已整理：" + "、".join(event.changes))
