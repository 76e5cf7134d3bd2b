"""自查: what is missing before the ledger is handed in. It is told, nothing is ever refused for it.

What is not judged says nothing: a rate without publications, items that nobody registered, a quota that is not counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from db.rules.order import is_open, matches
from db.rules.rows import ClockRow, Countdown, EntryRow, LedgerSheet, OccurrenceRow, PublicationRow, QuotaRow, ReportRow
from db.rules.shift import waits
from db.rules.value import value

GapKind = Literal[
    "possible",
    "date_waits",
    "overdue",
    "missed_period",
    "quota_short",
    "unit_quota",
    "not_done",
    "no_note",
    "no_evidence",
    "publication_bare",
    "clock",
    "report",
]

GAP_KINDS: Final[tuple[tuple[GapKind, str], ...]] = (
    ("possible", "是否由本单位办理，待确认"),
    ("date_waits", "换算的日期，待核对"),
    ("overdue", "逾期"),
    ("missed_period", "漏办的期次"),
    ("quota_short", "数量不足"),
    ("unit_quota", "本单位数量不足"),
    ("not_done", "未办结"),
    ("no_note", "已办结，没有记事和工作做法"),
    ("no_evidence", "已办结，没有佐证材料"),
    ("publication_bare", "公开记录没有网址，也没有佐证"),
    ("clock", "没有了结的计时"),
    ("report", "还没有报送"),
)
"""Key and Chinese name of each kind, in the order in which to mend: what is ours and by when, then the work, then what
shows it, last the handing in."""

_ORDER: Final[dict[GapKind, int]] = {kind: index for index, (kind, _) in enumerate(GAP_KINDS)}


@value
class Gap:
    """One thing that is missing.

    subject: the requirement, the sentence of a unit's quota, the title of a publication, the clock's subject, what is
    to be reported. entry and number are those of the entry, None of the unit's. countdown: of overdue and not_done,
    where there is a date. quotas: the short periods of one quota; missed: the periods of one entry. publication,
    clock and report are filled for those kinds only.
    """

    kind: GapKind
    subject: str
    entry: int | None = None
    number: str | None = None
    countdown: Countdown | None = None
    quotas: tuple[QuotaRow, ...] = ()
    missed: tuple[OccurrenceRow, ...] = ()
    publication: PublicationRow | None = None
    clock: ClockRow | None = None
    report: ReportRow | None = None


def gaps(sheet: LedgerSheet) -> tuple[Gap, ...]:
    """What is missing in the whole ledger on the sheet's day, by kind, then as the ledger stands.

    Publications count where their entry does, and those of the unit; clocks always: a time limit that runs does not
    end because its entry does not apply.
    """
    counted = {entry.id: entry.number for entry in sheet.entries if entry.counted}
    found = [
        *(gap for entry in sorted(sheet.entries, key=_position) for gap in gaps_of_entry(entry, sheet.today)),
        *(Gap("unit_quota", rows[0].quote, quotas=rows) for rows in _short(sheet.unit_quotas, sheet.today)),
        *_bare_publications(sheet, counted),
        *(_clock_gap(clock) for clock in sorted(sheet.clocks, key=_clock_due) if clock.state != "closed"),
        *(
            Gap("report", report.what, report=report)
            for report in sorted(sheet.reports, key=_report_due)
            if report.handed_in_on is None
        ),
    ]
    # The sort is stable: of one kind the order in which they have been put together stays.
    return tuple(sorted(found, key=lambda gap: _ORDER[gap.kind]))


def gaps_of_entry(entry: EntryRow, today: date) -> tuple[Gap, ...]:
    """What is missing in one entry; nothing where it does not count (neither not_ours nor not_applicable)."""
    return tuple(_gaps_of_entry(entry, today)) if entry.counted else ()


def to_mend(found: Iterable[Gap]) -> tuple[Gap, ...]:
    """Those that stand in the way of handing in: all but the handing in itself."""
    return tuple(gap for gap in found if gap.kind != "report")


def as_settled(entry: EntryRow, what_was_done: str | None) -> EntryRow:
    """The entry as it will be once it is settled with those words, for what it will lack then."""
    return replace(entry, status="done", what_was_done=what_was_done)


def _gaps_of_entry(entry: EntryRow, today: date) -> Iterator[Gap]:
    if entry.applicability == "possible":
        yield _of(entry, "possible")
    if waits(entry):
        yield _of(entry, "date_waits")
    if is_open(entry):
        kind: GapKind = "overdue" if matches(entry, "overdue", today) else "not_done"
        yield replace(_of(entry, kind), countdown=entry.countdown)
    missed = tuple(occurrence for occurrence in entry.occurrences if occurrence.state == "missed")
    if missed:
        yield replace(_of(entry, "missed_period"), missed=missed)
    for rows in _short(entry.quotas, today):
        yield replace(_of(entry, "quota_short"), quotas=rows)
    if entry.status == "done":
        if not entry.notes and not (entry.what_was_done or "").strip():
            yield _of(entry, "no_note")
        if not entry.evidence:
            yield _of(entry, "no_evidence")


def _of(entry: EntryRow, kind: GapKind) -> Gap:
    return Gap(kind, entry.requirement, entry.id, entry.number)


def _short(quotas: Iterable[QuotaRow], today: date) -> Iterator[tuple[QuotaRow, ...]]:
    """The periods of each quota that have begun and are not filled, together; quotas without one are left out."""
    short: dict[tuple[object, ...], list[QuotaRow]] = {}
    for quota in quotas:
        if quota.met is False and quota.period_start <= today:
            short.setdefault((quota.quote, quota.target, quota.counter, quota.period), []).append(quota)
    return map(tuple, short.values())


def _bare_publications(sheet: LedgerSheet, counted: Mapping[int, str]) -> Iterator[Gap]:
    shown = {row.publication for row in sheet.evidence}
    for row in sheet.publications:
        is_bare = not row.address and row.id not in shown
        if is_bare and (row.entry is None or row.entry in counted):
            number = None if row.entry is None else counted[row.entry]
            yield Gap("publication_bare", row.title, row.entry, number, publication=row)


def _clock_gap(clock: ClockRow) -> Gap:
    return Gap("clock", clock.subject, clock.entry, clock.number, clock.countdown, clock=clock)


def _position(entry: EntryRow) -> int:
    return entry.position


def _clock_due(clock: ClockRow) -> date:
    return clock.due or date.max


def _report_due(report: ReportRow) -> date:
    return report.due or date.max
