"""二、任务落实情况 of the draft 工作总结: by section what was done, in the clerk's own words, and figures."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from db.export.columns import number, own_source, section_name
from db.export.work_summary_counted import counted
from db.export.work_summary_timed import told_clock, unnamed
from db.export.work_summary_titles import title
from db.export.work_summary_words import Line, bare, bodies, counted_off, day, numeral
from db.rules.rows import ClockRow, CountRow, EntryRow, LedgerSheet, NoteRow, PublicationRow
from db.rules.words import STATUS_NAMES

TITLE_LIMIT: Final = 60
_OWN: Final = "自行增加的任务"


def sections(sheet: LedgerSheet) -> Iterator[Line]:
    """A heading for each 工作任务, its figures, then each entry of which there is something to tell.

    Those that do not apply with their reason and what was done all the same.
    """
    found: dict[str, list[EntryRow]] = {}
    for entry in sheet.entries:
        found.setdefault(section_name(entry) if entry.section or not entry.own else _OWN, []).append(entry)
    work = Work(sheet)
    for at, (name, entries) in enumerate(found.items(), start=1):
        yield Line("heading 2", f"（{numeral(at)}）{bare(name)}" if len(found) > 1 else bare(name))
        if any(entry.counted for entry in entries):
            yield Line("body", _figures(entries))
        told = [entry for entry in entries if entry.counted and (work.of(entry) or work.about(entry))]
        names = counted_off([f"{title(entry.requirement, TITLE_LIMIT)}{_state(entry, work)}" for entry in told])
        for entry, named in zip(told, names, strict=True):
            yield Line("heading 3", named)
            yield from work.about(entry)
            yield from work.of(entry)
        for entry in entries:
            if not entry.counted:
                yield from _aside(entry, work)


def idle(sheet: LedgerSheet) -> list[EntryRow]:
    """The entries of which the ledger tells no work."""
    work, kept = Work(sheet), {row.of_entry for row in sheet.evidence}
    return [entry for entry in sheet.entries if entry.counted and not work.of(entry) and entry.id not in kept]


def publication_words(rows: list[PublicationRow], year: int) -> str:
    """公开信息2条：3月9日“…”（网站，文字，地址）；…."""
    each = (
        f"{day(row.day, year)}“{row.title}”（{row.channel}，{row.form}{f'，{row.address}' if row.address else ''}）"
        for row in rows
    )
    return f"公开信息{len(rows)}条：{'；'.join(each)}。"


def _state(entry: EntryRow, work: "Work") -> str:
    """（序号2，11月25日办结）; 未开始 is not said where work is told below."""
    if entry.status == "done":
        # Where nothing else is told the paragraph below says it.
        said = f"，{done_words(entry, work.year)}" if work.has_words(entry) else ""
    else:
        said = "" if entry.status == "not_started" and work.of(entry) else f"，{STATUS_NAMES[entry.status]}"
    return f"（序号{number(entry)}{said}）"


def done_words(entry: EntryRow, year: int) -> str:
    """11月25日办结."""
    return f"{day(entry.done_on, year) if entry.done_on else '已'}办结"


def _aside(entry: EntryRow, work: "Work") -> Iterator[Line]:
    name = title(entry.requirement, TITLE_LIMIT)
    reason = f"，原因：{entry.reason}" if entry.reason else ""
    yield from bodies([f"序号{number(entry)}（{name}）不适用，不计入应办事项{reason}"])
    lines = (*work.about(entry), *work.of(entry))
    if lines:
        yield Line("body", f"序号{number(entry)}已开展的工作：")
        yield from lines


def _figures(entries: list[EntryRow]) -> str:
    rows = [entry for entry in entries if entry.counted]
    done = sum(entry.status == "done" for entry in rows)
    late = sum(entry.countdown is not None and entry.countdown.overdue for entry in rows)
    return (
        f"应办事项{len(rows)}项，"
        + (f"已办结{done}项" if done else "尚未办结")
        + (f"，逾期{late}项。" if late else "。")
    )


class Work:
    """What the ledger tells of each entry's work; what belongs to an entry is sorted to it once."""

    def __init__(self, sheet: LedgerSheet) -> None:
        self._today = sheet.today
        self.year = sheet.ledger.year
        self._publications: dict[int, list[PublicationRow]] = {}
        for row in sheet.publications:
            if row.entry is not None:
                self._publications.setdefault(row.entry, []).append(row)
        self._counts: dict[int, list[CountRow]] = {}
        for count in sheet.counts:
            self._counts.setdefault(count.entry, []).append(count)
        self._hidden = unnamed(sheet.clocks)
        self._clocks: dict[int, list[ClockRow]] = {}
        for clock in sheet.clocks:
            if clock.entry is not None:
                self._clocks.setdefault(clock.entry, []).append(clock)
        self._words = {entry.id: tuple(self._of(entry)) for entry in sheet.entries}

    def of(self, entry: EntryRow) -> tuple[Line, ...]:
        """Its paragraphs; none where the ledger tells of no work."""
        if entry.status == "done" and not self.has_words(entry):
            return (Line("body", f"{done_words(entry, self.year)}。"),)
        return self._words[entry.id]

    def has_words(self, entry: EntryRow) -> bool:
        """Whether more is told than that it is done."""
        return bool(self._words[entry.id])

    def about(self, entry: EntryRow) -> tuple[Line, ...]:
        """What the clerk has said of it that is no work: an own task with its source, why a date was adjusted."""
        return tuple(bodies(self._about(entry)))

    def _about(self, entry: EntryRow) -> Iterator[str]:
        if entry.own:
            if title(entry.requirement, TITLE_LIMIT) != entry.requirement.removesuffix("。"):
                yield f"任务内容：{entry.requirement}"
            if own_source(entry):
                yield f"任务来源：{own_source(entry)}"
        adjusted = entry.deadline.adjusted
        if adjusted:
            yield f"完成时限调整为{day(adjusted.due, self.year)}，理由：{adjusted.reason}"

    def _of(self, entry: EntryRow) -> Iterator[Line]:
        notes = sorted(entry.notes, key=lambda note: (note.at, note.id))
        yield from bodies([entry.what_was_done or "", *map(self._note, notes)])
        yield from bodies(counted(entry, self._counts.get(entry.id, []), self._today, self.year))
        published = self._publications.get(entry.id, [])
        if published:
            yield Line("body", publication_words(published, self.year))
        for clock in self._clocks.get(entry.id, []):
            yield from told_clock(clock, self.year, self._hidden)

    def _note(self, note: NoteRow) -> str:
        return f"{day(date.fromisoformat(note.at[:10]), self.year)}，{note.text}"


def unlisted(entries: Iterable[EntryRow], rows: Iterable[PublicationRow]) -> list[PublicationRow]:
    """What was published under an entry that turned out not to be the unit's."""
    known = {entry.id for entry in entries}
    return [row for row in rows if row.entry is not None and row.entry not in known]
