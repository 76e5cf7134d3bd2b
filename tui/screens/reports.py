"""报送: what is handed in, to whom, by when, and whether it was."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from db.rules.rows import ReportRow
from db.rules.words import RULE_SOURCE_NAMES
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.line_list import Choice, LineLook
from tui.screens.rows_screen import RowsScreen
from tui.text import cells, pad, shown
from tui.view_commands import REPORTS
from tui.widgets.reading_pane import Block
from tui.wording_timed import report_countdown, report_due


class ReportsScreen(RowsScreen):
    """What is still to be handed in first, by its day; what was handed in last."""

    NAME = "reports"
    KEYS: ClassVar[tuple[Command, ...]] = REPORTS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(REPORTS))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("报送", REPORTS),
        ("各个画面", EVERYWHERE),
    )

    _reports: tuple[ReportRow, ...] = ()

    def read(self) -> None:
        self._reports = in_turn(self.desk.reports())

    # What is shown

    def choices(self) -> Sequence[Choice]:
        width = max((cells(report_countdown(report)) for report in self._reports), default=0)
        return [_choice(report, width) for report in self._reports]

    def key(self, index: int) -> Hashable:
        return self._reports[index].what

    def title_words(self) -> str:
        left = sum(1 for report in self._reports if report.handed_in_on is None)
        return f"报送  共 {len(self._reports)} 项，还没有报送的 {left} 项"

    def empty_words(self) -> str:
        return "通知没有写明报送什么。按 Ins 增加法定的或临时要求的报送。"

    def blocks(self, index: int) -> Sequence[Block]:
        report = self._reports[index]
        look = _look(report)
        blocks = [
            Block(report.what, look="heading"),
            Block(report_countdown(report), "状态", look if look == "alarm" or look == "mark" else "plain"),
            Block(report.to, "报给"),
            Block(report_due(report), "时间"),
        ]
        if report.attachments:
            blocks.append(Block("、".join(report.attachments), "附件"))
        if report.remark:
            blocks.append(Block(report.remark, "报送备注"))
        added = "" if report.source == "notice" else "（办理人增加，可以修改和删除）"
        blocks.append(Block(f"{_SOURCES[report.source]}{added}：「{report.quote}」", "依据"))
        return blocks

    # Commands

    def action_hand_in(self) -> None:
        report = self._current_report()
        if report is None or not self.writable():
            return
        from tui.dialogs.report import HandInAnswer, HandInDialog

        def hand_in(answer: HandInAnswer | None) -> None:
            if answer is not None:
                self.desk.hand_in(report.what, answer.on, answer.remark)

        words = "报送登记已修改" if report.handed_in_on else "已登记报送"
        self.ask(
            HandInDialog(report, self.desk.today()),
            hand_in,
            lambda: self.changed("hand_in", (), f"{words}：{report.what}。Ctrl+Z 撤销"),
        )

    def action_take_back(self) -> None:
        report = self._current_report()
        if report is None or not self.writable():
            return
        if report.handed_in_on is None:
            self.say("这一项还没有登记报送，不用撤回。")
        else:
            words = f"已取消报送登记：{report.what}。Ctrl+Z 撤销"
            self.change("take_back_report", (), lambda: self.desk.take_back_report(report.what), words)

    def action_add(self) -> None:
        if self.desk.ledger is None or not self.writable():
            return
        from tui.dialogs.report import ReportAnswer, ReportDialog

        def add(answer: ReportAnswer | None) -> None:
            if answer is not None:
                self.desk.add_report(answer.what, answer.to, answer.due, answer.reason, answer.source)
                self.put_cursor_on(answer.what)

        self.ask(
            ReportDialog(self.desk.ledger.year, self.desk.today()),
            add,
            lambda: self.changed("add_report", (), "已增加报送。Ctrl+Z 撤销"),
        )

    def action_edit(self) -> None:
        report = self._own_report()
        if report is None or report.id is None or self.desk.ledger is None:
            return
        from tui.dialogs.report import ReportAnswer, ReportDialog

        report_id = report.id

        def edit(answer: ReportAnswer | None) -> None:
            if answer is not None:
                self.desk.edit_report(report_id, answer.what, answer.to, answer.due, answer.reason)
                self.put_cursor_on(answer.what)

        self.ask(
            ReportDialog(self.desk.ledger.year, self.desk.today(), row=report),
            edit,
            lambda: self.changed("edit_report", (), "报送已修改。Ctrl+Z 撤销"),
        )

    def action_remove(self) -> None:
        report = self._own_report()
        if report is None or report.id is None:
            return
        from tui.dialogs.confirm import ConfirmDialog

        report_id = report.id

        def answered(yes: bool | None) -> None:
            if yes:
                self.change("remove_report", (), lambda: self.desk.remove_report(report_id), "报送已删除。Ctrl+Z 撤销")

        self.app.push_screen(ConfirmDialog(shown("删除这项报送"), f"{report.what}\n\n将被删除，可以撤销。"), answered)

    def _current_report(self) -> ReportRow | None:
        return self._reports[self.current] if self.current is not None else None

    def _own_report(self) -> ReportRow | None:
        """The report under the cursor, if the clerk has added it; else says why it stays."""
        report = self._current_report()
        if report is None or not self.writable():
            return None
        if report.source == "notice":
            self.say("这是通知要求的报送，不能修改或删除；报送了按 F2。", alarm=True)
            return None
        return report


_SOURCES = {"notice": "通知要求", "statute": f"《{RULE_SOURCE_NAMES['statute']}》", "office": "办理人自定"}


def in_turn(reports: Sequence[ReportRow]) -> tuple[ReportRow, ...]:
    """Open ones by their day, those without one first of all; then what was handed in."""
    return tuple(sorted(reports, key=lambda report: (report.handed_in_on is not None, report.due or date.min)))


def _choice(report: ReportRow, width: int) -> Choice:
    due = report.due.isoformat() if report.due else "没有日期"
    return Choice(
        f"{report.what}（报{report.to}）",
        f"{pad(due, 10)}  {pad(report_countdown(report), width)}",
        look=_look(report),
    )


def _look(report: ReportRow) -> LineLook:
    if report.handed_in_on is not None:
        return "muted"
    if report.countdown is None:
        return "mark"
    if report.countdown.overdue:
        return "alarm"
    return "mark" if report.countdown.days <= 7 else ""
