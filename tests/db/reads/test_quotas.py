"""Every quota of the five notices is there with its sentence, and counts what the file holds and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.errors import UnknownNameError
from db.reads.counting import counts
from db.reads.office import calendar
from db.reads.publications import publications
from db.reads.sheet import unit_quotas
from db.rules.board import board
from db.rules.words import FORMS
from tests.db.reads.counted import (
    WHOLE,
    add_item,
    begun,
    count,
    count_many,
    entry_of,
    publish,
    publish_many,
    quotas,
    tallies,
    told,
)
from tests.world import World, rows

TODAY = date(2021, 7, 1)
UNIT_SENTENCE = "各责任科室需严格做到每季度不少于2条公开信息、每年不少于10条公开信息"

OF_TASKS = [
    ("jiangmen-2021", "9", 1, "次", "year", "市直有关部门每年至少更新一次“开放江门”数据集"),
    ("jiangmen-2021", "12", 2, "条", "month", "专栏每月至少更新2条信息"),
    (
        *("jiangmen-2021", "34", 1, "次", "year"),
        "市直各部门、各市（区）政府主要负责同志每年至少听取1次政务公开工作汇报",
    ),
    ("jiangmen-culture-2021", "7", 1, "次", "year", "市直有关部门每年至少更新一次“开放江门”数据集"),
    (
        *("jiangmen-culture-2021", "28", 1, "次", "year"),
        "市直各部门、各镇(街)主要负责同志每年至少听取1次政务公开工作汇报",
    ),
    ("jiading-2021", "9", 60, "%", "year", "多元化解读率不得低于 60%"),
    (
        *("jiading-2021", "18", 1, "次", "item"),
        "年内邀请企业代表、市民代表等利益相关方代表列席本单位决策会议,每项决策不得少于1次",
    ),
    ("liupanshui-2020", "四(二)", 1, "次", "year", "每年至少组织1—2次政务公开专题培训"),
]
PERIODS = {"month": 12, "quarter": 4, "year": 1, "item": 1}


@pytest.mark.parametrize(("plan", "number", "target", "counter", "period", "quote"), OF_TASKS)
def test_a_quota_of_a_task_is_there_with_its_sentence_and_every_period(
    plan: str, number: str, target: int, counter: str, period: str, quote: str, world: World
) -> None:
    found = quotas(world, begun(world, plan), number, TODAY)
    assert {(row.target, row.counter, row.period, row.quote) for row in found} == {(target, counter, period, quote)}
    assert len(found) == PERIODS[period]
    starts = [row.period_start for row in found]
    assert starts[0] == date(int(plan[-4:]), 1, 1)
    assert [row.period_start - timedelta(days=1) for row in found[1:]] == [row.period_end for row in found[:-1]]
    assert found[-1].period_end == date(int(plan[-4:]), 12, 31)


def test_these_are_all_the_quotas_of_the_five_notices(world: World) -> None:
    found = []
    for plan in ("hubei-2022", "jiading-2021", "jiangmen-2021", "jiangmen-culture-2021", "liupanshui-2020"):
        for entry in told(world, begun(world, plan), TODAY).entries:
            found += sorted({(plan, entry.number, row.target, row.counter, row.period) for row in entry.quotas})
    assert sorted(found) == sorted(row[:5] for row in OF_TASKS)


@pytest.mark.parametrize(("unit", "bound"), [(WHOLE, True), ("办公室", True), ("局政务公开领导小组办公室", False)])
def test_the_units_quotas_bind_the_responsible_ones(unit: str, bound: bool, world: World) -> None:
    found = told(world, begun(world, "liupanshui-2020", unit), TODAY).unit_quotas
    expected = [(2, "条", "quarter", UNIT_SENTENCE)] * 4 + [(10, "条", "year", UNIT_SENTENCE)]
    assert [(row.target, row.counter, row.period, row.quote) for row in found] == (expected if bound else [])


def test_of_the_whole_bureau_nobodys_quota_is_counted_and_nothing_is_short(world: World) -> None:
    whole, office = begun(world, "liupanshui-2020"), begun(world, "liupanshui-2020", "办公室")
    for ledger in (whole, office):
        publish_many(world, ledger, [(None, "2020-05-06", "文字")] * 12)
    of_whole, of_office = (told(world, ledger, date(2020, 5, 7)) for ledger in (whole, office))
    assert tallies(of_office.unit_quotas) == [0, 12, 0, 0, 12]
    assert [(row.tally, row.met, row.missing, row.part, row.whole) for row in of_whole.unit_quotas] == [
        (None, None, 0, None, None)
    ] * 5
    # All but the figures is the same as in a unit's ledger.
    bare = [replace(row, tally=None, met=None) for row in of_office.unit_quotas]
    assert list(of_whole.unit_quotas) == bare
    assert [row.entry for row in board(of_whole, calendar(world.file)).of("quotas") if row.entry is None] == []


@pytest.mark.parametrize("unit", [WHOLE, "办公室", "局政务公开领导小组办公室"])
@pytest.mark.parametrize("plan", ["liupanshui-2020", "jiangmen-2021"])
def test_the_units_quotas_by_themselves_are_those_of_the_sheet(plan: str, unit: str, world: World) -> None:
    if plan == "jiangmen-2021" and unit != WHOLE:
        unit = "执法监督科"
    ledger = begun(world, plan, unit)
    publish(world, ledger, None, f"{plan[-4:]}-05-06")
    found = unit_quotas(world.file, ledger)
    assert found == told(world, ledger, TODAY).unit_quotas
    assert bool(found) == (plan == "liupanshui-2020" and unit != "局政务公开领导小组办公室")


def test_the_units_quotas_of_a_ledger_that_is_not_there_are_refused(world: World) -> None:
    with pytest.raises(UnknownNameError):
        unit_quotas(world.file, 999)


MONTHS = [
    ("2020-12-31", None),
    ("2021-01-01", 0),
    ("2021-01-31", 0),
    ("2021-02-01", 1),
    ("2021-02-28", 1),
    ("2021-03-01", 2),
    ("2021-03-31", 2),
    ("2021-04-01", 3),
    ("2021-06-30", 5),
    ("2021-07-01", 6),
    ("2021-09-30", 8),
    ("2021-10-01", 9),
    ("2021-12-01", 11),
    ("2021-12-31", 11),
    ("2022-01-01", None),
    ("2022-07-15", None),
]


@pytest.mark.parametrize(("day", "at"), MONTHS)
def test_a_publication_counts_in_the_month_of_its_day(day: str, at: int | None, world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    publish(world, ledger, entry_of(world, ledger, "12"), day)
    found = quotas(world, ledger, "12", TODAY)
    assert tallies(found) == [1 if month == at else 0 for month in range(12)]
    assert not any(row.met for row in found)
    publish(world, ledger, entry_of(world, ledger, "12"), day, "视频")
    assert [row.met for row in quotas(world, ledger, "12", TODAY)] == [month == at for month in range(12)]


QUARTERS = [
    ("2019-12-31", None),
    ("2020-01-01", 0),
    ("2020-02-29", 0),
    ("2020-03-31", 0),
    ("2020-04-01", 1),
    ("2020-06-30", 1),
    ("2020-07-01", 2),
    ("2020-09-30", 2),
    ("2020-10-01", 3),
    ("2020-12-31", 3),
    ("2021-01-01", None),
]


@pytest.mark.parametrize("of_entry", [True, False])
@pytest.mark.parametrize(("day", "at"), QUARTERS)
def test_a_publication_counts_for_the_unit_with_or_without_an_entry(
    day: str, at: int | None, of_entry: bool, world: World
) -> None:
    ledger = begun(world, "liupanshui-2020", "办公室")
    publish(world, ledger, entry_of(world, ledger, "四(二)") if of_entry else None, day)
    found = told(world, ledger, TODAY).unit_quotas
    assert tallies(found) == [*(1 if quarter == at else 0 for quarter in range(4)), 0 if at is None else 1]


YEARS = [("2020-12-31", 0), ("2021-01-01", 1), ("2021-12-31", 1), ("2022-01-01", 0)]


@pytest.mark.parametrize(("day", "tally"), YEARS)
@pytest.mark.parametrize(
    ("plan", "number"),
    [("jiangmen-2021", "9"), ("jiangmen-2021", "34"), ("jiangmen-culture-2021", "7"), ("jiangmen-culture-2021", "28")],
)
def test_what_is_not_published_is_counted_plainly(plan: str, number: str, day: str, tally: int, world: World) -> None:
    ledger = begun(world, plan)
    entry = entry_of(world, ledger, number)
    publish(world, ledger, entry, "2021-05-05")
    assert tallies(quotas(world, ledger, number, TODAY)) == [0]
    count(world, entry, day)
    (row,) = quotas(world, ledger, number, TODAY)
    assert (row.tally, row.met) == (tally, tally > 0)
    count(world, entry, day, 3)
    assert tallies(quotas(world, ledger, number, TODAY)) == [4 * tally]


RATES = [
    ([], None, None, None, None),
    (["文字"], 0, 0, 1, False),
    (["图解"], 100, 1, 1, True),
    (["文字", "图解", "视频"], 66, 2, 3, True),
    (["文字", "文字", "图解", "视频", "访谈"], 60, 3, 5, True),
    (["文字", "文字", "文字", "图解", "视频", "访谈", "其他"], 57, 4, 7, False),
]


@pytest.mark.parametrize(("forms", "tally", "part", "whole", "met"), RATES)
def test_a_rate_is_of_the_publications_of_its_entry_in_the_year(
    forms: list[str], tally: int | None, part: int | None, whole: int | None, met: bool | None, world: World
) -> None:
    ledger = begun(world, "jiading-2021")
    entry = entry_of(world, ledger, "9")
    for form in forms:
        publish(world, ledger, entry, "2021-03-01", form)
    for day, owner in (("2020-12-31", entry), ("2022-01-01", entry), ("2021-05-01", None)):
        publish(world, ledger, owner, day)
    publish(world, ledger, entry_of(world, ledger, "10"), "2021-05-01")
    (row,) = quotas(world, ledger, "9", TODAY)
    assert (row.tally, row.met) == (tally, met)
    assert (row.part or 0, row.whole or 0) == (part or 0, whole or 0)


def test_each_item_is_counted_for_itself(world: World) -> None:
    ledger = begun(world, "jiading-2021")
    entry = entry_of(world, ledger, "18")
    (row,) = quotas(world, ledger, "18", TODAY)
    assert (row.tally, row.met, row.items) == (None, None, ())
    one = add_item(world, entry, "食品安全抽检方案", "2021-03-02")
    two = add_item(world, entry, "信用分级办法")
    count(world, entry, "2021-01-01", 2, one)
    count(world, entry, "2020-12-31", 5, two)
    count(world, entry, "2022-01-01", 5, two)
    count(world, entry, "2021-06-01", 4)
    (row,) = quotas(world, ledger, "18", TODAY)
    assert [(item.id, item.name, item.day, item.tally, item.met) for item in row.items] == [
        (one, "食品安全抽检方案", date(2021, 3, 2), 2, True),
        (two, "信用分级办法", None, 0, False),
    ]
    assert (row.tally, row.met) == (2, False)
    count(world, entry, "2021-12-31", 1, two)
    (row,) = quotas(world, ledger, "18", TODAY)
    assert (row.tally, row.met) == (3, True)


def test_another_ledger_of_the_same_notice_counts_for_itself(world: World) -> None:
    whole, office = begun(world, "liupanshui-2020"), begun(world, "liupanshui-2020", "办公室")
    publish(world, office, None, "2020-05-01")
    count(world, entry_of(world, office, "四(二)"), "2020-05-01")
    other = begun(world, "liupanshui-2020", "登记注册科")
    assert tallies(told(world, other, TODAY).unit_quotas) == [0, 0, 0, 0, 0]
    assert tallies(quotas(world, whole, "四(二)", TODAY)) == [0]
    assert (publications(world.file, whole), counts(world.file, whole)) == ((), ())
    assert tallies(told(world, office, TODAY).unit_quotas) == [0, 1, 0, 0, 1]


def test_in_another_year_the_days_of_that_year_count(world: World) -> None:
    ledger = begun(world, "jiangmen-2021", year=2024)
    for day in ("2021-02-28", "2024-02-29", "2024-02-01", "2025-02-01"):
        publish(world, ledger, entry_of(world, ledger, "12"), day)
    assert tallies(quotas(world, ledger, "12", TODAY)) == [0, 2, *[0] * 10]


@pytest.mark.parametrize(
    ("plan", "unit", "number"),
    [
        ("jiangmen-2021", WHOLE, "12"),
        ("jiading-2021", WHOLE, "9"),
        ("liupanshui-2020", "办公室", "四(二)"),
        ("jiangmen-culture-2021", WHOLE, "7"),
    ],
)
def test_a_year_with_something_each_day_counts_as_a_slow_reading_of_its_rows(
    plan: str, unit: str, number: str, world: World
) -> None:
    """One publication a day, its entry and form in turns, and a count every third day; also days of other years."""
    ledger = begun(world, plan, unit)
    year = int(plan[-4:])
    here = entry_of(world, ledger, number)
    owners = (here, None, here, rows(world.path, "entry", "ledger_id = ? AND id <> ?", ledger, here)[0]["id"])
    turns = range(date(year - 1, 12, 1).toordinal(), date(year + 1, 1, 31).toordinal() + 1)
    days = {turn: date.fromordinal(turn).isoformat() for turn in turns}
    publish_many(world, ledger, [(owners[turn % 4], days[turn], FORMS[turn % len(FORMS)]) for turn in turns])
    count_many(world, [(here, days[turn], turn % 5 + 1) for turn in turns if turn % 3 == 0])
    sheet = told(world, ledger, date(year, 12, 31))
    (entry,) = (one for one in sheet.entries if one.number == number)
    published = rows(world.path, "publication", "ledger_id = ?", ledger)
    counted = rows(world.path, "count", "entry_id = ?", here)
    assert entry.quotas
    assert bool(sheet.unit_quotas) == (plan == "liupanshui-2020")
    for quota, of in [*((row, here) for row in entry.quotas), *((row, None) for row in sheet.unit_quotas)]:
        first, last = quota.period_start.isoformat(), quota.period_end.isoformat()
        within = [row for row in published if of in (None, row["entry_id"]) and first <= row["day"] <= last]
        if quota.counter == "次":
            expected = sum(row["number"] for row in counted if first <= row["day"] <= last)
        elif quota.counter == "%":
            expected = 100 * sum(row["form"] != "文字" for row in within) // len(within)
        else:
            expected = len(within)
        assert quota.tally == expected > 0, quota
    assert entry.published == sum(row["entry_id"] == here for row in published)


def test_publications_are_newest_first_on_their_screen_and_by_day_in_the_sheet(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    entry = entry_of(world, ledger, "12")
    for day, title in (("2021-03-02", "二"), ("2021-03-01", "一"), ("2021-03-02", "三"), ("2021-12-31", "四")):
        publish(world, ledger, entry if title != "三" else None, day, title=title)
    assert [row.title for row in publications(world.file, ledger)] == ["四", "三", "二", "一"]
    found = told(world, ledger, TODAY)
    assert [row.title for row in found.publications] == ["一", "二", "三", "四"]
    assert [(row.entry, row.day) for row in found.publications][2] == (None, date(2021, 3, 2))
    assert {entry.number: entry.published for entry in found.entries if entry.published} == {"12": 3}


def test_counts_are_listed_by_day_with_their_item(world: World) -> None:
    ledger = begun(world, "jiading-2021")
    entry = entry_of(world, ledger, "18")
    item = add_item(world, entry, "信用分级办法")
    count(world, entry, "2021-06-01", 2)
    count(world, entry, "2021-05-01", 1, item)
    found = counts(world.file, ledger)
    assert [(row.entry, row.item, row.day, row.number, row.what) for row in found] == [
        (entry, item, date(2021, 5, 1), 1, "汇报"),
        (entry, None, date(2021, 6, 1), 2, "汇报"),
    ]
    assert told(world, ledger, TODAY).counts == found
