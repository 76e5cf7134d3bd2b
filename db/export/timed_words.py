"""What a file says of a countdown, of a clock and its rule, and of a report."""

from datetime import date, timedelta
from typing import Final

from db.export.shift_words import shift_words
from db.rules.clocks import is_minimum
from db.rules.rows import ClockRow, ClockRuleRow, Countdown, Extension, Pause, ReportRow, StageDay
from db.rules.words import DAY_KIND_NAMES, RULE_SOURCE_NAMES, STAGE_NAMES

LATE: Final = "逾期"
NOT_ENOUGH: Final = "不足"
"""A minimum that was closed before it was over."""


def countdown_words(countdown: Countdown) -> str:
    """剩 12 天 · 约 8 个工作日, 今天到期, 逾期 3 天."""
    if countdown.overdue:
        return f"{LATE} {-countdown.days} 天"
    if countdown.days == 0:
        return "今天到期"
    about = "约 " if countdown.estimated else ""
    return f"剩 {countdown.days} 天 · {about}{countdown.workdays} 个工作日"


def limit_words(rule: ClockRuleRow) -> str:
    """5 个工作日内, 提前 3 个工作日, 不少于 30 天."""
    days = f"{rule.days} {DAY_KIND_NAMES[rule.day_kind]}"
    if rule.bound == "min":
        return f"{'提前' if rule.direction == 'before' else ''}不少于 {days}"
    return f"提前 {days}" if rule.direction == "before" else f"{days}内"


def rule_words(rule: ClockRuleRow) -> str:
    """收到留言：5 个工作日内首次回复."""
    return f"{rule.trigger}：{limit_words(rule)}{rule.action}"


def source_words(rule: ClockRuleRow) -> str:
    """通知, 政府信息公开条例第三十三条, 办理人自定."""
    article = rule.article or ""
    return RULE_SOURCE_NAMES[rule.source] + (f"第 {article} 条" if article.isdecimal() else article)


def clock_countdown(clock: ClockRow) -> str:
    """The countdown of a clock: what is left of the limit while it is paused; '' once closed."""
    if clock.state == "paused":
        return "" if clock.left is None else f"余 {clock.left} {DAY_KIND_NAMES[clock.rule.day_kind]}"
    if clock.countdown is None:
        return ""
    if is_minimum(clock.rule) and clock.countdown.days <= 0:
        return "今天期满" if clock.countdown.days == 0 else f"已满 {-clock.countdown.days} 天"
    return countdown_words(clock.countdown)


def clock_due(clock: ClockRow) -> str:
    """2027-01-08（约） where the limit was counted through a year without a schedule; '' while it is paused."""
    if clock.due is None:
        return ""
    return clock.due.isoformat() + ("（约）" if _is_estimate(clock.rule, clock.due, clock.countdown) else "")


def _is_estimate(rule: ClockRuleRow, due: date, left: Countdown | None) -> bool:
    """Whether the due day itself may move: not where only the days since it lie in a year without a schedule."""
    if left is None or not left.estimated or (rule.day_kind == "calendar" and is_minimum(rule)):
        return False
    today = due - timedelta(days=left.days)
    return today.year <= due.year


def judged(clock: ClockRow) -> str:
    """按期, 逾期, or 不足 of a minimum that was cut short; while it runs only an overdue one says so."""
    if clock.late is not None:
        if not clock.late:
            return "按期"
        return NOT_ENOUGH if is_minimum(clock.rule) else LATE
    return LATE if clock.countdown is not None and clock.countdown.overdue else ""


def pause_words(pause: Pause) -> str:
    """2026-03-02 至 2026-03-09：征求第三方意见; one after which the limit runs again from the start says so."""
    span = f"{pause.start.isoformat()} 至 {pause.end.isoformat()}" if pause.end else f"{pause.start.isoformat()} 起"
    return f"{span}{'（之后重新起算）' if pause.anew else ''}：{pause.reason}"


def extension_words(extension: Extension, rule: ClockRuleRow) -> str:
    """2026-03-02 延长 10 个工作日：情况复杂."""
    days = f"{extension.days} {DAY_KIND_NAMES[rule.day_kind]}"
    return f"{extension.on.isoformat()} 延长 {days}：{extension.reason}"


def stage_words(stage: StageDay) -> str:
    """申请登记 2026-03-02."""
    return f"{STAGE_NAMES[stage.stage]} {stage.on.isoformat()}"


def report_due(report: ReportRow, year: int) -> str:
    """The day by which it is handed in, and whether that is a reading of another year's date."""
    day = report.due.isoformat() if report.due else ""
    is_waiting = report.shift is not None and report.shift.waits
    shifted = shift_words(report.shift, year, report.quote, is_waiting=is_waiting)
    return "；".join(part for part in (day, shifted) if part)


def report_state(report: ReportRow) -> str:
    """已报, 未报, 未报，逾期 3 天."""
    if report.handed_in_on is not None:
        after = report.due is not None and report.handed_in_on > report.due
        return f"已报，{LATE} {(report.handed_in_on - report.due).days} 天" if after and report.due else "已报"
    if report.countdown is None:
        return "未报"
    return f"未报，{countdown_words(report.countdown)}"
