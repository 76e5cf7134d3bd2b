"""The clerk's typed dates, by tables."""

from datetime import date

import pytest

from tui.dialogs.typed_date import typed_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026.11.20", date(2026, 11, 20)),
        ("2026/11/20", date(2026, 11, 20)),
        ("2026-1-2", date(2026, 1, 2)),
        ("2025-12-31", date(2025, 12, 31)),
        ("2026年11月20日", date(2026, 11, 20)),
        ("2026年11月20", date(2026, 11, 20)),
        ("2026年11月20号", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("11-20", date(2026, 11, 20)),
        ("11.20", date(2026, 11, 20)),
        ("11/20", date(2026, 11, 20)),
        ("1-2", date(2026, 1, 2)),
        ("11月20日", date(2026, 11, 20)),
        ("11月20", date(2026, 11, 20)),
        ("3月1号", date(2026, 3, 1)),
        ("20日", date(2026, 11, 20)),
        ("1号", date(2026, 11, 1)),
        ("2000-01-01", date(2000, 1, 1)),
        ("2099-12-31", date(2099, 12, 31)),
    ],
)
def test_the_forms_an_office_writes_are_understood(text: str, meant: date) -> None:
    assert typed_date(text, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("今天", date(2026, 11, 22)),
        ("今日", date(2026, 11, 22)),
        ("昨天", date(2026, 11, 21)),
        ("前天", date(2026, 11, 20)),
        ("明天", date(2026, 11, 23)),
        ("后天", date(2026, 11, 24)),
    ],
)
def test_a_word_counts_from_today(text: str, meant: date) -> None:
    assert typed_date(text, TODAY) == meant


@pytest.mark.parametrize(
    "text",
    ["１１－２０", "１１．２０", "１１月２０日", "11。20", "11、20", " 11 - 20 ", "11月\u300020日", "11—20", "11·20"],
)
def test_full_width_forms_spaces_and_what_an_input_method_makes_of_the_keys_mean_the_same(text: str) -> None:
    assert typed_date(text, TODAY) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "2026",
        "1120",
        "11",
        "20",
        "11月",
        "11月底",
        "26-11-20",
        "2026-11",
        "2026-11.20",
        "2026年11-20",
        "11-20-2026",
        "11-20前",
        "大后天",
        "今天昨天",
        "2026-11-20 2026-11-21",
        "-11-20",
        "十一月二十日",
        "1999-12-31",
        "2100-01-01",
        "0001-01-01",
        "[/]",
        "\x1b[2J",
        "11-20\x00",
    ],
)
def test_what_is_no_date_is_refused_and_never_guessed(text: str) -> None:
    assert typed_date(text, TODAY) is None


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2-30", "2月30日", "4-31", "13-1", "0-1", "1-0", "31日", "20261301", "2026-00-10"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert typed_date(text, TODAY) is None


def test_a_leap_day_exists_in_a_leap_year_only() -> None:
    assert typed_date("2-29", date(2028, 1, 5)) == date(2028, 2, 29)
    assert typed_date("2-29", date(2027, 1, 5)) is None


def test_a_date_without_a_year_stays_in_the_year_of_today() -> None:
    assert typed_date("12-28", date(2027, 1, 5)) == date(2027, 12, 28)


def test_yesterday_of_new_years_day_is_in_the_year_before() -> None:
    assert typed_date("昨天", date(2027, 1, 1)) == date(2026, 12, 31)
