"""工作日历 and 条例的时限 as the office puts them in: of the file, in its history, and never undone."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from db.errors import InvalidInputError, TaizhangError, UnknownNameError
from db.reads.office import calendar
from db.rules.calendar import DayOff
from db.store.days import correct_rule, remove_days, restore_day, set_day, take_days
from db.store.planting import plant
from db.store.undo import undo
from seeds.plant import NOTICE_NAME, days_off, digest, readings, statute
from tests.world import NOW, TODAY, World, later, rows

NOTICE = NOTICE_NAME.format(year=2031)
NEW_YEAR, NATIONAL, MADE_UP = date(2031, 1, 1), date(2031, 10, 1), date(2031, 1, 4)
ROWS = (DayOff(NEW_YEAR, "off", "x"), DayOff(NATIONAL, "off", "x"), DayOff(MADE_UP, "work", "x"))


def taken(world: World, days: tuple[DayOff, ...] = ROWS, notice: str = NOTICE, text: str = "通知全文") -> None:
    take_days(world.file, days, notice=notice, text=text, at=later(1))


def refused(world: World, kind: type[TaizhangError], call: Callable[[], object]) -> TaizhangError:
    before = world.dump()
    with pytest.raises(kind) as caught:
        call()
    assert world.dump() == before
    assert caught.value.hint
    return caught.value


def of_2031(world: World) -> list[tuple[Any, ...]]:
    found = rows(world.path, "day_off", "day GLOB '2031-*' ORDER BY day")
    return [(row["day"], row["kind"], row["notice"], row["origin"]) for row in found]


def test_the_days_of_a_notice_make_its_year_known_and_its_text_is_kept(world: World) -> None:
    assert not calendar(world.file).is_known(2031)
    taken(world)
    assert of_2031(world) == [
        ("2031-01-01", "off", NOTICE, "office"),
        ("2031-01-04", "work", NOTICE, "office"),
        ("2031-10-01", "off", NOTICE, "office"),
    ]
    assert calendar(world.file).is_known(2031)
    assert calendar(world.file).is_workday(MADE_UP)
    assert rows(world.path, "day_off_source") == [
        {"notice": NOTICE, "text": "通知全文", "at": "2021-11-22T09:31:00+08:00"}
    ]


def test_a_notice_that_is_taken_again_stands_with_its_new_days_alone(world: World) -> None:
    set_day(world.file, day=date(2031, 5, 1), kind="off", notice="另一份通知", at=NOW)
    taken(world)
    taken(world, (DayOff(NEW_YEAR, "work", "x"), DayOff(date(2031, 5, 1), "work", "x")), text="更正全文")
    assert of_2031(world) == [("2031-01-01", "work", NOTICE, "office"), ("2031-05-01", "work", NOTICE, "office")]
    assert [row["text"] for row in rows(world.path, "day_off_source")] == ["更正全文"]


def test_a_shipped_day_becomes_the_offices_and_other_years_stay(world: World) -> None:
    shipped = rows(world.path, "day_off")
    taken(world, (DayOff(date(2021, 10, 1), "work", "x"),), notice="本市通知")
    changed = [row for row in rows(world.path, "day_off") if row not in shipped]
    assert changed == [{"day": "2021-10-01", "kind": "work", "notice": "本市通知", "origin": "office"}]
    assert len(rows(world.path, "day_off")) == len(shipped)


def test_one_day_is_set_by_hand_and_set_again(world: World) -> None:
    set_day(world.file, day=MADE_UP, kind="off", notice=" 台风停工通知 ", at=later(1))
    set_day(world.file, day=MADE_UP, kind="work", notice="更正通知", at=later(2))
    assert of_2031(world) == [("2031-01-04", "work", "更正通知", "office")]
    first, second = world.history()[-2:]
    assert (first["subject"], first["verb"], first["ledger_id"], first["before"]) == (
        "day_off:2031-01-04",
        "set_day",
        None,
        None,
    )
    assert (second["before"]["notice"], second["after"]["notice"]) == ("台风停工通知", "更正通知")


def test_what_concerns_the_file_is_told_line_by_line_and_never_undone(world: World) -> None:
    length = len(world.history())
    taken(world)
    correct_rule(world.file, key="answer", days=15, day_kind="workday", may_extend=15, at=later(2))
    before = world.dump()
    lines = world.history()[length:]
    assert [line["subject"] for line in lines] == [
        "day_off:2031-01-01",
        "day_off:2031-10-01",
        "day_off:2031-01-04",
        f"day_off_source:{NOTICE}",
        "statute_rule:answer",
    ]
    assert {line["ledger_id"] for line in lines} == {None}
    assert undo(world.file, world.ledger, later(3)) is None
    assert world.dump() == before


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"days": ()}, "没有读出"),
        ({"days": (ROWS[0], DayOff(NEW_YEAR, "work", "x"))}, "两次"),
        ({"days": (DayOff(date(1999, 1, 1), "off", "x"),)}, "1999"),
        ({"days": (DayOff(NEW_YEAR, "holiday", "x"),)}, "放假或上班"),  # type: ignore[arg-type]
        ({"notice": " "}, "依据的通知"),
        ({"notice": "字" * 201}, "201"),
        ({"text": "\n"}, "原文"),
        ({"text": "字" * 100_001}, "100001"),
    ],
)
def test_an_incomplete_notice_is_refused(values: dict[str, Any], why: str, world: World) -> None:
    assert why in refused(world, InvalidInputError, partial(taken, world, **values)).message


@pytest.mark.parametrize(
    "values", [{"day": date(1999, 1, 1)}, {"kind": "holiday"}, {"notice": ""}, {"notice": "字" * 201}]
)
def test_an_incomplete_day_is_refused(values: dict[str, Any], world: World) -> None:
    good: dict[str, Any] = {"day": TODAY, "kind": "off", "notice": "通知", "at": NOW}
    refused(world, InvalidInputError, partial(set_day, world.file, **(good | values)))


def test_a_corrected_rule_is_the_offices_from_then_on(world: World) -> None:
    (before,) = rows(world.path, "statute_rule", "key = 'answer'")
    correct_rule(world.file, key="answer", days=15, day_kind="calendar", may_extend=None, at=later(1))
    (after,) = rows(world.path, "statute_rule", "key = 'answer'")
    assert after == before | {"days": 15, "day_kind": "calendar", "may_extend": None, "origin": "office"}


def test_a_correction_that_corrects_nothing_leaves_the_rule_as_shipped(world: World) -> None:
    before = world.dump()
    correct_rule(world.file, key="answer", days=20, day_kind="workday", may_extend=20, at=later(1))
    assert world.dump() == before


@pytest.mark.parametrize(
    "values", [{"days": 0}, {"days": 1000}, {"day_kind": "week"}, {"may_extend": 0}, {"may_extend": -1}]
)
def test_a_wrong_correction_is_refused(values: dict[str, Any], world: World) -> None:
    good: dict[str, Any] = {"key": "answer", "days": 20, "day_kind": "workday", "may_extend": 20, "at": NOW}
    refused(world, InvalidInputError, partial(correct_rule, world.file, **(good | values)))
    refused(world, UnknownNameError, partial(correct_rule, world.file, **(good | {"key": "没有"})))


def test_a_notice_whose_name_bears_a_colon_is_told_as_well(world: World) -> None:
    taken(world, notice="通知: 2031年")
    assert world.history()[-1]["subject"] == "day_off_source:通知: 2031年"
    assert undo(world.file, world.ledger, later(3)) is None


NOTICE_2021 = NOTICE_NAME.format(year=2021)
OCTOBER_1, OCTOBER_2, OCTOBER_9 = date(2021, 10, 1), date(2021, 10, 2), date(2021, 10, 9)
ORDINARY = date(2021, 11, 3)
"""A Wednesday of no notice."""


def days_of(world: World) -> dict[str, list[dict[str, Any]]]:
    return world.dump("day_off", "day_off_source")


def planted_again(world: World) -> bool:
    """What the next start does."""
    return plant(world.file, readings(), days_off(), statute(), digest(), later(9))


def restored(world: World, day: date) -> None:
    restore_day(world.file, day=day, at=later(2))


def removed(world: World, notice: str = NOTICE) -> None:
    remove_days(world.file, notice=notice, at=later(2))


@pytest.mark.parametrize("day", [OCTOBER_1, OCTOBER_9, ORDINARY, NEW_YEAR])
def test_a_restored_day_is_as_in_a_fresh_file_and_planting_leaves_it_so(day: date, world: World) -> None:
    fresh = days_of(world)
    worked = calendar(world.file).is_workday(day)
    set_day(world.file, day=day, kind="off" if worked else "work", notice="台风停工通知", at=later(1))
    set_day(world.file, day=day, kind="off" if worked else "work", notice="更正通知", at=later(1))
    assert calendar(world.file).is_workday(day) != worked
    restored(world, day)
    assert days_of(world) == fresh
    assert calendar(world.file).is_workday(day) == worked
    line = world.history()[-1]
    assert (line["verb"], line["subject"], line["ledger_id"]) == ("restore_day", f"day_off:{day}", None)
    assert line["before"]["notice"] == "更正通知"
    assert planted_again(world)
    assert days_of(world) == fresh
    assert not planted_again(world)


def test_a_day_that_a_notice_took_out_comes_back(world: World) -> None:
    fresh = days_of(world)
    taken(world, (DayOff(OCTOBER_1, "off", "x"),), notice=NOTICE_2021)
    assert rows(world.path, "day_off", "day = '2021-10-09'") == []
    restored(world, OCTOBER_9)
    assert calendar(world.file).is_workday(OCTOBER_9)
    restored(world, OCTOBER_1)
    assert [row for row in days_of(world)["day_off"] if row["day"] in ("2021-10-01", "2021-10-09")] == [
        row for row in fresh["day_off"] if row["day"] in ("2021-10-01", "2021-10-09")
    ]


def test_of_a_taken_notice_planting_leaves_what_was_restored_and_brings_nothing_else(world: World) -> None:
    fresh = {row["day"]: row for row in days_of(world)["day_off"]}
    taken(world, (DayOff(OCTOBER_1, "work", "x"), DayOff(OCTOBER_2, "work", "x")), notice=NOTICE_2021)
    restored(world, OCTOBER_1)
    restored(world, OCTOBER_9)
    before = days_of(world)
    assert planted_again(world)
    assert days_of(world) == before
    of_notice = {row["day"]: row for row in rows(world.path, "day_off", "notice = ?", NOTICE_2021)}
    assert sorted(of_notice) == ["2021-10-01", "2021-10-02", "2021-10-09"]
    assert (of_notice["2021-10-01"], of_notice["2021-10-09"]) == (fresh["2021-10-01"], fresh["2021-10-09"])
    assert (of_notice["2021-10-02"]["kind"], of_notice["2021-10-02"]["origin"]) == ("work", "office")


@pytest.mark.parametrize("day", [OCTOBER_1, ORDINARY, NEW_YEAR, date(1, 1, 1)])
def test_a_day_that_the_office_never_changed_is_not_restored(day: date, world: World) -> None:
    error = refused(world, InvalidInputError, partial(restored, world, day))
    assert error.message == f"{day} 没有由本单位改过，无需恢复。"


@pytest.mark.parametrize("day", [OCTOBER_1, ORDINARY])
def test_a_day_is_restored_once_and_again_only_when_it_was_changed_again(day: date, world: World) -> None:
    fresh = days_of(world)
    for _ in range(2):
        set_day(world.file, day=day, kind="work", notice="加班通知", at=later(1))
        restored(world, day)
        refused(world, InvalidInputError, partial(restored, world, day))
        assert days_of(world) == fresh


NOTICES: list[tuple[str, tuple[DayOff, ...]]] = [
    (NOTICE, ROWS),
    ("本市通知", (DayOff(OCTOBER_1, "work", "x"), DayOff(ORDINARY, "off", "x"))),
    # The name of a shipped one: a day otherwise, a day more, and all the others taken out.
    (NOTICE_2021, (DayOff(OCTOBER_1, "work", "x"), DayOff(OCTOBER_2, "off", "x"), DayOff(ORDINARY, "off", "x"))),
]


@pytest.mark.parametrize(("notice", "days"), NOTICES, ids=["new", "other", "shipped"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_removed_notice_leaves_a_fresh_file_and_planting_leaves_it_so(
    notice: str, days: tuple[DayOff, ...], times: int, world: World
) -> None:
    fresh, others = days_of(world), world.dump("setting")
    for _ in range(times):
        taken(world, days, notice=notice)
        taken(world, days[:1], notice=notice)
        removed(world, notice)
        assert days_of(world) == fresh
        assert world.history()[-1]["subject"] == f"day_off_source:{notice}"
    assert planted_again(world)
    assert days_of(world) == fresh
    assert world.dump("setting") == others
    refused(world, UnknownNameError, partial(removed, world, notice))


def test_days_that_were_set_by_hand_go_with_the_notice_that_they_name(world: World) -> None:
    fresh = days_of(world)
    set_day(world.file, day=ORDINARY, kind="off", notice="台风停工通知", at=later(1))
    set_day(world.file, day=OCTOBER_1, kind="work", notice="台风停工通知", at=later(1))
    removed(world, "台风停工通知")
    assert days_of(world) == fresh


def test_what_another_notice_says_since_then_stays(world: World) -> None:
    taken(world, NOTICES[2][1], notice=NOTICE_2021)
    for day in (OCTOBER_1, OCTOBER_9):  # one of the notice, and one that it took out
        set_day(world.file, day=day, kind="off", notice="台风停工通知", at=later(1))
    removed(world, NOTICE_2021)
    assert [row["day"] for row in rows(world.path, "day_off", "origin = 'office'")] == ["2021-10-01", "2021-10-09"]
    assert rows(world.path, "day_off_source") == []
    for day in (OCTOBER_1, OCTOBER_9):
        restored(world, day)
    assert days_of(world)["day_off"] == [
        {"day": row.day.isoformat(), "kind": row.kind, "notice": row.notice, "origin": "shipped"} for row in days_off()
    ]


@pytest.mark.parametrize("notice", ["没有这份通知", NOTICE_2021, ""])
def test_a_notice_that_the_office_has_not_taken_in_is_not_removed(notice: str, world: World) -> None:
    assert "没有录入过" in refused(world, UnknownNameError, partial(removed, world, notice)).message


def test_what_the_program_ships_by_now_comes_with_the_next_start(world: World) -> None:
    taken(world)
    shipped = (DayOff(NEW_YEAR, "off", NOTICE), DayOff(date(2031, 5, 1), "off", NOTICE))
    plant(world.file, readings(), (*days_off(), *shipped), statute(), "a later edition", later(1))
    assert {row[3] for row in of_2031(world)} == {"office"}
    removed(world)
    assert of_2031(world) == []
    assert plant(world.file, readings(), (*days_off(), *shipped), statute(), "a later edition", later(3))
    assert of_2031(world) == [("2031-01-01", "off", NOTICE, "shipped"), ("2031-05-01", "off", NOTICE, "shipped")]
