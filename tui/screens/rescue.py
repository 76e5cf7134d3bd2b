"""抢救: what is wrong with the file, what there is to restore, and the ways on. Nothing is changed without a yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from db.errors import TaizhangError
from tui.care import FileCare
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.entries_named import said
from tui.dialogs.line_list import Choice, LineList
from tui.screens.rescue_blocks import ANOTHER, ELSEWHERE, LEAVE, RESTORE, SALVAGE, Known, offers, rescue_blocks
from tui.text import shown
from tui.view_commands import RESCUE
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.status_line import StatusLine
from tui.wording import failure_words

if TYPE_CHECKING:
    from pathlib import Path

    from db.care.comparing import Changes
    from db.care.finding import Backup
    from db.care.restoring import Restored
    from db.care.salvaging import Salvaged
    from tui.dialogs.lines import Taken
    from tui.dialogs.progress import Outcome

R = TypeVar("R")
_LOW: Final = 14


class RescueScreen(Screen["str | None"]):
    """The result is what to say once the file can be opened again, None where it is as it was."""

    DEFAULT_CSS = """
    RescueScreen > ReadingPane { height: 1fr; background: $surface; }
    RescueScreen > LineList { height: auto; max-height: 7; border-top: solid $panel; }
    RescueScreen > StatusLine, RescueScreen > KeyLine { dock: none; }
    RescueScreen.-low > ReadingPane { height: 1fr; min-height: 1; }
    RescueScreen.-low > LineList { border-top: none; max-height: 5; }
    """
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("抢救", RESCUE),
        ("各个画面", tuple(one for one in EVERYWHERE if one.name in ("help", "quit"))),
    )
    BINDINGS: ClassVar[list[BindingType]] = list(bindings([one for one in RESCUE if one.name != "take"]))
    AUTO_FOCUS = "LineList"

    def __init__(self, care: FileCare, error: TaizhangError) -> None:
        super().__init__()
        self._care = care
        self._known = Known(error.message, error.hint, str(care.path), is_gone=care.is_gone())
        self._offers: tuple[str, ...] = ()
        self._jobs: dict[str, Callable[[object], None]] = {}
        self._pane = ReadingPane()
        self._list = LineList()
        self._status = StatusLine()

    def compose(self) -> ComposeResult:
        yield Static(shown("台账文件打不开"), classes="title")
        yield self._pane
        yield self._list
        yield self._status
        yield KeyLine(RESCUE)

    def on_mount(self) -> None:
        self._show()
        self._in_thread("backups", self._search, self._searched)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < _LOW, "-low")

    def say(self, text: str, *, alarm: bool = False) -> None:
        self._status.say(shown(text), alarm=alarm)

    def _show(self) -> None:
        named = offers(self._known)
        self._offers = tuple(name for name, _ in named)
        self._list.fill([Choice(words) for _, words in named])
        self._pane.show(rescue_blocks(self._known))

    # Threads

    def _in_thread(self, group: str, work: Callable[[], R], then: Callable[[R], None]) -> None:
        self._jobs[group] = cast("Callable[[object], None]", then)
        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        error = event.worker.error
        if event.state is WorkerState.SUCCESS and event.worker.group in self._jobs:
            self._jobs[event.worker.group](event.worker.result)
        elif event.state is WorkerState.ERROR and error is not None:
            words = f"{error.message}{error.hint}" if isinstance(error, TaizhangError) else failure_words(error)
            self.say(f"没有办成：{words}", alarm=True)

    def _search(self) -> Known:
        return self._known.with_backups(
            self._care.backups(), self._care.newest_good(), has_content=self._care.has_content()
        )

    def _searched(self, known: Known) -> None:
        self._known = known
        self._show()

    # The ways on

    def action_take(self) -> None:
        """What stands on the line under the cursor."""
        at = self._list.cursor
        if at is None or not self.is_active:
            return
        offer = self._offers[at]
        if offer == RESTORE and self._known.newest is not None:
            self._ask_restore(self._known.newest)
        elif offer == ANOTHER:
            self._choose()
        elif offer == ELSEWHERE:
            self._pick()
        elif offer == SALVAGE:
            self._salvage()
        elif offer == LEAVE:
            self.action_leave()

    def on_line_list_taken(self) -> None:
        self.action_take()

    def action_leave(self) -> None:
        self.dismiss(None)

    # Restoring

    def _choose(self) -> None:
        from tui.dialogs.lines import LinesDialog, Listed
        from tui.wording_care import backup_words

        backups = self._known.backups

        def chosen(taken: Taken | None) -> None:
            if taken is not None:
                self._look(backups[taken.index])

        lines = [Listed(Choice(backup_words(one), f"第 {one.seq} 条"), str(one.path)) for one in backups]
        self.app.push_screen(LinesDialog(shown("选一份备份：Enter 看会改变什么"), lines), chosen)

    def _pick(self) -> None:
        from db.backup_names import folder_of
        from db.intake.folders import nearest_folder
        from tui.dialogs.pick_backup import BackupPicker

        def picked(paths: tuple[Path, ...] | None) -> None:
            if paths:
                self.say("正在打开这份备份…")
                self._in_thread("look", lambda: self._care.named(str(paths[0])), self._look)

        self.app.push_screen(BackupPicker(nearest_folder(folder_of(self._care.path))), picked)

    def _look(self, backup: Backup) -> None:
        self.say("正在打开这份备份…")
        self._in_thread("look", lambda: self._care.looked_into(backup), self._ask_restore)

    def _ask_restore(self, found: tuple[Backup, Changes | None]) -> None:
        from tui.dialogs.restore import RestoreDialog
        from tui.wording_care import backup_words, restore_words

        backup, changes = found
        if changes is None:
            self.say(f"这份备份不能用：{backup.problem}", alarm=True)
            return
        self.say("")

        def answered(yes: bool | None) -> None:
            if yes:
                self._restore(backup)

        title = shown(f"恢复成 {backup_words(backup)}？")
        self.app.push_screen(RestoreDialog(title, restore_words(changes)), answered)

    def _restore(self, backup: Backup) -> None:
        from tui.dialogs.progress import ProgressDialog
        from tui.wording_care import restored_words

        def restored(outcome: Outcome[Restored] | None) -> None:
            if outcome is not None and outcome.value is not None:
                self.dismiss(restored_words(outcome.value))
            else:
                self._not_done("恢复", outcome.error if outcome else None)

        work: ProgressDialog[Restored] = ProgressDialog(
            shown("正在恢复"), lambda tell: self._care.restore(backup, tell)
        )
        self.app.push_screen(work, restored)

    # Salvaging

    def _salvage(self) -> None:
        from tui.dialogs.progress import ProgressDialog

        def salvaged(outcome: Outcome[Salvaged] | None) -> None:
            if outcome is not None and outcome.value is not None:
                self._ask_use(outcome.value)
            else:
                self._not_done("抢救", outcome.error if outcome else None)

        work: ProgressDialog[Salvaged] = ProgressDialog(shown("正在抢救：原文件不动"), self._care.salvage)
        self.app.push_screen(work, salvaged)

    def _ask_use(self, salvaged: Salvaged) -> None:
        from tui.dialogs.restore import USE, RestoreDialog
        from tui.wording_care import salvaged_words

        def answered(yes: bool | None) -> None:
            if not yes:
                self.say(f"抢救出来的留在 {salvaged.path}；原文件没有动。")
                return
            try:
                kept = self._care.use_salvaged(salvaged)
            except TaizhangError as error:
                self._not_done("换上抢救出来的文件", error)
            else:
                self.dismiss(f"已换上抢救出来的文件。损坏的原文件留在 {kept}。")

        dialog = RestoreDialog(shown("抢救出来了，用它代替吗？"), salvaged_words(salvaged), USE)
        self.app.push_screen(dialog, answered)

    def _not_done(self, what: str, error: TaizhangError | None) -> None:
        words = f"{said(error.message)}{said(error.hint)}" if error else "已取消。"
        self.say(f"没有{what}：{words}原文件没有动。", alarm=True)
