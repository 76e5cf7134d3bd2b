"""What is typed in a window outlives the end of the program, whatever ends it, and is there again at its opening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import App
from textual.widgets import Input, TextArea

from db.errors import TaizhangError
from tui.dialogs.entries_named import said
from tui.dialogs.field import Field
from tui.dialogs.prose import Prose
from tui.dialogs.typed_state import Texts, packed, put_back, typed_in, unpacked, written_out
from tui.drafting import Drafting
from tui.drafts import Drafts, dialog_field
from tui.screens.note_area import NoteArea
from tui.text import Shown

if TYPE_CHECKING:
    from tui.desk import Desk

T = TypeVar("T")


class TypedDrafts(Drafting[T]):
    """The draft of a window is that of the window of this title over this work: 销账：第 3 项 of this ledger.

    Done, or cancelled by the clerk, it is dropped; one that was put back by itself is dropped only when it is done or
    by F10: who opens a window and leaves it has not said that the former text may go.
    """

    KEEPS_DRAFT: ClassVar[bool] = True
    """Whether what is typed is worth it: a path in a window that only asks for one is not."""

    draft_of: object = None
    """What tells windows of one title apart: the id of the row that is changed. What was typed over one row must never
    stand over another."""
    _title: Shown
    _answered: bool
    _restored_words: Prose
    _kept_text: str | None = None
    """The draft as it is kept now."""
    _is_restored = False
    _is_refused = False
    """What is typed was tried, and the file did not take it."""
    _was_warned = False
    _restored_at = ""
    """What is said of it."""
    _asked_to_drop = False
    _is_offered = False

    # What a subclass may give

    def draft_subject(self) -> str:
        """What tells the draft from that of the same window over other work."""
        return self._title.plain

    def typed(self) -> Texts:
        """What is typed and not done; {} where nothing would be lost."""
        return typed_in(self)

    def put_typed_back(self, texts: Texts) -> None:
        """The same into the window that has just been opened."""
        put_back(self, texts)

    def typed_text(self) -> str:
        """What F9 writes into a file."""
        return written_out(self)

    def say(self, text: str) -> None:
        """Put a message on the window's own line."""
        raise TypeError(f"{type(self).__name__} says nothing")

    # Keeping

    @property
    def takes_text(self) -> bool:
        """Whether something can be typed here that is worth keeping."""
        return self.KEEPS_DRAFT and (bool(self.query(Field)) or bool(self.query(NoteArea)))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed_in_a_field(self) -> None:
        if self.KEEPS_DRAFT and not self._answered:
            self._asked_to_drop = False
            self.typed_on()

    def on_screen_suspend(self) -> None:
        if self.takes_text:
            self.save_draft_now()

    def save_draft_now(self) -> bool:
        """Keep what is typed, without waiting; False where it could not be kept."""
        self.draft_is_kept()
        if self._answered or not self.is_mounted:
            return True
        texts = self.typed()
        drafts = self._kept_drafts
        if drafts is None or not self.KEEPS_DRAFT:
            return not texts
        text = packed(texts) if texts else None
        if text == self._kept_text:
            return True
        try:
            if text is None:
                drafts.drop(self._draft_field, None)
            else:
                drafts.keep(self._draft_field, None, text)
        except TaizhangError as error:
            # Not where what was tried here is answered: the draft is tried again and again.
            self._restored_words.write(f"没有留下草稿：{said(error.message)}按 F9 可另存文字。")
            return False
        self._kept_text = text
        self._restored_words.write(self._restored_at)
        return True

    def restore_draft(self) -> None:
        """At the opening: what was typed last time and not done stands there again, and that is said."""
        drafts = self._kept_drafts
        if drafts is None or self._is_offered or not self.takes_text:
            return
        self._is_offered = True
        try:
            draft = drafts.find(self._draft_field, None)
        except TaizhangError:
            # Whatever is done here will meet the same error, and say it.
            return
        texts = unpacked(draft.text) if draft is not None else {}
        if draft is None or not texts:
            return
        self.put_typed_back(texts)
        self._kept_text = draft.text
        self._is_restored = True
        at = draft.at[5:16].replace("T", " ")
        self._restored_at = f"已恢复上次没有保存的内容（{at}），不要了按 F10。"
        self._restored_words.write(self._restored_at)

    def draft_is_done(self) -> None:
        """What was typed is saved now, or was sent on its way."""
        self.draft_is_kept()
        self._drop_draft()

    def draft_stays(self) -> None:
        """The file did not take what was typed: leaving the window no longer means that the text may go."""
        self._is_refused = self._is_restored = self.takes_text

    def may_leave(self) -> bool:
        """False once, where neither the file nor the drafts took what is typed."""
        if not self._is_refused or self._was_warned or self.save_draft_now():
            return True
        self._was_warned = True
        self.say("草稿也没有存上：再按 Esc 离开就会丢掉这些文字，按 F9 可另存文字。")
        return False

    def draft_is_cancelled(self) -> None:
        """The clerk has left the window without doing anything."""
        if self._is_restored:
            self._answered = False
            is_kept = self.save_draft_now()
            self._answered = True
            if self._is_refused and is_kept and self._kept_text is not None:
                self.app.call_later(
                    _tell, self.app, f"没有保存：{self._title.plain}。填写的留作草稿，打开同一个窗口就恢复。"
                )
        else:
            self.draft_is_done()

    def action_drop_restored(self) -> None:
        """F10, twice: the restored text goes, and the window with it."""
        if self._answered:
            return
        if not self._is_restored:
            self.say("这里没有自动恢复的内容")
        elif not self._asked_to_drop:
            self._asked_to_drop = True
            self.say("丢弃后不能找回。确定要丢弃恢复的内容，请再按一次 F10")
        else:
            self._is_restored = False
            self._answered = True
            self.draft_is_cancelled()
            self.dismiss(None)

    def action_save_typed(self) -> None:
        """F9: what stands here as a text file."""
        desk = self._desk_below
        if desk is None or not self.takes_text:
            return
        from tui.screens.saving_text import save_elsewhere

        words = "文字已另存到 {}。这里填写的还没有办"
        save_elsewhere(self, desk, self._title.plain, self.typed_text(), words, self.say)

    def _drop_draft(self) -> None:
        drafts = self._kept_drafts
        if drafts is None or self._kept_text is None:
            return
        try:
            drafts.drop(self._draft_field, None)
        except TaizhangError as error:
            self.app.call_later(_tell, self.app, f"草稿没有清掉：{error.message}")
        self._kept_text = None

    @property
    def _desk_below(self) -> Desk | None:
        """The desk of the program; a window that is shown by itself has none."""
        return getattr(self.app, "desk", None)

    @property
    def _kept_drafts(self) -> Drafts | None:
        return Drafts(self._desk_below) if self._desk_below is not None else None

    @property
    def _draft_field(self) -> str:
        """What the window and the screen below are about: in a review, which document."""
        below = next((screen for screen in reversed(self.app.screen_stack) if not screen.is_modal), None)
        about = str(getattr(below, "draft_about", ""))
        kind = type(self).__name__ if self.draft_of is None else f"{type(self).__name__}#{self.draft_of}"
        return dialog_field(kind, about, self.draft_subject())


def _tell(app: App[Any], text: str) -> None:
    answer = getattr(app, "answer", None)
    if answer is not None:
        answer(text, alarm=True)
