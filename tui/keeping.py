"""What the program does for the file without being asked: backups, the weekly full check, what it says about the file.

It never stops the work: what fails is said in the status line and stays in 备份.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual import events
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from db.errors import CancelledError, DamagedError, TaizhangError
from tui.enduring import Enduring
from tui.text import shown
from tui.widgets.status_line import StatusLine
from tui.wording import failure_words

if TYPE_CHECKING:
    from db.care.finding import Backup
    from db.care.restoring import Restored
    from tui.desk import Desk
    from tui.dialogs.lines import Taken
    from tui.dialogs.progress import Outcome
    from tui.screens.heading import Heading

BACK_UP_EVERY: Final = 30 * 60.0
"""Seconds between automatic backups; one is made only where something was written since."""
IDLE: Final = 60.0
"""Seconds without a key before the weekly full check begins."""
_FAILED: Final = "自动备份没有存全：{}（按 - 看备份）"
_NOT_DONE: Final = {"care": "自动备份没有做成", "leaving": "退出前的备份没有做成", "check": "每周的体检没有做完"}
"""By the group of the thread."""


class Keeping(Enduring):
    """The app's part for the care of its file. Nothing begins before the store has been loaded behind the screen."""

    desk: Desk
    reopening: tuple[str, bool] | None = None
    """Set when the program is to open the file again after this run: what to say then, and whether it is an alarm."""
    damage: DamagedError | None = None
    """By which nothing of the ledger could be shown: what opening does not see, and the first reading does."""
    _idle_timer: Timer | None = None
    _is_leaving = False

    # Beginning

    def begin_care(self) -> None:
        """From now on the file is cared for; in read-only mode it is left to the window that writes."""
        if not self.desk.cares:
            return
        self.set_interval(BACK_UP_EVERY, self._back_up_if_due)
        self._idle_timer = self.set_timer(IDLE, self._check_if_due)
        self._back_up_if_due()

    def note_key(self, event: events.Key) -> None:
        """The clerk is at work: the full check waits for a quiet minute."""
        if self._idle_timer is not None:
            self._idle_timer.reset()

    def _back_up_if_due(self) -> None:
        self.run_worker(self._back_up_quietly, thread=True, group="care", exit_on_error=False)

    def _back_up_quietly(self) -> str:
        """In a thread."""
        disk = self.desk.disk_words()
        trouble = self.desk.back_up_if_due("自动")
        return "  ".join(filter(None, (_FAILED.format(trouble) if trouble else "", disk)))

    def _check_if_due(self) -> None:
        self._idle_timer = None
        if self.desk.check_is_due():
            self.run_worker(self._check_quietly, thread=True, group="check", exit_on_error=False)

    def _check_quietly(self) -> str:
        """In a thread."""
        from tui.wording_care import found_words

        try:
            findings = self.desk.check_whole().findings
        except CancelledError:
            return ""
        except TaizhangError as error:
            return f"每周的体检没有做完：{error.message}"
        worth_a_look = any(finding.level != "remark" for finding in findings)
        return f"每周的体检做完了：{found_words(findings)}。" + ("按 - 看是什么、怎么办。" if worth_a_look else "")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        group, worker = event.worker.group, event.worker
        if group == "leaving" and event.worker.is_finished:
            # What was typed meanwhile too.
            self.save_drafts()
            self.exit()
        elif group == "warm" and event.state is WorkerState.SUCCESS:
            self.begin_care()
        elif event.state is WorkerState.ERROR and worker.error is not None:
            what = _NOT_DONE.get(group, "保存功能没有载入")
            self.answer(f"{what}：{failure_words(worker.error)}", alarm=group not in _NOT_DONE)
        elif group in _NOT_DONE and event.state is WorkerState.SUCCESS and worker.result:
            self.answer(str(worker.result))

    # An older file than was seen

    def tell_if_older(self, go_on: Callable[[], None]) -> None:
        """After the first frame: whether the file is the one that this machine knows. go_on: what was to come next;
        it waits until the clerk goes on with the file."""
        try:
            seen = self.desk.older_than_seen()
            now = self.desk.head_words() if seen is not None else None
            identity = self.desk.identity if seen is not None else ""
        except TaizhangError as error:
            self.answer(error.message, alarm=True)
            return
        if seen is None or now is None:
            go_on()
            return
        from tui.dialogs.older import OlderDialog

        def answered(taken: Taken | None) -> None:
            self._older_answered(taken, go_on)

        self.push_screen(OlderDialog(seen, *now, is_same=seen.id == identity), answered)

    def _older_answered(self, taken: Taken | None, go_on: Callable[[], None]) -> None:
        from tui.dialogs.older import GO_ON, LOOK, QUIT

        if taken is None:
            self.answer("这个文件比上次看到的旧，还没有决定怎么办；下次打开再问。")
        elif taken.index == GO_ON:
            try:
                self.desk.go_on_with_older()
            except TaizhangError as error:
                self.answer(f"没有记下：{error.message}", alarm=True)
            self.call_after_refresh(go_on)
        elif taken.index == LOOK:
            self.call_after_refresh(self.show_backups)
        elif taken.index == QUIT:
            self.exit()

    def show_backups(self) -> None:
        """备份, over whatever screen is on top."""
        from tui.screens.backups import BackupsScreen

        go: Callable[[str], None] | None = getattr(self.screen, "go", None)
        if go is not None:
            go(BackupsScreen.NAME)
        else:
            self.push_screen(BackupsScreen(self.desk))

    def on_heading_unreadable(self, event: Heading.Unreadable) -> None:
        """Never an empty list in the place of the ledger: 抢救 stands there next."""
        self.damage = event.error
        self.exit()

    # Restoring

    def restore(self, backup: Backup) -> None:
        """Puts the backup in the file's place; whatever comes of it, the file is opened again afterwards."""
        from tui.dialogs.progress import ProgressDialog
        from tui.wording_care import backup_words

        work: ProgressDialog[Restored] = ProgressDialog(
            shown(f"正在恢复 {backup_words(backup)}"), lambda tell: self.desk.restore(backup, tell)
        )
        self.push_screen(work, self._restored)

    def _restored(self, outcome: Outcome[Restored] | None) -> None:
        from tui.wording_care import restored_words

        if outcome is None or outcome.is_cancelled:
            self.reopening = ("已取消恢复，什么也没有改变。", False)
        elif outcome.error is not None:
            self.reopening = (f"没有恢复：{outcome.error.message}{outcome.error.hint}", True)
        elif outcome.value is not None:
            self.reopening = (restored_words(outcome.value), False)
        self.exit()

    # Leaving

    def leave(self) -> None:
        """Ends the program, after a backup where one is due; a second time at once."""
        if self._is_leaving or not self.desk.cares:
            self.desk.is_ending = True
            self.exit()
            return
        self._is_leaving = self.desk.is_leaving = True
        self.answer("正在备份，随后退出。再按一次 Ctrl+Q 立即退出。")
        self.run_worker(self._back_up_at_the_end, thread=True, group="leaving", exit_on_error=False)

    def _back_up_at_the_end(self) -> None:
        """In a thread."""
        self.desk.back_up_if_due("自动")
        self.desk.keep_head()

    def answer(self, text: str, *, alarm: bool = False) -> None:
        """In the status line of the screen on top; a dialog has its own error line."""
        lines = list(self.screen.query(StatusLine).results(StatusLine))
        if lines:
            # The checklist's first one is the banner of a file that can only be read.
            lines[-1].say(shown(text), alarm=alarm)
        elif isinstance(self.screen, ModalScreen):
            say: Callable[[str], None] | None = getattr(self.screen, "say", None)
            if say is not None:
                say(text)
