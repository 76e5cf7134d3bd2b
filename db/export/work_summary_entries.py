"""二、任务落实情况 of the draft 工作总结: by section what was done, in the clerk's own words, and figures."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from db.export.columns import number, section_name
from db.export.package_names import Group, groups, short
from db.export.work_summary_quotas import quota_lines
from db.export.work_summary_words import Line, bare, bodies, called, day, numeral
from db.rules.rows import EntryRow, LedgerSheet, NoteRow, PublicationRow
from db.rules.words import OCCURRENCE_STATE_NAMES, STATUS_NAMES

_TITLE_LIMIT: Final = 60


def sections(sheet: LedgerSheet) -> Iterator[Line]:
    """A heading for each 工作任务, its figures, then each entry with work; the others only by their numbers."""
    found: dict[str, list[EntryRow]] = {}
    for entry in sheet.entries:
        found.setdefault(section_name(entry), []).append(entry)
    if not found:
        yield Line("body", "台账中没有事项。")
    work = _Work(sheet)
    for at, (name, entries) in enumerate(found.items(), start=1):
        yield Line("heading 2", f"（{numeral(at)}）{bare(name)}")
        yield Line("body", _figures(entries))
        worked = [entry for entry in entries if entry.counted and work.of(entry)]
        for turn, entry in enumerate(worked, start=1):
            title = short(entry.requirement, _TITLE_LIMIT)
            yield Line("heading 3", f"{turn}．{title}（序号{number(entry)}，{STATUS_NAMES[entry.status]}）")
            yield from work.of(entry)
        idle = [entry for entry in entries if entry.counted and not work.of(entry)]
        if idle:
            yield Line("body", f"{called(idle)}在台账中没有办理记载。")
        for entry in entries:
            if entry.status == "not_applicable":
                yield Line("body", f"序号{number(entry)}不适用，不计入应办。原因：{entry.reason or '台账未载明'}")


def _figures(entries: list[EntryRow]) -> str:
    counted = [entry for entry in entries if entry.counted]
    done = sum(entry.status == "done" for entry in counted)
    late = sum(entry.countdown is not None and entry.countdown.overdue for entry in counted)
    return f"应办{len(counted)}项，已办结{done}项" + (f"，逾期{late}项。" if late else "。")


class _Work:
    """What the ledger tells of each entry's work; what belongs to an entry is sorted to it once."""

    def __init__(self, sheet: LedgerSheet) -> None:
        self._sheet = sheet
        self._year = sheet.ledger.year
        self._evidence = {group.about.id: group for group in groups(sheet) if isinstance(group.about, EntryRow)}
        self._publications: dict[int, list[PublicationRow]] = {}
        for row in sheet.publications:
            if row.entry is not None:
                self._publications.setdefault(row.entry, []).append(row)
        self._times: dict[int, list[tuple[date, int, str]]] = {}
        for count in sorted(sheet.counts, key=lambda row: (row.day, row.id)):
            self._times.setdefault(count.entry, []).append((count.day, count.number, count.what or ""))
        self._lines = {entry.id: tuple(self._of(entry)) for entry in sheet.entries}

    def of(self, entry: EntryRow) -> tuple[Line, ...]:
        """Its paragraphs; none where the ledger tells of no work."""
        return self._lines[entry.id]

    def _of(self, entry: EntryRow) -> Iterator[Line]:
        if entry.status == "done":
            yield Line("body", f"{day(entry.done_on, self._year) if entry.done_on else '已'}办结。")
        if entry.what_was_done:
            yield from bodies(entry.what_was_done)
        for note in entry.notes:
            yield from bodies(self._note(note))
        yield from self._occurrences(entry)
        published = self._publications.get(entry.id, [])
        if published:
            yield Line("body", publication_words(published, self._year))
        yield from self._counts(entry)
        # A quota of which nothing is done yet is no work; what it lacks stands below, among what is open.
        if any(quota.tally for quota in entry.quotas):
            said = "。".join(quota_lines(entry.quotas, self._sheet.today))
            yield from bodies(f"数量指标，{said}。" if said else "")
        if entry.id in self._evidence:
            yield Line("body", evidence_words(self._evidence[entry.id]))

    def _note(self, note: NoteRow) -> str:
        return f"{day(date.fromisoformat(note.at[:10]), self._year)}：{note.text}"

    def _occurrences(self, entry: EntryRow) -> Iterator[Line]:
        for row in entry.occurrences:
            if row.state in ("done", "met"):
                span = f"{day(row.start, self._year)}至{day(row.end, self._year)}"
                on = f"（{day(row.done_on, self._year)}）" if row.done_on else ""
                said = f"：{row.what_was_done}" if row.what_was_done else "。"
                yield from bodies(f"{span}一期{OCCURRENCE_STATE_NAMES[row.state]}{on}{said}")

    def _counts(self, entry: EntryRow) -> Iterator[Line]:
        times = self._times.get(entry.id, [])
        if times:
            each = "；".join(
                f"{day(on, self._year)}{often}次" + (f"（{what}）" if what else "") for on, often, what in times
            )
            yield Line("body", f"记次数共{sum(often for _, often, _ in times)}次：{each}。")


def evidence_words(group: Group) -> str:
    """佐证材料3份：文件2个，在“佐证材料/01 …”；网页链接1条，见目录。"""
    paths = [placed.path for placed in group.items if placed.path is not None]
    links = len(group.items) - len(paths)
    parts = [f"文件{len(paths)}个，在“{paths[0].rpartition('/')[0]}”"] if paths else []
    parts += [f"网页链接{links}条，见目录"] if links else []
    return f"佐证材料{len(group.items)}份：{'；'.join(parts)}。"


def publication_words(rows: list[PublicationRow], year: int) -> str:
    """公开2条：3月9日在网站公开“…”（文字，地址）；…。"""
    each = (
        f"{day(row.day, year)}，{row.channel}，“{row.title}”（{row.form}{f'，{row.address}' if row.address else ''}）"
        for row in rows
    )
    return f"公开{len(rows)}条：{'；'.join(each)}。"
