"""What all dialogs share: a title, a body, an error line, a key line; Enter or F2 confirms, Esc cancels."""

from dataclasses import replace
from typing import ClassVar, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from db.errors import InvalidInputError
from tui.commands import EVERYWHERE, TYPED, Command, bindings
from tui.dialogs.entries_named import said
from tui.dialogs.field import FieldProblem
from tui.dialogs.prose import Prose
from tui.dialogs.typed_drafts import TypedDrafts
from tui.dialogs.typed_line import TypedLine
from tui.dialogs.typed_text import is_sign
from tui.text import Shown
from tui.widgets.key_line import KeyLine

T = TypeVar("T")

CONFIRM: Final = Command("confirm", ("enter", "f2"), "确定", "照填写的办理。", "Enter", True)
CANCEL: Final = Command("cancel", ("escape",), "取消", "什么也不改，关上这个窗口。", "Esc", True)
NEXT_FIELD: Final = Command("next_field", ("tab",), "下一栏", "到下一栏填写。", "Tab", True)

_HERE_TOO: Final = tuple(
    replace(command, keys=command.keys[:1]) for command in EVERYWHERE if command.name in ("help", "quit")
)
"""Without the signs, which are typed into a line."""


class Dialog(TypedDrafts[T], ModalScreen[T]):
    """A question to the clerk; its answer is the screen's result.

    A subclass gives `body` and `answer`. Whatever is wrong with what was typed is said inside the dialog, below the
    field where it was typed, and the text stays.
    """

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > .dialog--box {
        width: 72; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: solid $primary; padding: 0 1;
    }
    Dialog .dialog--title { text-style: bold; color: $text-primary; height: auto; max-height: 3; margin: 0 0 1 0; }
    Dialog .dialog--body { height: auto; scrollbar-size-vertical: 1; }
    Dialog .dialog--entries { margin: 0 0 1 0; }
    Dialog .dialog--restored { color: $text-warning; text-style: bold; }
    Dialog.-small .dialog--restored { max-height: 1; }
    Dialog .dialog--error { color: $text-error; text-style: bold; }
    Dialog KeyLine { dock: none; padding: 0; margin: 1 0 0 0; }
    Dialog.-small KeyLine { margin: 0; }
    Dialog.-small > .dialog--box { border: none; padding: 0; height: 100%; }
    Dialog.-small .dialog--title { margin: 0; max-height: 1; }
    Dialog.-small .dialog--error { max-height: 2; }
    Dialog.-small .dialog--entries { display: none; }
    Dialog.-small Field { margin: 0; }
    """
    # Priority: no field may keep Tab to itself.
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((CONFIRM, CANCEL, *TYPED)),
        # A modal screen keeps the keys of the app out.
        *(Binding(command.keys[0], f"app.{command.name}", show=False) for command in _HERE_TOO),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]
    AUTO_FOCUS = "TypedLine, LineList, .dialog--body"

    def __init__(self, title: Shown) -> None:
        super().__init__()
        self._title = title
        self._answered = False
        self._restored_words = Prose(classes="dialog--restored")

    def body(self) -> ComposeResult:
        """The widgets between title and error line."""
        yield from ()

    def answer(self) -> T:
        """What the clerk answers. Raises InvalidInputError, FieldProblem for one field, when it cannot be taken."""
        raise TypeError(f"{type(self).__name__} answers nothing")

    def commands(self) -> tuple[Command, ...]:
        """What the dialog's key line names."""
        return (CONFIRM, CANCEL)

    @property
    def COMMAND_GROUPS(self) -> tuple[tuple[str, tuple[Command, ...]], ...]:
        """What F1 lists: the dialog's own keys, then those that work everywhere."""
        too = (("填写的内容", TYPED),) if self.takes_text else ()
        return ("这个窗口", self.commands()), *too, ("各个画面", _HERE_TOO)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog--box"):
            yield Static(self._title, classes="dialog--title")
            yield self._restored_words
            with VerticalScroll(classes="dialog--body", can_focus=False):
                yield from self.body()
            yield Prose(classes="dialog--error")
            yield KeyLine(self.commands(), more=False)

    def on_mount(self) -> None:
        self._fit()
        self.restore_draft()

    def on_resize(self) -> None:
        self._fit()

    def action_confirm(self) -> None:
        if self._answered:
            return
        self.say("")
        try:
            answer = self.answer()
        except FieldProblem as problem:
            problem.field.complain(_sentence(problem))
            problem.field.line.focus()
            problem.field.scroll_visible(animate=False)
        except InvalidInputError as error:
            self.say("注意：" + _sentence(error))
        else:
            self.close(answer)

    def action_cancel(self) -> None:
        if not self._answered and self.may_leave():
            self._answered = True
            self.draft_is_cancelled()
            self.dismiss(None)

    def action_next_field(self) -> None:
        self.focus_next()

    def close(self, answer: T) -> None:
        """Leave with the answer, which was taken; a second Enter in the same burst finds nothing more to do."""
        self._answered = True
        self.draft_is_done()
        self.dismiss(answer)

    def say(self, text: str) -> None:
        """Put a message on the dialog's own error line."""
        self.query_one(".dialog--error", Prose).write(text)
        self.call_after_refresh(self._bound_body)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_confirm()

    def on_key(self, event: events.Key) -> None:
        # A window that no key has opened may stand there before its line has the focus: what was typed belongs there.
        if is_sign(event.character) and isinstance(self.focused, TypedLine):
            event.stop()
            self.focused.post_message(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        if isinstance(self.focused, TypedLine):
            event.stop()
            self.focused.take(event.text)

    def _fit(self) -> None:
        """Small screens lose the frame and the gaps; what is still too high scrolls between title and key line."""
        width, height = self.app.size
        self.set_class(width < 40 or height < 16, "-small")
        self.call_after_refresh(self._bound_body)

    def _bound_body(self) -> None:
        if not self.query(".dialog--box .dialog--body"):
            # It was answered, and taken down, before the frame came.
            return
        box = self.query_one(".dialog--box")
        body = self.query_one(".dialog--body")
        others = sum(
            child.outer_size.height + child.styles.margin.height for child in box.children if child is not body
        )
        frame = box.outer_size.height - box.content_size.height
        body.styles.max_height = max(self.app.size.height - others - frame, 1)
        if self.focused is not None:
            self.focused.scroll_visible(animate=False)
        # Where the box shrank, a wide character below it that it had cut in two is drawn whole again.
        self.refresh()


def _sentence(error: InvalidInputError) -> str:
    return said(error.message) + error.hint if error.hint else error.message
