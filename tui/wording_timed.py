"""The sentences of what has a time: clocks, their rules, reports; and of a publication."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from db.rules.clock_words import pause_words as pause_words
from db.rules.clocks import is_minimum
from db.rules.rows import ClockRow, ClockRuleRow, ReportRow
from db.rules.words import DAY_KIND_NAMES, RULE_SOURCE_NAMES, STAGE_NAMES
from tui.wording import clock_words, days_words

if TYPE_CHECKING:
    from db.rules.publications import NewPublication
    from db.rules.rows import PublicationRow

_WEEKDAYS: Final = "一二三四五六日"
ABOUT: Final = "约"


def dated(day: date) -> str:
    """2026-12-10 星期四."""
    return f"{day.isoformat()} 星期{_WEEKDAYS[day.weekday()]}"


def span_words(rule: ClockRuleRow) -> str:
    """20 个工作日, 30 天."""
    return f"{rule.days} {DAY_KIND_NAMES[rule.day_kind]}"


# Rules


def source_words(rule: ClockRuleRow) -> str:
    """通知第 5 项, 《政府信息公开条例》第三十三条, 办理人自定; a clock keeps no row of the notice: 通知."""
    if rule.article:
        return f"《{RULE_SOURCE_NAMES['statute']}》{article_words(rule.article)}"
    if rule.source == "notice":
        return f"通知第 {rule.task} 项" if rule.task else "通知"
    return RULE_SOURCE_NAMES[rule.source]


def article_words(article: str) -> str:
    """第 33 条; what already says 条 stays."""
    return article if "条" in article else f"第 {article} 条"


def rule_words(rule: ClockRuleRow) -> str:
    """The rule in a sentence, with what may be added to it."""
    more = f"，经同意最多再延长 {rule.may_extend} {DAY_KIND_NAMES[rule.day_kind]}" if rule.may_extend else ""
    return clock_words(rule) + more


def start_label(rule: ClockRuleRow) -> str:
    """What the start day of such a clock is."""
    return "活动日期" if rule.direction == "before" else "起算日"


def due_preview(rule: ClockRuleRow, due: date, *, estimated: bool, today: date) -> str:
    """到期 2026-12-10 星期四，20 个工作日（约）; what is over by now says so."""
    about = f"（{ABOUT}）" if estimated else ""
    if is_minimum(rule):
        full = "已满" if due <= today else "那天起才可以截止"
        return f"满 {span_words(rule)}是 {dated(due)}，{full}{about}"
    gone = "，已经过了" if due < today else ""
    if rule.direction == "before":
        return f"最迟 {dated(due)}，提前 {span_words(rule)}{about}{gone}"
    return f"到期 {dated(due)}，{span_words(rule)}{about}{gone}"


# Clocks


def clock_countdown(clock: ClockRow) -> str:
    """剩 3 天 · 3 个工作日; 已暂停，剩 12 个工作日; 逾期 2 天; 还差 5 天满 30 天; 已满，可以截止; 已了结 11-20."""
    if clock.closed_on is not None:
        return f"已了结 {clock.closed_on:%m-%d}{_late_words(clock)}"
    if clock.state == "paused":
        return "，".join(filter(None, ("已暂停", pending_words(clock))))
    if clock.countdown is None:
        return "没有到期日"
    return _until_full(clock) if is_minimum(clock.rule) else days_words(clock.countdown)


def clock_state_words(clock: ClockRow) -> str:
    """答复，已了结 12-04; 申请登记，已暂停，剩 20 个工作日: the stage of an application, then the countdown."""
    return "，".join(filter(None, (stage_words(clock), clock_countdown(clock))))


def pending_words(clock: ClockRow) -> str:
    """What a paused clock will count when it goes on: 剩 12 个工作日; 收到补正后重新起算 20 个工作日."""
    kind = DAY_KIND_NAMES[clock.rule.day_kind]
    if begins_anew(clock):
        return f"收到补正后重新起算 {_limit(clock)} {kind}"
    return "" if clock.left is None else f"剩 {clock.left} {kind}"


def begins_anew(clock: ClockRow) -> bool:
    """Whether the pause that lasts is one after which all days are counted again."""
    return any(pause.end is None and pause.anew for pause in clock.pauses)


def extension_left(clock: ClockRow) -> int | None:
    """How many days may still be added, None where the rule sets no limit to that."""
    allowed = clock.rule.may_extend
    return None if allowed is None else max(allowed - _extended(clock), 0)


def why_not_extended(clock: ClockRow) -> str:
    """Why nothing can be added to the limit; '' where something can."""
    kind = DAY_KIND_NAMES[clock.rule.day_kind]
    if extension_left(clock) == 0:
        return f"最多延长 {clock.rule.may_extend} {kind}，已经延长 {_extended(clock)} {kind}，不能再延长了。"
    if clock.rule.source == "statute" and clock.rule.may_extend is None:
        return f"{source_words(clock.rule)}没有说这一期限可以延长；中间有不计的日子，按 F5 暂停。"
    return ""


def _extended(clock: ClockRow) -> int:
    return sum(extension.days for extension in clock.extensions)


def _limit(clock: ClockRow) -> int:
    return clock.rule.days + _extended(clock)


def _until_full(clock: ClockRow) -> str:
    if clock.countdown is None or clock.countdown.days <= 0:
        return "已满，可以截止"
    kind = clock.rule.day_kind
    left = clock.countdown.workdays if kind == "workday" else clock.countdown.days
    about = ABOUT if clock.countdown.estimated and kind == "workday" else ""
    return f"还差{about} {left} {DAY_KIND_NAMES[kind]}满 {_limit(clock)} {DAY_KIND_NAMES[kind]}"


def _late_words(clock: ClockRow) -> str:
    if not clock.late:
        return ""
    return "，不足期限" if is_minimum(clock.rule) else "，超过期限"


def clock_due_words(clock: ClockRow) -> str:
    """What stands beside 到期 in the clock's text."""
    if clock.due is None:
        return f"{pending_words(clock)}，那时再定" if begins_anew(clock) else "暂停期间不计，恢复后再定"
    about = f"（{ABOUT}：期间有尚未公布放假安排的年份）" if clock.countdown and clock.countdown.estimated else ""
    which = "，最早可以截止的一天" if is_minimum(clock.rule) else ""
    return f"{dated(clock.due)}{which}{about}"


def stage_words(clock: ClockRow) -> str:
    """Where the application is now: 办理; '' for a clock that is none."""
    return STAGE_NAMES[clock.stages[-1].stage] if clock.stages else ""


# Reports


def report_countdown(report: ReportRow) -> str:
    """已报送 12-05, 剩 3 天 · 3 个工作日, 逾期 2 天, 今天到期; 没有这一天 where the notice's day does not exist."""
    if report.handed_in_on is not None:
        return f"已报送 {report.handed_in_on:%m-%d}"
    if report.countdown is not None:
        return days_words(report.countdown)
    return "这一年没有这一天" if report.due is None else ""


def report_due(report: ReportRow) -> str:
    """2026-12-06 星期日; with the shift where the plan is taken for another year."""
    words = dated(report.due) if report.due else "通知写的这一天今年没有"
    if report.shift is not None:
        words += f"（由 {report.shift.notice_year} 年的通知换算）"
    return words


# Publications


def publication_brief(publication: NewPublication | PublicationRow) -> str:
    """One line: day, title, channel, form, address."""
    address = f"，{publication.address}" if publication.address else ""
    return f"{publication.day.isoformat()}「{publication.title}」{publication.channel}，{publication.form}{address}"


def outside_words(day: date, year: int | None) -> str:
    """不在 2026 年内，不计入本年指标; '' for a day of the ledger's year, and where that is not known."""
    return "" if year is None or day.year == year else f"不在 {year} 年内，不计入本年指标"
