from datetime import date

import pytest

from db.rules.statute import STATUTE_REPORTS


@pytest.mark.parametrize(
    ("index", "year", "due"),
    [(0, 2021, date(2022, 1, 31)), (1, 2021, date(2022, 3, 31)), (0, 2023, date(2024, 1, 31))],
)
def test_the_report_on_a_year_is_due_in_the_year_after_it(index: int, year: int, due: date) -> None:
    assert STATUTE_REPORTS[index].due(year) == due


def test_each_report_names_its_article_and_says_its_day() -> None:
    assert len({report.what for report in STATUTE_REPORTS}) == 2
    for report in STATUTE_REPORTS:
        assert report.article == "第四十九条"
        assert report.text.startswith(f"{report.article}：")
        assert f"{report.month}月{report.day}日前" in report.text
