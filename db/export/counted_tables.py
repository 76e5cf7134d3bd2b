"""公开记录, 量化指标 with 次数记录, and 周期 as tables."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from db.export.columns import number
from db.export.counted_words import (
    SHORT,
    cycle_words,
    done_words,
    missing_of,
    outcome,
    period_words,
    quota_words,
    target_words,
)
from db.export.part import Head, Part, number_of, numbers
from db.export.summary import Block, Cell
from db.rules.rows import EntryRow, LedgerSheet, OccurrenceRow, QuotaRow
from db.rules.words import OCCURRENCE_STATE_NAMES, STATUS_NAMES, WHOLE_BUREAU

QUOTA_TABLE: Final = "量化指标"
_DAY: Final = 12


def publications(sheet: LedgerSheet) -> Part:
    """公开记录 by day."""
    known = numbers(sheet)
    heads = (
        Head("日期", _DAY, middle=True),
        Head("序号", 15, middle=True),
        Head("标题", 60),
        Head("渠道", 12, middle=True),
        Head("形式", 10, middle=True),
        Head("网址或版面", 60, optional=True),
    )
    rows = tuple(
        (row.day.isoformat(), number_of(known, row.entry), row.title, row.channel, row.form, row.address or "")
        for row in sheet.publications
    )
    return Part("公开记录", heads, rows)


def quotas(sheet: LedgerSheet) -> Part:
    """量化指标: a line for each period of each quota, or for each of its items; the plain counts below."""
    heads = (
        Head("适用", 12),
        Head("指标", 15),
        Head("期间", 22, middle=True),
        Head("起", _DAY, middle=True),
        Head("止", _DAY, middle=True),
        Head("目标", 8, middle=True),
        Head("已完成", 15, middle=True),
        Head("缺", 6, middle=True),
        Head("情况", 10, middle=True),
        Head("依据原文", 50),
    )
    # Over the whole bureau nobody's own are known: its publications name no unit.
    apart = "逐单位计" if sheet.ledger.unit == WHOLE_BUREAU else None
    rows = [row for quota in sheet.unit_quotas for row in _quota_rows("各责任单位", quota, sheet.today, apart=apart)]
    for entry in sheet.entries:
        whose = f"序号 {number(entry)}"
        for quota in entry.quotas:
            rows += _quota_rows(whose, quota, sheet.today, applies=entry.counted)
    return Part(QUOTA_TABLE, heads, tuple(rows), state="情况", late=(SHORT,), below=(_counts(sheet),))


def _quota_rows(
    whose: str, quota: QuotaRow, today: date, *, applies: bool = True, apart: str | None = None
) -> Iterator[tuple[Cell, ...]]:
    """apart: what is said of every period in place of how far it is."""
    start, end = quota.period_start.isoformat(), quota.period_end.isoformat()
    about = (whose, quota_words(quota))
    target = target_words(quota.target, quota.counter)
    for item in quota.items:
        stands = outcome(item.met, quota.period_end, today, applies=applies)
        named = item.name + (f"（{item.day.isoformat()}）" if item.day else "")
        missing: Cell = missing_of(item, quota.target) if applies else "—"
        yield *about, named, start, end, target, item.tally, missing, stands, quota.quote
    if not quota.items:
        stands = apart or outcome(quota.met, quota.period_end, today, applies=applies)
        done = done_words(quota) if quota.tally is None or quota.part is not None else quota.tally
        missing = "—" if quota.met is None or not applies else quota.missing
        yield *about, period_words(quota), start, end, target, done, missing, stands, quota.quote


def _counts(sheet: LedgerSheet) -> Block:
    known = numbers(sheet)
    items = {item.id: item.name for entry in sheet.entries for quota in entry.quotas for item in quota.items}
    rows = tuple(
        (number_of(known, row.entry), items.get(row.item or 0, ""), row.day.isoformat(), row.number, row.what or "")
        for row in sorted(sheet.counts, key=lambda row: (row.day, row.id))
    )
    return Block("次数记录", ("序号", "事项", "日期", "次数", "内容"), (1, 2, 1, 1, 5), rows)


def occurrences(sheet: LedgerSheet) -> Part:
    """周期: each period of each recurring entry."""
    heads = (
        Head("序号", 15, middle=True),
        Head("周期", 10, middle=True),
        Head("起", _DAY, middle=True),
        Head("止", _DAY, middle=True),
        Head("情况", 10, middle=True),
        Head("办结日期", _DAY, middle=True, optional=True),
        Head("办理情况", 50, optional=True),
        Head("具体要求", 60),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            number(entry),
            cycle_words(entry.occurrences),
            row.start.isoformat(),
            row.end.isoformat(),
            _occurrence_state(entry, row),
            row.done_on.isoformat() if row.done_on else "",
            row.what_was_done or "",
            entry.requirement,
        )
        for entry in sheet.entries
        for row in entry.occurrences
    )
    return Part("周期", heads, rows, state="情况", late=(OCCURRENCE_STATE_NAMES["missed"],))


def _occurrence_state(entry: EntryRow, row: OccurrenceRow) -> str:
    """已办 and 已达到 stand; what is open of an entry that does not apply is not 未办."""
    is_open = row.state not in ("done", "met")
    return STATUS_NAMES["not_applicable"] if is_open and not entry.counted else OCCURRENCE_STATE_NAMES[row.state]
