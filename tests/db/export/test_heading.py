"""Who signs, and rates in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.export.heading import rate_words, signer
from db.export.summary import blocks, figures
from db.rules.rows import Summary
from tests.db.export.conftest import LEDGER, SHEET


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [
        (0, 0, "—"),
        (0, 7, "0.0%"),
        (1, 4, "25.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (29, 50, "58.0%"),  # 0.58 has no exact binary fraction
        (1999, 2000, "99.9%"),
        (2999, 3000, "99.9%"),
        (2000, 2000, "100.0%"),
        (1, 2000, "0.1%"),
        (1, 2001, "0.0%"),
        (1, 8, "12.5%"),
    ],
)
def test_a_rate_is_rounded_half_up_but_never_to_100(done: int, total: int, said: str) -> None:
    assert rate_words(done, total) == said


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_only_what_is_wholly_done_is_said_to_be_100(total: int, done: int) -> None:
    assert (rate_words(min(done, total), total) == "100.0%") is (done >= total)


def test_no_figure_of_a_ledger_rounds_up_to_a_false_100() -> None:
    sheet = replace(SHEET, summary=Summary(2000, 1999, 0, 0, 0, 1999 / 2000))
    assert "办结率 99.9%" in figures(sheet)
    assert ("办结率", "99.9%") in blocks(sheet)[0].rows


@pytest.mark.parametrize(
    ("unit", "agency", "signed"),
    [
        ("执法监督科", "某局", "执法监督科"),
        ("全局", "某局", "某局"),
        ("全局", None, "全局"),
        ("全局", "某局\n办公室", "某局 办公室"),
    ],
)
def test_the_agency_signs_for_the_whole_bureau_where_the_notice_names_it(
    unit: str, agency: str | None, signed: str
) -> None:
    assert signer(replace(LEDGER, unit=unit, agency=agency)) == signed
