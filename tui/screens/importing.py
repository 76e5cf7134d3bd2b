"""导入通知: a draft that waits or another file, reading it, the review, and what comes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual.app import App

from db.errors import TaizhangError
from db.intake.folders import nearest_folder
from db.intake.replay import replayed
from tui.dialogs.reading_progress import ReadingProgress
from tui.dialogs.told import told_error
from tui.screens.intake_draft import DraftAtWork
from tui.screens.taking_in import TakingIn
from tui.text import cut, shown

if TYPE_CHECKING:
    from db.intake.source import Source
    from db.rules.notice import NoticeDraft
    from tui.desk import Desk
    from tui.dialogs.drafts import DraftsAnswer
    from tui.dialogs.progress import Outcome
    from tui.dialogs.reading_progress import Stopped, Told

DRAFT_SUFFIX: Final = ".toml"
_NAME_CELLS: Final = 40
T = TypeVar("T")

Ended = Callable[[str | None, str], None]
"""Called once at the end: the short name over which the clerk wants a ledger (None: none), and what to say."""


class Importing:
    """One way from the beginning to the end, over whatever screen is on top."""

    def __init__(self, app: App[Any], desk: Desk, ended: Ended) -> None:
        self._app = app
        self._desk = desk
        self._ended = ended

    def begin(self) -> None:
        """The drafts that wait, where there are any; else a file."""
        try:
            drafts = self._desk.intake_drafts()
        except TaizhangError as error:
            self._failed("没有读出待确认稿", error)
            return
        if not drafts:
            self._pick()
            return
        from tui.dialogs.drafts import DraftsDialog

        self._app.push_screen(DraftsDialog(drafts, self._open_problems), self._chosen)

    def read(self, path: Path) -> None:
        """That file, at once."""
        # The owner's lock file is called ~$通知.docx: what is no home stays as it is.
        path = Path(os.path.expanduser(path))
        if path.suffix.lower() == DRAFT_SUFFIX:
            self._take_mended(path)
            return

        def work(tell: Told, stopped: Stopped) -> Source:
            source = self._desk.read_notice(path, tell, stopped)
            tell(1.0, "正在理解…")
            # Kept for the screen, which asks for the same.
            replayed(source, ())
            stopped()
            return source

        title = f"正在读取「{cut(path.name, _NAME_CELLS)}」"
        self._in_thread(title, work, self._begin_review, f"没有读成「{cut(path.name, _NAME_CELLS)}」")

    def _in_thread(self, title: str, work: Callable[[Told, Stopped], T], then: Callable[[T], None], why: str) -> None:
        """Does it with Esc to stop it; then goes on with what it gave, or says why it gave nothing."""

        def done(outcome: Outcome[T] | None) -> None:
            if outcome is None or outcome.is_cancelled:
                self._ended(None, "已停止读取，什么也没有改变。")
            elif outcome.error is not None:
                self._failed(why, outcome.error)
            elif outcome.value is not None:
                then(outcome.value)

        self._app.push_screen(ReadingProgress(shown(title), work), done)

    # Drafts

    def _chosen(self, answer: DraftsAnswer | None) -> None:
        if answer is None:
            self._ended(None, "")
        elif answer.act == "another":
            self._pick()
        elif answer.act == "drop":
            self._ask_drop(answer.draft_id, answer.name)
        else:
            self._go_on(answer.draft_id)

    def _ask_drop(self, draft_id: int, name: str) -> None:
        from tui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                try:
                    self._desk.drop_intake(draft_id)
                except TaizhangError as error:
                    self._failed("没有丢弃", error)
                    return
            self.begin()

        words = f"{name}\n\n核对过的内容将一并丢弃，不能撤销。原来的文件不动，可以重新导入。"
        self._app.push_screen(ConfirmDialog(shown("丢弃待确认稿"), words), answered)

    def _open_problems(self, draft_id: int) -> str:
        """Of a draft; in a thread."""
        from tui.wording_intake import how_many_open

        try:
            return how_many_open(replayed(*self._desk.intake_draft(draft_id)))
        except TaizhangError:
            return "读不出来"

    def _go_on(self, draft_id: int) -> None:
        def work(tell: Told, stopped: Stopped) -> DraftAtWork:
            tell(0.0, "正在理解…")
            source, edits = self._desk.intake_draft(draft_id)
            draft = DraftAtWork(source, edits, kept=draft_id, is_saved=True)
            # What has come of it: the screen shows it at once.
            draft.replay()
            draft.take_steps_beside(self._desk)
            stopped()
            return draft

        self._in_thread("正在打开待确认稿", work, self._review, "没有打开待确认稿")

    # A file

    def _pick(self) -> None:
        from tui.dialogs.pick_document import DocumentPicker

        try:
            last = self._desk.folder("import")
        except TaizhangError as error:
            self._failed("没有打开文件夹", error)
            return

        def picked(paths: tuple[Path, ...] | None) -> None:
            if paths:
                self._desk.remember_folder("import", os.path.dirname(paths[0]))
                self.read(paths[0])
            else:
                self._ended(None, "")

        self._app.push_screen(DocumentPicker(nearest_folder(Path(last) if last else None)), picked)

    def _begin_review(self, source: Source) -> None:
        try:
            waiting = self._desk.draft_of(source.sha256)
        except TaizhangError as error:
            self._failed("没有读出待确认稿", error)
            return
        if waiting is not None:
            # The same document again: what was gone through is not asked anew.
            self._go_on(waiting)
            return
        draft = DraftAtWork(source)
        failed = draft.keep(self._desk)
        if failed is not None:
            self._failed("待确认稿没有存上", failed)
            return
        self._review(draft)

    def _review(self, draft: DraftAtWork) -> None:
        from tui.screens.review import ReviewScreen

        def left(plan: str | None) -> None:
            if plan is None and draft.is_beside:
                self._ended(None, "最后的修改没有存进台账，先存在这台电脑上，下次打开这份待确认稿时恢复。")
            elif plan is None and not draft.is_saved:
                self._ended(None, "最后的修改没有存上，已经丢掉；存上的待确认稿还在。")
            elif plan is None:
                self._ended(None, "待确认稿留着：在清单或选择台账时按 0（导入通知）接着核对。")
            else:
                self._ended(plan or None, "通知已入库。" if not plan else "")

        self._app.push_screen(ReviewScreen(self._desk, draft), left)

    # A draft mended in an editor

    def _take_mended(self, path: Path) -> None:
        def work(tell: Told, stopped: Stopped) -> NoticeDraft:
            tell(0.0, "正在读取…")
            draft = self._desk.read_mended(path)
            stopped()
            return draft

        def then(draft: NoticeDraft) -> None:
            TakingIn(
                self._app,
                self._desk,
                renamed=lambda plan: replace(draft, plan=plan),
                done=lambda plan: self._ended(plan, "通知已入库。" if plan is None else ""),
                stays=lambda words: self._ended(None, words),
            ).begin(draft)

        name = cut(path.name, _NAME_CELLS)
        self._in_thread(f"正在读取「{name}」", work, then, f"没有读成「{name}」")

    def _failed(self, title: str, error: TaizhangError) -> None:
        self._app.push_screen(told_error(title, error), lambda _: self._ended(None, f"{title}。"))
