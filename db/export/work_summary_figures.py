"""一、总体情况, 三、公开数量与形式, 四、依申请公开和计时 of the draft 工作总结: the figures as sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from db.export.package_names import OF_UNIT, groups
from db.export.timed_words import judged
from db.export.work_summary_entries import evidence_words, publication_words
from db.export.work_summary_quotas import bare_quota, quota_lines
from db.export.work_summary_words import Line
from db.rules.rows import ClockRow, LedgerSheet
from db.rules.sizes import size_words
from db.rules.words import CHANNELS, FORMS, WHOLE_BUREAU

_STATES: Final = (("closed", "已了结"), ("running", "计时中"), ("paused", "已暂停"))


def overall(sheet: LedgerSheet) -> Iterator[Line]:
    """What the ledger counts, in three sentences."""
    made, entries = sheet.summary, [entry for entry in sheet.entries if entry.counted]
    rate = f"，办结率{made.done / made.total:.1%}" if made.total else ""
    moving = sum(entry.status == "in_progress" for entry in entries)
    idle = sum(entry.status == "not_started" for entry in entries)
    today = sheet.today
    yield Line(
        "body",
        f"截至{today.year}年{today.month}月{today.day}日，台账应办事项{made.total}项，已办结{made.done}项{rate}；"
        f"推进中{moving}项，未开始{idle}项；逾期{made.overdue}项，7天内到期{made.due_within_7_days}项，"
        f"常态化（全年）事项{made.standing}项。",
    )
    possible = sum(entry.applicability == "possible" for entry in entries)
    own = sum(entry.own for entry in entries)
    aside = sum(entry.status == "not_applicable" for entry in sheet.entries)
    parts = [
        f"应办事项中待确认是否属于本单位的{possible}项" if possible else "",
        f"办理人自增的{own}项" if own else "",
        f"另有{aside}项说明原因后不适用，不计入应办" if aside else "",
    ]
    if any(parts):
        yield Line("body", "，".join(part for part in parts if part) + "。")
    yield Line("body", _kept(sheet))


def _kept(sheet: LedgerSheet) -> str:
    files = [row.size or 0 for row in sheet.evidence if not row.is_link]
    links = len(sheet.evidence) - len(files)
    parts = [f"文件{len(files)}个（{size_words(sum(files))}）" if files else "", f"网页链接{links}条" if links else ""]
    kept = f"收存佐证材料{len(sheet.evidence)}份：{'，'.join(part for part in parts if part)}。"
    return f"台账记载公开信息{len(sheet.publications)}条，" + (kept if sheet.evidence else "没有佐证材料。")


def published(sheet: LedgerSheet) -> Iterator[Line]:
    """How much was published, where and in which form; what belongs to no task; the quotas of the unit."""
    rows = sheet.publications
    if rows:
        by_channel = Counter(row.channel for row in rows)
        by_form = Counter(row.form for row in rows)
        channels = "、".join(f"{name}{by_channel[name]}条" for name in CHANNELS if by_channel[name])
        forms = "、".join(f"{name}{by_form[name]}条" for name in FORMS if by_form[name])
        yield Line("body", f"公开信息{len(rows)}条。按渠道：{channels}。按形式：{forms}。")
    else:
        yield Line("body", "台账中没有公开记录。")
    known = {entry.id for entry in sheet.entries}
    not_ours = sum(row.entry is not None and row.entry not in known for row in rows)
    if not_ours:
        yield Line("body", f"上列公开信息中，{not_ours}条记在后来标为非本单位的事项之下。")
    of_unit = [row for row in rows if row.entry is None]
    if of_unit:
        yield Line("body", "不属于单项任务的" + publication_words(of_unit, sheet.ledger.year))
    for group in groups(sheet):
        if group.about == OF_UNIT:
            yield Line("body", "不属于单项任务的" + evidence_words(group))
    if sheet.ledger.unit == WHOLE_BUREAU and sheet.unit_quotas:
        names = "、".join(dict.fromkeys(map(bare_quota, sheet.unit_quotas)))
        yield Line("body", f"对各责任单位的数量指标（{names}）逐单位计，不在此汇总。")
    else:
        for said in quota_lines(sheet.unit_quotas, sheet.today):
            yield Line("body", f"对责任单位的数量指标，{said}。")


def timed(sheet: LedgerSheet) -> Iterator[Line]:
    """Applications by state, then the other clocks; nothing where none was ever started."""
    applications = [clock for clock in sheet.clocks if clock.is_application]
    others = [clock for clock in sheet.clocks if not clock.is_application]
    if applications:
        yield Line("body", f"登记政府信息公开申请{len(applications)}件：{_by_state(applications, '件')}。")
    if others:
        yield Line("body", f"{'其他' if applications else ''}计时{len(others)}项：{_by_state(others, '项')}。")


def _by_state(clocks: Sequence[ClockRow], counter: str) -> str:
    parts = []
    for state, name in _STATES:
        found = [clock for clock in clocks if clock.state == state]
        if found:
            words = Counter(said for clock in found if (said := judged(clock)))
            ends = "、".join(f"{word}{often}{counter}" for word, often in words.items())
            parts.append(f"{name}{len(found)}{counter}" + (f"（{ends}）" if ends else ""))
    return "，".join(parts)
