"""存在问题 and 下一步 of the draft 工作总结: what is late or short, and what is still open, by its date."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from db.export.columns import number
from db.export.timed_words import LATE, NOT_ENOUGH, clock_due, judged
from db.export.work_summary_quotas import lacking, lacks
from db.export.work_summary_timed import clock_name, unnamed
from db.export.work_summary_titles import title
from db.export.work_summary_words import Line, called, counted_off, day, listed, span
from db.rules.clocks import is_minimum
from db.rules.rows import EntryRow, LedgerSheet, ReportRow

_SHORT: Final = 40


def problems(sheet: LedgerSheet) -> Iterator[Line]:
    """Each kind of problem as one paragraph of facts; nothing where there are none."""
    found = [*_of_entries(sheet), *_of_figures(sheet), *_of_times(sheet)]
    yield from (Line("body", text) for text in counted_off(found))


def _of_entries(sheet: LedgerSheet) -> Iterator[str]:
    year, rows = sheet.ledger.year, [entry for entry in sheet.entries if entry.counted]
    late = [entry for entry in rows if entry.countdown is not None and entry.countdown.overdue]
    if late:
        yield f"逾期未办结{len(late)}项：{called(late)}。"
    # A period of which a quota falls short is told there.
    missed = [
        (entry, row)
        for entry in rows
        for row in entry.occurrences
        if row.state == "missed"
        and not any(
            quota.missing and (quota.period_start, quota.period_end) == (row.start, row.end) for quota in entry.quotas
        )
    ]
    if missed:
        each = (f"序号{number(entry)}，{span(row.start, row.end, year)}" for entry, row in missed)
        yield f"周期性任务漏办{len(missed)}期：" + listed(each)


def _of_figures(sheet: LedgerSheet) -> Iterator[str]:
    found = [(whose, quota) for whose, quota in lacking(sheet) if quota.period_end < sheet.today]
    if found:
        yield f"数量未达到要求{len(found)}期：" + listed(lacks(found))


def _of_times(sheet: LedgerSheet) -> Iterator[str]:
    year, hidden = sheet.ledger.year, unnamed(sheet.clocks)
    late = [(clock, judged(clock)) for clock in sheet.clocks if judged(clock) in (LATE, NOT_ENOUGH)]
    if late:
        yield f"办理逾期或不足期限{len(late)}项：" + listed(
            f"{clock_name(clock, year, hidden)}（{word}）" for clock, word in late
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


class _Open(NamedTuple):
    """Something to be done: by when, what is said of the time, what it is."""

    due: date
    when: str
    what: str


def to_come(sheet: LedgerSheet) -> Iterator[Line]:
    """What is open, a sentence for each date: what is overdue first, what has no date last; nothing for nothing."""
    year, today = sheet.ledger.year, sheet.today
    found = sorted(_dated(sheet), key=lambda one: one.due)
    said = []
    late = [one for one in found if one.due < today]
    if late:
        said.append(
            f"逾期未完成{len(late)}项：" + listed(f"{one.what}（应于{day(one.due, year)}前完成）" for one in late)
        )
    groups: dict[str, list[str]] = {}
    for one in found:
        if one.due >= today:
            groups.setdefault(f"{one.when}完成", []).append(one.what)
    for when, what in _undated(sheet):
        groups.setdefault(when, []).append(what)
    said += [f"{when}{len(whats)}项：{listed(whats)}" for when, whats in groups.items()]
    yield from (Line("body", text) for text in counted_off(said))


def _dated(sheet: LedgerSheet) -> Iterator[_Open]:
    year, hidden = sheet.ledger.year, unnamed(sheet.clocks)
    for entry in _waiting(sheet):
        due = entry.deadline.effective
        if due:
            yield _Open(due, f"{day(due, year)}前", _called(entry))
    running = [(whose, quota) for whose, quota in lacking(sheet) if quota.period_start <= sheet.today]
    for end in sorted({quota.period_end for _, quota in running if quota.period_end >= sheet.today}):
        for said in lacks((whose, quota) for whose, quota in running if quota.period_end == end):
            yield _Open(end, f"{day(end, year)}前", said)
    for report in sheet.reports:
        if report.due and not report.handed_in_on:
            yield _Open(report.due, f"{day(report.due, year)}前", _report(report))
    for clock in sheet.clocks:
        # A minimum is no deadline.
        if clock.state == "running" and clock.due and not is_minimum(clock.rule):
            about = "（约）" if clock_due(clock).endswith("（约）") else ""
            action = "" if clock.id in hidden else f"（{clock.rule.action}）"
            yield _Open(clock.due, f"{day(clock.due, year)}{about}前", clock_name(clock, year, hidden) + action)


def _undated(sheet: LedgerSheet) -> Iterator[tuple[str, str]]:
    """What is said of the time, and what it is."""
    year, hidden = sheet.ledger.year, unnamed(sheet.clocks)
    for entry in _waiting(sheet):
        if entry.deadline.effective is None:
            text = " ".join((entry.deadline.text or "").split())
            yield f"时限为“{text}”的" if text else "未定时限的", _called(entry)
    for report in sheet.reports:
        if not report.due and not report.handed_in_on:
            yield "未定时限的", _report(report)
    for clock in sheet.clocks:
        name = clock_name(clock, year, hidden)
        if clock.state == "paused":
            yield "暂停计算时限的", name
        elif clock.state == "running" and clock.due and is_minimum(clock.rule):
            yield "有最短期限的", f"{name}（{day(clock.due, year)}期满）"
        elif clock.state == "running" and not clock.due:
            yield "未定时限的", name


def _waiting(sheet: LedgerSheet) -> list[EntryRow]:
    return [entry for entry in sheet.entries if entry.counted and entry.status != "done"]


def _called(entry: EntryRow) -> str:
    return f"序号{number(entry)}，{title(entry.requirement, _SHORT)}"


def _report(report: ReportRow) -> str:
    return f"向{report.to}报送{report.what}"
