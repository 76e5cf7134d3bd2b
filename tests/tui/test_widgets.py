"""Key line, status line, reading pane, columns and the list as a value."""

from collections.abc import Sequence
from datetime import date

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widget import Widget

from db.rules.rows import EntryRow
from tests.tui.desks import HOSTILE, seen, settled
from tests.tui.office import a_deadline, an_entry, days_left
from tui.cells import safe
from tui.checklist_view import listing, neighbour_filter, with_ids
from tui.commands import BACK, CHECKLIST, Command
from tui.text import shown
from tui.view_commands import BOARD, CALENDAR, CLOCKS, ITEM_LIST, PUBLICATIONS, QUOTAS, REPORTS, YEAR
from tui.widgets.columns import REQUIREMENT_AT_LEAST, fit, heading_cells, measure, row_cells
from tui.widgets.filter_bar import FilterBar
from tui.widgets.key_line import KeyLine
from tui.widgets.reading_pane import Block, ReadingPane
from tui.widgets.status_line import LINES_AT_MOST, StatusLine

TODAY = date(2026, 11, 22)


class Wall(App[None]):
    """Hangs widgets below one another and notes what is done on it."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self._hung = widgets
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield from self._hung

    def action_one(self) -> None:
        self.done.append("one")

    def action_help(self) -> None:
        self.done.append("help")


ONE = Command("one", ("f2",), "销账", "销账。", "F2", True)
TWO = Command("two", ("f3",), "记事", "记事。", "F3", True)
HIDDEN = Command("three", ("f4",), "其他", "其他。", "F4")


@pytest.mark.parametrize(
    ("width", "commands", "line"),
    [
        (40, (ONE, TWO), " F2 销账  F3 记事"),
        (40, (ONE, TWO, HIDDEN), " F2 销账  F3 记事  F1 更多"),
        (20, (ONE, TWO), " F2 销账  F1 更多"),
        (12, (ONE, TWO), " F1 更多"),
        (40, (), ""),
        (40, (ONE, TWO, BACK), " F2 销账  F3 记事  Esc 返回"),
        (34, (ONE, TWO, BACK), " F2 销账  Esc 返回  F1 更多"),
        (19, (ONE, TWO, BACK), " Esc 返回  F1 更多"),
    ],
)
async def test_the_key_line_shows_what_fits_and_where_the_rest_is(
    width: int, commands: tuple[Command, ...], line: str
) -> None:
    app = Wall(KeyLine(commands))
    async with app.run_test(size=(width, 3)) as pilot:
        await settled(pilot)
        assert seen(app).split("\n")[-1] == line


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("commands", [BOARD, CALENDAR, CLOCKS, ITEM_LIST, PUBLICATIONS, QUOTAS, REPORTS, YEAR])
async def test_every_view_names_the_way_back(commands: tuple[Command, ...], width: int) -> None:
    app = Wall(KeyLine(commands))
    async with app.run_test(size=(width, 3)) as pilot:
        await settled(pilot)
        assert "Esc 返回" in seen(app)
        assert seen(app).endswith("F1 更多")


async def test_a_click_on_the_key_line_does_what_the_key_does() -> None:
    app = Wall(KeyLine((ONE, HIDDEN)))
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.click(KeyLine, offset=(2, 0))
        await pilot.click(KeyLine, offset=(12, 0))
        await pilot.click(KeyLine, offset=(35, 0))
        await settled(pilot)
        assert app.done == ["one", "help"]


@pytest.mark.parametrize("width", [20, 40, 80])
async def test_the_checklists_key_line_never_cuts_a_command(width: int) -> None:
    line = KeyLine(CHECKLIST)
    app = Wall(line)
    async with app.run_test(size=(width, 3)) as pilot:
        await settled(pilot)
        assert "…" not in seen(app)
        assert seen(app).endswith("F1 更多")
        assert line.fitting(width)


async def test_a_long_message_grows_over_lines_and_marks_what_does_not_fit() -> None:
    line = StatusLine()
    app = Wall(line)
    async with app.run_test(size=(30, 10)) as pilot:
        for length, height, whole in ((5, 1, True), (20, 2, True), (200, LINES_AT_MOST, False)):
            line.say(shown("字" * length), alarm=not whole)
            await settled(pilot)
            assert line.region.height == height
            assert seen(app).count("字") == length if whole else "…" in seen(app)
        line.say(shown(""))
        await settled(pilot)
        assert (line.region.height, line.text) == (1, "")


async def test_a_label_stands_beside_its_text_and_above_it_on_a_narrow_screen() -> None:
    pane = ReadingPane(
        [Block("标题", look="heading"), Block("公开" * 20, "具体要求"), Block("", "空"), Block("无标签")]
    )
    app = Wall(pane)
    async with app.run_test(size=(62, 10)) as pilot:
        await settled(pilot)
        assert pane.text_lines()[:3] == ["标题", "具体要求  " + "公开" * 12, " " * 10 + "公开" * 8]
        await pilot.resize_terminal(30, 10)
        await settled(pilot)
        assert pane.text_lines()[:3] == ["标题", "具体要求", "公开" * 6 + "公"]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_stands_still_in_the_pane(text: str) -> None:
    pane = ReadingPane([Block(text, "标签", "alarm"), Block(text, text)], more="更多")
    app = Wall(pane)
    async with app.run_test(size=(40, 4)) as pilot:
        await settled(pilot)
        for line in app.screen._compositor.render_strips():
            assert line.cell_length == 40
            assert safe(line.text) == line.text


async def test_a_pane_that_shows_not_all_says_so_on_its_last_line() -> None:
    pane = ReadingPane([Block(f"第 {number} 行") for number in range(9)], more="Enter 看全文")
    app = Wall(pane)
    async with app.run_test(size=(40, 4)) as pilot:
        await settled(pilot)
        assert seen(app).split("\n")[-1].split() == ["第", "3", "行", "Enter", "看全文"]
        pane.show([Block("一行")])
        await settled(pilot)
        assert "看全文" not in seen(app)


COUNTS = (("all", "全部", 12), ("open", "未办结", 7), ("week", "7 天内", 0), ("done", "已办结", 5))


@pytest.mark.parametrize(
    ("width", "current", "line"),
    [
        (60, "all", " 【全部 12】 未办结 7  7 天内 0  已办结 5"),
        (60, "done", "  全部 12  未办结 7  7 天内 0 【已办结 5】"),
        (26, "all", " 【全部 12】 未办结 7 >"),
        (26, "done", " < 7 天内 0 【已办结 5】"),
        (16, "week", " <【7 天内 0】>"),
    ],
)
async def test_the_filter_bar_shows_the_current_one_and_that_there_are_more(
    width: int, current: str, line: str
) -> None:
    bar = FilterBar()
    app = Wall(bar)
    async with app.run_test(size=(width, 3)) as pilot:
        bar.show(COUNTS, current)
        await settled(pilot)
        assert seen(app).split("\n")[0] == line


# Columns

MANY = [
    an_entry(
        number="一(四)3",
        requirement="公开" * 30,
        role="responsible",
        applicability="possible",
        deadline=a_deadline("分别于11月20日前和12月10日前", "on_day", date(2026, 11, 20)),
        countdown=days_left(339, 235, estimated=True),
    ),
    an_entry(2, number="自12", own=True, requirement="短", status="done", done_on=date(2026, 1, 2)),
]


@pytest.mark.parametrize("width", [*range(20, 60), 80, 99, 100, 120, 200])
@pytest.mark.parametrize("entries", [MANY, MANY[1:], []])
def test_the_columns_fill_the_width_and_no_more(width: int, entries: Sequence[EntryRow]) -> None:
    columns = fit(measure(entries, 2026, TODAY), width)
    for cells in (heading_cells(columns), *(row_cells(entry, columns) for entry in entries)):
        assert sum(cell_len(text) for _, text in cells) == width - 2
    names = [name for name, _ in columns.widths]
    assert names.index("requirement") in (0, 1)
    assert dict(columns.widths)["requirement"] >= min(REQUIREMENT_AT_LEAST, width - 12)


def test_a_narrow_list_keeps_the_countdown_longest() -> None:
    kept = [tuple(name for name, _ in fit(measure(MANY, 2026, TODAY), width).widths) for width in (120, 60, 46, 40)]
    assert kept[0] == ("number", "requirement", "role", "deadline", "countdown", "status")
    assert all("countdown" in names for names in kept)
    assert "deadline" not in kept[2]
    assert "role" not in kept[3]


def test_a_countdown_leaves_its_workdays_out_before_a_column_goes() -> None:
    columns = fit(measure(MANY, 2026, TODAY), 60)
    assert columns.brief
    assert columns.cell("countdown", MANY[0]) == "剩 339 天"


def test_without_roles_there_is_no_column_for_them() -> None:
    assert "role" not in [name for name, _ in fit(measure(MANY[1:], 2026, TODAY), 120).widths]


# The list as a value

OVERDUE = an_entry(1, deadline=a_deadline("1月", "month_end", date(2026, 1, 31)), countdown=days_left(-295, -200))
STANDING = an_entry(2, deadline=a_deadline("全年", "standing"))
DONE = an_entry(3, status="done", done_on=date(2026, 5, 1), requirement="培训")
OTHERS = an_entry(4, applicability="not_ours")
SOON = an_entry(5, deadline=a_deadline("11月底", "month_end", date(2026, 11, 29)), countdown=days_left(7, 5))
ALL = (STANDING, DONE, OTHERS, SOON, OVERDUE)


@pytest.mark.parametrize(
    ("key", "search", "numbers"),
    [
        ("all", "", [1, 5, 2, 3]),
        ("open", "", [1, 5, 2]),
        ("week", "", [5]),
        ("overdue", "", [1]),
        ("standing", "", [2]),
        ("done", "", [3]),
        ("not_ours", "", [4]),
        ("possible", "", []),
        ("all", "培训", [3]),
        ("open", "培训", []),
        ("all", "   ", [1, 5, 2, 3]),
        ("nonsense", "", [1, 5, 2, 3]),
    ],
)
def test_the_list_is_filtered_searched_and_sorted(key: str, search: str, numbers: list[int]) -> None:
    assert [entry.id for entry in listing(ALL, key, search, TODAY).shown] == numbers


def test_the_counts_are_those_of_the_filters_under_the_search() -> None:
    counts = {key: count for key, _, count in listing(ALL, "all", "培训", TODAY).counts}
    assert counts == {key: int(key in ("all", "done")) for key in counts}


def test_the_filters_go_round() -> None:
    key = "all"
    passed = []
    for _ in range(9):
        passed.append(key)
        key = neighbour_filter(key, 1)
    assert key == "all"
    assert len(set(passed)) == 9
    assert neighbour_filter("all", -1) == passed[-1]


def test_entries_are_found_by_their_ids_in_the_order_of_the_list() -> None:
    made = listing(ALL, "all", "", TODAY)
    assert [entry.id for entry in with_ids(made.shown, {2, 1, 99})] == [1, 2]
    assert made.index_of(2) == 2
    assert made.index_of(99) is None
    assert made.index_of(None) is None
