"""通知要求: what the notice asks of everybody, each with its sentence."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from db.errors import TaizhangError
from db.rules.rows import LedgerSheet, ReportRow
from db.rules.words import RULE_KIND_NAMES
from tui.commands import EVERYWHERE, READING, Command, bindings
from tui.desk import Desk
from tui.screens.working import SMALLEST
from tui.text import shown
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import StatusLine
from tui.widgets.too_small import TooSmall
from tui.wording import agency_words, clock_words
from tui.wording_counted import (
    UNCOUNTED,
    is_uncounted,
    quota_groups,
    quota_period_words,
    quota_rule_words,
    quota_state_words,
)
from tui.wording_shift import report_shift_words


class LedgerInfoScreen(Screen[None]):
    """Reports with their dates, quotas of each unit, clock rules and the rules that bind everybody."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(READING))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("通知要求", READING),
        ("各个画面", EVERYWHERE),
    )
    AUTO_FOCUS = "ReadingPane"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pane = ReadingPane()

    def compose(self) -> ComposeResult:
        yield Static(shown("通知要求"), classes="title")
        yield self._pane
        yield StatusLine()
        yield KeyLine(READING)
        yield TooSmall()

    def on_mount(self) -> None:
        try:
            self._pane.show(list(info_blocks(self._desk.sheet())))
        except TaizhangError as error:
            self.query_one(StatusLine).say(shown(f"{error.message}  {error.hint}"), alarm=True)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-too-small")

    def action_back(self) -> None:
        self.dismiss(None)


def info_blocks(sheet: LedgerSheet) -> Iterator[Block]:
    """The whole page, the dates first."""
    ledger = sheet.ledger
    yield Block(agency_words(ledger), "发文机关")
    yield Block(ledger.title or "来文无标题", "通知标题")
    yield Block(ledger.document_number or "无", "文号")
    yield from _reports(sheet)
    yield from _quotas(sheet)
    yield from _clocks(sheet)
    yield Block("")
    yield Block("普遍要求", look="heading")
    for rule in sheet.rules:
        yield Block(f"「{rule.text}」", RULE_KIND_NAMES.get(rule.kind, rule.kind))
    if not sheet.rules:
        yield Block("通知没有写。", look="muted")


def _reports(sheet: LedgerSheet) -> Iterator[Block]:
    yield Block("")
    yield Block("报送", look="heading")
    for report in sheet.reports:
        yield _report_time(report, sheet.today)
        yield Block(f"{report.what}  报 {report.to}", "报送内容")
        if report.attachments:
            yield Block("、".join(report.attachments), "附件")
        yield Block(f"「{report.quote}」", "原文", "muted")
    if not sheet.reports:
        yield Block("通知没有写报送时间。", look="muted")


def _report_time(report: ReportRow, today: date) -> Block:
    if report.due is None:
        return Block(report_shift_words(report), "报送时间", "mark")
    left = (report.due - today).days
    if report.handed_in_on is not None:
        return Block(f"{report.due.isoformat()}（{report.handed_in_on.isoformat()} 已报送）", "报送时间")
    when = f"剩 {left} 天" if left > 0 else "今天到期" if left == 0 else f"已过 {-left} 天"
    return Block(f"{report.due.isoformat()}（{when}）", "报送时间", "mark" if 0 <= left <= 7 else "plain")


def _quotas(sheet: LedgerSheet) -> Iterator[Block]:
    yield Block("")
    yield Block("各责任单位的数量指标", look="heading")
    for rows in quota_groups(sheet.unit_quotas):
        yield Block(quota_rule_words(rows[0]), "指标")
        periods = (f"{quota_period_words(row)} {quota_state_words(row, sheet.today, None)}" for row in rows)
        yield Block(UNCOUNTED if is_uncounted(rows[0]) else "；".join(periods), "各期")
        yield Block(f"「{rows[0].quote}」", "原文", "muted")
    if not sheet.unit_quotas:
        yield Block("通知没有写。", look="muted")


def _clocks(sheet: LedgerSheet) -> Iterator[Block]:
    yield Block("")
    yield Block("时限规则", look="heading")
    for rule in sheet.clock_rules:
        yield Block(clock_words(rule), f"第 {rule.task} 项" if rule.task else "各项")
        yield Block(f"「{rule.quote}」", "原文", "muted")
    if not sheet.clock_rules:
        yield Block("通知没有写。", look="muted")
