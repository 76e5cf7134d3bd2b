"""A ledger in which something was published, counted, timed and handed in: what the further tables show."""

from dataclasses import replace
from datetime import date
from typing import Final

from db.rules.rows import (
    ClockRow,
    ClockRuleRow,
    Countdown,
    CountRow,
    Extension,
    ItemTally,
    LedgerSheet,
    OccurrenceRow,
    Pause,
    PublicationRow,
    QuotaRow,
    ReportRow,
    Shift,
    StageDay,
)
from tests.db.export.conftest import ENTRIES, ENTRY, SHEET, TODAY

MONTHS: Final = ((date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 1), date(2026, 11, 30)))
MONTHLY: Final = QuotaRow(2, "条", "month", 1, *MONTHS[0], False, (), "每月不少于2条")
YEAR: Final = (date(2026, 1, 1), date(2026, 12, 31))
ITEMS: Final = QuotaRow(
    1,
    "次",
    "item",
    2,
    *YEAR,
    False,
    (ItemTally("甲决定", 2, True, 7, date(2026, 5, 6)), ItemTally("乙决定", 0, False, 8)),
    "每项决策不少于1次",
)
RATE: Final = QuotaRow(60, "%", "year", 50, *YEAR, False, (), "不得低于60%", 5, 10)
NO_RATE: Final = replace(RATE, tally=None, met=None, part=0, whole=0)
NO_ITEMS: Final = replace(ITEMS, tally=None, met=None, items=())
COUNTED: Final = (
    MONTHLY,
    replace(MONTHLY, tally=2, period_start=MONTHS[1][0], period_end=MONTHS[1][1], met=True),
    replace(MONTHLY, tally=0, period_start=date(2026, 12, 1), period_end=date(2026, 12, 31)),
    ITEMS,
    RATE,
)
OCCURRENCES: Final = (
    OccurrenceRow(date(2026, 1, 1), date(2026, 3, 31), "done", date(2026, 3, 9), "已更新目录。"),
    OccurrenceRow(date(2026, 4, 1), date(2026, 6, 30), "missed"),
    OccurrenceRow(date(2026, 7, 1), date(2026, 9, 30), "met"),
    OccurrenceRow(date(2026, 10, 1), date(2026, 12, 31), "current"),
)
RULE: Final = ClockRuleRow(
    20,
    "workday",
    "after",
    "max",
    "收到申请",
    "答复",
    "20个工作日内答复",
    None,
    "statute",
    "第三十三条",
    20,
    True,
    "answer",
)
MINIMUM: Final = ClockRuleRow(30, "calendar", "after", "min", "征求意见", "征求意见截止", "一般不少于30天", "2")
RUNNING: Final = ClockRow(
    1,
    None,
    None,
    "张某的申请",
    RULE,
    date(2026, 11, 2),
    (Pause(date(2026, 11, 4), date(2026, 11, 6), False, "征求第三方意见"),),
    (Extension(date(2026, 11, 16), 10, "情况复杂"),),
    (StageDay("registered", date(2026, 11, 2)), StageDay("handling", date(2026, 11, 6))),
    None,
    None,
    "running",
    date(2026, 12, 16),
    Countdown(24, 18, False, False),
    None,
    None,
)
PAUSED: Final = replace(
    RUNNING,
    id=2,
    subject="某公司的申请",
    pauses=(Pause(date(2026, 11, 10), None, True, "待补正"),),
    extensions=(),
    stages=(StageDay("registered", date(2026, 11, 2)),),
    state="paused",
    due=None,
    countdown=None,
    left=14,
)
CLOSED: Final = replace(
    RUNNING,
    id=3,
    subject="李某的申请",
    pauses=(),
    extensions=(),
    closed_on=date(2026, 10, 28),
    outcome="已答复",
    state="closed",
    due=date(2026, 9, 29),
    countdown=None,
    late=True,
)
FULL: Final = replace(
    RUNNING,
    id=4,
    entry=1,
    number="1",
    subject="某办法征求意见",
    rule=MINIMUM,
    pauses=(),
    extensions=(),
    stages=(),
    due=date(2026, 11, 19),
    countdown=Countdown(-3, -2, False, False),
)
PUBLICATIONS: Final = (
    PublicationRow(1, 1, date(2026, 3, 9), "001 号公告", "网站", "https://a.example/001", "文字"),
    PublicationRow(2, None, date(2026, 4, 2), "年度报告", "报纸", None, "其他"),
    PublicationRow(3, 1, date(2026, 5, 2), "图解规划", "公众号", None, "图解"),
    PublicationRow(4, 99, date(2026, 6, 2), "后来标为非本单位的", "网站", None, "文字"),
)
COUNTS: Final = (
    CountRow(2, 3, 7, date(2026, 5, 20), 2, "邀请代表列席"),
    CountRow(1, 1, None, date(2026, 2, 3), 1, None),
)
LEAP: Final = Shift(2021, False, True, False)
PRINTED: Final = Shift(2021, True, False, False)
REPORTS: Final = (
    replace(SHEET.reports[0], handed_in_on=date(2026, 12, 8), remark="已附图片"),
    replace(
        ReportRow("年度报告", "主管部门", date(2027, 1, 31), (), "条例第四十九条", "statute", id=1),
        countdown=Countdown(70, 50, True, False),
    ),
    replace(
        ReportRow("半年小结", "办公室", date(2026, 7, 1), (), "2021年7月1日前报"),
        countdown=Countdown(-144, -99, False, True),
        shift=PRINTED,
    ),
    ReportRow("闰日报表", "办公室", None, (), "2月29日前报", shift=LEAP),
)
WORKED: Final = replace(
    SHEET,
    entries=(
        replace(ENTRIES[0], published=2, occurrences=OCCURRENCES),
        ENTRIES[1],
        replace(ENTRIES[2], quotas=COUNTED),
        *ENTRIES[3:],
    ),
    unit_quotas=(replace(MONTHLY, period="quarter", period_start=date(2026, 7, 1), period_end=date(2026, 9, 30)),),
    publications=PUBLICATIONS,
    counts=COUNTS,
    clocks=(CLOSED, RUNNING, PAUSED, FULL),
    reports=REPORTS,
)
"""Every further table with each of its cases."""


def of_texts(sheet: LedgerSheet, texts: tuple[str, ...]) -> LedgerSheet:
    """The sheet with every text in every place of the further tables that takes text."""
    rules = [replace(RULE, trigger=text, action=text, quote=text, article=text) for text in texts]
    items = tuple(ItemTally(text, 1, False, at, TODAY) for at, text in enumerate(texts, 1))
    first = replace(
        sheet.entries[0] if sheet.entries else ENTRY,
        quotas=(replace(ITEMS, items=items, quote=texts[0]),),
        occurrences=tuple(replace(OCCURRENCES[0], what_was_done=text) for text in texts),
        published=len(texts),
    )
    return replace(
        sheet,
        entries=(first, *sheet.entries[1:]),
        publications=tuple(replace(PUBLICATIONS[0], title=text, address=text) for text in texts),
        counts=tuple(CountRow(at, first.id, at, TODAY, at, text) for at, text in enumerate(texts, 1)),
        clocks=tuple(
            replace(
                RUNNING,
                subject=text,
                number=text,
                rule=rule,
                outcome=text,
                pauses=(replace(RUNNING.pauses[0], reason=text),),
                extensions=(replace(RUNNING.extensions[0], reason=text),),
            )
            for text, rule in zip(texts, rules, strict=True)
        ),
        reports=tuple(
            replace(report, remark=text, handed_in_on=TODAY) for report, text in zip(sheet.reports, texts, strict=True)
        ),
    )
