"""事项和次数: items with their tallies, the counts below each."""

from datetime import date

import pytest

from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.office import Office, office
from tests.tui.timed import JIADING, numbered, refused, type_at
from tui.cells import safe
from tui.desk import Desk
from tui.dialogs.count import items_of
from tui.dialogs.dialog import Dialog
from tui.screens.items import ItemsScreen

BY_ITEMS = "18"
PLAIN = "1"


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    return make_desk(whole=JIADING)


async def open_items(at: Office, number: str) -> None:
    at.checklist.go_to(numbered(at.checklist.desk, number).id)
    at.checklist.show_entries()
    await at.press("ctrl+x")
    assert isinstance(at.app.screen, ItemsScreen)


def tallies(desk: Desk) -> dict[str, int]:
    return {item.name: item.tally for item in items_of(numbered(desk, BY_ITEMS))}


async def test_an_item_is_added_and_counted_where_it_stands(desk: Desk) -> None:
    async with office(desk) as at:
        await open_items(at, BY_ITEMS)
        assert "还没有事项" in at.text()
        await at.press("insert")
        await type_at(at, "市场建设决策")
        await at.press("enter")
        assert "0/1 缺 1 次" in at.line_with("> 市场建设决策")
        await at.press("plus", "enter")
        assert tallies(desk) == {"市场建设决策": 1}
        assert "1/1 达到" in at.line_with("> 市场建设决策")
        assert at.text().count("2026-11-22") == 1


async def test_a_new_item_is_under_the_cursor_and_the_one_that_is_counted(desk: Desk) -> None:
    entry = numbered(desk, BY_ITEMS).id
    desk.add_item(entry, "甲决策", None)
    async with office(desk) as at:
        await open_items(at, BY_ITEMS)
        await at.press("insert")
        await type_at(at, "乙决策")
        await at.press("enter")
        assert "0/1 缺 1 次" in at.line_with("> 乙决策")
        await at.press("plus", "enter")
        assert tallies(desk) == {"甲决策": 0, "乙决策": 1}


async def test_a_count_stands_below_its_item_and_is_changed_there(desk: Desk) -> None:
    entry = numbered(desk, BY_ITEMS).id
    desk.add_item(entry, "甲决策", None)
    desk.add_item(entry, "乙决策", date(2026, 5, 1))
    first, second = items_of(numbered(desk, BY_ITEMS))
    desk.add_count(entry, date(2026, 5, 2), 1, second.id, "列席")
    desk.add_count(entry, date(2026, 6, 2), 2, None, None)
    async with office(desk) as at:
        await open_items(at, BY_ITEMS)
        text = at.text()
        order = [
            text.index(words) for words in ("甲决策", "乙决策", "2026-05-02  列席", "不属于某一个事项", "2026-06-02")
        ]
        assert order == sorted(order)
        assert "2 个事项，共 3 次" in text
        await at.press("down", "down", "enter", "up", "enter")
        assert {count.item for count in desk.counts()} == {first.id, None}
        await at.press("ctrl+z")
        assert {count.item for count in desk.counts()} == {second.id, None}


async def test_an_item_is_removed_with_its_counts_and_comes_back_with_them(desk: Desk) -> None:
    entry = numbered(desk, BY_ITEMS).id
    desk.add_item(entry, "甲决策", None)
    (item,) = items_of(numbered(desk, BY_ITEMS))
    desk.add_count(entry, TODAY, 1, item.id, None)
    async with office(desk) as at:
        await open_items(at, BY_ITEMS)
        await at.press("delete")
        assert "连同记下的 1 条次数" in at.text()
        await at.press("enter")
        assert tallies(desk) == {}
        assert desk.counts() == ()
        await at.press("ctrl+z")
        assert tallies(desk) == {"甲决策": 1}


async def test_a_name_that_is_taken_is_refused_in_the_dialog(desk: Desk) -> None:
    entry = numbered(desk, BY_ITEMS).id
    desk.add_item(entry, "甲决策（一）", None)
    async with office(desk) as at:
        await open_items(at, BY_ITEMS)
        await at.press("insert")
        await type_at(at, "甲决策(一)")
        await at.press("enter")
        assert isinstance(at.app.screen, Dialog)
        assert refused(at)
        assert "甲决策(一)" in at.text()
        await at.press("escape", "enter", "end")
        await type_at(at, "改")
        await at.press("enter")
        assert tallies(desk) == {"甲决策（一）改": 0}


async def test_an_entry_without_items_shows_just_its_counts(desk: Desk) -> None:
    async with office(desk) as at:
        await open_items(at, PLAIN)
        assert "还没有记过次数" in at.text()
        await at.press("insert")
        assert "不按事项逐个计数" in at.said
        await at.press("plus")
        await type_at(at, "3")
        await at.press("tab", "tab")
        await type_at(at, "培训")
        await at.press("enter")
        assert "3 次" in at.line_with("> 2026-11-22  培训")
        await at.press("delete", "enter")
        assert desk.counts() == ()


async def test_nothing_is_changed_in_a_file_that_can_only_be_read(make_desk: DeskMaker) -> None:
    writer = make_desk()
    entry = writer.entries()[0]
    writer.add_count(entry.id, TODAY, 1, None, "培训")
    async with office(make_desk(write=False)) as at:
        await open_items(at, entry.number)
        for key in ("insert", "plus", "enter", "delete"):
            await at.press(key)
            assert isinstance(at.app.screen, ItemsScreen), key
            assert at.said.startswith("只读，不能改动"), key


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10), (20, 5)])
async def test_it_is_read_at_any_size(desk: Desk, size: tuple[int, int]) -> None:
    desk.add_item(numbered(desk, BY_ITEMS).id, "很长的决策名称" * 20, None)
    async with office(desk, size) as at:
        await open_items(at, BY_ITEMS)
        assert safe(at.text()) == at.text()
        await at.resize(80, 24)
        assert "事项和次数：第 18 项" in at.text()
