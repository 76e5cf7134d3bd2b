"""Whose year is walked through, and on which days."""

from typing import NamedTuple


class Scenario(NamedTuple):
    """turn: which turns of events the year takes (steps.py). The days: every `apart`th, `first` days from 1 January."""

    plan: str
    unit: str
    year: int
    turn: int
    first: int = 0
    apart: int = 1

    @property
    def name(self) -> str:
        return f"{self.plan}-{self.unit}-{self.year}"


SCENARIOS = (
    Scenario("jiangmen-2021", "全局", 2021, 0),
    Scenario("jiangmen-culture-2021", "全局", 2021, 0),
    Scenario("jiading-2021", "全局", 2021, 0),
    Scenario("hubei-2022", "全局", 2022, 0),
    Scenario("liupanshui-2020", "全局", 2020, 0),
    # One plan taken for 2026, after which nothing is published, and one for a leap year.
    Scenario("liupanshui-2020", "全局", 2026, 2, 0, 2),
    Scenario("jiading-2021", "全局", 2024, 2, 1, 2),
    # Quotas of 各责任科室 are counted for a unit alone.
    Scenario("liupanshui-2020", "登记注册科", 2020, 1),
    # A unit of each notice, and the other plans in other years, each on days of its own.
    Scenario("jiangmen-2021", "协调应急科", 2021, 1, 0, 5),
    Scenario("jiangmen-culture-2021", "市场执法股", 2021, 1, 1, 5),
    Scenario("jiading-2021", "办公室", 2021, 1, 2, 5),
    Scenario("hubei-2022", "稽查处", 2022, 1, 3, 5),
    Scenario("jiangmen-2021", "全局", 2026, 2, 2, 7),
    Scenario("jiangmen-culture-2021", "全局", 2026, 1, 0, 7),
    Scenario("jiading-2021", "法规科", 2026, 0, 1, 7),
    Scenario("hubei-2022", "全局", 2026, 2, 3, 7),
    Scenario("jiangmen-2021", "执法监督科", 2024, 0, 4, 7),
    Scenario("jiangmen-culture-2021", "全局", 2024, 2, 5, 7),
    Scenario("hubei-2022", "宣传处", 2024, 1, 6, 7),
    Scenario("liupanshui-2020", "执法支队", 2024, 1, 0, 7),
)
