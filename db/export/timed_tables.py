"""计时 and 报送 as tables."""

from typing import Final

from db.export.part import Head, Part
from db.export.timed_words import (
    LATE,
    NOT_ENOUGH,
    clock_countdown,
    clock_due,
    extension_words,
    judged,
    pause_words,
    report_due,
    report_state,
    rule_words,
    source_words,
    stage_words,
)
from db.rules.rows import LedgerSheet
from db.rules.words import CLOCK_STATE_NAMES, RULE_SOURCE_NAMES

_DAY: Final = 12


def clocks(sheet: LedgerSheet) -> Part:
    """计时: every clock, closed ones too; of an application also the stages."""
    heads = (
        Head("事由", 24),
        Head("序号", 8, middle=True, optional=True),
        Head("时限规则", 22),
        Head("来源", 15),
        Head("起算日", _DAY, middle=True),
        Head("到期日", 16, middle=True),
        Head("状态", 10, middle=True),
        Head("倒计时", 16, middle=True),
        Head("是否按期", 11, middle=True),
        Head("了结日期", _DAY, middle=True, optional=True),
        Head("结果", 20, optional=True),
        Head("暂停", 22, optional=True),
        Head("延长", 22, optional=True),
        Head("申请登记进度", 22, optional=True),
        Head("依据原文", 50),
    )
    rows = tuple(
        (
            clock.subject,
            clock.number or "",
            rule_words(clock.rule),
            source_words(clock.rule),
            clock.start.isoformat(),
            clock_due(clock),
            CLOCK_STATE_NAMES[clock.state],
            clock_countdown(clock),
            judged(clock),
            clock.closed_on.isoformat() if clock.closed_on else "",
            clock.outcome or "",
            "\n".join(map(pause_words, clock.pauses)),
            "\n".join(extension_words(extension, clock.rule) for extension in clock.extensions),
            "\n".join(map(stage_words, clock.stages)),
            clock.rule.quote,
        )
        for clock in sheet.clocks
    )
    return Part("计时", heads, rows, state="是否按期", late=(LATE, NOT_ENOUGH))


def reports(sheet: LedgerSheet) -> Part:
    """报送: what the notice asks for and what the clerk added, each with its state."""
    heads = (
        Head("报送什么", 30),
        Head("报送给", 20),
        Head("时限", 18, middle=True),
        Head("附件", 24, optional=True),
        Head("状态", 18, middle=True),
        Head("报出日期", _DAY, middle=True, optional=True),
        Head("备注", 24, optional=True),
        Head("来源", 18),
        Head("依据原文", 40),
    )
    rows = tuple(
        (
            report.what,
            report.to,
            report_due(report, sheet.ledger.year),
            "、".join(report.attachments),
            report_state(report),
            report.handed_in_on.isoformat() if report.handed_in_on else "",
            report.remark or "",
            RULE_SOURCE_NAMES[report.source],
            report.quote,
        )
        for report in sheet.reports
    )
    return Part("报送", heads, rows, state="状态", late=(LATE,))
