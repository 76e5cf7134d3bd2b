"""What was counted for one entry, as sentences: its quotas, the counts they are made of and its periods, each once."""

from collections.abc import Iterable, Iterator
from datetime import date

from db.export.text import file_text
from db.export.work_summary_quotas import quota_lines
from db.export.work_summary_words import day, span
from db.rules.rows import CountRow, EntryRow, ItemTally, OccurrenceRow, QuotaRow
from db.rules.words import TIMES


def counted(entry: EntryRow, counts: Iterable[CountRow], today: date, year: int) -> Iterator[str]:
    """全年应不少于1次，实际1次（11月10日，更新数据集），达到要求; then the clerk's words of a period, other counts."""
    left = {row.id: row for row in sorted(counts, key=lambda row: (row.day, row.id))}
    days = {row.day for row in left.values()}

    def told(quota: QuotaRow, item: ItemTally | None) -> str:
        """The counts, where they are all that the figure is made of; each is told once."""
        rows = [row for row in left.values() if _belongs(row, quota, item)]
        tally = item.tally if item else quota.tally
        if not rows or sum(row.number for row in rows) != tally:
            return ""
        for row in rows:
            del left[row.id]
        if len(rows) == 1:
            return f"（{day(rows[0].day, year)}{f'，{_said(rows[0])}' if _said(rows[0]) else ''}）"
        return f"（{'；'.join(_time(row, year) for row in rows)}）"

    # A quota of which nothing is done yet is no work, unless the clerk has registered its items; what it lacks
    # stands among what is open.
    quotas = entry.quotas if any(quota.tally or quota.items for quota in entry.quotas) else ()
    yield from quota_lines(quotas, today, applies=entry.counted, told=told)
    reached = {(quota.period_start, quota.period_end) for quota in quotas if quota.met and quota.period != "item"}
    for row in entry.occurrences:
        if row.state in ("done", "met") or row.what_was_done:
            yield _occurrence(row, year, is_told=entry.counted and (row.start, row.end) in reached, days=days)
    if left:
        yield count_words(left.values(), year)


def count_words(rows: Iterable[CountRow], year: int) -> str:
    """累计3次：2月3日1次；5月20日2次（邀请代表列席）."""
    times = sorted(rows, key=lambda row: (row.day, row.id))
    each = "；".join(_time(row, year) for row in times)
    return f"累计{sum(row.number for row in times)}次：{each}"


def _belongs(row: CountRow, quota: QuotaRow, item: ItemTally | None) -> bool:
    if item is not None:
        return row.item == item.id
    return quota.counter == TIMES and quota.period_start <= row.day <= quota.period_end


def _time(row: CountRow, year: int) -> str:
    said = _said(row)
    return f"{day(row.day, year)}{row.number}次" + (f"（{said}）" if said else "")


def _said(row: CountRow) -> str:
    return file_text(row.what or "").strip().removesuffix("。")


def _occurrence(row: OccurrenceRow, year: int, *, is_told: bool, days: set[date]) -> str:
    """What a period's quota has not said of it: is_told, that it was reached; days, when something was counted."""
    words = file_text(row.what_was_done or "").strip()
    on = day(row.done_on, year) if row.done_on else ""
    name = span(row.start, row.end, year)
    if is_told and name != "全年" and words:
        return f"{name}{f'（{on}办理）' if on else ''}：{words}"
    if is_told:
        # The day again only where it is another one.
        if not words:
            return "" if not on or row.done_on in days else f"{on}办理"
        return words if not on or row.done_on in days else f"{on}，{words}"
    state = "达到要求" if row.state == "met" else f"已于{on}办理" if on else "已办理" if row.state == "done" else ""
    return f"{name}{state}：{words}" if words else f"{name}{state}"
