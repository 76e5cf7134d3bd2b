"""The deadline of a row: as the notice writes it or as a date, with the day that it means shown at once."""

from collections.abc import Callable

from textual.app import ComposeResult

from db.rules.limits import REQUIREMENT_LIMIT
from tui.dialogs.dialog import Dialog
from tui.dialogs.field import Field
from tui.text import Shown

FORMS = "可写 2026-11-30、11月底前、每季度末、全年、常态化；空着是没有时限"


class DeadlineField(Field):
    """Below the line stands what the phrase means."""

    def __init__(self, value: str, read: Callable[[str], str]) -> None:
        self._read = read
        super().__init__(
            "完成时限（原文的写法，或日期）", value, limit=REQUIREMENT_LIMIT, remark=self.remark_on(value), select=True
        )

    def remark_on(self, text: str) -> str:
        return self._read(text.strip()) if text.strip() else FORMS


class MendDeadlineDialog(Dialog[str | None]):
    """read: what a phrase means, in the clerk's words. The answer is the phrase, '' for none."""

    def __init__(self, title: Shown, value: str, read: Callable[[str], str]) -> None:
        super().__init__(title)
        self._field = DeadlineField(value, read)

    def body(self) -> ComposeResult:
        yield self._field

    def answer(self) -> str:
        return self._field.text()
