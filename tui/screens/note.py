"""记事: one note in a real editor. What is typed is in the file as a draft within a second."""

from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from db.errors import TaizhangError
from db.rules.limits import NOTE_LIMIT
from db.rules.rows import Draft, EntryRow, NoteRow
from tui.commands import EVERYWHERE, SAVE_TYPED, Command, bindings
from tui.desk import Desk
from tui.dialogs.entries_named import number_words, said
from tui.dialogs.typed_text import is_sign, loaded
from tui.drafting import Drafting
from tui.drafts import Drafts
from tui.screens.note_area import NoteArea
from tui.text import one_line, shown
from tui.widgets.key_line import KeyLine
from tui.widgets.status_line import StatusLine

SAVE: Final = Command("save", ("f2", "ctrl+s"), "保存", "保存这条记事；Ctrl+S 也可以。", "F2", True)
LEAVE: Final = Command("leave", ("escape",), "离开", "不保存就离开，写了的留作草稿。", "Esc", True)
UNDO_TYPING: Final = Command("undo_typing", ("ctrl+z",), "撤回", "撤回刚才的输入；Ctrl+Y 再写回来。", "Ctrl+Z", True)
NOTE_EDITOR: Final[tuple[Command, ...]] = (SAVE, LEAVE, UNDO_TYPING, SAVE_TYPED)


class NoteScreen(Drafting[bool]):
    """A new note, or a changed one. The result is whether it was saved."""

    DEFAULT_CSS = """
    NoteScreen > .note--title { height: 1; padding: 0 1; background: $panel; color: $text-primary; text-style: bold; }
    NoteScreen > .note--task {
        height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    NoteScreen > StatusLine { dock: none; }
    NoteScreen > KeyLine { dock: none; }
    """
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("写记事", NOTE_EDITOR),
        ("各个画面", EVERYWHERE),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((LEAVE, UNDO_TYPING, SAVE_TYPED)),
        Binding(",".join(SAVE.keys), SAVE.name, SAVE.label, show=False),
    ]
    AUTO_FOCUS = "NoteArea"

    def __init__(self, desk: Desk, entry: EntryRow, note: NoteRow | None) -> None:
        super().__init__()
        self._desk = desk
        self._drafts = Drafts(desk)
        self._entry = entry
        self._note = note
        self._field = "note" if note is None else f"note:{note.id}"
        self._original, self._tidied = loaded(note.text if note else "")
        self._drafted: str | None = None
        self._is_beside = False
        """The draft lies in the folder of drafts, for the ledger did not take it."""
        self._has_failed = False
        """Neither took it at the last try."""
        self._offering = True
        self._over = False
        self._warned = False
        self._restored = False
        self._area = NoteArea(self._original)
        self._title = Static(classes="note--title")
        self._status = StatusLine()

    def compose(self) -> ComposeResult:
        yield self._title
        yield Static(shown(one_line(self._entry.requirement)), classes="note--task")
        yield self._area
        yield self._status
        yield KeyLine(NOTE_EDITOR)

    def on_mount(self) -> None:
        self._area.move_cursor(self._area.document.end)
        self._head()
        if self._tidied:
            self._say("原文里不能显示的字符已整理：" + "、".join(self._tidied))
        try:
            draft = self._drafts.find(self._field, self._entry.id)
        except TaizhangError as error:
            self._say(f"草稿读不出来：{error.message}", alarm=True)
            draft = None
        # A draft equal to a note was left by a save that could not clear it any more.
        stored = {"", self._original, *(note.text for note in self._entry.notes)}
        if draft is not None and loaded(draft.text)[0] not in stored:
            self._offer(draft)
        else:
            self._offering = False

    def _offer(self, draft: Draft) -> None:
        from tui.dialogs.draft import DraftDialog

        def answered(answer: str | None) -> None:
            self._offering = False
            if answer == "restore":
                self._drafted = draft.text
                self._restored = True
                self._area.load_text(loaded(draft.text)[0])
                self._area.move_cursor(self._area.document.end)
                self._say("草稿已恢复，还没有保存")
            elif answer == "discard":
                self._drop_draft()
                self._say("草稿已丢弃")
            else:
                self._over = True
                self.dismiss(False)

        self.app.push_screen(DraftDialog(draft), answered)

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self._area.text

    def on_text_area_changed(self) -> None:
        self._warned = False
        self._head()
        if self._restored:
            self._restored = False
        else:
            self._say("")
        if not self._over:
            self.typed_on()

    def on_descendant_blur(self) -> None:
        self.save_draft_now()

    def on_screen_suspend(self) -> None:
        self.save_draft_now()

    def on_unmount(self) -> None:
        self.save_draft_now()

    def on_key(self, event: events.Key) -> None:
        # The editor stops what it takes: a key that comes here was typed before the editor had the focus.
        if self.focused in (None, self._area) and (is_sign(event.character) or event.key == "enter"):
            event.stop()
            self._area.post_message(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        if self.focused in (None, self._area):
            event.stop()
            self._area.take(event.text)

    def save_draft_now(self) -> bool:
        """Keep what is typed and not saved, without waiting. Says so and returns False if it fails."""
        self.draft_is_kept()
        # While an older draft is offered, it is the one that must stay.
        if self._over or self._offering or self.text == self._drafted:
            return True
        try:
            if self.text == self._original:
                if self._drafted is not None:
                    self._drafts.drop(self._field, self._entry.id)
                self._drafted = None
            else:
                self._keep_draft()
        except TaizhangError as error:
            if not self._has_failed:
                # Once: it is tried again and again, and what was answered meanwhile must stay to be read.
                todo = "文字还在屏幕上，请按 F2 保存，或按 F9 另存文字。"
                self._say(f"草稿没有存上：{said(error.message)}{todo}", alarm=True)
            self._has_failed = True
        else:
            self._has_failed = False
        if self.is_attached:
            self._head()
        return not self._has_failed

    def _keep_draft(self) -> None:
        folder = self._drafts.keep(self._field, self._entry.id, self.text)
        self._drafted = self.text
        if folder is not None and not self._is_beside:
            self._say(f"台账现在写不进去，草稿另存在 {folder}，下次打开照样恢复。按 F9 可另存成文件。", alarm=True)
        self._is_beside = folder is not None

    def action_save(self) -> None:
        if self._over:
            return
        if not self.text.strip():
            self._say("还没有写内容" if self._note is None else "记事不能是空的；要删掉这一条，请在「改记事」里删除")
        elif self._note is not None and self.text == self._original:
            self._leave(saved=False)
        else:
            self._store()

    def _store(self) -> None:
        try:
            if self._note is None:
                self._desk.add_note(self._entry.id, self.text)
            else:
                self._desk.edit_note(self._note.id, self.text)
        except TaizhangError as error:
            kept = self.save_draft_now()
            place = "文字已留作草稿。" if kept else "文字还在屏幕上，没有存进文件；按 F9 可另存文字。"
            why = said(error.message).removeprefix("没有保存：")
            self._say(f"没有保存：{why}{said(error.hint)}{place}", alarm=True)
            return
        self._leave(saved=True)

    def action_leave(self) -> None:
        if self._over:
            return
        if self.text == self._original or self._warned:
            self.save_draft_now()
            self._over = True
            self.dismiss(False)
            return
        if self.save_draft_now():
            self._say("没有保存，已留作草稿，下次打开可以恢复。再按 Esc 离开，按 F2 保存")
        else:
            self._say("草稿没有存上，再按 Esc 离开就会丢掉这些文字；按 F2 再试着保存", alarm=True)
        self._warned = True

    def action_undo_typing(self) -> None:
        self._area.undo()

    def action_save_typed(self) -> None:
        from tui.screens.saving_text import save_elsewhere

        words = "文字已另存到 {}。台账里还没有保存，能保存时按 F2。"
        save_elsewhere(self, self._desk, f"记事-{number_words(self._entry)}", self.text, words, self._say)

    def on_note_area_refused(self, event: NoteArea.Refused) -> None:
        self._say(event.why, alarm=True)

    def on_note_area_tidied(self, event: NoteArea.Tidied) -> None:
        self._say("粘贴的文字已整理：" + "、".join(event.changes))

    def _leave(self, *, saved: bool) -> None:
        self._drop_draft()
        self._over = True
        self.dismiss(saved)

    def _drop_draft(self) -> None:
        self._drafted = None
        try:
            self._drafts.drop(self._field, self._entry.id)
        except TaizhangError as error:
            # The note itself is stored; a draft equal to it is not offered again.
            self._say(f"草稿没有清掉：{error.message}", alarm=True)

    def _head(self) -> None:
        what = "写记事" if self._note is None else f"改 {self._note.at[:16].replace('T', ' ')} 的记事"
        kept = "，草稿已存" if self._drafted is not None and self.text == self._drafted else ""
        kept = "，草稿没有存上" if self._has_failed else kept
        size = f"{len(self.text)} 字，最多 {NOTE_LIMIT} 字{kept}"
        self._title.update(shown(f"{what}：{number_words(self._entry)}（{size}）"))

    def _say(self, text: str, *, alarm: bool = False) -> None:
        if self.is_attached:
            self._status.say(shown(text), alarm=alarm)
