"""A year as it passes: the clerk works on its days, and each day's figures stand in a table written by hand.

The days are the first and the last of the periods, and those on either side of a due day. Long counts of workdays
were taken from a second library (holidays).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.file import LedgerFile
from db.reads.office import calendar
from db.reads.sheet import sheet
from db.rules.board import Board, BoardLine, board
from db.rules.publications import NewPublication
from db.rules.rows import EntryRow, LedgerSheet, QuotaRow
from db.rules.words import Form
from db.store.clocks import start_clock
from db.store.counts import add_count, add_item
from db.store.publications import add_publications
from tests.world import NOW
from tests.year.begun import opened

PLAIN: Form = "文字"


class Clerk:
    """One unit's ledger, worked on day by day."""

    def __init__(self, file: LedgerFile, ledger: int) -> None:
        self.file, self.ledger = file, ledger

    def sheet(self, today: date) -> LedgerSheet:
        return sheet(self.file, self.ledger, today)

    def board(self, today: date) -> Board:
        return board(self.sheet(today), calendar(self.file))

    def entry(self, number: str, today: date) -> EntryRow:
        (found,) = (entry for entry in self.sheet(today).entries if entry.number == number)
        return found

    def short(self, number: str | None, today: date) -> list[BoardLine]:
        """The lines of 本期数量不足 of a task, None: of the unit."""
        return [line for line in self.board(today).of("quotas") if line.number == number]

    def publish(self, today: date, number: str | None, *forms: Form) -> None:
        entry = None if number is None else self.entry(number, today).id
        if forms:
            new = [NewPublication(entry, today, "公开一条", "网站", None, form) for form in forms]
            add_publications(self.file, self.ledger, new, today=today, at=NOW)

    def count(self, today: date, number: str, item: int | None = None) -> None:
        entry = self.entry(number, today).id
        add_count(self.file, self.ledger, entry, day=today, number=1, item=item, what=None, today=today, at=NOW)


@pytest.fixture
def clerk(request: pytest.FixtureRequest, planted: Path, tmp_path: Path) -> Iterator[Clerk]:
    """Of the plan, unit and year that the test names."""
    file, ledger = opened(planted, tmp_path, *request.param)
    yield Clerk(file, ledger)
    file.close()


def of(plan: str, unit: str, year: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("clerk", [(plan, unit, year)], indirect=True)


def left(line: BoardLine) -> tuple[int, int]:
    assert line.countdown is not None
    return line.countdown.days, line.countdown.workdays


UNIT_2020 = [
    # today, published on it, the four quarters, (missing, days and workdays left) of what is short on the board
    (date(2020, 1, 1), 1, (1, 0, 0, 0), [(1, 90, 59), (9, 365, 249)]),
    (date(2020, 3, 30), 0, (1, 0, 0, 0), [(1, 1, 1), (9, 276, 191)]),
    (date(2020, 3, 31), 1, (2, 0, 0, 0), [(8, 275, 190)]),
    (date(2020, 4, 1), 0, (2, 0, 0, 0), [(2, 90, 61), (8, 274, 189)]),
    (date(2020, 6, 30), 1, (2, 1, 0, 0), [(1, 0, 0), (7, 184, 128)]),
    (date(2020, 7, 1), 0, (2, 1, 0, 0), [(2, 91, 66), (7, 183, 127)]),
    (date(2020, 9, 30), 3, (2, 1, 3, 0), [(4, 92, 61)]),
    (date(2020, 10, 1), 3, (2, 1, 3, 3), [(1, 91, 61)]),
    (date(2020, 12, 31), 1, (2, 1, 3, 4), []),
    (date(2021, 1, 1), 5, (2, 1, 3, 4), []),
]
"""各责任科室: 2 a quarter and 10 a year."""


@of("liupanshui-2020", "登记注册科", 2020)
def test_two_a_quarter_and_ten_a_year_of_a_responsible_unit(clerk: Clerk) -> None:
    for today, number, quarters, short in UNIT_2020:
        clerk.publish(today, None, *[PLAIN] * number)
        *by_quarter, whole = clerk.sheet(today).unit_quotas
        assert tuple(row.tally for row in by_quarter) == quarters, today
        assert [row.met for row in by_quarter] == [tally >= 2 for tally in quarters], today
        assert (whole.tally, whole.met) == (sum(quarters), sum(quarters) >= 10), today
        assert [(missing(line), *left(line)) for line in clerk.short(None, today)] == short, today


def missing(line: BoardLine) -> int:
    assert line.quota is not None
    return line.quota.missing


@of("liupanshui-2020", "登记注册科", 2020)
def test_what_is_published_for_a_task_counts_for_its_unit_too(clerk: Clerk) -> None:
    clerk.publish(date(2020, 5, 6), "一(一)", "文字", "图解")
    assert [row.tally for row in clerk.sheet(date(2020, 5, 6)).unit_quotas] == [0, 2, 0, 0, 2]


@pytest.mark.parametrize(
    ("clerk", "bound"),
    [
        (("liupanshui-2020", "登记注册科", 2020), True),
        (("liupanshui-2020", "全局", 2020), True),
        # 局政务公开领导小组办公室 leads and is responsible for nothing.
        (("liupanshui-2020", "局政务公开领导小组办公室", 2020), False),
    ],
    indirect=["clerk"],
)
def test_the_quotas_of_responsible_units_bind_no_other(clerk: Clerk, bound: bool) -> None:
    assert len(clerk.sheet(date(2020, 1, 1)).unit_quotas) == (5 if bound else 0)


@of("liupanshui-2020", "全局", 2020)
def test_of_the_whole_bureau_no_units_quota_is_counted_or_short(clerk: Clerk) -> None:
    for today, number, _, _ in UNIT_2020:
        clerk.publish(today, None, *[PLAIN] * number)
        found = clerk.sheet(today).unit_quotas
        assert [(row.tally, row.met, row.missing) for row in found] == [(None, None, 0)] * 5, today
        assert clerk.short(None, today) == [], today


MONTHS_2021 = [
    # today, published on it, tallies of the months so far, missing now or None, days and workdays left, missed months
    (date(2021, 1, 1), 0, [0], 2, (30, 20), 0),
    (date(2021, 1, 31), 1, [1], 1, (0, 0), 0),
    (date(2021, 2, 1), 0, [1, 0], 2, (27, 16), 1),
    (date(2021, 2, 28), 2, [1, 2], None, None, 1),
    (date(2021, 3, 1), 2, [1, 2, 2], None, None, 1),
    (date(2021, 3, 31), 1, [1, 2, 3], None, None, 1),
    (date(2021, 4, 1), 0, [1, 2, 3, 0], 2, (29, 21), 1),
    (date(2021, 9, 30), 1, [1, 2, 3, 0, 0, 0, 0, 0, 1], 1, (0, 0), 6),
    (date(2021, 12, 31), 2, [1, 2, 3, 0, 0, 0, 0, 0, 1, 0, 0, 2], None, None, 9),
    (date(2022, 1, 1), 2, [1, 2, 3, 0, 0, 0, 0, 0, 1, 0, 0, 2], None, None, 9),
]
"""专栏每月至少更新2条信息. April 2021 has 22 workdays (04-05 off, Sunday 04-25 worked), of which 04-01 is past."""


@of("jiangmen-2021", "协调应急科", 2021)
def test_two_a_month(clerk: Clerk) -> None:
    for today, number, tallies, short, days, missed in MONTHS_2021:
        clerk.publish(today, "12", *[PLAIN] * number)
        entry = clerk.entry("12", today)
        filled = [*tallies, *[0] * (12 - len(tallies))]
        assert [row.tally for row in entry.quotas] == filled, today
        assert [row.met for row in entry.quotas] == [tally >= 2 for tally in filled], today
        lines = clerk.short("12", today)
        assert [(missing(line), left(line)) for line in lines] == ([(short, days)] if short else []), today
        states = [occurrence.state for occurrence in entry.occurrences]
        assert states.count("missed") == missed, today
        assert [state == "met" for state in states] == [tally >= 2 for tally in filled], today
        overdue = [line for line in clerk.board(today).of("overdue") if line.number == "12" and line.missed]
        assert [len(line.missed) for line in overdue] == ([missed] if missed else []), today


YEARLY = [
    (("liupanshui-2020", "全局", 2020), "四(二)"),
    (("jiangmen-2021", "全局", 2021), "9"),
    (("jiangmen-2021", "全局", 2021), "34"),
    (("jiangmen-culture-2021", "全局", 2021), "7"),
    (("jiangmen-culture-2021", "全局", 2021), "28"),
]


@pytest.mark.parametrize(("clerk", "number"), YEARLY, indirect=["clerk"])
@pytest.mark.parametrize("on_the_last_day", [True, False])
def test_once_a_year_is_counted_until_the_last_day(clerk: Clerk, number: str, on_the_last_day: bool) -> None:
    year = clerk.sheet(date(2021, 1, 1)).ledger.year
    first, last, after = date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 1)
    for today in (first, last):
        assert [(row.tally, row.met) for row in clerk.entry(number, today).quotas] == [(0, False)]
        assert [(missing(line), line.due) for line in clerk.short(number, today)] == [(1, last)]
        assert [row.state for row in clerk.entry(number, today).occurrences] == ["current"]
    clerk.publish(last, number, "文字")  # 次 is not counted from what is published
    assert [row.tally for row in clerk.entry(number, last).quotas] == [0]
    clerk.count(last if on_the_last_day else after, number)
    tally = 1 if on_the_last_day else 0
    for today in (last, after) if on_the_last_day else (after,):
        assert [(row.tally, row.met) for row in clerk.entry(number, today).quotas] == [(tally, tally == 1)]
        assert clerk.short(number, today) == []
    assert [row.state for row in clerk.entry(number, after).occurrences] == ["met" if on_the_last_day else "missed"]


RATE_2021: list[tuple[date, list[Form], tuple[int, int], int | None, bool | None, int]] = [
    # today, forms published on it, not 文字 of all, percent, met, how many more
    (date(2021, 1, 1), [], (0, 0), None, None, 0),
    (date(2021, 1, 1), ["文字"], (0, 1), 0, False, 2),
    (date(2021, 3, 31), ["图解"], (1, 2), 50, False, 1),
    (date(2021, 4, 1), ["视频"], (2, 3), 66, True, 0),
    (date(2021, 6, 30), ["文字"], (2, 4), 50, False, 1),
    (date(2021, 7, 1), ["访谈"], (3, 5), 60, True, 0),
    (date(2021, 12, 31), ["文字", "文字"], (3, 7), 42, False, 3),
    (date(2022, 1, 1), ["图解", "图解", "图解"], (3, 7), 42, False, 3),
]
"""多元化解读率不得低于60%. After 3 of 7 three more make 6 of 10."""


@of("jiading-2021", "法规科", 2021)
def test_a_rate_of_sixty_percent(clerk: Clerk) -> None:
    for today, forms, (part, whole), tally, met, more in RATE_2021:
        clerk.publish(today, "9", *forms)
        clerk.publish(today, "10", *forms[:1])  # another task's do not count
        (row,) = clerk.entry("9", today).quotas
        assert (row.part, row.whole, row.tally, row.met, row.missing) == (part, whole, tally, met, more), today
        assert bool(clerk.short("9", today)) == (met is False and today.year == 2021), today


@of("jiading-2021", "法规科", 2021)
def test_once_for_each_decision(clerk: Clerk) -> None:
    def row(today: date) -> QuotaRow:
        (found,) = clerk.entry("18", today).quotas
        return found

    first = date(2021, 1, 1)
    assert (row(first).tally, row(first).met, clerk.short("18", first)) == (None, None, [])
    entry = clerk.entry("18", first).id
    one, other = (add_item(clerk.file, clerk.ledger, entry, name=name, day=None, at=NOW) for name in ("甲", "乙"))
    table = [
        (date(2021, 1, 1), one, [1, 0], 1),
        (date(2021, 6, 30), one, [2, 0], 1),  # twice for the one is nothing for the other
        (date(2021, 12, 31), other, [2, 1], 0),
        (date(2022, 1, 1), other, [2, 1], 0),
    ]
    for today, item, tallies, short in table:
        clerk.count(today, "18", item)
        assert [each.tally for each in row(today).items] == tallies, today
        assert (row(today).tally, row(today).met, row(today).missing) == (sum(tallies), short == 0, short), today
        assert len(clerk.short("18", today)) == short, today
    third = add_item(clerk.file, clerk.ledger, entry, name="丙", day=None, at=NOW)
    assert third not in (one, other)
    assert (row(date(2021, 12, 31)).met, row(date(2021, 12, 31)).missing) == (False, 1)


JIADING, HUBEI = ("jiading-2021", "全局", 2021), ("hubei-2022", "全局", 2022)
DUE_DAYS: list[tuple[tuple[str, str, int], int, date, date]] = [
    # ledger, which of the notice's rules, day of the event, due day
    (JIADING, 0, date(2021, 3, 1), date(2021, 3, 8)),
    (JIADING, 0, date(2021, 9, 30), date(2021, 10, 13)),  # Saturday 10-09 is worked
    (JIADING, 0, date(2021, 9, 18), date(2021, 9, 27)),  # Sunday 09-26 is worked
    (JIADING, 1, date(2021, 4, 30), date(2021, 5, 6)),
    (JIADING, 1, date(2021, 5, 1), date(2021, 5, 6)),
    (JIADING, 1, date(2021, 2, 6), date(2021, 2, 7)),  # a Sunday that is worked
    (JIADING, 2, date(2021, 2, 5), date(2021, 2, 24)),
    (JIADING, 3, date(2021, 10, 8), date(2021, 9, 28)),
    (JIADING, 3, date(2021, 8, 16), date(2021, 8, 11)),
    (JIADING, 3, date(2021, 10, 3), date(2021, 9, 28)),  # an event on a day off
    (HUBEI, 0, date(2022, 9, 26), date(2022, 10, 27)),
    (HUBEI, 1, date(2022, 9, 1), date(2022, 10, 1)),  # a minimum ends on a day off too
    (HUBEI, 1, date(2022, 1, 31), date(2022, 3, 2)),
    (HUBEI, 2, date(2022, 4, 28), date(2022, 5, 9)),  # Saturday 05-07 is worked
    (HUBEI, 3, date(2022, 12, 28), date(2023, 1, 9)),  # over New Year: 12-31 to 01-02 are off
]


@pytest.mark.parametrize(("clerk", "rule", "start", "due"), DUE_DAYS, indirect=["clerk"])
def test_every_clock_of_the_notices_ends_on_its_day(clerk: Clerk, rule: int, start: date, due: date) -> None:
    said = begin(clerk, rule, start)
    (clock,) = clerk.sheet(start).clocks
    assert (clock.due, clock.rule.quote) == (due, said.quote)
    places = [line.group for line in clerk.board(due).lines if line.kind == "clock"]
    assert places == ["clocks" if said.bound == "min" else "due_today"]


def begin(clerk: Clerk, rule: int, start: date) -> Any:
    said = clerk.sheet(start).clock_rules[rule]
    start_clock(clerk.file, clerk.ledger, rule=said, subject="一件", start=start, entry=None, today=start, at=NOW)
    return said


PLACES: list[tuple[tuple[str, str, int], int, date, list[tuple[date, str, int, int]]]] = [
    # ledger, rule, day of the event, then: today, group, days and workdays left
    (
        *(JIADING, 0, date(2021, 9, 30)),
        [
            (date(2021, 9, 30), "week", 13, 5),
            (date(2021, 10, 12), "week", 1, 1),
            (date(2021, 10, 13), "due_today", 0, 0),
            (date(2021, 10, 14), "overdue", -1, -1),
            (date(2021, 10, 18), "overdue", -5, -3),
        ],
    ),
    (
        *(JIADING, 3, date(2021, 10, 8)),
        [
            (date(2021, 9, 20), "clocks", 8, 6),
            (date(2021, 9, 21), "week", 7, 6),
            (date(2021, 9, 28), "due_today", 0, 0),
            (date(2021, 9, 29), "overdue", -1, -1),
            (date(2021, 10, 8), "overdue", -10, -3),
        ],
    ),
    (
        *(HUBEI, 0, date(2022, 9, 26)),
        [
            (date(2022, 9, 26), "clocks", 31, 20),
            (date(2022, 10, 19), "clocks", 8, 6),
            (date(2022, 10, 20), "week", 7, 5),
            (date(2022, 10, 28), "overdue", -1, -1),
        ],
    ),
    (
        *(HUBEI, 1, date(2022, 9, 1)),
        [
            (date(2022, 9, 22), "clocks", 9, 6),
            (date(2022, 9, 23), "clocks", 8, 5),
            (date(2022, 9, 30), "clocks", 1, 0),
            (date(2022, 10, 1), "clocks", 0, 0),
            (date(2022, 10, 2), "clocks", -1, 0),
            (date(2022, 12, 31), "clocks", -91, -62),
        ],
    ),
]


@pytest.mark.parametrize(("clerk", "rule", "start", "places"), PLACES, indirect=["clerk"])
def test_a_clock_moves_over_the_board_as_the_days_pass(
    clerk: Clerk, rule: int, start: date, places: list[tuple[date, str, int, int]]
) -> None:
    begin(clerk, rule, start)
    for today, group, days, workdays in places:
        (line,) = (line for line in clerk.board(today).lines if line.kind == "clock")
        assert (line.group, *left(line)) == (group, days, workdays), today


REPORT_PLACES = [
    (
        ("jiangmen-2021", "财审科", 2021),
        [
            (date(2021, 1, 1), "reports", 339, 231),
            (date(2021, 11, 28), "reports", 8, 6),
            (date(2021, 11, 29), "week", 7, 5),
            (date(2021, 12, 6), "due_today", 0, 0),
            (date(2021, 12, 7), "overdue", -1, -1),
            (date(2021, 12, 31), "overdue", -25, -19),
        ],
    ),
    (
        ("hubei-2022", "宣传处", 2022),
        [
            (date(2022, 12, 31), "reports", 10, 6),
            (date(2023, 1, 2), "reports", 8, 6),
            (date(2023, 1, 3), "week", 7, 5),
            (date(2023, 1, 10), "due_today", 0, 0),
            (date(2023, 1, 11), "overdue", -1, -1),
        ],
    ),
]


@pytest.mark.parametrize(("clerk", "places"), REPORT_PLACES, indirect=["clerk"])
def test_a_report_moves_over_the_board_as_the_days_pass(clerk: Clerk, places: list[tuple[date, str, int, int]]) -> None:
    for today, group, days, workdays in places:
        (line,) = (line for line in clerk.board(today).lines if line.kind == "report")
        assert (line.group, *left(line)) == (group, days, workdays), today
