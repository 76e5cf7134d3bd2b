"""交接: who keeps the ledger from now on."""

from textual.app import ComposeResult

from db.rules.limits import NAME_LIMIT
from tui.dialogs.dialog import Dialog
from tui.dialogs.field import Field
from tui.text import shown


class OfficerDialog(Dialog[str | None]):
    """The answer is '' where the clerk leaves the name open, None where the dialog was cancelled."""

    def __init__(
        self,
        current: str | None,
        title: str = "交接：更换经办人",
        remark: str = "之后的每一笔记录都注明这个姓名；以前的记录不变",
    ) -> None:
        super().__init__(shown(title))
        self._officer = Field(
            "经办人姓名（可以不填）",
            current or "",
            limit=NAME_LIMIT,
            remark=remark,
            id="officer",
        )

    def body(self) -> ComposeResult:
        yield self._officer

    def answer(self) -> str:
        return self._officer.text()
