"""恢复草稿: what was typed and not saved, offered at the next opening."""

from typing import ClassVar, Final, Literal

from textual.app import ComposeResult
from textual.binding import BindingType

from db.rules.rows import Draft
from tui.commands import Command, bindings
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.prose import Prose
from tui.text import shown
from tui.widgets.reading_pane import Block, ReadingPane

DISCARD: Final = Command("discard", ("f8",), "丢弃草稿", "扔掉草稿，不能找回；要按两次。", "F8", True)
RESTORE: Final = Command(CONFIRM.name, CONFIRM.keys, "恢复草稿", "接着草稿写。", CONFIRM.shown_key, True)
LEAVE: Final = Command(CANCEL.name, CANCEL.keys, "先不管", "草稿留着，以后再说。", CANCEL.shown_key, True)

DraftAnswer = Literal["restore", "discard"]


class DraftDialog(Dialog[DraftAnswer | None]):
    """None: the draft stays as it is. To discard takes the key twice, for it cannot be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((DISCARD,))]
    DEFAULT_CSS = """
    DraftDialog ReadingPane { height: auto; min-height: 3; max-height: 10; background: $panel; margin: 1 0 0 0; }
    DraftDialog.-small ReadingPane { height: 3; margin: 0; }
    """
    AUTO_FOCUS = "ReadingPane"

    def __init__(self, draft: Draft) -> None:
        super().__init__(shown("有一份没有保存的草稿"))
        self._draft = draft
        self._asked = False

    def commands(self) -> tuple[Command, ...]:
        return (RESTORE, DISCARD, LEAVE)

    def body(self) -> ComposeResult:
        at = self._draft.at[:16].replace("T", " ")
        yield Prose(f"写于 {at}，{len(self._draft.text)} 字：")
        yield ReadingPane([Block(self._draft.text)])

    def answer(self) -> DraftAnswer:
        return "restore"

    def action_discard(self) -> None:
        if self._answered:
            return
        if self._asked:
            self.close("discard")
        self._asked = True
        self.say("丢弃后不能找回。确定要丢弃，请再按一次 F8")
