"""Clocks and reports in the draft 工作总结: figures, what became of each, and how a clock is called there.

The draft goes further than the register: neither applicants nor third parties are named in it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from db.export.timed_words import judged, limit_words
from db.export.work_summary_words import Line, bodies, counted_off, day
from db.rules.clocks import is_minimum
from db.rules.rows import ClockRow, ClockRuleRow, LedgerSheet, ReportRow
from db.rules.words import DAY_KIND_NAMES

_STATE_WORDS: Final = {"closed": "办结", "running": "正在办理", "paused": "暂停"}
# 政府信息公开条例 chapter 4 (articles 27 to 45): 依申请公开.
_ON_APPLICATION: Final = re.compile("二十[七八九]|三十|四十|2[7-9]|3[0-9]|4[0-5]")


def unnamed(clocks: Iterable[ClockRow]) -> frozenset[int]:
    """The ids of the clocks whose subject may name somebody and is not told.

    They are the applications, what 条例 counts for one (补正, 征求第三方意见), and each clock of an entry that has one.
    """
    rows = tuple(clocks)
    found = {clock.id: clock for clock in rows if clock.is_application or _is_on_application(clock.rule)}
    entries = {clock.entry for clock in found.values() if clock.entry is not None}
    return frozenset([*found, *(clock.id for clock in rows if clock.entry in entries)])


def clock_name(clock: ClockRow, year: int, hidden: frozenset[int]) -> str:
    """“某办法征求意见”; one that is not named by its day: 11月2日起的政府信息公开申请."""
    if clock.id not in hidden:
        return f"“{clock.subject}”"
    return _bare_name(clock, year) + ("" if clock.is_application else f"（{clock.rule.trigger}）")


def clock_figures(clocks: Sequence[ClockRow]) -> Iterator[str]:
    """Applications by state, then the other clocks; nothing where there are none."""
    applications = [clock for clock in clocks if clock.is_application]
    others = [clock for clock in clocks if not clock.is_application]
    if applications:
        yield f"登记政府信息公开申请{len(applications)}件：{_by_state(applications, '件')}。"
    if others:
        yield f"{'其他' if applications else ''}有办理时限的工作{len(others)}项：{_by_state(others, '项')}。"


def timed(sheet: LedgerSheet) -> Iterator[Line]:
    """Every clock in the figures; what became of those that belong to no entry told here."""
    yield from (Line("body", said) for said in clock_figures(sheet.clocks))
    known, hidden = {entry.id for entry in sheet.entries}, unnamed(sheet.clocks)
    for clock in sheet.clocks:
        if clock.entry not in known:
            yield from told_clock(clock, sheet.ledger.year, hidden)


def timed_name(clocks: Iterable[ClockRow]) -> str:
    """What the part is called by what is in it."""
    kinds = {clock.is_application for clock in clocks}
    return "依申请公开和限时办理" if len(kinds) > 1 else "依申请公开" if True in kinds else "限时办理"


def reported(sheet: LedgerSheet) -> Iterator[Line]:
    """Each report with its day, what the clerk remarked, and where one that the clerk added comes from."""
    year, rows = sheet.ledger.year, sheet.reports
    said = [f"{report.what}，{_report_due(report, year)}，{_handed_in(report, year)}。" for report in rows]
    heads = counted_off(said)
    for report, head in zip(rows, heads, strict=True):
        remark = f"备注：{report.remark}" if report.remark else ""
        yield from bodies([head, remark, f"依据：{report.quote}" if report.source != "notice" else ""])


def _report_due(report: ReportRow, year: int) -> str:
    return f"应于{day(report.due, year)}前报{report.to}" if report.due else f"应报{report.to}"


def _handed_in(report: ReportRow, year: int) -> str:
    if report.handed_in_on is None:
        return "尚未报出"
    late = (report.handed_in_on - report.due).days if report.due else 0
    return f"{day(report.handed_in_on, year)}报出" + (f"，逾期{late}天" if late > 0 else "")


def told_clock(clock: ClockRow, year: int, hidden: frozenset[int]) -> Iterator[Line]:
    """What became of it. The words of the clerk stand at the ends of the sentences, as they were written."""
    state = _STATE_WORDS[clock.state]
    if clock.closed_on:
        word = judged(clock)
        state = f"{day(clock.closed_on, year)}办结" + (f"（{word}）" if word else "")
    is_hidden = clock.id in hidden
    named = _bare_name(clock, year) if is_hidden else clock_name(clock, year, hidden)
    started = "" if is_hidden else f"{day(clock.start, year)}起，"
    result = f"，结果：{clock.outcome}" if clock.outcome else "。"
    head = f"{named}{_rule(clock)}：{started}"
    # Of one that is paused the pause says it.
    is_said = clock.state == "paused" and bool(clock.pauses) and not clock.outcome
    said = [] if is_said else [f"{head}{state}{result}"]
    for pause in clock.pauses:
        until = f"至{day(pause.end, year)}" if pause.end else "起"
        anew = "，之后重新起算" if pause.anew else ""
        said.append(f"{day(pause.start, year)}{until}暂停{anew}，原因：{pause.reason}")
    if is_said:
        said[0] = head + said[0]
    for extension in clock.extensions:
        days = f"{extension.days}{DAY_KIND_NAMES[clock.rule.day_kind]}"
        said.append(f"{day(extension.on, year)}延长{days}，原因：{extension.reason}")
    if clock.rule.source == "office":
        said.append(f"时限依据：{clock.rule.quote}")
    yield from bodies(said)


def _bare_name(clock: ClockRow, year: int) -> str:
    return f"{day(clock.start, year)}起的{'政府信息公开申请' if clock.is_application else '限时办理事项'}"


def _rule(clock: ClockRow) -> str:
    if clock.is_application and clock.rule.source == "statute":
        return ""  # the same 20 workdays for each of them
    limit = limit_words(clock.rule).replace(" ", "")
    after = "后" if is_minimum(clock.rule) and clock.rule.direction == "after" else ""
    return f"（{clock.rule.trigger}，{limit}{after}{clock.rule.action}）"


def _by_state(clocks: Sequence[ClockRow], counter: str) -> str:
    parts = []
    for state in _STATE_WORDS:
        found = [clock for clock in clocks if clock.state == state]
        if found:
            words = Counter(said for clock in found if (said := judged(clock)))
            ends = "、".join(f"{word}{often}{counter}" for word, often in words.items())
            parts.append(f"{_STATE_WORDS[state]}{len(found)}{counter}" + (f"（{ends}）" if ends else ""))
    return "，".join(parts)


def _is_on_application(rule: ClockRuleRow) -> bool:
    return rule.source == "statute" and _ON_APPLICATION.search(rule.article or "") is not None
