"""公开记录: listed, found, changed, removed; 5,000 of them are no slower to look through."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from textual import events

from db.rules.publications import NewPublication
from tests.tui.conftest import DeskMaker
from tests.tui.desks import HOSTILE, TODAY, settled
from tests.tui.office import Office, office
from tests.tui.timed import JIANGMEN, numbered, type_at
from tui.cells import safe
from tui.desk import Desk
from tui.dialogs.dialog import Dialog
from tui.dialogs.line_list import LineList
from tui.screens.publications import PublicationsScreen
from tui.widgets.search_box import SearchBox


@pytest.fixture
def published(make_desk: DeskMaker) -> Desk:
    desk = make_desk(whole=JIANGMEN)
    entry = numbered(desk, "12").id
    desk.publish(
        [
            NewPublication(entry, date(2026, 3, 5), "食品抽检通告", "网站", "https://example.gov.cn/3", "文字"),
            NewPublication(entry, date(2026, 11, 20), "特种设备图解", "公众号", None, "图解"),
            NewPublication(None, date(2026, 6, 1), "单位年报（节选）", "报纸", "第 3 版", "文字"),
        ]
    )
    return desk


def titles(at: Office) -> list[str]:
    screen = at.app.screen
    assert isinstance(screen, PublicationsScreen)
    return [one.row.title for one in screen._found]


async def test_the_newest_stands_first_with_its_columns(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2")
        assert titles(at) == ["特种设备图解", "单位年报（节选）", "食品抽检通告"]
        assert "公开记录  共 3 条" in at.text()
        line = at.line_with("> 2026-11-20  特种设备图解")
        assert line.split()[-3:] == ["公众号", "图解", "12"]
        assert at.line_with("  2026-06-01  单位年报").split()[-1] == "单位"
        assert any("第 12 项" in line for line in at.pane_lines())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("抽检", ["食品抽检通告"]),
        ("公众号", ["特种设备图解"]),
        ("图解 特种", ["特种设备图解"]),
        ("EXAMPLE.gov", ["食品抽检通告"]),
        ("单位", ["单位年报（节选）"]),
        ("年报(节选)", ["单位年报（节选）"]),
        ("2026-03", ["食品抽检通告"]),
        ("　", ["特种设备图解", "单位年报（节选）", "食品抽检通告"]),
    ],
)
async def test_a_publication_is_found_by_any_of_its_words(published: Desk, typed: str, found: list[str]) -> None:
    async with office(published) as at:
        await at.press("2", "ctrl+f")
        await type_at(at, typed)
        assert titles(at) == found
        if typed.strip():
            assert f"找到 {len(found)} 条" in at.text()


async def test_escape_clears_the_search_before_it_goes_back(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2", "ctrl+f")
        await type_at(at, "没有这样的标题")
        assert titles(at) == []
        assert "没有含这些字的公开记录" in at.text()
        await at.press("escape")
        assert len(titles(at)) == 3
        assert isinstance(at.app.focused, LineList)
        await at.press("escape")
        assert not isinstance(at.app.screen, PublicationsScreen)


async def test_enter_in_the_search_goes_on_in_the_list(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2", "ctrl+f")
        await type_at(at, "抽检")
        await at.press("enter", "delete")
        assert "食品抽检通告" in at.text()
        assert isinstance(at.app.screen, Dialog)
        await at.press("enter")
        assert [row.title for row in published.publications()] == ["特种设备图解", "单位年报（节选）"]


async def test_a_publication_is_changed_and_moved_to_another_entry(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2", "enter", "end")
        await type_at(at, "（更正）")
        await at.press("tab", "tab", "tab", "tab", "tab")
        await type_at(at, "9")
        await at.press("enter")
        changed = published.publications()[0]
        assert (changed.title, changed.entry) == ("特种设备图解（更正）", numbered(published, "9").id)
        assert "公开记录已修改" in at.said
        await at.press("ctrl+z")
        assert published.publications()[0].title == "特种设备图解"


async def test_a_publication_is_removed_only_after_a_yes_and_comes_back(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2", "down", "delete", "escape")
        assert len(published.publications()) == 3
        await at.press("delete", "enter")
        assert titles(at) == ["特种设备图解", "食品抽检通告"]
        await at.press("ctrl+z")
        assert titles(at) == ["特种设备图解", "单位年报（节选）", "食品抽检通告"]


async def test_what_is_added_here_is_of_the_unit_and_under_the_cursor(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2", "insert")
        assert "记公开：本单位" in at.text()
        await type_at(at, "春节通知")
        await at.press("tab")
        await type_at(at, "2026-01-20")
        await at.press("enter")
        assert published.publications()[-1].entry is None
        assert "> 2026-01-20  春节通知" in at.text()
        assert "已登记公开记录 1 条" in at.said


async def test_lines_pasted_over_the_list_are_looked_through(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2")
        at.app.post_message(events.Paste("2026-02-03 某某通告\n2026-02-04 另一通告"))
        await settled(at.pilot)
        assert "认出 2 行" in at.text()
        await at.press("enter")
        assert len(published.publications()) == 5
        await at.press("f3")
        assert "把几行公开记录粘贴到下面一栏" in at.text()


async def test_a_second_paste_of_the_same_lines_is_known_for_what_it_is(published: Desk) -> None:
    lines = "2026-06-01 单位年报(节选) 报纸\n2025-12-30,另一通告,网站"
    async with office(published) as at:
        await at.press("2")
        at.app.post_message(events.Paste(lines))
        await settled(at.pilot)
        assert "其中 1 行疑似重复" in at.text()
        assert "不在 2026 年内" in at.text()
        await at.press("enter")
        assert len(published.publications()) == 3
        await at.press("f8", "enter")
        assert [row.title for row in published.publications()][-1] == "另一通告"
        assert len(published.publications()) == 4


async def test_a_publication_changed_into_another_ones_double_asks_first(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2", "end", "enter", "end", "ctrl+u")
        await type_at(at, "特种设备图解")
        await at.press("tab")
        await type_at(at, "2026-11-20")
        await at.press("enter")
        assert "注意：疑似重复" in at.text()
        assert published.publications()[-1].title == "食品抽检通告"
        await at.press("enter")
        assert [row.title for row in published.publications()].count("特种设备图解") == 2


async def test_another_view_takes_its_place_and_escape_leads_back(published: Desk) -> None:
    async with office(published) as at:
        await at.press("2", "5", "escape")
        assert at.app.screen is at.checklist


async def test_nothing_is_changed_in_a_file_that_can_only_be_read(make_desk: DeskMaker) -> None:
    writer = make_desk()
    writer.publish([NewPublication(None, TODAY, "某某通告", "网站", None, "文字")])
    async with office(make_desk(write=False)) as at:
        await at.press("2")
        assert titles(at) == ["某某通告"]
        for key in ("insert", "f3", "enter", "delete"):
            await at.press(key)
            assert isinstance(at.app.screen, PublicationsScreen)
            assert at.said.startswith("只读，不能改动")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10), (20, 5)])
async def test_it_is_read_at_any_size_and_hostile_titles_are_text(make_desk: DeskMaker, size: tuple[int, int]) -> None:
    desk = make_desk()
    told = [
        NewPublication(None, TODAY, text[:200], "网站", text[:200], "文字")
        for text in HOSTILE
        if text.strip("\x1b\x07")
    ]
    desk.publish([new for new in told if safe(new.title).strip()])
    async with office(desk, size) as at:
        await at.press("2", "down", "end")
        assert safe(at.text()) == at.text()
        await at.resize(80, 24)
        assert "公开记录  共" in at.text()


def many(count: int) -> Sequence[NewPublication]:
    first = date(2026, 1, 1)
    return [
        NewPublication(None, first + timedelta(days=at % 300), f"第{at}号产品抽查通告", "网站", None, "文字")
        for at in range(count)
    ]


async def test_five_thousand_publications_are_folded_once_and_drawn_by_lines(make_desk: DeskMaker) -> None:
    desk = make_desk()
    desk.publish(many(5000))
    async with office(desk) as at:
        await at.press("2", "ctrl+f")
        screen = at.app.screen
        assert isinstance(screen, PublicationsScreen)
        await type_at(at, "第4")
        folded_once = screen._haystacks()
        await type_at(at, "99")
        assert screen._haystacks() is folded_once
        assert len(titles(at)) == 11
        assert screen.query_one(SearchBox).is_open
        await at.press("escape", "end")
        assert screen.current == 4999
        assert len(list(screen.query("*"))) < 25
