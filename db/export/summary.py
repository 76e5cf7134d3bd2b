"""What stands beside the table: the figures and what the notice asks of everybody, as small tables.

Used by the sheet 汇总 of .xlsx and by .md. The parts that a ledger does not have are left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from db.export.columns import number, section_name
from db.export.counted_words import quota_words
from db.export.heading import rate_words
from db.export.text import file_text
from db.export.timed_words import countdown_words, limit_words, report_due
from db.rules.assigned import NOBODY_NAMED
from db.rules.completeness import GAP_KINDS, gaps
from db.rules.rows import EntryRow, LedgerSheet, ReportRow
from db.rules.shift import waits
from db.rules.words import RULE_KIND_NAMES

Cell = str | int
REPORTS: Final = "报送要求"
QUOTAS: Final = "数量指标"


@dataclass(frozen=True, slots=True)
class Block:
    """One small table. spans: over how many of the six columns of the sheet each of its columns goes."""

    title: str
    header: tuple[str, ...]
    spans: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """The entries of one 工作任务."""

    total: int
    done: int
    overdue: int


def blocks(sheet: LedgerSheet) -> tuple[Block, ...]:
    made = [make(sheet) for make in _BLOCKS]
    return tuple(replace(block, rows=safe_rows(block.rows)) for block in made if block.rows)


def safe_rows(rows: Iterable[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows with every text as it may stand in a file."""
    # What is printable is safe (db.export.text); asked here, as it is nearly all of a ledger.
    return tuple(
        tuple([cell if isinstance(cell, int) or cell.isprintable() else file_text(cell) for cell in row])
        for row in rows
    )


def figures(sheet: LedgerSheet) -> str:
    """The head figures as a sentence."""
    made = sheet.summary
    rate = rate_words(made.done, made.total)
    return (
        f"应办 {made.total} 项，已办结 {made.done} 项，办结率 {rate}，逾期 {made.overdue} 项，"
        f"7 天内到期 {made.due_within_7_days} 项，常态化 {made.standing} 项。"
    )


def _totals(sheet: LedgerSheet) -> Block:
    made, entries = sheet.summary, sheet.entries
    rows: list[tuple[Cell, ...]] = [
        ("应办事项", made.total),
        ("已办结", made.done),
        ("办结率", rate_words(made.done, made.total)),
        ("逾期", made.overdue),
        ("7 天内到期", made.due_within_7_days),
        ("常态化（全年）", made.standing),
        ("待确认（含在应办内）", sum(entry.applicability == "possible" and entry.counted for entry in entries)),
        ("自增（含在应办内）", sum(entry.own and entry.counted for entry in entries)),
        ("不适用（不计入应办）", sum(entry.status == "not_applicable" for entry in entries)),
    ]
    rows += _counted_totals(sheet)
    return Block("总体情况", ("指标", "数"), (1, 1), tuple(rows))


def _counted_totals(sheet: LedgerSheet) -> Iterator[tuple[Cell, ...]]:
    """The figures of what is counted and timed; of the quotas those of periods that are over or already enough."""
    quotas = [*sheet.unit_quotas, *(quota for entry in sheet.entries if entry.counted for quota in entry.quotas)]
    # A unit's quota in the whole bureau's ledger, a rate of nothing: not judged at all.
    judged = [quota for quota in quotas if quota.met or (quota.met is False and quota.period_end < sheet.today)]
    yield "公开记录（条）", len(sheet.publications)
    if sheet.evidence:
        yield "佐证材料（份）", len(sheet.evidence)
        done = [entry for entry in sheet.entries if entry.counted and entry.status == "done"]
        yield "已办结事项附有佐证材料", f"{sum(entry.evidence > 0 for entry in done)}/{len(done)}"
    if judged:
        yield "数量指标达到（期，已到期或已达到的）", f"{sum(quota.met is True for quota in judged)}/{len(judged)}"
    if sheet.clocks:
        yield "计时中（含已暂停）", sum(clock.state != "closed" for clock in sheet.clocks)
    if sheet.reports:
        yield "已报送（项）", f"{sum(report.handed_in_on is not None for report in sheet.reports)}/{len(sheet.reports)}"


def shift_line(sheet: LedgerSheet) -> str:
    """That the notice is another year's, and how many of its dates wait for the clerk's word; '' in its own year."""
    ledger = sheet.ledger
    if ledger.notice_year == ledger.year:
        return ""
    waiting = sum(map(waits, sheet.entries))
    waiting += sum(report.shift is not None and report.shift.waits for report in sheet.reports)
    said = f"年度换算：{ledger.notice_year}年通知，各项日期按{ledger.year}年换算"
    return said + (f"，其中 {waiting} 项待核对。" if waiting else "。")


def sections(sheet: LedgerSheet) -> dict[str, SectionFigures]:
    """The figures of each 工作任务 over the entries that count, in the ledger's order."""
    groups: dict[str, list[EntryRow]] = {}
    for entry in sheet.entries:
        if entry.counted:
            groups.setdefault(section_name(entry), []).append(entry)
    return {
        name: SectionFigures(
            len(entries),
            sum(entry.status == "done" for entry in entries),
            sum(entry.countdown is not None and entry.countdown.overdue for entry in entries),
        )
        for name, entries in groups.items()
    }


def _sections(sheet: LedgerSheet) -> Block:
    rows = tuple(
        (name, each.total, each.done, each.overdue, rate_words(each.done, each.total))
        for name, each in sections(sheet).items()
    )
    return Block("按工作任务统计", ("工作任务", "应办", "已办结", "逾期", "办结率"), (1, 1, 1, 1, 1), rows)


def _pressing(sheet: LedgerSheet) -> Block:
    found = [
        (section_name(entry), number(entry), due.isoformat(), countdown_words(countdown), entry.requirement)
        for entry in sheet.entries
        if (due := entry.deadline.effective) and (countdown := entry.countdown) and countdown.days <= 7
    ]
    rows = tuple(sorted(found, key=lambda row: row[2]))
    header = ("工作任务", "序号", "到期日", "倒计时", "具体要求")
    return Block("逾期和 7 天内到期", header, (1, 1, 1, 2, 1), rows)


def _gaps(sheet: LedgerSheet) -> Block:
    """What is still to be mended, as the self-check counts it."""
    found = Counter(gap.kind for gap in gaps(sheet))
    return Block("自查", ("待补", "处"), (1, 1), tuple((name, found[kind]) for kind, name in GAP_KINDS if found[kind]))


def _reports(sheet: LedgerSheet) -> Block:
    def row(report: ReportRow) -> tuple[Cell, ...]:
        attached = f"（附：{'、'.join(report.attachments)}）" if report.attachments else ""
        return report.what + attached, report.to, report_due(report, sheet.ledger.year), report.quote

    rows = tuple(row(report) for report in sheet.reports)
    return Block(REPORTS, ("报送什么", "报送给", "时限", "依据原文"), (1, 2, 1, 2), rows)


def _quotas(sheet: LedgerSheet) -> Block:
    found = [("各责任单位", quota) for quota in sheet.unit_quotas]
    found += [(f"序号 {number(entry)}", quota) for entry in sheet.entries for quota in entry.quotas]
    rows = dict.fromkeys((whose, quota_words(quota), quota.quote) for whose, quota in found)
    return Block(QUOTAS, ("适用", "指标", "依据原文"), (1, 2, 3), tuple(rows))


def _clock_rules(sheet: LedgerSheet) -> Block:
    rows = tuple((rule.trigger, limit_words(rule), rule.action, rule.quote) for rule in sheet.clock_rules)
    return Block("时限规则", ("何时起算", "时限", "办什么", "依据原文"), (1, 2, 2, 1), rows)


def _rules(sheet: LedgerSheet) -> Block:
    rows = tuple((RULE_KIND_NAMES.get(rule.kind, rule.kind), rule.text) for rule in sheet.rules)
    return Block("通用要求", ("类别", "原文"), (1, 5), rows)


def _explanations(sheet: LedgerSheet) -> Block:
    nobody = any(entry.reached_by == NOBODY_NAMED for entry in sheet.entries)
    return Block("说明", ("标记", "含义"), (1, 5), (*_MARKS[:1], _NOBODY_MARK, *_MARKS[1:]) if nobody else _MARKS)


_MARKS: Final[tuple[tuple[str, str], ...]] = (
    ("待确认", "通知用“相关”“有关”等统称，或原表该栏空白沿用上栏，是否属于本单位尚待办理人确认；确认前计入应办。"),
    ("自增", "通知没有、由办理人增加的事项（例如领导交办），来源写在“工作任务”栏。"),
    ("调整时限", "办理人另定的到期日，附理由；“完成时限”栏仍是通知原文，“到期日”栏按调整后的日期。"),
    ("按…年换算", "通知是另一年度的，日期按台账年度换算，文字仍照原文；“待核对”的由办理人核对确认。"),
    ("无可计", "该期没有可以计数的公开记录或事项，不判断是否达到。"),
    ("约", "计算的工作日跨入了放假安排尚未公布的年份，该部分按周一至周五计，为约数。"),
    ("不适用", "办理人说明原因后不计入应办，也不计逾期。"),
    ("备注", "“备注”栏只载通知自己的备注（“正文：”表示出自通知正文）；办理人所写在“工作做法及成效”栏。"),
)
_NOBODY_MARK: Final = (NOBODY_NAMED, "通知没有写明该项由谁负责，是否属于本单位待办理人确认；确认前计入应办。")
_BLOCKS: Final[Sequence[Callable[[LedgerSheet], Block]]] = (
    _totals,
    _sections,
    _pressing,
    _gaps,
    _reports,
    _quotas,
    _clock_rules,
    _rules,
    _explanations,
)
