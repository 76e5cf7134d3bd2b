"""What the official document says in words: what was published and attached, clocks, reports, what the marks mean."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from db.export.counted_words import cycle_words
from db.export.shift_words import shift_words
from db.export.timed_words import (
    clock_countdown,
    clock_due,
    extension_words,
    judged,
    pause_words,
    report_due,
    report_state,
    rule_words,
    source_words,
    stage_words,
)
from db.rules.assigned import NOBODY_NAMED
from db.rules.rows import (
    ClockRow,
    CountRow,
    EntryRow,
    EvidenceRow,
    LedgerSheet,
    OccurrenceRow,
    PublicationRow,
    ReportRow,
)
from db.rules.shift import waits
from db.rules.sizes import size_words
from db.rules.words import CLOCK_STATE_NAMES, OCCURRENCE_STATE_NAMES, RULE_SOURCE_NAMES, STATUS_NAMES

NOBODY_MARK: Final = f"待确认（{NOBODY_NAMED}）：通知没有写明该项由谁负责，是否属于本单位尚待确认；确认前计入应办。"


def occurrence_lines(entry: EntryRow) -> Iterator[str]:
    """The periods that have begun: what was done in them a line each, of the others which they are (未办：1月、2月)."""
    begun = [row for row in entry.occurrences if row.state != "coming"]
    if not begun:
        return
    cycle = cycle_words(entry.occurrences)
    yield f"周期（{cycle}）：" if cycle else "周期："
    others: dict[str, list[str]] = {}
    for row in begun:
        is_open = row.state not in ("done", "met")
        state = STATUS_NAMES["not_applicable"] if is_open and not entry.counted else OCCURRENCE_STATE_NAMES[row.state]
        named = _occurrence_name(row, cycle)
        if row.done_on or row.what_was_done:
            day = f"（{row.done_on.isoformat()}）" if row.done_on else ""
            yield f"{named} {state}{day}" + (f"：{row.what_was_done}" if row.what_was_done else "")
        else:
            others.setdefault(state, []).append(named)
    yield from (f"{state}：{'、'.join(names)}" for state, names in others.items())


def _occurrence_name(row: OccurrenceRow, cycle: str) -> str:
    month = row.start.month
    if cycle == "每月":
        return f"{month}月"
    if cycle == "每季度":
        return f"第{(month + 2) // 3}季度"
    return f"{row.start.isoformat()} 至 {row.end.isoformat()}"


def publication_lines(rows: Sequence[PublicationRow]) -> Iterator[str]:
    """公开记录 2 条： and a line for each."""
    if rows:
        yield f"公开记录 {len(rows)} 条："
    for row in rows:
        where = f"，{row.address}" if row.address else ""
        yield f"{row.day.isoformat()}《{row.title}》（{row.channel}，{row.form}{where}）"


def evidence_lines(rows: Sequence[EvidenceRow], publications: Sequence[PublicationRow]) -> Iterator[str]:
    """佐证材料 2 份： and a line for each: name, caption, day, size or address, the publication it belongs to."""
    if rows:
        yield f"佐证材料 {len(rows)} 份："
    titles = {row.id: row.title for row in publications} if any(row.publication for row in rows) else {}
    for row in rows:
        about = [
            row.caption or "",
            row.day.isoformat() if row.day else "",
            (row.address or "") if row.address != row.name else "",
            "" if row.size is None else size_words(row.size),
            f"属公开记录《{titles[row.publication]}》" if row.publication in titles else "",
        ]
        said = "，".join(filter(None, about))
        yield f"{row.name}（{said}）" if said else row.name


def clock_line(clock: ClockRow) -> str:
    """A clock with everything that happened to it."""
    days = (f"自 {clock.start.isoformat()} 起算", f"到期日 {clock_due(clock)}" if clock.due else "")
    state = "，".join(filter(None, (CLOCK_STATE_NAMES[clock.state], clock_countdown(clock), judged(clock))))
    closed = f"{clock.closed_on.isoformat()} 了结" if clock.closed_on else ""
    parts = [
        f"{clock.subject}（{f'序号 {clock.number}，' if clock.number else ''}{rule_words(clock.rule)}）",
        *filter(None, days),
        state,
        "，".join(filter(None, (closed, clock.outcome or ""))),
        *(f"暂停：{pause_words(pause)}" for pause in clock.pauses),
        *(extension_words(extension, clock.rule) for extension in clock.extensions),
        f"进度：{'、'.join(map(stage_words, clock.stages))}" if clock.stages else "",
        f"依据{source_words(clock.rule)}",
    ]
    return _sentence(parts)


def report_line(report: ReportRow, year: int) -> str:
    """A report: what, to whom, by when, and whether it was handed in."""
    attached = f"（附：{'、'.join(report.attachments)}）" if report.attachments else ""
    handed = f"（{report.handed_in_on.isoformat()}）" if report.handed_in_on else ""
    parts = [
        f"{report.what}{attached}，报{report.to}",
        f"时限 {due}" if (due := report_due(report, year)) else "",
        f"{report_state(report)}{handed}",
        report.remark or "",
        f"依据{RULE_SOURCE_NAMES[report.source]}：{report.quote}",
    ]
    return _sentence(parts)


def count_lines(rows: Sequence[CountRow], items: Mapping[int, str]) -> Iterator[str]:
    """次数记录 by day: what was counted where nothing was published. items: names by id."""
    if rows:
        yield "次数记录："
    for row in sorted(rows, key=lambda row: (row.day, row.id)):
        item = f" {items[row.item]}" if row.item is not None and row.item in items else ""
        what = f"：{row.what}" if row.what else ""
        yield f"{row.day.isoformat()}{item} {row.number} 次{what}"


def marks(sheet: LedgerSheet) -> Iterator[str]:
    """What the marks in the table mean: those that it uses."""
    entries = sheet.entries
    if any(entry.applicability == "possible" and entry.reached_by != NOBODY_NAMED for entry in entries):
        yield "待确认：通知用“相关”“有关”等统称，或原表该栏空白沿用上栏，是否属于本单位尚待确认；确认前计入应办。"
    if any(entry.reached_by == NOBODY_NAMED and entry.applicability == "possible" for entry in entries):
        yield NOBODY_MARK
    if any(entry.own for entry in entries):
        yield "自增：通知没有、由办理人增加的事项，来源随事项列出。"
    if any(entry.deadline.adjusted for entry in entries):
        yield "调整时限：办理人另定的到期日，附理由；完成时限仍照通知原文，到期日按调整后的日期。"
    if any(shift_words(entry.deadline.shift, 0, "", is_waiting=waits(entry)) for entry in entries):
        yield "按年度换算：通知是另一年度的，日期按台账年度换算，文字仍照原文；“待核对”的尚由办理人核对确认。"
    if any(entry.status == "not_applicable" for entry in entries):
        yield "不适用：说明原因后不计入应办，也不计逾期。"
    if any(entry.remark_source == "body" for entry in entries):
        yield "备注中“正文：”后为通知正文的要求。"
    if any(entry.units_from == "above" for entry in entries):
        yield "责任分工“原表空白”的，所列单位为按上栏沿用，未经通知写明。"
    if any(entry.units_from == "clerk" for entry in entries):
        yield "责任分工“办理人补正”的，所列单位由办理人核对通知时确定，未经通知写明。"


def _sentence(parts: Sequence[str]) -> str:
    """The parts that say something as one sentence; what ends as one already gets no second 。"""
    said = [part if part.endswith("\n") else part.removesuffix("。") for part in parts if part]
    return "；".join(said) + "。"
