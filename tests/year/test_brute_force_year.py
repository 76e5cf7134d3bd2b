"""Each day of a year as today: what the program shows equals what the slow reading says."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.reads import counting
from db.rules import board, clocks, occurrences, order, periods
from db.rules.calendar import WorkCalendar
from tests.db.reads import slow
from tests.house.tree import imported_names, parsed
from tests.year.begun import WorkedYear
from tests.year.scenarios import SCENARIOS, Scenario
from tests.year.slow_year import SlowYear
from tests.year.steps import year_of_work

JANUARY_ALSO = timedelta(days=20)
"""Of the next year, in which what was left over stands as missed and overdue."""


def days(year: int, first: int = 0, apart: int = 1) -> Iterator[date]:
    """Days of the year and of the next January, every so many."""
    today = date(year, 1, 1) + timedelta(days=first)
    while today < date(year + 1, 1, 1) + JANUARY_ALSO:
        yield today
        today += timedelta(days=apart)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_on_every_day_countdowns_and_boards_equal_the_slow_reading(
    planted: Path, tmp_path: Path, scenario: Scenario
) -> None:
    plan, unit, year, turn, first, apart = scenario
    worked = WorkedYear(planted, tmp_path, plan, unit, year, turn)
    try:
        for today in days(year, first, apart):
            assert worked.differences(today)[:8] == [], today
    finally:
        worked.file.close()


def test_of_each_notice_the_whole_bureau_is_seen_on_every_day_and_a_unit_too() -> None:
    whole = {(one.plan, one.year) for one in SCENARIOS if one.unit == "全局" and one.apart == 1}
    units = {(one.plan, one.year) for one in SCENARIOS if one.unit != "全局"}
    own = {(one.plan, one.year) for one in SCENARIOS if one.plan.endswith(str(one.year))}
    assert len(own) == 5
    assert own <= whole
    assert own <= units
    assert {one.year for one in SCENARIOS if one.apart <= 2} >= {2024, 2026}
    assert len(list(days(2021))) == 385
    assert len(list(days(2024))) == 386


def test_the_years_hold_every_turn_that_a_thing_can_take() -> None:
    met: defaultdict[str, set[Any]] = defaultdict(set)
    for plan, unit, year, turn, _, _ in SCENARIOS:
        slow = SlowYear(plan, unit, year, year_of_work(plan, unit, year, turn))
        for today in days(year, 0, 20):
            note_turns(slow.on(today), met)
    groups = {group for group, _ in met["lines"]}
    assert groups == {"overdue", "due_today", "week", "quotas", "clocks", "reports"}
    for kind in ("entry", "clock", "report"):
        assert {group for group, of_kind in met["lines"] if of_kind == kind} >= {"overdue", "due_today", "week"}, kind
    # In the five notices a quota stands for every period that still lasts, so only what was missed has a line.
    assert {group for group, of_kind in met["lines"] if of_kind == "occurrence"} == {"overdue"}
    assert met["quota"] == {True, False, None}
    assert met["occurrence"] == {"done", "met", "missed", "current", "coming"}
    assert met["clock"] == {("running", None), ("paused", None), ("closed", True), ("closed", False)}
    assert met["status"] == {"not_started", "in_progress", "done", "not_applicable"}
    assert met["estimated"] == {True, False}
    assert met["applicability"] == {"ours", "possible"}


def note_turns(day: dict[str, Any], met: dict[str, set[Any]]) -> None:
    met["lines"] |= {(line["group"], line["kind"]) for line in day["board"]}
    met["clock"] |= {(clock["state"], clock["late"]) for clock in day["clocks"]}
    met["estimated"] |= {clock["countdown"]["estimated"] for clock in day["clocks"] if clock["countdown"]}
    for entry in day["entries"]:
        met["quota"] |= {quota["met"] for quota in entry["quotas"]}
        met["occurrence"] |= {state for _, _, state, _ in entry["occurrences"]}
        met["status"].add(entry["status"])
        met["applicability"].add(entry["applicability"])


def test_the_slow_reading_uses_nothing_of_the_program() -> None:
    folder = Path(__file__).parent
    read_slowly = [*folder.glob("slow_*.py"), *folder.glob("*steps.py"), Path(str(slow.__file__))]
    assert len(read_slowly) == 8
    for path in read_slowly:
        names = imported_names(parsed(path)).values()
        assert [name for name in names if name.split(".")[0] in ("db", "tui")] == [], path.name


@pytest.fixture(scope="module")
def worked(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkedYear]:
    """The notice with a rate, items, and clocks to both sides, of the whole bureau."""
    made = WorkedYear(planted, tmp_path_factory.mktemp("faults"), "jiading-2021", "全局", 2021, 0)
    yield made
    made.file.close()


@pytest.fixture(scope="module")
def recurring(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkedYear]:
    """A unit that a notice binds by quarters and years, in a year after which nothing is published."""
    made = WorkedYear(planted, tmp_path_factory.mktemp("faults"), "liupanshui-2020", "办公室", 2026, 2)
    yield made
    made.file.close()


def off_by_one(function: Callable[..., int]) -> Callable[..., int]:
    return lambda *given: function(*given) + 1


def a_day_later(function: Callable[..., date]) -> Callable[..., date]:
    return lambda *given: function(*given) + timedelta(days=1)


FAULTS: list[tuple[str, Any, str, Any, set[str]]] = [
    (
        "workdays off by one",
        *(WorkCalendar, "workdays_until", off_by_one(WorkCalendar.workdays_until)),
        {"entries", "reports", "clocks", "board"},
    ),
    ("a week of eight days", board, "WEEK", 8, {"board"}),
    ("a week of four workdays", board, "WORKDAYS", 4, {"board"}),
    ("reports before clocks", board, "_KIND_ORDER", {**board._KIND_ORDER, "report": -1}, {"board"}),
    ("a figure of eight days", order, "WEEK", 8, {"figures"}),
    ("a minimum is a maximum", clocks, "is_minimum", lambda rule: False, {"clocks"}),
    ("backwards a day too late", clocks, "_backwards", a_day_later(clocks._backwards), {"clocks", "board"}),
    ("a pause takes a day more", clocks, "_days_between", off_by_one(clocks._days_between), {"clocks", "board"}),
    ("closing is never late", clocks, "_late", lambda *given: False, {"clocks"}),
    ("plain text counts", periods, "PLAIN_FORM", "图解", {"entries"}),
]


@pytest.mark.parametrize(
    ("module", "name", "fault", "parts"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_planted_fault_is_seen(
    worked: WorkedYear, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, fault: Any, parts: set[str]
) -> None:
    assert_seen(worked, monkeypatch, module, name, fault, parts)


PERIOD_FAULTS: list[tuple[str, Any, str, Any, set[str]]] = [
    ("nothing is an estimate", WorkCalendar, "is_estimate", lambda *days: False, {"entries", "clocks", "board"}),
    ("a quota fills no period", occurrences, "_filled", lambda quotas: {}, {"entries"}),
    (
        "the unit's own are left out",
        *(counting, "_UNIT_PUBLISHED", counting._UNIT_PUBLISHED.replace("WHERE", "WHERE entry_id > 0 AND")),
        {"unit_quotas"},
    ),
    (
        "the last day of a year is left out",
        *(
            counting,
            "_span",
            lambda ledger, year: {"ledger": ledger, "first": f"{year}-01-01", "last": f"{year}-12-30"},
        ),
        {"unit_quotas"},
    ),
    (
        "the first day of a year is left out",
        *(
            counting,
            "_span",
            lambda ledger, year: {"ledger": ledger, "first": f"{year}-01-02", "last": f"{year}-12-31"},
        ),
        {"unit_quotas", "entries"},
    ),
]


@pytest.mark.parametrize(
    ("module", "name", "fault", "parts"), [row[1:] for row in PERIOD_FAULTS], ids=[row[0] for row in PERIOD_FAULTS]
)
def test_a_planted_fault_of_the_periods_is_seen(
    recurring: WorkedYear, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, fault: Any, parts: set[str]
) -> None:
    assert_seen(recurring, monkeypatch, module, name, fault, parts)


def assert_seen(
    worked: WorkedYear, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, fault: Any, parts: set[str]
) -> None:
    year = worked.slow.year
    before_the_feast = [date(year, 9, day) for day in range(23, 31)]
    some = [*days(year, 0, 24), *before_the_feast]
    assert [line for today in some[::8] for line in worked.differences(today)] == []
    monkeypatch.setattr(module, name, fault)
    found = [line for today in some for line in worked.differences(today)]
    assert {line.split("/")[1].split(":")[0] for line in found} >= parts
