"""The clerk's commands in 备份: 立即备份, 体检, 第二备份位置, 别处的备份, 恢复."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from textual.worker import Worker, WorkerState

from db.errors import TaizhangError
from tui.screens.going import View
from tui.text import shown
from tui.wording import failure_words

if TYPE_CHECKING:
    from db.care.backups import Made
    from db.care.checkup import Checkup
    from db.care.comparing import Changes
    from db.care.finding import Backup
    from tui.dialogs.progress import Outcome
    from tui.keeping import Keeping

R = TypeVar("R")
_WHY_SECOND: Final = "选另一个磁盘上的文件夹（U 盘、移动硬盘、网络盘）：同一个磁盘坏了，备份也跟着没了。"


class BackupWork(View):
    """What takes long is done in a thread, under a window where the clerk waits for it."""

    _jobs: dict[str, Callable[[object], None]] | None = None

    # Threads

    def in_thread(self, group: str, work: Callable[[], R], then: Callable[[R], None]) -> None:
        """Does it behind the screen; a newer one of the same group takes its place. Errors are said."""
        self._jobs = {**(self._jobs or {}), group: cast("Callable[[object], None]", then)}
        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        error = event.worker.error
        if event.state is WorkerState.SUCCESS and self._jobs and event.worker.group in self._jobs:
            self._jobs[event.worker.group](event.worker.result)
        elif event.state is WorkerState.ERROR and error is not None:
            if isinstance(error, TaizhangError):
                self.complain(error)
            else:
                self.say(f"没有读出来：{failure_words(error)}。", alarm=True)

    # 立即备份

    def action_back_up(self) -> None:
        if not self.is_active or not self._may():
            return
        from tui.dialogs.progress import ProgressDialog

        def made(outcome: Outcome[Made] | None) -> None:
            from tui.wording_care import made_words

            self.reread()
            if outcome is None or outcome.is_cancelled:
                self.say("已取消备份。")
            elif outcome.error is not None:
                self.complain(outcome.error)
            elif outcome.value is not None:
                self.say(made_words(outcome.value), alarm=bool(outcome.value.failures))

        work: ProgressDialog[Made] = ProgressDialog(shown("正在备份"), lambda tell: self.desk.back_up("自动", tell))
        self.app.push_screen(work, made)

    def _may(self) -> bool:
        if not self.desk.cares:
            self.say(f"这个窗口不能备份：{self.desk.read_only_reason}", alarm=True)
        return self.desk.cares

    # 体检

    def action_check_now(self) -> None:
        if not self.is_active:
            return
        from tui.dialogs.progress import ProgressDialog

        def checked(outcome: Outcome[Checkup] | None) -> None:
            from tui.wording_care import found_words

            self.reread()
            if outcome is None or outcome.is_cancelled:
                self.say("已取消体检。")
            elif outcome.error is not None:
                self.complain(outcome.error)
            elif outcome.value is not None:
                self.say(f"体检做完了：{found_words(outcome.value.findings)}。")

        work: ProgressDialog[Checkup] = ProgressDialog(shown("正在体检"), self.desk.check_whole)
        self.app.push_screen(work, checked)

    # 第二备份位置

    def action_second_place(self) -> None:
        if not self.is_active or not self.writable():
            return
        from db.intake.folders import nearest_folder
        from tui.dialogs.pick_folder import FolderPicker

        try:
            before = self.desk.second_place()
        except TaizhangError as error:
            self.complain(error)
            return

        def picked(paths: tuple[Path, ...] | None) -> None:
            if paths is None:
                return
            chosen = str(paths[0]) if paths else None
            words = f"每次备份也存一份到 {chosen}。按 F2 现在就存。" if chosen else "不再用第二备份位置。"
            if chosen and self.desk.is_on_its_disk(chosen):
                words = f"注意：{chosen} 与台账在同一个磁盘上，磁盘坏了两边都没有。请按 F4 改选另一个磁盘。"
            self.change("set_second_place", (), lambda: self.desk.set_second_place(chosen), words)

        said = f"现在用的文件夹：\n{before}" if before else _WHY_SECOND
        start = nearest_folder(Path(before) if before else None)
        picker = FolderPicker(start, shown("第二备份位置：选文件夹"), said, may_be_none=before is not None)
        self.app.push_screen(picker, picked)

    # 恢复

    def action_elsewhere(self) -> None:
        if not self.is_active:
            return
        from db.backup_names import folder_of
        from db.intake.folders import nearest_folder
        from tui.dialogs.pick_backup import BackupPicker

        def picked(paths: tuple[Path, ...] | None) -> None:
            if paths:
                path = paths[0]
                self.in_thread("ask", lambda: self.desk.backup_at(path), lambda one: self.ask_restore(one, None))

        self.app.push_screen(BackupPicker(nearest_folder(folder_of(Path(self.desk.path)))), picked)

    def ask_restore(self, backup: Backup, found: tuple[Backup, Changes | None] | None) -> None:
        """Names what would be taken back, and restores after a yes. found: the backup as looked into, if it was."""
        if not self.is_active:
            return
        if self.desk.read_only:
            self.say(f"只读，不能恢复：{self.desk.read_only_reason}", alarm=True)
            return
        if found is None:
            self.say("正在打开这份备份…")
            self.in_thread("ask", lambda: self.desk.looked_into(backup), lambda now: self.ask_restore(backup, now))
            return
        checked, changes = found
        if changes is None:
            self.say(f"这份备份不能用：{checked.problem}", alarm=True)
            return
        from tui.dialogs.restore import RestoreDialog
        from tui.wording_care import backup_words, restore_words

        def answered(yes: bool | None) -> None:
            if yes:
                cast("Keeping", self.app).restore(checked)

        self.say("")
        title = shown(f"恢复成 {backup_words(checked)}？")
        self.app.push_screen(RestoreDialog(title, restore_words(changes)), answered)
