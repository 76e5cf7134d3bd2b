"""The sentences in which the clerk reads an entry: countdown, role, deadline, status, quota."""

from datetime import date
from typing import Final

from db.rules.assigned import NOBODY_NAMED
from db.rules.rows import ClockRuleRow, Countdown, DeadlineRow, EntryRow, LedgerRow, NoticeRow, QuotaRow
from db.rules.words import (
    APPLICABILITY_NAMES,
    DAY_KIND_NAMES,
    DEADLINE_KIND_NAMES,
    DEADLINE_SOURCE_NAMES,
    PERIOD_NAMES,
    ROLE_NAMES,
    STATUS_NAMES,
    THROUGH_NAMES,
)

UNSIGNED: Final = "来文未署名"
OWN: Final = "自增"
ADJUSTED: Final = "调整"

_FAILURES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (PermissionError, "没有权限写在那里"),
    (FileNotFoundError, "那里没有这个文件夹"),
    (OSError, "磁盘读写出错"),
    (MemoryError, "内存不够"),
    (ImportError, "程序文件不完整，请重新安装"),
)

_REACHED: Final[dict[str, str]] = {
    "name": "点名本单位",
    "group": "统称包含本单位",
    "related": "写的是相关单位，是否包括本单位要由办理人确认",
    "inherited": "分工栏空白，按沿用上一栏理解，是否如此要由办理人确认",
}
_LEFT_OUT: Final = "通知现在的读法没有列本单位；有办理记录，定为{}"


def failure_words(error: BaseException) -> str:
    """What went wrong, by the kind of error alone: its own text may quote what the clerk wrote."""
    for kind, words in _FAILURES:
        if isinstance(error, kind):
            return words
    return f"程序出错（{type(error).__name__}）"


def agency_words(row: LedgerRow | NoticeRow) -> str:
    return row.agency or UNSIGNED


def countdown_words(entry: EntryRow) -> str:
    """剩 12 天 · 8 个工作日, 今天到期, 逾期 3 天; without a countdown, why there is none."""
    if entry.applicability == "not_ours":
        return APPLICABILITY_NAMES["not_ours"]
    if entry.status == "done":
        return f"已办结 {day_words(entry.done_on, entry.done_on.year)}" if entry.done_on else STATUS_NAMES["done"]
    if entry.status == "not_applicable":
        return STATUS_NAMES["not_applicable"]
    if entry.countdown is not None:
        return days_words(entry.countdown)
    kind = entry.deadline.kind
    return DEADLINE_KIND_NAMES[kind] if kind in ("standing", "recurring") else DEADLINE_KIND_NAMES["none"]


def days_words(countdown: Countdown) -> str:
    """剩 12 天 · 约 8 个工作日, 今天到期, 逾期 3 天; 已满 3 天 where the limit is a minimum that is past.

    A countdown by itself, whatever it belongs to.
    """
    if countdown.days < 0:
        return f"{'逾期' if countdown.overdue else '已满'} {-countdown.days} 天"
    if countdown.days == 0:
        return "今天到期"
    about = "约 " if countdown.estimated else ""
    return f"剩 {countdown.days} 天 · {about}{countdown.workdays} 个工作日"


def countdown_brief(entry: EntryRow) -> str:
    """The same without the workdays, for a narrow column: 剩 12 天."""
    return countdown_words(entry).partition(" · ")[0]


def countdown_note(entry: EntryRow) -> str:
    """What must be said beside an estimated countdown; '' where nothing."""
    if entry.countdown is None or not entry.countdown.estimated:
        return ""
    return "约：期间有尚未公布放假安排的年份，暂按周一至周五估算。"


def role_words(entry: EntryRow) -> str:
    """牵头, 责任 or 配合, with ？ while the clerk has not confirmed it; '' in 全局 and for own tasks."""
    if entry.role is None:
        return ""
    return ROLE_NAMES[entry.role] + ("？" if entry.applicability == "possible" else "")


def status_words(entry: EntryRow) -> str:
    """The status; 待确认 and 非本单位 where the entry is not (yet) the unit's."""
    if entry.applicability == "not_ours" or (entry.applicability == "possible" and entry.status == "not_started"):
        return APPLICABILITY_NAMES[entry.applicability]
    return STATUS_NAMES[entry.status]


def day_words(day: date, year: int | None = None) -> str:
    """2026-03-01, or 03-01 where it lies in `year`."""
    # A slice and not %m-%d, which takes ten times as long: the list says a thousand days before its first frame.
    written = day.isoformat()
    return written[5:] if day.year == year else written


def deadline_words(entry: EntryRow) -> str:
    """The deadline as written, with the clerk's own beside it: 12月3日；调整为 2026-03-01（办理人调整）."""
    deadline = entry.deadline
    written = _written(entry)
    if deadline.adjusted is None:
        return written
    return f"{written}；调整为 {deadline.adjusted.due.isoformat()}（办理人调整）"


def deadline_brief(entry: EntryRow, year: int) -> str:
    """The same for a column of the list: 12月3日, 自增 03-01, 调整 03-01."""
    if entry.deadline.adjusted is not None:
        return f"{ADJUSTED} {day_words(entry.deadline.adjusted.due, year)}"
    if entry.own:
        return f"{OWN} {day_words(entry.deadline.due, year)}" if entry.deadline.due else OWN
    return _written(entry)


def _written(entry: EntryRow) -> str:
    deadline = entry.deadline
    if entry.own:
        return f"{deadline.due.isoformat()}（办理人自增）" if deadline.due else "无时限（办理人自增）"
    return deadline.text or DEADLINE_KIND_NAMES["none"]


def due_words(deadline: DeadlineRow) -> str:
    """How the phrase was read: 2026-12-03（限期），依据：时限栏."""
    due = deadline.due.isoformat() if deadline.due else "没有具体日期"
    return f"{due}（{DEADLINE_KIND_NAMES[deadline.kind]}），依据：{DEADLINE_SOURCE_NAMES[deadline.source]}"


def reach_words(entry: EntryRow) -> str:
    """How the task reaches the unit and, where it only may, why."""
    if entry.own:
        return "办理人自增，不在通知之内"
    if entry.through is None:
        return _LEFT_OUT.format(APPLICABILITY_NAMES[entry.applicability]) if entry.decided else "全局台账：全部任务"
    phrase = f"「{entry.reached_by}」" if entry.reached_by else ""
    words = f"{THROUGH_NAMES[entry.through]}{phrase}：{_REACHED[entry.through]}"
    if entry.reached_by == NOBODY_NAMED:
        words = f"通知{NOBODY_NAMED}，是否由本单位办理要由办理人确认"
    if entry.decided:
        words += f"；办理人已定为{APPLICABILITY_NAMES[entry.applicability]}"
    return words


def quota_words(quota: QuotaRow) -> str:
    """每季度不少于 2 条（2026-01-01 至 2026-03-31）：已完成 1."""
    words = f"{PERIOD_NAMES[quota.period]}不少于 {quota.target}{' ' if quota.counter != '%' else ''}{quota.counter}"
    words += f"（{quota.period_start.isoformat()} 至 {quota.period_end.isoformat()}）"
    if quota.tally is not None:
        words += f"：已完成 {quota.tally}" + ("，达到" if quota.met else "，未达到" if quota.met is not None else "")
    return words


def clock_words(rule: ClockRuleRow) -> str:
    """收到投诉建议：5个工作日内作出首次回复; 开展活动：提前3个工作日备案; 征求意见：不少于30天（征求意见截止）."""
    span = f"{rule.days}{DAY_KIND_NAMES[rule.day_kind]}"
    if rule.direction == "before":
        return f"{rule.trigger}：提前{span}{rule.action}"
    return (
        f"{rule.trigger}：不少于{span}（{rule.action}）"
        if rule.bound == "min"
        else f"{rule.trigger}：{span}内{rule.action}"
    )


def recurrence_words(rule: str) -> str:
    """An RRULE of the readings in words: 每季度, 每月, 每年; anything else stays as it is."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    interval = parts.get("INTERVAL", "1")
    known = {("MONTHLY", "1"): "每月", ("MONTHLY", "3"): "每季度", ("MONTHLY", "6"): "每半年", ("YEARLY", "1"): "每年"}
    known |= {("WEEKLY", "1"): "每周", ("DAILY", "1"): "每天"}
    return known.get((parts.get("FREQ", ""), interval), rule)


def moment_words(at: str) -> str:
    """A stored moment to the minute: 2026-11-22 09:30."""
    return at[:16].replace("T", " ")
