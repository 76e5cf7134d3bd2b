"""The clerk's commands on entries, the same on the checklist, in the walk and in the details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

from db.errors import TaizhangError
from db.rules.rows import EntryRow
from tui.screens.entry_reading import EntryReading
from tui.text import shown

if TYPE_CHECKING:
    from db.rules.rows import Step

T = TypeVar("T")


class EntryWork(EntryReading[T]):
    """A subclass says in `chosen` what a command acts upon. Several entries at once are one step of undo."""

    def chosen(self) -> tuple[EntryRow, ...]:
        """The entries that a command acts upon."""
        raise TypeError(f"{type(self).__name__} chooses nothing")

    def _some(self, doing: str, *, refused: Callable[[EntryRow], str] = lambda entry: "") -> tuple[EntryRow, ...]:
        """The chosen entries, () after saying why nothing can be done with them."""
        if not self.writable():
            return ()
        entries = self.chosen()
        if not entries:
            self.say(f"没有可以{doing}的条目。")
            return ()
        for entry in entries:
            if why := refused(entry):
                self.say(f"{entry.number}：{why}", alarm=True)
                return ()
        return entries

    def _one(self, doing: str) -> EntryRow | None:
        entries = self._some(doing)
        if len(entries) > 1:
            self.say(f"选中了 {len(entries)} 项，{doing}一次只能办一项：先按 Esc 取消选中。", alarm=True)
            return None
        return entries[0] if entries else None

    # The commands

    def action_settle(self) -> None:
        entries = self._some("销账", refused=_why_not_settled)
        if not entries:
            return
        from tui.dialogs.settle import SettleAnswer, SettleDialog
        from tui.wording_gaps import lacking_words

        lacking = ""

        def settle(answer: SettleAnswer | None) -> None:
            nonlocal lacking
            if answer is not None:
                self.desk.settle(_ids(entries), answer.done_on, answer.what_was_done)
                lacking = lacking_words(entries, answer.what_was_done, self.desk.today()).rstrip("。")

        self.ask(
            SettleDialog(entries, self.desk.today()),
            settle,
            lambda: self.changed("settle", entries, f"已销账：{named(entries)}。{lacking}。Ctrl+Z 撤销"),
        )

    def action_not_applicable(self) -> None:
        entries = self._some("标为不适用", refused=_why_not_set_aside)
        if not entries:
            return
        from tui.dialogs.reason import ReasonDialog

        def set_aside(reason: str | None) -> None:
            if reason is not None:
                self.desk.not_applicable(_ids(entries), reason)

        title = shown(f"不适用：{named(entries)}")
        self.ask(
            ReasonDialog(title, entries, "不适用的理由"),
            set_aside,
            lambda: self.changed("not_applicable", entries, f"已标为不适用：{named(entries)}。Ctrl+Z 撤销"),
        )

    def action_reopen(self) -> None:
        entries = self._some("恢复")
        if entries:
            self.change("reopen", entries, lambda: self.desk.reopen(_ids(entries)), f"已恢复：{named(entries)}")

    def action_start(self) -> None:
        entries = self._some("标为推进中")
        if entries:
            self.change("start", entries, lambda: self.desk.start(_ids(entries)), f"已标为推进中：{named(entries)}")

    def action_ours(self) -> None:
        self._decide("ours", "已确认由本单位办理")

    def action_not_ours(self) -> None:
        self._decide("not_ours", "已标为非本单位，改在「非本单位」筛选里")

    def _decide(self, applicability: Literal["ours", "not_ours"], said: str) -> None:
        entries = self._some("确认")
        if entries:
            words = f"{said}：{named(entries)}。Ctrl+Z 撤销"
            self.change(applicability, entries, lambda: self.desk.decide(_ids(entries), applicability), words)

    def action_adjust(self) -> None:
        entry = self._one("调整时限")
        if entry is None:
            return
        from tui.dialogs.adjust import AdjustAnswer, AdjustDialog

        words = ""

        def adjust(answer: AdjustAnswer | None) -> None:
            nonlocal words
            if answer is not None:
                self.desk.adjust_due(entry.id, answer.due, answer.reason)
                words = "时限已调整" if answer.due else "已恢复通知时限"

        self.ask(
            AdjustDialog(entry, self.desk.today()),
            adjust,
            lambda: self.changed("adjust_due", [entry], f"{words}：{named([entry])}。Ctrl+Z 撤销"),
        )

    def action_note(self) -> None:
        entry = self._one("记事")
        if entry is None:
            return
        from tui.screens.note import NoteScreen

        def written(saved: bool | None) -> None:
            if saved:
                self.changed("note", [entry], f"已记事：{named([entry])}")
            else:
                self.reread()

        self.app.push_screen(NoteScreen(self.desk, entry, None), written)

    def action_notes(self) -> None:
        entries = self.chosen()
        if len(entries) != 1 or not entries[0].notes:
            self.say("这一条还没有记事，按 F3 写一条。" if len(entries) == 1 else "改记事一次只能看一条。")
            return
        from tui.screens.notes import NotesScreen

        self.app.push_screen(NotesScreen(self.desk, entries[0].id), lambda _: self.reread())

    def action_edit_own(self) -> None:
        entry = self._one("修改自增事项")
        if entry is None or not self._is_own(entry):
            return
        from tui.dialogs.own import OwnAnswer, OwnTaskDialog

        def edit(answer: OwnAnswer | None) -> None:
            if answer is not None:
                self.desk.edit_own(entry.id, answer.requirement, answer.due, answer.reason)

        self.ask(
            OwnTaskDialog(entry, self.desk.today()),
            edit,
            lambda: self.changed("edit_own", [entry], f"已修改：{named([entry])}。Ctrl+Z 撤销"),
        )

    def action_remove_own(self) -> None:
        entry = self._one("删除自增事项")
        if entry is None or not self._is_own(entry):
            return
        from tui.dialogs.confirm import ConfirmDialog

        attached = sum(1 for row in self.evidence_of(entry) if row.entry == entry.id) if entry.evidence else 0
        with_it = [f"{len(entry.notes)} 条记事"] if entry.notes else []
        with_it += [f"{attached} 件佐证"] if attached else []
        also = f"，连同 {'、'.join(with_it)}" if with_it else ""
        dialog = ConfirmDialog(
            shown(f"删除自增事项 {entry.number}"), f"{entry.requirement}\n\n将被删除{also}。可以撤销。"
        )

        def answered(yes: bool | None) -> None:
            if yes:
                words = f"已删除：{named([entry])}。Ctrl+Z 撤销"
                self.change("remove_own", [entry], lambda: self.desk.remove_own(entry.id), words)

        self.app.push_screen(dialog, answered)

    def _is_own(self, entry: EntryRow) -> bool:
        if not entry.own:
            self.say("这是通知里的任务，不能修改或删除；不用办的请按 F8 标为不适用。", alarm=True)
        return entry.own

    def action_undo(self) -> None:
        self._take_back(self.desk.undo, "撤销了", "没有可以撤销的改动。")

    def action_redo(self) -> None:
        self._take_back(self.desk.redo, "重做了", "没有可以重做的改动。")

    def _take_back(self, step: Callable[[], Step | None], words: str, nothing: str) -> None:
        if not self.writable():
            return
        try:
            taken = step()
        except TaizhangError as error:
            self.reread()
            self.complain(error)
            return
        if taken:
            self.after_taking_back(taken.entries)
        self.reread()
        self.say(f"{words}：{taken.name}" if taken else nothing)

    def action_history(self) -> None:
        from tui.screens.history import HistoryScreen

        entries = self.chosen()
        self.app.push_screen(HistoryScreen(self.desk, self._history_of(entries)))

    def _history_of(self, entries: Sequence[EntryRow]) -> EntryRow | None:
        """The entry whose history Ctrl+L shows; None for the whole ledger."""
        return entries[0] if len(entries) == 1 else None


def _ids(entries: Sequence[EntryRow]) -> list[int]:
    return [entry.id for entry in entries]


def named(entries: Sequence[EntryRow]) -> str:
    """3 项, or the one's number."""
    if len(entries) > 1:
        return f"{len(entries)} 项"
    return f"自增事项 {entries[0].number}" if entries[0].own else f"第 {entries[0].number} 项"


def _why_not_settled(entry: EntryRow) -> str:
    if entry.applicability == "not_ours":
        return "非本单位的条目不能销账，先按 F5 恢复。"
    return "不适用的条目不能销账，先按 F5 恢复。" if entry.status == "not_applicable" else ""


def _why_not_set_aside(entry: EntryRow) -> str:
    if entry.applicability == "not_ours":
        return "非本单位的条目不计入总数，不必再标为不适用。"
    return "已办结的条目不能标为不适用，先按 F5 恢复。" if entry.status == "done" else ""
