"""The clerk's commands on the whole ledger: 自增事项, 交接, 导出, 通知要求."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.worker import Worker, WorkerState

from db.errors import TaizhangError
from tui.screens.entry_work import EntryWork
from tui.text import shown
from tui.wording import failure_words

if TYPE_CHECKING:
    from db.export.writing import Kept
    from db.rules.evidence import Progress
    from tui.dialogs.progress import Outcome

_NOT_DONE: Final = {"place": "没有记下停在哪一条"}
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

    # 导出

    def action_export(self) -> None:
        ledger = self.desk.ledger
        if ledger is None:
            return
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.preview import PACKAGE, export_name, preview_of

        try:
            preview = preview_of(self.desk.sheet())
            last = self.desk.folder("export")
        except TaizhangError as error:
            self.complain(error)
            return
        suggested = export_folder(last, Path.home()) / export_name(ledger, ".xlsx")
        dialog = ExportDialog(suggested, preview, package=export_name(ledger, PACKAGE), last=last)
        self.app.push_screen(dialog, self._export)

    def _export(self, target: Path | None) -> None:
        if target is None:
            return
        from tui.dialogs.progress import ProgressDialog

        # Each byte is written once and read back once.
        progress: ProgressDialog[Kept] = ProgressDialog(
            shown(f"导出 {target.name}"), lambda tell: self._write_export(target, tell), passes=2
        )
        self.app.push_screen(progress, self._exported)

    def _write_export(self, target: Path, tell: Progress) -> Kept:
        """In a thread. Before the 报送包, which closes the year, a backup that is kept for good."""
        from tui.dialogs.preview import PACKAGE

        if target.suffix.lower() == PACKAGE and self.desk.cares:
            self.desk.back_up_quietly("年终", tell)
        kept = self.desk.export(target, tell)
        self.desk.remember_folder("export", str(kept.path.parent))
        return kept

    def _exported(self, outcome: Outcome[Kept] | None) -> None:
        if outcome is None or outcome.is_cancelled:
            self.say("已取消导出，没有留下文件。")
        elif outcome.error is not None:
            self.complain(outcome.error)
        elif outcome.value is not None:
            kept = outcome.value
            old = f"；原来的文件保留为 {kept.kept_as.name}" if kept.kept_as else ""
            missed = f"。年终备份没有存全：{self.desk.troubles[0]}" if self.desk.troubles else ""
            self.say(f"已导出 {kept.path}{old}{missed}")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What a thread did not expect is said."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None:
            self.say(f"{_NOT_DONE.get(event.worker.group, '没有办成')}：{failure_words(error)}。", alarm=True)


def export_folder(last: str | None, home: Path) -> Path:
    """Where the export dialog starts: the folder of the last export if it is still there, else the documents'."""
    folders = (*([Path(last)] if last else []), home / "文档", home / "Documents", home)
    # Not Path.is_dir, which raises for a folder that may not be looked into.
    return next((folder for folder in folders if os.path.isdir(folder)), home)
