"""选择台账: notice or an existing ledger, then year, unit and officer. Esc goes one step back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from db.errors import TaizhangError
from db.rules.rows import LedgerRow, NoticeRow, UnitRow
from tui.commands import CHOICE, EVERYWHERE, Command, bindings
from tui.desk import Desk
from tui.dialogs.entries_named import said
from tui.dialogs.line_list import LineList
from tui.dialogs.officer import OfficerDialog
from tui.dialogs.prose import Prose
from tui.dialogs.unit import UnitAnswer, UnitDialog
from tui.screens.choosing import NEW_NOTICE, UNLISTED, Option, first_options, title_words, unit_options, year_options
from tui.text import shown
from tui.widgets.key_line import KeyLine
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from pathlib import Path

    from tui.screens.importing import Importing

_OFFICER_REMARK: Final = "每一笔办理记录都注明这个姓名，以后可以交接"


class ChoiceScreen(Screen[LedgerRow | None]):
    """The result is the ledger that the desk has open now, None when the clerk goes back from the first step."""

    DEFAULT_CSS = """
    ChoiceScreen > .choice--title {
        height: 1; padding: 0 1; background: $panel; color: $text-primary; text-style: bold;
    }
    ChoiceScreen > .choice--so-far { padding: 0 1; color: $text-muted; }
    ChoiceScreen > LineList { margin: 1 0 0 0; }
    ChoiceScreen > .choice--about { padding: 0 1; min-height: 3; background: $panel; }
    ChoiceScreen > StatusLine { dock: none; }
    ChoiceScreen > KeyLine { dock: none; }
    ChoiceScreen.-small > LineList { margin: 0; }
    ChoiceScreen.-small > .choice--about { display: none; }
    ChoiceScreen.-small > .choice--so-far { display: none; }
    """
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("选择台账", CHOICE),
        ("各个画面", EVERYWHERE),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings([command for command in CHOICE if command.name != "choose"])]
    AUTO_FOCUS = "LineList"

    def __init__(self, desk: Desk, plan: str | None = None) -> None:
        """plan: the short name of the notice that is chosen already."""
        super().__init__()
        self._desk = desk
        self._plan = plan
        self._steps: list[Callable[[], None]] = []
        self._options: Sequence[Option] = ()
        self._notice: NoticeRow | None = None
        self._year = 0
        self._is_leaving = False
        self._title = Static(classes="choice--title")
        self._so_far = Prose(classes="choice--so-far")
        self._list = LineList()
        self._about = Prose(classes="choice--about")
        self._status = StatusLine()

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._so_far
        yield self._list
        yield self._about
        yield self._status
        yield KeyLine(CHOICE, more=False)

    def on_mount(self) -> None:
        self._go(self._ask_notice)
        if self._plan is not None:
            self._take_plan(self._plan)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 14 or event.size.width < 30, "-small")

    # The steps

    def _ask_notice(self) -> None:
        self._notice = None
        try:
            options = first_options(self._desk.ledgers(), self._desk.notices())
        except TaizhangError as error:
            self._ask("选择台账", "", ())
            self._complain("没有读出台账和通知", error)
        else:
            self._ask("选择台账", "", options)

    def _ask_year(self) -> None:
        if self._notice:
            self._ask("第 2 步：年度", title_words(self._notice), year_options(self._notice, self._desk.today().year))

    def _ask_unit(self) -> None:
        if self._notice:
            so_far = f"{title_words(self._notice)}\n{self._year} 年"
            self._ask("第 3 步：本单位是哪一个（没有列出的选最后一行）", so_far, unit_options(self._notice))

    def _go(self, step: Callable[[], None]) -> None:
        self._steps.append(step)
        step()

    def _ask(self, title: str, so_far: str, options: Sequence[Option]) -> None:
        self._options = options
        self._title.update(shown(title))
        self._so_far.write(so_far)
        self._list.fill([option.choice for option in options])
        self._tell_about()
        self._say(f"只读：{self._desk.read_only_reason}" if self._desk.read_only else "")

    # What the clerk does

    def action_back(self) -> None:
        if len(self._steps) > 1:
            self._steps.pop()
            self._steps[-1]()
        elif self._desk.ledger is None and not self._is_leaving:
            # Nothing lies behind the first step of a first run: Esc would end the program without a word.
            self._is_leaving = True
            self._status.say(shown("再按一次 Esc 退出程序。"))
        else:
            self.dismiss(None)

    def action_choose(self) -> None:
        self._list.action_take()

    def on_line_list_moved(self) -> None:
        self._tell_about()

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        event.stop()
        # A second Enter of the same burst took a line of the step before, or one below a dialog: it means nothing now.
        option = next((option for option in self._options if option.choice is event.choice), None)
        if option is not None and self.is_active:
            self._take(option.stands_for)

    def _take(self, taken: LedgerRow | NoticeRow | UnitRow | int | str | None) -> None:
        if isinstance(taken, LedgerRow):
            self._open(taken)
        elif isinstance(taken, NoticeRow):
            self._take_notice(taken)
        elif isinstance(taken, int):
            self._year = taken
            self._go(self._ask_unit)
        elif taken == UNLISTED and self._notice:
            self.app.push_screen(UnitDialog([unit.name for unit in self._notice.units]), self._take_unlisted)
        elif taken == NEW_NOTICE:
            self.action_import_notice()
        elif isinstance(taken, UnitRow):
            self._take_unit(taken.name, None)
        elif isinstance(taken, str):
            self._take_unit(taken, None)

    def _take_notice(self, notice: NoticeRow) -> None:
        self._notice = notice
        years = year_options(notice, self._desk.today().year)
        if len(years) > 1:
            self._go(self._ask_year)
        else:
            self._year = notice.year
            self._go(self._ask_unit)

    # 备份

    def action_backups(self) -> None:
        """Of the whole file: what was lost with a machine is brought back here."""
        if self.is_active:
            from tui.screens.backups import BackupsScreen

            self.app.push_screen(BackupsScreen(self._desk))

    # 导入通知

    def action_import_notice(self) -> None:
        if importing := self._importing():
            importing.begin()

    def import_document(self, path: Path) -> None:
        """Reads that file at once."""
        if importing := self._importing():
            importing.read(path)

    def _importing(self) -> Importing | None:
        if self._desk.read_only:
            self._say(f"只读，不能导入：{self._desk.read_only_reason}", alarm=True)
            return None
        from tui.screens.importing import Importing

        return Importing(self.app, self._desk, self._imported)

    def _imported(self, plan: str | None, words: str) -> None:
        self._steps.clear()
        self._go(self._ask_notice)
        self._say(words)
        if plan is not None:
            self._take_plan(plan)

    def _take_plan(self, plan: str) -> None:
        """Goes on as if the notice of that short name had been taken."""
        try:
            notice = next((one for one in self._desk.notices() if one.plan == plan), None)
        except TaizhangError as error:
            self._complain("没有读出通知", error)
            return
        if notice is not None:
            self._take_notice(notice)

    def _take_unlisted(self, answer: UnitAnswer | None) -> None:
        if answer is not None:
            self._take_unit(answer.name, answer.kind)

    def _take_unit(self, unit: str, kind: str | None) -> None:
        if self._notice is None:
            return
        plan, year = self._notice.plan, self._year
        try:
            ledgers = self._desk.ledgers()
        except TaizhangError as error:
            self._complain("没有打开", error)
            return
        for ledger in ledgers:
            if (ledger.plan, ledger.year, ledger.unit) == (plan, year, unit):
                self._open(ledger)
                return

        def begin(officer: str | None) -> None:
            if officer is not None:
                self._say("正在建立台账…")
                self.call_after_refresh(self._begin, plan, year, unit, kind, officer or None)

        current = self._desk.ledger.officer if self._desk.ledger else None
        self.app.push_screen(OfficerDialog(current, f"最后一步：{unit} {year} 年的经办人", _OFFICER_REMARK), begin)

    def _begin(self, plan: str, year: int, unit: str, kind: str | None, officer: str | None) -> None:
        self._finish(lambda: self._desk.begin(plan, year, unit, kind, officer))

    def _open(self, ledger: LedgerRow) -> None:
        self._finish(lambda: self._desk.open(ledger.id))

    def _finish(self, opening: Callable[[], LedgerRow]) -> None:
        try:
            ledger = opening()
        except TaizhangError as error:
            self._complain("没有打开", error)
        else:
            self.dismiss(ledger)

    def _tell_about(self) -> None:
        index = self._list.cursor
        self._about.write(self._options[index].about if index is not None else "")

    def _complain(self, what: str, error: TaizhangError) -> None:
        self._say(f"{what}：{said(error.message)}{error.hint}", alarm=True)

    def _say(self, text: str, *, alarm: bool = False) -> None:
        self._status.say(shown(text), alarm=alarm)
