"""The table of each notice is rebuilt from its reading alone and must be the printed one, sign by sign.

So nothing of a table is left over, nothing is said twice, and no cell has slipped into another row.
"""

import pytest

from tests.seeds.shelf import NUMBERS, PLANS, bare_text
from tests.seeds.tables import RowNumber, printed, row_number_places, table_start


@pytest.mark.parametrize("plan", PLANS)
def test_the_table_rebuilt_from_the_reading_is_the_printed_one(plan: str) -> None:
    assert "".join(printed(plan)) == bare_text(plan)[table_start(plan) :]


@pytest.mark.parametrize("plan", PLANS)
def test_the_row_numbers_are_found_where_they_are_printed(plan: str) -> None:
    numbers = [piece for piece in printed(plan) if isinstance(piece, RowNumber)]
    assert len(numbers) == (7 if plan == "liupanshui-2020" else len(NUMBERS[plan]))
    places = sorted(row_number_places(plan))
    assert "".join(bare_text(plan)[place] for place in places) == "".join(numbers)
