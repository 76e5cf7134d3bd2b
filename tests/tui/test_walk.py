"""逐项办理 over a real file."""

from datetime import date

import pytest

from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.office import ids, office
from tui.desk import Desk


async def test_a_card_shows_the_whole_entry_and_how_far_the_walk_is(desk: Desk) -> None:
    async with office(desk) as clerk:
        first, second = clerk.checklist.listing.shown[:2]
        await clerk.press("f4")
        assert clerk.lines()[0].strip() == "逐项办理  第 1 / 32 项"
        for text in (first.requirement, first.assignment, first.section):
            assert text is not None
            assert text in "".join(line.split()[-1] for line in clerk.pane_lines())
        await clerk.press("right")
        assert "第 2 / 32 项" in clerk.lines()[0]
        assert f"第 {second.number} 项" in clerk.text()
        await clerk.press("left", "left")
        assert "第 1 / 32 项" in clerk.lines()[0]
        assert clerk.said == "已到第一项。"


async def test_settling_goes_on_to_the_next_card(desk: Desk) -> None:
    async with office(desk) as clerk:
        entry = clerk.current
        await clerk.press("f4", "f2")
        await clerk.press("f2")
        assert "第 2 / 32 项" in clerk.lines()[0]
        assert clerk.said.startswith("已销账：第 29 项")
        assert next(one for one in desk.entries() if one.id == entry.id).status == "done"
        await clerk.press("ctrl+z")
        assert clerk.said.startswith("撤销了：销账（第 ")
        assert "第 2 / 32 项" in clerk.lines()[0]


async def test_a_cancelled_dialog_does_not_go_on(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f4", "f2", "escape")
        assert "第 1 / 32 项" in clerk.lines()[0]
        assert desk.history(None) == ()


async def test_a_note_stays_on_its_card_and_not_applicable_and_not_ours_go_on(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f4", "f3", *"hello", "f2")
        assert "第 1 / 32 项" in clerk.lines()[0]
        assert "hello" in clerk.pane_lines()
        await clerk.press("f8", *"why", "f2")
        assert "第 2 / 32 项" in clerk.lines()[0]
        await clerk.press("ctrl+n")
        assert "第 3 / 32 项" in clerk.lines()[0]
        await clerk.press("ctrl+b")
        assert "第 3 / 32 项" in clerk.lines()[0]
        assert "办理人已定为本单位" in "".join(clerk.pane_lines()).replace(" ", "")


async def test_the_end_says_what_was_done(desk: Desk) -> None:
    entries = desk.entries()
    others = [
        entry.id for entry in entries if entry.applicability != "not_ours" and entry.number not in ("5", "6", "29")
    ]
    desk.settle(others, TODAY, None)
    async with office(desk) as clerk:
        await clerk.press("f4")
        assert "第 1 / 3 项" in clerk.lines()[0]
        await clerk.press("f2", "f2")
        await clerk.press("f3", *"abc", "f2")
        await clerk.press("right")
        await clerk.press("space")
        assert "已到末尾，共 3 项" in clerk.lines()[0]
        assert "本次办理  销账 1 项，记事 1 条，跳过 2 项" in clerk.text()
        assert "仍未办结  2 项" in clerk.text()
        before = desk.entries()
        for key in ("f2", "f3", "f8", "f6", "right", "ctrl+b"):
            await clerk.press(key)
            assert "已到末尾" in clerk.lines()[0], key
        assert desk.entries() == before
        await clerk.press("left")
        assert "第 3 / 3 项" in clerk.lines()[0]


async def test_the_walk_follows_the_filter_and_the_search(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("right", "right", "right", "f4")
        assert "第 1 / 1 项" in clerk.lines()[0]
        assert "筛选：逾期" in clerk.lines()[0]
        await clerk.press("escape", "left", "f4")
        assert "换一个筛选" in clerk.said


async def test_closed_entries_are_walked_only_where_nothing_else_is_listed(desk: Desk) -> None:
    desk.settle(ids(desk.entries(), "5", "6"), date(2026, 11, 1), None)
    async with office(desk) as clerk:
        await clerk.press("f4")
        assert "第 1 / 30 项" in clerk.lines()[0]
        await clerk.press("escape", *["right"] * 6, "f4")
        assert "第 1 / 2 项" in clerk.lines()[0]
        assert "筛选：已办结" in clerk.lines()[0]


async def test_the_walk_is_taken_up_where_it_was_left_also_after_a_restart(make_desk: DeskMaker) -> None:
    desk = make_desk()
    async with office(desk) as clerk:
        await clerk.press("f4", "right", "right", "right")
        stood_at = clerk.app.screen.chosen()[0]  # type: ignore[attr-defined]
        await clerk.press("escape")
        assert clerk.current.id == stood_at.id
        await clerk.press("home", "f4")
        assert "第 4 / 32 项" in clerk.lines()[0]
        assert clerk.said == "从上次停下的第 4 项接着办。"
        await clerk.press("ctrl+q")
    assert desk.place().walk_entry == stood_at.id
    desk.close()
    async with office(make_desk()) as clerk:
        await clerk.press("home", "f4")
        assert "第 4 / 32 项" in clerk.lines()[0]


async def test_without_a_former_walk_it_begins_at_the_cursor(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("down", "down", "f4")
        assert "第 3 / 32 项" in clerk.lines()[0]


@pytest.mark.parametrize("size", [(120, 36), (40, 10), (20, 5)])
async def test_the_walk_survives_every_size(desk: Desk, size: tuple[int, int]) -> None:
    async with office(desk) as clerk:
        await clerk.press("f4", "right")
        await clerk.resize(*size)
        await clerk.resize(80, 24)
        assert "第 2 / 32 项" in clerk.lines()[0]
        top = clerk.lines()[1]
        await clerk.resize(60, 10)
        await clerk.press("down")
        assert clerk.lines()[1] != top


async def test_a_walk_left_at_an_entry_that_was_closed_since_goes_on_with_what_came_after_it(desk: Desk) -> None:
    async with office(desk) as clerk:
        following = clerk.checklist.listing.shown[4].number
        await clerk.press("f4", "right", "right", "right")
        left_at = clerk.app.screen.chosen()[0]  # type: ignore[attr-defined]
        await clerk.press("escape")
        desk.settle([left_at.id], TODAY, None)
        clerk.checklist.reread()
        await clerk.press("home", "f4")
        assert f"第 {following} 项" in clerk.text()
        assert "第 4 / 31 项" in clerk.lines()[0]
        assert clerk.said == "上次停下的一项已经办过，从它后面的第 4 项接着办。"


async def test_a_walk_left_at_the_last_open_entry_begins_at_the_cursor_once_that_is_closed(desk: Desk) -> None:
    async with office(desk) as clerk:
        last = clerk.checklist.listing.shown[-1]
        await clerk.press("end", "f4")
        assert "第 32 / 32 项" in clerk.lines()[0]
        await clerk.press("escape")
        desk.settle([last.id], TODAY, None)
        clerk.checklist.reread()
        await clerk.press("home", "down", "f4")
        assert "第 2 / 31 项" in clerk.lines()[0]


async def test_a_walk_left_at_what_the_filter_leaves_out_begins_at_the_cursor(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f4", "right", "right", "right", "escape", "right")
        desk.settle([clerk.current.id], TODAY, None)
        clerk.checklist.reread()
        await clerk.press("home", "down", "f4")
        assert "第 2 / 31 项" in clerk.lines()[0]
