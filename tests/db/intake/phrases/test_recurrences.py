"""Periods as rules: what a ledger makes of them, and rules that never come."""

import time
from datetime import date

import pytest

from db.errors import ReadingError
from db.intake.phrases import recurrences
from db.intake.phrases.deadlines import deadlines
from db.intake.plan_recurrence import comes_every_year
from db.intake.plan_toml import read_plan
from db.rules.occurrences import spans
from tests.db.plan_sample import NOTICE, changed


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("每季度末", [(3, 31), (6, 30), (9, 30), (12, 31)]),
        ("每半年", [(6, 30), (12, 31)]),
        ("每年", [(12, 31)]),
        ("每季度末（分别在6月、9月和12月底）", [(6, 30), (9, 30), (12, 31)]),
        ("每年3月底、6月底、9月底、12月底前", [(3, 31), (6, 30), (9, 30), (12, 31)]),
        ("每年6月30日、12月31日前", [(6, 30), (12, 31)]),
        ("每两个月", [(2, 28), (4, 30), (6, 30), (8, 31), (10, 31), (12, 31)]),
    ],
)
def test_the_occurrences_of_a_period_end_on_the_days_that_it_names(cell: str, ends: list[tuple[int, int]]) -> None:
    (found,), doubts = deadlines(cell, "", year=2022, default=None, issued_on=None)
    assert found.recurrence is not None
    assert [end for _, end in spans(found.recurrence, 2022)] == [date(2022, month, day) for month, day in ends]
    assert not doubts


@pytest.mark.parametrize(
    "cell",
    [
        "每年3月底、9月底前",
        "每年6月20日、12月20日前",
        "每月5日前",
        "每季度末月20日前",
        "每季度首月15日前",
        "每季度第一个月5日前",
    ],
)
def test_days_that_no_rule_can_carry_are_told(cell: str) -> None:
    (found,), (doubt,) = deadlines(cell, "", year=2022, default=None, issued_on=None)
    assert found.kind == "recurring"
    assert doubt.kind == "deadline_unread"


@pytest.mark.parametrize("cell", ["每5个月", "每七个月", "每1 2个月"])
def test_a_period_that_does_not_divide_a_year_is_asked_about(cell: str) -> None:
    (found,), (doubt,) = deadlines(cell, "", year=2022, default=None, issued_on=None)
    assert found.kind == "none"
    assert (doubt.kind, doubt.blocks) == ("deadline_unread", True)


def test_of_several_periods_the_shortest_comes_round() -> None:
    assert recurrences.of_periods(["year", "quarter"]) == "FREQ=MONTHLY;INTERVAL=3"
    assert recurrences.of_periods(["item"]) is None
    assert recurrences.of_periods([]) is None


EVERY_YEAR = [
    "FREQ=YEARLY",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=DAILY",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28",
    "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "FREQ=YEARLY;BYMONTH=1,7,10;BYMONTHDAY=1",
    "FREQ=DAILY;INTERVAL=999",
    "FREQ=MONTHLY;BYDAY=5MO",
]
NOT_EVERY_YEAR = [
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYMONTH=4;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
    "FREQ=DAILY;BYSETPOS=2",
    "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYSETPOS=2",
    "FREQ=DAILY;BYDAY=FR;BYMONTH=2;BYMONTHDAY=13",
    "FREQ=YEARLY;BYDAY=53MO",
    "FREQ=DAILY;BYDAY=MO;BYMONTH=12;BYMONTHDAY=31",
]


@pytest.mark.parametrize("rule", EVERY_YEAR)
def test_a_rule_that_comes_every_year_is_taken(rule: str) -> None:
    assert comes_every_year(rule)
    assert all(spans(rule, year) for year in (2020, 2021, 2022, 2023, 2024))


@pytest.mark.parametrize("rule", NOT_EVERY_YEAR)
def test_a_rule_that_some_year_has_none_of_is_refused_at_once(rule: str) -> None:
    began = time.process_time()
    with pytest.raises(ReadingError) as refused:
        read_plan("sample.toml", changed('recurrence = "FREQ=MONTHLY"', f'recurrence = "{rule}"'), NOTICE)
    assert refused.value.message == "sample.toml：task[2].recurrence：按这个周期有的年份一次也没有"
    assert time.process_time() - began < 2
