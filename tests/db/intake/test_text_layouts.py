"""The tables of the shipped notices in every layout of text: each row read, nothing silently wrong.

What a layout loses (which cell was merged, which is empty) may cost questions, and values that carry one.
"""

from dataclasses import replace
from io import BytesIO

import pytest

from db.intake.readers.txt import read
from db.intake.replay import replayed
from seeds.plant import readings
from tests.db.intake.gold import compared
from tests.db.intake.text_layouts import LAYOUTS, WRAPPED, as_text

GOLDS = {draft.plan: replace(draft, other_numbers=()) for draft in readings() if draft.headings}
CASES = [(plan, layout) for plan in sorted(GOLDS) for layout in LAYOUTS]


def check(plan: str, text: str) -> None:
    source = read(BytesIO(text.encode()), f"{plan}.txt", lambda part, words: None)
    found = compared(replayed(source, ()), GOLDS[plan])
    assert (found.rows_right, found.rows_read) == (found.rows, found.rows)
    assert found.deadlines_right == found.deadlines
    assert found.silent == []


@pytest.mark.parametrize(("plan", "layout"), CASES)
def test_a_table_written_as_text_is_read_whole(plan: str, layout: str) -> None:
    check(plan, as_text(GOLDS[plan], layout))


@pytest.mark.parametrize(("plan", "layout"), CASES)
def test_page_numbers_and_headers_between_its_rows_change_nothing(plan: str, layout: str) -> None:
    check(plan, as_text(GOLDS[plan], layout, broken=True))


@pytest.mark.parametrize(("plan", "layout"), [case for case in CASES if case[1] in WRAPPED])
def test_cells_wrapped_over_several_lines_are_put_together(plan: str, layout: str) -> None:
    check(plan, as_text(GOLDS[plan], layout, width=34))
