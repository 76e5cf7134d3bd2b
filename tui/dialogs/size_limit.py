"""佐证大小上限: how large a file may be to be attached."""

from textual.app import ComposeResult

from db.rules.evidence import DEFAULT_LIMIT_MB, MEGABYTE, MOST_MB
from tui.dialogs.dialog import Dialog
from tui.dialogs.number_field import NumberField
from tui.dialogs.prose import Prose
from tui.text import shown


class SizeLimitDialog(Dialog[int | None]):
    """limit in bytes as it is now; the answer in MB."""

    def __init__(self, limit: int) -> None:
        super().__init__(shown("佐证大小上限"))
        self._number = NumberField(
            "每个文件最多多少 MB",
            limit // MEGABYTE,
            most=MOST_MB,
            remark=f"1 到 {MOST_MB}，原来是 {DEFAULT_LIMIT_MB}；已附的不受影响",
            id="limit",
        )

    def body(self) -> ComposeResult:
        yield Prose(
            "附上的文件都存在台账文件里，太大会使备份和报送变慢。上限对整个台账文件有效。", classes="dialog--entries"
        )
        yield self._number

    def answer(self) -> int:
        return self._number.needed_number()
