"""确认入库: a notice seen before, a short name that is taken, the summary, the store; then the offer of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from textual.app import App

from db.errors import InvalidInputError, TaizhangError
from db.rules.differences import Differences, differences, recognised
from db.rules.notice import NoticeDraft
from db.rules.rows_intake import KnownNotice
from tui.commands import Command
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import CONFIRM
from tui.dialogs.line_list import Choice
from tui.dialogs.lines import LinesDialog, Listed, Taken
from tui.dialogs.mended_text import MendLineDialog
from tui.dialogs.told import told_error
from tui.screens.review_head import PLAN_FORM, check_plan
from tui.text import shown
from tui.wording_intake import difference_lines, summary_words, unseen_words

if TYPE_CHECKING:
    from db.intake.reading import Reading
    from tui.desk import Desk

UPDATE: Final = Command(
    CONFIRM.name, CONFIRM.keys, "更新入库", "照新的读稿更新，办理记录都保留。", CONFIRM.shown_key, True
)
_LEDGER: Final = "直接用随程序的那一份开立台账"
_ANOTHER: Final = "另起短名，把这一份也入库"


class TakingIn:
    """One attempt. renamed: gives the draft under another short name. done: called with the short name of the notice
    over which the clerk wants a ledger, or None, once something was taken in; stays: where nothing was."""

    def __init__(
        self,
        app: App[Any],
        desk: Desk,
        *,
        renamed: Callable[[str], NoticeDraft],
        done: Callable[[str | None], None],
        stays: Callable[[str], None],
        reading: Reading | None = None,
        drop: int | None = None,
    ) -> None:
        self._app = app
        self._desk = desk
        self._renamed = renamed
        self._done = done
        self._stays = stays
        self._reading = reading
        self._drop = drop

    def begin(self, draft: NoticeDraft) -> None:
        """Finds out whether the notice was seen before, and goes on accordingly."""
        try:
            known = self._desk.known_notices()
            again = recognised(draft, known)
            if again is None:
                self._as_new(draft, known)
            elif again.origin == "shipped":
                self._ships(draft, again, known)
            else:
                self._again(draft, again)
        except TaizhangError as error:
            self._refused(error)

    # Seen before

    def _ships(self, draft: NoticeDraft, again: KnownNotice, known: tuple[KnownNotice, ...]) -> None:
        above = f"这份通知随程序已有，短名 {again.plan}，读法经过核对。"
        lines = [
            Listed(Choice(_LEDGER), "待确认稿留着，不入库。"),
            Listed(Choice(_ANOTHER), "会有两份内容相同的通知。"),
        ]

        def chosen(taken: Taken | None) -> None:
            if taken is None:
                self._stays("没有入库。")
            elif taken.index == 0:
                self._done(again.plan)
            else:
                self._as_new(draft, known)

        self._app.push_screen(LinesDialog(shown("这份通知程序里已有"), lines, above=above), chosen)

    def _again(self, draft: NoticeDraft, again: KnownNotice) -> None:
        """The same notice under its own short name, whatever the draft is called."""
        same = draft if draft.plan == again.plan else self._renamed(again.plan)
        former = self._desk.notice_said(again.plan)
        found = differences(former, same)
        lines = [Listed(Choice(line), about) for line, about in difference_lines(former, same, found)]
        above = f"这份通知入过库，短名 {again.plan}。"
        above += f"有 {len(lines)} 处不同。" if lines else "内容没有不同。"
        if self._reading is not None and (unseen := unseen_words(self._reading)):
            above += f"\n{unseen}"
        title = shown("再次导入：核对差异")
        if not lines:
            lines = [Listed(Choice("没有不同"), "更新后与原来一样。")]
        lines.append(Listed(Choice("办理记录都保留；没有了的任务，办过的保留。", look="muted")))

        def chosen(taken: Taken | None) -> None:
            if taken is None:
                self._stays("没有更新。")
            else:
                self._store(same, found.matches, f"已更新“{again.plan}”：{_how_many(found)}")

        self._app.push_screen(LinesDialog(title, lines, above=above, confirm=UPDATE), chosen)

    # New

    def _as_new(self, draft: NoticeDraft, known: tuple[KnownNotice, ...]) -> None:
        if any(one.plan == draft.plan for one in known):
            self._ask_name(draft, known)
        else:
            self._confirm(draft)

    def _ask_name(self, draft: NoticeDraft, known: tuple[KnownNotice, ...]) -> None:
        taken = {one.plan for one in known}

        def check(text: str) -> None:
            check_plan(text)
            if text in taken:
                raise InvalidInputError(f"短名「{text}」已有一份通知", "请另起一个")

        def named(plan: str | None) -> None:
            if plan is None:
                self._stays("没有入库。")
            else:
                try:
                    self._confirm(self._renamed(plan))
                except TaizhangError as error:
                    self._refused(error)

        title = shown(f"短名 {draft.plan} 已有一份通知，请另起短名")
        self._app.push_screen(
            MendLineDialog(title, "短名", _free(draft.plan, taken), remark=PLAN_FORM, check=check), named
        )

    def _confirm(self, draft: NoticeDraft) -> None:
        words = f"{summary_words(draft, self._reading)}\n\n入库后可以开立台账；这份通知以后可以再次导入更新。"

        def answered(yes: bool | None) -> None:
            if yes:
                self._store(draft, None, f"已入库“{draft.plan}”：{len(draft.tasks)} 项任务")
            else:
                self._stays("没有入库。")

        self._app.push_screen(ConfirmDialog(shown("确认入库"), words), answered)

    # Into the file

    def _store(self, draft: NoticeDraft, matches: Mapping[str, str] | None, words: str) -> None:
        from tui.screens.backing_up import back_up_first

        back_up_first(
            self._app,
            self._desk,
            "导入前",
            lambda: self._store_now(draft, matches, words),
            lambda: self._stays("没有入库。"),
        )

    def _store_now(self, draft: NoticeDraft, matches: Mapping[str, str] | None, words: str) -> None:
        try:
            stayed = self._desk.accept_notice(draft, matches, self._drop)
        except TaizhangError as error:
            self._refused(error)
            return

        def answered(yes: bool | None) -> None:
            self._done(draft.plan if yes else None)

        if tidied := self._desk.tidied():
            words += f"。{tidied}"
        if stayed:
            which = "、".join(f"{one.unit} {one.year} 年第 {one.number} 项" for one in stayed)
            words += f"。新的读法不再列入、因有办理记录仍留在台账里的：{which}"
        self._app.push_screen(ConfirmDialog(shown("已入库"), f"{words}。\n\n现在由它开立台账吗？"), answered)

    def _refused(self, error: TaizhangError) -> None:
        self._app.push_screen(told_error("没有入库", error), lambda _: self._stays("没有入库。"))


def _how_many(found: Differences) -> str:
    return f"{len(found.changes) + len(found.notice)} 处不同" if found.changes or found.notice else "没有不同"


def _free(plan: str, taken: set[str]) -> str:
    """The short name, with a number behind it where it is taken."""
    number = 2
    while f"{plan}-{number}" in taken:
        number += 1
    return f"{plan}-{number}" if plan in taken else plan
