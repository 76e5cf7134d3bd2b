"""The list of choices: cursor, headings, mouse, widths."""

import pytest
from textual.app import App, ComposeResult

from tests.tui.desks import seen, settled
from tui.dialogs.line_list import Choice, LineList

CHOICES = [Choice("甲类", heading=True), Choice("一"), Choice("二", "3 项"), Choice("乙类", heading=True), Choice("三")]


class Lists(App[None]):
    def __init__(self, choices: list[Choice]) -> None:
        super().__init__()
        self._choices = choices
        self.taken: list[int] = []

    def compose(self) -> ComposeResult:
        yield LineList(self._choices)

    def on_line_list_taken(self, event: LineList.Taken) -> None:
        self.taken.append(event.index)


@pytest.mark.parametrize(
    ("keys", "index"),
    [
        ([], 1),
        (["up"], 1),
        (["down"], 2),
        (["down", "down"], 4),
        (["down", "down", "down"], 4),
        (["end"], 4),
        (["end", "up"], 2),
        (["end", "home"], 1),
        (["pagedown"], 4),
        (["pagedown", "pageup"], 1),
    ],
)
async def test_the_cursor_passes_headings_and_stays_inside(keys: list[str], index: int) -> None:
    app = Lists(CHOICES)
    async with app.run_test() as pilot:
        await pilot.press(*keys, "enter")
        assert app.taken == [index]


@pytest.mark.parametrize("choices", [[], [Choice("只有标题", heading=True)]])
async def test_where_nothing_can_be_chosen_nothing_is_taken(choices: list[Choice]) -> None:
    app = Lists(choices)
    async with app.run_test() as pilot:
        await pilot.press("down", "up", "end", "home", "pagedown", "enter")
        assert app.taken == []
        assert app.query_one(LineList).cursor is None


async def test_a_click_moves_and_a_second_click_takes() -> None:
    app = Lists(CHOICES)
    async with app.run_test() as pilot:
        await pilot.click(LineList, offset=(3, 4))
        assert app.taken == []
        await pilot.click(LineList, offset=(3, 4))
        assert app.taken == [4]


async def test_a_click_on_a_heading_or_below_the_last_line_does_nothing() -> None:
    app = Lists(CHOICES)
    async with app.run_test() as pilot:
        await pilot.click(LineList, offset=(3, 0))
        await pilot.click(LineList, offset=(3, 9))
        assert app.taken == []
        assert app.query_one(LineList).cursor == 1


async def test_the_chosen_line_is_marked_not_only_by_colour() -> None:
    app = Lists(CHOICES)
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.press("down")
        await settled(pilot)
        lines = seen(app).splitlines()
        assert [line[:2] for line in lines[:5]] == ["甲类", "  ", "> ", "乙类", "  "]


async def test_the_right_part_stays_whole_and_the_left_is_cut_by_cells() -> None:
    app = Lists([Choice("长" * 40, "另待确认 15 项"), *[Choice(str(number)) for number in range(30)]])
    async with app.run_test(size=(40, 8)) as pilot:
        await settled(pilot)
        first = seen(app).splitlines()[0]
        assert "…" in first
        assert "另待确认 15 项" in first


async def test_ten_thousand_lines_scroll_to_the_last() -> None:
    app = Lists([Choice(f"第 {number} 行") for number in range(10_000)])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        await settled(pilot)
        assert "> 第 9999 行" in seen(app)
