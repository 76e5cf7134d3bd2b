"""一、总体情况, 三、公开数量与形式 and the figures of the clocks as sentences: what every official document says."""

from collections import Counter
from collections.abc import Iterator

from db.export.heading import rate_words
from db.export.work_summary_counted import count_words
from db.export.work_summary_entries import publication_words, unlisted
from db.export.work_summary_quotas import bare_quota, quota_lines
from db.export.work_summary_timed import clock_figures
from db.export.work_summary_words import Line
from db.rules.rows import LedgerSheet
from db.rules.sizes import size_words
from db.rules.words import CHANNELS, FORMS, WHOLE_BUREAU


def standing(sheet: LedgerSheet) -> Iterator[Line]:
    """How many tasks there are and how far they are."""
    made, entries, today = sheet.summary, [entry for entry in sheet.entries if entry.counted], sheet.today
    moving = sum(entry.status == "in_progress" for entry in entries)
    idle = sum(entry.status == "not_started" for entry in entries)
    parts = [f"已办结{made.done}项" + (f"（办结率{rate_words(made.done, made.total)}）" if made.total else "")]
    parts += [f"推进中{moving}项"] if moving else []
    parts += [f"未开始{idle}项"] if idle else []
    late = f"；其中逾期{made.overdue}项" if made.overdue else ""
    yield Line(
        "body",
        f"截至{today.year}年{today.month}月{today.day}日，应办事项{made.total}项，{'，'.join(parts)}{late}。"
        + (f"全年常态化任务{made.standing}项。" if made.standing else ""),
    )
    own = sum(entry.own for entry in entries)
    aside = sum(entry.status == "not_applicable" for entry in sheet.entries)
    further = [f"应办事项中自行增加的{own}项" if own else "", f"另有{aside}项不适用，不计入应办事项" if aside else ""]
    if any(further):
        yield Line("body", "，".join(part for part in further if part) + "。")


def overall(sheet: LedgerSheet) -> Iterator[Line]:
    """The same for the ledger itself: with what is not settled yet and what is kept."""
    yield from standing(sheet)
    possible = sum(entry.applicability == "possible" for entry in sheet.entries if entry.counted)
    if possible:
        yield Line("body", f"应办事项中待确认是否属于本单位的{possible}项。")
    yield Line("body", f"公开信息{len(sheet.publications)}条。{kept(sheet)}")


def kept(sheet: LedgerSheet) -> str:
    """收存佐证材料7份：文件6个（4.3 MB），网页链接1条。"""
    if not sheet.evidence:
        return "没有佐证材料。"
    files = [row.size or 0 for row in sheet.evidence if not row.is_link]
    links = len(sheet.evidence) - len(files)
    parts = [f"文件{len(files)}个（{size_words(sum(files))}）" if files else "", f"网页链接{links}条" if links else ""]
    return f"收存佐证材料{len(sheet.evidence)}份：{'，'.join(part for part in parts if part)}。"


def spread(sheet: LedgerSheet) -> Iterator[Line]:
    """How much was published, where and in which form; what belongs to no task; the quotas of the unit."""
    rows = sheet.publications
    if rows:
        by_channel = Counter(row.channel for row in rows)
        by_form = Counter(row.form for row in rows)
        channels = "、".join(f"{name}{by_channel[name]}条" for name in CHANNELS if by_channel[name])
        forms = "、".join(f"{name}{by_form[name]}条" for name in FORMS if by_form[name])
        yield Line("body", f"共公开信息{len(rows)}条。按渠道分，{channels}；按形式分，{forms}。")
    of_unit = [row for row in rows if row.entry is None]
    if of_unit:
        yield Line("body", "不属于单项任务的" + publication_words(of_unit, sheet.ledger.year))
    if sheet.ledger.unit != WHOLE_BUREAU:
        for said in quota_lines(sheet.unit_quotas, sheet.today):
            yield Line("body", f"按责任单位计，{said}。")


def published(sheet: LedgerSheet) -> Iterator[Line]:
    """The same for the ledger itself: with what is not shown among its tasks."""
    if not sheet.publications:
        yield Line("body", "没有公开记录。")
    yield from spread(sheet)
    yield from (Line("body", said) for said in apart(sheet))


def apart(sheet: LedgerSheet) -> Iterator[str]:
    """What the clerk should know of these figures: what counts in them below no task, which quotas do not."""
    known = {entry.id for entry in sheet.entries}
    year, where = sheet.ledger.year, "后来标为非本单位的事项之下有"
    rows = unlisted(sheet.entries, sheet.publications)
    if rows:
        yield where + publication_words(rows, year)
    counts = [row for row in sheet.counts if row.entry not in known]
    if counts:
        yield f"{where}记次数：{count_words(counts, year)}。"
    if sheet.ledger.unit == WHOLE_BUREAU and sheet.unit_quotas:
        names = "、".join(dict.fromkeys(map(bare_quota, sheet.unit_quotas)))
        yield f"对各责任单位的数量指标（{names}）逐单位计，不在此汇总。"


def timed(sheet: LedgerSheet) -> Iterator[Line]:
    """Applications by state, then the other clocks; nothing where none was ever started."""
    return (Line("body", said) for said in clock_figures(sheet.clocks))
