"""What is searched of an entry: all its texts folded at once, each still by itself."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.order import folded, found, holds, searched, words_of
from db.rules.rows import ItemTally, OccurrenceRow, QuotaRow
from tests.db.rules.entries import TODAY, entry, note

YEAR = date(2021, 1, 1), date(2021, 12, 31)
ITEM = ItemTally("信用分级办法", 0, False, 1)
WORKED = replace(
    entry(requirement="列席决策会议"),
    quotas=(QuotaRow(1, "次", "item", 0, *YEAR, False, (ITEM,), "每项决策不得少于1次"),),
    occurrences=(OccurrenceRow(*YEAR, "done", TODAY, "已听取汇报"), OccurrenceRow(*YEAR, "coming")),
)


@pytest.mark.parametrize("query", ["分级办法", "听取汇报", "决策会议 信用"])
def test_items_and_settled_periods_are_found(query: str) -> None:
    assert found(WORKED, query)


@pytest.mark.parametrize("query", ["None", "会议信用", "办法已听取", "coming"])
def test_nothing_is_found_across_two_texts_or_in_what_is_no_text(query: str) -> None:
    assert not found(WORKED, query)


TEXT = st.text(st.sampled_from("公开Ａa１1（()） \n\t　e\u0301\u200bßſ㎏ﬁ가\u1100\u1161Σς"), max_size=8)


@given(st.lists(TEXT, min_size=1, max_size=5), TEXT)
def test_folded_together_each_text_is_as_it_is_folded_alone(texts: list[str], query: str) -> None:
    row = entry(requirement=texts[0], notes=tuple(note(text) for text in texts[1:]))
    alone = [folded(text) for text in (row.number, row.deadline.text or "", *texts)]
    words = words_of(query)
    assert holds(folded(searched(row)), words) == all(any(word in text for text in alone) for word in words)
