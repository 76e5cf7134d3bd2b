from datetime import date
from typing import Any

import pytest

from db.rules.deadlines import deadline_row, resolve
from db.rules.notice import Deadline
from db.rules.rows import Adjusted, DeadlineRow, PartyDate, Shift


def rule(month: int | None = None, day: int | None = None, **fields: Any) -> Deadline:
    kind = "standing" if month is None else "on_day" if day else "month_end"
    given = {"text": "完成时限", "kind": kind, "source": "cell", "quote": "完成时限一栏"} | fields
    return Deadline(month=month, day=day, **given)


@pytest.mark.parametrize(
    ("deadline", "year", "due"),
    [
        (rule(12, 3), 2021, date(2021, 12, 3)),
        (rule(2), 2021, date(2021, 2, 28)),  # 2月底前
        (rule(2), 2024, date(2024, 2, 29)),
        (rule(2), 2000, date(2000, 2, 29)),
        (rule(2), 2100, date(2100, 2, 28)),
        (rule(1), 2021, date(2021, 1, 31)),
        (rule(4), 2021, date(2021, 4, 30)),
        (rule(12), 2021, date(2021, 12, 31)),
        (rule(12, 31), 2021, date(2021, 12, 31)),  # 年底前
        (rule(1, year_offset=1), 2022, date(2023, 1, 31)),  # 2023年1月 in a notice of 2022
        (rule(1, 10, year_offset=1), 2022, date(2023, 1, 10)),
        (rule(12, 31, year_offset=-1), 2022, date(2021, 12, 31)),
        (rule(2, 29), 2024, date(2024, 2, 29)),
        (rule(2, 29), 2021, None),  # never 28 February
        (rule(2, 29, year_offset=1), 2023, date(2024, 2, 29)),
        (rule(4, 31), 2021, None),
        (rule(13), 2021, None),
        (rule(12, year_offset=1), 9999, None),
        (rule(12), 9999, date(9999, 12, 31)),
        (rule(), 2021, None),  # 全年
        (
            rule(6, kind="window", start_month=4, start_day=1),
            2021,
            date(2021, 6, 30),
        ),  # a window ends with its last day
    ],
)
def test_a_date_rule_is_resolved_against_the_ledgers_year(deadline: Deadline, year: int, due: date | None) -> None:
    assert resolve(deadline, year) == due


def test_no_deadline_at_all_is_kind_none_and_source_none() -> None:
    assert deadline_row((), 2021, None) == DeadlineRow(None, "none", "none", None, None, (), None, None)


def test_an_own_date_stands_beside_no_deadline() -> None:
    row = deadline_row((), 2021, Adjusted(date(2021, 6, 1), "领导来电"))
    assert (row.due, row.effective) == (None, date(2021, 6, 1))


def test_one_date_for_everybody_is_listed_without_a_party() -> None:
    row = deadline_row([rule(9, text="9月底前", quote="9月底前完成")], 2021, None)
    assert row == DeadlineRow(
        "9月底前",
        "month_end",
        "cell",
        date(2021, 9, 30),
        "9月底前完成",
        (PartyDate(None, date(2021, 9, 30)),),
        None,
        None,
    )


@pytest.mark.parametrize("deadline", [rule(text="全年"), rule(2, 29)])
def test_a_rule_without_a_date_lists_none(deadline: Deadline) -> None:
    row = deadline_row([deadline], 2021, None)
    assert (row.due, row.dates, row.text) == (None, (), deadline.text)


def test_a_date_long_past_is_never_rolled_forward() -> None:
    row = deadline_row([rule(2, text="2月底前")], 2021, None)
    assert row.due == date(2021, 2, 28)


def test_a_recurring_rule_keeps_its_recurrence_and_the_default_date() -> None:
    quarterly = rule(12, 3, kind="recurring", source="notice", recurrence="FREQ=MONTHLY;INTERVAL=3")
    row = deadline_row([quarterly], 2021, None)
    assert (row.kind, row.source, row.due) == ("recurring", "notice", date(2021, 12, 3))
    assert row.recurrence == "FREQ=MONTHLY;INTERVAL=3"


TWO_PARTIES = (
    rule(10, 31, text="各县区10月31日前", quote="各县区于10月31日前", party="各县（市、区）局", ours=False),
    rule(11, 20, text="市局11月20日前", quote="市局于11月20日前", party="市局"),
)


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_dates_for_two_parties_ours_counts_and_both_are_listed(order: int) -> None:
    row = deadline_row(TWO_PARTIES[::order], 2021, None)
    assert (row.text, row.due, row.quote) == ("市局11月20日前", date(2021, 11, 20), "市局于11月20日前")
    listed = (PartyDate("各县（市、区）局", date(2021, 10, 31)), PartyDate("市局", date(2021, 11, 20)))
    assert row.dates == listed[::order]


def test_dates_that_are_all_for_others_give_us_no_due_date() -> None:
    row = deadline_row(TWO_PARTIES[:1], 2021, None)
    assert (row.kind, row.due, row.recurrence) == ("none", None, None)
    assert row.text == "各县区10月31日前"
    assert row.dates == (PartyDate("各县（市、区）局", date(2021, 10, 31)),)


def test_a_party_whose_day_does_not_exist_this_year_is_still_listed() -> None:
    row = deadline_row([rule(2, 29, party="市局"), TWO_PARTIES[0]], 2021, None)
    assert row.due is None
    assert row.dates == (PartyDate("市局", None), PartyDate("各县（市、区）局", date(2021, 10, 31)))


def test_of_two_dates_that_are_both_ours_the_earlier_counts() -> None:
    row = deadline_row([rule(text="常态化"), rule(9, text="9月底前"), rule(6, text="6月底前")], 2021, None)
    assert (row.text, row.due) == ("6月底前", date(2021, 6, 30))


def test_an_adjusted_date_leaves_the_notices_own_untouched() -> None:
    adjusted = Adjusted(date(2021, 12, 20), "经同意延期")
    row = deadline_row([rule(12, 3)], 2021, adjusted)
    assert (row.due, row.effective, row.adjusted) == (date(2021, 12, 3), date(2021, 12, 20), adjusted)


def test_a_row_says_nothing_of_a_shift_unless_it_is_told_the_notices_year() -> None:
    assert deadline_row([rule(11, text="2021年11月")], 2026, None).shift is None
    assert deadline_row([rule(11, text="2021年11月")], 2026, None, 2021, True).shift == Shift(2021, True, False, True)
    assert deadline_row((), 2026, None, 2021).shift is None
