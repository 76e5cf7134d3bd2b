"""The clerk's commands on the whole ledger: 自增事项, 交接, 导出, 通知要求."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.worker import Worker, WorkerState

from db.errors import TaizhangError
from db.rules.rows import LedgerRow
from tui.screens.entry_work import EntryWork
from tui.text import safe
from tui.wording import failure_words

if TYPE_CHECKING:
    from db.export.writing import Kept

_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\s]+')
"""What Windows, a stick or a shell takes amiss in a file's name."""


def suggested_export(ledger: LedgerRow, home: Path) -> Path:
    """Where the export dialog starts: the clerk's documents folder, a name that says whose year it is."""
    folders = (home / "文档", home / "Documents", home)
    folder = next((folder for folder in folders if folder.is_dir()), home)
    name = f"{ledger.agency or ledger.plan}{ledger.unit}{ledger.year}年政务公开台账"
    return folder / (_NOT_IN_NAMES.sub("", safe(name))[:60] + ".xlsx")


_NOT_DONE: Final = {"export": "没有导出", "place": "没有记下停在哪一条"}
"""By the group of the thread."""


class LedgerWork(EntryWork[None]):
    """A subclass says in `lists` what its list shows, and in `go_to` puts the cursor on an entry."""

    def go_to(self, entry_id: int) -> None:
        """The cursor will stand there when the entries are shown next."""
        raise TypeError(f"{type(self).__name__} has no cursor")

    def lists(self, entry_id: int) -> bool:
        """Whether the entry stands in the list as it is filtered now."""
        raise TypeError(f"{type(self).__name__} has no list")

    def action_ledger_info(self) -> None:
        from tui.screens.ledger_info import LedgerInfoScreen

        self.app.push_screen(LedgerInfoScreen(self.desk))

    def action_add_own(self) -> None:
        if not self.writable():
            return
        from tui.dialogs.own import OwnAnswer, OwnTaskDialog

        made: list[int] = []

        def add(answer: OwnAnswer | None) -> None:
            if answer is not None:
                made.append(self.desk.add_own(answer.requirement, answer.due, answer.reason))

        def added() -> None:
            self.go_to(made[-1])
            self.changed("add_own", (), "已增加自增事项。Ctrl+Z 撤销")
            if not self.lists(made[-1]):
                self.say("已增加自增事项，不在现在的筛选里：换到「全部」可见。")

        self.ask(OwnTaskDialog(None, self.desk.today()), add, added)

    def action_hand_over(self) -> None:
        ledger = self.desk.ledger
        if ledger is None or not self.writable():
            return
        from tui.dialogs.officer import OfficerDialog

        def hand_over(officer: str | None) -> None:
            if officer is not None and (officer or None) != ledger.officer:
                self.desk.hand_over(officer or None)

        self.ask(OfficerDialog(ledger.officer), hand_over, self._handed_over)

    def _handed_over(self) -> None:
        officer = self.desk.ledger.officer if self.desk.ledger else None
        self.changed("hand_over", (), f"经办人现在是{officer}" if officer else "经办人现在空着")

    def action_export(self) -> None:
        from tui.dialogs.export import ExportDialog

        if self.desk.ledger is not None:
            self.app.push_screen(ExportDialog(suggested_export(self.desk.ledger, Path.home())), self._export)

    def _export(self, target: Path | None) -> None:
        if target is None:
            return
        self.say(f"正在导出 {target} …")
        self.run_worker(lambda: self._write_export(target), thread=True, group="export", exit_on_error=False)

    def _write_export(self, target: Path) -> None:
        """In a thread: writing a workbook takes a moment."""
        try:
            kept = self.desk.export(target)
        except TaizhangError as error:
            self.app.call_from_thread(self.complain, error)
            return
        self.app.call_from_thread(self._exported, kept)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What a thread did not expect: no 「正在导出」 may stand there for ever."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None:
            self.say(f"{_NOT_DONE.get(event.worker.group, '没有办成')}：{failure_words(error)}。", alarm=True)

    def _exported(self, kept: Kept) -> None:
        old = f"；原来的文件保留为 {kept.kept_as}" if kept.kept_as else ""
        self.say(f"已导出 {kept.path}{old}")
