"""What every view in lines does: cursor, text, changes, sizes, errors, and the way from one view to another."""

from collections.abc import Hashable, Sequence

import pytest
from textual.app import App

from db.errors import MendableError
from tests.tui.conftest import DeskMaker
from tests.tui.desks import HOSTILE, Stage, seen, settled
from tests.tui.office import office
from tui.commands import VIEWS
from tui.desk import Desk
from tui.dialogs.line_list import Choice, LineList
from tui.screens.checklist import ChecklistScreen
from tui.screens.going import view
from tui.screens.rows_screen import RowsScreen
from tui.widgets.reading_pane import Block, ReadingPane


class Names(RowsScreen):
    """A list of names that a test changes."""

    NAME = "names"

    def __init__(self, desk: Desk, names: list[str], at: str | None = None) -> None:
        super().__init__(desk, at)
        self.names = names
        self.fails = False

    def read(self) -> None:
        if self.fails:
            raise MendableError("读不出来。", "再试一次。")

    def title_words(self) -> str:
        return f"名单 {len(self.names)}"

    def choices(self) -> Sequence[Choice]:
        return [Choice(name, heading=name.startswith("#")) for name in self.names]

    def key(self, index: int) -> Hashable:
        return self.names[index]

    def blocks(self, index: int) -> Sequence[Block]:
        return [Block(f"全文 {self.names[index]}")]

    def empty_words(self) -> str:
        return "名单是空的。"


class Styled(Stage):
    CSS_PATH = "../../../tui/app.tcss"


def text_of(app: App[None]) -> str:
    return seen(app)


@pytest.mark.parametrize(
    ("before", "at", "after", "stands"),
    [
        (["甲", "乙", "丙"], "乙", ["新", "甲", "乙", "丙"], "乙"),
        (["甲", "乙", "丙"], "乙", ["甲", "丙"], "丙"),
        (["甲", "乙", "丙"], "丙", ["甲", "乙"], "乙"),
        (["甲"], "甲", [], None),
        (["#头", "甲"], "甲", ["#头", "甲", "#尾", "乙"], "甲"),
        (["#头", "甲"], "没有这一行", ["#头", "甲"], "甲"),
    ],
)
async def test_the_cursor_stays_on_the_same_thing(
    desk: Desk, before: list[str], at: str, after: list[str], stands: str | None
) -> None:
    screen = Names(desk, before, at)
    async with Styled(lambda: screen).run_test() as pilot:
        await settled(pilot)
        screen.names = after
        screen.reread()
        await settled(pilot)
        assert screen.current_key == stands
        shown = seen(pilot.app)
        assert f"名单 {len(after)}" in shown
        assert (f"全文 {stands}" if stands else "名单是空的。") in shown


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_text_stands_still_in_lines_and_pane(desk: Desk, name: str) -> None:
    app = Styled(lambda: Names(desk, [name]))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "\x1b" not in seen(app)
        assert "\u202e" not in seen(app)


async def test_the_text_stands_below_beside_or_not_at_all(desk: Desk) -> None:
    screen = Names(desk, ["甲", "乙"])
    async with Styled(lambda: screen).run_test() as pilot:
        for size, arranged in (((80, 24), "below"), ((120, 36), "beside"), ((60, 12), "none"), ((80, 24), "below")):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            lines, pane = screen.query_one(LineList).region, screen.query_one(ReadingPane).region
            found = "none" if not pane.height else "below" if pane.y >= lines.bottom else "beside"
            assert found == arranged, size
        await pilot.resize_terminal(20, 5)
        await settled(pilot)
        assert "窗口太小" in seen(pilot.app).replace("\n", "")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        await pilot.press("down")
        await settled(pilot)
        assert screen.current_key == "乙"


async def test_what_cannot_be_read_is_said_and_what_was_shown_stays(desk: Desk) -> None:
    screen = Names(desk, ["甲"])
    async with Styled(lambda: screen).run_test() as pilot:
        await settled(pilot)
        screen.fails = True
        screen.names = ["别的"]
        screen.reread()
        await settled(pilot)
        assert "读不出来。  再试一次。" in seen(pilot.app)
        assert "全文 甲" in seen(pilot.app)


@pytest.mark.parametrize("command", VIEWS, ids=lambda command: str(command.name))
async def test_each_digit_opens_its_view_full_width_too_and_esc_leads_back(desk: Desk, command) -> None:  # type: ignore[no-untyped-def]
    async with office(desk) as clerk:
        for key in command.keys:
            await clerk.press(key)
            assert type(clerk.app.screen).__name__ == type(view(command.name, desk)).__name__
            await clerk.press("escape")
            assert isinstance(clerk.app.screen, ChecklistScreen)


async def test_a_view_takes_the_place_of_another(desk: Desk) -> None:
    async with office(desk) as clerk:
        depth = len(clerk.app.screen_stack)
        for key in ("1", "3", "6", "7", "1"):
            await clerk.press(key)
            assert len(clerk.app.screen_stack) == depth + 1
        await clerk.press("1")
        assert "今日" in clerk.lines()[0]
        assert len(clerk.app.screen_stack) == depth + 1
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, ChecklistScreen)


async def test_two_digits_in_one_burst_open_one_view(desk: Desk) -> None:
    async with office(desk) as clerk:
        depth = len(clerk.app.screen_stack)
        await clerk.pilot.press("1", "1", "3")
        await settled(clerk.pilot)
        assert len(clerk.app.screen_stack) == depth + 1


async def test_tab_lists_the_views_for_arrows_digits_and_the_mouse(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("tab")
        assert all(f"{command.shown_key} {command.label}" in clerk.text() for command in VIEWS)
        await clerk.press("down", "down", "enter")
        assert "量化指标" in clerk.lines()[0]
        await clerk.press("tab", "6")
        assert "工作日历" in clerk.lines()[0]
        await clerk.press("tab", "escape")
        assert "工作日历" in clerk.lines()[0]
        await clerk.press("tab", "tab", "escape", "escape")
        assert isinstance(clerk.app.screen, ChecklistScreen)
        await clerk.press("tab")
        await clerk.pilot.click(LineList, offset=(4, 0))
        await settled(clerk.pilot)
        assert "今日" in clerk.lines()[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10)])
async def test_every_view_is_drawn_at_every_size_and_in_a_file_that_only_can_be_read(
    make_desk: DeskMaker, size: tuple[int, int]
) -> None:
    make_desk()
    looking_on = make_desk(write=False)
    assert looking_on.read_only
    async with office(looking_on, size) as clerk:
        for command in VIEWS:
            await clerk.press(command.keys[0])
            assert command.label in clerk.lines()[0]
            for changing in clerk.app.command_groups[0][1]:
                if changing.changes:
                    await clerk.press(changing.keys[0])
                    assert "只读" in clerk.said or type(clerk.app.screen).__name__ != "DaysDialog", changing
            await clerk.resize(20, 5)
            await clerk.resize(*size)
            assert command.label in clerk.lines()[0]
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, ChecklistScreen)
