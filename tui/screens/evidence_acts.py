"""What is done with a piece of evidence: 打开, 另存为, 改说明, 移除, 佐证大小上限."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.worker import Worker, WorkerState

from db.errors import MendableError, TaizhangError
from db.rules.evidence import MEGABYTE
from db.rules.rows_evidence import EvidenceRow
from tui.screens.evidence_work import EvidenceWork
from tui.text import cut, shown
from tui.wording import failure_words
from tui.wording_evidence import evidence_brief, size_words

if TYPE_CHECKING:
    from db.export.writing import Kept
    from tui.dialogs.progress import Outcome

T = TypeVar("T")

_TITLE_CELLS = 40


class EvidenceActs(EvidenceWork[T]):
    """A subclass says in `row` which piece the cursor is on."""

    @property
    def row(self) -> EvidenceRow | None:
        """The piece of evidence that a command acts upon."""
        raise TypeError(f"{type(self).__name__} has no evidence")

    # 打开

    def action_open(self) -> None:
        row = self.row
        if row is None:
            return
        from tui import viewer

        if row.address is not None:
            self._hand_over(row.address, lambda: viewer.open_address(row.address or ""))
        elif not viewer.is_document(row.name):
            self.say(
                f"「{cut(row.name, _TITLE_CELLS)}」可能是程序，不在这里打开。F3 另存，核对来源后再处理。", alarm=True
            )
        else:
            self._open_copy(row)

    def _open_copy(self, row: EvidenceRow) -> None:
        from tui import viewer
        from tui.dialogs.progress import ProgressDialog

        def copied(outcome: Outcome[Path] | None) -> None:
            if outcome is None or outcome.is_cancelled:
                self.say("已取消，没有打开。")
            elif outcome.error is not None:
                self.complain(outcome.error)
            elif (path := outcome.value) is not None:
                self._hand_over(f"只读副本：{path}（退出程序时删除）", lambda: viewer.open_document(path))

        work: ProgressDialog[Path] = ProgressDialog(
            shown(f"正在取出「{cut(row.name, _TITLE_CELLS)}」"), lambda progress: self.desk.open_copy(row, progress)
        )
        self.app.push_screen(work, copied)

    def _hand_over(self, where: str, do: Callable[[], None]) -> None:
        """Hands something over to the desktop in a thread, for it may take seconds to refuse; `where` else says."""
        self.say(f"正在打开。{where}")

        def start() -> None:
            try:
                do()
            except MendableError as error:
                hint = error.hint or where
                self.app.call_from_thread(self.say, f"{error.message}{hint}", alarm=True)

        self.run_worker(start, thread=True, group="viewer", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What a thread did not expect is said."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None:
            self.say(f"没有打开：{failure_words(error)}。", alarm=True)

    # 另存为

    def action_save_as(self) -> None:
        row = self.row
        if row is None:
            return
        if row.is_link:
            self.say("这是网址，没有文件可以另存。Enter 用浏览器打开。", alarm=True)
            return
        from db.export.safe_names import safe_name
        from db.intake.folders import nearest_folder
        from tui.dialogs.save_copy import SaveCopyDialog

        try:
            last = self.desk.folder("export")
        except TaizhangError as error:
            self.complain(error)
            return
        folder = nearest_folder(Path(last) if last else None)
        self.app.push_screen(SaveCopyDialog(folder / safe_name(row.name)), lambda target: self._save(row, target))

    def _save(self, row: EvidenceRow, target: Path | None) -> None:
        if target is None:
            return
        from tui.dialogs.progress import ProgressDialog

        def saved(outcome: Outcome[Kept] | None) -> None:
            if outcome is None or outcome.is_cancelled:
                self.say("已取消，没有另存。")
            elif outcome.error is not None:
                self.complain(outcome.error)
            elif (kept := outcome.value) is not None:
                old = f"；原来的文件保留为 {kept.kept_as.name}" if kept.kept_as else ""
                self.say(f"已另存，读回核对无误：{kept.path}{old}")

        work: ProgressDialog[Kept] = ProgressDialog(
            shown(f"正在另存「{cut(row.name, _TITLE_CELLS)}」"),
            lambda progress: self.desk.save_evidence(row, target, progress),
        )
        self.app.push_screen(work, saved)

    # Changing

    def action_edit(self) -> None:
        row = self.row
        if row is None or not self.writable():
            return
        from tui.dialogs.caption import CaptionAnswer, CaptionDialog

        def edit(answer: CaptionAnswer | None) -> None:
            if answer is not None:
                self.desk.edit_evidence(row.id, answer.caption, answer.day)

        self.ask(
            CaptionDialog(row, self.desk.today()),
            edit,
            lambda: self.changed("edit_evidence", (), "佐证的说明已修改。Ctrl+Z 撤销"),
        )

    def action_remove(self) -> None:
        row = self.row
        if row is None or not self.writable():
            return
        from tui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.change("detach", (), lambda: self.desk.detach([row.id]), "佐证已移除。Ctrl+Z 撤销")

        words = f"{evidence_brief(row)}\n\n将从台账里移除，可以撤销。电脑上的原件不动。"
        self.app.push_screen(ConfirmDialog(shown("移除佐证"), words), answered)

    def action_size_limit(self) -> None:
        if not self.writable():
            return
        from tui.dialogs.size_limit import SizeLimitDialog

        try:
            limit = self.desk.evidence_limit()
        except TaizhangError as error:
            self.complain(error)
            return
        chosen = limit

        def set_limit(megabytes: int | None) -> None:
            nonlocal chosen
            if megabytes is not None:
                self.desk.set_evidence_limit(megabytes)
                chosen = megabytes * MEGABYTE

        self.ask(
            SizeLimitDialog(limit),
            set_limit,
            lambda: self.changed("set_evidence_limit", (), f"佐证大小上限现在是 {size_words(chosen)}。"),
        )
