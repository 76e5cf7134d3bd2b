"""What is missing before the hand-in: tables of cases, and a slow reading of the same sheet beside the program's."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from db.rules.completeness import GAP_KINDS, Gap, as_settled, gaps, gaps_of_entry, to_mend
from db.rules.rows import (
    Adjusted,
    ClockRow,
    EntryRow,
    EvidenceRow,
    ItemTally,
    LedgerRow,
    LedgerSheet,
    OccurrenceRow,
    PublicationRow,
    QuotaRow,
    ReportRow,
    Shift,
    Summary,
)
from db.rules.rows_timed import ClockRuleRow
from db.rules.words import OccurrenceState, Period
from tests.db.rules.entries import entry, note

TODAY = date(2021, 9, 10)
LEDGER = LedgerRow(1, "jiangmen-2021", None, None, None, 2021, 2021, "执法监督科", None)
RULE = ClockRuleRow(20, "workday", "after", "max", "收到申请", "答复", "20个工作日内答复", None)
DONE = {"status": "done", "done_on": TODAY}
PROVEN = {**DONE, "what_was_done": "已公开", "evidence": 1}


def sheet(*entries: EntryRow, today: date = TODAY, **parts: Any) -> LedgerSheet:
    plain: dict[str, Any] = {"unit_quotas": (), "reports": ()}
    figures = Summary(0, 0, 0, 0, 0, None)
    return LedgerSheet(
        ledger=LEDGER, today=today, entries=entries, clock_rules=(), rules=(), summary=figures, **{**plain, **parts}
    )


def quota(start: date, end: date, met: bool | None, *, period: Period = "month", target: int = 2) -> QuotaRow:
    tally = None if met is None else target if met else target - 1
    return QuotaRow(target, "条", period, tally, start, end, met, (), "每月不少于2条")


def month(number: int, met: bool | None) -> QuotaRow:
    return quota(date(2021, number, 1), date(2021, number, 28), met)


def occurrence(number: int, state: OccurrenceState) -> OccurrenceRow:
    return OccurrenceRow(date(2021, number, 1), date(2021, number, 28), state)


def publication(id: int, entry: int | None, address: str | None = None) -> PublicationRow:
    return PublicationRow(id, entry, TODAY, f"公开{id}", "网站", address, "文字")


def evidence(id: int, *, entry: int | None = None, publication: int | None = None) -> EvidenceRow:
    return EvidenceRow(id, entry, publication, entry, "图.png", "0" * 64, 10, None, None, None, "2021-09-10T09:00:00")


def clock(id: int, due: date | None, *, closed: bool = False, entry: int | None = None) -> ClockRow:
    state = "closed" if closed else "running"
    closed_on = TODAY if closed else None
    return ClockRow(
        id, entry, None, f"申请{id}", RULE, TODAY, (), (), (), closed_on, None, state, due, None, None, None
    )


def report(what: str, due: date | None, *, handed_in: bool = False) -> ReportRow:
    return ReportRow(what, "办公室", due, (), "报办公室", handed_in_on=TODAY if handed_in else None)


def kinds(found: tuple[Gap, ...]) -> list[str]:
    return [gap.kind for gap in found]


def shifted(due: date | None, *, waits: bool = True, **fields: Any) -> EntryRow:
    made = entry(1, due, **fields)
    return replace(made, deadline=replace(made.deadline, shift=Shift(2020, True, due is None, not waits)))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["not_done"]),
        ({"status": "in_progress"}, ["not_done"]),
        ({"kind": "standing"}, ["not_done"]),
        ({"due": date(2021, 9, 9)}, ["overdue"]),
        ({"due": TODAY}, ["not_done"]),
        ({"due": date(2021, 9, 11)}, ["not_done"]),
        ({"due": date(2021, 9, 9), "adjusted": date(2021, 12, 1)}, ["not_done"]),
        ({"due": date(2021, 12, 1), "adjusted": date(2021, 9, 9)}, ["overdue"]),
        ({"applicability": "possible"}, ["possible", "not_done"]),
        ({"applicability": "possible", "due": date(2021, 9, 9)}, ["possible", "overdue"]),
        ({"applicability": "possible", **PROVEN}, ["possible"]),
        # What does not count has none, whatever it looks like.
        ({"applicability": "not_ours"}, []),
        ({"applicability": "not_ours", **DONE}, []),
        ({"status": "not_applicable", "due": date(2021, 9, 9)}, []),
        ({"applicability": "possible", "status": "not_applicable"}, []),
        ({"status": "not_applicable", "quotas": (month(1, False),)}, []),
        # What is done says so and shows it.
        (DONE, ["no_note", "no_evidence"]),
        ({**DONE, "due": date(2021, 9, 9)}, ["no_note", "no_evidence"]),
        ({**DONE, "what_was_done": "已公开"}, ["no_evidence"]),
        ({**DONE, "what_was_done": " \u3000\n"}, ["no_note", "no_evidence"]),
        ({**DONE, "notes": (note("已公开"),)}, ["no_evidence"]),
        ({**DONE, "evidence": 1}, ["no_note"]),
        (PROVEN, []),
        ({"notes": (note("在办"),)}, ["not_done"]),
        ({"evidence": 3}, ["not_done"]),
    ],
)
def test_an_entry_lacks_what_its_state_asks_for(fields: dict[str, Any], expected: list[str]) -> None:
    assert kinds(gaps_of_entry(entry(1, **fields), TODAY)) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (shifted(TODAY), ["date_waits", "not_done"]),
        (shifted(None), ["date_waits", "not_done"]),
        (shifted(TODAY, waits=False), ["not_done"]),
        (shifted(TODAY, **PROVEN), []),
        (shifted(TODAY, adjusted=date(2021, 12, 1)), ["not_done"]),
        (shifted(TODAY, applicability="not_ours"), []),
    ],
)
def test_a_date_waits_until_it_is_confirmed_or_needed_no_more(made: EntryRow, expected: list[str]) -> None:
    assert kinds(gaps_of_entry(made, TODAY)) == expected


@pytest.mark.parametrize(
    ("rows", "short"),
    [
        ((), []),
        ((month(8, False),), [[8]]),
        ((month(8, True),), []),
        ((month(8, None),), []),
        # The present period counts from its first day to its last, a coming one not yet.
        ((month(9, False),), [[9]]),
        ((quota(TODAY, date(2021, 9, 30), False),), [[9]]),
        ((quota(date(2021, 9, 11), date(2021, 9, 30), False),), []),
        ((month(7, False), month(8, True), month(9, False), month(10, False)), [[7, 9]]),
        # Two quotas of one task are two.
        ((month(8, False), replace(month(8, False), target=5)), [[8], [8]]),
        ((month(8, False), replace(month(8, False), quote="每月不少于2条信息")), [[8], [8]]),
    ],
)
def test_a_quota_is_short_in_the_periods_that_have_begun(rows: tuple[QuotaRow, ...], short: list[list[int]]) -> None:
    found = gaps_of_entry(entry(1, quotas=rows, **PROVEN), TODAY)
    assert kinds(found) == ["quota_short"] * len(short)
    assert [[row.period_start.month for row in gap.quotas] for gap in found] == short


WHOLE = (date(2021, 1, 1), date(2021, 12, 31))
RATE = QuotaRow(60, "%", "year", 50, *WHOLE, False, (), "不低于60%", part=1, whole=2)
ITEMS = (ItemTally("甲", 1, True, 1), ItemTally("乙", 0, False, 2))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (RATE, ["quota_short"]),
        (replace(RATE, tally=60, part=3, whole=5, met=True), []),
        (replace(RATE, tally=None, part=0, whole=0, met=None), []),
        (QuotaRow(1, "次", "item", 1, *WHOLE, False, ITEMS, "每项决策不少于1次"), ["quota_short"]),
        (QuotaRow(1, "次", "item", 1, *WHOLE, True, ITEMS[:1], "每项决策不少于1次"), []),
        (QuotaRow(1, "次", "item", None, *WHOLE, None, (), "每项决策不少于1次"), []),
    ],
)
def test_rates_and_items_count_and_what_has_no_figure_says_nothing(row: QuotaRow, expected: list[str]) -> None:
    assert kinds(gaps_of_entry(entry(1, quotas=(row,), **PROVEN), TODAY)) == expected


@pytest.mark.parametrize(
    ("states", "missed"),
    [
        (("missed", "missed", "current"), [1, 2]),
        (("done", "met", "current", "coming"), []),
        (("done", "missed"), [2]),
        ((), []),
    ],
)
def test_missed_periods_of_an_entry_are_one_gap_open_or_settled(
    states: tuple[OccurrenceState, ...], missed: list[int]
) -> None:
    rows = tuple(occurrence(number, state) for number, state in enumerate(states, start=1))
    for fields, before in (({}, ["not_done"]), (PROVEN, [])):
        found = gaps_of_entry(entry(1, occurrences=rows, **fields), TODAY)
        assert kinds(found) == before + ["missed_period"] * bool(missed)
        assert [row.start.month for gap in found for row in gap.missed] == missed


def test_an_entry_to_be_settled_is_judged_as_it_will_be() -> None:
    open_entry = shifted(date(2021, 1, 1), applicability="possible", quotas=(month(8, False),))
    assert kinds(gaps_of_entry(open_entry, TODAY)) == ["possible", "date_waits", "overdue", "quota_short"]
    settled = gaps_of_entry(as_settled(open_entry, None), TODAY)
    assert kinds(settled) == ["possible", "quota_short", "no_note", "no_evidence"]
    assert kinds(gaps_of_entry(as_settled(open_entry, "已公开"), TODAY)) == ["possible", "quota_short", "no_evidence"]


def test_each_kind_stands_where_it_is_mended_first() -> None:
    found = gaps(
        sheet(
            entry(9, **DONE),
            entry(2, date(2021, 9, 9), quotas=(month(8, False),), occurrences=(occurrence(8, "missed"),)),
            replace(shifted(TODAY), applicability="possible"),
            unit_quotas=(month(8, False), month(9, True), month(10, False)),
            publications=(publication(1, 9),),
            clocks=(clock(1, date(2021, 12, 1)),),
            reports=(report("总结", date(2021, 12, 6)),),
        )
    )
    assert kinds(found) == [kind for kind, _ in GAP_KINDS]
    assert [gap.entry for gap in found] == [1, 1, 2, 2, 2, None, 1, 9, 9, 9, None, None]
    assert [gap.number for gap in found if gap.entry] == ["1", "1", "2", "2", "2", "1", "9", "9", "9"]
    assert kinds(to_mend(found)) == kinds(found)[:-1]


def test_entries_of_one_kind_stand_in_the_order_of_the_notice_and_reports_and_clocks_by_their_day() -> None:
    found = gaps(
        sheet(
            *(entry(position) for position in (3, 1, 2)),
            clocks=(clock(1, None), clock(2, date(2021, 12, 1)), clock(3, date(2021, 10, 1))),
            reports=(report("乙", None), report("甲", date(2021, 12, 6)), report("丙", date(2021, 6, 1))),
        )
    )
    assert [gap.entry for gap in found[:3]] == [1, 2, 3]
    assert [gap.clock.id for gap in found if gap.clock] == [3, 2, 1]
    assert [gap.subject for gap in found if gap.report] == ["丙", "甲", "乙"]


def test_an_empty_ledger_and_one_that_is_all_done_lack_nothing() -> None:
    assert gaps(sheet()) == ()
    full = sheet(
        entry(1, **PROVEN),
        entry(2, status="not_applicable"),
        unit_quotas=(month(8, True), replace(month(9, True), tally=None, met=None)),
        publications=(publication(1, 1, "https://example.cn"), publication(2, None)),
        evidence=(evidence(1, entry=1), evidence(2, publication=2)),
        clocks=(clock(1, TODAY, closed=True),),
        reports=(report("总结", date(2021, 12, 6), handed_in=True),),
    )
    assert gaps(full) == ()


@pytest.mark.parametrize(
    ("row", "shown", "expected"),
    [
        (publication(1, 1), (), True),
        (publication(1, None), (), True),
        (publication(1, 1, "https://example.cn"), (), False),
        (publication(1, 1, ""), (), True),
        (publication(1, 1), (evidence(1, publication=1),), False),
        # What is attached to another publication or to the entry itself does not show this one.
        (publication(1, 1), (evidence(1, publication=2),), True),
        (publication(1, 1), (evidence(1, entry=1),), True),
        # Of an entry that does not count, or is not there.
        (publication(1, 2), (), False),
        (publication(1, 7), (), False),
    ],
)
def test_a_publication_is_bare_without_an_address_and_without_evidence_of_its_own(
    row: PublicationRow, shown: tuple[EvidenceRow, ...], expected: bool
) -> None:
    made = sheet(entry(1, **PROVEN), entry(2, status="not_applicable"), publications=(row,), evidence=shown)
    assert [gap.publication for gap in gaps(made)] == ([row] if expected else [])


def test_a_clock_runs_on_though_its_entry_does_not_apply() -> None:
    made = sheet(entry(1, status="not_applicable"), clocks=(clock(4, date(2021, 12, 1), entry=1),))
    assert [(gap.kind, gap.entry) for gap in gaps(made)] == [("clock", 1)]


def slow_kinds(row: EntryRow, today: date) -> set[str]:
    """The same said once more, a sentence a kind."""
    if row.applicability == "not_ours" or row.status == "not_applicable":
        return set()
    is_done = row.status == "done"
    due = row.deadline.adjusted.due if row.deadline.adjusted else row.deadline.due
    past = due is not None and due < today
    shift = row.deadline.shift
    unconfirmed = shift is not None and (shift.printed or shift.missing) and not shift.confirmed
    said = {
        "possible": row.applicability == "possible",
        "date_waits": unconfirmed and not is_done and row.deadline.adjusted is None,
        "overdue": not is_done and past,
        "not_done": not is_done and not past,
        "missed_period": any(each.state == "missed" for each in row.occurrences),
        "quota_short": any(each.met is False and not each.period_start > today for each in row.quotas),
        "no_note": is_done and not row.notes and not row.what_was_done,
        "no_evidence": is_done and row.evidence == 0,
    }
    return {kind for kind, holds in said.items() if holds}


def test_every_entry_that_can_be_is_read_as_the_slow_reading_reads_it() -> None:
    statuses = ("not_started", "in_progress", "done", "not_applicable")
    dues = (None, date(2021, 9, 9), TODAY, date(2021, 9, 11))
    made = 0
    for status, applicability, due, adjusted, shift, words, count, met, state in product(
        statuses,
        ("ours", "possible", "not_ours"),
        dues,
        (None, date(2021, 9, 9), date(2021, 12, 1)),
        (None, Shift(2020, True, False, False), Shift(2020, True, False, True)),
        (None, "已公开"),
        (0, 2),
        (True, False, None),
        ("missed", "current"),
    ):
        row = entry(
            1,
            due,
            status=status,
            applicability=applicability,
            done_on=TODAY if status == "done" else None,
            what_was_done=words,
            evidence=count,
            quotas=(month(8, True), month(9, met), month(10, False)),
            occurrences=(occurrence(8, state),),  # type: ignore[arg-type]
        )
        moved = Adjusted(adjusted, "领导来电") if adjusted else None
        row = replace(row, deadline=replace(row.deadline, adjusted=moved, shift=shift))
        found = gaps_of_entry(row, TODAY)
        assert {gap.kind for gap in found} == slow_kinds(row, TODAY), row
        assert len({gap.kind for gap in found}) == len(found)
        made += 1
    assert made == 10_368
