"""The cell of a time limit in its year: leap years, a year that is not known, parties, the date of issue."""

from datetime import date

import pytest

from db.intake.phrases.deadlines import deadlines
from tests.db.intake.phrases.test_deadlines import YEAR, only, read, shape


def test_29_february_is_a_day_of_a_leap_year_only() -> None:
    assert shape(only("2月29日前", 2024)[0]) == "on_day 2.29"
    assert shape(only("2024年2月29日前", 2022)[0]) == "on_day ++2.29"
    assert shape(only("2月29日前", None)[0]) == "on_day 2.29"
    assert only("2023年2月29日前", None)[1][0].kind == "deadline_invalid"


def test_a_year_that_is_not_known_keeps_month_and_day() -> None:
    assert shape(only("11月20日前", None)[0]) == "on_day 11.20"
    found, doubts = only("2021年11月底前", None)
    assert (shape(found), doubts) == ("month_end 11", ())
    assert only("11月前", None)[1][0].others == ("10月底", "11月底")


def test_two_parties_of_a_cell_have_a_date_each_and_the_first_is_ours() -> None:
    found, (doubt,) = read("市直部门11月20日前，各镇（街）12月10日前")
    assert [(one.party, one.ours, shape(one)) for one in found] == [
        ("市直部门", True, "on_day 11.20"),
        ("各镇（街）", False, "on_day 12.10"),
    ]
    assert (doubt.kind, doubt.others, doubt.blocks) == ("deadline_parties", ("市直部门", "各镇（街）"), True)


def test_parties_named_together_are_taken_in_order() -> None:
    found, (doubt,) = read("市级、县级分别于11月20日前和12月10日前")
    assert [(one.party, one.day) for one in found] == [("市级", 20), ("县级", 10)]
    assert doubt.kind == "deadline_parties"


def test_the_cell_is_kept_as_written_without_line_breaks() -> None:
    (found,), _ = read("　３ 月\n底前 ")
    assert (found.text, found.month) == ("３ 月底前", 3)


def test_a_cell_that_is_a_whole_page_is_not_read() -> None:
    found, (doubt,) = read("11月底前" * 200)
    assert found == ()
    assert (doubt.kind, doubt.blocks) == ("deadline_unread", True)


@pytest.mark.parametrize(
    ("cell", "issued_on", "is_late"),
    [
        ("2月底前", date(2022, 5, 6), True),
        ("5月6日前", date(2022, 5, 6), False),
        ("5月5日前", date(2022, 5, 6), True),
        ("2023年1月", date(2022, 5, 6), False),
        ("全年", date(2022, 5, 6), False),
        ("1月—3月", date(2022, 5, 6), True),
        ("2月底前", None, False),
    ],
)
def test_a_date_over_at_issue_is_told_and_never_moved(cell: str, issued_on: date | None, is_late: bool) -> None:
    found, doubts = deadlines(cell, "", year=YEAR, default=None, issued_on=issued_on)
    assert found == read(cell)[0]
    assert [(doubt.kind, doubt.blocks) for doubt in doubts] == [("due_before_issue", False)] * is_late
