"""自查 over a real file: what is missing, and the way to the place where it is mended and back."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from db.rules.publications import NewPublication
from db.rules.rows import EntryRow
from tests.tui.attaching import drop
from tests.tui.conftest import DeskMaker
from tests.tui.desks import HOSTILE, TODAY
from tests.tui.office import Office, ids, office
from tui.desk import Desk
from tui.screens.checklist import ChecklistScreen
from tui.screens.self_check import SelfCheckScreen


def cursor_line(clerk: Office) -> str:
    return next(line for line in clerk.lines() if line.startswith(">"))


async def stand_on(clerk: Office, kind: str, number: str | None = None) -> None:
    """Opens 自查 and puts the cursor on the first line of that kind, of that entry."""
    await clerk.press("9")
    screen = clerk.app.screen
    assert isinstance(screen, SelfCheckScreen)
    at = next(
        at
        for at, gap in enumerate(screen._lines)
        if gap is not None and gap.kind == kind and number in (None, gap.number)
    )
    screen._list.go(at)
    await clerk.press()


async def stand_back_on(clerk: Office, kind: str) -> None:
    """The same once it is open."""
    await clerk.press("escape")
    await stand_on(clerk, kind)


async def attached(clerk: Office) -> None:
    """Until what was chosen is in the file."""
    for _ in range(200):
        if isinstance(clerk.app.screen, SelfCheckScreen):
            break
        await asyncio.sleep(0.02)
    await clerk.press()


def entry_of(desk: Desk, number: str) -> EntryRow:
    return next(entry for entry in desk.entries() if entry.number == number)


def settle_all(desk: Desk) -> None:
    """Nothing is left but to hand in: every entry set aside."""
    desk.not_applicable([entry.id for entry in desk.entries() if entry.counted], "本年不办")


async def test_every_kind_has_its_heading_with_a_count_and_the_title_says_how_many(desk: Desk) -> None:
    desk.settle(ids(desk.entries(), "29"), TODAY, None)
    desk.publish([NewPublication(ids(desk.entries(), "12")[0], TODAY, "某某政策解读", "网站", None, "文字")])
    desk.start_clock(desk.statute_rules()[0], "关于某项目的申请", date(2026, 11, 2), None)
    async with office(desk, (120, 80)) as clerk:
        await clerk.press("9")
        assert clerk.lines()[0].startswith(" 自查  2026-11-22  ")
        text = clerk.text()
        headings = (
            "是否由本单位办理，待确认（14）",
            "换算的日期，待核对（1）",
            "漏办的期次（1）",
            "数量不足（",
            "未办结（31）",
            "已办结，没有记事和工作做法（1）",
            "已办结，没有佐证材料（1）",
            "公开记录没有网址，也没有佐证（1）",
            "没有了结的计时（1）",
            "还没有报送（1）",
        )
        assert [text.index(heading) for heading in headings] == sorted(text.index(heading) for heading in headings)
        screen = clerk.app.screen
        assert isinstance(screen, SelfCheckScreen)
        shown = sum(1 for gap in screen._lines if gap and gap.kind != "report")
        assert f"{shown} 处待补" in clerk.lines()[0]


async def test_a_possible_entry_is_confirmed_on_the_line_or_in_its_details_and_the_cursor_goes_on(desk: Desk) -> None:
    async with office(desk) as clerk:
        await stand_on(clerk, "possible", "3")
        await clerk.press("ctrl+b")
        assert cursor_line(clerk).startswith("> 第 4 项")
        await clerk.press("enter")
        assert clerk.pane_lines()[0].startswith("第 4 项")
        await clerk.press("ctrl+n", "escape")
        assert isinstance(clerk.app.screen, SelfCheckScreen)
        assert cursor_line(clerk).startswith("> 第 12 项")
        assert entry_of(desk, "3").applicability == "ours"
        assert entry_of(desk, "4").applicability == "not_ours"
        # What is taken back is what the next key is meant for.
        await clerk.press("ctrl+z")
        assert cursor_line(clerk).startswith("> 第 4 项")
        await clerk.press("ctrl+z")
        assert cursor_line(clerk).startswith("> 第 3 项")


async def test_what_is_looked_at_and_not_mended_keeps_the_cursor_and_the_checklist_comes_along(desk: Desk) -> None:
    async with office(desk) as clerk:
        await stand_on(clerk, "not_done", "30")
        await clerk.press("enter", "escape")
        assert cursor_line(clerk).startswith("> 第 30 项")
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, ChecklistScreen)
        assert clerk.current.number == "30"


async def test_a_note_is_written_at_once_and_the_cursor_stands_on_the_next_line(desk: Desk) -> None:
    desk.settle(ids(desk.entries(), "16", "17"), TODAY, None)
    async with office(desk) as clerk:
        await stand_on(clerk, "no_note", "16")
        await clerk.press("enter")
        assert type(clerk.app.screen).__name__ == "NoteScreen"
        await clerk.press(*"abc", "f2")
        assert [note.text for note in entry_of(desk, "16").notes] == ["abc"]
        assert cursor_line(clerk).startswith("> 第 17 项")
        assert "没有记事和工作做法（1）" in clerk.text()
        # The last of its kind: the cursor goes on to the next kind.
        await clerk.press("enter", *"def", "f2")
        assert "没有记事和工作做法" not in clerk.text()
        assert cursor_line(clerk).startswith("> 第 16 项")


async def test_evidence_is_attached_to_the_entry_or_the_publication_of_the_line(desk: Desk, tmp_path: Path) -> None:
    entry = ids(desk.entries(), "16")[0]
    desk.settle([entry], TODAY, "已公开")
    desk.publish([NewPublication(entry, date(2026, 11, 2), "某某政策解读", "网站", None, "文字")])
    picture = tmp_path / "公开截图.png"
    picture.write_bytes(b"picture")
    async with office(desk, (120, 36)) as clerk:
        await stand_on(clerk, "publication_bare", "16")
        await clerk.press("enter")
        assert "附佐证：公开记录「某某政策解读」" in clerk.text()
        await clerk.press("escape")
        await stand_back_on(clerk, "no_evidence")
        await clerk.press("enter")
        assert "附佐证：第 16 项" in clerk.text()
        await drop(clerk, str(picture))
        await clerk.press("enter")
        await attached(clerk)
        (row,) = desk.evidence()
        assert (row.name, row.entry, row.publication) == ("公开截图.png", entry, None)
        assert "没有佐证材料（" not in clerk.text()
        # What shows the entry does not show the publication, to which the cursor has gone on.
        assert cursor_line(clerk).startswith("> 2026-11-02  第 16 项")
        await clerk.press("full_stop")
        await drop(clerk, str(picture))
        await clerk.press("enter")
        await attached(clerk)
        assert [(row.entry, row.of_entry, row.day) for row in desk.evidence()][1] == (None, entry, date(2026, 11, 2))
        assert "公开记录没有网址" not in clerk.text()


@pytest.mark.parametrize(
    ("kind", "number", "screen", "line"),
    [
        ("date_waits", "29", "YearScreen", "> 第 29 项"),
        ("quota_short", "12", "QuotasScreen", "> 11月"),
        ("missed_period", "12", "DetailScreen", ""),
        ("overdue", "30", "DetailScreen", ""),
        ("not_done", "33", "DetailScreen", ""),
        ("clock", None, "ClocksScreen", "> 第二件"),
        ("report", None, "ReportsScreen", "> 本年度政务公开工作总结情况"),
    ],
)
async def test_enter_goes_where_it_is_mended_and_esc_comes_back(
    desk: Desk, kind: str, number: str | None, screen: str, line: str
) -> None:
    desk.adjust_due(ids(desk.entries(), "30")[0], date(2026, 11, 20), "领导来电")
    for subject, day in (("第一件", 16), ("第二件", 10)):
        desk.start_clock(desk.statute_rules()[0], subject, date(2026, 11, day), None)
    async with office(desk) as clerk:
        await stand_on(clerk, kind, number)
        gap = clerk.app.screen._gap()  # type: ignore[attr-defined]
        await clerk.press("enter")
        assert type(clerk.app.screen).__name__ == screen
        if line:
            assert cursor_line(clerk).startswith(line)
        else:
            assert clerk.pane_lines()[0].startswith(f"第 {gap.number} 项")
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, SelfCheckScreen)
        assert clerk.app.screen._gap() == gap


async def test_a_date_that_is_confirmed_and_a_report_that_is_handed_in_leave_their_lines(desk: Desk) -> None:
    async with office(desk) as clerk:
        await stand_on(clerk, "date_waits", "24")
        await clerk.press("enter", "enter", "escape")
        assert "换算的日期，待核对（1）" in clerk.text()
        assert cursor_line(clerk).startswith("> 第 29 项")
        await clerk.press("enter", "enter", "escape")
        assert "换算的日期，待核对" not in clerk.text()
        assert cursor_line(clerk).endswith("逾期 2 天")
        await clerk.press("end", "enter", "f2", "f2", "escape")
        assert desk.reports()[0].handed_in_on == TODAY
        assert "还没有报送" not in clerk.text()


async def test_a_settled_entry_moves_on_to_what_it_lacks_then(desk: Desk) -> None:
    async with office(desk) as clerk:
        await stand_on(clerk, "not_done", "16")
        await clerk.press("f2", "f2")
        assert clerk.said == "已销账：第 16 项。还缺：没有记事、没有佐证材料。Ctrl+Z 撤销"
        assert cursor_line(clerk).startswith("> 第 17 项")
        await clerk.press("end")
        assert "已办结 11-22" in clerk.text()


async def test_with_nothing_left_but_the_report_it_can_be_handed_in(desk: Desk) -> None:
    settle_all(desk)
    async with office(desk) as clerk:
        await clerk.press("9")
        assert clerk.lines()[0].startswith(" 自查  2026-11-22  没有待补的，可以报送")
        assert "还没有报送（1）" in clerk.text()
        desk.hand_in(desk.reports()[0].what, TODAY, None)
        await clerk.press("escape", "9")
        assert "按 F9 导出，选「报送包」" in clerk.text()
        await clerk.press("enter", "f2", "escape")
        assert len(clerk.app.screen_stack) == 1


async def test_a_units_quota_leads_to_its_present_period(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2020, 11, 22))
    desk.begin("liupanshui-2020", 2020, "办公室", "科室", None)
    async with office(desk) as clerk:
        await stand_on(clerk, "unit_quota")
        assert "4 期共缺" in cursor_line(clerk)
        await clerk.press("f2")
        assert clerk.said == "没有可以销账的条目。"
        await clerk.press("enter")
        assert type(clerk.app.screen).__name__ == "QuotasScreen"
        assert cursor_line(clerk).startswith("> 四季度")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10)])
async def test_a_file_that_can_only_be_read_is_checked_and_nothing_is_changed(
    make_desk: DeskMaker, size: tuple[int, int]
) -> None:
    writing = make_desk()
    writing.settle(ids(writing.entries(), "16"), TODAY, None)
    looking_on = make_desk(write=False)
    before = looking_on.entries()
    async with office(looking_on, size) as clerk:
        await stand_on(clerk, "no_note", "16")
        for key in ("enter", "f2", "f3", "ctrl+b", "f8", "plus", "ctrl+d"):
            await clerk.press(key)
            assert "只读" in clerk.said
            assert isinstance(clerk.app.screen, SelfCheckScreen)
        await clerk.resize(20, 5)
        await clerk.resize(*size)
        assert cursor_line(clerk).startswith("> 第 16 项")
    assert looking_on.entries() == before


@pytest.mark.parametrize("text", HOSTILE[:-1])
async def test_hostile_text_stands_still_in_the_lines(desk: Desk, text: str) -> None:
    from db.rules.limits import clean_text

    cleaned = clean_text(text, limit=4_000, single_line=True)[0]
    own = desk.add_own(cleaned, None, cleaned)
    desk.settle([own], TODAY, None)
    async with office(desk) as clerk:
        await stand_on(clerk, "no_note", "自1")
        assert "\x1b" not in clerk.text()
        assert "\u202e" not in clerk.text()
