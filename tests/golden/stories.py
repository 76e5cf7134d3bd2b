"""Five half-worked ledgers, one of each notice: whose they are, on which day they are looked at, and what was done.

Each leaves something undone and something overdue. No person is named: the officer is 甲.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tests.golden import bureau_stories, office_stories
from tests.golden.clerk import Clerk

OFFICER: Final = "甲"


@dataclass(frozen=True, slots=True)
class Story:
    """A ledger: begun on a morning, told by `tell`, exported on the day `today`."""

    plan: str
    unit: str
    year: int
    begun: date
    today: date
    tell: Callable[[Clerk], None]


STORIES: Final = (
    Story("jiangmen-2021", "执法监督科", 2021, date(2021, 10, 29), date(2021, 11, 26), bureau_stories.jiangmen),
    Story("liupanshui-2020", "登记注册科", 2020, date(2020, 6, 1), date(2020, 11, 20), bureau_stories.liupanshui),
    # A notice of 2021 that is the plan for 2026: its dates are taken over, one of them awaits the clerk's word.
    Story("jiangmen-culture-2021", "办公室", 2026, date(2026, 1, 5), date(2026, 11, 24), office_stories.culture),
    Story("hubei-2022", "办公室", 2022, date(2022, 6, 27), date(2022, 12, 9), office_stories.hubei),
    Story("jiading-2021", "办公室", 2021, date(2021, 5, 10), date(2021, 11, 22), office_stories.jiading),
)
"""By plan, as the notices stand on the shelf (tests.seeds.shelf.PLANS)."""
