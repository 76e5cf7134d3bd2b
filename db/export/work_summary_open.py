"""五、存在问题 and 六、下一步 of the draft 工作总结: what the ledger shows to be late, short, bare or still open."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from db.export.columns import number
from db.export.package_names import short
from db.export.timed_words import LATE, NOT_ENOUGH, clock_due, judged
from db.export.work_summary_quotas import lack, lacking
from db.export.work_summary_words import Line, called, day, days_words, listed
from db.rules.clocks import is_minimum
from db.rules.rows import ClockRow, EntryRow, LedgerSheet
from db.rules.shift import waits

_SHORT: Final = 40


def problems(sheet: LedgerSheet) -> Iterator[Line]:
    """Each kind of problem as one numbered paragraph of facts."""
    found = [text for text in (*_of_entries(sheet), *_of_figures(sheet), *_of_times(sheet)) if text]
    if not found:
        yield Line("body", "台账中没有逾期、未达到的数量指标、漏办的周期或缺少记载和佐证的已办结事项。")
    for at, text in enumerate(found, start=1):
        yield Line("body", f"{at}．{text}")


def _of_entries(sheet: LedgerSheet) -> Iterator[str]:
    year, counted = sheet.ledger.year, [entry for entry in sheet.entries if entry.counted]
    late = [entry for entry in counted if entry.countdown is not None and entry.countdown.overdue]
    if late:
        yield f"逾期未办结{len(late)}项：" + listed(f"序号{number(entry)}（{_due(entry, year)}）" for entry in late)
    missed = [(entry, row) for entry in counted for row in entry.occurrences if row.state == "missed"]
    if missed:
        each = (f"序号{number(entry)}（{day(row.start, year)}至{day(row.end, year)}）" for entry, row in missed)
        yield f"周期性事项漏办{len(missed)}期：" + listed(each)
    done = [entry for entry in counted if entry.status == "done"]
    bare = [entry for entry in done if not entry.evidence]
    if bare:
        yield f"已办结而没有佐证材料的{len(bare)}项：{called(bare)}。"
    silent = [entry for entry in done if not entry.notes and not entry.what_was_done]
    if silent:
        yield f"已办结而没有记载办理情况的{len(silent)}项：{called(silent)}。"
    possible = [entry for entry in counted if entry.applicability == "possible"]
    if possible:
        yield f"是否属于本单位尚待确认的{len(possible)}项：{called(possible)}。"
    shifted = [entry for entry in counted if waits(entry)]
    if shifted:
        yield f"按{year}年换算的日期尚待核对的{len(shifted)}项：{called(shifted)}。"


def _of_figures(sheet: LedgerSheet) -> Iterator[str]:
    found = [(whose, quota) for whose, quota in lacking(sheet) if quota.period_end < sheet.today]
    if found:
        yield f"数量指标未达到{len(found)}期：" + listed(f"{whose}{lack(quota)}" for whose, quota in found)


def _of_times(sheet: LedgerSheet) -> Iterator[str]:
    year = sheet.ledger.year
    late = [(clock, judged(clock)) for clock in sheet.clocks if judged(clock) in (LATE, NOT_ENOUGH)]
    if late:
        yield f"计时逾期或不足期限的{len(late)}项：" + listed(
            f"{_subject(clock, year)}（{word}）" for clock, word in late
        )
    after = [report for report in sheet.reports if report.due and (report.handed_in_on or sheet.today) > report.due]
    if after:
        each = (
            f"{report.what}（应于{day(report.due, year)}前报{report.to}，"
            + (f"{day(report.handed_in_on, year)}报出）" if report.handed_in_on else "尚未报出）")
            for report in after
            if report.due
        )
        yield f"逾期报送{len(after)}项：" + listed(each)


def to_come(sheet: LedgerSheet) -> Iterator[Line]:
    """What is open, by its date: entries, quotas of the period that runs, reports, clocks."""
    year = sheet.ledger.year
    waiting = [entry for entry in sheet.entries if entry.counted and entry.status != "done"]
    dated = sorted((due, at) for at, entry in enumerate(waiting) if (due := entry.deadline.effective))
    undated = [entry for entry in waiting if entry.deadline.effective is None]
    found = [
        f"序号{number(waiting[at])}，{short(waiting[at].requirement, _SHORT)}：{_due(waiting[at], year)}"
        for _, at in dated
    ]
    found += [f"序号{number(entry)}，{short(entry.requirement, _SHORT)}：{_undated(entry)}" for entry in undated]
    found += [
        f"{whose}的数量指标（{lack(quota)}）：{day(quota.period_end, year)}前"
        for whose, quota in lacking(sheet)
        if quota.period_start <= sheet.today <= quota.period_end
    ]
    found += [
        f"报送{report.what}（报{report.to}）：{_end(report.due, sheet)}"
        for report in sheet.reports
        if not report.handed_in_on
    ]
    found += [
        f"{_subject(clock, year)}：{_clock_end(clock, year)}" for clock in sheet.clocks if clock.state != "closed"
    ]
    if not found:
        yield Line("body", "台账中没有待办事项。")
    for at, text in enumerate(found, start=1):
        yield Line("body", f"{at}．{text}。")


def _subject(clock: ClockRow, year: int) -> str:
    """What a clock is about. An application only by its day: the summary goes further than the register of names."""
    if clock.is_application:
        return f"{day(clock.start, year)}起算的政府信息公开申请"
    return f"计时“{clock.subject}”"


def _clock_end(clock: ClockRow, year: int) -> str:
    if clock.due is None or clock.countdown is None:
        return "已暂停"
    due = day(clock.due, year) + ("（约）" if clock_due(clock).endswith("（约）") else "")
    if is_minimum(clock.rule):
        return f"{due}期满"
    return f"{due}到期，{days_words(clock.countdown.days)}"


def _due(entry: EntryRow, year: int) -> str:
    due = entry.deadline.effective
    left = f"，{days_words(entry.countdown.days)}" if entry.countdown is not None else ""
    adjusted = "（办理人调整）" if entry.deadline.adjusted else ""
    return f"{day(due, year)}到期{adjusted}{left}" if due else _undated(entry)


def _undated(entry: EntryRow) -> str:
    return f"时限为“{entry.deadline.text}”" if entry.deadline.text else "未写明时限"


def _end(due: date | None, sheet: LedgerSheet) -> str:
    if due is None:
        return "日期待核对"
    return f"{day(due, sheet.ledger.year)}到期，{days_words((due - sheet.today).days)}"
