"""待确认稿: documents whose review waits; go on with one, throw one away, or take another file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker, WorkerState

from db.rules.rows_intake import IntakeRow
from tui.commands import Command, bindings
from tui.dialogs.dialog import CANCEL, CONFIRM, Dialog
from tui.dialogs.line_list import Choice, LineList
from tui.dialogs.prose import Prose
from tui.text import one_line, shown
from tui.wording_intake import draft_words

GO_ON: Final = Command(CONFIRM.name, CONFIRM.keys, "打开", "接着核对，或选另一个文件。", CONFIRM.shown_key, True)
DISCARD: Final = Command("discard", ("delete", "f8"), "丢弃", "丢弃这份待确认稿；先问一遍。", "Del", True)
OTHER: Final = Command("another", ("insert", "f7"), "另选文件", "导入另一个文件。", "Ins", True)


@dataclass(frozen=True, slots=True)
class DraftsAnswer:
    """What is to be done, and with which draft; name: of its file."""

    act: Literal["go_on", "drop", "another"]
    draft_id: int = 0
    name: str = ""


class DraftsDialog(Dialog[DraftsAnswer | None]):
    """open_problems: what is still open in a draft; asked in a thread, for a draft is read and replayed for it."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings((DISCARD, OTHER)))
    DEFAULT_CSS = """
    DraftsDialog > .dialog--box { width: 90; }
    DraftsDialog LineList { height: auto; min-height: 2; max-height: 12; }
    DraftsDialog .drafts--about { margin: 1 0 0 0; color: $text-muted; }
    DraftsDialog.-small .drafts--about { margin: 0; max-height: 1; }
    """
    AUTO_FOCUS = "LineList"

    def __init__(self, drafts: Sequence[IntakeRow], open_problems: Callable[[int], str]) -> None:
        super().__init__(shown("导入通知：有待确认稿"))
        self._drafts = tuple(drafts)
        self._ask = open_problems
        self._open: dict[int, str] = {}
        self._is_over = False
        self._list = LineList()
        self._about = Prose(classes="drafts--about")

    def commands(self) -> tuple[Command, ...]:
        return (GO_ON, OTHER, DISCARD, CANCEL)

    def body(self) -> ComposeResult:
        yield self._list
        yield self._about

    def on_mount(self) -> None:
        super().on_mount()
        self._fill()
        self.run_worker(self._ask_all, thread=True, group="drafts", exit_on_error=False)

    def _ask_all(self) -> None:
        for draft in self._drafts:
            if self._is_over:
                return
            words = self._ask(draft.id)
            self.app.call_from_thread(self._told, draft.id, words)

    def on_unmount(self) -> None:
        # The program ends: it must not wait until the last draft is replayed.
        self._is_over = True

    def _told(self, draft_id: int, words: str) -> None:
        self._open[draft_id] = words
        if not self._answered:
            self._fill(self._list.cursor or 0)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and not self._answered:
            self.say("有一份待确认稿读不出来")

    def _fill(self, cursor: int = 0) -> None:
        lines = [Choice(one_line(one.name), self._open.get(one.id, "…")) for one in self._drafts]
        self._list.fill([*lines, Choice("导入另一个文件…")], cursor)
        self._tell()

    def _tell(self) -> None:
        draft = self._draft
        self._about.write(draft_words(draft) if draft else "从文件夹里选一个通知文件。")

    @property
    def _draft(self) -> IntakeRow | None:
        at = self._list.cursor
        return self._drafts[at] if at is not None and at < len(self._drafts) else None

    def answer(self) -> DraftsAnswer:
        draft = self._draft
        return DraftsAnswer("go_on", draft.id, draft.name) if draft else DraftsAnswer("another")

    def action_discard(self) -> None:
        draft = self._draft
        if draft is not None and not self._answered:
            self.close(DraftsAnswer("drop", draft.id, draft.name))

    def action_another(self) -> None:
        if not self._answered:
            self.close(DraftsAnswer("another"))

    def on_line_list_moved(self) -> None:
        self._tell()

    def on_line_list_taken(self) -> None:
        self.action_confirm()
