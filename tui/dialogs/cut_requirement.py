"""拆成两项: the place in the requirement, by the sentence or by the sign, with both halves shown."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from db.errors import InvalidInputError
from tui.commands import Command, bindings
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.prose import Prose
from tui.text import shown

NEXT: Final = Command("next_sentence", ("down",), "下一句", "到下一句的句首。", "下", True)
BEFORE: Final = Command("previous_sentence", ("up",), "上一句", "到上一句的句首。", "上", True)
_ENDS: Final = "。；;！？!?"
_PAUSES: Final = "，,、：:"
_SHOWN: Final = 400
"""Signs of each half that are shown at most."""


def cuts(text: str) -> tuple[int, ...]:
    """Where a sentence begins, else, in a text of one sentence, where a part of it does; never at an end."""
    for signs in (_ENDS, _PAUSES):
        found = tuple(at + 1 for at, sign in enumerate(text) if sign in signs and text[at + 1 :].strip())
        if found:
            return found
    return (len(text) // 2,) if len(text) > 1 else ()


class CutDialog(Dialog[int | None]):
    """The answer is the position in the text at which the second task begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((NEXT, BEFORE)),
        Binding("right", "sign(1)", show=False),
        Binding("left", "sign(-1)", show=False),
    ]
    DEFAULT_CSS = """
    CutDialog > .dialog--box { width: 96; }
    CutDialog .cut--half { background: $panel; padding: 0 1; margin: 0 0 1 0; }
    CutDialog.-small .cut--half { margin: 0; }
    """
    AUTO_FOCUS = ""

    def __init__(self, number: str, text: str) -> None:
        super().__init__(shown(f"第 {number} 项拆成两项"))
        self._text = text
        self._cuts = cuts(text)
        self._at = self._cuts[0] if self._cuts else 0
        self._first = Prose(classes="cut--half")
        self._second = Prose(classes="cut--half")

    def commands(self) -> tuple[Command, ...]:
        return (CONFIRM, NEXT, BEFORE, CANCEL)

    def body(self) -> ComposeResult:
        yield Prose("上下键按句移动断开处，左右键一个字一个字移动。")
        yield Prose("第一项")
        yield self._first
        yield Prose("第二项")
        yield self._second

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    def answer(self) -> int:
        if not self._text[: self._at].strip() or not self._text[self._at :].strip():
            raise InvalidInputError("断开处两边都要有文字")
        return self._at

    def action_next_sentence(self) -> None:
        self._sentence(1)

    def action_previous_sentence(self) -> None:
        self._sentence(-1)

    def _sentence(self, step: int) -> None:
        further = [at for at in self._cuts if (at > self._at if step > 0 else at < self._at)]
        if further:
            self._move(further[0] if step > 0 else further[-1])

    def action_sign(self, step: int) -> None:
        self._move(min(max(self._at + step, 1), len(self._text) - 1))

    def _move(self, at: int) -> None:
        self._at = at
        self._show()

    def _show(self) -> None:
        first, second = self._text[: self._at], self._text[self._at :]
        self._first.write(first if len(first) <= _SHOWN else "…" + first[-_SHOWN:])
        self._second.write(second if len(second) <= _SHOWN else second[:_SHOWN] + "…")
        self.call_after_refresh(self._bound_body)
