"""A line that, when several lines are pasted into it, hands them on instead of running them together."""

from textual.message import Message

from tui.dialogs.field import Field
from tui.dialogs.typed_line import TypedLine


class PastingLine(TypedLine):
    """Like TypedLine for a paste of one line."""

    class Pasted(Message):
        """Several lines, with what stood in the line before and after the cursor."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.pasted = text

    def take(self, text: str) -> None:
        if sum(1 for line in text.splitlines() if line.strip()) < 2:
            super().take(text)
            return
        start, end = sorted(self.selection)
        self.post_message(self.Pasted(self.value[:start] + text + self.value[end:]))


class PastingField(Field):
    """A Field over such a line."""

    def __init__(self, label: str, value: str = "", *, limit: int, remark: str = "", id: str | None = None) -> None:
        super().__init__(label, value, limit=limit, remark=remark, id=id)
        self.line = PastingLine(value)
        self._given = self.line.value

    def tell(self, words: str) -> None:
        """Let other words stand below the line from now on."""
        self._remark = words
        self.remark(words)
