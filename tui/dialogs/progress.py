"""What takes long, in a thread: how far it is, and Esc stops it with nothing left behind."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.worker import Worker, WorkerState

from db.errors import CancelledError, TaizhangError
from db.rules.evidence import Progress
from db.rules.sizes import size_words
from tui.commands import Command
from tui.dialogs.dialog import CANCEL, Dialog
from tui.dialogs.prose import Prose
from tui.text import Part, Shown, cells
from tui.widgets.line import Line
from tui.wording import failure_words

T = TypeVar("T")

SHOWN_AFTER: Final = 0.3
"""Seconds: what is done by then flashes no window over the screen."""
_LOOK_SECONDS: Final = 0.1
STOP: Final = Command(CANCEL.name, CANCEL.keys, "取消", "停下，已做的一概不留。", CANCEL.shown_key, True)
_CANCELLED: Final = "已取消。"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What the work gave, or why it gave nothing: one of the two is None (value may be, where the work gives None)."""

    value: T | None = None
    error: TaizhangError | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether the clerk stopped it."""
        return isinstance(self.error, CancelledError)


class Bar(Line):
    """[#####.....] 50%, drawn by cells."""

    DEFAULT_CSS = "Bar { width: 1fr; margin: 1 0 0 0; } .-small Bar { margin: 0; }"

    def __init__(self) -> None:
        super().__init__()
        self._done, self._total = 0, 0

    def show(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.refresh()

    def parts_at(self, width: int) -> Sequence[Part]:
        # A hundred only when all is done.
        share = min(self._done / self._total, 1) if self._total else 0
        percent = f" {int(share * 100)}%"
        room = max(width - cells("[] 100%"), 0)
        full = int(share * room)
        return [("[" + "#" * full, "bold"), ("." * (room - full) + "]" + percent, "")]


class ProgressDialog(Dialog[Outcome[T]], Generic[T]):
    """Begins `work` at once in a thread and closes itself with its outcome.

    work is given what it tells how many bytes are done, and of how many; once the clerk has pressed Esc that raises
    CancelledError. passes: how often the work goes over the same bytes; the clerk reads them once.
    """

    DEFAULT_CSS = """
    ProgressDialog.-early { background: transparent; }
    ProgressDialog.-early > .dialog--box { display: none; }
    """
    AUTO_FOCUS = ""

    def __init__(self, title: Shown, work: Callable[[Progress], T], *, passes: int = 1) -> None:
        super().__init__(title)
        self._work = work
        self._passes = passes
        self._told = (0, 0)
        self._stopping = threading.Event()
        self._outcome: Outcome[T] | None = None
        self._far = Prose("正在准备…")
        self._bar = Bar()
        self.add_class("-early")

    def commands(self) -> tuple[Command, ...]:
        return (STOP,)

    def body(self) -> ComposeResult:
        yield self._far
        yield self._bar

    def on_mount(self) -> None:
        super().on_mount()
        self.set_timer(SHOWN_AFTER, lambda: self.remove_class("-early"))
        self.set_interval(_LOOK_SECONDS, self._look)
        self.run_worker(self._run, thread=True, group="progress", exit_on_error=False)

    def on_unmount(self) -> None:
        # The program ends, or the screen below took this one down: nobody waits for the outcome any more.
        self._stopping.set()

    # In the thread

    def _run(self) -> Outcome[T]:
        try:
            return Outcome(self._work(self._tell))
        except TaizhangError as error:
            return Outcome(error=error)

    def _tell(self, done: int, total: int) -> None:
        self._told = (done, total)
        if self._stopping.is_set():
            raise CancelledError(_CANCELLED)

    # On the screen

    def _look(self) -> None:
        done, total = self._told
        if not total or self._stopping.is_set():
            return
        self._bar.show(done, total)
        of = (size_words(done // self._passes), size_words(total // self._passes))
        self._far.write(f"已处理 {of[0]} / {of[1]}")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.worker.group != "progress":
            return
        result, error = event.worker.result, event.worker.error
        if event.state is WorkerState.SUCCESS and isinstance(result, Outcome):
            self._outcome = result
        elif event.state is WorkerState.ERROR and error is not None:
            self._outcome = Outcome(error=TaizhangError(f"没有办成：{failure_words(error)}。"))
        self._leave()

    def on_screen_resume(self) -> None:
        self._leave()

    def _leave(self) -> None:
        """Closes once there is an outcome; below another screen (the help) only when that has gone."""
        if self._outcome is not None and self.is_active and not self._answered:
            self.close(self._outcome)

    def close(self, answer: Outcome[T]) -> None:
        # An Esc that was meant for this window may come when it has just gone. Who saw no window meant another.
        hold: Callable[[], None] | None = getattr(self.app, "hold_escape", None)
        if hold is not None and not self.has_class("-early"):
            hold()
        super().close(answer)

    def action_confirm(self) -> None:
        """There is nothing to confirm: Enter that was meant for the window below goes nowhere."""

    def action_cancel(self) -> None:
        self._stopping.set()
        self._far.write("正在取消…")

    def save_draft_now(self) -> bool:
        """The program is about to end: the work stops at its next piece."""
        self._stopping.set()
        return True
