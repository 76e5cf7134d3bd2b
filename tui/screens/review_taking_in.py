"""确认入库 from the review: not while something that must be answered is open."""

from __future__ import annotations

from dataclasses import replace

from db.errors import TaizhangError
from db.intake.accepting import notice_draft
from tui.review_lines import Key
from tui.screens.review_document import ReviewDocument
from tui.screens.taking_in import TakingIn
from tui.wording_intake import not_kept_words


class ReviewTakingIn(ReviewDocument):
    """The screen is left with the short name over which a ledger is to be opened, with '' where none is."""

    def action_take_in(self) -> None:
        if not self.writable():
            return
        blocking = self.reading.blocking
        if blocking:
            first = blocking[0]
            on_row = first.task is not None and self.task_of(first.task) is not None
            key: Key = ("task", first.task or "") if on_row else ("problem", first.key)
            self.put_cursor_on(key)
            self.show_entries()
            self.say(
                f"还有 {len(blocking)} 个必须核对的问题，没有入库。光标在第一个上：空格确认，Enter 改正。", alarm=True
            )
            return
        failed = self.draft.keep(self.desk)
        if failed is not None:
            self.say(f"{not_kept_words(self.draft.is_beside)}：{failed.message}{failed.hint}", alarm=True)
            return
        try:
            draft = notice_draft(self.reading)
        except TaizhangError as error:
            self.complain(error)
            return
        taking = TakingIn(
            self.app,
            self.desk,
            renamed=lambda plan: replace(draft, plan=plan),
            done=self._leave,
            stays=lambda words: self.say(f"{words}待确认稿还在。"),
            reading=self.reading,
            drop=self.draft.kept,
        )
        taking.begin(draft)

    def _leave(self, plan: str | None) -> None:
        self.dismiss(plan or "")
