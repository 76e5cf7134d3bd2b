"""What every command of the review stands on: the draft, the line under the cursor, one step after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from db.intake.edits import Edit
from db.intake.reading import Problem, Reading, ReadTask
from db.intake.replay import replayed
from tui.review_lines import Key, ReviewLine
from tui.screens.working import WorkScreen
from tui.text import cut, shown
from tui.wording_intake import not_kept_words

if TYPE_CHECKING:
    from tui.desk import Desk
    from tui.dialogs.progress import Outcome
    from tui.dialogs.reading_progress import Stopped, Told
    from tui.screens.intake_draft import DraftAtWork

_NAMED_CELLS = 24


class ReviewWork(WorkScreen["str | None"]):
    """A subclass shows the lines in `show_entries`, says where the cursor goes in `put_cursor_on` and moves it there in
    `show_cursor`."""

    def __init__(self, desk: Desk, draft: DraftAtWork) -> None:
        super().__init__(desk)
        self.draft = draft
        self.lines: list[ReviewLine] = []

    # What a subclass gives

    @property
    def current_key(self) -> Key | None:
        """What the line under the cursor is about."""
        raise TypeError(f"{type(self).__name__} has no lines")

    def put_cursor_on(self, key: Key | None) -> None:
        """The cursor will stand there when the lines are shown next."""
        raise TypeError(f"{type(self).__name__} has no cursor")

    def show_cursor(self) -> None:
        """Moves the cursor to where it was put, over the lines that are shown."""
        raise TypeError(f"{type(self).__name__} has no cursor")

    # What it is about

    @property
    def reading(self) -> Reading:
        return self.draft.reading

    @property
    def draft_about(self) -> str:
        """Which document the windows over this screen are about: it tells their drafts from those of another."""
        return self.draft.source.sha256[:16]

    @property
    def row(self) -> ReadTask | None:
        """The row under the cursor."""
        key = self.current_key
        return self.task_of(key[1]) if key is not None and key[0] == "task" else None

    @property
    def problem(self) -> Problem | None:
        """The problem of the whole document under the cursor."""
        key = self.current_key
        if key is None or key[0] != "problem":
            return None
        return next((one for one in self.reading.problems if one.key == key[1]), None)

    def task_of(self, key: str) -> ReadTask | None:
        return next((one for one in self.reading.tasks if one.key == key), None)

    def some_row(self) -> ReadTask | None:
        """The row under the cursor; says so where the cursor stands on none."""
        task = self.row
        if task is None:
            self.say("光标要在一项任务上。")
        return task

    # Steps

    def reread(self) -> None:
        """The draft is here and nowhere else: nothing is read from the ledger."""
        self.today = self.desk.today()
        self.show_entries()

    def step(
        self, steps: Sequence[Edit], said: str, *, to: Key | None = None, then: Callable[[], None] | None = None
    ) -> None:
        """One step of the clerk's, kept at once. to: where the cursor goes; else it goes on to the next open line where
        it stood on an open one that is answered now. then: what follows, also where the clerk stopped it."""

        def done() -> None:
            before, stood = self.lines, self.current_key
            self.draft.do(steps)
            self.stepped(said, before, stood, to)

        self.once_read((*self.draft.edits, *steps), done, then)

    def once_read(
        self, edits: tuple[Edit, ...], done: Callable[[], None], then: Callable[[], None] | None = None
    ) -> None:
        """Calls `done` when these steps can be replayed in no time: a long document is read anew in a thread before.
        Where the clerk stops that, nothing is done. then: called at the end either way."""
        if not self.draft.takes_long(edits):
            done()
            if then is not None:
                then()
            return
        from tui.dialogs.reading_progress import ReadingProgress

        source = self.draft.source

        def work(tell: Told, stopped: Stopped) -> None:
            tell(0.0, "改动涉及全文，正在重读…")
            replayed(source, edits)
            stopped()

        def was_read(outcome: Outcome[None] | None) -> None:
            if outcome is None or outcome.is_cancelled:
                self.say("已停下，没有改动。")
            elif outcome.error is not None:
                self.complain(outcome.error)
            else:
                self.draft.know(edits)
                done()
            if then is not None:
                then()

        self.app.push_screen(ReadingProgress(shown("正在重读全文"), work), was_read)

    def stepped(self, said: str, before: Sequence[ReviewLine], stood: Key | None, to: Key | None = None) -> None:
        """After the draft has changed: kept, shown, said."""
        failed = self.draft.keep(self.desk)
        if to is not None:
            self.put_cursor_on(to)
        self.reread()
        if to is None:
            self._go_on(before, stood)
        if failed is not None:
            self.say(f"{not_kept_words(self.draft.is_beside)}：{failed.message}{failed.hint}", alarm=True)
        else:
            self.say(said)

    def _go_on(self, before: Sequence[ReviewLine], stood: Key | None) -> None:
        was_open = {line.key for line in before if line.is_open}
        now_open = {line.key for line in self.lines if line.is_open}
        here = {line.key for line in self.lines}
        if stood in here and (stood not in was_open or stood in now_open):
            self.put_cursor_on(stood)
        else:
            order = [line.key for line in before]
            at = order.index(stood) if stood in order else 0
            follower = next((key for key in (*order[at + 1 :], *order[:at]) if key in now_open), None)
            left = next((key for key in (*order[at:], *reversed(order[:at])) if key is not None and key in here), None)
            self.put_cursor_on(follower or left)
        self.show_cursor()


def named(task: ReadTask) -> str:
    """第 12 项."""
    return f"第 {cut(task.task.number, _NAMED_CELLS)} 项"
