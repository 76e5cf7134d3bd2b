from datetime import date
from typing import Any

import pytest

from db.rules.deadlines import deadline_row
from db.rules.notice import Deadline
from db.rules.rows import Adjusted, Shift
from db.rules.shift import prints_year, report_due, report_shift


def rule(month: int | None = None, day: int | None = None, **fields: Any) -> Deadline:
    given = {"text": "完成时限", "kind": "on_day", "source": "cell", "quote": "完成时限一栏"} | fields
    return Deadline(month=month, day=day, **given)


def shifted(*rules: Deadline, year: int = 2026, notice_year: int | None = 2021, confirmed: bool = False) -> Any:
    return deadline_row(rules, year, None, notice_year, confirmed).shift


@pytest.mark.parametrize(
    ("phrase", "printed"),
    [
        ("2021年底前", True),
        ("２０２１年11月", True),
        ("2021 年 11 月", True),
        ("2 0 2 1 年底", True),
        ("2021", True),
        ("2021.11.20前", True),
        ("2021-11-20", True),
        ("二〇二一年底前", True),
        ("二○二一年", True),
        ("12月3日前", False),
        ("年底前", False),
        ("全年", False),
        ("21年底前", False),
        ("20210", False),
        ("120天内", False),
        ("5个工作日内", False),
        ("", False),
    ],
)
def test_a_phrase_prints_a_year_when_it_writes_four_digits_of_one(phrase: str, printed: bool) -> None:
    assert prints_year(phrase) is printed


def test_a_rule_taken_over_into_another_year_says_which_year_it_was_made_for() -> None:
    row = deadline_row([rule(12, 3, text="12月3日前")], 2026, None, 2021)
    assert (row.text, row.due, row.shift) == ("12月3日前", date(2026, 12, 3), Shift(2021, False, False, False))
    assert row.shift is not None
    assert not row.shift.waits


def test_in_the_notices_own_year_nothing_is_shifted() -> None:
    assert shifted(rule(11, text="2021年11月"), year=2021) is None
    assert shifted(rule(2, 29), year=2021) is None


def test_without_a_notice_nothing_is_shifted() -> None:
    assert shifted(rule(12, 3), notice_year=None) is None


@pytest.mark.parametrize(
    "deadline",
    [rule(text="全年", kind="standing"), rule(text="2021年全年", kind="standing"), rule(kind="recurring")],
)
def test_a_rule_without_a_month_is_not_shifted(deadline: Deadline) -> None:
    assert shifted(deadline) is None


def test_no_rule_is_not_shifted() -> None:
    assert shifted() is None


def test_a_recurring_rule_with_a_date_is_shifted_with_it() -> None:
    assert shifted(rule(12, 3, kind="recurring", recurrence="FREQ=MONTHLY")) == Shift(2021, False, False, False)


@pytest.mark.parametrize("year", [2020, 2022, 2026])
def test_a_printed_year_waits_for_the_clerks_word(year: int) -> None:
    shift = shifted(rule(11, 20, text="2021年11月20日前"), year=year)
    assert shift == Shift(2021, True, False, False)
    assert shift.waits


def test_a_year_after_the_notices_moves_along_and_still_waits() -> None:
    row = deadline_row([rule(1, 10, year_offset=1, text="2023年1月10日前")], 2026, None, 2022)
    assert (row.due, row.shift) == (date(2027, 1, 10), Shift(2022, True, False, False))


@pytest.mark.parametrize(
    ("year", "due", "missing"),
    [(2021, None, True), (2024, date(2024, 2, 29), False), (2100, None, True), (2000, date(2000, 2, 29), False)],
)
def test_the_29th_of_february_is_missing_where_the_year_has_none(year: int, due: date | None, missing: bool) -> None:
    row = deadline_row([rule(2, 29, text="2月29日前")], year, None, 2020)
    assert (row.due, row.shift) == (due, Shift(2020, False, missing, False))


def test_the_end_of_february_is_never_missing() -> None:
    row = deadline_row([rule(2, text="2月底前")], 2021, None, 2020)
    assert (row.due, row.shift) == (date(2021, 2, 28), Shift(2020, False, False, False))


def test_once_confirmed_it_waits_no_longer() -> None:
    shift = shifted(rule(11, text="2021年11月"), confirmed=True)
    assert shift == Shift(2021, True, False, True)
    assert not shift.waits


def test_of_two_dates_that_are_ours_a_missing_one_is_not_hidden_by_the_other() -> None:
    row = deadline_row([rule(2, 29, text="2月29日前"), rule(9, text="9月底前")], 2026, None, 2020)
    assert (row.text, row.due, row.shift) == ("9月底前", date(2026, 9, 30), Shift(2020, False, True, False))


def test_the_date_of_another_party_waits_for_nobody_here() -> None:
    theirs = rule(2, 29, text="2020年2月29日前", party="各县局", ours=False)
    ours = rule(11, 20, text="市局11月20日前", party="市局")
    assert shifted(theirs, ours) == Shift(2021, False, False, False)
    assert shifted(theirs) is None


def test_an_adjusted_date_leaves_the_shift_as_it_is() -> None:
    row = deadline_row([rule(11, text="2021年11月")], 2026, Adjusted(date(2026, 10, 1), "提前"), 2021, True)
    assert (row.effective, row.shift) == (date(2026, 10, 1), Shift(2021, True, False, True))


@pytest.mark.parametrize(
    ("month", "day", "year", "offset", "due"),
    [
        (12, 6, 2021, 0, date(2021, 12, 6)),
        (1, 10, 2022, 1, date(2023, 1, 10)),
        (1, 10, 2026, 1, date(2027, 1, 10)),
        (2, 29, 2024, 0, date(2024, 2, 29)),
        (2, 29, 2023, 1, date(2024, 2, 29)),
        (2, 29, 2026, 0, None),
        (4, 31, 2026, 0, None),
        (12, 31, 9999, 0, date(9999, 12, 31)),
        (1, 1, 9999, 1, None),
    ],
)
def test_a_report_is_due_on_its_day_of_the_ledgers_year(
    month: int, day: int, year: int, offset: int, due: date | None
) -> None:
    assert report_due(month, day, year, offset) == due


HUBEI = "请各处室、单位于2023年1月10日前将《2022年省市场监管局政务公开工作重点任务分解表》落实情况报办公室"
JIANGMEN = "各单位要于12月6日前将本年度政务公开工作总结情况报办公室"


@pytest.mark.parametrize(
    ("quote", "printed"),
    [
        (HUBEI, True),
        ("２０２３ 年 １ 月 10 日前报送", True),
        (JIANGMEN, False),
        ("各单位于1月10日前将《2022年重点任务分解表》报办公室", False),  # the year of a title
        ("2022年度总结于1月10日前报送", False),
        ("", False),
    ],
)
def test_of_a_report_only_a_year_before_the_month_is_printed(quote: str, printed: bool) -> None:
    shift = report_shift(quote, date(2027, 1, 10), 2026, 2022, handed_in=False)
    assert shift == Shift(2022, printed, False, False)


def test_a_report_of_the_notices_own_year_is_not_shifted() -> None:
    assert report_shift(HUBEI, date(2023, 1, 10), 2022, 2022, handed_in=False) is None


def test_a_report_without_its_day_waits_until_it_is_handed_in() -> None:
    waiting = report_shift(JIANGMEN, None, 2026, 2024, handed_in=False)
    done = report_shift(JIANGMEN, None, 2026, 2024, handed_in=True)
    assert waiting == Shift(2024, False, True, False)
    assert done == Shift(2024, False, True, True)
    assert waiting.waits
    assert not done.waits
